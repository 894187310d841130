import { html, type SafeHtml } from '@remix-run/html-template'
import { enumerated } from '../characters.ts'
import { differenceOf, propertyWords } from '../nouns/change-summary.ts'
import { hrefOf } from '../nouns/shapes.ts'
import type { Change, Records } from '../store/records.ts'
import { spaced } from '../vocabulary.ts'
import { full, to } from './links.ts'
import { type Content, collapsed, facts, isolated, joined, list, type NounPage, recordTable, section } from './parts.ts'
import { counted, day, wordsOf } from './words.ts'

/** The changes: a list of sentences, and the properties of each before and after, in words. */
export const changePages: NounPage<Change> = {
  items: changesByRelease,
  // Changes are listed as sentences, not in a table.
  columns: () => [],
  firstFilters: ['release', 'noun', 'record', 'change'],
  record: (change, records) => {
    const { record, recordId, release, summary } = change
    const { facts: factual = [], format = [] } = Object.groupBy(change.properties, ({ affects }) => affects)
    return {
      title: `${recordId} ${change.change} in release ${release}`,
      description: summary,
      kind: `${change.affects === 'format' ? 'Change of the data format' : 'Change'} in release ${release}`,
      heading: html`${isolated(recordId)} ${change.change}`,
      main: html`<p>${isolated(summary.replace(/[^….]$/u, '$&.'))}</p>
${facts([
  ['Released on', day(change.date)],
  ['Release', html`<a href="/v1/changes?release=${release}">All changes of release ${release}</a>`],
  ['Dataset', change.dataset],
  ['List', spaced(change.noun)],
  ['Record', record ? full(records)(record) : 'no longer in the directory'],
])}
${change.change === 'added' ? html`<p class="note">A new record: its page has its properties.</p>` : ''}
${section('Before and after', 'properties', differences('What changed', factual))}
${collapsed(html`Data format: ${counted(format.length, 'property', 'properties')} new, removed or restructured; the facts are the same`, differences('Data format', format), factual.length === 0)}`,
      moreFiles: [
        ['Feed of all changes of this record', `/v1/changes?record=${encodeURIComponent(recordId)}&format=atom`],
      ],
    }
  },
}

/** Changes by release, each as a sentence. Changes of the data format alone are collapsed. */
function changesByRelease(changes: Change[]): SafeHtml {
  const releases = Map.groupBy(changes, ({ release }) => release)
  return html`${[...releases].map(([release, all]) => {
    const {
      facts: factual = [],
      format = [],
      affected = [],
    } = Object.groupBy(all, ({ affects, change }) => (change === 'affected' ? change : affects))
    return section(
      `Release ${release}`,
      `release-${release}`,
      html`<p>${day(String(all[0]?.date))}. <a href="/v1/changes?release=${release}">Only this release</a></p>${sentences(factual)}${collapsed(`${counted(format.length, 'change')} of the data format, not of facts`, sentences(format))}${collapsed(`${counted(affected.length, 'record')} with a link that shows a new title`, sentences(affected))}`,
    )
  })}`
}

/** Changes as sentences; those that differ only in their subjects are one: `C8, C9: the editions and the reports changed`. */
function sentences(changes: Change[]): SafeHtml {
  const parts = changes.map((change) => ({ ...splitSummary(change), id: change.id }))
  const groups = Map.groupBy(parts, ({ subject, rest, id }) => rest || subject + id)
  return list(
    [...groups.values()].map(
      (group) =>
        html`${joined(group.map(({ id, subject }) => to({ title: subject, href: hrefOf('changes', id) })))}${isolated(group[0]?.rest ?? '')}`,
    ),
  )
}

/** The subject of a summary and the rest: `C1` and `: ITU added as facilitator, source: …`. */
function splitSummary({ title, summary }: Change): { subject: string; rest: string } {
  // A statement has no title of its own: its line comes first. A title may contain a colon.
  const afterTitle = summary.indexOf(title) + title.length
  const colon = summary.indexOf(': ', summary.includes(title) ? afterTitle : 0)
  const end = colon < 0 ? summary.length : colon
  return { subject: summary.slice(0, end), rest: summary.slice(end) }
}

type ChangedProperty = Change['properties'][number]

const differences = (caption: string, properties: ChangedProperty[]) =>
  recordTable(caption, properties, [
    ['Property', ({ name }) => propertyWords(name)],
    ['Before', (property) => sideOf(property, 'before')],
    ['After', (property) => sideOf(property, 'after')],
  ])

/** A side of a property; of two lists, only the entries that the other one lacks. */
function sideOf(property: ChangedProperty, side: 'before' | 'after'): Content {
  const { before, after } = property
  if (!Array.isArray(before) || !Array.isArray(after)) return inWords(property[side])
  const { added, removed } = differenceOf(before, after)
  const [own, all] = side === 'before' ? [removed, before] : [added, after]
  const sign = side === 'before' ? html`<span class="gone">−</span>` : html`<span class="added">+</span>`
  const same = all.length - own.length
  return html`${list(own.map((one) => html`${sign} ${inWords(one)}`))}${same > 0 ? html`<small>${counted(same, 'entry', 'entries')} unchanged</small>` : ''}`
}

/** A value in readable form. */
function inWords(value: unknown): Content {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.length > 0 ? list(value.map(inWords)) : 'none'
  if (typeof value !== 'object') return isolated(String(value))
  const known = Object.entries(value).filter(([, one]) => one !== null)
  return joined(
    known.map(([name, one]) => html`<small>${propertyWords(name)}:</small> ${inWords(one)}`),
    html`<br>`,
  )
}

/** The changes of the newest release, in a sentence for each kind: `It added 1 edition and 128 statements.` */
export function lastRelease(records: Records): SafeHtml {
  const { number, date } = records.release()
  if (date === null) return html`<p>There was no release yet.</p>`
  const changes = records.some('changes', { release: number }).items
  const sentences = ['added', 'changed', 'removed'].flatMap((change) => {
    const some = changes.filter((one) => one.change === change)
    const byNoun = Map.groupBy(some, ({ noun }) => noun)
    const counts = [...byNoun].map(([noun, { length }]) => counted(length, ...wordsOf(noun)))
    return counts.length > 0 ? ` It ${change} ${enumerated(counts)}.` : []
  })
  return html`<p>Release ${number} was published on ${day(date)}.${sentences}</p><p><a href="/v1/changes?release=${number}">Every change</a></p>`
}
