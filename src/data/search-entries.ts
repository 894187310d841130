import type { hitKinds } from '../vocabulary.ts'
import type { AnnexRow } from './annex.ts'
import type { Seed } from './seed.ts'

export type HitKind = (typeof hitKinds)[number]

/** What a member is found by; where something is not known it is null. */
export interface Entry {
  id: string
  title: string
  /** What it is called in short or otherwise: the code of a line, all names of a body. */
  names?: string[]
  titles?: (string | null)[]
  /** The bodies that coordinate a line, with acronym and name. */
  coordinators?: string[]
  /** All else that it says, and who and what it is about; the id, where that is made of words that stand elsewhere. */
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
      texts: [id, document, note, ...passages.flatMap(({ place, text }) => [place, text])],
    })),
  }
}

function lineEntries({ actionLines, agencies, sources, annexes }: Seed): Entry[] {
  const bodies = new Map(agencies.map(({ id, acronym, name }) => [id, `${acronym} ${name}`]))
  // checkSources and checkAnnex have made sure that one table is the default, and that it has every line.
  const table = annexes.get(String(sources.find(({ annex }) => annex?.default)?.id)) as AnnexRow[]
  const coordinators = new Map(table.map(({ actionLine, agencies }) => [actionLine, agencies]))
  return actionLines.map(({ code, title, genevaTitle, aliases }) => ({
    id: code,
    title,
    names: [code, ...aliases],
    titles: [title, genevaTitle],
    coordinators: (coordinators.get(code) as string[]).map((id) => String(bodies.get(id))),
    texts: [],
  }))
}

function sessionEntries({ sessions, actionLines }: Seed): Entry[] {
  const lines = new Map(actionLines.map(({ code, title }) => [code, `${code} ${title}`]))
  return sessions.map(({ id, title, organizers, facilitators, type, actionLines }) => ({
    id,
    title,
    titles: [title],
    texts: [id, ...organizers, ...facilitators, type, ...actionLines.map(({ code }) => String(lines.get(code)))],
  }))
}

function outcomeEntries({ outcomes, sessions }: Seed): Entry[] {
  const titles = new Map(sessions.map(({ id, title }) => [id, title]))
  return outcomes.map(({ session, title, organizer, sections }) => ({
    id: session,
    title: String(titles.get(session)),
    titles: [String(titles.get(session)), title],
    texts: [
      session,
      organizer,
      ...sections.flatMap(({ heading, intro, points }) => [
        heading,
        intro,
        ...points.flatMap(({ text, speaker }) => [text, ...Object.values(speaker ?? {})]),
      ]),
    ],
  }))
}
