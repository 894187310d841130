import { isDeepStrictEqual } from 'node:util'
import { padded } from '../characters.ts'
import { oneOf, type Static, Type } from '../typebox.ts'
import { changeKinds, nouns } from '../vocabulary.ts'
import type { AddError, Findings } from './findings.ts'
import { Day, Matching, orNull, record, Text } from './types.ts'
import { errorsBelow } from './validate.ts'

const Dataset = Matching('^[0-9a-f]{12}$', 'a dataset: 12 hex digits')

/** The change of one record in a release, with each property before and after. */
export const SeedChange = record({
  noun: oneOf(nouns, {}),
  id: Text('the id of a record'),
  change: oneOf(changeKinds, {}),
  properties: Type.Record(
    Type.String(),
    record({ before: Type.Optional(Type.Unknown()), after: Type.Optional(Type.Unknown()) }),
    { description: 'a record of the properties that changed' },
  ),
})
export type SeedChange = Static<typeof SeedChange>

/** A file of seed/changes/: the changes of one release in the served records. */
export const SeedRelease = record({
  dataset: Dataset,
  previous: orNull(Dataset),
  date: Day,
  version: Text('the version of the service'),
  changes: Type.Array(SeedChange, { uniqueBy: ['noun', 'id'] }),
})
export type SeedRelease = Static<typeof SeedRelease>

/** The properties of a record. */
type Facts = Record<string, unknown>

/** Records by noun and id. */
export type Released = Record<SeedChange['noun'], Map<string, Facts>>

const fileName = /^changes\/((?!0000)\d{4})-([0-9a-f]{12})\.json$/

export const isRelease = (file: string): boolean => fileName.test(file)

/** The name of a release's file; numbers start at 1. */
export const releaseFile = (number: number, dataset: string): string => `changes/${padded(number)}-${dataset}.json`

/**
 * The releases in the files of the log, and the records that result from replaying them in order. After an invalid file,
 * the rest cannot be checked.
 */
export function logOf(files: { file: string; release: SeedRelease | undefined }[], findings: Findings) {
  const releases: SeedRelease[] = []
  const released = Object.fromEntries(nouns.map((noun) => [noun, new Map()])) as Released
  for (const { file, release } of files) {
    const addError = findings.errorsIn(file)
    if (!release || !isNext(file, releases, addError)) break
    checkRelease(file, release, releases.at(-1), addError)
    for (const [index, change] of release.changes.entries())
      redo(released, change, errorsBelow(addError, `/changes/${index}`))
    releases.push(release)
  }
  return { releases, released }
}

/** True if the number of a file follows those of `before`; otherwise adds an error. */
function isNext(file: string, before: SeedRelease[], addError: AddError): boolean {
  const number = Number(fileName.exec(file)?.[1])
  const same = before[number - 1]
  if (same)
    addError(
      '',
      `is a second release ${number}, beside ${releaseFile(number, same.dataset)}; keep the one that is published, whichever that is, remove the other and run "npm run release", which gives it a new date`,
    )
  else if (number > before.length + 1)
    addError(
      '',
      `is release ${number}, but there is no release ${before.length + 1}; put that back, or correct the name`,
    )
  return number === before.length + 1
}

/** Checks that a release matches the name of its file and the release before it. */
function checkRelease(file: string, release: SeedRelease, last: SeedRelease | undefined, addError: AddError): void {
  const dataset = fileName.exec(file)?.[2]
  if (release.dataset !== dataset)
    addError('/dataset', `is "${release.dataset}"; it must be "${dataset}", as the name of the file says`)
  const previous = last ? `"${last.dataset}", the dataset of the release before` : 'null in the first release'
  if (release.previous !== (last?.dataset ?? null))
    addError('/previous', `is ${JSON.stringify(release.previous)}; it must be ${previous}`)
  if (last && release.date < last.date)
    addError('/date', `is ${release.date}; it must be ${last.date}, the date of the release before, or later`)
}

const unlike = 'the log must stay as "npm run release" wrote it'

/** Applies one change to the records; adds an error if it does not match them. */
function redo(released: Released, { noun, id, change, properties }: SeedChange, addError: AddError): void {
  const stored = released[noun].get(id)
  if ((stored === undefined) !== (change === 'added')) {
    addError('/change', `is "${change}", but the record ${stored ? 'exists' : 'does not exist'} before; ${unlike}`)
    return
  }
  const facts = { ...stored }
  for (const [name, { before, after }] of Object.entries(properties)) {
    if (!isDeepStrictEqual(before, facts[name]))
      addError(`/properties/${name}/before`, `is not what the releases before say; ${unlike}`)
    else if (isDeepStrictEqual(before, after))
      addError(`/properties/${name}`, `is the same before and after; ${unlike}`)
    if (after === undefined) delete facts[name]
    else facts[name] = after
  }
  const left = Object.keys(facts)
  if (change === 'removed' && left.length > 0)
    addError('/properties', `leaves ${left.join(', ')} of a record that is removed; ${unlike}`)
  else if ((Object.keys(properties).length === 0) !== (change === 'affected'))
    addError('/properties', `${change === 'affected' ? 'must be' : 'is'} empty; ${unlike}`)
  if (change === 'removed') released[noun].delete(id)
  else released[noun].set(id, facts)
}

/** The changes from some records to others, by noun: first the later records in their order, then the removed ones. */
export function changesBetween(before: Released, after: Released): SeedChange[] {
  return nouns.flatMap((noun) => {
    const ids = new Set([...after[noun].keys(), ...before[noun].keys()])
    return [...ids].flatMap((id) => changeOf(noun, id, before[noun].get(id), after[noun].get(id)) ?? [])
  })
}

/** A value without null properties at any depth; null if nothing is left. */
function known(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(known)
  if (typeof value !== 'object' || value === null) return value ?? null
  const entries = Object.entries(value).map(([name, one]) => [name, known(one)] as const)
  return Object.fromEntries(entries.filter(([, one]) => one !== null))
}

function changeOf(
  noun: SeedChange['noun'],
  id: string,
  before: Facts | undefined,
  after: Facts | undefined,
): SeedChange | undefined {
  const names = Object.keys({ ...after, ...before })
  const properties = names.flatMap((name): [string, { before?: unknown; after?: unknown }][] => {
    const [was, is] = [before?.[name], after?.[name]]
    // In a record that stays, a null property is equivalent to an absent one.
    if (isDeepStrictEqual(was, is) || (before && after && isDeepStrictEqual(known(was), known(is)))) return []
    return [[name, { ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }]]
  })
  if (properties.length === 0) return undefined
  const change = before ? (after ? 'changed' : 'removed') : 'added'
  return { noun, id, change, properties: Object.fromEntries(properties) }
}
