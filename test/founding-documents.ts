// The documents with which the project began: typed from them, never copied from a response.

/**
 * The table of the draft annex: code, first cell, second cell, agencies in their order.
 * U+0421 is the Cyrillic letter that the document has in its first two codes.
 */
export const annexTable: [code: string, label: string, coordinators: string, agencies: string[]][] = [
  [
    'C1',
    '\u04211. The role of public governance authorities and all stakeholders in the promotion of ICTs for development ',
    'ECOSOC/UN Regional Commissions',
    ['ECOSOC', 'UN-Regional-Commissions'],
  ],
  ['C2', '\u04212. Information and communication infrastructure ', 'ITU ', ['ITU']],
  ['C3', 'C3. Access to information and knowledge ', 'ITU/UNESCO', ['ITU', 'UNESCO']],
  ['C4', 'C4. Capacity building', 'UNESCO/ITU ', ['UNESCO', 'ITU']],
  ['C5', 'C5. Building confidence and security in the use of ICTs ', 'ITU', ['ITU']],
  ['C6', 'C6. Enabling environment ', 'ITU/UNDP', ['ITU', 'UNDP']],
  ['C7', 'C7. ICT Applications ', '', []],
  ['C7.e-government', '\u00b7 E-government ', 'UNDP/ITU', ['UNDP', 'ITU']],
  ['C7.e-business', '\u00b7 E-business ', 'WTO/UNCTAD', ['WTO', 'UNCTAD']],
  ['C7.e-learning', '\u00b7 E-learning ', 'UNESCO/ITU', ['UNESCO', 'ITU']],
  ['C7.e-health', '\u00b7 E-health ', 'WHO/ITU', ['WHO', 'ITU']],
  ['C7.e-employment', '\u00b7 E-employment ', 'ILO', ['ILO']],
  ['C7.e-environment', '\u00b7 E-environment ', 'WHO/WMO/ UNEP/UN-Habitat', ['WHO', 'WMO', 'UNEP', 'UN-Habitat']],
  ['C7.e-agriculture', '\u00b7 E-agriculture ', 'FAO', ['FAO']],
  ['C7.e-science', '\u00b7 E-science ', 'UNESCO', ['UNESCO']],
  ['C8', 'C8.  Cultural diversity and identity, linguistic diversity and local content ', 'UNESCO', ['UNESCO']],
  ['C9', 'C9. Media ', 'UNESCO ', ['UNESCO']],
  ['C10', 'C10. Ethical dimensions of the Information Society', 'UNESCO/ECOSOC', ['UNESCO', 'ECOSOC']],
  [
    'C11',
    'C11. International and regional cooperation',
    'UN Regional Commissions/ UNDP/ITU/ECOSOC/',
    ['UN-Regional-Commissions', 'UNDP', 'ITU', 'ECOSOC'],
  ],
  ['B', 'B. Objectives, goals and targets', 'ECOSOC/ITU', ['ECOSOC', 'ITU']],
  ['D', 'D. Digital Solidarity', 'UNDP/ITU', ['UNDP', 'ITU']],
  ['E', 'E. Follow-up and evaluation', 'ITU', ['ITU']],
]

/** The codes of all lines, in the order of the table. */
export const codes = annexTable.map(([code]) => code)

/** The agencies of a line, in the order of its cell. */
export const agenciesOf = (line: string): string[] => annexTable.find(([code]) => code === line)?.[3] ?? []

/** The lines that name an agency, in the order of the table. */
export const codesOf = (agency: string): string[] =>
  annexTable.filter(([, , , agencies]) => agencies.includes(agency)).map(([code]) => code)

/** The members of the group that the table calls "UN Regional Commissions". */
export const regionalCommissions = ['ECA', 'ECE', 'ECLAC', 'ESCAP', 'ESCWA']

/** The sessions of the other two documents, as those print them. */
export const sessions = {
  '2021-europe-regional-workshop': {
    title:
      'ICTs for Inclusive, Resilient and Sustainable Societies and Economies (WSIS Action Lines for achieving the Sustainable Development Goals) - Europe Region',
    organizers: [{ name: 'ITU Office for Europe', agency: null }],
    date: '2021-04-16',
    start: '12:00',
    end: '13:00',
    utcOffset: null,
    printedZone: 'CET',
    type: 'Thematic Workshop',
  },
  '2021-undtg4eca': {
    title: 'UNDTG4ECA: Driving the WSIS Action Lines to foster digital transformation in Europe and Central Asia',
    organizers: [
      { name: 'United Nations Digital Transformation Group for Europe and Central Asia (UNDTG4ECA)', agency: null },
    ],
    facilitators: [
      { name: 'ITU', agency: { id: 'ITU' } },
      { name: 'UNECE', agency: { id: 'ECE' } },
    ],
    date: '2021-04-26',
    printedZone: 'CET',
    utcOffset: null,
  },
  '2023-366': {
    forumYear: 2023,
    number: 366,
    title: 'GovTech 4 Impact: Executive experience sharing on digital public service development in Europe',
    date: '2023-03-13',
    start: '15:00',
    end: '15:45',
    utcOffset: '+01:00',
    actionLines: [],
    url: 'https://www.itu.int/net4/wsis/forum/2023/Agenda/Session/366',
  },
}

/** The sections of the outcome document of session 366: kind, whether it says N/A, and the number of points. */
export const outcomeSections: [kind: string, notApplicable: boolean, points: number][] = [
  ['key-issues', false, 6],
  ['wsis-beyond-2025', true, 0],
  ['tangible-outcomes', false, 5],
  ['action-plan', false, 3],
  ['next-forum-suggestions', false, 1],
]

/** The speaker of its fifth key issue. */
export const outcomeSpeaker = {
  name: 'H.E. Ms Meirav EILON SHAHAR',
  role: 'Ambassador and Permanent Representative',
  affiliation:
    'Permanent Mission of Israel to the United Nations Office and other international organizations in Geneva',
}
