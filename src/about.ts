import packageJson from '../package.json' with { type: 'json' }

/** What the OpenAPI document, and so the page, says of the service as a whole. */
export const about = {
  title: 'Action Line directory',
  version: packageJson.version,
  summary: 'Who in the UN system coordinates which WSIS Action Line, and which document says so.',
  description: `The World Summit on the Information Society gave the UN agencies a table of action lines and their coordinators. This service gives that table as data, with every statement that later documents make.

**Evidence.** Every coordination is a statement by a source. What is not known is null. Partial sources say so (\`complete\`).

**Nothing silent.** What is not understood is refused as \`application/problem+json\`, with all faults at once and how to mend them. Codes and names are forgiving in (\`С1\` with a Cyrillic letter, \`e-gov\`, \`c7.E-Environment\`) and exact out: 308 leads to the canonical address.

**Same question, same bytes.** Data changes only with a release. Keep the ETag of an answer and send it in If-None-Match: 304 costs next to nothing.

Every path takes GET, HEAD and OPTIONS, but \`/v1/check\`, which takes POST and stores nothing. No key is needed, any origin may ask, nothing is written. Lists are JSON, CSV or NDJSON (sessions also a calendar, changes also an Atom feed), by Accept or \`format\`.

**Stability.** Within \`/v1\` no path, parameter or property is removed or changes its meaning; new ones may be added, and words may be added to closed lists, so ignore what you do not know.`,
  contact: { name: 'The curators of the Action Line directory' },
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
}

/** The parts of the page. */
export const tags = [
  { name: 'Directory', description: 'Where to begin.' },
  { name: 'Action lines', description: 'The rows of the annex table: what is coordinated.' },
  { name: 'Agencies', description: 'The bodies: who coordinates.' },
  { name: 'Coordinations', description: 'The statements: which document says so.' },
  { name: 'Sources', description: 'The documents, how final and how complete they are.' },
  { name: 'Sessions', description: 'Sessions of the WSIS Forum, and the lines that they are about.' },
  { name: 'Outcome documents', description: 'What sessions left behind.' },
  { name: 'Changes', description: 'What each release of the data added, changed and removed.' },
  { name: 'Resolve', description: 'From the words of others to codes and ids.' },
  { name: 'Check', description: 'Whether what you hold is still so.' },
  { name: 'Exports', description: 'Everything as files, to take with you.' },
  { name: 'Search', description: 'What holds these words.' },
  { name: 'Operation', description: 'For whoever runs the service.' },
]
