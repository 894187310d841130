import { distance } from 'fastest-levenshtein'

/** Letters of the Cyrillic alphabet that a keyboard or a scan puts where a Latin one is meant: `С1` for `C1`. */
const lookalikes = new Map(
  'АA ВB ЕE ІI КK МM НH ОO РP СC ТT УY ХX аa вb еe іi кk мm нh оo рp сc тt уy хx'
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.charAt(1)]),
)

/** Spellings of one word that both stand in programmes. */
const spellings = [
  [/isation/g, 'ization'],
  [/programme/g, 'program'],
  [/centre/g, 'center'],
  [/labour/g, 'labor'],
] as const

/** The text with compatibility forms unfolded (NFKC), Cyrillic look-alikes made Latin and foot note numbers taken away. */
export function latin(text: string): string {
  return text
    .replace(/(?<=[\p{L}\p{N}])[⁰¹²³⁴-⁹₀-₉]+/gu, ' ')
    .normalize('NFKC')
    .replace(/\p{Script=Cyrillic}/gu, (letter) => lookalikes.get(letter) ?? letter)
}

/**
 * The text as it is compared: as `latin`, with accents, case, blanks and punctuation gone, "&" read as "and" and
 * British spellings as American. A mark between two digits stays as a dot, so that `C1.1` is not `C11`.
 */
export function fold(text: string): string {
  const folded = latin(text)
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/(?<=\p{N})[^\p{L}\p{N}]+(?=\p{N})/gu, '\0')
    .replace(/[^\p{L}\p{N}\0]/gu, '')
    .replaceAll('\0', '.')
  return spellings.reduce((text, [british, american]) => text.replace(british, american), folded)
}

/** A name as it is written, and the id that it leads to. */
export interface Name {
  id: string
  name: string
}

/** The names under which the members of one noun are found. Exact out, forgiving in. */
export class Names {
  readonly #names = new Map<string, Name>()
  /** The ids themselves, each of which is found as it stands, whatever else folds to the same. */
  readonly #held = new Set<string>()

  /** Gives the id that already has this name, if another has it; otherwise the name now leads to `id`. */
  add(id: string, name: string): string | undefined {
    return this.addFolded(id, name, fold(name))
  }

  /** As `add`, for a name that is folded already. */
  addFolded(id: string, name: string, folded: string): string | undefined {
    this.#held.add(id)
    const holder = this.#names.get(folded)
    if (holder && holder.id !== id) return holder.id
    if (!holder) this.#names.set(folded, { id, name })
    return undefined
  }

  /** Whether the text is an id as it stands. */
  has(text: string): boolean {
    return this.#held.has(text)
  }

  /** The id meant by a text, or undefined. Never guesses: the text must be an id, or fold to a folded name. */
  find(text: string): string | undefined {
    return this.has(text) ? text : this.#names.get(fold(text))?.id
  }

  /** What has exactly this folded name. */
  get(folded: string): Name | undefined {
    return this.#names.get(folded)
  }

  /** Up to `most` ids whose names are near to the text, the nearest first; empty where nothing is near. */
  suggest(text: string, most = 5): string[] {
    const folded = fold(text.slice(0, 200)).slice(0, 80)
    const near = new Map<string, number>()
    if (folded === '') return []
    for (const [name, { id }] of this.#names) {
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

  /** Every folded name with what it leads to, in the order in which they were added. */
  entries(): IterableIterator<[string, Name]> {
    return this.#names.entries()
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
 * All names of a line: its code (`C1`, `C01`), titles and aliases, its code before a title; "electronic" for the "e"
 * of a sub-line, and its titles after its parent's code and titles (`C7. ICT Applications: E-learning`).
 */
export function namesOfLine(line: NamedLine, parent: NamedLine | undefined): string[] {
  const printed = [line.title, line.genevaTitle, ...line.aliases]
  const variants = printed.flatMap((title) => [
    title,
    title.replace(/^The /, ''),
    title.replace(/^e-/i, 'electronic '),
    title.replace('ICTs', 'information and communication technologies'),
  ])
  const titles = [...new Set(variants)]
  const own = [
    line.code,
    line.code.replace(/^C(?=\d$)/, 'C0'),
    ...titles,
    ...titles.map((title) => `${line.code} ${title}`),
  ]
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

interface NamedAgency {
  id: string
  acronym: string
  name: string
  aliases: string[]
  names: { name: string }[]
  homepage: string | null
  identifiers: { ror: string | null; isni: string | null; wikidata: string | null; dacChannel: string | null }
}

/**
 * All names of a body: its id, acronym, name, other names and aliases, "UN" for "United Nations" before them, its
 * identifiers and its home page. Addresses are without `https://www.`, which is passed over wherever it stands.
 */
export function namesOfAgency(agency: NamedAgency): string[] {
  const { ror, isni, wikidata, dacChannel } = agency.identifiers
  const written = [agency.acronym, agency.name, ...agency.names.map(({ name }) => name), ...agency.aliases]
  return [
    agency.id,
    ...written.flatMap((name) => [name, name.replace('United Nations', 'UN')]),
    ...(dacChannel ? [`XM-DAC-${dacChannel}`] : []),
    ...(ror ? [ror.replace('https://', ''), ror.replace('https://ror.org/', '')] : []),
    ...(isni ? [isni, isni.replaceAll(' ', ''), `isni.org/isni/${isni.replaceAll(' ', '')}`] : []),
    ...(wikidata ? [wikidata, `wikidata.org/wiki/${wikidata}`, `wikidata.org/entity/${wikidata}`] : []),
    ...(agency.homepage ? [agency.homepage.replace(/^https?:\/\/(www\.)?|\/$/g, '')] : []),
  ]
}
