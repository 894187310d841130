import type { AnnexRow } from './annex.ts'
import type { Faults, Records } from './faults.ts'
import { Names, namesOfAgency, namesOfLine } from './naming.ts'
import type { SeedActionLine, SeedAgency, SeedReport, SeedSdgLinks, SeedSource } from './seed-files.ts'

// What the shape of one record cannot show: that names are unambiguous and that references lead somewhere.

function known(records: Records<unknown>, id: string): boolean {
  return records.ids === undefined || records.ids.has(id)
}

/** The names of the lines; says where two lines would answer to one name, and checks parents. */
export function checkActionLines(lines: Records<SeedActionLine>, faults: Faults): Names {
  const names = new Names()
  const byCode = new Map(lines.records.map(({ value }) => [value.code, value]))
  for (const { place, value } of lines.records) {
    const parent = byCode.get(value.parent ?? '')
    if ((value.kind === 'sub-line') !== (value.parent !== null))
      faults.add(
        lines.file,
        `${place}/parent`,
        `a ${value.kind} has the parent ${value.parent}; a sub-line must have one, a line or section none`,
      )
    else if (value.parent !== null && (!known(lines, value.parent) || (parent && parent.kind !== 'line')))
      faults.add(
        lines.file,
        `${place}/parent`,
        `"${value.parent}" is no line of this file; it must be the code of a record of kind "line"`,
      )
    for (const name of namesOfLine(value, parent)) {
      const other = names.add(value.code, name)
      if (other)
        faults.add(
          lines.file,
          place,
          `the name "${name}" of ${value.code} already means ${other}; one name must mean one line`,
        )
    }
  }
  return names
}

/** The names of the bodies; says where two would answer to one name, and checks groups. */
export function checkAgencies(agencies: Records<SeedAgency>, faults: Faults): Names {
  const names = new Names()
  const membersOf = new Map(agencies.records.map(({ value }) => [value.id, value.members]))
  for (const { place, value } of agencies.records) {
    for (const name of namesOfAgency(value)) {
      const other = names.add(value.id, name)
      if (other)
        faults.add(
          agencies.file,
          place,
          `the name "${name}" of ${value.id} already means ${other}; one name must mean one body`,
        )
    }
    if ((value.kind === 'group') !== value.members.length > 0)
      faults.add(
        agencies.file,
        `${place}/members`,
        `a body of kind "${value.kind}" has ${value.members.length} members; a group must have some, any other body none`,
      )
    for (const [index, member] of value.members.entries())
      if (!known(agencies, member))
        faults.add(
          agencies.file,
          `${place}/members/${index}`,
          `"${member}" is no body of this file; add it, or mend the id`,
        )
    if (reach(value.id, membersOf).has(value.id))
      faults.add(
        agencies.file,
        `${place}/members`,
        `${value.id} is a member of itself through its members; a group must not come back to itself`,
      )
  }
  return names
}

/** Every body that is a member of `group`, or a member of its members. */
export function reach(group: string, membersOf: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>()
  const open = [...(membersOf.get(group) ?? [])]
  for (const member of open) {
    if (found.has(member)) continue
    found.add(member)
    open.push(...(membersOf.get(member) ?? []))
  }
  return found
}

/** Checks that annexes say what they are, that one is the default, and that reports do not pose as annexes. */
export function checkSources(sources: Records<SeedSource>, faults: Faults): void {
  const defaults = sources.records.filter(({ value }) => value.annex?.default)
  for (const { place, value } of sources.records)
    if ((value.kind === 'annex') !== (value.annex !== undefined))
      faults.add(
        sources.file,
        `${place}/annex`,
        `a source of kind "${value.kind}" ${value.annex ? 'has' : 'lacks'} "annex"; annexes must have it, reports not`,
      )
  for (const { place, value } of defaults.slice(1))
    faults.add(
      sources.file,
      `${place}/annex/default`,
      `${value.id} is a second default annex beside ${defaults[0]?.value.id}; exactly one must be the default`,
    )
  for (const { place, value } of defaults)
    if (!value.complete)
      faults.add(
        sources.file,
        `${place}/complete`,
        'is false; the default annex must be complete, so that every line has its row',
      )
  if (sources.ids && defaults.length === 0)
    faults.add(sources.file, '', 'no source is the default annex; one of kind "annex" must have "default": true')
}

/** Checks that each report refers to what is there, and that none stands twice. */
export function checkReports(
  reports: Records<SeedReport>,
  sources: Records<SeedSource>,
  lines: Records<SeedActionLine>,
  agencies: Records<SeedAgency>,
  faults: Faults,
): void {
  const annexes = new Set(sources.records.filter(({ value }) => value.kind === 'annex').map(({ value }) => value.id))
  const seen = new Set<string>()
  for (const { place, value } of reports.records) {
    if (!known(sources, value.source))
      faults.add(
        reports.file,
        `${place}/source`,
        `"${value.source}" is no source; add it to seed/${sources.file}, or mend the id`,
      )
    if (annexes.has(value.source))
      faults.add(
        reports.file,
        `${place}/source`,
        `"${value.source}" is an annex; what an annex says must stand in its CSV file`,
      )
    if (!known(lines, value.actionLine))
      faults.add(
        reports.file,
        `${place}/actionLine`,
        `"${value.actionLine}" is no action line; it must be a code of seed/${lines.file}`,
      )
    if (!known(agencies, value.agency))
      faults.add(
        reports.file,
        `${place}/agency`,
        `"${value.agency}" is no body; add it to seed/${agencies.file}, or mend the id`,
      )
    const statement = `${value.source}:${value.actionLine}:${value.agency}`
    if (seen.has(statement))
      faults.add(reports.file, place, `${statement} stands twice; one source must say one thing of a body and a line`)
    seen.add(statement)
  }
}

/** Checks that each link goes from a line that is there to a goal that is there. */
export function checkSdgLinks(file: string, sdg: SeedSdgLinks, lines: Records<SeedActionLine>, faults: Faults): void {
  const goals = new Set<number>()
  for (const [index, { goal }] of sdg.goals.entries()) {
    if (goals.has(goal)) faults.add(file, `/goals/${index}/goal`, `goal ${goal} stands twice; each must stand once`)
    goals.add(goal)
  }
  const linked = new Set<string>()
  for (const [index, link] of sdg.links.entries()) {
    const place = `/links/${index}`
    if (!known(lines, link.actionLine))
      faults.add(
        file,
        `${place}/actionLine`,
        `"${link.actionLine}" is no action line; it must be a code of seed/${lines.file}`,
      )
    if (linked.has(link.actionLine))
      faults.add(
        file,
        `${place}/actionLine`,
        `${link.actionLine} has links already; all goals of a line must stand in one record`,
      )
    linked.add(link.actionLine)
    const seen = new Set<number>()
    for (const [at, { goal, targets }] of link.goals.entries()) {
      if (!goals.has(goal))
        faults.add(file, `${place}/goals/${at}/goal`, `goal ${goal} is not in "goals"; add it there`)
      if (seen.has(goal))
        faults.add(
          file,
          `${place}/goals/${at}/goal`,
          `goal ${goal} stands twice for ${link.actionLine}; put its targets into one record`,
        )
      seen.add(goal)
      for (const [which, target] of targets.entries())
        if (!target.startsWith(`${goal}.`))
          faults.add(
            file,
            `${place}/goals/${at}/targets/${which}`,
            `"${target}" is no target of goal ${goal}; it must begin with "${goal}."`,
          )
    }
  }
}

/** Checks that a table names each line once, that a complete one leaves none out, and that only a line with sub-lines has no coordinator. */
export function checkAnnex(
  file: string,
  source: SeedSource,
  rows: AnnexRow[],
  lines: Records<SeedActionLine>,
  faults: Faults,
): void {
  const parents = new Set(lines.records.map(({ value }) => value.parent))
  const seen = new Map<string, number>()
  for (const row of rows) {
    const before = seen.get(row.actionLine)
    if (before !== undefined)
      faults.add(
        file,
        row.line,
        `${row.actionLine} stands on line ${before} already; each line of the table must stand once`,
      )
    seen.set(row.actionLine, row.line)
    if (row.printedCoordinators.replaceAll('/', '').trim() === '' && !parents.has(row.actionLine))
      faults.add(
        file,
        row.line,
        `${row.actionLine} has no coordinator; only a line with sub-lines may have an empty cell`,
      )
  }
  if (!source.complete) return
  for (const { value } of lines.records)
    if (!seen.has(value.code))
      faults.add(
        file,
        '',
        `has no row for ${value.code}; a complete table must have one for every line, or the source must say "complete": false`,
      )
}
