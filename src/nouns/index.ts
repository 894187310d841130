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

/**
 * The nouns of the directory, in reading order: from this list come their paths, tables, files, search and pages. Those
 * that the log of changes follows are `nouns` of vocabulary.ts.
 */
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
