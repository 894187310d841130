import { distance } from 'fastest-levenshtein'

/** Letters of the Cyrillic alphabet that a keyboard or a scan puts where a Latin one is meant: `С1` for `C1`. */
const lookalikes = new Map(
  'АA ВB ЕE ІI КK МM НH ОO РP СC ТT УY ХX аa вb еe іi кk мm нh оo рp сc тt уy хx'
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.charAt(1)]),
)

/** What may stand around the name of a line without changing it: `WSIS Action Line C3`, `ALC2`, `AL C1 logo`. */
const aroundLine = /^(?:wsis)?(?:actionlines?|al)?(.+?)(?:logo)?$/

/**
 * The text as it is compared: compatibility forms unfolded (NFKC), Cyrillic look-alikes made Latin, accents,
 * case, blanks and punctuation gone. A mark between two digits stays as a dot, so that `C1.1` is not `C11`.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Script=Cyrillic}/gu, (letter) => lookalikes.get(letter) ?? letter)
    .normalize('NFD')
    .toLowerCase()
    .replace(/(?<=\p{N})[^\p{L}\p{N}]+(?=\p{N})/gu, '\0')
    .replace(/[^\p{L}\p{N}\0]/gu, '')
    .replaceAll('\0', '.')
}

/** The names under which the members of one noun are found. Exact out, forgiving in. */
export class Names {
  readonly #ids = new Map<string, string>()
  /** The ids themselves, each of which is found as it stands, whatever else folds to the same. */
  readonly #held = new Set<string>()

  /** Gives the id that already has this name, if another has it; otherwise the name now leads to `id`. */
  add(id: string, name: string): string | undefined {
    return this.addFolded(id, fold(name))
  }

  /** As `add`, for a name that is folded already. */
  addFolded(id: string, folded: string): string | undefined {
    this.#held.add(id)
    const holder = this.#ids.get(folded)
    if (holder !== undefined && holder !== id) return holder
    this.#ids.set(folded, id)
    return undefined
  }

  /** The id meant by a text, or undefined. Never guesses: the text must be an id, or fold to a folded name. */
  find(text: string): string | undefined {
    if (this.#held.has(text)) return text
    const folded = fold(text)
    return this.#ids.get(folded) ?? this.#ids.get(folded.replace(aroundLine, '$1'))
  }

  /** Up to `most` ids whose names are near to the text, the nearest first; empty where nothing is near. */
  suggest(text: string, most = 5): string[] {
    const folded = fold(text.slice(0, 200)).slice(0, 80)
    const near = new Map<string, number>()
    if (folded === '') return []
    for (const [name, id] of this.#ids) {
      if (folded.length === 1 && !name.startsWith(folded)) continue
      const far = folded.length > 3 && name.includes(folded) ? 1 : distance(folded, name)
      const limit = Math.max(1, Math.floor(Math.min(folded.length, name.length) / 3))
      if (far <= limit && far < (near.get(id) ?? Number.POSITIVE_INFINITY)) near.set(id, far)
    }
    return [...near]
      .sort(([, a], [, b]) => a - b)
      .slice(0, most)
      .map(([id]) => id)
  }

  /** Every folded name with its id, in the order in which they were added. */
  entries(): IterableIterator<[string, string]> {
    return this.#ids.entries()
  }
}

interface NamedLine {
  code: string
  title: string
  genevaTitle: string
  aliases: string[]
  parent: string | null
}

/**
 * All names of a line: its code, titles and aliases, its code before a title; a sub-line's also after its
 * parent's code and titles (`C7. ICT Applications: E-learning`).
 */
export function namesOfLine(line: NamedLine, parent: NamedLine | undefined): string[] {
  const titles = [...new Set([line.title, line.genevaTitle, ...line.aliases])]
  const own = [line.code, ...titles, ...titles.map((title) => `${line.code} ${title}`)]
  if (!parent) return own
  const above = [
    parent.code,
    parent.title,
    parent.genevaTitle,
    `${parent.code} ${parent.title}`,
    `${parent.code} ${parent.genevaTitle}`,
  ]
  return [...own, ...above.flatMap((before) => titles.map((title) => `${before} ${title}`))]
}

/** All names of a body: its id, acronym, name and aliases, and its name with the acronym behind it. */
export function namesOfAgency(agency: { id: string; acronym: string; name: string; aliases: string[] }): string[] {
  const short = [agency.acronym, ...agency.aliases]
  return [agency.id, agency.name, ...short, ...short.map((acronym) => `${agency.name} (${acronym})`)]
}
