import { oneOf, type Static, Type } from '../typebox.ts'
import { actionLineKinds } from '../vocabulary.ts'
import { Id, LineCode, Name, orNull, record } from './types.ts'
import { addNames, type NamedRecords } from './validate.ts'

/** A record of seed/action-lines.json. */
export const SeedActionLine = record({
  code: Id('a code such as C1 or C7.e-health'),
  kind: oneOf(actionLineKinds, {}),
  parent: orNull(LineCode),
  title: Name('the title as the draft annex prints it'),
  genevaTitle: Name('the title as the Geneva Plan of Action prints it'),
  aliases: Type.Array(Name('another name that was seen for this line'), { uniqueBy: [] }),
})
export type SeedActionLine = Static<typeof SeedActionLine>

/**
 * All names of a line: its code (`C1`, `C01`, `Section D`), titles and aliases, and its code before a title. For a
 * sub-line also "electronic" for "e", and its titles after the code and titles of its parent (`C7. ICT Applications:
 * E-learning`).
 */
export function namesOfLine(line: SeedActionLine, parent: SeedActionLine | undefined): string[] {
  const printed = [line.title, line.genevaTitle, ...line.aliases]
  const variants = printed.flatMap((title) => [
    title,
    title.replace(/^The /, ''),
    title.replace(/^e-/i, 'electronic '),
    title.replace('ICTs', 'information and communication technologies'),
  ])
  const titles = [...new Set(variants)]
  const codes = [line.code, ...(line.code.length === 1 ? [`Section ${line.code}`] : [])]
  const above = parent
    ? [parent.code, parent.title, parent.genevaTitle].flatMap((name, at) =>
        at === 0 ? [name] : [name, `${parent.code} ${name}`],
      )
    : []
  return [
    ...codes,
    line.code.replace(/^C(?=\d$)/, 'C0'),
    ...titles,
    ...[...codes, ...above].flatMap((before) => titles.map((title) => `${before} ${title}`)),
  ]
}

/** Adds the names of the lines, with an error if two share a name, or if a parent is wrong. */
export function checkActionLines({ records, values, names }: NamedRecords<SeedActionLine>): void {
  const byCode = new Map(values.map((line) => [line.code, line]))
  for (const line of records) {
    const { value, addError } = line
    const parent = byCode.get(value.parent ?? '')
    if ((value.kind === 'sub-line') !== (value.parent !== null))
      addError(
        '/parent',
        `a ${value.kind} has the parent ${value.parent}; a sub-line must have one, a line or a section must have null`,
      )
    else if (parent && parent.kind !== 'line')
      addError(
        '/parent',
        `"${value.parent}" is not a line of this file; it must be the code of a record of kind "line"`,
      )
    addNames(names, value.code, namesOfLine(value, parent), 'line', line)
  }
}
