import { oneOf, type Static, Type } from '../typebox.ts'
import { agencyKinds, nameKinds } from '../vocabulary.ts'
import { files, Id, Matching, Name, orNull, ReadAt, record, Text, Url } from './types.ts'
import { addNames, type NamedRecords, type PlacedRecords } from './validate.ts'

const Headquarters = record({
  city: Text('a city'),
  country: Matching('^[A-Z]{2}$', 'a country code of two capitals (ISO 3166)'),
})

const Identifiers = record({
  ror: orNull(Matching('^https://ror\\.org/0[a-z0-9]{8}$', 'a ROR id such as https://ror.org/01eb8ek77')),
  isni: orNull(Matching('^(\\d{4} ){3}\\d{3}[\\dX]$', 'an ISNI such as 0000 0004 0426 8792')),
  wikidata: orNull(Matching('^Q\\d+$', 'a Wikidata id such as Q376150')),
  dacChannel: orNull(Matching('^\\d{5}$', 'an OECD DAC channel code of five digits')),
})

const OtherName = record({
  name: Name('a name as the source writes it'),
  language: orNull(Matching('^[a-z]{2,3}(-[A-Za-z0-9]+)*$', 'a language tag such as fr (BCP 47)')),
  kind: oneOf(nameKinds, {}),
  source: Url,
})

/** A record of seed/agencies.json. */
export const SeedAgency = record({
  id: Id('the acronym with hyphens for spaces, such as UN-Habitat'),
  acronym: Name('the acronym as the agency writes it'),
  name: Name('the full English name'),
  kind: oneOf(agencyKinds, {}),
  aliases: Type.Array(Name('another name that was seen for this agency'), { uniqueBy: [] }),
  names: Type.Array(OtherName),
  members: Type.Array(Id('the id of an agency of this file', files.agencies), { uniqueBy: [] }),
  homepage: orNull(Url),
  headquarters: orNull(Headquarters),
  identifiers: Identifiers,
  note: orNull(Text('a remark')),
  sources: ReadAt,
})
export type SeedAgency = Static<typeof SeedAgency>

/**
 * All names of an agency: its id, acronym, name, other names and aliases, its identifiers and its home page. A name of
 * three words or more also counts without an initial "United Nations". URLs are without `https://www.`.
 */
export function namesOfAgency(agency: SeedAgency): string[] {
  const { ror, isni, wikidata, dacChannel } = agency.identifiers
  const written = [agency.acronym, agency.name, ...agency.names.map(({ name }) => name), ...agency.aliases]
  return [
    agency.id,
    ...written,
    ...written.flatMap((name) => /^United Nations (\S+ \S+ .+)$/.exec(name)?.[1] ?? []),
    ...(dacChannel ? [`XM-DAC-${dacChannel}`] : []),
    ...(ror ? [ror.replace('https://', ''), ror.replace('https://ror.org/', '')] : []),
    ...(isni ? [isni, isni.replaceAll(' ', ''), `isni.org/isni/${isni.replaceAll(' ', '')}`] : []),
    ...(wikidata ? [wikidata, `wikidata.org/wiki/${wikidata}`, `wikidata.org/entity/${wikidata}`] : []),
    ...(agency.homepage ? [agency.homepage.replace(/^https?:\/\/(www\.)?|\/$/g, '')] : []),
  ]
}

/** Adds the names of the agencies, with an error if two share a name, or if a group is wrong. */
export function checkAgencies({ records, values, names }: NamedRecords<SeedAgency>): void {
  const membersOf = new Map(values.map(({ id, members }) => [id, members]))
  for (const agency of records) {
    const { value, addError } = agency
    const { id, kind, members } = value
    addNames(names, id, namesOfAgency(value), 'agency', agency)
    if ((kind === 'group') !== members.length > 0)
      addError(
        '/members',
        `an agency of kind "${kind}" has ${members.length || 'no'} members; a group must have some, any other agency none`,
      )
    if (reach(id, membersOf).has(id))
      addError('/members', `${id} is a member of itself through its members; a group must not contain itself`)
  }
}

/** All direct and indirect members of `group`. */
export function reach(group: string, membersOf: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set(membersOf.get(group))
  // Also visits the members that it adds.
  for (const member of found) for (const one of membersOf.get(member) ?? []) found.add(one)
  return found
}

/** Offices of the UN with a separate domain, and registries. */
const publishers = ['unov.org', 'unic.or.jp', 'hchr.org.mx', 'ror.org', 'iatistandard.org', 'wikidata.org']

/** Owners on GitHub: IATI, ROR and the Executive Office of the Secretary-General. Private collections are excluded. */
const owners = ['IATI', 'ror-community', 'UN-EOSG-Analytics']

/**
 * True if a name read at `source` may be served: a site of the UN, of one of the agencies (any host below the domain of
 * its home page), ROR, IATI or Wikidata. Other names serve only to find an agency.
 */
export function isCitable(source: string, agencies: readonly Pick<SeedAgency, 'homepage'>[]): boolean {
  const { hostname, pathname } = new URL(source)
  if (hostname === 'github.com') return owners.includes(String(pathname.split('/')[1]))
  const domains = agencies.flatMap(({ homepage }) =>
    homepage ? new URL(homepage).hostname.split('.').slice(-2).join('.') : [],
  )
  return [...publishers, ...domains].some((domain) => `.${hostname}`.endsWith(`.${domain}`))
}

/** A record of seed/other-bodies.json: a body of the UN system that no source names for a line. */
export const SeedOtherBody = record({
  name: Name('the name or acronym that answers give'),
  names: Type.Array(Name('another name of this body'), { uniqueBy: [] }),
  sources: ReadAt,
})
export type SeedOtherBody = Static<typeof SeedOtherBody>

/** Adds the names of the bodies beside those of the agencies, with an error for each name that already exists. */
export function checkOtherBodies(
  bodies: PlacedRecords<SeedOtherBody>,
  { names: agencies }: NamedRecords<SeedAgency>,
): void {
  for (const { value, addError } of bodies.records)
    for (const [index, name] of [value.name, ...value.names].entries()) {
      const other = agencies.find(name) ?? agencies.addOtherBody(value.name, name)
      if (other !== undefined)
        addError(
          index === 0 ? '/name' : `/names/${index - 1}`,
          `the name "${name}" already means ${other}; an agency must not be in this file, and one name must mean one body`,
        )
    }
}
