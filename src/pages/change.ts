import { html, type SafeHtml } from '@remix-run/html-template'
import { differenceOf, propertyWords } from '../nouns/change-summary.ts'
import { hrefOf } from '../nouns/shapes.ts'
import type { Change, Records } from '../store/records.ts'
import type { NounPage, RecordText } from './noun-page.ts'
import { counted, day, facts, full, isolated, joined, list, recordTable, section, spaced, to } from './parts.ts'

export const changePages: NounPage<Change> = {
  items: changesByRelease,
  // Changes are listed as sentences, not in a table.
  columns: () => [],
  firstFilters: ['release', 'noun', 'record', 'change'],
  record: changePage,
}

/** Changes by release, each as a sentence. Changes of the data format alone are collapsed. */
function changesByRelease(changes: Change[]): SafeHtml {
  const releases = Map.groupBy(changes, ({ release }) => release)
  const collapsed = (some: Change[], one: string, words: string) =>
    some.length > 0
      ? html`<details><summary>${counted(some.length, one)} ${words}</summary>${sentences(some)}</details>`
      : ''
  return html`${[...releases].map(([release, all]) => {
    const format = all.filter(({ affects }) => affects === 'format')
    const affected = all.filter(({ change }) => change === 'affected')
    const rest = all.filter(({ affects, change }) => affects !== 'format' && change !== 'affected')
    return section(
      `Release ${release}`,
      `release-${release}`,
      html`<p>${day(String(all[0]?.date))}. <a href="/v1/changes?release=${release}">Only this release</a></p>${sentences(rest)}${collapsed(format, 'change', 'of the data format, not of facts')}${collapsed(affected, 'record', 'with a link that shows a new title')}`,
    )
  })}`
}

/** Changes as sentences; those that differ only in their subjects are one: `C8, C9: the editions and the reports changed`. */
function sentences(changes: Change[]): SafeHtml {
  const parts = changes.map((change) => ({ ...partsOf(change), id: change.id }))
  const groups = Map.groupBy(parts, ({ subject, rest, id }) => rest || subject + id)
  return list(
    [...groups.values()].map(
      (group) =>
        html`${joined(group.map(({ id, subject }) => to({ title: subject, href: hrefOf('changes', id) })))}${isolated(group[0]?.rest ?? '')}`,
    ),
  )
}

/** The subject of a summary and the rest: `C1` and `: ITU added as facilitator, source: …`. */
function partsOf({ title, summary }: Change): { subject: string; rest: string } {
  // A statement has no title of its own: its line comes first. A title may contain a colon.
  const afterTitle = summary.indexOf(title) + title.length
  const colon = summary.indexOf(': ', summary.includes(title) ? afterTitle : 0)
  const end = colon < 0 ? summary.length : colon
  return { subject: summary.slice(0, end), rest: summary.slice(end) }
}

/** The page of one change: the properties before and after, in words. */
function changePage(change: Change, records: Records): RecordText {
  const { record, recordId, properties, summary } = change
  const factual = properties.filter(({ affects }) => affects === 'facts')
  const format = properties.filter(({ affects }) => affects !== 'facts')
  return {
    title: `${recordId} ${change.change} in release ${change.release}`,
    description: summary,
    kind: `${change.affects === 'format' ? 'Change of the data format' : 'Change'} in release ${change.release}`,
    heading: html`${isolated(recordId)} ${change.change}`,
    main: html`<p>${isolated(summary.replace(/[^….]$/u, '$&.'))}</p>
${facts([
  ['Released on', day(change.date)],
  ['Release', html`<a href="/v1/changes?release=${change.release}">All changes of release ${change.release}</a>`],
  ['Dataset', change.dataset],
  ['List', spaced(change.noun)],
  ['Record', record ? full(records)(record) : 'no longer in the directory'],
])}
${change.change === 'added' ? html`<p class="note">A new record: its page has its properties.</p>` : ''}
${factual.length > 0 ? section('Before and after', 'properties', differences('What changed', factual)) : ''}
${
  format.length > 0
    ? html`<details${factual.length === 0 ? html` open` : ''}><summary>Data format: ${counted(format.length, 'property', 'properties')} new, removed or restructured; the facts are the same</summary>${differences('Data format', format)}</details>`
    : ''
}`,
    moreFiles: [
      ['Feed of all changes of this record', `/v1/changes?record=${encodeURIComponent(recordId)}&format=atom`],
    ],
  }
}

const differences = (caption: string, properties: Change['properties']) =>
  recordTable(
    caption,
    ['Property', 'Before', 'After'],
    properties.map(({ name, before, after }) => [propertyWords(name), ...sidesOf(before, after)]),
  )

/** Both sides of a property; for two lists, only the entries that the other one lacks. */
function sidesOf(before: unknown, after: unknown): (SafeHtml | string)[] {
  if (!Array.isArray(before) || !Array.isArray(after)) return [inWords(before), inWords(after)]
  const { added, removed } = differenceOf(before, after)
  const side = (own: unknown[], all: unknown[], sign: SafeHtml) => {
    const same = all.length - own.length
    return html`${own.length > 0 ? list(own.map((one) => html`${sign} ${inWords(one)}`)) : ''}${
      same > 0 ? html`<small>${counted(same, 'entry', 'entries')} unchanged</small>` : ''
    }`
  }
  return [
    side(removed, before, html`<span class="gone">−</span>`),
    side(added, after, html`<span class="added">+</span>`),
  ]
}

/** A value in readable form. */
function inWords(value: unknown): SafeHtml | string {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.length > 0 ? list(value.map((one) => html`${inWords(one)}`)) : 'none'
  if (typeof value !== 'object') return isolated(String(value))
  const known = Object.entries(value).filter(([, one]) => one !== null)
  return html`${known.map(([name, one], index) => html`${index > 0 ? html`<br>` : ''}<small>${propertyWords(name)}:</small> ${inWords(one)}`)}`
}
