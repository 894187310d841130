import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Test, test } from 'tap'
import { importOutcomes } from '../importer/import-outcome.ts'
import { OutcomeFile } from '../src/seed/outcome-documents.ts'
import { Value } from '../src/typebox.ts'
import { header, sample, section } from './fixtures/outcome-documents.ts'
import { importFile, sink } from './importer.ts'

/** Runs the command in this process, with `--print` and the text in a file. */
async function read(t: Test, text: string | Uint8Array, ...args: string[]) {
  const { status, report, omitted, adapted, check, outcome } = await importFile(t, 'document.txt', text, ...args)
  const isNote = (line: string) => line !== '' && !/^(?:document\.txt|Omitted|Read differently|Check)$/.test(line)
  const messages = report.split('\n').flatMap((line) => (isNote(line.trim()) ? [line.trim()] : []))
  return { status, report, messages, omitted, adapted, unsure: check, outcome }
}

/** The points of the first section of a document whose section has this content. */
const points = async (t: Test, content: string) =>
  (await read(t, `${header}Key Issues discussed\n\n${content}`)).outcome.sections[0]?.points

const texts = async (t: Test, content: string) => (await points(t, content))?.map(({ text }) => text)

test('a document of the 2023 template is read with its header, five sections, six quotations and one N/A', async (t) => {
  const { outcome, messages, status } = await read(t, sample)
  const { sections, ...head } = outcome
  t.equal(status, 0)
  t.ok(Value.Check(OutcomeFile, outcome))
  t.strictSame(head, {
    session: '2023-912',
    title: 'Harbour libraries: reading rooms for sailors | Lessons from five ports',
    organizer: 'Institute of Floating Libraries and Harbour Office of Porto Novo',
    date: '2023-03-13',
    start: '15:00',
    end: '15:45',
    utcOffset: '+01:00',
    printedZone: null,
    url: 'https://www.itu.int/net4/wsis/forum/2023/Agenda/Session/912',
    template: '2023',
    fidelity: 'verbatim',
  })
  t.strictSame(
    sections.map(({ kind, notApplicable, points: { length } }) => [kind, notApplicable, length]),
    [
      ['key-issues', false, 6],
      ['wsis-beyond-2025', true, 0],
      ['tangible-outcomes', false, 5],
      ['action-plan', false, 3],
      ['next-forum-suggestions', false, 1],
    ],
  )
  const [issues, trends, outcomes, plan, next] = sections
  t.equal(issues?.intro, 'Five ports compared their reading rooms, and the speakers closed with one sentence each:')
  t.strictSame(issues?.points[0], {
    text: 'A reading room needs a lamp, a chair and a timetable. We borrowed the "Lantern list" from a neighbour, and it worked at once.',
    speaker: {
      name: 'H.E. Dr Anna EXEMPLAR',
      role: 'Ambassador for Ports',
      affiliation: 'Ministry of the Sea, Freedonia',
    },
  })
  t.equal(issues?.points[3]?.text, 'Do not nail the shelves to the wall before the ship has turned twice.')
  t.strictSame(issues?.points[5]?.speaker, {
    name: 'Mr Jan K. SPECIMEN',
    role: 'Head of the Quay Office for Europe',
    affiliation: 'IFL',
  })
  t.match(trends?.heading, /^Towards WSIS\+20 .* to date \(5-8 bullets\)$/)
  t.match(outcomes?.heading, /^Tangible outcomes \(such .*commitments \(3-5 bullet points\)$/)
  t.match(plan?.points[1]?.text, / bringing together .* rooms for long voyages and short stays\.$/)
  t.match(next?.points[0]?.text, /The next session could ask how small harbours/)
  t.strictSame(messages, [
    '3: letterhead: Session Outcome Document',
    '1: read as one paragraph a line',
    '55: joined across a page break: "… st. The next session could ask / how small harbours lend books  …": check that it is one sentence',
    '502 of 505 words (99 %) are in the result',
    'session 2023-912 is not in seed/sessions.json: add it there too',
  ])
})

test('date and time are read in every form that was seen, and nothing that was not printed is filled in', async (t) => {
  const none = { date: null, start: null, end: null, utcOffset: null, printedZone: null }
  const forms: Array<[string, Partial<OutcomeFile>]> = [
    [
      '13 March 2023 | 15:00-15:45 (UTC+01:00)',
      { date: '2023-03-13', start: '15:00', end: '15:45', utcOffset: '+01:00' },
    ],
    [
      'Monday, 13 February 2023 14:00–15:00 (UTC+01:00)',
      { date: '2023-02-13', start: '14:00', end: '15:00', utcOffset: '+01:00' },
    ],
    [
      '12:00–13:00 (UTC+02:00), Friday, 30 April 2021',
      { date: '2021-04-30', start: '12:00', end: '13:00', utcOffset: '+02:00' },
    ],
    [
      '13:00–14:00 CEST (UTC+02:00), Wednesday, 1 July 2020',
      { date: '2020-07-01', start: '13:00', end: '14:00', utcOffset: '+02:00', printedZone: 'CEST' },
    ],
    ['Time: 14:00 to 15:00 CET', { start: '14:00', end: '15:00', printedZone: 'CET' }],
    ['14h–15h', { start: '14:00', end: '15:00' }],
    ['14h30 - 16h15', { start: '14:30', end: '16:15' }],
    ['4:30 PM - 6:00 PM', { start: '16:30', end: '18:00' }],
    ['11:00 - 12:30 p.m.', { start: '11:00', end: '12:30' }],
    ['2:00-3:30 p.m. 13 March 2023', { date: '2023-03-13', start: '14:00', end: '15:30' }],
    ['9–11 am UTC-5', { start: '09:00', end: '11:00', utcOffset: '-05:00' }],
    ['12 am', { start: '00:00' }],
    ['14:30', { start: '14:30' }],
    ['14.30', { start: '14:30' }],
    ['Date: March 3rd, 2022', { date: '2022-03-03' }],
    ['2021-04-26', { date: '2021-04-26' }],
  ]
  for (const [printed, expected] of forms) {
    const text = `Summary of Session: Boats\n\n${printed}\n\nhttps://www.itu.int/net4/wsis/forum/2023/Agenda/Session/7\n\n${section}`
    const { date, start, end, utcOffset, printedZone, organizer } = (await read(t, text)).outcome
    t.strictSame({ date, start, end, utcOffset, printedZone }, { ...none, ...expected }, printed)
    t.equal(organizer, null, printed)
  }
})

test('a doubtful date is reported and never corrected', async (t) => {
  const doubts: Array<[string, RegExp, string | null]> = [
    ['13–17 March 2023', /several days are printed/, null],
    ['31 February 2023', /"31 February 2023" is no day of the calendar/, null],
    ['Monday, 14 March 2023', /2023-03-14 is not a Monday/, '2023-03-14'],
    ['14 March 2023, 15:00-14:00', /the end \(14:00\) is not after the start/, '2023-03-14'],
    ['14 March 2023, 25:00-26:00', /not understood, beside the date: 25:00-26:00/, '2023-03-14'],
    ['14 March 2023, 15:00-26:00', /not understood, beside the date: 26:00/, '2023-03-14'],
    ['14 March 2023, 3-5', /not understood, beside the date: 3-5/, '2023-03-14'],
    ['14 March 2023 | Popov', /not understood, beside the date: Popov/, '2023-03-14'],
    ['𝟏3 March 2023', /no field of the header: 𝟏3 March 2023/, null],
    ['14 March 2023\n\n15 March 2023', /a second date or time: 15 March 2023/, '2023-03-14'],
  ]
  for (const [printed, message, date] of doubts) {
    const text = `Summary of Session: Boats\n\n${printed}\n\nhttps://www.itu.int/net4/wsis/forum/2023/Agenda/Session/7\n\n${section}`
    const { outcome, messages } = await read(t, text)
    t.match(messages.join('\n'), message)
    t.equal(outcome.date, date, printed)
  }
})

test('the session is told from its address in every pattern of the site', async (t) => {
  const addresses: Array<[string, string]> = [
    ['https://www.itu.int/net4/wsis/forum/2023/Agenda/Session/366', '2023-366'],
    ['http://www.itu.int/net4/wsis/forum/2019/Agenda/ViewSession/12', '2019-12'],
    ['https://www.itu.int/net4/wsis/forum/2020/Pages/Agenda/Session/5', '2020-5'],
    ['https://www.itu.int/net4/wsis/forum/2022/en/Agenda/Session/105', '2022-105'],
    ['https://www.itu.int:443/net4/wsis/forum/2021/en/Agenda/ViewSession/241', '2021-241'],
    ['Session link: www.itu.int/net4/wsis/forum/2024/Agenda/Session/9?x=1#top', '2024-9'],
  ]
  for (const [address, id] of addresses) {
    const { outcome } = await read(t, `Summary of Session: Boats\n\n${address}\n\n${section}`)
    t.equal(outcome.session, id, address)
    t.ok(address.endsWith(outcome.url ?? '-'))
  }
})

test('a document without address needs --session, and one that contradicts it is refused', async (t) => {
  const bare = `Summary of Session: Boats\n\n${section}`
  t.match((await read(t, bare)).messages, [
    /refused: no session URL in its header: .*--session ID, for example 2023-366$/,
  ])
  t.equal((await read(t, bare, '--session', '2021-opening')).outcome.session, '2021-opening')
  t.match((await read(t, header + section, '--session', '2023-78')).messages, [
    /says session 2023-77, --session says 2023-78/,
  ])
  t.equal((await read(t, header + section, '--session', '2023-77')).status, 0)
  const second = await read(
    t,
    `${header}https://www.itu.int/net4/wsis/forum/2023/Agenda/Session/78 again\n\n${section}`,
  )
  t.equal(second.outcome.session, '2023-77')
  t.match(second.unsure.join('\n'), /two session URLs: check/)
  const beside = await read(t, `Session: x\n\nSee www.itu.int/net4/wsis/forum/2023/Agenda/Session/78\n\n${section}`)
  t.match(beside.messages.join('\n'), /beside the URL: See/)
})

test('an address in the text is no guess at the session, but named as a hint', async (t) => {
  const said = '- See https://www.itu.int/net4/wsis/forum/2022/Agenda/Session/99 for more.\n'
  for (const text of [
    `Summary of Session: Boats\n\n${section}${said}`,
    `Summary of Session: Boats\n\n${said}\n${section}`,
  ]) {
    t.match((await read(t, text)).messages[0], /no session URL in its header: .*--session ID.*2022-99 is in the text/)
    const { outcome } = await read(t, text, '--session', '2023-7')
    t.strictSame([outcome.session, outcome.url], ['2023-7', null])
  }
})

test('the header is read in any order, and every part may be missing', async (t) => {
  const parts = header.trim().split('\n\n')
  const { sections: _, ...expected } = (await read(t, header + section)).outcome
  const orders = [
    [3, 2, 1, 0],
    [1, 0, 3, 2],
    [2, 3, 0, 1],
  ]
  for (const order of orders) {
    const { sections: __, ...head } = (await read(t, `${order.map((n) => parts[n]).join('\n')}\n${section}`)).outcome
    t.strictSame(head, expected, `${order}`)
  }
  const names = ['title', 'organizer', 'date', 'url'] as const
  for (const [missing, name] of names.entries()) {
    const text = `${parts.filter((_part, n) => n !== missing).join('\n\n')}\n\n${section}`
    const { outcome, unsure } = await read(t, text, '--session', '2023-77')
    t.equal(outcome[name], null)
    t.match(unsure.join('\n'), new RegExp(`1: not found: ${name}`))
  }
})

test('labels, titles on two lines, several organizers and titles without label are read, and guesses reported', async (t) => {
  const url = 'URL: https://www.itu.int/net4/wsis/forum/2023/Agenda/Session/77'
  const labelled = await read(
    t,
    `WSIS Forum 2023\nLead organization: Quay Office\nCo-organized by: IFL\nRoom Popov\nSession title: Boats and\nharbours\n${url}\n${section}`,
  )
  t.equal(labelled.outcome.organizer, 'Quay Office; IFL')
  t.equal(labelled.outcome.title, 'Boats and harbours')
  t.match(labelled.messages.join('\n'), /4: no field of the header: Room Popov/)
  t.match(labelled.unsure.join('\n'), /joined to the line before: "harbours"/)
  const plain = await read(t, `Boats: a survey\n\nHarbour Institute\n\nQuay Office\n\n${url}\n\n${section}`)
  t.equal(plain.outcome.title, 'Boats: a survey')
  t.equal(plain.outcome.organizer, 'Harbour Institute; Quay Office')
  t.match(plain.unsure.join('\n'), /"Boats: a survey" was taken as the title/)
  t.match(plain.unsure.join('\n'), /"Quay Office" was taken as one more organizer/)
  const wrapped = await read(
    t,
    `Summary of Session: ${'Boats and harbours '.repeat(4)}all\nYear\n\n${url}\n\n${section}\n- ${'Tar and sails. '.repeat(6)}We mend\nthem.`,
  )
  t.match(wrapped.outcome.title, /harbours all Year$/)
})

test('headings are known by their beginning, whatever their case, numbering, guidance, brackets and line breaks', async (t) => {
  const headings: Array<[string, string]> = [
    ['KEY ISSUES DISCUSSED', 'key-issues'],
    ['1. Key issues', 'key-issues'],
    ['II. Debated issues:', 'key-issues'],
    ['Main issues raised by the panel', 'key-issues'],
    [
      'Towards WSIS+20 and WSIS beyond 2025, please share your views on the emerging trends,\nchallenges, and\nopportunities in the WSIS\nAction Lines (5-8 bullets)',
      'wsis-beyond-2025',
    ],
    ['Vision for WSIS beyond 2025', 'wsis-beyond-2025'],
    ['tangible outcomes (such as launches, and\ncommitments (3-5 bullet points)', 'tangible-outcomes'],
    ['Key achievements, announcements, launches, agreements, and commitments', 'tangible-outcomes'],
    ['Action plan (2-5 points)', 'action-plan'],
    ['Actionable Plan:', 'action-plan'],
    [
      'Suggestions for thematic aspects that might be included in the WSIS Forum 2024\n(one paragraph)',
      'next-forum-suggestions',
    ],
    ['Main outcomes highlighting the following:', 'other'],
    ['Emerging trends related to WSIS Action Lines identified during the meeting', 'other'],
    ['Quotes', 'other'],
    ['Moderator/Panellists', 'other'],
  ]
  for (const [printed, kind] of headings) {
    const { outcome, unsure } = await read(t, `${header}${printed}\n\n- One.\n- Two.\n`)
    const [first] = outcome.sections
    t.strictSame([first?.kind, first?.heading, first?.points.length], [kind, printed.replace(/\n/g, ' '), 2], printed)
    t.strictSame(unsure, [])
  }
})

test('an unknown heading becomes "other" with its heading kept, and is reported', async (t) => {
  const said = 'It was said by all that boats need tar and sails, and a harbour to come home to.'
  const { outcome, unsure } = await read(
    t,
    `${header}${section}\nLessons for next year\n\n- Tar early.\n- Sail late.\n\nWider views\n\n${said}`,
  )
  t.strictSame(
    outcome.sections.map(({ kind, heading }) => [kind, heading]),
    [
      ['key-issues', 'Key Issues discussed (5-8 bullet points)'],
      ['other', 'Lessons for next year'],
      ['other', 'Wider views'],
    ],
  )
  t.match(unsure, [/^13: unknown heading "Lessons for next year", kept as "other"/, /^18: unknown/])
})

test('a section that says N/A, or ends with a capital A, ends at the next heading', async (t) => {
  const { outcome } = await read(
    t,
    `${header}${section}\nTowards WSIS+20 and WSIS beyond 2025 (5-8 bullets)\nN/A\nTangible outcomes (3-5 bullet points)\n- Lamps for quay A\nAction plan\n- Tar.`,
  )
  t.strictSame(
    outcome.sections.slice(1).map(({ kind, notApplicable, points: p }) => [kind, notApplicable, p.map((x) => x.text)]),
    [
      ['wsis-beyond-2025', true, []],
      ['tangible-outcomes', false, ['Lamps for quay A']],
      ['action-plan', false, ['Tar.']],
    ],
  )
})

test('a heading is whole wherever its lines are broken', async (t) => {
  const headings: Array<[string, string]> = [
    ['Action\nplan', 'action-plan'],
    ['Action\nPlan', 'action-plan'],
    ['Tangible\noutcomes', 'tangible-outcomes'],
    ['Suggestions for\nthematic aspects for the forum', 'next-forum-suggestions'],
    ['Towards WSIS+20 and\nWSIS beyond 2025 (5-8\nbullets)', 'wsis-beyond-2025'],
    ['Towards WSIS+20 and WSIS beyond\n2025, please share\nyour WSIS\nViews', 'wsis-beyond-2025'],
    ['Towards WSIS+20 and WSIS beyond 2025,\nplease share your views', 'wsis-beyond-2025'],
    ['Suggestions for thematic aspects that\nmight be included in the WSIS\nForum', 'next-forum-suggestions'],
    ['Tangible outcomes (such as\nkey achievements, announcements, launches)', 'tangible-outcomes'],
    [
      'Suggestions for thematic aspects that might be included in the WSIS Forum 2024 (Quay Event)\n(one paragraph)',
      'next-forum-suggestions',
    ],
  ]
  for (const [printed, kind] of headings) {
    for (const [before, at] of [
      ['', 0],
      [section, 1],
    ] as const) {
      const { outcome, unsure } = await read(t, `${header}${before}${printed}\n- One.\n- Two.\n`)
      const found = outcome.sections[at]
      t.strictSame([found?.kind, found?.heading, found?.points.length], [kind, printed.replace(/\n/g, ' '), 2], printed)
      t.strictSame(unsure, [])
    }
  }
})

test('a text right after a heading that has no brackets is not taken into it', async (t) => {
  for (const heading of [
    'Suggestions for thematic aspects that might be included in the WSIS Forum 2024',
    'Towards WSIS+20 and WSIS beyond 2025, please share your views on the WSIS Action Lines to date',
  ]) {
    const { outcome } = await read(t, `${header}${heading}\nGreen boats and\nblue seas.`)
    t.match(outcome.sections, [{ heading, points: [{ text: 'Green boats and blue seas.' }] }])
  }
})

test('a heading that a page break cuts is joined, and the join reported', async (t) => {
  const { outcome, unsure } = await read(
    t,
    `${header}Tangible outcomes (such as launches,\n\fgifts (3-5 points)\n- One.`,
  )
  t.equal(outcome.sections[0]?.heading, 'Tangible outcomes (such as launches, gifts (3-5 points)')
  t.match(unsure, [/joined across a page break/])
})

test('a heading with a Roman number begins a section, and is reported when it is not known', async (t) => {
  const { outcome, unsure } = await read(
    t,
    `${header}I. Debated issues\n- Tar.\nII. Quotes\n- "We need lamps." Mr Jan DOE, Head, IFL\nIII. Overall results of the evening\n- Lamps.\n\nIV. Main links with the tides\n\n- Ebb.\nV. Nothing more was said.\n`,
  )
  t.strictSame(
    outcome.sections.map(({ kind, heading, points: p }) => [kind, heading, p.map(({ text }) => text)]),
    [
      ['key-issues', 'I. Debated issues', ['Tar.']],
      ['other', 'II. Quotes', ['We need lamps.']],
      ['other', 'III. Overall results of the evening', ['Lamps.']],
      ['other', 'IV. Main links with the tides', ['Ebb.', 'Nothing more was said.']],
    ],
  )
  t.match(unsure, [/unknown heading "III\. Overall/, /unknown heading "IV\. Main/])
})

test('an unknown heading before all known ones is kept with its points, and is neither title nor organizer', async (t) => {
  const url = 'https://www.itu.int/net4/wsis/forum/2023/Agenda/Session/77'
  for (const head of [header, `${header}Organizer: Quay Office\n\n`, `Boats\n\nHarbour Institute\n\n${url}\n\n`]) {
    const { outcome, unsure } = await read(t, `${head}Key Isues discussed\n\n- Tar.\n\n${section}`)
    t.strictSame(
      outcome.sections.map(({ kind, heading, points: p }) => [kind, heading, p.length]),
      [
        ['other', 'Key Isues discussed', 1],
        ['key-issues', 'Key Issues discussed (5-8 bullet points)', 1],
      ],
    )
    t.notMatch(outcome.organizer, /Isues/)
    t.match(unsure.join('\n'), /unknown heading "Key Isues discussed"/)
  }
  for (const text of [`${header}Key Isues discussed\n- Tar.`, `${header.trimEnd()}\nKey Isues discussed\n\n- Tar.`]) {
    const { outcome } = await read(t, `${text}\n\n${section}`)
    t.match(outcome.sections[0], {
      kind: 'other',
      heading: 'Key Isues discussed',
      intro: null,
      points: [{ text: 'Tar.' }],
    })
  }
})

test('a sentence that begins like a heading is no heading', async (t) => {
  t.strictSame(await texts(t, '- Mend sails.\n- Action plan was agreed by all.\n\nKey issues were few\nand small.'), [
    'Mend sails.',
    'Action plan was agreed by all.',
    'Key issues were few and small.',
  ])
})

test('a title may begin like a heading', async (t) => {
  const { outcome } = await read(
    t,
    `${header.replace('Summary of Session: Boats: a survey', 'Action plans for boats')}${section}`,
  )
  t.equal(outcome.date, '2023-03-13')
  t.equal(outcome.sections[0]?.heading, 'Action plans for boats')
})

test('what stands behind the colon of a heading belongs to its section', async (t) => {
  const { outcome } = await read(t, `${header}${section}\nAction plan: N/A\n\nKey issues: - Tar.\n`)
  t.strictSame(
    outcome.sections.slice(1).map(({ heading, notApplicable, points: p }) => [heading, notApplicable, p.length]),
    [
      ['Action plan:', true, 0],
      ['Key issues:', false, 1],
    ],
  )
})

test('N/A in every spelling makes a section not applicable, and only when nothing else stands there', async (t) => {
  for (const printed of ['N/A', 'n/a', 'NA', 'N.A.', 'Not applicable', 'None.', '- Nil']) {
    const { outcome } = await read(t, `${header}${section}\nAction plan\n\n${printed}\n\nQuotes\n\n- One.`)
    t.strictSame(outcome.sections[1], {
      kind: 'action-plan',
      heading: 'Action plan',
      notApplicable: true,
      intro: null,
      points: [],
    })
  }
  const { outcome } = await read(t, `${header}Action plan\n\nN/A\n- but tar.\n`)
  t.equal(outcome.sections[0]?.notApplicable, false)
  t.equal(outcome.sections[0]?.intro, 'N/A')
})

test('points begin with any of the usual bullets or list numbers', async (t) => {
  for (const [one, two] of [
    ['- ', '- '],
    ['• ', '•\t'],
    ['· ', '· '],
    ['– ', '— '],
    ['* ', '* '],
    ['1. ', '2. '],
    ['9. ', '10. '],
    ['1) ', '2) '],
    ['a) ', 'b) '],
    ['(i) ', '(ii) '],
    ['-', '–'],
    ['\uf0b7 ', '▪ '],
  ]) {
    t.strictSame(
      await texts(
        t,
        `${one}Tar the
boats.
${two}Mend sails.`,
      ),
      ['Tar the boats.', 'Mend sails.'],
      `${one}`,
    )
  }
})

test('points begin with any mark that two lines in a row share, or that makes a series', async (t) => {
  for (const [one, two] of [
    ['a. ', 'b. '],
    ['A) ', 'B) '],
    ['(A) ', '(B) '],
    ['I. ', 'II. '],
    ['i. ', 'ii. '],
    ['1- ', '2- '],
    ['[1] ', '[2] '],
    ['① ', '② '],
    ['а) ', 'б) '],
    ['١. ', '٢. '],
    ['§ ', '§ '],
    ['Ø ', 'Ø '],
    ['v ', 'v '],
    ['=> ', '=> '],
    ['➝ ', '➝ '],
    ['→ ', '→ '],
    ['\ue00c ', '\ue00c '],
    ['', ''],
  ]) {
    t.strictSame(await texts(t, `${one}Tar is dear.\n${two}Sails tear.`), ['Tar is dear.', 'Sails tear.'], `${one}`)
  }
})

test('a mark that could be a word or a name is read as one only in a series', async (t) => {
  for (const printed of [
    'A. Smith tars.\nJ. Jones sails.',
    'A counter helps.\nA book helps.',
    '60 boats.\n70 sails.',
  ]) {
    t.strictSame(await texts(t, printed), printed.split('\n'))
  }
  const { unsure } = await read(t, `${header}Key issues\n\nØ Tar\nØ Sails`)
  t.match(unsure, [/"Ø" begins several lines and was read as their bullet: check it/])
})

test('nested points stay under their point', async (t) => {
  const expected = [
    {
      text: 'Tar:',
      speaker: null,
      points: [
        { text: 'black;', speaker: null },
        { text: 'brown.', speaker: null },
      ],
    },
    { text: 'Sails.', speaker: null },
  ]
  for (const printed of [
    '- Tar:\n   - black;\n   - brown.\n- Sails.',
    '- Tar:\n\to\tblack;\n\to\tbrown.\n- Sails.',
    '1.\tTar:\na.\tblack;\nb.\tbrown.\n2.\tSails.',
    '1. Tar:\n   (i) black;\n   (ii) brown.\n2. Sails.',
  ]) {
    const { outcome } = await read(t, `${header}Key issues\n\n${printed}`)
    t.strictSame(outcome.sections[0]?.points, expected, printed)
    t.ok(Value.Check(OutcomeFile, outcome))
  }
})

test('a text is read as hard-wrapped or as one paragraph a line, and told so', async (t) => {
  const wrapped =
    'Lamps are lit on every quay of the town in winter, by the\nkeepers. Chairs are bought in spring, from the\nInstitute.'
  const first = await read(t, `${header}Key issues\n\n${wrapped}`)
  t.match(first.messages.join('\n'), /1: read as hard-wrapped at 57 characters/)
  t.strictSame(first.outcome.sections[0]?.points.length, 1)
  const second = await read(t, `${header}Key issues\n\nLamps are lit.\nChairs are bought\nIn spring we sail.`)
  t.match(second.messages.join('\n'), /1: read as one paragraph a line/)
  t.strictSame(second.outcome.sections[0]?.points.length, 3)
  t.match(second.unsure, [/"… Chairs are bought \/ In spring we sail\. …" kept as two: check/])
})

test('a join of two lines that both look whole is told', async (t) => {
  const line = 'Lamps are lit on the quay in winter and in the summer too,'
  const { outcome, unsure } = await read(
    t,
    `${header}Key issues\n\n${line}\nby the keepers of all the quays, who like to see the light.\nChairs are bought in spring.`,
  )
  t.equal(outcome.sections[0]?.points.length, 1)
  t.match(unsure, [/joined across a line end: ".* who like to see the light\. \/ Chairs are bought/])
})

test('Chinese lines are joined without a space', async (t) => {
  t.strictSame(await texts(t, '- 我们需要更多的灯，\n因为冬天很黑。'), ['我们需要更多的灯，因为冬天很黑。'])
})

test('a table of a text is read row by row, with tabs or with a cell a line', async (t) => {
  const jane = { name: 'Ms Jane DOE', role: 'Head', affiliation: 'IFL' }
  for (const printed of [
    'Speaker\tMessage\nMs Jane DOE, Head, IFL\tTar first.',
    'Speaker\nMessage\nMs Jane DOE, Head, IFL\nTar first.',
  ]) {
    t.strictSame(await points(t, printed), [{ text: 'Tar first.', speaker: jane }])
  }
  t.strictSame(await texts(t, '1.\tTar\n2.\tSails'), ['Tar', 'Sails'])
})

test('a label of the header may be alone on its line, before what it labels', async (t) => {
  const { outcome } = await read(
    t,
    `Session title\nBoats\nOrganizer:\n\nQuay Office\nDate\n13 March 2023\nLink\nhttps://www.itu.int/net4/wsis/forum/2023/Agenda/Session/77\nTitle\n\n${section}`,
  )
  t.match(outcome, { title: 'Boats', organizer: 'Quay Office', date: '2023-03-13', session: '2023-77' })
})

test('a placeholder that was never filled is told', async (t) => {
  const { unsure } = await read(t, `${header}Key issues\n\n- [Insert name] said so.\n- Lamps: TBC.`)
  t.match(unsure, [/"\[Insert name\]" looks like a placeholder never filled/, /"TBC" looks like a placeholder/])
})

test('marks that are not seen change neither quotation nor time nor heading', async (t) => {
  const url = 'https://www.itu.int/net4/wsis/forum/2023/Agenda/Session/77'
  const { outcome } = await read(
    t,
    `Summary of Session: Boats\n\n16 March 2023 | 11:00\u201111:45 (UTC\u201201:00)\n\n${url}\n\n\u200eKey issues\n\n- \u200f“Tar first.” Ms Zoe\u0308 DOE, Head, IFL\n- a\u200db \u200dc`,
  )
  t.match(outcome, { start: '11:00', end: '11:45', utcOffset: '-01:00' })
  t.match(outcome.sections[0]?.points, [
    { text: 'Tar first.', speaker: { name: 'Ms Zo\u00eb DOE' } },
    { text: 'a\u200db c' },
  ])
})

test('numbers that are no list numbers stay in the text', async (t) => {
  t.strictSame(
    await texts(
      t,
      '- Indicator\n16.10.1 counts.\n- Since\n2030 Agenda.\n- For\n3.5 billion.\n- On SDG\n16. All agreed.\n- It is\no Brasil.',
    ),
    [
      'Indicator 16.10.1 counts.',
      'Since 2030 Agenda.',
      'For 3.5 billion.',
      'On SDG 16. All agreed.',
      'It is o Brasil.',
    ],
  )
  t.strictSame(await texts(t, '16.10.1 counts.'), ['16.10.1 counts.'])
  t.strictSame(await texts(t, '1. Indicator\n16.10.1 counts\n2030 Agenda\n3.5 billion.'), [
    'Indicator 16.10.1 counts 2030 Agenda 3.5 billion.',
  ])
  t.strictSame(await texts(t, '1. Tar\n2. Sails'), ['Tar', 'Sails'])
})

test('numbered points stay apart when a number is left out or out of order', async (t) => {
  t.strictSame(await texts(t, '1. alpha\n2. beta\n4. delta\n3. gamma'), ['alpha', 'beta', 'delta', 'gamma'])
  t.strictSame(await texts(t, '2. two\n10. ten'), ['two', 'ten'])
})

test('a sentence before the points is the intro, paragraphs without bullets are points', async (t) => {
  const { sections } = (
    await read(
      t,
      `${header}Key issues (2 points)\nThree things:\nTar is dear.\n\nAction plan\n\nOne more paragraph.\n\nAnd another.\n`,
    )
  ).outcome
  t.strictSame(
    sections.map(({ intro, points: p }) => [intro, p.map(({ text }) => text)]),
    [
      ['Three things:', ['Tar is dear.']],
      [null, ['One more paragraph.', 'And another.']],
    ],
  )
  const { unsure } = await read(t, `${header}Key issues\n\nSails for All:\nThis theme is wide.`)
  t.match(unsure, [/^11: taken as the sentence before the points: "Sails for All:": check it/])
  const after = await read(t, `${header}Key issues\n\nFirst.\n\nSecond:\n- Tar.\n\nLast words.`)
  t.equal(after.outcome.sections[0]?.intro, 'First.\n\nSecond:')
  t.match(after.unsure, [/no bullet, but after one/])
})

test('names that stand line by line are points of their own', async (t) => {
  t.strictSame(await texts(t, 'Ms Jane DOE, Head\nMr Jan DOE,\nCaptain\n'), [
    'Ms Jane DOE, Head',
    'Mr Jan DOE, Captain',
  ])
})

test('a quotation keeps its words, and its speaker is split as printed', async (t) => {
  const jane = { name: 'Ms Jane DOE', role: 'Head', affiliation: 'Quay Office, IFL' }
  const forms: Array<[string, string, object | null]> = [
    ['"Tar." Ms Jane DOE, Head, Quay Office, IFL', 'Tar.', jane],
    ['"Tar." - Ms Jane DOE, Head, Quay Office, IFL', 'Tar.', jane],
    ['“Tar.” — Ms Jane DOE, Head, Quay Office, IFL', 'Tar.', jane],
    ['«Tar.» Ms Jane DOE, Head, Quay Office, IFL', 'Tar.', jane],
    ['„Tar.“ – Ms Jane DOE, Head, Quay Office, IFL', 'Tar.', jane],
    ['"Tar," by Ms Jane DOE, Head, Quay Office, IFL', 'Tar,', jane],
    ['"Tar." (Ms Jane DOE, Head, Quay Office, IFL)', 'Tar.', jane],
    ['“The “tar list” helps.” Ms Jane DOE, Head, Quay Office, IFL', 'The “tar list” helps.', jane],
    ['"The "tar list" and "sail list"" Ms Jane DOE, Head, Quay Office, IFL', 'The "tar list" and "sail list"', jane],
    ['"Tar" Jane van DOE, PhD, Head, IFL', 'Tar', { name: 'Jane van DOE, PhD', role: 'Head', affiliation: 'IFL' }],
    ['"Tar."\n- Ms Jane DOE, Head, Quay Office, IFL', 'Tar.', jane],
    ['"Tar."\n\nMs Jane DOE, Head, Quay Office, IFL', 'Tar.', jane],
    ['"Tar" - Jane DOE', 'Tar', { name: 'Jane DOE', role: null, affiliation: null }],
    ['"Tar" Ms DOE', 'Tar', { name: 'Ms DOE', role: null, affiliation: null }],
    ['- "Tar"\n— Jane DOE, Head, IFL', 'Tar', { name: 'Jane DOE', role: 'Head', affiliation: 'IFL' }],
    ['"Tar the\n"boat list" twice" Ms Jane DOE, Head, Quay Office, IFL', 'Tar the "boat list" twice', jane],
    ['"Tar is dear.\n"Sails" too." Ms Jane DOE, Head, Quay Office, IFL', 'Tar is dear. "Sails" too.', jane],
    ['The so-called\n"boat list" helps.', 'The so-called "boat list" helps.', null],
    ['"Tar" Jane DOE, Head', 'Tar', { name: 'Jane DOE', role: 'Head', affiliation: null }],
    ['"Tar", Freedonia, Sylvania and Ruritania, Far East', '"Tar", Freedonia, Sylvania and Ruritania, Far East', null],
    ['"Tar is dear".', 'Tar is dear.', null],
    ['"Tar is dear."', 'Tar is dear.', null],
    ['"Tar" is dear, they said.', '"Tar" is dear, they said.', null],
    ['"Tar" and "sails" are dear.', '"Tar" and "sails" are dear.', null],
    ['"Tar Ms Jane DOE, Head, IFL', '"Tar Ms Jane DOE, Head, IFL', null],
    ['"" Ms Jane DOE, Head, IFL', '"" Ms Jane DOE, Head, IFL', null],
  ]
  for (const [printed, text, speaker] of forms) {
    t.strictSame(await points(t, printed), [{ text, speaker }], printed)
  }
})

test('a list after a quoted name is reported, whether or not it is taken as a speaker', async (t) => {
  for (const list of ['Freedonia, Sylvania and Ruritania, Far East', 'New Freedonia, Sylvania, Ruritania']) {
    const { unsure } = await read(t, `${header}Key issues\n\n- "Tar for All", ${list}`)
    t.match(unsure, [/no speaker could be found|"New Freedonia" has no honorific/])
  }
})

test('quotation marks that do not pair up are reported', async (t) => {
  const { outcome, unsure } = await read(
    t,
    `${header}Quotes\n\n"Tar the "boat list." Ms Jane DOE, Head, IFL\n\n"Tar Jane`,
  )
  t.strictSame(outcome.sections[0]?.points[0]?.speaker, { name: 'Ms Jane DOE', role: 'Head', affiliation: 'IFL' })
  t.match(unsure, [/do not pair up/, /no speaker could be found/])
})

test('a quotation without bullet after the bullets is a point of its own', async (t) => {
  t.strictSame(await points(t, '- "One." Ms Jane DOE, Head, IFL\n\n\n\n"Two." - Mr Jan DOE, Head, IFL'), [
    { text: 'One.', speaker: { name: 'Ms Jane DOE', role: 'Head', affiliation: 'IFL' } },
    { text: 'Two.', speaker: { name: 'Mr Jan DOE', role: 'Head', affiliation: 'IFL' } },
  ])
  t.strictSame(await texts(t, '- "One." Ms Jane DOE, Head, IFL\n"Two." - Mr Jan DOE, Head, IFL'), ['One.', 'Two.'])
})

test('a sentence that a page break cuts is joined, and the join reported', async (t) => {
  for (const gap of ['\n\f', '\n\n\n\n', '\n\n', '\n\n\f\n']) {
    const { outcome, unsure } = await read(t, `${header}Key issues\n\n- We tar${gap}all boats.\n- Sails.`)
    t.strictSame(
      outcome.sections[0]?.points.map(({ text }) => text),
      ['We tar all boats.', 'Sails.'],
    )
    t.match(unsure, [/^1\d: joined across an? (?:page break|empty line): "… We tar \/ all boats/])
  }
  t.strictSame(
    await texts(t, '- We sail for\n\fAfrica.\n- "Tar. And\n\fSails." Ms Jane DOE, Head, IFL\n- Done\n\fNext'),
    ['We sail for Africa.', 'Tar. And Sails.', 'Done', 'Next'],
  )
})

test('page numbers, ruled lines and repeated page headers are left out and named with their line', async (t) => {
  const page = (n: number, before = '') => `WSIS Forum 2023 | Tides ${n}\n\n${before}Point ${n} goes\n\n- ${n} -\n`
  const text = [page(1, `${header}_____\n\nKey issues\n\n`), page(2), page(3)].join('\f')
  const { outcome, omitted } = await read(t, text)
  t.strictSame(
    outcome.sections[0]?.points.map(({ text }) => text),
    ['Point 1 goes', 'Point 2 goes', 'Point 3 goes'],
  )
  t.match(
    omitted.join('\n'),
    /^1: repeated at the head or foot of the pages: WSIS Forum 2023 \| Tides 1\n11: ruled line: _____\n17: page number: - 1 -/,
  )
})

test('a number alone on a line is reported, and is a page number where it cuts a sentence', async (t) => {
  const kept = await read(t, `${header}Key issues\n\n- b\n12\n- c\n- We have\n7\nboats.`)
  t.strictSame(
    kept.outcome.sections[0]?.points.map(({ text }) => text),
    ['b 12', 'c', 'We have 7 boats.'],
  )
  t.match(kept.unsure, [/^12: only a number: "12": check whether it is a page number/, /^15: only a number: "7"/])
  const cut = await read(t, `${header}Key issues\n\n- The first is about\n\n7\n\nthe second half.\n\n8\n`)
  t.strictSame(
    cut.outcome.sections[0]?.points.map(({ text }) => text),
    ['The first is about the second half.', '8'],
  )
  t.match(cut.messages, [/^13: page number: 7/])
  t.match(cut.unsure, [/only a number: "8"/, /joined across a page break/, /no bullet/])
  t.strictSame(await texts(t, '- Sails\n\n9'), ['Sails', '9'])
})

test('the title stays when the pages after the first repeat it', async (t) => {
  const { outcome, messages } = await read(
    t,
    `${header}Key issues\n\nTar.\n\fSummary of Session: Boats: a survey\n\nSails.`,
  )
  t.equal(outcome.title, 'Boats: a survey')
  t.match(messages, [/^12: repeated at the head or foot of the pages: Summary of/])
})

test('words cut by a hyphen at a line end keep it, and the word is reported', async (t) => {
  const { outcome, unsure } = await read(t, `${header}Key issues\n\n- A multi-\nport ring, short-\nand long-term.`)
  t.equal(outcome.sections[0]?.points[0]?.text, 'A multi-port ring, short- and long-term.')
  t.match(unsure, [/^12: "multi-port" was on two lines/])
})

test('spaces of every kind become one, and the usual mojibake is repaired and reported', async (t) => {
  const { outcome, unsure } = await read(
    t,
    `${header}Key issues\n\n- caf\u00e9\u00a0\u2003bar\u200b, c\u00adaf\u00c3\u00a9, it\u00e2\u20ac\u2122s, al\u00c3\u00ad, \u00e3\u201a\u00ab, IRM\u00c3\u00bb, \u00e4\u00f6x, \u00c3\u6f22, tar\ufffd`,
  )
  t.equal(
    outcome.sections[0]?.points[0]?.text,
    'caf\u00e9 bar, caf\u00e9, it\u2019s, al\u00ed, \u00e3\u201a\u00ab, IRM\u00c3\u00bb, \u00e4\u00f6x, \u00c3\u6f22, tar\ufffd',
  )
  t.match(unsure, [
    /^11: mojibake "\u00c3\u00a9" repaired to "\u00e9"/,
    /repaired to "\u2019"/,
    /repaired to "\u00ed"/,
    /a character could not be read \(U\+FFFD\)/,
  ])
})

test('UTF-16 texts are read, Windows-1252 is reported, binary content is refused', async (t) => {
  const text = `${header}Key issues\n\n- caf\u00e9`
  const little = Buffer.from(text, 'utf16le')
  const big = Buffer.from(little).swap16()
  const mark = (bytes: Buffer, bom: number[]) => Buffer.concat([Buffer.from(bom), bytes])
  for (const bytes of [mark(little, [0xff, 0xfe]), mark(big, [0xfe, 0xff]), little, big]) {
    const { outcome, unsure } = await read(t, bytes)
    t.equal(outcome.sections[0]?.points[0]?.text, 'caf\u00e9')
    t.strictSame(unsure, [])
  }
  const { outcome, unsure } = await read(t, Buffer.from(text, 'latin1'))
  t.equal(outcome.sections[0]?.points[0]?.text, 'caf\u00e9')
  t.match(unsure, [/not UTF-8, read as Windows-1252: check/])
  t.match((await read(t, Buffer.from([1, 2, 0, 3, 4, 5, 6, 7]))).messages, [/refused: binary content/])
})

test('lines before the first heading that are no header are kept under an empty heading', async (t) => {
  const url = 'https://www.itu.int/net4/wsis/forum/2023/Agenda/Session/7'
  const said = 'It was said by all that boats need tar and sails.'
  const { outcome, unsure } = await read(
    t,
    `Summary of Session: Boats\n\n${said}\n\n13 March 2023\n\n${url}\n\n${section}`,
  )
  t.strictSame(outcome.sections[0], {
    kind: 'other',
    heading: '',
    notApplicable: false,
    intro: null,
    points: [{ text: said, speaker: null }],
  })
  t.equal(outcome.date, '2023-03-13')
  t.match(unsure.join('\n'), /\n3: text under no heading/)
  const panel = await read(t, `Session: Boats\n\nModerator: Ms Jane DOE\n\n13 March 2023\n\n${url}\n\n${section}`)
  t.match(panel.outcome.sections[0], { kind: 'other', heading: 'Moderator:', points: [{ text: 'Ms Jane DOE' }] })
  t.equal(panel.outcome.date, '2023-03-13')
})

test('what is no outcome document is refused in plain words and nothing is written', async (t) => {
  const refusals: Array<[string | Buffer, RegExp]> = [
    ['Dear all,\n\nthe boats are late.', /refused: not an outcome document/],
    ['', /refused: the file is empty/],
    [' \n\f\n', /refused: no text/],
    ['{\\rtf1 x}', /refused: an RTF file: open it in Word or LibreOffice and save it as \.docx/],
    ['PK\x03\x04…mimetypeapplication/vnd.oasis.opendocument.text', /refused: an OpenDocument file: open it in Word/],
    ['<!DOCTYPE html><p>x', /refused: a web page/],
    [Buffer.from('d0cf11e0a1b11ae1', 'hex'), /refused: a Word file of before 2007/],
    [Buffer.concat([Buffer.from('d0cf11e0', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]), /refused: encrypted/],
    [`${header}Key issues\n\n- ${'x'.repeat(10_001)}`, /refused: a line of more than 10000 characters/],
    [`${header}Key issues\n${'-\n'.repeat(5_000)}`, /refused: 50\d+ lines, the bound is 5000/],
    [`${header}Key issues\n${`${'tar '.repeat(99)}\n`.repeat(800)}`, /refused: 31\d+ characters, the bound is 300000/],
    [Buffer.alloc(26 * 1024 * 1024), /refused: 26 MB, the bound is 25 MB/],
  ]
  for (const [content, message] of refusals) {
    const { status, messages } = await read(t, content)
    t.equal(status, 1)
    t.match(messages, [message])
  }
})

test('the command writes the seed file once, and again only with --force', async (t) => {
  const seed = t.testdir({ 'a.txt': header + section, 'sessions.json': '[]' })
  const run = async (...args: string[]) => {
    const command = promisify(execFile)
    const all = ['importer/import-outcome.ts', '--seed', seed, ...args]
    return command(process.execPath, all).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    )
  }
  const path = join(seed, 'outcomes', '2023-77.json')
  const file = join(seed, 'a.txt')
  const first = await run(file)
  t.equal(first.code, 0)
  t.match(first.stderr, `${file}\n  all 41 words are in the result\n`)
  t.match(first.stderr, `written to ${path}`)
  const text = readFileSync(path, 'utf8')
  t.match(text, /^\{\n {2}"session": "2023-77",\n {2}"title": "Boats: a survey",[\s\S]*\}\n$/)
  writeFileSync(path, 'reviewed')
  t.match(await run(file), { code: 1, stderr: /2023-77\.json exists: --force overwrites it/ })
  t.equal(readFileSync(path, 'utf8'), 'reviewed')
  t.equal((await run('--force', file)).code, 0)
  t.equal(readFileSync(path, 'utf8'), text)
  t.strictSame(readdirSync(join(seed, 'outcomes')), ['2023-77.json'])
  t.match(await run('--help'), { code: 0, stdout: /Limits: 25 MB a file/ })
  t.match(await run('--unknown'), { code: 2, stderr: /--unknown[\s\S]*Try --help/ })
})

test('a wrong call ends with status 2 and says what is wrong', async (t) => {
  const folder = t.testdir({ 'a.txt': 'x', 'b.txt': 'x' })
  for (const [args, message] of [
    [[], /Which FILE\?/],
    [['--session', '../x', 'a'], /"\.\.\/x" is no session id/],
    [['--session', '2023-1', folder], /--session is for one document only/],
    [['--seed', join(folder, 'sed'), join(folder, 'a.txt')], /no sessions\.json in .*sed: --seed is a seed folder/],
  ] as const) {
    const err = sink()
    t.equal(await importOutcomes([...args], sink(), err), 2)
    t.match(err.text, message)
  }
  t.strictSame(readdirSync(folder), ['a.txt', 'b.txt'])
})

test('a run that finds no document says so and ends with status 1', async (t) => {
  const folder = t.testdir({ 'photo.jpg': 'x' })
  for (const args of [[folder], [folder, '--session', '2023-1']]) {
    const err = sink()
    t.equal(await importOutcomes(args, sink(), err), 1)
    t.match(err.text, `no document (.txt, .docx or .pdf) found in ${folder}`)
  }
})

test('a session that is not in seed/sessions.json counts as unsure', async (t) => {
  const folder = t.testdir({ in: { 'a.txt': header + section, 'b.txt': (header + section).replace('77', '78') } })
  for (const [sessions, written, unsure] of [
    [JSON.stringify([{ id: '2023-77' }]), 1, 1],
    [JSON.stringify([{ id: '2023-77' }, { id: '2023-78' }], null, 4), 2, 0],
    ['[]', 0, 2],
    ['{}', 2, 0],
    ['no JSON', 2, 0],
  ] as const) {
    writeFileSync(join(folder, 'sessions.json'), sessions)
    const err = sink()
    t.equal(await importOutcomes(['--print', '--seed', folder, join(folder, 'in')], sink(), err), 0)
    t.match(err.text, new RegExp(`written +${written}\\nunsure +${unsure}\\n`), sessions)
    t.equal(/ {2}session 2023-78 is not in seed\/sessions\.json/.test(err.text), unsure > 0)
    t.equal(/b\.txt: 1 to check/.test(err.text), unsure > 0)
  }
})

test('a folder is read whole: one bad document stops no other, and a table ends the run', async (t) => {
  const sure = `${header.replace('77', '1')}${section}`
  const folder = t.testdir({
    'a.txt': sure,
    'again.txt': sure,
    'bad.doc': 'x',
    'ignored.jpg': 'x',
    inner: { 'b.txt': `${header}Fees\n\n${section}\nTide tables\n\n- One.` },
    outcomes: 'in the way',
    'sessions.json': '[{ "id": "2023-1" }]',
  })
  const [out, err] = [sink(), sink(true)]
  t.equal(await importOutcomes([folder, join(folder, 'none.txt'), '--print', '--seed', folder], out, err), 1)
  t.match(err.text, '\r\x1b[K4/5')
  t.match(err.text, /written +1\nunsure +1\n.*b\.txt: \d to check\nrefused +3\n/)
  t.match(err.text, /again\.txt: session 2023-1 was already read from .*a\.txt in this run/)
  t.match(err.text, /none\.txt: no such file/)
  const seed = await importOutcomes([join(folder, 'a.txt'), '--seed', folder], out, err)
  t.equal(seed, 1)
  t.match(err.text, /refused: cannot be written/)
  t.equal(await importOutcomes([join(folder, 'a.txt', 'b')], out, err), 1)
  t.match(err.text, /refused: ENOTDIR/)
})

test('control characters in the names of files and in arguments are escaped', async (t) => {
  const name = 'a\u001b[31mb\u202ec'
  const folder = t.testdir({ [`${name}.txt`]: `${header}${section}`, [`${name} 2.txt`]: `${header}${section}` })
  const [out, err] = [sink(), sink()]
  t.equal(await importOutcomes(['--print', folder], out, err), 1)
  t.match(err.text, 'a\\u{1b}[31mb\\u{202e}c.txt\n')
  t.match(err.text, /refused: session 2023-77 was already read from .*\\u\{1b\}/)
  t.equal(await importOutcomes(['--session', name, folder], out, err), 2)
  t.equal(await importOutcomes(['--seed', join(folder, name), folder], out, err), 2)
  t.notMatch(err.text.replaceAll('\n', ''), /[\p{Cc}\u202e]/u)
})
