import { type Static, Type } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { and, asc, eq, sql } from '../drizzle.ts'
import { collection, type Noun } from '../http/collection.ts'
import { Count, hrefOf, Link, linker, nullable, ref, reportProperties, type Site } from '../http/shapes.ts'
import type { Directory } from '../store/directory.ts'
import { among, equals, grouped, pager, unless } from '../store/queries.ts'
import {
  actionLines,
  agencyReach,
  agencies as bodies,
  coordinations,
  groupMembers,
  sessionAgencies,
  sources,
} from '../store/tables.ts'
import { agencyKinds, nameKinds, oneOf } from '../vocabulary.ts'

const Coordinates = Type.Object(
  {
    actionLine: ref(Link),
    position: Type.Integer({
      description: 'The place of the body, or of its group, in the printed cell, from 1.',
    }),
    via: nullable(ref(Link), 'The group through which the body is named; null where the annex names the body itself.'),
  },
  { $id: 'Coordinates', description: 'A line that the annex gives to a body.' },
)

const AgencyReport = Type.Object(
  { actionLine: ref(Link), ...reportProperties },
  { $id: 'AgencyReport', description: 'What a later document says of this body and a line.' },
)

const identifier = (what: string, example: string) =>
  nullable(Type.String({ examples: [example] }), `${what}; null where none was read.`)

const OtherName = Type.Object(
  {
    name: Type.String({
      description: 'The name as the source writes it.',
      examples: ['Organisation mondiale de la santé'],
    }),
    language: nullable(Type.String(), 'Its language, as a tag of BCP 47 such as `fr`; null where it is of none.'),
    kind: oneOf(nameKinds, { description: 'Whether it is a name, an acronym, or one of either that it had before.' }),
    source: Type.String({ description: 'The address where it was read.' }),
  },
  { $id: 'OtherName', description: 'Another name of a body.' },
)

export const Agency = Type.Object(
  {
    id: Type.String({ description: 'The acronym with hyphens for blanks.', examples: ['UN-Habitat'] }),
    acronym: Type.String({ description: 'The acronym as the body writes it.' }),
    name: Type.String({ description: 'The full English name.' }),
    kind: oneOf(agencyKinds, {
      description: 'What the body is, after the UN system chart. Not every body that the annex names is a UN agency.',
    }),
    aliases: Type.Array(Type.String(), { description: 'Other spellings that were seen for it.' }),
    names: Type.Array(ref(OtherName), {
      description:
        'Its names in other languages and forms, and former ones, each with where it was read. Not complete.',
    }),
    memberOf: Type.Array(ref(Link), { description: 'The groups that it belongs to.' }),
    members: Type.Array(ref(Link), { description: 'The bodies of a group; empty for any other body.' }),
    homepage: nullable(Type.String(), 'The home page; null where none was read.'),
    headquarters: nullable(
      Type.Object({
        city: Type.String({ description: 'The city.' }),
        country: Type.String({ description: 'The country, as two letters of ISO 3166.' }),
      }),
      'Where it sits; null where that was not read.',
    ),
    identifiers: Type.Object(
      {
        ror: identifier('The id in the Research Organization Registry, as a URL', 'https://ror.org/01eb8ek77'),
        isni: identifier('The International Standard Name Identifier', '0000 0004 0426 8792'),
        wikidata: identifier('The Wikidata id', 'Q376150'),
        dacChannel: identifier('The channel code of the OECD Development Assistance Committee', '41303'),
      },
      { description: 'What other registries call it.' },
    ),
    note: nullable(Type.String(), 'A remark on what was read; null where there is none.'),
    readIn: Type.Array(Type.String(), { description: 'The addresses where the values above were read.' }),
    coordinates: Type.Array(ref(Coordinates), {
      description: 'The lines that the annex gives it, by its own name or through a group, in the printed order.',
    }),
    reports: Type.Array(ref(AgencyReport), {
      description: 'What later documents say of it, by line and then oldest first.',
    }),
    sessions: ref(Count),
  },
  {
    $id: 'Agency',
    description: 'A body of the UN system, or near to it, that coordinates a line or appears in later reports.',
  },
)
export type Agency = Static<typeof Agency>

/** The schemas that Agency refers to, and itself. */
export const agencySchemas = [OtherName, Coordinates, AgencyReport, Agency]

const Filters = Type.Object({
  kind: Type.Optional(
    oneOf(agencyKinds, { description: 'Only bodies of this kind.', examples: ['UN specialized agency'] }),
  ),
  memberOf: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'Only members of this group.',
      examples: ['UN-Regional-Commissions'],
    }),
  ),
  actionLine: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'Only bodies that coordinate this line according to the annex, by their own name or through a group; `C7` also finds its sub-lines.',
      examples: ['C1'],
    }),
  ),
})

/** Registers the coordinating bodies. */
export function agencies(app: FastifyInstance, { db, names }: Directory, site: Site): Noun {
  return collection(app, site, {
    page: pageOf(db),
    read: readerOf(db, site),
    name: 'agencies',
    operations: ['Agency', 'Agencies'],
    words: ['body', 'bodies'],
    tag: 'Agencies',
    description: {
      list: 'The bodies that the annex names, the members of the group among them, and those that later reports or forum sessions name, by id.',
      item: 'What this body coordinates according to the annex, by its own name or through a group, and what later documents say of it.',
    },
    key: 'id',
    keyExample: 'ECE',
    item: Agency,
    filters: Filters,
    lookups: { memberOf: names.agency, actionLine: names.actionLine },
    names: names.agency,
    columns: {
      id: (body) => body.id,
      acronym: (body) => body.acronym,
      name: (body) => body.name,
      kind: (body) => body.kind,
      aliases: (body) => body.aliases.join('; '),
      memberOf: (body) => body.memberOf.map(({ id }) => id).join('; '),
      members: (body) => body.members.map(({ id }) => id).join('; '),
      homepage: (body) => body.homepage,
      city: (body) => body.headquarters?.city,
      country: (body) => body.headquarters?.country,
      ror: (body) => body.identifiers.ror,
      isni: (body) => body.identifiers.isni,
      wikidata: (body) => body.identifiers.wikidata,
      dacChannel: (body) => body.identifiers.dacChannel,
      coordinates: (body) =>
        body.coordinates.map(({ actionLine, via }) => actionLine.id + (via ? ` via ${via.id}` : '')).join('; '),
      reports: (body) =>
        body.reports
          .map(({ actionLine, role, asOf }) => `${actionLine.id} ${role}${asOf ? ` ${asOf}` : ''}`)
          .join('; '),
      sessions: (body) => body.sessions.total,
      note: (body) => body.note,
      readIn: (body) => body.readIn.join('; '),
      names: (body) => body.names.map(({ name }) => name).join('; '),
    },
    linked: (all) => all.map(linkedOf),
  })
}

/** A body with its names as labels of their languages, and with the IRIs that ISNI and Wikidata give it. */
function linkedOf({ identifiers, ...body }: Agency) {
  const { isni, wikidata, ...others } = identifiers
  const iris = {
    isni: isni && `https://isni.org/isni/${isni.replaceAll(' ', '')}`,
    wikidata: wikidata && `http://www.wikidata.org/entity/${wikidata}`,
  }
  const altLabels = body.names
    .filter(({ kind }) => kind !== 'former')
    .map(({ name, language }) => ({ '@value': name, ...(language && { '@language': language }) }))
  return { ...body, altLabels, identifiers: { ...others, ...iris } }
}

/** The pages of the list. */
function pageOf(db: Directory['db']) {
  const given = sql.placeholder('actionLine')
  const isMember = sql`${bodies.id} in (select ${groupMembers.member} from ${groupMembers} where ${groupMembers.group} = ${sql.placeholder('memberOf')})`
  const isCoordinator = sql`${bodies.id} in (select ${agencyReach.agency} from ${agencyReach}
    join ${coordinations} on ${coordinations.agency} = ${agencyReach.namedAs}
    join ${sources} on ${sources.id} = ${coordinations.source} and ${sources.isDefault}
    join ${actionLines} on ${actionLines.code} = ${coordinations.actionLine}
    where ${actionLines.code} = ${given} or ${actionLines.parent} = ${given})`
  return pager(
    db,
    bodies,
    bodies.id,
    and(equals(bodies.kind, 'kind'), unless('memberOf', isMember), unless('actionLine', isCoordinator)),
  )
}

/** What is asked of the database for given ids. */
function statementsOf(db: Directory['db']) {
  const rows = db.select().from(bodies).where(among(bodies.id, 'ids')).orderBy(asc(bodies.sortKey)).prepare()
  const groups = db
    .select({ of: groupMembers.member, id: bodies.id, name: bodies.name })
    .from(groupMembers)
    .innerJoin(bodies, eq(bodies.id, groupMembers.group))
    .where(among(groupMembers.member, 'ids'))
    .orderBy(asc(bodies.sortKey))
    .prepare()
  const members = db
    .select({ of: groupMembers.group, id: bodies.id, name: bodies.name })
    .from(groupMembers)
    .innerJoin(bodies, eq(bodies.id, groupMembers.member))
    .where(among(groupMembers.group, 'ids'))
    .orderBy(asc(groupMembers.position))
    .prepare()
  const said = db
    .select({
      of: agencyReach.agency,
      namedAs: bodies.name,
      statement: coordinations,
      line: actionLines.title,
      source: sources.title,
      isDefault: sources.isDefault,
    })
    .from(agencyReach)
    .innerJoin(bodies, eq(bodies.id, agencyReach.namedAs))
    .innerJoin(coordinations, eq(coordinations.agency, agencyReach.namedAs))
    .innerJoin(actionLines, eq(actionLines.code, coordinations.actionLine))
    .innerJoin(sources, eq(sources.id, coordinations.source))
    .where(among(agencyReach.agency, 'ids'))
    .orderBy(asc(coordinations.sortKey))
    .prepare()

  const meetings = db
    .selectDistinct({ of: agencyReach.agency, session: sessionAgencies.session })
    .from(agencyReach)
    .innerJoin(sessionAgencies, eq(sessionAgencies.agency, agencyReach.namedAs))
    .where(among(agencyReach.agency, 'ids'))
    .prepare()
  return { rows, groups, members, said, meetings }
}

/** The bodies with given ids, in the order of their ids, by five queries however many they are. */
function readerOf(db: Directory['db'], site: Site): (ids: string[]) => Agency[] {
  const link = linker(site)
  const { rows, groups, members, said, meetings } = statementsOf(db)
  return (ids) => {
    const wanted = { ids: JSON.stringify(ids) }
    const memberOf = grouped(groups.all(wanted), (row) => row.of)
    const membersOf = grouped(members.all(wanted), (row) => row.of)
    const organized = grouped(meetings.all(wanted), (row) => row.of)
    const statements = grouped(said.all(wanted), (row) => row.of)
    return rows.all(wanted).map((body) => {
      const ofBody = statements(body.id)
      return {
        id: body.id,
        acronym: body.acronym,
        name: body.name,
        kind: body.kind,
        aliases: body.aliases,
        names: body.names,
        memberOf: memberOf(body.id).map(({ id, name }) => link('agencies', id, name)),
        members: membersOf(body.id).map(({ id, name }) => link('agencies', id, name)),
        homepage: body.homepage,
        headquarters: body.city !== null && body.country !== null ? { city: body.city, country: body.country } : null,
        identifiers: { ror: body.ror, isni: body.isni, wikidata: body.wikidata, dacChannel: body.dacChannel },
        note: body.note,
        readIn: body.sources,
        coordinates: ofBody
          .filter(({ isDefault }) => isDefault)
          .map(({ statement: { actionLine, agency, position }, line, namedAs }) => ({
            actionLine: link('action-lines', actionLine, line),
            position: Number(position),
            via: agency === body.id ? null : link('agencies', agency, namedAs),
          })),
        reports: ofBody
          .filter(({ isDefault, statement }) => !isDefault && statement.agency === body.id)
          .map(({ statement: { id, actionLine, role, asOf, source: from }, line, source }) => ({
            actionLine: link('action-lines', actionLine, line),
            role,
            asOf,
            source: link('sources', from, source),
            statement: hrefOf(site, 'coordinations', id),
          })),
        sessions: { total: organized(body.id).length, href: `${hrefOf(site, 'sessions')}?agency=${body.id}` },
      }
    })
  }
}
