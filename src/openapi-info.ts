import packageJson from '../package.json' with { type: 'json' }

export const directoryName = 'Action Line directory'

/** The subjects of the dataset, for catalogues and search engines. */
export const keywords = [
  'WSIS',
  'World Summit on the Information Society',
  'WSIS Action Lines',
  'Tunis Agenda',
  'United Nations',
  'WSIS Forum',
  'Sustainable Development Goals',
]

/** The license of the compilation. The documents that it cites are not covered. */
export const dataLicense = {
  id: 'CC0-1.0',
  url: 'https://creativecommons.org/publicdomain/zero/1.0/',
  sentence:
    'The compilation of the data is dedicated to the public domain (CC0-1.0). The documents that it cites keep their own rights.',
}

/** The title, contact and description of the OpenAPI document. */
export const about = {
  title: directoryName,
  version: packageJson.version,
  summary: 'Who in the UN system coordinates which WSIS Action Line, and which document says so.',
  description: `The World Summit on the Information Society (WSIS) gave UN agencies a table of action lines and their coordinators. Every statement of this service names its document, with the kind and date of that document.

- **Draft**: the table of autumn 2005 names *coordinators* for all 22 lines (\`coordinators\`, \`annex\`).
- **Adopted**: the annex of the Tunis Agenda (18 November 2005) lists possible *moderators/facilitators* for C1 to C11, "indicative and non-exhaustive".
- **Today**: the newest list names the *facilitators* (\`current\`), with its date and where it was read.
- **Contacts**: a list of *lead contacts*, who do not replace the facilitators (\`current.contacts\`).

| word | meaning |
| --- | --- |
| action line | a row of the table: C1 to C11, the eight sub-lines of C7, the sections B, D and E |
| agency | an agency, programme, commission or group of the UN system, or closely related to it |
| edition | a table that covers every line of its time: the draft annex, the adopted annex, or a later list. Coordinator and facilitator are one function in two wordings. Contact is another |
| forum | the yearly WSIS Forum, to which sessions belong |
| coordination | one statement: the role that one source gives one agency for one line |
| appointment | true if the document names the agency as responsible: coordinator, focal point, facilitator, co-facilitator |
| date | the date in the document. Undated statements come last |
| report | a statement in any other source. Reports are partial: absence means nothing |
| source | a document, with its authority: official, copy or secondary |
| dataset | the version of the data: 12 hex digits, in every list and in Dataset-Version |
| release | a published dataset, with a log of its changes |
| null | not known, or none, as the description says |

**Nothing silent.** An invalid request gets \`application/problem+json\` with every error and how to fix it. Ids and names are matched leniently (\`С1\` with a Cyrillic letter, \`e-gov\`, \`c7.E-Environment\`). Other spellings redirect (308) to the canonical URL.

**Same request, same bytes.** Data changes only with a release. Send the ETag of a response in If-None-Match: a 304 is cheap.

**Formats.** Lists are available as JSON, CSV, NDJSON, JSON-LD and Turtle, forums and sessions also as a calendar, changes also as an Atom feed (Accept or \`format\`). JSON has pages. Files are complete. Every response has \`X-Request-Id\`, \`Vary\` and \`Access-Control-Allow-Origin: *\`. There are no keys and no writes: every path takes GET, HEAD and OPTIONS. \`/v1/check\` and \`/v1/reconcile\` take POST and store nothing.

**Stability.** Within \`/v1\` no path, parameter or property is removed or changes its meaning. New ones may be added, also to the lists of words in responses: ignore those that you do not know.

**Licence.** ${dataLicense.sentence} The code is Apache-2.0.`,
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
}

/** The groups of operations. */
export const tags = [
  { name: 'Directory', description: 'Start here.' },
  { name: 'Action lines', description: 'The rows of the table.' },
  {
    name: 'Editions',
    description: 'The tables: the draft, the adopted text, and the lists of facilitators and contacts.',
  },
  { name: 'Agencies', description: 'The named agencies and their groups.' },
  { name: 'Coordinations', description: 'The statements, each with its document.' },
  { name: 'Sources', description: 'The documents, with their status, completeness and authority.' },
  { name: 'Forums', description: 'The WSIS Forum of each year.' },
  { name: 'Sessions', description: 'Sessions of the WSIS Forum and their lines.' },
  { name: 'Outcome documents', description: 'The outcome documents of sessions.' },
  { name: 'Changes', description: 'The changes in each release of the data.' },
  { name: 'Resolve', description: 'From text to ids.' },
  { name: 'Reconcile', description: 'Match a spreadsheet in OpenRefine (Reconciliation Service API 0.2).' },
  { name: 'Check', description: 'Compare a copy with the directory.' },
  { name: 'Exports', description: 'All data as files.' },
  { name: 'Search', description: 'Find records by their words.' },
  { name: 'Operation', description: 'For the operator of the service.' },
]
