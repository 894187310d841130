import { oneOf, type TInteger, type TString, Type } from '../typebox.ts'
import type { NameSet, Parameter } from './noun.ts'

// Parameters shared by several lists.

/** A text of at least one character. */
export const textInput = (description: string, example: string, maxLength = 200): TString =>
  Type.String({ minLength: 1, maxLength, description, examples: [example] })

/** A name of a record, or a word of its data, in any spelling. */
export const nameFilter = (names: NameSet, description: string, example: string, maxLength = 200): Parameter => ({
  schema: textInput(description, example, maxLength),
  names,
})

/** An edition; its id is short. */
export const editionNamed = (description: string): Parameter =>
  nameFilter('editions', description, 'annex-adopted', 100)

/** A word of a closed list. */
export const wordFilter = <const Words extends readonly string[]>(
  words: Words,
  description: string,
  example: Words[number],
): Parameter => ({ schema: oneOf(words, { description, examples: [example] }) })

/** A Sustainable Development Goal. */
export const goalNumber = (description: string): TInteger =>
  Type.Integer({ minimum: 1, maximum: 17, description, examples: [9] })

/** The year of a forum. */
export const forumYear = (description: string): TInteger =>
  Type.Integer({ minimum: 2006, maximum: 2100, description, examples: [2009] })

/** A day, month or year. */
export const dateLike = (description: string, example: string): TString =>
  Type.String({ format: 'partial-date', maxLength: 10, description, examples: [example] })
