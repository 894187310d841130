/** Tests that count for no coverage: what they run of src/ is counted in others, and counting it again doubles their time. */
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

// tap asks for each test which files it counts for: no pattern is every file, null is none.
// biome-ignore lint/style/noDefaultExport: tap takes the default export.
export default (test: string): string[] | null => (uncounted.includes(test) ? null : [])
