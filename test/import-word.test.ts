import { test } from 'tap'
import { linesOf } from '../importer/document.ts'
import { readDocx } from '../importer/docx.ts'
import { readOutcome } from '../importer/reading.ts'
import { newReport } from '../importer/report.ts'
import { archive, item, paragraph, run, table, wordFile, wordPart } from './fixtures/word-files.ts'
import { pointTexts } from './importer.ts'
import { fc } from './random.ts'

/** The outcome of a Word file, and its report. */
async function read(bytes: Buffer) {
  const report = newReport()
  const lines = linesOf(await readDocx(bytes), 'docx', report)
  const outcome = readOutcome(lines, '2023-77', report)
  const said = report.notes.map(({ location, text }) => `${location}: ${text}`)
  return { outcome, said: said.join('\n') }
}

const footnotes = (text: string) => ({
  'word/footnotes.xml': wordPart(
    'footnotes',
    `<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r>${run(text)}</w:p></w:footnote>`,
  ),
})
const footnoteMark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
const box = (text: string) => `<w:txbxContent>${paragraph(text)}</w:txbxContent>`
const textBox = (text: string, old = text) =>
  `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:posOffset>77</wp:posOffset><wps:txbx>${box(text)}</wps:txbx></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>${box(old)}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`

/** The outcome of a body: the points, and the expected messages. */
const cases: Array<[title: string, body: string, points: string[], told: RegExp[], parts?: Record<string, string>]> = [
  [
    'the result of a simple field is read',
    item(`${run('We need ')}<w:fldSimple w:instr=" REF n ">${run('60')}</w:fldSimple>${run(' more clerks.')}`),
    ['We need 60 more clerks.'],
    [],
  ],
  [
    'the result of a complex field is read, its code is not',
    item(
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run('16 March')}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
    ),
    ['16 March'],
    [],
  ],
  [
    'a form field that is ticked or chosen is told',
    item(`<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox/></w:ffData></w:fldChar></w:r>${run('Tar')}`),
    ['Tar'],
    [/a form field whose choice is not read/],
  ],
  [
    'breaks, tabs and returns part words',
    paragraph(
      '<w:r><w:t>however</w:t><w:cr/><w:t>letters</w:t><w:br/><w:t>are</w:t><w:tab/><w:t>sealed</w:t></w:r>',
      '<w:tabs><w:tab/></w:tabs>',
    ) + paragraph('Next.'),
    ['however letters are sealed', 'Next.'],
    [],
  ],
  [
    'lines broken by hand that begin with a bullet are points',
    paragraph('<w:r><w:t>• One of two.</w:t><w:br/><w:t>• Two of two.</w:t></w:r>'),
    ['One of two.', 'Two of two.'],
    [],
  ],
  [
    'a hyphen that does not break is a hyphen, one that is not seen is none',
    item('<w:r><w:t>wi</w:t><w:noBreakHyphen/><w:t>fi tele</w:t><w:softHyphen/><w:t>phone 1\u201124</w:t></w:r>'),
    ['wi-fi telephone 1-24'],
    [],
  ],
  [
    'struck words are left out and told',
    item(`${run('We close ')}${run('ten', '<w:strike/>')}${run(' twelve.')}`),
    ['We close twelve.'],
    [/paragraph 6: struck through: (?:check )?"?ten"?/],
  ],
  [
    'hidden words are left out and told',
    item(`${run('Seen.')}${run(' Unseen.', '<w:vanish/>')}`),
    ['Seen.'],
    [/hidden: (?:check )?"?Unseen\."?/],
  ],
  [
    'a property that is switched off has no effect',
    item(`${run('Kept', '<w:strike w:val="0"/><w:vanish w:val="false"/><w:vertAlign w:val="baseline"/>')}`),
    ['Kept'],
    [],
  ],
  [
    'a property that a style sets counts',
    item(run('gone', '<w:rStyle w:val="Old"/>') + run('Kept')),
    ['Kept'],
    [/struck through: (?:check )?"?gone"?/],
    {
      'word/styles.xml': wordPart(
        'styles',
        '<w:style w:styleId="Old"><w:basedOn w:val="Older"/></w:style><w:style w:styleId="Older"><w:basedOn w:val="Old"/><w:rPr><w:dstrike/></w:rPr></w:style>',
      ),
    },
  ],
  [
    'raised and lowered digits are read as such and told',
    item(
      `${run('10')}${run('3', '<w:vertAlign w:val="superscript"/>')}${run(' km of H')}${run('2', '<w:vertAlign w:val="subscript"/>')}${run('O')}`,
    ),
    ['10³ km of H₂O'],
    [/superscript: (?:check )?"?3"?/, /subscript: (?:check )?"?2"?/],
  ],
  [
    'the raised end of an ordinal number means nothing else',
    item(`${run('the 16')}${run('th', '<w:vertAlign w:val="superscript"/>')}${run(' of March')}`),
    ['the 16th of March'],
    [],
  ],
  [
    'words in capitals, and with a property that is not known, are told',
    item(run('Loud', '<w:caps/>') + run(' odd', '<w:sparkle/>')),
    ['Loud odd'],
    [/shown in capitals: (?:check )?"?Loud"?/, /set with the property "sparkle": (?:check )?"?odd"?/],
  ],
  [
    'pending changes of words are told on both sides',
    item(
      `${run('On ')}<w:del w:id="1"><w:r><w:delText>ten</w:delText></w:r></w:del><w:ins w:id="2">${run('twelve')}</w:ins>${run(' boats')}`,
    ),
    ['On twelve boats'],
    [/pending, deleted: (?:check )?"?ten"?/, /pending, inserted: (?:check )?"?twelve"?/],
  ],
  [
    'a sentence that was moved is read once, where it is now',
    item(`<w:moveFrom w:id="1">${run('Moved.')}</w:moveFrom>`) +
      item('Stays.') +
      item(`<w:moveTo w:id="2">${run('Moved.')}</w:moveTo>`),
    ['Stays.', 'Moved.'],
    [/moved away: (?:check )?"?Moved\."?/, /moved here: (?:check )?"?Moved\."?/],
  ],
  [
    'paragraphs whose parting is deleted are one',
    paragraph(run('First half '), '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr>') +
      item('and second half.'),
    ['First half and second half.'],
    [/the end of a paragraph deleted: (?:check )?"?First half "?/],
  ],
  [
    'a comment is told with its words',
    item(`${run('Sixty clerks.')}<w:r><w:commentReference w:id="0"/></w:r>`),
    ['Sixty clerks.'],
    [/a comment: Is it so\?/],
    {
      'word/comments.xml': wordPart(
        'comments',
        `<w:comment w:id="0" w:author="x">${paragraph('Is it so?')}</w:comment>`,
      ),
    },
  ],
  [
    'a placeholder that was never filled is left out and told',
    item(
      `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${run('Type here')}</w:sdtContent></w:sdt>${run('Tar')}`,
    ),
    ['Tar'],
    [/a placeholder never filled: (?:check )?"?Type here"?/],
  ],
  [
    'what a control or a tag holds is read',
    `<w:sdt><w:sdtContent>${item(`<w:smartTag>${run('In Geneva')}</w:smartTag>`)}</w:sdtContent></w:sdt>`,
    ['In Geneva'],
    [],
  ],
  [
    'boxes keep whether they are ticked',
    item('☒ Signed') + item('☐ Open') + paragraph('☐ Typed'),
    ['☒ Signed', '☐ Open', '☐ Typed'],
    [],
  ],
  [
    'an equation is read and told',
    item(`${run('Cost is ')}<m:oMath><m:r><m:t>a+b</m:t></m:r><m:r><m:t>c</m:t></m:r></m:oMath>`),
    ['Cost is a+b c'],
    [/an equation: (?:check )?"?a\+b c"?/],
  ],
  [
    'words of an element that is not known are read and told, as often as they are there',
    item('Lamps.') + item(`${run('Of ')}<w:odd>${run('Lamps')}</w:odd>`),
    ['Lamps.', 'Of Lamps'],
    [/in the element "odd", which is not known: (?:check )?"?Lamps"?/],
  ],
  [
    'a note is kept under the point that has its mark',
    item(`${run('Sixty clerks')}${footnoteMark}${run(' were trained.')}`) + item('Next.'),
    ['Sixty clerks were trained. [Of 2022.]', 'Next.'],
    [/a note, kept under its point: (?:check )?"?Of 2022\."?/],
    footnotes(' Of 2022.'),
  ],
  [
    'N/A with a note stays N/A, and the note is told',
    paragraph(run('N/A') + footnoteMark),
    [],
    [/a note to "N\/A": Of 2022\./],
    footnotes('Of 2022.'),
  ],
  [
    'a note to a heading, a sentence before the points or the header is told',
    paragraph('Three things:') + paragraph(run('Action plan') + footnoteMark) + item('Tar'),
    ['Three things:', 'Tar'],
    [/a note to "Action plan": Of 2022\./],
    footnotes('Of 2022.'),
  ],
  [
    'a text box is read once, after its paragraph, and told',
    item('Before') + paragraph(textBox('In a box.')) + item('After'),
    ['Before', 'In a box.', 'After'],
    [/a text box, read after the paragraph/],
  ],
  [
    'a text box whose old form says something else is told with both',
    item(run('Tar') + textBox('New words.', 'Old words.')),
    ['Tar', 'New words.'],
    [/not read, add it by hand: Old words\./],
  ],
  [
    'a picture is told with what describes it',
    item(`${run('Tar')}<w:r><w:drawing><wp:docPr descr="A map of quays"/></w:drawing></w:r>`),
    ['Tar'],
    [/a picture or an embedded object: A map of quays/],
  ],
  [
    'a table of speakers gives each statement its speaker, and its header row is no point',
    table(['Speaker', 'Message'], ['Ms Ana EXAMPLE, Head, IFL', '“Lamps first.”'], ['Jan MUSTER', 'Chairs second.']),
    ['Lamps first. @ Ms Ana EXAMPLE', 'Chairs second. @ Jan MUSTER'],
    [/header row of a table: Speaker \| Message/, /"Jan MUSTER" has no role/],
  ],
  [
    'every paragraph that a speaker of a table says keeps the speaker',
    table(['1', 'Ms Ana EXAMPLE, Head, IFL', `${paragraph('Lamps first.')}${paragraph('Chairs second.')}`]),
    ['Lamps first. @ Ms Ana EXAMPLE', 'Chairs second. @ Ms Ana EXAMPLE'],
    [/numbers of table rows: 1/],
  ],
  [
    'name and role of a speaker may be in columns of their own',
    table(
      ['No.', 'Name', 'Role', 'Message'],
      ['1', 'Ana EXAMPLE', 'Head', 'Tar first.'],
      ['2', 'Jan MUSTER', '', 'Sails.'],
    ),
    ['Tar first. @ Ana EXAMPLE', 'Sails. @ Jan MUSTER'],
    [/header row of a table: No\. \| Name \| Role \| Message/, /"Ana EXAMPLE, Head" has no affiliation/],
  ],
  [
    'a speaker who cannot be split is kept whole and told',
    table(['Name', 'Quote'], ['the "people", all', 'Tar.']),
    ['Tar. @ the "people", all'],
    [/could not be split/],
  ],
  [
    'numbers in a column of their own are list numbers',
    table(['1', 'Lamps are dear'], ['2', 'Chairs are cheap']),
    ['Lamps are dear', 'Chairs are cheap'],
    [/numbers of table rows: 1 \| 2/],
  ],
  [
    'another row of a table is one point without a character more, and told',
    table(['One cell.', 'Another.']),
    ['One cell. Another.'],
    [/row of 2 cells was read as one line: (?:check )?"?One cell\. Another\."?/],
  ],
  [
    'cells of several paragraphs are read one after the other, and told',
    table(['Tar', `${paragraph('One.')}${paragraph('Two.')}`]) + table(['Alone'], ['']),
    ['Tar', 'One.', 'Two.', 'Alone'],
    [/cells of a table row were read one after the other: (?:check )?"?Tar"?/],
  ],
  [
    'a table within a table is read, and a row that is deleted is told',
    `<w:tbl><w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc>${paragraph('Gone')}</w:tc></w:tr><w:tr><w:tc>${table(['Inner'])}</w:tc></w:tr></w:tbl>`,
    ['Inner'],
    [/pending, deleted: (?:check )?"?Gone"?/],
  ],
  [
    'a page break within a paragraph keeps its list',
    item('One.') + item('<w:r><w:br w:type="page"/><w:t>Two.</w:t></w:r>'),
    ['One.', 'Two.'],
    [],
  ],
  [
    'a heading is known by its level, and a list by its style',
    item('Tar') + paragraph('Tide tables', '<w:pStyle w:val="H"/>') + paragraph('Ebb', '<w:pStyle w:val="L"/>'),
    ['Tar', 'Ebb'],
    [/unknown heading "Tide tables"/],
    {
      'word/styles.xml': wordPart(
        'styles',
        '<w:style w:styleId="H"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>',
      ),
    },
  ],
  [
    'a character of a symbol font is told',
    item(`${run('Lamps ')}<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>${run(' light')}`),
    ['Lamps \uf0e0 light'],
    [/a character could not be read \(U\+F0E0\)/],
  ],
  [
    'a document within the document is told with its words',
    item('Tar'),
    ['Tar'],
    [/word\/chunk\.mht: .*open it in Word and save it again.*: Sails & masts café/],
    { 'word/chunk.mht': '<p>Sails &amp;=20ma=\r\nsts</p> <b>caf=C3=A9', 'word/other.rtf': '{x}' },
  ],
  [
    'words of a part that nobody points to are told',
    item('Tar'),
    ['Tar'],
    [/word\/charts\/chart1\.xml: not read, add it by hand: Sails 60/],
    { 'word/charts/chart1.xml': '<c:chart xmlns:c="c"><c:v>Sails</c:v><c:f>A1</c:f><c:v>60</c:v></c:chart>' },
  ],
]

for (const [title, body, points, told, parts] of cases) {
  test(title, async (t) => {
    const { outcome, said } = await read(wordFile(body, parts))
    t.strictSame(pointTexts(outcome), points)
    for (const message of told) t.match(said, message)
    if (told.length === 0) t.notMatch(said, /paragraph [6-9]:/)
  })
}

test('a Word file that is nothing but a web page in it is refused with what to do', async (t) => {
  const parts = { 'word/document.xml': wordPart('document', '<w:body/>'), 'word/page.html': '<p>Tar &foo; & sails' }
  await t.rejects(readDocx(archive(parts)), { message: 'made by a web editor, open it in Word and save it again' })
  const { said } = await read(wordFile(item('Tar'), { 'word/page.html': parts['word/page.html'] }))
  t.match(said, /add by hand\): Tar &foo; & sails/)
})

test('the address of the session may be in the code of a field', async (t) => {
  const url = 'https://www.itu.int/net4/wsis/forum/2023/Agenda/Session/78'
  const field = `<w:r><w:instrText>HYPERLINK "${url}"</w:instrText></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>`
  const body = wordPart('document', `<w:body>${paragraph('Action plan')}${item(run('Tar') + field)}</w:body>`)
  const lines = linesOf(await readDocx(archive({ 'word/document.xml': body })), 'docx', newReport())
  t.equal(lines[0]?.text, url)
})

// Words that may come several times, so that each must be counted.
const word = fc.constantFrom('lamp', 'chair', 'quay', 'sail', 'tar', 'oil', 'mast', 'rope')
const property = fc.constantFrom(
  ...['', '', '', '<w:b/>', '<w:strike/>', '<w:vanish/>', '<w:caps/>', '<w:odd/>', '<w:highlight w:val="yellow"/>'],
  ...['<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>', '<w:position w:val="6"/>'],
)
const words = fc.array(word, { minLength: 1, maxLength: 3 }).map((all) => `${all.join(' ')} `)
const plainRun = fc.tuple(words, property).map(([text, properties]) => run(text, properties))
const inside = (before: string, after: string) => plainRun.map((content) => before + content + after)
const field = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`
const inline = fc.oneof(
  { weight: 6, arbitrary: plainRun },
  inside('<w:fldSimple w:instr="REF lamp">', '</w:fldSimple>'),
  inside(`${field('begin')}<w:r><w:instrText>REF</w:instrText></w:r>${field('separate')}`, field('end')),
  inside('<w:hyperlink>', '</w:hyperlink>'),
  inside('<w:ins w:id="1">', '</w:ins>'),
  inside('<w:del w:id="1">', '</w:del>'),
  inside('<w:moveFrom w:id="1">', '</w:moveFrom>'),
  inside('<w:moveTo w:id="1">', '</w:moveTo>'),
  inside('<w:smartTag><w:odd>', '</w:odd></w:smartTag>'),
  inside('<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>', '</w:sdtContent></w:sdt>'),
  inside('<mc:AlternateContent><mc:Choice>', '</mc:Choice></mc:AlternateContent>'),
  inside('<mc:AlternateContent><mc:Fallback>', '</mc:Fallback></mc:AlternateContent>'),
  inside('<w:r><w:ruby><w:rt>', '</w:rt></w:ruby></w:r>'),
  words.map((text) => `<m:oMath><m:f><m:num><m:r><m:t>${text}</m:t></m:r></m:num></m:f></m:oMath>`),
  words.map((text) => textBox(text)),
  fc.tuple(words, words).map(([text, old]) => textBox(text, old)),
  fc
    .tuple(word, fc.constantFrom('br', 'cr', 'tab', 'ptab', 'noBreakHyphen', 'br w:type="page"'), word)
    .map(([one, part, other]) => `<w:r><w:t>${one}</w:t><w:${part}/><w:t>${other} </w:t></w:r>`),
  fc.constantFrom('footnote', 'endnote', 'comment').map((kind) => `<w:r><w:${kind}Reference w:id="NUMBER"/></w:r>`),
)
const properties = fc.constantFrom(
  ...['', '', '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'],
  ...['<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>', '<w:outlineLvl w:val="1"/>'],
  '<w:rPr><w:del w:id="1"/></w:rPr>',
)
const plainParagraph = fc
  .tuple(fc.array(inline, { minLength: 1, maxLength: 4 }), properties)
  .map(([content, more]) => paragraph(content.join(''), more))
const cells = fc.array(fc.oneof(words, plainParagraph), { minLength: 1, maxLength: 3 })
const block = fc.oneof(
  { weight: 4, arbitrary: plainParagraph },
  fc.array(cells, { minLength: 1, maxLength: 3 }).map((rows) => table(...rows)),
  fc.tuple(plainParagraph, plainRun).map(([one, other]) => `<w:odd>${one}${other}</w:odd>`),
  plainParagraph.map((content) => `<w:sdt><w:sdtContent>${content}</w:sdtContent></w:sdt>`),
  cells.map((row) => table([table(row)])),
)
const file = fc.record({
  body: fc.array(block, { minLength: 1, maxLength: 6 }).map((blocks) => blocks.join('')),
  others: fc.record({ header: plainParagraph, chart: words, html: words }),
})

/** The number of occurrences of each word in a text. */
function countOf(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [found] of text.matchAll(/[a-z]+/g)) counts.set(found, (counts.get(found) ?? 0) + 1)
  return counts
}

test('every word of a Word file is in the outcome or in a message, as often as it is in the file', async (t) => {
  await fc.assert(
    fc.asyncProperty(file, words, async ({ body, others }, note) => {
      let number = 0
      const numbered = body.replaceAll('NUMBER', () => `${++number}`)
      const notes = (kind: string) =>
        Array.from({ length: number }, (_, n) => `<w:${kind} w:id="${n + 1}">${paragraph(note)}</w:${kind}>`).join('')
      const parts = {
        'word/header1.xml': wordPart('hdr', others.header.replaceAll('NUMBER', '0')),
        'word/charts/chart1.xml': wordPart('chart', `<w:v>${others.chart}</w:v>`),
        'word/chunk.html': `<p>${others.html}</p>`,
        ...Object.fromEntries(
          ['footnote', 'endnote', 'comment'].map((kind) => [`word/${kind}s.xml`, wordPart(`${kind}s`, notes(kind))]),
        ),
      }
      const { outcome, said } = await read(wordFile(numbered, parts))
      // The older form of a text box is the same box again, if it has the same words.
      const all = [numbered, ...Object.values(parts)]
        .join(' ')
        .replace(
          /<mc:Choice[^>]*>((?:(?!<\/mc:Choice>).)*)<\/mc:Choice><mc:Fallback>(.*?)<\/mc:Fallback>/g,
          (whole, now, old) =>
            now.replace(/<[^>]*>/g, '').replace('77', '') === old.replace(/<[^>]*>/g, '') ? now : whole,
        )
      const inFile = countOf(all.replace(/<[^>]*>/g, ' '))
      const published = countOf(
        pointTexts(outcome).join(' ') + outcome.sections.map(({ heading, intro }) => `${heading} ${intro}`).join(' '),
      )
      const told = countOf(said)
      for (const [found, count] of inFile) {
        const times = published.get(found) ?? 0
        if (times > count) throw new Error(`"${found}" is published ${times} times, and ${count} times in the file`)
        const missing = count - times
        if ((told.get(found) ?? 0) < missing)
          throw new Error(`"${found}" is lost: ${count} in the file, ${times} published, told: ${said}`)
      }
    }),
    { numRuns: 300 },
  )
  t.pass('300 files')
})
