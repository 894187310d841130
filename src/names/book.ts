import type { NamedNoun } from '../vocabulary.ts'
import type { Name } from './names.ts'
import type { NearNames } from './near-names.ts'

/** What a text is read with: the names of one noun. */
export interface Book {
  readonly noun: NamedNoun
  /** The names by what is near to them. */
  readonly near: NearNames
  /** What has exactly this folded name. */
  get(folded: string): Name | undefined
  /** False if no folded name begins with this. */
  mayBegin(folded: string): boolean
  /** Up to five ids that a text may mean, the nearest first. */
  suggest(text: string): string[]
}
