/** Thrown with every fault of a seed at once. Each says `seed/<file>:<place>: what is wrong, and what would be right`. */
export class SeedError extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`the seed has ${faults.length} fault${faults.length === 1 ? '' : 's'}:\n${faults.join('\n')}`)
    this.name = 'SeedError'
    this.faults = faults
  }
}

/** The faults found so far; a place is a JSON pointer, a line number, or empty for the whole file. */
export class Faults {
  readonly #byFile = new Map<string, string[]>()

  /** One fault is one line, whatever stands in the seed. */
  add(file: string, place: string | number, text: string): void {
    const fault = `seed/${file}${place === '' ? '' : `:${place}`}: ${text}`.replace(
      /[\p{Cc}\u2028\u2029]/gu,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    this.#byFile.set(file, [...(this.#byFile.get(file) ?? []), fault])
  }

  /** The faults of one file after those of another. */
  get list(): string[] {
    return [...this.#byFile.values()].flat()
  }
}

/** A record of a seed file that has the right shape, with the JSON pointer to it. */
export interface Placed<T> {
  place: string
  value: T
}

/** One seed file: the records of the right shape, and every id that stands in it, of a faulty record too. */
export interface Records<T> {
  file: string
  records: Placed<T>[]
  /** Undefined where one could not be read, so that nothing is said against what may refer to it. */
  ids: Set<string> | undefined
  /** True where the file and each of its records could be read. */
  whole: boolean
}

/** False only where it is certain that no record has the id. */
export function mayHave(records: Records<unknown>, id: string): boolean {
  return records.ids === undefined || records.ids.has(id)
}
