import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { type Test, test } from 'tap'
import { cellIn } from '../src/nouns/columns.ts'
import { nouns } from '../src/nouns/index.ts'
import { hrefOf } from '../src/nouns/shapes.ts'
import { changePages } from '../src/pages/change.ts'
import { toOther } from '../src/pages/links.ts'
import { plainPage } from '../src/pages/pages.ts'
import { sourcePages } from '../src/pages/source.ts'
import { openDirectory } from '../src/store/directory.ts'
import { Records } from '../src/store/records.ts'
import { accept, kinds, refused } from './page-addresses.ts'
import { builtDatabase, publicUrl, startService } from './service.ts'
import { SeedCopy } from './wrong-seed.ts'

test('a browser gets pages where others get data', async (t) => {
  const service = await startService()
  t.teardown(service.close)
  const { ask } = service

  await t.test('only a client that says that it takes HTML gets it', async (t) => {
    for (const url of kinds.filter((url) => url.startsWith('/v1'))) {
      t.match((await ask(url, { accept })).headers['content-type'], 'text/html', url)
      t.match((await ask(url)).headers['content-type'], 'application/json', url)
      t.match((await ask(url, { accept: '*/*' })).headers['content-type'], 'application/json', url)
      t.match((await ask(url, { accept: 'application/json, text/html' })).headers['content-type'], 'application/json')
    }
    for (const url of [...kinds, ...refused])
      t.match((await ask(url, { accept: 'Text/HTML' })).headers['content-type'], 'text/html', url)
    for (const url of refused) {
      t.match((await ask(url, { accept })).headers['content-type'], 'text/html', url)
      t.match((await ask(url)).headers['content-type'], 'application/problem+json', url)
    }
  })

  await t.test('the front page is for browsers; all others are sent to the reference as before', async (t) => {
    t.equal((await ask('/', { accept })).status, 200)
    for (const headers of [{}, { accept: '*/*' }, { accept: 'application/json' }, { accept: 'image/png' }]) {
      const answer = await ask('/', headers)
      t.equal(answer.status, 307)
      t.equal(answer.headers.location, '/docs')
      t.match(answer.headers.vary, 'accept')
    }
    for (const [from, to] of [
      ['/?edition=annex-draft', '/v1/editions/annex-draft'],
      ['/?edition=annex-adopted&comparedTo=annex-draft', '/v1/editions/annex-adopted?comparedTo=annex-draft'],
      ['/?comparedTo=annex-draft', '/v1/editions/latest?comparedTo=annex-draft'],
    ] as const)
      t.match(
        await ask(from, { accept }),
        { status: 308, headers: { location: to } },
        'the page of an edition compares',
      )
    t.equal((await ask('/?edition=nothing')).status, 400)
    t.equal((await ask('/?edition=nothing', { accept })).status, 400)
  })

  await t.test('a page is cached, compressed and conditional as data are', async (t) => {
    for (const url of kinds) {
      const page = await ask(url, { accept })
      t.equal(page.status, 200, url)
      t.match(page.headers['cache-control'], 'max-age=300')
      t.equal(page.headers.vary, 'accept, accept-encoding')
      t.match(page.headers['content-security-policy'], "script-src 'self'")
      const held = await ask(url, { accept, 'if-none-match': String(page.headers.etag) })
      t.equal(held.status, 304)
      t.equal(
        held.headers['content-security-policy'],
        page.headers['content-security-policy'],
        'a browser takes it over',
      )
      t.not((await ask(url)).headers.etag, page.headers.etag)
      t.ok(gunzipSync((await ask(url, { accept, 'accept-encoding': 'gzip' })).bytes).equals(page.bytes))
      t.ok(brotliDecompressSync((await ask(url, { accept, 'accept-encoding': 'br' })).bytes).equals(page.bytes))
      const head = await ask(url, { accept }, 'HEAD')
      t.equal(head.headers['content-length'], String(page.bytes.length))
      t.equal(head.bytes.length, 0)
    }
    t.ok((await ask('/', { accept })).bytes.length < 60_000, 'the first page is short')
  })

  await t.test('format=html gives a page, and format=json data, whatever Accept says', async (t) => {
    for (const url of ['/v1/action-lines/C1', '/v1/action-lines']) {
      t.match((await ask(`${url}?format=html`)).headers['content-type'], 'text/html')
      t.match((await ask(`${url}?format=json`, { accept })).headers['content-type'], 'application/json')
    }
  })

  await t.test('what pages load has an address that changes with it, and is kept for a year', async (t) => {
    const { text } = await ask('/', { accept })
    const files = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => String(path))
    t.equal(files.length, 4)
    for (const path of files) {
      const { status, headers, bytes } = await ask(path)
      t.equal(status, 200)
      t.match(path, /-[0-9a-f]{12}\./)
      t.match(headers['cache-control'], 'immutable')
      t.equal((await ask(path, { 'if-none-match': String(headers.etag) })).status, 304)
      t.ok(bytes.length > 100)
    }
    t.match((await ask('/robots.txt')).text, 'Disallow: /v1/search')
    t.equal((await ask('/sitemap.xml')).status, 404, 'which needs to know its own address')
  })

  await t.test('a field of a form that was left empty asks for nothing', async (t) => {
    const answer = await ask('/v1/sessions?actionLine=C9&agency=&from=&sort=', { accept })
    t.equal(answer.status, 307)
    t.equal(answer.headers.location, '/v1/sessions?actionLine=C9')
    t.equal((await ask('/v1/sessions?agency=', { accept })).headers.location, '/v1/sessions')
    t.equal((await ask('/?edition=', { accept })).headers.location, '/')
    t.equal((await ask('/v1/sessions?agency=')).status, 400, 'a program is told')
  })

  await t.test('a link to a page with parameters of others leads to the page; a program is told of them', async (t) => {
    for (const [url, page] of [
      ['/?utm_source=mail', '/'],
      ['/v1/sessions?actionLine=C9&utm_source=a%20b&fbclid=1&x', '/v1/sessions?actionLine=C9'],
      ['/v1/action-lines/C1?gclid=1', '/v1/action-lines/C1'],
      ['/v1/search?q=health&mc_cid=1', '/v1/search?q=health'],
      [
        '/v1/editions/annex-draft?utm_medium=x&comparedTo=annex-adopted',
        '/v1/editions/annex-draft?comparedTo=annex-adopted',
      ],
      ['/v1/sources?format=csv&utm_source=x', '/v1/sources?format=csv'],
      ['/docs?utm_source=x', '/docs'],
      ['/v1/forums?constructor=1&toString', '/v1/forums'],
    ] as const) {
      const { status, headers } = await ask(url, { accept })
      t.same([status, headers.location], [307, page], url)
      t.equal(headers.vary, 'accept, accept-encoding')
      t.equal((await ask(page, { accept })).status, 200)
      t.equal((await ask(url)).status, 400, `${url} from a program`)
    }
  })

  await t.test('each alternate of a page has the media type that its address gives', async (t) => {
    for (const url of kinds) {
      const { text } = await ask(url, { accept })
      for (const [, type, href = ''] of text.matchAll(/<link rel="alternate" type="([^"]+)" href="([^"]+)"/g)) {
        const given = await ask(href.replaceAll('&amp;', '&'))
        t.equal(given.headers['content-type']?.replace(/;.*/, ''), type, href)
      }
    }
  })

  await t.test('a page of a problem says what the JSON says', async (t) => {
    for (const url of refused) {
      const { json, status } = await ask(url)
      const page = await ask(url, { accept })
      t.equal(page.status, status)
      for (const { href } of json.suggestions) t.match(page.text, `href="${href}"`)
      for (const { detail } of json.errors) t.match(page.text, detail.replaceAll('"', '&quot;'))
    }
  })

  await t.test('every address on every page answers, and a form for each filter is there', async (t) => {
    const found = new Set<string>()
    for (const url of kinds) {
      const { text } = await ask(url, { accept })
      for (const [, href = ''] of text.matchAll(/href="(\/[^"]*)"/g)) found.add(href.replaceAll('&amp;', '&'))
    }
    t.ok(found.size > 300)
    for (const href of found) {
      const { status, headers } = await ask(href, { accept })
      if (status === 307 || status === 308) t.equal((await ask(String(headers.location), { accept })).status, 200, href)
      else t.equal(status, 200, href)
    }
    const { text } = await ask('/v1/sessions', { accept })
    for (const name of ['actionLine', 'agency', 'forumYear', 'from', 'to', 'type', 'sdg', 'hasOutcome', 'sort'])
      t.match(text, `name="${name}"`)
  })

  await t.test('every record has a page, with a heading and a way to its data', async (t) => {
    const { json } = await ask('/v1')
    for (const { id: list } of json.collections) {
      const { items } = (await ask(`/v1/${list}?limit=500`)).json
      for (const { id } of items) {
        const { status, text } = await ask(`/v1/${list}/${encodeURIComponent(id)}?format=html`)
        const isWhole = status === 200 && /<h1>.+<\/h1>/s.test(text) && text.includes('?format=json"')
        if (!isWhole || /undefined|\[object|null/.test(text.replace(/<code>.*?<\/code>/gs, ''))) t.fail(`${list} ${id}`)
      }
      t.ok(items.length > 0, list)
    }
  })

  await t.test('a long list goes on, and a list without items says so', async (t) => {
    const { text } = await ask('/v1/sessions?limit=2', { accept })
    const [, next = ''] = /href="([^"]+)" rel="next"/.exec(text) ?? []
    t.match((await ask(next.replaceAll('&amp;', '&'), { accept })).text, 'Sessions of the WSIS Forum')
    t.match((await ask('/v1/search?q=zzzzzz', { accept })).text, /No record has these words. You can search names, /)
  })
})

test('under a public address pages lead there, and search engines learn of them', async (t) => {
  const service = await startService({ publicUrl })
  t.teardown(service.close)
  for (const url of ['/', '/v1/action-lines/C1', '/v1/sessions?limit=2', '/v1/action-lines/C12']) {
    const { text } = await service.ask(url, { accept })
    t.notMatch(text, / (?:href|src|action)="\/(?!wsis\/)/, url)
  }
  const { text } = await service.ask('/v1/action-lines/C1', { accept })
  t.match(text, '<link rel="canonical" href="https://directory.example.org/wsis/v1/action-lines/C1">')
  t.match(text, 'property="og:url"')
  const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text) ?? []
  t.match(JSON.parse(json), { '@context': 'https://schema.org', '@type': 'DefinedTerm', termCode: 'C1' })
  t.match((await service.ask('/robots.txt')).text, 'Sitemap: https://directory.example.org/wsis/sitemap.xml')
  const sitemap = await service.ask('/sitemap.xml')
  t.match(sitemap.headers['content-type'], 'application/xml')
  for (const [, path = ''] of sitemap.text.matchAll(/<loc>https:\/\/directory\.example\.org\/wsis(.*?)<\/loc>/g))
    t.ok(['', '/'].includes(path) || (await service.ask(path)).status === 200, path)
  for (const url of ['/robots.txt', '/sitemap.xml']) {
    const { headers } = await service.ask(url)
    t.equal((await service.ask(url, { 'if-none-match': String(headers.etag), accept: '*/*' })).status, 304)
  }
})

test('a record that says little has a page that says so', async (t) => {
  const seed = new SeedCopy(t, { log: false })
  seed.change('sessions.json', (sessions) => {
    for (const session of sessions.slice(-6))
      Object.assign(session, { organizers: [], sdgs: [9], actionLinesComplete: false })
  })
  seed.change<Record<string, unknown>>('outcomes/2023-366.json', (outcome) => {
    const [first] = outcome.sections as Record<string, unknown>[]
    const points = [{ text: 'One', speaker: { name: 'A person', role: null, affiliation: null } }]
    Object.assign(outcome, { title: null, date: null, start: null, fidelity: 'verbatim' })
    Object.assign(first ?? {}, { heading: '', kind: 'other', intro: null, points })
  })
  t.same(seed.errors(), [])
  const service = await startService({ seed: seed.folder })
  t.teardown(service.close)
  const text = async (url: string) => (await service.ask(url, { accept })).text
  t.match(await text('/'), 'There was no release yet')
  t.match(await text('/v1/action-lines/C1'), 'no release yet')
  const outcome = await text('/v1/outcome-documents/2023-366')
  t.match(outcome, 'No heading')
  t.match(outcome, 'The sentences are those of the document')
  t.match(await text('/v1/outcome-documents'), 'GovTech 4 Impact')
  const { items } = (await service.ask('/v1/sessions?sort=-date&limit=1')).json
  t.match(await text(`/v1/sessions/${items[0].id}`), 'not known')
})

test('a person finds the way up, the citation, the link, the files and the contact', async (t) => {
  const service = await startService({ publicUrl, contact: 'mailto:curators@example.org' })
  t.teardown(service.close)
  const { dataset } = (await service.ask('/v1')).json
  const path = '/v1/outcome-documents/2023-366'
  const { text } = await service.ask(path, { accept })

  await t.test('breadcrumbs lead to the list and to the record above', async (t) => {
    const crumbs = /<nav class="crumbs".*?<\/nav>/s.exec(text)?.[0] ?? ''
    const hrefs = [...crumbs.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)
    t.same(hrefs, ['/wsis/', '/wsis/v1/outcome-documents', '/wsis/v1/sessions/2023-366'])
  })

  await t.test('the citation has title, dataset, date and URL, as text, BibTeX and RIS', async (t) => {
    const copies = [...text.matchAll(/<pre data-copy="([^"]+)">(.*?)<\/pre>/gs)]
    const texts = Object.fromEntries(copies.map(([, name, one = '']) => [name, one.replace(/<[^>]+>/g, '')]))
    t.same(Object.keys(texts), ['citation', 'BibTeX', 'RIS', 'link', 'id'])
    for (const name of ['citation', 'BibTeX', 'RIS']) {
      t.match(texts[name], `dataset ${dataset}`, name)
      t.match(texts[name], publicUrl + path, name)
    }
    t.match(texts.BibTeX, /^@misc\{action-lines-2023-366-\d+,\n {2}title = \{\{Outcome document: /)
    t.match(texts.RIS, /^TY {2}- ELEC\nTI {2}- [^\n]+\nAU {2}- [^\n]+\nPY {2}- \d{4}\n/)
    t.match(texts.RIS, /\nER {2}- $/)
    t.equal(texts.link, publicUrl + path)
    t.equal(texts.id, '2023-366')
  })

  await t.test(
    'a table is a spreadsheet, and a CSV file, which begins with a byte order mark for browsers',
    async (t) => {
      const page = (await service.ask('/v1/sessions?actionLine=C5', { accept })).text
      t.match(page, `download="sessions-C5-${dataset}.xlsx"`)
      const files = [...page.matchAll(/href="\/wsis(\/[^"]+format=(?:xlsx|csv))" download/g)]
      t.equal(files.length, 2)
      const paths = files.map(([, href = '']) => href.replaceAll('&amp;', '&'))
      const [xlsx, csv] = await Promise.all(paths.map((path) => service.ask(path)))
      const marked = await service.ask(String(paths[1]), { accept })
      t.equal(marked.headers.vary, 'accept, accept-encoding')
      t.not(marked.headers.etag, csv?.headers.etag)
      t.equal(marked.headers['content-type'], csv?.headers['content-type'])
      t.equal(xlsx?.bytes.subarray(0, 2).toString(), 'PK')
      t.equal(marked.bytes.subarray(0, 3).toString('hex'), 'efbbbf')
      t.equal(marked.text.slice(1), csv?.text)
      t.equal((await service.ask(String(paths[1]), { accept: 'text/csv' })).text, csv?.text)
      const again = await service.ask('/v1/sessions?actionLine=C5&sort=-date&format=xlsx')
      t.ok(xlsx && again.bytes.equals(xlsx.bytes), 'the same request has the same bytes')
      t.match(again.headers['content-type'], 'spreadsheetml')
      const edition = (await service.ask('/v1/editions/annex-draft?format=csv', { accept })).bytes
      t.equal(edition.subarray(0, 3).toString('hex'), 'efbbbf')
    },
  )

  await t.test(
    'the files of a comparison, a document and an agency are downloaded under names that say what they are',
    async (t) => {
      for (const [url, names] of [
        ['/v1/editions/annex-adopted?comparedTo=annex-draft', ['editions-annex-adopted-annex-draft']],
        ['/v1/outcome-documents/2023-366', ['outcome-documents-2023-366']],
        ['/v1/sources/annex-draft', ['sources-annex-draft', 'coordinations-annex-draft']],
        ['/v1/agencies/UNDESA', ['agencies-UNDESA', 'coordinations-UNDESA']],
      ] as const) {
        const { text } = await service.ask(url, { accept })
        const files = [...text.matchAll(/href="\/wsis(\/[^"]+)" download="([^"]+)"/g)].map(([, href = '', name]) => ({
          href: href.replaceAll('&amp;', '&'),
          name,
        }))
        const wanted = names.flatMap((name) => ['xlsx', 'csv'].map((format) => `${name}-${dataset}.${format}`))
        t.same(
          files.map(({ name }) => name).filter((name) => !name?.endsWith('.ics')),
          wanted,
          url,
        )
        for (const { href } of files) {
          const { status, bytes } = await service.ask(href)
          t.same([status, bytes.length > 100], [200, true], href)
        }
        t.match(
          text,
          /The sheet “readme” of a spreadsheet says what each column means; for CSV files, <a href="\/wsis\/v1\/exports\/current\/datapackage\.json">/,
        )
      }
      const { text: rows } = await service.ask('/v1/editions/annex-adopted?comparedTo=annex-draft&format=csv')
      t.equal(rows.trim().split('\r\n').length, 11, 'a comparison has the ten lines that differ, and a header')
    },
  )

  await t.test('the page of an agency says how to report an error', async (t) => {
    const foot = (await service.ask('/v1/agencies/ITU', { accept })).text.split('Found an error?')[1] ?? ''
    t.match(
      foot.replace(/<[^>]+>/g, ''),
      'Report an error on this page, and name a document that shows what is right. Nothing is changed without a source.',
    )
    t.match(decodeURIComponent(foot), `Page: ${publicUrl}/v1/agencies/ITU`)
  })

  await t.test('the contact is on the page, in OpenAPI, in the feed and in the dataset description', async (t) => {
    const href = /href="(mailto:[^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const mail = new URL(href)
    t.equal(mail.pathname, 'curators@example.org')
    t.match(mail.searchParams.get('body'), `Page: ${publicUrl}${path}\nDataset: ${dataset}\n`)
    t.equal((await service.ask('/openapi.json')).json.info.contact.email, 'curators@example.org')
    t.match((await service.ask('/openapi.yaml')).text, '"email": "curators@example.org"')
    t.match((await service.ask('/v1/changes?format=atom')).text, '<email>curators@example.org</email>')
    const front = (await service.ask('/', { accept })).text
    const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(front) ?? []
    const described = JSON.parse(json)
    t.match(described, {
      '@type': 'Dataset',
      license: 'https://creativecommons.org/publicdomain/zero/1.0/',
      creator: { contactPoint: { email: 'curators@example.org' } },
      temporalCoverage: /^\d{4}-\d\d-\d\d\/\d{4}-\d\d-\d\d$/,
    })
    const { files } = (await service.ask('/v1/exports')).json
    t.same(
      described.distribution.map((one: { contentUrl: string }) => one.contentUrl).sort(),
      files.map((one: { current: string }) => one.current).sort(),
    )
  })

  await t.test(
    'a form is opened with page and dataset; without a contact the page says so and mentions nobody',
    async (t) => {
      const withForm = await startService({ contact: 'https://example.org/report?lang=en' })
      t.teardown(withForm.close)
      const page = (await withForm.ask('/v1/forums/2024', { accept })).text
      const form = new URL(
        /href="(https:\/\/example\.org\/report[^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '',
      )
      t.same(Object.fromEntries(form.searchParams), { lang: 'en', page: '/v1/forums/2024', dataset })
      t.equal((await withForm.ask('/openapi.json')).json.info.contact.url, 'https://example.org/report?lang=en')
      const without = await startService()
      t.teardown(without.close)
      for (const url of kinds) {
        const { text } = await without.ask(url, { accept })
        t.notMatch(text, /curator|Report an error/i, url)
        t.match(text, 'No contact is set for this server. Give the URL of this page to the operator', url)
      }
      t.equal((await without.ask('/openapi.json')).json.info.contact, undefined)
    },
  )
})

test('the pages of lists are for people', async (t) => {
  const service = await startService()
  t.teardown(service.close)
  const text = async (url: string) => (await service.ask(url, { accept })).text

  await t.test('sessions are newest first in a page, and as before in data', async (t) => {
    const page = await text('/v1/sessions')
    const dates = [...page.matchAll(/<td data-label="Date"><time datetime="([^"]+)"/g)].map(([, date]) => String(date))
    t.ok(dates.length > 50)
    t.same(dates, dates.toSorted().toReversed())
    const [, next = ''] = /href="([^"]+)" rel="next"/.exec(page) ?? []
    const rest = [
      ...(await text(next.replaceAll('&amp;', '&'))).matchAll(/<td data-label="Date"><time datetime="([^"]+)"/g),
    ]
    for (const [, date = ''] of rest) t.ok(date <= String(dates.at(-1)), date)
    const { items } = (await service.ask('/v1/sessions')).json
    t.match(items[0].date, /^2006/)
  })

  await t.test('the overview counts each session of a year on a line, and links to them', async (t) => {
    const page = await text('/v1/sessions')
    const cells = [...page.matchAll(/<td data-label="(\d{4})" class="n\d"><a href="([^"]+)">(\d+)<\/a>/g)]
    t.ok(cells.length > 50)
    for (const [, , href = '', count] of cells) {
      t.equal((await service.ask(href.replaceAll('&amp;', '&'))).json.total, Number(count), href)
    }
    const [row = ''] = /C7<\/a> with its sub-lines.*/.exec(page) ?? []
    const ofC7 = [...row.matchAll(/class="n\d"><a[^>]+>(\d+)</g)].reduce((sum, [, count]) => sum + Number(count), 0)
    const line = await text('/v1/action-lines/C7')
    t.match(line, 'Sessions on C7 and its sub-lines')
    t.match(line, `All ${ofC7}</a>`, 'the page of a line has the same number')
    t.notMatch(await text('/v1/sessions?forumYear=2024'), 'class="years"', 'a selection has none')
  })

  await t.test('the front page says under its answer that the newest list itself was not read', async (t) => {
    const { text } = await service.ask('/', { accept })
    t.match(
      text,
      /<p class="answer">.*<\/p>\n<p class="note">The document itself was not read: see <a href="\/v1\/sources\/facilitators-2026">/,
    )
  })

  await t.test('a filtered list says what it is filtered by, in its title, citation and count', async (t) => {
    const { text } = await service.ask('/v1/sessions?forumYear=2024&actionLine=C5&format=html')
    const words = '(Action line: C5, Forum: 2024)'
    t.match(text, `<title>Sessions of the WSIS Forum ${words}`)
    t.match(text, new RegExp(`role="status"><b>\\d+ sessions?</b> ${words.replace(/[()]/g, '\\$&')}`))
  })

  await t.test('a comparison of equal tables says that no line differs', async (t) => {
    const { text } = await service.ask('/v1/editions/facilitators-2026?comparedTo=annex-adopted&format=html')
    t.match(text, 'No line differs.')
    t.notMatch(text, '0 lines')
  })

  await t.test('a few filters are shown, the others collapsed unless one of them is set', async (t) => {
    const page = await text('/v1/sessions')
    const [first = '', more = ''] = page.split('<summary>More filters</summary>')
    for (const name of ['forumYear', 'type', 'actionLine', 'agency']) t.match(first, `<select id="filter-${name}"`)
    for (const name of ['from', 'to', 'sdg', 'hasOutcome', 'sort']) t.match(more, `name="${name}"`)
    t.match(first, '<option value="2024">')
    t.match(first, '<option value="Thematic Workshop">')
    t.match(await text('/v1/sessions?sdg=9'), '<details open><summary>More filters')
  })

  await t.test('a comparison counts, and shows the rows that differ before all rows', async (t) => {
    const { json } = await service.ask('/v1/editions/annex-adopted?comparedTo=annex-draft')
    const page = await text('/v1/editions/annex-adopted?comparedTo=annex-draft')
    const differ = json.rows.filter(
      (row: { added: unknown[]; removed: unknown[] }) => row.added.length + row.removed.length > 0,
    )
    t.match(page, `${differ.length} lines of 22 differ: agencies were added 15 times, and none was removed.`)
    t.match(page, '<h1>What changed from Draft 2005 to Adopted 2005</h1>')
    const [shown = '', all = ''] = page.split('<summary>Show all 22 lines</summary>')
    t.equal(shown.split('<th scope="row">').length - 1, differ.length)
    t.equal(all.split('<th scope="row">').length - 1, 22)
  })

  await t.test('a search without words shows its form, and a program is told what is missing', async (t) => {
    const answer = await service.ask('/v1/search', { accept })
    t.equal(answer.status, 200)
    t.match(answer.text, 'name="q"')
    t.notMatch(answer.text, 'hits')
    t.equal((await service.ask('/v1/search', { accept, 'if-none-match': String(answer.headers.etag) })).status, 304)
    t.notMatch(answer.text, 'rel="alternate"', 'and offers no data, which needs words')
    for (const [url, page] of [
      ['/v1/search?q=', '/v1/search'],
      ['/v1/search?utm_source=x', '/v1/search'],
      ['/v1/search?kind=session&q=', '/v1/search?kind=session'],
    ] as const)
      t.match(await service.ask(url, { accept }), { status: 307, headers: { location: page } })
    t.match((await service.ask('/v1/search?kind=session', { accept })).text, 'name="q"')
    for (const url of ['/v1/search', '/v1/search?kind=session']) t.equal((await service.ask(url)).status, 400)
  })

  await t.test('changes that differ only in their subjects are one sentence', async (t) => {
    const page = await text('/v1/changes?release=3&noun=action-lines')
    const sentences = [...page.matchAll(/<\/a><bdi>(: .*?)<\/bdi><\/li>/g)].map(([, sentence]) => sentence)
    t.ok(sentences.length > 1)
    t.equal(new Set(sentences).size, sentences.length)
    t.equal(page.split('href="/v1/changes/0003:').length - 1, 22, 'each line is linked')
  })

  await t.test(
    'an agency has one name for people, and abbreviations are expanded where they are first met',
    async (t) => {
      for (const url of ['/', '/v1/sessions', '/v1/agencies', '/v1/coordinations'])
        t.notMatch((await text(url)).replace(/<[^>]+>/g, ''), /UNDESA/, url)
      const front = await text('/')
      for (const words of [
        'United Nations Group on the Information Society (UNGIS)',
        'Commission on Science and Technology for Development (CSTD)',
        'An edition is a full list: a table that names',
      ])
        t.match(front, words)
      t.match(await text('/v1/agencies/UNDESA'), 'Research Organization Registry (ROR)')
      t.match(await text('/v1/action-lines/C6'), 'Action line of the World Summit on the Information Society (WSIS)')
    },
  )

  await t.test('a page has each external link of its facts once', async (t) => {
    const facts = (await text('/v1/coordinations/undesa-2006:C1:UNDESA')).split('<footer>')[0] ?? ''
    const links = [...facts.matchAll(/href="(https?:[^"]+)" rel="external"/g)].map(([, href]) => href)
    t.equal(links.length, 1)
  })

  await t.test('one is counted as one', async (t) => {
    t.match(await text('/v1/action-lines/C6'), '<small>target 2.a</small>')
    t.notMatch(await text('/v1/action-lines/C6'), '1 statement of')
    t.match(await text('/v1/agencies?id=ITU'), '<b>1 agency</b>')
    t.match(await text('/v1/sessions?id=2023-366'), '<b>1 session</b>')
  })

  await t.test('there is one /favicon.ico', async (t) => {
    const { status, headers } = await service.ask('/favicon.ico')
    t.equal(status, 200)
    t.equal(headers['content-type'], 'image/svg+xml')
    t.notMatch(headers['cache-control'], 'immutable')
  })
})

test('an error of the service itself is told to a browser, too', async (t) => {
  const service = await startService()
  t.teardown(service.close)
  service.breakDatabase()
  const { status, headers, text } = await service.ask('/v1/action-lines/C1', { accept })
  t.equal(status, 500)
  t.match(headers['content-type'], 'text/html')
  t.match(text, 'The service failed')
})

test('a page says what is open or gone', async (t) => {
  const service = await startService()
  t.teardown(service.close)
  const source = (await service.ask('/v1/sources/annex-draft')).json
  const records = recordsOf(t)
  const page = (more: object) => String(sourcePages.record({ ...source, ...more }, records).main)
  t.match(page({ dateRange: { from: null, to: '2010' } }), 'undated, from 2010 or earlier')
  t.match(page({ dateRange: { from: '2010', to: null } }), 'undated, from 2010 or later')
  for (const [fidelity, count] of [
    ['summary', 1],
    ['verbatim', 0],
  ] as const)
    t.equal(page({ passages: [{ place: 'Foot', text: 'A', fidelity }] }).split('(summary)').length - 1, count)
  const [change] = (await service.ask('/v1/changes?limit=1')).json.items
  t.match(String(changePages.record({ ...change, record: null }, records).main), 'no longer in the directory')
  t.match(String(changePages.record(change, records).main), 'href="/v1/')
})

/** The records of the real seed. */
function recordsOf(t: Test): Records {
  const { client, collections } = openDirectory(builtDatabase)
  t.teardown(() => client.close())
  return new Records(collections)
}

test('a noun without pages of its own is shown by its columns', (t) => {
  const records = recordsOf(t)
  for (const noun of nouns) {
    const [record] = records.some(noun.name as 'forums', {}, 1).items
    const values = Object.values(noun.columns).map((column) => cellIn(column, record as never))
    const known = values.filter((value) => String(value ?? '') !== '')
    const page = plainPage(noun)
    t.equal(String(page.record(record as never, records).main).split('<dt>').length - 1, known.length, noun.name)
    const cells = page.columns(records).map(([, cell]) => String(cell(record as never)))
    t.equal(cells.length, values.length, noun.name)
    t.match(cells[0], `href="${hrefOf(noun.name, record?.id)}"`, noun.name)
  }
  t.end()
})

test('an address that is not of the web is no link', (t) => {
  t.notMatch(String(toOther('javascript:alert(1)')), 'href')
  t.match(String(toOther('https://www.itu.int/')), 'href="https://www.itu.int/"')
  t.end()
})
