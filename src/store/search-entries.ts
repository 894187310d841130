import type { EditionRow } from '../seed/editions.ts'
import type { Seed } from '../seed/seed.ts'
import type { SeedSession } from '../seed/sessions.ts'
import type { hitKinds } from '../vocabulary.ts'

export type HitKind = (typeof hitKinds)[number]

/** What a member is found by; where something is not known it is null. */
export interface Entry {
  id: string
  title: string
  /** All that a line or a body is called. */
  names?: string[]
  /** All that anything else is called. */
  titles?: (string | null)[]
  /** The bodies that coordinate a line, with acronym and name. */
  coordinators?: string[]
  /** All else that it says, and who and what it is about. */
  texts: (string | null)[]
}

/** Everything that a search finds, by the kind of hit. */
export function entriesOf(seed: Seed): Record<HitKind, Entry[]> {
  return {
    'action-line': lineEntries(seed),
    agency: seed.agencies.map(({ id, acronym, name, aliases, names, headquarters, note }) => ({
      id,
      title: name,
      names: [id, acronym, name, ...aliases, ...names.map(({ name }) => name)],
      texts: [headquarters?.city ?? null, note],
    })),
    session: sessionEntries(seed),
    'outcome-document': outcomeEntries(seed),
    source: seed.sources.map(({ id, title, document, note, passages }) => ({
      id,
      title,
      titles: [title],
      texts: [document, note, ...passages.flatMap(({ place, text }) => [place, text])],
    })),
  }
}

function lineEntries({ actionLines, agencies, sources, editions }: Seed): Entry[] {
  const bodies = new Map(agencies.map(({ id, acronym, name }) => [id, `${acronym} ${name}`]))
  // checkSources and checkAnnex have made sure that one table is the default, and that it has every line.
  const table = editions.get(String(sources.find(({ edition }) => edition?.default)?.id)) as EditionRow[]
  const coordinators = new Map(table.map(({ actionLine, agencies }) => [actionLine, agencies]))
  return actionLines.map(({ code, title, genevaTitle, aliases }) => ({
    id: code,
    title,
    names: [code, title, genevaTitle, ...aliases],
    coordinators: (coordinators.get(code) as string[]).map((id) => String(bodies.get(id))),
    texts: [],
  }))
}

/** What the programme calls a session: the year of the forum, and its number where that is known. */
function numberOf({ forumYear, number }: Pick<SeedSession, 'forumYear' | 'number'>): string {
  return number === null ? String(forumYear) : `${forumYear}-${number}`
}

function sessionEntries({ sessions, actionLines, agencies, names }: Seed): Entry[] {
  const lines = new Map(actionLines.map(({ code, title }) => [code, `${code} ${title}`]))
  const bodies = new Map<string | undefined, string[]>(agencies.map(({ id, acronym, name }) => [id, [acronym, name]]))
  const party = (printed: string) => [printed, ...(bodies.get(names.agency.find(printed)) ?? [])]
  return sessions.map((session) => ({
    id: session.id,
    title: session.title,
    titles: [session.title],
    texts: [
      numberOf(session),
      ...[...session.organizers, ...session.facilitators].flatMap(party),
      session.type,
      ...session.actionLines.map(({ code }) => String(lines.get(code))),
    ],
  }))
}

function outcomeEntries({ outcomes, sessions }: Seed): Entry[] {
  const byId = new Map(sessions.map((session) => [session.id, session]))
  return outcomes.map(({ session: id, title, organizer, sections }) => {
    // checkOutcome has made sure that the session is there.
    const session = byId.get(id) as SeedSession
    return {
      id,
      title: session.title,
      titles: [session.title, title],
      texts: [
        `session ${numberOf(session)}`,
        organizer,
        ...sections.flatMap(({ heading, intro, points }) => [
          heading,
          intro,
          ...points.flatMap(({ text, speaker }) => [text, ...Object.values(speaker ?? {})]),
        ]),
      ],
    }
  })
}
