import { annexTable } from './founding-documents.ts'

/** The editions, oldest first. The draft gives no date. */
export const editions = [
  { id: 'annex-draft', role: 'coordinator', status: 'draft', date: null, authority: 'copy' },
  { id: 'annex-adopted', role: 'facilitator', status: 'adopted', date: '2005-11-18', authority: 'secondary' },
  { id: 'facilitators-2026', role: 'facilitator', status: 'list', date: '2026-04-06', authority: 'secondary' },
  { id: 'itu-contacts-2026', role: 'contact', status: 'list', date: '2026-04-06', authority: 'secondary' },
]

/** The agencies named for each line, typed from the copies in which the editions beside the draft were read. */
export const editionTables = {
  'facilitators-2026': [
    'C1: ECOSOC, UN-Regional-Commissions, ITU',
    'C2: ITU',
    'C3: ITU, UNESCO',
    'C4: UNDP, UNESCO, ITU, UNCTAD',
    'C5: ITU',
    'C6: ITU, UNDP, UN-Regional-Commissions, UNCTAD',
    'C7.e-government: UNDP, ITU',
    'C7.e-business: WTO, UNCTAD, ITU, UPU',
    'C7.e-learning: UNESCO, ITU, UNIDO',
    'C7.e-health: WHO, ITU',
    'C7.e-employment: ILO, ITU',
    'C7.e-environment: WHO, WMO, UNEP, UN-Habitat, ITU, ICAO',
    'C7.e-agriculture: FAO, ITU',
    'C7.e-science: UNESCO, ITU, UNCTAD',
    'C8: UNESCO',
    'C9: UNESCO',
    'C10: UNESCO, ECOSOC',
    'C11: UN-Regional-Commissions, UNDP, ITU, UNESCO, ECOSOC',
  ],
  'annex-adopted': [
    'C1: ECOSOC, UN-Regional-Commissions, ITU',
    'C2: ITU',
    'C3: ITU, UNESCO',
    'C4: UNDP, UNESCO, ITU, UNCTAD',
    'C5: ITU',
    'C6: ITU, UNDP, UN-Regional-Commissions, UNCTAD',
    'C7.e-government: UNDP, ITU',
    'C7.e-business: WTO, UNCTAD, ITU, UPU',
    'C7.e-learning: UNESCO, ITU, UNIDO',
    'C7.e-health: WHO, ITU',
    'C7.e-employment: ILO, ITU',
    'C7.e-environment: WHO, WMO, UNEP, UN-Habitat, ITU, ICAO',
    'C7.e-agriculture: FAO, ITU',
    'C7.e-science: UNESCO, ITU, UNCTAD',
    'C8: UNESCO',
    'C9: UNESCO',
    'C10: UNESCO, ECOSOC',
    'C11: UN-Regional-Commissions, UNDP, ITU, UNESCO, ECOSOC',
  ],
  'itu-contacts-2026': [
    'C1: UNDESA',
    'C2: ITU',
    'C3: UNESCO',
    'C4: ITU',
    'C5: ITU',
    'C6: ITU',
    'C7.e-government: UNDESA',
    'C7.e-business: UPU, ITC, UNCTAD',
    'C7.e-learning: UNESCO',
    'C7.e-health: ITU, WHO',
    'C7.e-employment: ILO',
    'C7.e-environment: WMO, ITU, UNEP',
    'C7.e-agriculture: FAO, ITU',
    'C7.e-science: UNESCO',
    'C8: UNESCO',
    'C9: UNESCO',
    'C10: UNESCO',
    'C11: UNDESA',
  ],
}

/** The lines that differ between the draft and the adopted annex, with the agencies that came; none went. */
export const cameWithAdoption: [line: string, agencies: string[]][] = [
  ['C1', ['ITU']],
  ['C4', ['UNDP', 'UNCTAD']],
  ['C6', ['UN-Regional-Commissions', 'UNCTAD']],
  ['C7.e-business', ['ITU', 'UPU']],
  ['C7.e-learning', ['UNIDO']],
  ['C7.e-employment', ['ITU']],
  ['C7.e-environment', ['ITU', 'ICAO']],
  ['C7.e-agriculture', ['ITU']],
  ['C7.e-science', ['ITU', 'UNCTAD']],
  ['C11', ['UNESCO']],
]

/** The rows of an edition: the line, and the agencies that it names in its order. */
export function rowsOfEdition(edition: string): [line: string, agencies: string[]][] {
  if (edition === 'annex-draft') return annexTable.map(([code, , , agencies]) => [code, agencies])
  return editionTables[edition as keyof typeof editionTables].map((row) => {
    const [line = '', agencies = ''] = row.split(': ')
    return [line, agencies.split(', ')]
  })
}

/** The agencies that an edition names for a line; undefined if it does not have the line. */
export const agenciesIn = (edition: string, line: string): string[] | undefined =>
  rowsOfEdition(edition).find(([code]) => code === line)?.[1]

/** The newest edition of coordinators or facilitators that has the line; C7 has one by its sub-lines only. */
export const currentEdition = (line: string) =>
  editions.findLast(({ id, role }) => role !== 'contact' && line !== 'C7' && agenciesIn(id, line) !== undefined)

/** The lines for which any edition names an agency, in the order of the draft. */
export const codesInAnyEdition = (agency: string): string[] =>
  annexTable.map(([code]) => code).filter((code) => editions.some(({ id }) => agenciesIn(id, code)?.includes(agency)))

/** The agencies that any edition names for a line. */
export const agenciesInAnyEdition = (line: string): string[] => [
  ...new Set(editions.flatMap(({ id }) => agenciesIn(id, line) ?? [])),
]
