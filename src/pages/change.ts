import { html, type SafeHtml } from '@remix-run/html-template'
import { propertyWords } from '../nouns/change-summary.ts'
import type { PageText } from './layout.ts'
import { counted, day, facts, isolated, list, nothing, recordTable, section, spaced, toId } from './parts.ts'
import type { Change } from './records.ts'

/** Changes under the release that made them, each a sentence; those of the data format alone are collapsed. */
export function changesByRelease(changes: Change[]): SafeHtml {
  const releases = Map.groupBy(changes, ({ release }) => release)
  return html`${[...releases].map(([release, all]) => {
    const [{ date }] = all as [Change]
    const format = all.filter(({ affects }) => affects === 'format')
    const rest = all.filter(({ affects }) => affects !== 'format')
    return section(
      `Release ${release}`,
      `release-${release}`,
      html`<p>${day(date)}. <a href="/v1/changes?release=${release}">Only this release</a></p>${list(rest.map(sentence))}${
        format.length > 0
          ? html`<details><summary>${counted(format.length, 'change')} of the data format, not of facts</summary>${list(format.map(sentence))}</details>`
          : nothing
      }`,
    )
  })}`
}

const sentence = ({ id, summary }: Change) =>
  html`<a href="/v1/changes/${encodeURIComponent(id).replaceAll('%3A', ':')}"><bdi>${summary}</bdi></a>`

/** The page of one change: the properties before and after, in words. */
export function changePage(change: Change): PageText {
  const { id, record, recordId, properties, summary } = change
  const own = `/v1/changes/${encodeURIComponent(id).replaceAll('%3A', ':')}`
  const [factual, format] = [
    properties.filter(({ affects }) => affects === 'facts'),
    properties.filter(({ affects }) => affects !== 'facts'),
  ]
  return {
    title: `${recordId} ${change.change} in release ${change.release}`,
    description: summary,
    path: own,
    main: html`<p class="kind">${change.affects === 'format' ? 'Change of the data format' : 'Change'} in release ${change.release}</p>
<h1>${isolated(recordId)} ${change.change}</h1>
<p>${isolated(summary)}.</p>
${facts([
  ['Released on', day(change.date)],
  ['Release', html`<a href="/v1/changes?release=${change.release}">All changes of release ${change.release}</a>`],
  ['Dataset', change.dataset],
  ['List', spaced(change.noun)],
  ['Record', record ? toId(record) : 'no longer in the directory'],
])}
${change.change === 'added' ? html`<p class="note">A new record: its page has its properties.</p>` : nothing}
${factual.length > 0 ? section('Before and after', 'properties', differences('What changed', factual)) : nothing}
${format.length > 0 ? section('Data format', 'format', differences('New, removed or restructured properties; the facts are the same', format)) : nothing}`,
    files: [
      ['JSON', `${own}?format=json`],
      ['CSV', `/v1/changes?record=${encodeURIComponent(recordId)}&format=csv`],
      ['Feed', `/v1/changes?record=${encodeURIComponent(recordId)}&format=atom`],
    ],
    sources: [],
  }
}

const differences = (caption: string, properties: Change['properties']) =>
  recordTable(
    caption,
    ['Property', 'Before', 'After'],
    properties.map(({ name, before, after }) => [
      propertyWords(name),
      sideOf(before, after, '−', 'gone'),
      sideOf(after, before, '+', 'added'),
    ]),
  )

/** One side of a property; of two lists, only what the other one lacks. */
function sideOf(value: unknown, other: unknown, sign: string, className: string): SafeHtml | string {
  if (!Array.isArray(value) || !Array.isArray(other)) return inWords(value)
  const others = new Set(other.map((one) => JSON.stringify(one)))
  const own = value.filter((one) => !others.has(JSON.stringify(one)))
  const same = value.length - own.length
  const entries = own.map((one) => html`<span class="${className}">${sign}</span> ${inWords(one)}`)
  return html`${entries.length > 0 ? list(entries) : nothing}${same > 0 ? html`<small>${counted(same, 'entry', 'entries')} on both sides</small>` : nothing}`
}

/** A value as a person reads it. */
function inWords(value: unknown): SafeHtml | string {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.length > 0 ? list(value.map((one) => html`${inWords(one)}`)) : 'none'
  if (typeof value !== 'object') return isolated(String(value))
  const known = Object.entries(value).filter(([, one]) => one !== null)
  return html`${known.map(([name, one], index) => html`${index > 0 ? html`<br>` : nothing}<small>${propertyWords(name)}:</small> ${inWords(one)}`)}`
}
