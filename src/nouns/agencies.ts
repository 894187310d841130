import { type Static, Type } from '@sinclair/typebox'
import { text } from '../drizzle.ts'
import type { SeedAgency } from '../seed/agencies.ts'
import type { Seed } from '../seed/seed.ts'
import { agencyKinds, nameKinds, oneOf } from '../vocabulary.ts'
import type { Noun } from './noun.ts'
import { relationsOf } from './relations.ts'
import { Count, countOf, hrefOf, Link, nullable, ref, reportProperties } from './shapes.ts'
import { linkTable, nounTable } from './tables.ts'

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

export const agencyTable = nounTable('agencies', { kind: text({ enum: agencyKinds }).notNull() })
export const agencyGroups = linkTable('agency_groups', 'agencies', 'agencies')
export const agencyActionLines = linkTable('agency_action_lines', 'agencies', 'action_lines')

export const agencies: Noun<Agency> = {
  name: 'agencies',
  kind: 'agency',
  operations: ['Agency', 'Agencies'],
  one: 'body',
  many: 'bodies',
  tag: 'Agencies',
  title: 'The coordinating bodies',
  description: {
    list: 'The bodies that the annex names, the members of the group among them, and those that later reports or forum sessions name, by id.',
    item: 'What this body coordinates according to the annex, by its own name or through a group, and what later documents say of it.',
  },
  key: 'id',
  keyExample: 'ECE',
  item: Agency,
  schemas: [OtherName, Coordinates, AgencyReport, Agency],
  table: agencyTable,
  filters: {
    kind: {
      schema: oneOf(agencyKinds, { description: 'Only bodies of this kind.', examples: ['UN specialized agency'] }),
      column: agencyTable.kind,
      value: (agency) => agency.kind,
    },
    memberOf: {
      schema: Type.String({
        minLength: 1,
        description: 'Only members of this group.',
        examples: ['UN-Regional-Commissions'],
      }),
      names: 'agencies',
      links: agencyGroups,
      value: (agency) => agency.memberOf.map(({ id }) => id),
    },
    actionLine: {
      schema: Type.String({
        minLength: 1,
        description:
          'Only bodies that coordinate this line according to the annex, by their own name or through a group; `C7` also finds its sub-lines.',
        examples: ['C1'],
      }),
      names: 'action-lines',
      links: agencyActionLines,
      value: (agency, seed) =>
        agency.coordinates.flatMap(({ actionLine }) => relationsOf(seed).lineAndAbove(actionLine.id)),
    },
  },
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
      body.reports.map(({ actionLine, role, asOf }) => `${actionLine.id} ${role}${asOf ? ` ${asOf}` : ''}`).join('; '),
    sessions: (body) => body.sessions.total,
    note: (body) => body.note,
    readIn: (body) => body.readIn.join('; '),
    names: (body) => body.names.map(({ name }) => name).join('; '),
  },
  records: (seed) =>
    seed.agencies.map((agency) => recordOf(agency, seed)).sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1)),
  sortKey: placeOf,
  titleOf: (agency) => agency.name,
  found: ({ id, acronym, name, aliases, names, headquarters, note }) => ({
    names: [id, acronym, name, ...aliases, ...names.map(({ name }) => name)],
    texts: [headquarters?.city ?? null, note],
  }),
  linked: (all) => all.map(linkedOf),
}

function placeOf({ id }: Agency): string {
  return id.toLowerCase()
}

function recordOf(agency: SeedAgency, seed: Seed): Agency {
  const { lineLink, agencyLink, sourceLink, sessionsOfAgency, statementsOnAgency } = relationsOf(seed)
  const groups = seed.agencies.filter(({ members }) => members.includes(agency.id)).map(({ id }) => id)
  const statements = statementsOnAgency(agency.id)
  return {
    id: agency.id,
    acronym: agency.acronym,
    name: agency.name,
    kind: agency.kind,
    aliases: agency.aliases,
    names: agency.names,
    memberOf: groups.sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)).map(agencyLink),
    members: agency.members.map(agencyLink),
    homepage: agency.homepage,
    headquarters: agency.headquarters,
    identifiers: agency.identifiers,
    note: agency.note,
    readIn: agency.sources,
    coordinates: statements
      .filter(({ isDefault }) => isDefault)
      .map((statement) => ({
        actionLine: lineLink(statement.actionLine),
        position: Number(statement.position),
        via: statement.agency === agency.id ? null : agencyLink(statement.agency),
      })),
    reports: statements
      .filter((statement) => !statement.isDefault && statement.agency === agency.id)
      .map(({ id, actionLine, role, asOf, source }) => ({
        actionLine: lineLink(actionLine),
        role,
        asOf,
        source: sourceLink(source),
        href: hrefOf('coordinations', id),
      })),
    sessions: countOf(sessionsOfAgency(agency.id), 'sessions', 'agency', agency.id),
  }
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
