import * as word from 'docx'
import { test } from 'tap'
import { bounds } from '../importer/bounds.ts'
import { linesOf } from '../importer/document.ts'
import type { Extract } from '../importer/document-line.ts'
import { readFormat } from '../importer/format-thread.ts'
import { readOutcome } from '../importer/reading.ts'
import { newReport } from '../importer/report.ts'
import { readText } from '../importer/text.ts'
import { docxOf, header, pdfOf } from './fixtures/outcome-documents.ts'
import { fc } from './random.ts'

// Three writers, and random points with marks, labels, hidden, struck and rotated words. Every word is in the result or
// in the report, as often as it was written, and no invisible word is in the result.

const nouns = ['lamp', 'chair', 'quay', 'sail', 'tar', 'oil', 'mast', 'rope']
const noun = fc.constantFrom(...nouns)
const mark = fc.constantFrom(
  '• ',
  '- ',
  '1. ',
  '👍 ',
  '👎 ',
  '→ ',
  '☐ ',
  '① ',
  '№ 5 ',
  '§ 5 ',
  '° ',
  'Recommendation 1: ',
)
type Look = 'plain' | 'white' | 'struck'
const part = fc.record({
  text: fc.array(noun, { minLength: 1, maxLength: 4 }).map((all) => all.join(' ')),
  look: fc.constantFrom<Look>('plain', 'plain', 'plain', 'white', 'struck'),
})
const point = fc.record({ mark, parts: fc.array(part, { minLength: 1, maxLength: 3 }) })
const document = fc.record({
  points: fc.array(point, { minLength: 1, maxLength: 6 }),
  rotated: fc.option(noun, { nil: null }),
})
type Document = typeof document extends fc.Arbitrary<infer T> ? T : never

const rows = [...header.split('\n').filter((row) => row !== ''), 'Key issues']

async function wordExtract({ points }: Document): Promise<Extract> {
  const { Paragraph, TextRun } = word
  const file = await docxOf([
    ...rows.map((row) => new Paragraph(row)),
    ...points.map(({ mark, parts }) => {
      const runs = parts.map(
        ({ text, look }) =>
          new TextRun({ text: ` ${text} `, strike: look === 'struck', ...(look === 'white' && { color: 'FFFFFF' }) }),
      )
      return new Paragraph({ children: [new TextRun(mark), ...runs] })
    }),
  ])
  return (await readFormat({ format: 'docx', bytes: file })) as Extract
}

async function pdfExtract({ points, rotated }: Document): Promise<Extract> {
  const file = await pdfOf((pdf) => {
    for (const row of rows) pdf.text(row).moveDown()
    for (const { mark, parts } of points) {
      // The fonts of PDF have no other characters.
      pdf.fillColor('black').text(/^[\w.•§:° -]+$/.test(mark) ? mark : '• ', { continued: true })
      for (const [index, { text, look }] of parts.entries()) {
        const isLast = index === parts.length - 1
        pdf.fillColor(look === 'white' ? 'white' : 'black')
        pdf.text(`${text}${isLast ? '.' : ' '}`, { strike: look === 'struck', continued: !isLast })
      }
      pdf.moveDown()
    }
    if (rotated)
      pdf
        .fillColor('grey')
        .rotate(45, { origin: [300, 600] })
        .text(rotated, 250, 600, { lineBreak: false })
  })
  return (await readFormat({ format: 'pdf', bytes: file })) as Extract
}

/** A text file cannot hide a word; it strikes one as Markdown does. */
function textExtract({ points }: Document): Extract {
  const lines = points.map(({ mark, parts }) =>
    [mark, ...parts.map(({ text, look }) => (look === 'struck' ? `~~${text}~~` : text))].join(' '),
  )
  const text = `${rows.slice(0, -1).join('\n\n')}\n\n# Key issues\n\n${lines.join('.\n\n')}.\n`
  return readText(Buffer.from(text), bounds)
}

/** The number of occurrences of each noun in a text. */
const countOf = (text: string): Map<string, number> =>
  new Map(nouns.map((noun) => [noun, text.split(new RegExp(`\\b${noun}\\b`)).length - 1]))

const writers = {
  docx: { write: wordExtract, hides: ['white', 'struck'], rotates: false },
  pdf: { write: pdfExtract, hides: ['white', 'struck'], rotates: true },
  txt: { write: textExtract, hides: ['struck'], rotates: false },
}

for (const [format, { write, hides, rotates }] of Object.entries(writers)) {
  test(`no word of a random .${format} is lost or added without a report`, async (t) => {
    await fc.assert(
      fc.asyncProperty(document, async (written) => {
        const report = newReport()
        const lines = linesOf(await write(written), format as 'docx' | 'pdf' | 'txt', report)
        const published = countOf(JSON.stringify(readOutcome(lines, '2023-77', report).sections))
        const omitted = countOf(
          report.notes.flatMap(({ kind, words }) => (kind === 'omitted' ? [words] : [])).join(' | '),
        )
        const parts = written.points.flatMap(({ parts }) => parts)
        const isHidden = ({ look }: (typeof parts)[number]) => hides.includes(look)
        const seen = countOf(parts.flatMap((part) => (isHidden(part) ? [] : [part.text])).join(' | '))
        const rotated = rotates && written.rotated ? [written.rotated] : []
        const unseen = countOf(
          [...rotated, ...parts.flatMap((part) => (isHidden(part) ? [part.text] : []))].join(' | '),
        )
        for (const noun of nouns) {
          if (published.get(noun) !== seen.get(noun))
            throw new Error(`"${noun}" is published ${published.get(noun)} times`)
          if (omitted.get(noun) !== unseen.get(noun))
            throw new Error(`"${noun}" is reported ${omitted.get(noun)} times`)
        }
      }),
      { numRuns: 60 },
    )
    t.pass('60 documents')
  })
}
