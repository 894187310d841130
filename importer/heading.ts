import { dashes } from '../src/characters.ts'
import type { sectionKinds } from '../src/vocabulary.ts'

type SectionKind = (typeof sectionKinds)[number]

/** The beginnings of headings: those of the 2023 template, each with its kind, and those of other years. */
const beginnings: Array<[RegExp, SectionKind]> = [
  [/^(?:key|main|debated) issues(?: discussed)?/i, 'key-issues'],
  [/^key (?:messages|takeaways|points)(?: discussed)?/i, 'key-issues'],
  [/^towards wsis ?\+ ?20(?: and wsis beyond 20\d\d)?/i, 'wsis-beyond-2025'],
  [/^(?:vision for )?(?:the )?wsis(?: process)? beyond 2025/i, 'wsis-beyond-2025'],
  [/^tangible outcomes?/i, 'tangible-outcomes'],
  [/^(?:key|main) achievements?(?:, (?:key )?announcements)?/i, 'tangible-outcomes'],
  [/^action(?:able)? plans?/i, 'action-plan'],
  [/^suggestions? (?:for|on) thematic aspects?/i, 'next-forum-suggestions'],
  [/^main outcomes(?: highlighting the following)?/i, 'other'],
  [/^emerging trends(?: related to (?:the )?wsis action lines)?/i, 'other'],
  [/^(?:quotes|quotations|panell?ists|speakers|moderators?|moderator ?\/ ?panell?ists)(?= *(?:$|[:(]))/i, 'other'],
]

const ends = new RegExp(`^,?$|^[.:([${dashes}]`)
const numbering = /^(?:\d{1,2}|[IVX]{1,4}|[A-H])[.)]\s*/
// Guidance of the template that extends to the end of the paragraph.
const guidance = /^,? ?(?:please|such as|that might)\b/i
// Words that continue the template's headings.
const goesOn =
  /^,? ?(?:please|announcements|launches|and|such as|that(?: might|$)|in the|identified|related|of the|for the)\b/i

/**
 * The kind of section for a known heading, "other" for known headings of other years, null for other texts. A sentence
 * that happens to begin like a heading ("Key issues were …") is not one. `alone` means that no text continues in the
 * next line.
 */
export function headingKind(text: string, alone = true): SectionKind | null {
  const bare = text.replace(numbering, '')
  for (const { rest, kind } of beginningsOf(bare)) {
    if (ends.test(rest) || goesOn.test(rest)) return kind
    if (alone && bare === text && rest.length < 60 && !/[.!?]$/.test(rest) && /^\P{L}*\p{Lu}/u.test(text)) return kind
  }
  return null
}

function beginningsOf(text: string): Array<{ rest: string; kind: SectionKind }> {
  return beginnings.flatMap(([beginning, kind]) => {
    const found = beginning.exec(text)?.[0]
    return found === undefined ? [] : [{ rest: text.slice(found.length).trimStart(), kind }]
  })
}

/** True if a text is only a known heading and its guidance, so that even a list item with it is a heading. */
export function isWholeHeading(text: string): boolean {
  return beginningsOf(text.replace(numbering, '')).some(
    ({ rest }) => /^:?$|^\(.*\)$/.test(rest) || (guidance.test(rest) && rest.endsWith(')')),
  )
}

/** True if a line ends within the first words of a known heading ("Action" / "plan"). */
export function breaksHeading(text: string, next: string): boolean {
  return beginningsOf(`${text} ${next}`.replace(numbering, '')).some(({ rest }) => rest.length < next.length)
}

/** True if a line looks like a numbered heading of other years: "III. Overall outcomes". */
export const hasRomanNumber = (text: string) => text.length < 100 && /^[IVX]{1,4}\.\s+\p{Lu}.*[^.,;!"”»]$/u.test(text)

/** A known heading, and the text after its colon on the same line ("Action plan: none"). */
export function splitHeading(text: string): [heading: string, rest: string] {
  const [, heading = text, rest = ''] = /^([^:(]{4,60}:)\s+(?!please)(.+)$/i.exec(text) ?? []
  return [heading, rest]
}

/** True if a heading over several lines continues with `next`. */
export function headingGoesOn(heading: string, next: string): boolean {
  if (next.startsWith('(') || breaksHeading(heading, next)) return true
  if (/[):.]$/.test(heading)) return false
  if (!/(?:20\d\d|to date)$/.test(heading) && beginningsOf(heading).some(({ rest }) => guidance.test(rest))) return true
  const open = heading.split('(').length > heading.split(')').length
  return open || isUnfinished(heading) || /^\p{Ll}/u.test(next) || /\([^)]*\)$/.test(next)
}

/** True if a text cannot end here: after a comma, a hyphen, or a word that needs another. */
export function isUnfinished(text: string): boolean {
  const end = text.slice(-8)
  // "Option A" may end here, "N/A" too.
  if (/(?:[,，、–(/-]|(?<![/.])\ba)$/.test(end)) return true
  return /\b(?:an|and|as|at|by|for|from|in|into|of|on|or|the|their|to|with|that|which)$/i.test(end)
}
