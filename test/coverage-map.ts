/** Tests that do not count for coverage: others cover the same code, and instrumenting it again doubles their time. */
const uncounted = [
  'caching',
  'code-digest',
  'context',
  'docs-page',
  'faults',
  'fuzz',
  'generators',
  'http',
  'pages-axe',
  'pages-use',
  'random-texts',
  'replicas',
  'who-coordinates',
].map((name) => `test/${name}.test.ts`)

// tap calls this for each test. It returns the files that count: no pattern is every file, null is none.
// biome-ignore lint/style/noDefaultExport: tap takes the default export.
export default (test: string): string[] | null => (uncounted.includes(test) ? null : [])
