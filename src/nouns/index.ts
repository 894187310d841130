import { actionLines } from './action-lines.ts'
import { agencies } from './agencies.ts'
import { changes } from './changes.ts'
import { coordinations } from './coordinations.ts'
import { editions } from './editions.ts'
import { forums } from './forums.ts'
import type { Noun } from './noun.ts'
import { outcomeDocuments } from './outcome-documents.ts'
import { sessions } from './sessions.ts'
import { sources } from './sources.ts'

/** The nouns of the directory, in the order in which they are best read. Every other place that lists them reads this. */
export const nouns: Noun[] = [
  actionLines,
  editions,
  agencies,
  coordinations,
  sources,
  forums,
  sessions,
  outcomeDocuments,
  changes,
]
