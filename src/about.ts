import packageJson from '../package.json' with { type: 'json' }

export const directoryName = 'Action Line directory'

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
  description: `The World Summit on the Information Society (WSIS) gave UN agencies a table of action lines and their coordinators. Every statement of this service names its document, the kind of that document, and its date if it gives one.

- **Draft**: the table of autumn 2005 names *coordinators* for all 22 lines (\`coordinators\`, \`annex\`).
- **Adopted**: the annex of the Tunis Agenda (18 November 2005) lists possible *moderators/facilitators* for C1 to C11, "indicative and non-exhaustive".
- **Today**: an account of 6 April 2026 still lists the *facilitators* of the adopted annex (\`current\`).
- **Contacts**: the same account has a *lead contact* for each line, beside the facilitators and not instead of them (\`current.contacts\`).

| word | meaning |
| --- | --- |
| action line | a row of the table: C1 to C11, the eight sub-lines of C7, the sections B, D and E |
| agency | an agency, programme, commission or group of the UN system, or closely related to it |
| edition | a table that covers every line of its time: the draft annex, the adopted annex, a later list; its \`role\` is coordinator, facilitator (the same function in another wording) or contact (another function) |
| forum | the yearly WSIS Forum, to which sessions belong |
| coordination | one statement: the role that one source gives one agency for one line |
| appointment | true if the document names the agency as responsible: coordinator, focal point, facilitator, co-facilitator |
| date | a date that the document gives; an undated statement stays undated and comes last |
| report | a statement of a source that is not an edition; reports are partial, so silence in them means nothing |
| source | a document, with its authority: official, a copy of the document, or a secondary account of it |
| dataset | the reviewed data that an answer rests on: 12 hex digits, in every list and in Dataset-Version |
| release | a dataset that is published with a log of what changed |
| null | not known, or there is none, as the description says; it is never a guess |

**Nothing silent.** What the service does not understand it refuses as \`application/problem+json\`, with every error at once and how to fix it. Ids and names are forgiving in (\`С1\` with a Cyrillic letter, \`e-gov\`, \`c7.E-Environment\`) and exact out: 308 leads to the canonical address.

**Same question, same bytes.** Data changes only with a release. Keep the ETag of an answer and send it in If-None-Match: a 304 costs next to nothing.

**Formats.** Lists are JSON, CSV, NDJSON or JSON-LD, forums and sessions also a calendar, changes also an Atom feed: by Accept or \`format\`. JSON comes in pages; files are whole. Every response has \`X-Request-Id\`, \`Vary\` and \`Access-Control-Allow-Origin: *\`. No key is needed, any origin may ask, and nothing can be written: every path takes GET, HEAD and OPTIONS, \`/v1/check\` takes POST and stores nothing.

**Stability.** Within \`/v1\` no path, parameter or property is removed or changes its meaning. New ones may be added, and words may be added to the lists of words in answers: ignore what you do not know.

**Licence.** ${dataLicense.sentence} The code is Apache-2.0.`,
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
}

/** The groups of operations. */
export const tags = [
  { name: 'Directory', description: 'Start here.' },
  { name: 'Action lines', description: 'What is coordinated: the rows of the table.' },
  {
    name: 'Editions',
    description: 'The tables: the draft, the adopted text, and the lists of facilitators and contacts.',
  },
  { name: 'Agencies', description: 'The agencies that are named, and their groups.' },
  { name: 'Coordinations', description: 'The statements: which document says so.' },
  { name: 'Sources', description: 'The documents, how final and how complete they are, and where they were read.' },
  { name: 'Forums', description: 'The WSIS Forum of each year.' },
  { name: 'Sessions', description: 'Sessions of the WSIS Forum, and the lines that they are about.' },
  { name: 'Outcome documents', description: 'The outcome documents of sessions.' },
  { name: 'Changes', description: 'What each release of the data added, changed and removed.' },
  { name: 'Resolve', description: 'From the words of others to ids.' },
  { name: 'Reconcile', description: 'Match a spreadsheet in OpenRefine (Reconciliation Service API 0.2).' },
  { name: 'Check', description: 'Whether a copy is still current.' },
  { name: 'Exports', description: 'All data as files.' },
  { name: 'Search', description: 'Find records by their words.' },
  { name: 'Operation', description: 'For the operator of the service.' },
]
