import type { Pages, Served } from '../http/site.ts'
import type { Collection } from '../nouns/noun.ts'
import { agencyPage } from './agency.ts'
import { changePage } from './change.ts'
import { editionPage } from './edition.ts'
import { forumPage } from './forum.ts'
import { documentOf, type PageText } from './layout.ts'
import { linePage } from './line.ts'
import { listPage } from './lists.ts'
import { problemPage } from './problem.ts'
import { type RecordOf, Records } from './records.ts'
import { outcomePage, sessionPage } from './session.ts'
import { sourcePage, statementPage } from './source.ts'

/** The page of an item of each noun. */
const itemPages: { [Name in keyof RecordOf]: (record: RecordOf[Name], records: Records) => PageText } = {
  'action-lines': linePage,
  agencies: agencyPage,
  editions: editionPage,
  forums: forumPage,
  sessions: sessionPage,
  'outcome-documents': outcomePage,
  sources: sourcePage,
  coordinations: statementPage,
  changes: changePage,
}

/** Makes the pages of the records: lists, items and problems. */
export function pagesOf(site: Served, collections: ReadonlyMap<string, Collection>): Pages & { records: Records } {
  const records = new Records(collections)
  const whole = (page: PageText) => documentOf(site, () => records.release(), page)
  return {
    records,
    list: (page) => whole(listPage(page, records)),
    item: ({ name }, record) => whole(itemPages[name as keyof RecordOf](JSON.parse(record) as never, records)),
    problem: (problem) => whole(problemPage(site, problem)),
  }
}
