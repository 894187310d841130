import { test } from 'tap'
import { headWords, rawPdf, words } from './fixtures/raw-pdf.ts'
import { archive, item, paragraph, run, wordFile, wordPart } from './fixtures/word-files.ts'
import { importFile, pointTexts } from './importer.ts'

const bullet = '\\225 '
const lamps = words(`${bullet}Lamps matter.`, 72, 620)
const chairs = words(`${bullet}Chairs do not.`, 72, 588)
const secret = (before = '', size = 11) => words(`${bullet}Secret words.`, 72, 604, before, size)
const visible = ['Lamps matter.', 'Chairs do not.']
const picture =
  '<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>stream\nx\nendstream'
const pictured = { resources: '/XObject<</I 20 0 R>>', objects: [picture] }
const state = (entry: string) => ({ resources: `/ExtGState<</G ${entry}>>` })
/** The same page, painted as if its left edge were its foot. */
const turned = (text: string) =>
  `q 0 1 -1 0 595 0 cm\n${text.replace(/1 0 0 1 (\d+) (\d+) Tm/g, (_, x: string, y: string) => `1 0 0 1 ${x} ${Number(y) - 250} Tm`)}Q\n`

/** Operators that paint words, the pages and their options, the points, and the omissions reported. */
const omitted: Array<[title: string, page: string, reported: RegExp, points?: string[], options?: object]> = [
  ['white', secret('1 g'), /line 6: in the colour of the page: • Secret words\.$/],
  ['nearly white, in another colour space', secret('0 0.01 0 0 k'), /in the colour of the page: • Secret/],
  ['black on a black box', `0 g 60 600 300 14 re f\n${secret()}`, /in the colour of the page: • Secret/],
  ['of size zero', secret('', 0), /too small to read: • Secret words\.$/],
  ['without width', secret('0 Tz'), /too small to read: • Secret words\.$/],
  ['of half a point', secret('', 0.5), /too small to read: • Secret words\.$/],
  ['invisible', secret('3 Tr'), /hidden: • Secret words\.$/],
  ['transparent', secret('/G gs'), /hidden: • Secret/, visible, state('<</ca 0>>')],
  [
    'on a layer that is switched off',
    `/OC /L BDC\n${secret()}EMC\n`,
    /hidden: • Secret/,
    visible,
    {
      ...{ resources: '/Properties<</L 20 0 R>>', objects: ['<</Type/OCG/Name(x)>>'] },
      catalog: '/OCProperties<</OCGs[20 0 R]/D<</OFF[20 0 R]>>>>',
    },
  ],
  ['outside the page', words('Secret words.', 72, -20), /outside the page: Secret words\.$/],
  ['outside what is clipped', `q 0 0 10 10 re W n\n${secret()}Q\n`, /outside the page: • Secret/],
  [
    'under a white box',
    `${secret()}q 1 g 60 600 300 14 re f Q\n`,
    /line 6: covered by a box or a picture: • Secret words\.$/,
  ],
  [
    'under a box that is nearly opaque',
    `${secret()}q /G gs 1 g 60 600 300 14 re f Q\n`,
    /covered by a box or a picture: • Secret words\.$/,
    visible,
    state('<</ca 0.97>>'),
  ],
  ['under a thick line', `${secret()}14 w 60 607 m 360 607 l S\n`, /covered by a box or a picture: • Secret/],
  ['under a picture', `${secret()}q 300 0 0 14 60 600 cm /I Do Q\n`, /covered by .*: • Secret/, visible, pictured],
  [
    'partly under a box',
    `${words(`${bullet}We keep secret words here.`, 72, 604)}0 g 121 600 75 14 re f\n`,
    /covered by a box or a picture: secret words$/,
    ['Lamps matter.', 'We keep here.', 'Chairs do not.'],
  ],
  ['struck through by a line', `${secret()}0.5 w 72 607.5 m 160 607.5 l S\n`, /struck through: • Secret words\.$/],
  [
    'struck through by a line that slopes',
    `${secret()}0.5 w 72 600 m 160 612 l S\n`,
    /struck through: • Secret words\.$/,
  ],
  ['struck through by a thin box', `${secret()}0 g 72 607 80 0.6 re f\n`, /struck through: • Secret words\.$/],
  [
    'struck through by a comment',
    secret(),
    /struck through: • Secret/,
    visible,
    {
      page: '/Annots[<</Type/Annot/Subtype/StrikeOut/Rect[72 600 160 615]/QuadPoints[72 615 160 615 72 600 160 600]/C[1 0 0]>>]',
    },
  ],
  [
    'struck through within a line',
    `${words(`${bullet}We keep ten boats here.`, 72, 604)}0.5 w 121 607.5 m 137 607.5 l S\n`,
    /struck through: ten$/,
    ['Lamps matter.', 'We keep boats here.', 'Chairs do not.'],
  ],
  [
    'turned by 90 degrees in the margin',
    'BT /F1 9 Tf 0 1 -1 0 30 200 Tm (Form 12 B) Tj ET\n',
    /^page 1: rotated.*: Form 12 B$/,
  ],
  [
    'mirrored',
    'BT /F1 11 Tf 1 0 0 -1 72 604 Tm (Secret words.) Tj ET\n',
    /^page 1: rotated, such as a watermark: Secret words\.$/,
  ],
]

for (const [title, page, reported, points = visible, options = {}] of omitted) {
  test(`words of a PDF that are ${title} are omitted and reported`, async (t) => {
    const result = await importFile(t, 'a.pdf', rawPdf([headWords + lamps + page + chairs], options))
    t.strictSame(pointTexts(result.outcome), points)
    t.match(result.omitted, [reported])
    t.strictSame(result.check, [])
  })
}

test('words of a PDF that are faint, or that a line over several rows crosses, are kept and reported', async (t) => {
  for (const [page, reported, options = {}] of [
    [
      lamps + words(`${bullet}Chairs do not.`, 72, 588, '0.92 g'),
      'hardly differs from the page: check "• Chairs do not."',
    ],
    [
      `${lamps}${words(`${bullet}Chairs do not.`, 72, 588, '/G gs')}`,
      'hardly differs from the page: check "• Chairs do not."',
      state('<</ca 0.1>>'),
    ],
    [`${lamps + chairs}0.5 w 72 580 m 160 632 l S\n`, 'crossed by a line: check "• Lamps matter."'],
  ] as const) {
    const { outcome, omitted, check } = await importFile(t, 'a.pdf', rawPdf([headWords + page], options))
    t.strictSame(pointTexts(outcome), visible)
    t.strictSame(omitted, [])
    t.match(check[0], reported)
  }
})

/** Operators that paint visible words. */
const kept: Array<[title: string, page: string, points?: string[], options?: object]> = [
  ['white on a black box', `${lamps}0 g 60 584 300 14 re f\n${words(`${bullet}Chairs do not.`, 72, 588, '1 g')}`],
  ['underlined', `${lamps + chairs}0.5 w 72 586 m 160 586 l S\n`],
  [
    'under a transparent highlight',
    `${lamps + chairs}/G gs 1 1 0 rg 60 584 300 14 re f\n`,
    visible,
    state('<</BM/Multiply>>'),
  ],
  ['inside a frame', `${lamps + chairs}0 g 50 560 400 100 re 55 565 390 90 re f*\n`],
  ['on a picture', `q 400 0 0 80 60 560 cm /I Do Q\n${lamps + chairs}`, visible, pictured],
  ['printed twice to be bold', lamps + words(`${bullet}Lamps matter.`, 72.3, 620) + chairs],
  ['printed over a white edge', words(`${bullet}Lamps matter.`, 72.2, 620, '1 g') + lamps + chairs],
]

for (const [title, page, points = visible, options = {}] of kept) {
  test(`words of a PDF that are ${title} are read once, and nothing is reported`, async (t) => {
    const { outcome, omitted, check } = await importFile(t, 'a.pdf', rawPdf([headWords + page], options))
    t.strictSame(pointTexts(outcome), points)
    t.strictSame([...omitted, ...check], [])
  })
}

test('a page that is rotated is read upright', async (t) => {
  for (const [page, rotate] of [
    [headWords + lamps + chairs, '/Rotate 90'],
    [turned(headWords + lamps + chairs), '/Rotate 90'],
    [turned(headWords + lamps + chairs), ''],
  ] as const) {
    const { outcome, omitted } = await importFile(t, 'a.pdf', rawPdf([page], { page: rotate }))
    t.strictSame(pointTexts(outcome), visible)
    t.strictSame(omitted, [])
  }
})

test('a watermark on every page, and the numbers of lines, are reported once', async (t) => {
  const mark = 'q 0.8 g BT /F1 60 Tf 0.707 0.707 -0.707 0.707 150 200 Tm (DRAFT) Tj ET Q\n'
  const numbers = Array.from({ length: 12 }, (_, index) =>
    words(`${5 * index + 5}`, 560, 780 - 16 * index, '', 7),
  ).join('')
  const sections = [1, 2, 3].map((number) => words(`\\247${number}`, 30, 640 - 20 * number, '', 7)).join('')
  const numbered = await importFile(t, 'a.pdf', rawPdf([headWords + lamps + chairs + sections]))
  t.strictSame(pointTexts(numbered.outcome), visible)
  t.strictSame(numbered.omitted, ['page 1: numbers in the margin: §1 §2 §3'])
  const pages = [headWords + lamps + mark + numbers, mark + chairs, mark + words('Boats.', 72, 700)]
  const { outcome, omitted } = await importFile(t, 'a.pdf', rawPdf(pages))
  t.strictSame(pointTexts(outcome), ['Lamps matter.', 'Chairs do not.', 'Boats.'])
  t.strictSame(omitted, [
    'page 1: numbers in the margin: 5 10 15 20 25 30 35 40 45 50 55 60',
    'page 1 and 2 more places, up to page 3: rotated, such as a watermark: DRAFT',
  ])
})

test('a scan with recognized text is read, and every word is to be checked', async (t) => {
  const page = `q 595 0 0 842 0 0 cm /I Do Q 3 Tr\n${headWords}${lamps}${chairs}`
  const { outcome, check } = await importFile(t, 'a.pdf', rawPdf([page], pictured))
  t.strictSame(pointTexts(outcome), visible)
  t.strictSame(check, ['page 1: a scan with recognized text: check every word'])
})

test('a word, a number or a URL that is broken at the end of a line of a PDF is whole', async (t) => {
  const rows = ['See https://example.org/a/long/', 'path/of/boats.html in 2024\\226', '2025, on the C7-', 'line.']
  const page =
    headWords + rows.map((row, index) => words((index ? '' : bullet) + row, index ? 81 : 72, 620 - 12 * index)).join('')
  const { outcome, adapted } = await importFile(t, 'a.pdf', rawPdf([page]))
  t.strictSame(pointTexts(outcome), ['See https://example.org/a/long/path/of/boats.html in 2024–2025, on the C7-line.'])
  t.match(adapted, [/a URL on two lines read as one: https:\/\/example\.org\/a\/long\/path\/of\/boats\.html$/])
})

test('words of a Word file that a reader does not see are omitted and reported', async (t) => {
  const forms: Array<[string, string]> = [
    ['<w:color w:val="FFFFFF"/>', 'in the colour of the page'],
    ['<w:color w:val="1F3864"/><w:shd w:fill="203864"/>', 'in the colour of the page'],
    ['<w:highlight w:val="black"/>', 'in the colour of the page'],
    ['<w:sz w:val="2"/>', 'too small to read'],
    ['<w:color w:val="auto" w:themeColor="background1"/>', 'in the colour of the page'],
    ['<w:color w:val="000080"/><w:shd w:val="solid" w:color="000080" w:fill="auto"/>', 'in the colour of the page'],
    ['<w:w w:val="1"/>', 'too small to read'],
    ['<w14:textFill><w14:noFill/></w14:textFill>', 'hidden'],
    [
      '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill></w14:textFill>',
      'in the colour of the page',
    ],
    [
      '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/></w14:srgbClr></w14:solidFill></w14:textFill>',
      'hidden',
    ],
  ]
  const items = forms.map(([properties], index) =>
    item(run(`${index} seen`) + run(` unseen${index}`, properties) + run(' words.')),
  )
  const { outcome, omitted } = await importFile(t, 'a.docx', wordFile(items.join('')))
  t.strictSame(
    pointTexts(outcome),
    forms.map((_form, index) => `${index} seen words.`),
  )
  t.equal(omitted.length, forms.length)
  for (const [index, [properties, reason]] of forms.entries())
    t.ok(
      omitted.some((text) => text.endsWith(`: ${reason}: unseen${index}`)),
      properties,
    )
  const faint = await importFile(t, 'a.docx', wordFile(item(run('Faint words.', '<w:color w:val="EEEEEE"/>'))))
  t.strictSame(pointTexts(faint.outcome), ['Faint words.'])
  t.match(faint.check, [/hardly differs from the page: check "Faint words\."/])
  const white = run('White words', '<w:color w:val="FFFFFF"/>')
  const cell = `<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="000000"/></w:tcPr>${paragraph(white)}</w:tc></w:tr></w:tbl>`
  t.strictSame(pointTexts((await importFile(t, 'a.docx', wordFile(cell))).outcome), ['White words'])
})

const numbering = (format: string, text: string) => ({
  'word/numbering.xml': wordPart(
    'numbering',
    `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`,
  ),
})

test('the label of a Word list is kept if it says more than a bullet or a number', async (t) => {
  const labels: Array<[format: string, text: string, points: string[]]> = [
    ['decimal', 'Recommendation %1:', ['Recommendation 1: Tar', 'Recommendation 2: Sails']],
    ['upperRoman', 'Article %1', ['Article I Tar', 'Article II Sails']],
    ['decimal', '第%1条', ['第1条 Tar', '第2条 Sails']],
    ['decimal', '§ %1', ['§ 1 Tar', '§ 2 Sails']],
    ['bullet', '☐', ['☐ Tar', '☐ Sails']],
    ['bullet', '\uf0a8', ['☐ Tar', '☐ Sails']],
    ['bullet', '\uf0b7', ['Tar', 'Sails']],
    ['decimal', '%1.', ['Tar', 'Sails']],
    ['lowerLetter', '(%1)', ['Tar', 'Sails']],
  ]
  for (const [format, text, points] of labels) {
    const { outcome, adapted } = await importFile(
      t,
      'a.docx',
      wordFile(item('Tar') + item('Sails'), numbering(format, text)),
    )
    t.strictSame(pointTexts(outcome), points, text)
    t.equal(adapted.length > 0, points[0] !== 'Tar', text)
  }
  const arrow = await importFile(t, 'a.docx', wordFile(item('Tar') + item('Sails'), numbering('bullet', '→')))
  t.strictSame(
    [...arrow.adapted, ...arrow.check],
    ['paragraph 6 and paragraph 7: "→" begins several lines and was read as their bullet: check it'],
  )
  const { check } = await importFile(t, 'a.docx', wordFile(item('Tar'), numbering('chineseCounting', '第%1条')))
  t.match(check, [/第1条, check its number$/])
})

test('the main part of a Word file is where its relations say, in any encoding of XML', async (t) => {
  const relation = (type: string, target: string) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/${type}" Target="${target}"/></Relationships>`
  const rows = ['Session: Boats', 'https://www.itu.int/net4/wsis/forum/2023/Agenda/Session/77', 'Key issues'].map(
    (row) => paragraph(row),
  )
  const note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
  const body = wordPart('document', `<w:body>${rows.join('')}${item(run('Tär') + note)}</w:body>`)
  const xml = `<?xml version="1.0" encoding="UTF-16"?>${body}`
  for (const main of [body, Buffer.from(`\ufeff${xml}`, 'utf16le'), Buffer.from(xml, 'utf16le').swap16()]) {
    const parts = {
      '_rels/.rels': relation('officeDocument', '/doc/main.xml'),
      'doc/main.xml': main,
      'doc/_rels/main.xml.rels': relation('footnotes', 'notes/2.xml'),
      'doc/notes/2.xml': wordPart('footnotes', `<w:footnote w:id="1">${paragraph('A note.')}</w:footnote>`),
    }
    const { outcome } = await importFile(t, 'a.docx', archive(parts))
    t.strictSame(pointTexts(outcome), ['Tär [A note.]'])
  }
  const sheet = archive({
    '_rels/.rels': relation('officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': '<workbook/>',
  })
  t.match((await importFile(t, 'a.docx', sheet)).report, /a zip archive, but not a Word document/)
})

test('a line separator within a paragraph of Word breaks the line and not the sentence', async (t) => {
  const { outcome } = await importFile(
    t,
    'a.docx',
    wordFile(item('The lamps\u2028of Porto matter.') + item('One\u2028• Two')),
  )
  t.strictSame(pointTexts(outcome), ['The lamps of Porto matter.', 'One', 'Two'])
})
