import type { OutcomeFile, OutcomePoint } from '../src/seed/outcome-documents.ts'

/** An outcome document as text, in the order of its page. */
export function outcomeText({ sections, ...head }: OutcomeFile): string {
  const { title, date, start, end, utcOffset, printedZone, organizer, url, template } = head
  const time = [start, end].filter(Boolean).join('–')
  const zone = [printedZone, utcOffset && `UTC${utcOffset}`].filter(Boolean).join(', ')
  const facts = {
    Date: date,
    Time: zone === '' ? time : `${time} (${zone})`,
    Organizers: organizer,
    Page: url,
    Template: template,
  }
  const rows = Object.entries(facts).map(([name, value]) => `${`${name}:`.padEnd(12)}${value || '–'}\n`)
  return `${title ?? `Session ${head.session}`}\n\n${rows.join('')}${sections.map(sectionText).join('')}`
}

function sectionText({ heading, notApplicable, intro, points }: OutcomeFile['sections'][number]): string {
  const texts = [
    notApplicable ? 'N/A\n' : '',
    intro === null ? '' : `${intro}\n`,
    ...points.map((point) => pointText(point)),
  ]
  return `\n## ${heading || 'Without a heading'}\n\n${texts.join('')}`
}

function pointText({ text, speaker, points = [] }: OutcomePoint, indent = ''): string {
  const name = speaker ? `${[speaker.name, speaker.role, speaker.affiliation].filter(Boolean).join(', ')}: ` : ''
  return `${indent}- ${name}${text}\n${points.map((point) => pointText(point, `${indent}  `)).join('')}`
}
