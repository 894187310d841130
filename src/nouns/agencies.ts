import { text } from '../drizzle.ts'
import { isCitable, type SeedAgency } from '../seed/agencies.ts'
import { type Static, Type } from '../typebox.ts'
import { agencyKinds, nameKinds } from '../vocabulary.ts'
import { columnsAt, reportsIn } from './columns.ts'
import { editionNamed, nameFilter, wordFilter } from './filters.ts'
import { type Noun, nounWords } from './noun.ts'
import { idIn, linkTable, nounTable } from './noun-table.ts'
import type { EditionTable, Relations } from './relations.ts'
import { Count, countOf, editionProperties, Link, nullable, ref, reportProperties, shape, words } from './shapes.ts'

const AgencyKind = words('AgencyKind', agencyKinds, 'The kind of agency in the UN system chart.')
const NameKind = words('NameKind', nameKinds, 'The kind of name: a name, an acronym, or a former one.')

const AgencyLine = shape('AgencyLine', 'A line for which an edition names the agency.', {
  actionLine: ref(Link),
  ...editionProperties,
  via: nullable(ref(Link), 'The group through which the agency is named. Null if it is named itself.'),
})

const AgencyCurrent = shape('AgencyCurrent', 'The lines for which the newest editions name the agency.', {
  actionLines: Type.Array(ref(AgencyLine), {
    description:
      'The lines for which the newest edition of coordinators or facilitators names the agency or its group.',
  }),
  contactFor: Type.Array(ref(AgencyLine), {
    description: 'The lines of which it is the lead contact in the newest edition of contacts.',
  }),
})

const AgencyReport = shape('AgencyReport', 'A report that names this agency for a line.', {
  actionLine: ref(Link),
  ...reportProperties,
})

const identifier = (what: string, example: string) => nullable(Type.String({ examples: [example] }), `${what}.`)

const Headquarters = shape('Headquarters', 'The seat of an agency.', {
  city: Type.String({ description: 'The city.' }),
  country: Type.String({ description: 'The country (ISO 3166, two letters).' }),
})

const Identifiers = shape(
  'Identifiers',
  'The identifiers of an agency in other registries. Null means that none was read.',
  {
    ror: identifier('The id in the Research Organization Registry, as a URL', 'https://ror.org/01eb8ek77'),
    isni: identifier('The International Standard Name Identifier', '0000 0004 0426 8792'),
    wikidata: identifier('The Wikidata id', 'Q376150'),
    dacChannel: identifier('The channel code of the OECD Development Assistance Committee', '41303'),
  },
)

const OtherName = shape('OtherName', 'Another name of an agency.', {
  name: Type.String({ description: 'The name in the source.', examples: ['Organisation mondiale de la santé'] }),
  language: nullable(Type.String(), 'The language (BCP 47, such as `fr`). Null for names in no particular language.'),
  kind: ref(NameKind),
  source: Type.String({ description: 'The URL that was read.' }),
})

export const Agency = shape('Agency', 'An entity of the UN system, or closely related to it.', {
  id: Type.String({
    description: 'The first listed acronym, with hyphens for spaces. It never changes.',
    examples: ['UN-Habitat'],
  }),
  acronym: Type.String({ description: 'The acronym as the agency writes it.' }),
  name: Type.String({ description: 'The full English name.' }),
  kind: ref(AgencyKind),
  aliases: Type.Array(Type.String(), { description: 'Other spellings.' }),
  names: Type.Array(ref(OtherName), {
    description: 'Former names and names in other languages, with their sources. The list is incomplete.',
  }),
  memberOf: Type.Array(ref(Link), { description: 'Its groups.' }),
  members: Type.Array(ref(Link), { description: 'The members, if it is a group.' }),
  homepage: nullable(Type.String(), 'The home page, or null if none was read.'),
  headquarters: nullable(ref(Headquarters), 'The seat, or null if none was read.'),
  identifiers: ref(Identifiers),
  note: nullable(Type.String(), 'A remark, if any.'),
  readIn: Type.Array(Type.String(), { description: 'The URLs where these values were read.' }),
  actionLines: Type.Array(ref(AgencyLine), {
    description: 'The lines for which an edition names it or its group, by line, then oldest first.',
  }),
  current: ref(AgencyCurrent),
  reports: Type.Array(ref(AgencyReport), {
    description: 'The reports that name it, by line, then oldest first, undated ones last.',
  }),
  sessions: ref(Count),
})
export type Agency = Static<typeof Agency>

export const agencyTable = nounTable('agencies', { kind: text({ enum: agencyKinds }).notNull() })
export const agencyGroups = linkTable('agency_groups', 'agencies', idIn('agencies').notNull())
export const agencyActionLines = linkTable('agency_action_lines', 'agencies', text().notNull())
export const agencyEditions = linkTable('agency_editions', 'agencies', idIn('editions').notNull())

export const agencies: Noun<Agency> = {
  ...nounWords('agency', 'agencies'),
  title: 'Agencies: who is named for which line',
  description: {
    list: 'The agencies named in editions, reports or sessions, and members of named groups, by id.',
    item: 'One agency, and the lines for which editions and reports name it or its group.',
  },
  example: 'ECE',
  item: Agency,
  table: agencyTable,
  filters: {
    kind: wordFilter(agencyKinds, 'Only agencies of this kind.', 'UN regional commission'),
    memberOf: {
      ...nameFilter('agencies', 'Only members of this group.', 'UN-Regional-Commissions'),
      links: agencyGroups,
    },
    actionLine: {
      ...nameFilter(
        'action-lines',
        'Only agencies that an edition names for this line, or whose group it names, in the edition given by `edition`, or in any edition. `C7` includes its sub-lines.',
        'C1',
      ),
      links: agencyActionLines,
      joint: 'edition',
      value: (agency, { lineAndAbove }) =>
        agency.actionLines.flatMap(({ actionLine, edition }) =>
          lineAndAbove(actionLine.id).flatMap((id) => [id, `${edition.id} ${id}`]),
        ),
    },
    edition: {
      ...editionNamed(
        'Only agencies that this edition names, or whose group it names. `latest`: the newest of coordinators or facilitators.',
      ),
      links: agencyEditions,
      value: (agency) => agency.actionLines.map(({ edition }) => edition.id),
    },
  },
  columns: {
    ...columnsAt('id', 'acronym', 'name', 'kind', 'aliases', 'memberOf', 'members', 'homepage'),
    ...columnsAt('headquarters/city', 'headquarters/country'),
    ...columnsAt('identifiers/ror', 'identifiers/isni', 'identifiers/wikidata', 'identifiers/dacChannel'),
    currentLines: ({ current }) => current.actionLines.map(({ actionLine }) => actionLine.id).join('; '),
    contactFor: ({ current }) => current.contactFor.map(({ actionLine }) => actionLine.id).join('; '),
    actionLines: (agency) =>
      agency.actionLines
        .map(({ actionLine, edition, via }) => `${edition.id}: ${actionLine.id}${via ? ` via ${via.id}` : ''}`)
        .join('; '),
    reports: ({ reports }) => reportsIn(reports, ({ actionLine }) => actionLine),
    ...columnsAt('sessions', 'note', 'readIn', 'names'),
  },
  records: (relations) => relations.seed.agencies.map((agency) => agencyRecord(agency, relations)),
  sortKey: ({ id }) => id.toLowerCase(),
  found: ({ id, acronym, name, aliases, names, headquarters, note }, { otherNamesOf }) => ({
    title: name,
    names: [id, acronym, name, ...aliases, ...names.map(({ name }) => name)],
    unseen: otherNamesOf(id).filter((other) => names.every(({ name }) => name !== other)),
    keywords: headquarters ? [headquarters.city] : [],
    texts: [note],
  }),
  linked: (all) => all.map(linkedAgency),
}

function agencyRecord(agency: SeedAgency, relations: Relations): Agency {
  const { seed, editions, agencyLink, agencyAndMembers, currentEdition, currentContacts, party } = relations
  const groups = seed.agencies.filter(({ members }) => members.includes(agency.id)).map(({ id }) => id)
  // Its id, and those of the groups through which it is named.
  const namedAs = seed.agencies.filter(({ id }) => agencyAndMembers(id).includes(agency.id)).map(({ id }) => id)
  const statements = relations.statements.filter((one) => namedAs.includes(one.agency.id))
  const tables = new Map(editions.map((table) => [table.id, table]))
  const printed = statements
    .filter(({ isOfEdition }) => isOfEdition)
    .map(({ source, actionLine, agency: named }) => ({
      ...(tables.get(source.id) as EditionTable),
      actionLine,
      via: named.id === agency.id ? null : named,
    }))
  const sessions = seed.sessions.filter(({ organizers }) =>
    organizers.some((name) => namedAs.includes(String(party(name).agency?.id))),
  )
  const newest = (tableOf: (code: string) => Pick<EditionTable, 'id'> | undefined) =>
    printed.filter(({ actionLine, id }) => tableOf(actionLine.id)?.id === id)
  return {
    ...agency,
    names: agency.names.filter(({ source }) => isCitable(source, seed.agencies)),
    memberOf: groups.sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)).map(agencyLink),
    members: agency.members.map(agencyLink),
    readIn: agency.sources,
    actionLines: printed,
    current: { actionLines: newest(currentEdition), contactFor: newest(currentContacts) },
    reports: statements.filter((statement) => !statement.isOfEdition && statement.agency.id === agency.id),
    sessions: countOf(sessions.length, 'sessions', 'agency', agency.id),
  }
}

/** An agency with its names as language-tagged labels, and with the IRIs of its ISNI and Wikidata identifiers. */
function linkedAgency({ identifiers, ...agency }: Agency) {
  const { isni, wikidata, ...others } = identifiers
  const iris = {
    isni: isni && `https://isni.org/isni/${isni.replaceAll(' ', '')}`,
    wikidata: wikidata && `http://www.wikidata.org/entity/${wikidata}`,
  }
  const altLabels = agency.names
    .filter(({ kind }) => kind !== 'former')
    .map(({ name, language }) => ({ '@value': name, ...(language && { '@language': language }) }))
  return { ...agency, altLabels, ...others, ...iris }
}
