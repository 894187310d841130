import { FormatRegistry, type Static, Type } from '@sinclair/typebox'
import { actionLineKinds, agencyKinds, fidelities, oneOf, roles, sourceKinds, sourceStatuses } from '../vocabulary.ts'

// The shapes of the files in seed/. A description is the second half of the message that a curator reads.

/** A day, month or year as far as it is known; `2021-02-30` is none. */
function isPartialDate(text: string): boolean {
  const [, year = '', month = '01', day = '01'] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? []
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`)
}
FormatRegistry.Set('partial-date', isPartialDate)
FormatRegistry.Set('web-url', (text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''))

const Text = (description: string) => Type.String({ pattern: '^\\S(.*\\S)?$', description })
const Id = (description: string) => Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9.-]*$', description })
const Url = Type.String({ format: 'web-url', description: 'an address that begins with http:// or https://' })
const PartialDate = Type.String({
  format: 'partial-date',
  description: 'a real date: YYYY-MM-DD, YYYY-MM or YYYY',
})
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])
const closed = { additionalProperties: false }

const DateRange = Type.Object({ from: orNull(PartialDate), to: orNull(PartialDate) }, closed)

export const SeedActionLine = Type.Object(
  {
    code: Id('a code such as C1 or C7.e-health'),
    kind: oneOf(actionLineKinds, {}),
    parent: orNull(Id('the code of the line above, or null')),
    title: Text('the title as the draft annex prints it, without outer blanks'),
    genevaTitle: Text('the title as the Geneva Plan of Action prints it, without outer blanks'),
    aliases: Type.Array(Text('another name that was seen for this line')),
  },
  closed,
)
export type SeedActionLine = Static<typeof SeedActionLine>

export const SeedAgency = Type.Object(
  {
    id: Id('the acronym with hyphens for blanks, such as UN-Habitat'),
    acronym: Text('the acronym as the body writes it'),
    name: Text('the full English name'),
    kind: oneOf(agencyKinds, {}),
    aliases: Type.Array(Text('another name that was seen for this body')),
    members: Type.Array(Id('the id of a body of this file')),
    homepage: orNull(Url),
    headquarters: orNull(
      Type.Object(
        {
          city: Text('a city'),
          country: Type.String({
            pattern: '^[A-Z]{2}$',
            description: 'a country code of two capitals (ISO 3166)',
          }),
        },
        closed,
      ),
    ),
    identifiers: Type.Object(
      {
        ror: orNull(
          Type.String({
            pattern: '^https://ror\\.org/0[a-z0-9]{8}$',
            description: 'a ROR id such as https://ror.org/01eb8ek77',
          }),
        ),
        isni: orNull(
          Type.String({
            pattern: '^(\\d{4} ){3}\\d{3}[\\dX]$',
            description: 'an ISNI such as 0000 0004 0426 8792',
          }),
        ),
        wikidata: orNull(Type.String({ pattern: '^Q\\d+$', description: 'a Wikidata id such as Q376150' })),
        dacChannel: orNull(
          Type.String({ pattern: '^\\d{5}$', description: 'an OECD DAC channel code of five digits' }),
        ),
      },
      closed,
    ),
    note: orNull(Text('a remark, or null')),
    sources: Type.Array(Url, { minItems: 1 }),
  },
  closed,
)
export type SeedAgency = Static<typeof SeedAgency>

export const SeedSource = Type.Object(
  {
    id: Id('an id such as annex-draft'),
    kind: oneOf(sourceKinds, {}),
    title: Text('the title of the document'),
    document: orNull(Text('the document number, or null')),
    date: orNull(PartialDate),
    dateRange: orNull(DateRange),
    status: oneOf(sourceStatuses, {}),
    complete: Type.Boolean({ description: 'true or false: does silence in it mean "not named"?' }),
    url: orNull(Url),
    note: orNull(Text('a remark, or null')),
    annex: Type.Optional(
      Type.Object(
        {
          default: Type.Boolean({
            description: 'true for the one annex that the coordinators of a line are taken from',
          }),
          role: oneOf(roles, {}),
          roleAsWorded: Text('the word that the table uses for the role'),
        },
        closed,
      ),
    ),
    passages: Type.Array(
      Type.Object(
        {
          place: Text('where it stands, such as para 22'),
          text: Text('the passage'),
          fidelity: oneOf(fidelities, {}),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type SeedSource = Static<typeof SeedSource>

export const SeedReport = Type.Object(
  {
    source: Id('the id of a source of kind report'),
    actionLine: Id('the code of a line'),
    agency: Id('the id of a body'),
    role: oneOf(roles, {}),
    roleAsWorded: orNull(Text('the role in the words of the source, or null')),
    asOf: orNull(PartialDate),
    url: orNull(Url),
  },
  closed,
)
export type SeedReport = Static<typeof SeedReport>

const Goal = Type.Integer({ minimum: 1, maximum: 17, description: 'the number of a goal, 1 to 17' })
export const SeedSdgLinks = Type.Object(
  {
    source: Type.Object(
      {
        title: Text('a title'),
        date: orNull(PartialDate),
        dateRange: orNull(DateRange),
        url: Url,
        readIn: Url,
      },
      closed,
    ),
    goals: Type.Array(
      Type.Object(
        {
          goal: Goal,
          title: Text('the title of the goal'),
          iri: Type.String({
            pattern: '^http://metadata\\.un\\.org/sdg/\\d+$',
            description: 'an IRI such as http://metadata.un.org/sdg/9',
          }),
        },
        closed,
      ),
    ),
    links: Type.Array(
      Type.Object(
        {
          actionLine: Id('the code of a line'),
          goals: Type.Array(
            Type.Object(
              {
                goal: Goal,
                targets: Type.Array(
                  Type.String({ pattern: '^\\d+\\.[0-9a-z]+$', description: 'a target such as 9.c' }),
                ),
              },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type SeedSdgLinks = Static<typeof SeedSdgLinks>
