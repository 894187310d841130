import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as word from 'docx'
import { type Test, test } from 'tap'
import { bounds } from '../importer/bounds.ts'
import { linesOf, readDocument } from '../importer/document.ts'
import { readFormat } from '../importer/format-thread.ts'
import { checkNoWordIsLost } from '../importer/lost-words.ts'
import { wordsOf } from '../importer/pdf-words.ts'
import { readOutcome } from '../importer/reading.ts'
import { newReport, Refusal, type Report } from '../importer/report.ts'
import { readText } from '../importer/text.ts'
import { docxOf, docxOfText, header, pdfOf, pdfOfText, sample, section } from './fixtures/outcome-documents.ts'
import { archive } from './fixtures/word-files.ts'
import { importFile } from './importer.ts'
import { character, fc } from './random.ts'

/** Runs the command with `--print` on a file of this name and content. */
async function read(t: Test, name: string, content: string | Uint8Array) {
  const { status, report, outcome } = await importFile(t, name, content)
  if (/\.(?:docx|pdf)$/.test(name)) {
    const format = name.endsWith('docx') ? 'docx' : 'pdf'
    const here = await readFormat({ format, bytes: Buffer.from(content) }).catch(({ message }) => ({
      refusal: message.split('\n')[0],
    }))
    const notes = 'refusal' in here ? [] : here.report.notes.map(({ text }) => text)
    for (const text of 'refusal' in here ? [here.refusal] : status === 0 ? notes : []) {
      t.ok(report.includes(text), 'its thread says what reading it here says')
    }
  }
  return { status, said: report, outcome }
}

/** The reason why a PDF page with this text is refused. */
function readRows(text: string): string {
  try {
    wordsOf([{ text, x: 72, y: 700, end: 81, height: 12, painting: null }])
    return ''
  } catch (error) {
    return (error as Refusal).message
  }
}

/** The lines of a text file, as the command reads them. */
const textLines = (text: string, report: Report) => linesOf(readText(Buffer.from(text), bounds), 'txt', report)

const paragraphs = (text: string) =>
  text
    .split('\n')
    .filter((row) => row !== '')
    .map((row) => new word.Paragraph(row))

const unwrapped = sample.replace(/\n (?=\S)/g, ' ').replace('could ask\n\n\n\nhow', 'could ask how')

test('the same text as .txt, .docx and .pdf gives the same outcome', async (t) => {
  const expected = (await read(t, 'a.txt', sample)).outcome
  t.equal(expected.sections.length, 5)
  t.strictSame((await read(t, 'a.docx', await docxOfText(sample))).outcome, expected)
  t.match((await read(t, 'a.txt', await docxOfText(sample))).said, /named \.txt, but its content is docx/)
  const pdf = await read(t, 'a.pdf', await pdfOfText(unwrapped, (page) => `Page ${page} of 2`))
  t.strictSame(pdf.outcome, expected)
  t.match(pdf.said, /page 2 line \d+: page number: Page 2 of 2/)
})

test('a Word file may have lists, headings, tables, page breaks, foot notes and links', async (t) => {
  const { Paragraph, TextRun } = word
  const cell = (children: word.Paragraph[]) => new word.TableCell({ children })
  const bullet = (text: string, level = 0) => new Paragraph({ text, bullet: { level } })
  const content = await docxOf(
    [
      ...paragraphs(
        'Summary of Session: Boats & <harbours>\nHarbour Institute\n13 March 2023 | 15:00-15:45 (UTC+01:00)',
      ),
      new Paragraph({
        children: [
          new word.ExternalHyperlink({
            link: 'https://www.itu.int/net4/wsis/forum/2023/Agenda/Session/77',
            children: [new TextRun('Harbour page')],
          }),
        ],
      }),
      new Paragraph({ text: 'Key issues', heading: word.HeadingLevel.HEADING_1 }),
      bullet('Tar'),
      bullet('black', 1),
      bullet('o Brasil'),
      new Paragraph({ children: [new TextRun('- typed: we tar'), new TextRun({ text: 'all boats', break: 1 })] }),
      new Paragraph({ children: [new TextRun('- cut by'), new word.PageBreak(), new TextRun('a page')] }),
      new Paragraph({ children: [new TextRun({ text: 'Tide tables', bold: true })] }),
      new Paragraph({ children: [new TextRun('Two of them.'), new word.FootnoteReferenceRun(1)] }),
      new word.Table({
        rows: [new word.TableRow({ children: [cell(paragraphs('Action plan')), cell([bullet('Mend sails')])] })],
      }),
    ],
    {
      headers: { default: new word.Header({ children: paragraphs('WSIS Forum & more') }) },
      footers: { default: new word.Footer({ children: paragraphs('Foot') }) },
    },
  )
  const { outcome, said } = await read(t, 'a.docx', content)
  t.equal(outcome.title, 'Boats & <harbours>')
  t.equal(outcome.session, '2023-77')
  t.match(said, /the URL of the session was taken from a link: https/)
  t.strictSame(
    outcome.sections.map(({ heading, points }) => [heading, points.map(({ text }) => text)]),
    [
      ['Key issues', ['Tar', 'o Brasil', 'typed: we tar all boats', 'cut by a page']],
      ['Tide tables', ['Two of them.']],
      ['Action plan', ['Mend sails']],
    ],
  )
  const [issues, tides] = outcome.sections
  t.strictSame(issues?.points[0]?.points, [{ text: 'black', speaker: null }])
  t.strictSame(tides?.points[0]?.points, [{ text: 'See the tables.', speaker: null }])
  t.match(said, /page header: page header: WSIS Forum & more/)
  t.match(said, /page footer: page footer: Foot/)
  t.match(said, /joined across a page break: "… cut by \/ a page/)
})

test('headings of a Word file may be list items, and its header a table', async (t) => {
  const { Paragraph, TextRun } = word
  const item = (text: string) => new Paragraph({ text, bullet: { level: 0 } })
  const cell = (text: string, bold = false) =>
    new word.TableCell({ children: [new Paragraph({ children: [new TextRun({ text, bold })] })] })
  const row = (...cells: word.TableCell[]) => new word.TableRow({ children: cells })
  const content = await docxOf([
    new word.Table({
      rows: [
        row(cell('Title'), cell('Boats: a survey')),
        row(cell('Organizer:', true), cell('Harbour Institute')),
        row(cell('Date'), cell('13 March 2023')),
        row(cell('Link'), cell('https://www.itu.int/net4/wsis/forum/2023/Agenda/Session/77')),
      ],
    }),
    item('Key issues discussed (5-8 bullet points)'),
    item('Key issues were few'),
    item('Action plans of all'),
    item('Towards WSIS+20 and WSIS beyond 2025, please share views (5-8 bullets)'),
    item('Suggestions for thematic aspects that might please'),
    item('Tangible outcomes'),
    item('One.'),
  ])
  const { outcome } = await read(t, 'a.docx', content)
  t.match(outcome, { title: 'Boats: a survey', organizer: 'Harbour Institute', date: '2023-03-13', session: '2023-77' })
  t.strictSame(
    outcome.sections.map(({ kind, points }) => [kind, points.map(({ text }) => text)]),
    [
      ['key-issues', ['Key issues were few', 'Action plans of all']],
      ['wsis-beyond-2025', ['Suggestions for thematic aspects that might please']],
      ['tangible-outcomes', ['One.']],
    ],
  )
})

test('a damaged, encrypted or hostile Word file is refused before memory goes', async (t) => {
  const many = Object.fromEntries(Array.from({ length: 2001 }, (_, n) => [`${n}`, '']))
  const large = { 'word/document.xml': Buffer.alloc(101 * 1024 * 1024) }
  const refusals: Array<[Buffer, RegExp]> = [
    [archive(large), /unpacks to more than 100 MB/],
    [archive(large, { size: 1 }), /damaged: too many bytes/],
    [archive({ 'word/document.xml': 'no deflate' }, { isRaw: true }), /damaged/],
    [archive({ a: 'x' }), /a zip archive, but not a Word document/],
    [archive({ a: 'x' }, { flags: 1 }), /encrypted/],
    [archive(many), /2001 parts in the archive, the bound is 2000/],
    [archive({ a: 'x' }, { offset: 1 }), /damaged/],
    [Buffer.from('PK\x03\x04 cut off'), /damaged/],
    [archive({ 'word/document.xml': '<w:document><w:p>' }), /damaged: it cannot be read/],
    [await docxOf([]), /no text: if it is a scan/],
  ]
  for (const [content, message] of refusals) {
    const { status, said } = await read(t, 'a.docx', content)
    t.equal(status, 1)
    t.match(said, message)
  }
})

test('a PDF may have several pages, running heads, justified lines, odd order and links', async (t) => {
  const content = await pdfOf((pdf) => {
    const head = () => pdf.fontSize(9).text('WSIS Forum 2023 | Harbour Institute', 72, 40).fontSize(11)
    head()
    pdf.text('Key issues (5-8 bullet points)', 72, 250)
    pdf
      .moveDown()
      .text(
        '- We tar all boats that lie in the harbour, and those that lie outside of it, as long as the tar lasts and the weather is dry',
        { align: 'justify' },
      )
    pdf.text('13 March 2023 | 15:00-15:45 (UTC+01:00)', 72, 170)
    pdf.text('Harbour Institute', 72, 140)
    pdf.text('Summary of Session: Boats: a survey', 72, 100)
    pdf.link(72, 200, 90, 12, 'https://www.itu.int/net4/wsis/forum/2023/Agenda/Session/77')
    pdf.addPage()
    head()
    pdf.text('and no', 72, 80, { continued: true }).font('Helvetica-Bold').text(' long', { continued: true })
    pdf.font('Helvetica').text('er.')
    pdf.addPage()
  })
  const { outcome, said } = await read(t, 'a.pdf', content)
  t.equal(outcome.session, '2023-77')
  t.equal(outcome.title, 'Boats: a survey')
  t.match(said, /page 3: no text/)
  t.match(said, /repeated at the head or foot of the pages: WSIS Forum 2023 \| Harbour Institute/)
  t.match(outcome.sections[0]?.points[0]?.text, /^We tar all boats .* the weather is dry and no longer\.$/)
})

test('a note at the foot of a PDF page goes to the point that has its mark', async (t) => {
  const content = await pdfOf((pdf) => {
    pdf.text(`${header}Key issues\n\n- Sixty clerks`, { continued: true })
    pdf.fontSize(6).text('1', { rise: 5, continued: true } as PDFKit.Mixins.TextOptions)
    pdf.fontSize(12).text(' were trained.').text('- Lamps were lit.')
    pdf.fontSize(5).text('1', 72, 700, { rise: 2, continued: true } as PDFKit.Mixins.TextOptions)
    pdf
      .fontSize(8)
      .text(' Figures of the post', { rise: 0 } as PDFKit.Mixins.TextOptions)
      .text('office of 2022.', 72, 710)
  })
  const { outcome, said } = await read(t, 'a.pdf', content)
  t.strictSame(outcome.sections[0]?.points, [
    {
      text: 'Sixty clerks were trained.',
      speaker: null,
      points: [{ text: 'Figures of the post office of 2022.', speaker: null }],
    },
    { text: 'Lamps were lit.', speaker: null },
  ])
  t.match(said, /a note, kept under its point/)
})

test('a table of three columns in a PDF is read row by row', async (t) => {
  const content = await pdfOf((pdf) => {
    pdf.text(`${header}Key issues`)
    const rows = [
      ['Name', 'Role', 'Message'],
      ['Ms Ana EXAMPLE', 'Head', 'Lamps must come first, because nobody can read or write in the dark of the winter.'],
      ['Mr Jan MUSTER', 'Envoy', 'Chairs second.'],
    ]
    for (const [row, cells] of rows.entries()) {
      for (const [column, text] of cells.entries()) pdf.text(text, 72 + 130 * column, 300 + 50 * row, { width: 120 })
    }
  })
  const { outcome } = await read(t, 'a.pdf', content)
  t.match(outcome.sections[0]?.points, [
    { text: /^Lamps .* of the winter\.$/, speaker: { name: 'Ms Ana EXAMPLE', role: 'Head' } },
    { text: 'Chairs second.', speaker: { name: 'Mr Jan MUSTER', role: 'Envoy' } },
  ])
})

test('columns of a PDF are not mixed', async (t) => {
  const content = await pdfOf((pdf) => {
    pdf.text(header)
    pdf.text('Key issues', 72, 300).text('Tar is dear, and', 72, 330).text('sails are torn.', 72, 343)
    pdf.text('Action plan', 300, 300).text('Mend', 300, 330)
  })
  const { outcome } = await read(t, 'a.pdf', content)
  t.strictSame(
    outcome.sections.map(({ heading, points }) => [heading, points.map(({ text }) => text)]),
    [
      ['Key issues', ['Tar is dear, and sails are torn.']],
      ['Action plan', ['Mend']],
    ],
  )
})

test('a PDF that is encrypted, damaged, a scan, too long or has form fields is told apart', async (t) => {
  const scan = (pdf: PDFKit.PDFDocument) => pdf.rect(100, 100, 200, 200).fill('black')
  const form = await pdfOf((pdf) => {
    pdf.text(`${header}${section}`)
    pdf.link(10, 10, 9, 9, 'https://www.itu.int/net4/wsis/forum/2023/Agenda/Session/8')
    pdf.initForm()
    pdf.formText('notes', 72, 500, 100, 20, { value: 'see me' })
  })
  const refusals: Array<[Buffer, RegExp]> = [
    [await pdfOf((pdf) => pdf.text('x'), { userPassword: 'secret' }), /encrypted: save it without a password/],
    [Buffer.from('%PDF-1.7 and nothing more'), /damaged: the PDF cannot be opened/],
    [await pdfOf(scan), /no text: if it is a scan/],
    [
      await pdfOf((pdf) => {
        for (let n = 0; n < 200; n++) pdf.addPage()
      }),
      /201 pages, the bound is 200/,
    ],
  ]
  for (const [content, message] of refusals) t.match(await read(t, 'a.pdf', content), { status: 1, said: message })
  const { said, outcome } = await read(t, 'a.pdf', form)
  t.match(said, /page 1: a form field or a comment: see me/)
  t.equal(outcome.session, '2023-77')
  const two = await pdfOf((pdf) => {
    pdf.text('Key issues')
    for (const n of [1, 2]) pdf.link(10, 10 * n, 9, 9, `https://www.itu.int/net4/wsis/forum/2023/Agenda/Session/${n}`)
  })
  t.match((await importFile(t, 'a.pdf', two)).report, /no session URL in its header/)
  t.match((await importFile(t, 'a.pdf', two, '--session', '2023-1')).check, [/links to several sessions/])
})

test('a document that takes too long or too much memory is stopped', async (t) => {
  const path = join(t.testdir(), 'a.pdf')
  writeFileSync(path, await pdfOfText(unwrapped))
  const limits: Array<[Partial<typeof bounds>, string]> = [
    [{ parseMilliseconds: 0 }, 'not read within 0 seconds: print it to a new PDF and import that'],
    [{ parseMemoryBytes: 0 }, 'needs more than 0 MB of memory: print it to a new PDF and import that'],
  ]
  for (const [limit, message] of limits) {
    await t.rejects(readDocument(path, newReport(), { ...bounds, ...limit }), new Refusal(message))
  }
})

test('an import that would lose a word is refused and names it', (t) => {
  const report = newReport()
  const lines = textLines(`${header}Key issues\n\n- Tar, tar, tar.`, report)
  const outcome = readOutcome(lines, undefined, report)
  outcome.sections[0]?.points.splice(0, 1, { text: 'Tar, tar.', speaker: null })
  outcome.title = null
  t.throws(() => checkNoWordIsLost(lines, outcome, report), { message: /lose words.*: "Boats" \(1\), .* "tar" \(11\)/ })
  t.end()
})

test('no text loses a word or ends in anything but an outcome or a refusal', (t) => {
  const bits = fc.constantFrom(
    ...'- |• |1. |16.10.1 |"|“|”|«|(|)|:|, |. |N/A|\n|\n\n|\n\n\n\n|\f|-\n|Mr |Jane DOE|the |Key issues|Action plan'.split(
      '|',
    ),
    'Summary of Session: ',
    '13 March 2023 ',
    '15:00-16:00 ',
    'https://www.itu.int/net4/wsis/forum/2023/Agenda/Session/7 ',
    '| ',
    '2\n',
    'Tangible\noutcomes',
    'III. Tides\n',
    'Organizer: ',
    'ITU',
  )
  const text = fc.array(fc.oneof(bits, bits, fc.string({ unit: character, maxLength: 8 }), fc.lorem({ maxCount: 4 })), {
    maxLength: 40,
    size: 'max',
  })
  fc.assert(
    fc.property(text, (parts) => {
      try {
        const lines = textLines(parts.join(''), newReport())
        readOutcome(lines, '2023-7', newReport())
      } catch (error) {
        return error instanceof Refusal && !/would lose/.test(error.message)
      }
      return true
    }),
    { numRuns: 500 },
  )
  t.end()
})

const made = (name: string) => readFileSync(new URL(`fixtures/made/${name}`, import.meta.url))

test('one text saved by LibreOffice and printed by Chromium gives one outcome in every format', async (t) => {
  const { outcome } = await read(t, 'a.txt', made('quay.libreoffice.txt'))
  t.match(outcome, { title: 'Harbour post: what four quays tried in one winter', start: '11:00', end: '11:45' })
  t.strictSame(
    outcome.sections.map(({ points, notApplicable }) => [points.length, notApplicable]),
    [
      [3, false],
      [3, false],
      [3, false],
      [0, true],
      [1, false],
    ],
  )
  t.equal(outcome.sections[0]?.points[1]?.speaker?.name, 'Mr João SAMPLE')
  t.strictSame(outcome.sections[1]?.points[1]?.points, [
    { text: 'Cables cost 40 000 a kilometre.', speaker: null },
    { text: 'Roads cost more.', speaker: null },
  ])
  for (const name of ['quay.libreoffice.docx', 'quay.libreoffice.pdf', 'quay.chromium.pdf']) {
    t.strictSame((await read(t, name, made(name))).outcome, outcome, name)
  }
})

test('raised digits, nested points and a table of speakers made by LibreOffice and Chromium are read alike', async (t) => {
  for (const name of ['lists.libreoffice.docx', 'lists.libreoffice.pdf', 'lists.chromium.pdf']) {
    const { outcome, said } = await read(t, name, made(name))
    const [issues, outcomes] = outcome.sections
    t.equal(issues?.points[0]?.text, 'An area of 10³ km² and CO₂ of 5 t.', name)
    t.match(said, /superscript: check/)
    t.strictSame(
      issues?.points.map(({ points = [] }) => points.length),
      [0, 2, 0],
      name,
    )
    t.match(outcomes?.points, [
      { text: /^Lamps .* winter months\.$/, speaker: { name: 'Ms Ana EXAMPLE' } },
      { text: /^Chairs .* second time\.$/, speaker: { name: 'Mr Jan MUSTER' } },
    ])
  }
})

test('what a browser prints at the head and foot of its pages, and a path on a disk, are left out and told', async (t) => {
  const body = `${header}${section}- See C:\\Users\\jane doe\\my file.docx for more.\n`
  for (const [head, foot] of [
    ['11/25/26, 7:35 PM', 'http://127.0.0.1:4102/post.html 1/1'],
    ['25.11.2026, 19:35 Boats: a survey', 'file:///C:/Users/jane/post.html 1/1'],
  ]) {
    const { outcome, said } = await read(t, 'a.txt', `${head}\n\n${body}\n${foot}\n`)
    t.equal(outcome.title, 'Boats: a survey')
    t.strictSame(
      outcome.sections[0]?.points.map(({ text }) => text),
      ['Sails are mended in winter.', 'See for more.'],
    )
    for (const text of [head, foot]) t.ok(said.includes(`printed by a browser: ${text}`))
    t.match(said, /a path on somebody's disk: C:\\Users\\jane doe\\my file\.docx/)
  }
})

test('text from right to left is refused in a PDF, and read in a .txt', async (t) => {
  const arabic = 'نحتاج إلى مزيد من مكاتب البريد.'
  t.match(readRows('\ufe8e\ufed4'), /from right to left.*import the \.docx/)
  const { outcome } = await read(t, 'a.txt', `${header}Key issues\n\n- ${arabic}\n`)
  t.equal(outcome.sections[0]?.points[0]?.text, arabic)
})
