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

/** The nouns of the directory, in reading order. Every other list of nouns is derived from this one. */
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
