import { setImmediate } from 'node:timers/promises'

/** How long other requests may wait for all long work together, in milliseconds. */
const slice = 10

/** How many are at work. */
let running = 0

/** The turns that long work takes: other requests pass between them. Call `end` when it is done. */
export class Turns {
  #begun = performance.now()
  #spent = 0

  constructor() {
    running += 1
  }

  /** Whether others have waited long enough. */
  isOver(): boolean {
    return performance.now() - this.#begun >= slice / running
  }

  /** Lets the others pass. Returns how long all turns took so far, in milliseconds. */
  async next(): Promise<number> {
    this.#spent += performance.now() - this.#begun
    await setImmediate()
    this.#begun = performance.now()
    return this.#spent
  }

  end(): void {
    running -= 1
  }
}
