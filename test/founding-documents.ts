/**
 * The table of the draft annex, typed from the document: code, first cell, second cell, bodies in their order.
 * U+0421 is the Cyrillic letter that the document has in its first two codes.
 */
export const annexTable: [code: string, label: string, coordinators: string, bodies: string[]][] = [
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
