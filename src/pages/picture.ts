import { html, type SafeHtml } from '@remix-run/html-template'

// The picture of a line or an agency: one lane for each agency (or line), one mark for each dated statement. Marks, not
// bars, because nothing is known about the years between two documents. Horizontal positions are percentages, so that
// the picture fits every width while text and marks keep their size.

/** A dated statement in the picture. */
export interface PictureMark {
  lane: string
  /** YYYY, YYYY-MM or YYYY-MM-DD. */
  date: string
  /** `named` as responsible, `other` (organized, reported …), or `contact`. */
  kind: 'named' | 'other' | 'contact'
  title: string
  /** The id of the statement in the list below the picture. */
  item: string
}

interface Picture {
  title: string
  lanes: { id: string; name: string }[]
  marks: PictureMark[]
  /** The dates of the tables that cover all lines. */
  columns: string[]
}

const laneHeight = 40
const top = 22
/** The distance of a mark from the top of its lane. */
const markAt = 29
/** The distance of a name above its mark. */
const nameAbove = 13
/** A band is interrupted at the names of the lanes: it begins so far above a mark, and is so high. */
const [bandAbove, bandHeight] = [8, 23]

/** A picture with more lanes is printed smaller. */
export const maxLanes = 12

/** Years with fractions: `2005-11-18` is 2005.88. A partial date counts as the middle of its month or year. */
function yearsOf(date: string): number {
  const [year, month, day] = date.split('-').map(Number) as [number, number?, number?]
  return year + (month === undefined ? 0.5 : (month - 1 + (day === undefined ? 0.5 : day / 31)) / 12)
}

const tenths = (percent: number) => Math.round(percent * 10) / 10

/** The picture as SVG, and its legend; empty if nothing is dated. */
export function pictureOf({ title, lanes, marks, columns }: Picture): SafeHtml {
  if (marks.length === 0) return html``
  const years = [...marks.map(({ date }) => date), ...columns].map(yearsOf)
  const [first, last] = [Math.floor(Math.min(...years)), Math.floor(Math.max(...years)) + 1]
  const across = (year: number) => tenths(2 + (96 * (year - first)) / (last - first))
  const bottom = top + lanes.length * laneHeight
  const ticks = Array.from({ length: last - first }, (_, index) => first + index).filter(
    (year) => year === first || year % 5 === 0,
  )
  const laneOf = new Map(lanes.map(({ id }, index) => [id, top + index * laneHeight + markAt]))
  return html`<svg class="picture${lanes.length > maxLanes ? ' many' : ''}" role="group" aria-label="${title}; the list of statements below says the same" aria-describedby="statements" height="${bottom + 4}">
${[...new Set(columns.map((date) => across(yearsOf(date))))].map((x) => html`<line class="table" x1="${x}%" x2="${x}%" y1="${top + markAt - bandAbove}" y2="${bottom}" stroke-dasharray="${bandHeight} ${laneHeight - bandHeight}"/>`)}
${ticks.map((year) => html`<line class="tick" x1="${across(year)}%" x2="${across(year)}%" y1="${top}" y2="${bottom}"/><text class="year${year === first ? ' first' : ''}" x="${across(year)}%" y="14">${year}</text>`)}
${lanes.map(({ id, name }) => html`<text y="${Number(laneOf.get(id)) - nameAbove}">${name}</text><line x1="0" x2="100%" y1="${laneOf.get(id)}" y2="${laneOf.get(id)}"/>`)}
${marks.map(({ lane, date, kind, title, item }) => markOf(across(yearsOf(date)), Number(laneOf.get(lane)), kind, title, item))}
</svg>
${legend}`
}

function markOf(x: number, y: number, kind: PictureMark['kind'], title: string, item: string): SafeHtml {
  const shape =
    kind === 'contact'
      ? html`<rect x="${x}%" y="${y + 6}" width="8" height="8"><title>${title}</title></rect>`
      : html`<circle${kind === 'other' ? html` class="o"` : ''} cx="${x}%" cy="${y}" r="5"><title>${title}</title></circle>`
  return html`<a href="#${item}">${shape}</a>`
}

/** The legend of the picture. */
const legend = html`<p class="legend"><span><svg class="key" width="12" height="12"><circle cx="6" cy="6" r="5"/></svg> named as responsible</span> <span><svg class="key" width="12" height="12"><circle class="o" cx="6" cy="6" r="5"/></svg> organized or reported only</span> <span><svg class="key" width="12" height="12"><rect x="1" y="1" width="9" height="9"/></svg> lead contact</span> <span><svg class="key" width="12" height="12"><rect class="table" width="12" height="12"/></svg> a full list</span></p>`
