import type { Pages, Served } from '../http/site.ts'
import type { Collection, Noun } from '../nouns/noun.ts'
import { Records } from '../store/records.ts'
import { agencyPages } from './agency.ts'
import { changePages } from './change.ts'
import { editionPages } from './edition.ts'
import { forumPages } from './forum.ts'
import { documentOf } from './layout.ts'
import { linePages } from './line.ts'
import { hits, listPage } from './lists.ts'
import { type NounPage, plainPage, recordPage } from './noun-page.ts'
import { outcomePages } from './outcome-document.ts'
import type { PageText } from './parts.ts'
import { problemPage } from './problem.ts'
import { sessionPages } from './session.ts'
import { sourcePages } from './source.ts'
import { statementPages } from './statements.ts'

/** The nouns with specific pages; any other is shown by its columns. */
const nounPages: Record<string, NounPage> = {
  'action-lines': linePages,
  agencies: agencyPages,
  editions: editionPages,
  forums: forumPages,
  sessions: sessionPages,
  'outcome-documents': outcomePages,
  sources: sourcePages,
  coordinations: statementPages,
  changes: changePages,
}

const pageOf = (noun: Noun): NounPage => nounPages[noun.name] ?? plainPage(noun)

/** The writer of the pages of lists, items and problems. */
export function pagesOf(site: Served, collections: ReadonlyMap<string, Collection>): Pages & { records: Records } {
  const records = new Records(collections)
  const whole = (page: PageText) => documentOf(site, records, page)
  return {
    records,
    list: (page) => whole(listPage(page, page.noun ? pageOf(page.noun) : hits, records)),
    item(noun, json) {
      const record = JSON.parse(json)
      return whole(recordPage(noun.name, record.id, pageOf(noun).record(record as never, records)))
    },
    problem: (problem) => whole(problemPage(site, problem)),
  }
}
