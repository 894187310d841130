import type { sectionKinds } from '../vocabulary.ts'

type SectionKind = (typeof sectionKinds)[number]

/** How the headings begin: those of the 2023 template with a kind of their own, and those of other years. */
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

const numbering = /^(?:\d{1,2}|[IVX]{1,4}|[A-H])[.)]\s*/
// Words with which the template's own headings go on after their beginning.
const goesOn = /^,? ?(?:please|announcements|launches|and|such as|that might|in the|identified|related|of the)\b/i

/**
 * The kind of section that a known heading begins, "other" for known headings of other years; null for other texts.
 * A sentence that happens to begin like a heading ("Key issues were …") is none; `alone` says that no text goes on
 * in the next line.
 */
export function headingKind(text: string, alone = true): SectionKind | null {
  const bare = text.replace(numbering, '')
  for (const [beginning, kind] of beginnings) {
    const found = beginning.exec(bare)?.[0]
    if (found === undefined) continue
    const rest = bare.slice(found.length).trimStart()
    if (/^$|^[.:([–—-]/.test(rest) || goesOn.test(rest)) return kind
    if (alone && bare === text && rest.length < 60 && !/[.!?]$/.test(rest) && /^\P{L}*\p{Lu}/u.test(text)) return kind
  }
  return null
}

/** What stands on the same line after a known heading and a colon ("Action plan: none"), and the heading itself. */
export function splitHeading(text: string): [heading: string, rest: string] {
  const [, heading = text, rest = ''] = /^([^:(]{4,60}:)\s+(?!please)(.+)$/i.exec(text) ?? []
  return [heading, rest]
}

/** Whether a heading that stands on several lines goes on with `next`. */
export function headingGoesOn(heading: string, next: string): boolean {
  if (/[):.]$/.test(heading)) return false
  const open = heading.split('(').length > heading.split(')').length
  return open || next.startsWith('(') || isUnfinished(heading) || /^\p{Ll}/u.test(next) || /\([^)]*\)$/.test(next)
}

/** Whether a text cannot end here: after a comma, a hyphen or a word that needs another. */
export function isUnfinished(text: string): boolean {
  const end = text.slice(-8)
  return /(?:[,–(/-]|\b(?:a|an|and|as|at|by|for|from|in|into|of|on|or|the|their|to|with|that|which))$/i.test(end)
}
