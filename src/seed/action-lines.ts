import { NounNames } from '../names/noun-names.ts'
import { namesOfLine } from '../names/record-names.ts'
import { oneOf } from '../schema.ts'
import { type Static, Type } from '../typebox.ts'
import { actionLineKinds } from '../vocabulary.ts'
import { Id, LineCode, Name, orNull, record } from './types.ts'
import { addNames, type PlacedRecords } from './validate.ts'

/** A record of seed/action-lines.json. */
export const SeedActionLine = record({
  code: Id('a code such as C1 or C7.e-health'),
  kind: oneOf(actionLineKinds, {}),
  parent: orNull(LineCode),
  title: Name('the title as the draft annex prints it'),
  genevaTitle: Name('the title as the Geneva Plan of Action prints it'),
  aliases: Type.Array(Name('another name that was seen for this line'), { uniqueItems: true }),
})
export type SeedActionLine = Static<typeof SeedActionLine>

/** The names of the lines. Adds an error if two lines share a name, or if a parent is wrong. */
export function checkActionLines(lines: PlacedRecords<SeedActionLine>): NounNames {
  const names = new NounNames('action-line')
  const byCode = new Map(lines.records.map(({ value }) => [value.code, value]))
  for (const { place, value } of lines.records) {
    const parent = byCode.get(value.parent ?? '')
    if ((value.kind === 'sub-line') !== (value.parent !== null))
      lines.addError(
        `${place}/parent`,
        `a ${value.kind} has the parent ${value.parent}; a sub-line must have one, a line or a section must have null`,
      )
    else if (parent && parent.kind !== 'line')
      lines.addError(
        `${place}/parent`,
        `"${value.parent}" is not a line of this file; it must be the code of a record of kind "line"`,
      )
    const all = namesOfLine(value, parent)
    addNames(names, { id: value.code, value, all }, 'line', lines.addError, place)
  }
  return names
}
