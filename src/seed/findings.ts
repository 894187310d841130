/** Thrown with every error of a seed at once. Each reads `seed/<file>:<place>: the error, and the fix`. */
export class SeedError extends Error {
  readonly errors: readonly string[]

  constructor(errors: readonly string[]) {
    super(`the seed has ${errors.length} error${errors.length === 1 ? '' : 's'}:\n${errors.join('\n')}`)
    this.name = 'SeedError'
    this.errors = errors
  }
}

/** Adds an error of a file. A place is a JSON pointer, a line number, or empty for the whole file. */
export type AddError = (place: string | number, text: string) => void

/** The findings of the checks so far. */
export class Findings {
  readonly #errors: { file: string; text: string }[] = []
  /** For a person to review; the seed stays usable. */
  readonly warnings: string[] = []

  /** Returns a function that adds errors of a file, which make the seed unusable. */
  errorsIn(file: string): AddError {
    return (place, text) => void this.#errors.push({ file, text: findingText(file, place, text) })
  }

  warning(file: string, place: string, text: string): void {
    this.warnings.push(findingText(file, place, text))
  }

  /** The errors, those of one file together. */
  get errors(): string[] {
    const byFile = Map.groupBy(this.#errors, ({ file }) => file)
    return [...byFile.values()].flat().map(({ text }) => text)
  }
}

/** A finding on one line, with control characters of the seed escaped. */
function findingText(file: string, place: string | number, text: string): string {
  return `seed/${file}${place === '' ? '' : `:${place}`}: ${text}`.replace(
    /[\p{Cc}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
