import { html, type SafeHtml } from '@remix-run/html-template'
import { inSummary } from '../nouns/outcome-documents.ts'
import { linkTo } from '../nouns/shapes.ts'
import type { OutcomeDocument, Point } from '../store/records.ts'
import { spaced } from '../vocabulary.ts'
import { to, toOther } from './links.ts'
import { facts, isolated, type NounPage, section } from './parts.ts'
import { capital, cited, day, timeOf } from './words.ts'

/** The outcome documents of sessions: sections, points, speakers. */
export const outcomePages: NounPage<OutcomeDocument> = {
  columns: () => [
    ['Outcome document', (document) => to(linkTo('outcome-documents', document.id, titleOf(document)))],
    ['Date', ({ date }) => day(date)],
    ['Sections', ({ sections }) => `${sections.length}`],
  ],
  record: (document) => {
    const { session, sections, fidelity } = document
    const title = titleOf(document)
    return {
      title: `Outcome document: ${title}`,
      description: `Outcome document of the session “${session.title}”: ${sections.length} sections.`,
      under: ['Session', session.href],
      kind: html`Outcome document of the session ${to(session)}`,
      heading: isolated(title),
      main: html`<p class="note">${fidelity === 'summary' ? 'The sentences are a summary by this directory. Names, titles and numbers are as printed.' : 'The sentences are those of the document.'}</p>
${facts([
  ['Date', day(document.date)],
  ['Time', timeOf(document)],
  ['Organizers', document.organizer],
  ['Web page', document.url && toOther(document.url)],
  ['Template', document.template],
  ['Read in', document.readIn && toOther(document.readIn)],
  ['Note', document.note],
])}
${document.complete ? '' : html`<p class="note">Incomplete: only part of the document could be read.</p>`}
${sections.map(({ kind, heading, notApplicable, intro, points }, index) =>
  section(
    heading || (kind === 'other' ? 'No heading' : capital(spaced(kind))),
    `section-${index + 1}`,
    html`${notApplicable ? html`<p>N/A</p>` : ''}${intro ? html`<p>${isolated(intro)}</p>` : ''}${pointsOf(points, fidelity)}`,
  ),
)}`,
      sources: [cited(title, document.url ?? document.readIn)],
      about: { '@type': 'Report', name: title, datePublished: document.date },
    }
  },
}

const titleOf = ({ title, session }: OutcomeDocument): string => title ?? session.title

function pointsOf(points: Point[], fidelity: OutcomeDocument['fidelity']): SafeHtml {
  if (points.length === 0) return html``
  return html`<ul class="points">${points.map(
    ({ text, speaker, place, points = [] }) =>
      html`<li>${speaker ? html`${speakerOf(speaker)}${inSummary(fidelity)}: ` : ''}${isolated(text)}${place ? html` <small>${isolated(place)}</small>` : ''}${pointsOf(points, fidelity)}</li>
`,
  )}</ul>`
}

/** A speaker with role and affiliation, the first part in bold. */
function speakerOf({ name, role, affiliation }: NonNullable<Point['speaker']>): SafeHtml {
  const [first = '', ...others] = [name, role, affiliation].filter((one) => one !== null).map(isolated)
  return html`<b>${first}</b>${others.map((one) => html`, ${one}`)}`
}
