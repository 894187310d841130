import { readFileSync } from 'node:fs'
import { test } from 'tap'
import { readWhen } from '../importer/times.ts'
import { header } from './fixtures/outcome-documents.ts'
import { importFile, pointTexts } from './importer.ts'

const file = (name: string) => readFileSync(new URL(`fixtures/imported/${name}`, import.meta.url))
const union = 'Union of Island Postmasters'
const when = { date: '2023-03-16', start: '11:00', end: '11:45', utcOffset: '+01:00', organizer: union }
const others = ['Four islands signed a letter.', 'Train 60 clerks.']
const lamps = ['Lamps matter.', 'Chairs do not.']

/** Files from offices: the expected points, and the reports besides the letterhead. */
const cases: Array<[name: string, points: string[], reported: RegExp[], header?: object]> = [
  ['covered.pdf', [...lamps, ...others], [/covered by a box or a picture: • Secret agreement of Sylvania\.$/]],
  ['bold-twice.pdf', [...lamps, ...others], []],
  ['line-numbers.pdf', [...lamps, ...others], [/^page 1: numbers in the margin: 1 2 3 .* 22$/]],
  [
    'hyphens.pdf',
    [
      'Health and well-being rest on a multi-stakeholder model in 2024-2025, on e-government, on the C7-line, and on every vil-lage; not on long- or short-term loans.',
      ...others,
    ],
    ['well-being', 'multi-stakeholder', '2024-2025,', 'e-government,', 'C7-line,', 'vil-lage;', 'short-term'].map(
      (word) => new RegExp(`"${word}" was on two lines`),
    ),
  ],
  ['document2.docx', ['Lamps matter.', ...others, 'Post offices and digital identity.'], []],
  [
    'list-label-words.docx',
    ['Lamps matter.', 'A letter.', 'Recommendation 1: Train 60 clerks.', 'Recommendation 2: Buy lamps.', 'Lamps.'],
    [/label of a list kept .*: Recommendation 1:$/, /Recommendation 2:$/],
  ],
  ['digits-circled.txt', [...lamps, ...others], []],
  [
    'entities.txt',
    ['Lamps & chairs matter – “both”.', "It's so.", ...others],
    [/HTML entity &amp; read as "&"/, /&nbsp;/, /&ndash;/, /&ldquo;/, /&rdquo;/, /&#39;/],
  ],
  [
    'hyphens.txt',
    [
      'Health and well-being rest on a multi-stakeholder model for inter-connection in 2024-2025, and on e-government and wi-fi for every vil-lage.',
      ...others,
    ],
    Array.from({ length: 7 }, () => /was on two lines/),
  ],
  ['markdown.txt', [...lamps, 'Train 60 clerks.'], [/read as Markdown/]],
  ['s-degree.txt', ['° Celsius matter.', '° Kelvin do not.', ...others], []],
  ['s-emoji-thumb.txt', ['👍 Lamps.', '👎 Chairs.', ...others], []],
  ['s-section.txt', ['§ 5 was agreed.', '§ 7 was not.', ...others], []],
  [
    'url-safelink.txt',
    [...lamps, ...others],
    [/Safe Link replaced by the URL inside it: https:\/\/www\.itu\.int.*\/905$/],
  ],
  ['url-wrapped.txt', [...lamps, ...others], [/a URL on two lines read as one/]],
  ['when-dmy-dots.txt', [...lamps, ...others], []],
  ['when-es.txt', [...lamps, ...others], []],
  ['when-fr.txt', [...lamps, ...others], [], { utcOffset: '+01:00' }],
  ['when-iso-t.txt', [...lamps, ...others], []],
  ['when-noon.txt', [...lamps, ...others], [], { start: '11:15', end: '12:00' }],
  ['when-two-days.txt', [...lamps, ...others], [/two days are printed \("16–17 March 2023"\): the first was taken/]],
]

for (const [name, points, reported, head = {}] of cases) {
  test(`${name} is read whole, and only what is reported is missing`, async (t) => {
    const { outcome, omitted, adapted, check } = await importFile(t, name, file(name))
    t.strictSame(pointTexts(outcome), points)
    t.match(outcome, { title: 'Village post offices as access points', session: '2023-905', ...when, ...head })
    t.equal(outcome.url, 'https://www.itu.int/net4/wsis/forum/2023/Agenda/Session/905')
    const notes = [...omitted, ...adapted, ...check].filter((note) => !/letterhead|one paragraph a line/.test(note))
    t.equal(notes.length, reported.length, notes.join('\n'))
    for (const message of reported)
      t.ok(
        notes.some((note) => message.test(note)),
        `${message}`,
      )
  })
}

const texts = async (t: Parameters<typeof importFile>[0], content: string) => {
  const { outcome, check } = await importFile(t, 'a.txt', `${header}Key issues\n\n${content}\n`)
  return { points: pointTexts(outcome), check }
}

test('signs that say something stay before their words', async (t) => {
  const lists = [
    ...[
      '👍 Lamps|👎 Chairs',
      '✓ Lamps|✗ Chairs',
      '→ Lamps|← Chairs',
      '👍🏽 Lamps|👎🏿 Chairs',
      '👩‍💻 Lamps|👨‍🌾 Chairs',
      '🇫🇷 France|🇪🇸 Spain',
    ],
    ...[
      '★ Lamps|☆ Chairs',
      '▲ up|▼ down',
      '🟢 Go|🔴 Stop',
      '□ Lamps|■ Chairs',
      '☐ Lamps|☑ Chairs',
      '+ Lamps|− Chairs',
      '[ ] Lamps|[x] Chairs',
      '#️⃣ Lamps|*️⃣ Chairs',
      '@itu spoke|#lamps trended',
      '§ 7 of the text|¶ 3 of the annex',
      'ⓘ Note|⚠ Lamps',
    ],
    ...[
      '№ 5 was agreed|№ 7 was not',
      '© ITU|© UNESCO',
      '㎝ are small|㎝ are large',
      '% of lamps|% of chairs',
      '℃ rise|℃ fall',
      '€ 5|€ 7',
    ],
  ]
  // A sign for "show the character before as an emoji" is not needed after a keycap.
  for (const list of lists)
    t.strictSame((await texts(t, list.replace('|', '\n'))).points, list.replaceAll('\ufe0f\u20e3', '\u20e3').split('|'))
})

test('a sign that begins every line of a list is its bullet, and reported', async (t) => {
  for (const sign of ['✔', '★', '➝', '§']) {
    const { points, check } = await texts(t, `${sign} Lamps\n${sign} Chairs`)
    t.strictSame(points, ['Lamps', 'Chairs'])
    t.match(check, [new RegExp(`^11 and 12: "${sign}" begins several lines and was read as their bullet`)])
  }
})

test('numbers in circles, brackets and keycaps are list numbers', async (t) => {
  for (const list of [
    '①Lamps|②Chairs',
    '❶ Lamps|❷ Chairs',
    '1️⃣ Lamps|2️⃣ Chairs',
    '⑴ Lamps|⑵ Chairs',
    'ⓐ Lamps|ⓑ Chairs',
    '㈠Lamps|㈡Chairs',
    '⒈Lamps|⒉Chairs',
    '⑳Lamps|㉑Chairs',
    '⓫ Lamps|⓬ Chairs',
    '🄂Lamps|🄃Chairs',
  ]) {
    t.strictSame((await texts(t, list.replace('|', '\n'))).points, ['Lamps', 'Chairs'], list)
  }
})

test('a speaker may come before the quotation and a colon', async (t) => {
  for (const printed of [
    'Ms Ana EXAMPLE, Head of Lamps, Freedonia: “Lamps first.”',
    '- Ms Ana EXAMPLE, Head of Lamps, Freedonia: “Lamps\n  first.”',
    'Ms Ana EXAMPLE, Head of Lamps, Freedonia said: "Lamps first."',
  ]) {
    t.strictSame((await texts(t, printed)).points, ['Lamps first. @ Ms Ana EXAMPLE'])
  }
  t.strictSame((await texts(t, 'One lesson: “Lamps first.”')).points, ['One lesson: “Lamps first.”'])
})

test('a point that begins with the name of its speaker stays whole, and is reported', async (t) => {
  for (const [printed, name] of [
    ['Ms Ana EXAMPLE, Head of Lamps, Freedonia: Lamps matter.', 'Ms Ana EXAMPLE, Head of Lamps, Freedonia'],
    ['Dr. Cy TEST – "Lamps matter."', 'Dr. Cy TEST'],
    ['Мария ПРИМЕР: «Лампы важны.»', 'Мария ПРИМЕР'],
    ['王先生：“灯很重要。”', '王先生'],
  ]) {
    const { points, check } = await texts(t, `- ${printed}`)
    t.strictSame(points, [printed])
    t.strictSame(check, [`11: "${name}" may be the speaker of this point, kept in its text: check it`])
  }
  t.strictSame((await texts(t, '- Note: lamps matter.\n- The chair, Mr Bo: he spoke.')).check, [])
})

test('the rows of a table of Markdown are points', async (t) => {
  const { outcome, omitted } = await importFile(
    t,
    'a.md',
    `${header}## Key issues\n\n| Topic | Country |\n| --- | :-: |\n| Lamps | Sylvania |\n| Chairs | |\n`,
  )
  t.strictSame(pointTexts(outcome), ['Lamps Sylvania', 'Chairs'])
  t.strictSame(omitted, ['11: header row of a table: Topic | Country'])
})

test('a capital word alone in a header is an organizer only if an agency is called so', async (t) => {
  for (const [printed, organizer] of [
    ['DRAFT', null],
    ['FINAL', null],
    ['ITU', 'ITU'],
    ['UNESCO and IFL', 'UNESCO and IFL'],
  ]) {
    const text = `Boats\n\n${printed}\n\nhttps://www.itu.int/net4/wsis/forum/2023/Agenda/Session/905\n\nKey issues\n\n- Tar.\n`
    const { outcome, omitted } = await importFile(t, 'a.txt', text)
    t.match(outcome, { title: 'Boats', organizer })
    t.strictSame(omitted, organizer === null ? [`3: no field of the header: ${printed}`] : [])
  }
})

test('a URL goes on in the next line only if it was broken there', async (t) => {
  const lists: Array<[string, string[]]> = [
    ['- See https://example.org/a/b-\n  c/d.html for more', ['See https://example.org/a/b-c/d.html for more']],
    ['- See www.example.org/x?y=\n  5&z=6 now', ['See www.example.org/x?y=5&z=6 now']],
    ['- (https://example.org/a/\n  b/c) is good', ['(https://example.org/a/b/c) is good']],
    ['- See https://example.org/a/\n- Next', ['See https://example.org/a/', 'Next']],
    ['- See https://example.org/a\n  and more', ['See https://example.org/a and more']],
  ]
  for (const [printed, points] of lists) t.strictSame((await texts(t, printed)).points, points)
})

test('dates are read in the six languages of the UN and in the usual numbers', (t) => {
  const forms: Array<
    [printed: string, date: string | null, start?: string, end?: string, utcOffset?: string, zone?: string]
  > = [
    ['le 1er mars 2023 de 11 h 00 à 11 h 45', '2023-03-01', '11:00', '11:45'],
    ['jueves 16 de marzo de 2023, de 11:00 a 11:45 h', '2023-03-16', '11:00', '11:45'],
    ['четверг, 16 марта 2023 года, с 11.00 до 11.45', '2023-03-16', '11:00', '11:45'],
    ['2023年3月16日（星期四）下午3:00-4:30', '2023-03-16', '15:00', '16:30'],
    ['١٦ مارس ٢٠٢٣، ١١:٠٠–١١:٤٥', '2023-03-16', '11:00', '11:45'],
    ['16 آذار/مارس 2023', '2023-03-16'],
    ['2023-03-16 11:00 – 2023-03-16 11:45', '2023-03-16', '11:00', '11:45'],
    ['الخميس 16 آذار 2023 من الساعة 11:00 إلى 11:45', '2023-03-16', '11:00', '11:45'],
    ['16/03/2023', '2023-03-16'],
    ['03/16/2023', '2023-03-16'],
    ['16-Mar-2023', '2023-03-16'],
    ['2023-03-16T10:00:00Z/2023-03-16T10:45:00Z', '2023-03-16', '10:00', '10:45', '+00:00'],
    ['16 March 2023, 10:00-10:45 (UTC)', '2023-03-16', '10:00', '10:45', '+00:00'],
    ['16 March 2023, noon to 1 p.m.', '2023-03-16', '12:00', '13:00'],
    ['16 March 2023, 2 pm - 3:30', '2023-03-16', '14:00', '15:30'],
    ['16 March 2023, 11:00-11:45 CET (UTC+01:00)', '2023-03-16', '11:00', '11:45', '+01:00', 'CET'],
  ]
  for (const [printed, date, start = null, end = null, utcOffset = null, printedZone = null] of forms) {
    t.match(readWhen(printed), { date, start, end, utcOffset, printedZone, rest: '', doubts: [] }, printed)
  }
  t.end()
})

test('what a date or time leaves open is reported', (t) => {
  const forms: Array<[printed: string, date: string | null, doubt: RegExp]> = [
    ['03/04/2023', null, /may be two days/],
    ['16 and 17 March 2023', '2023-03-16', /two days are printed/],
    ['March 16-17, 2023', '2023-03-16', /two days are printed/],
    ['March 16 – March 17, 2023', '2023-03-16', /two days are printed/],
    ['31 March to 1 April 2023', '2023-03-31', /two days are printed/],
    ['31 March 2023 – 1 April 2023', '2023-03-31', /two days are printed/],
    ['16 March 2023, 23:00-24:00', '2023-03-16', /midnight, was stored as 00:00/],
    ['16 March 2023, 10 p.m. to midnight', '2023-03-16', /midnight, was stored as 00:00/],
    ['16 March 2023, 11:00–11:45 CET / 10:00–10:45 UTC', '2023-03-16', /two times are printed.*10:00–10:45 UTC/],
    ['16 March 2023, 11:00 CET/EST', '2023-03-16', /several time zones are printed \(CET, EST\)/],
    ['16 March 2023, 11:00 (UTC+01:00 / UTC-05:00)', '2023-03-16', /several time zones/],
    ['16 March 2023, 11:00 (UTC+25)', '2023-03-16', /no offset from UTC/],
  ]
  for (const [printed, date, doubt] of forms) {
    const when = readWhen(printed)
    t.equal(when?.date, date, printed)
    t.match(when?.doubts.join('\n'), doubt, printed)
  }
  t.end()
})

test('text of a header that is not understood is in no field, but reported', async (t) => {
  for (const printed of [
    'Thursday the sixteenth of March',
    '16 March',
    '16.III.2023',
    '16. März 2023, 11:00 Uhr',
    'SEIZE MARS 2023',
    '16 Mar 23',
    'Week 11, 2023',
    'DRAFT',
    'Via Zoom',
    'Moderated by Jane DOE',
    '२०२३ मार्च १६',
  ]) {
    const text = `Summary of Session: Boats\n\n${printed}\n\n${union}\n\nhttps://www.itu.int/net4/wsis/forum/2023/Agenda/Session/905\n\nKey issues\n\n- Tar.\n`
    const { outcome, omitted } = await importFile(t, 'a.txt', text)
    t.match(
      outcome,
      { title: 'Boats', organizer: union, date: null, start: null, sections: [{ heading: 'Key issues' }] },
      printed,
    )
    t.strictSame(omitted, [`3: no field of the header: ${printed}`])
  }
})
