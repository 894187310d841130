import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'tap'
import { axeFindings, openBrowser, skip, type Watched, watch } from './browser.ts'
import { kinds } from './page-addresses.ts'
import { startService } from './service.ts'
import { SeedCopy } from './wrong-seed.ts'

test('a person with a browser', { skip }, async (t) => {
  const service = await startService()
  t.teardown(service.close)
  const context = await openBrowser(t)
  const open = async (path: string, width?: number): Promise<Watched> => {
    const watched = await watch(context, width)
    await watched.page.goto(service.url + path)
    return watched
  }

  await t.test('the header row of the matrix stays in view, and what is copied from it is what is seen', async (t) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const { page } = await open('/')
    await page.locator('.matrix tbody th', { hasText: 'Follow-up' }).scrollIntoViewIfNeeded()
    const head = await page.locator('.matrix thead th').first().boundingBox()
    t.ok(head && head.y >= 0 && head.y < 10)
    const seen = await page.evaluate<string>(`(() => {
      const matrix = document.querySelector('.matrix')
      getSelection().selectAllChildren(matrix)
      const texts = document.createTreeWalker(matrix, NodeFilter.SHOW_TEXT)
      const isSeen = ({ parentElement: { offsetWidth, offsetHeight } }) => offsetWidth > 1 && offsetHeight > 1
      let seen = ''
      while (texts.nextNode()) if (isSeen(texts.currentNode)) seen += texts.currentNode.data
      return seen
    })()`)
    await page.keyboard.press('Control+c')
    const copied = await page.evaluate<string>('navigator.clipboard.readText()')
    t.match(copied, /ITU/)
    t.equal(copied.replace(/\s/g, ''), seen.replace(/\s/g, ''))
    await page.setViewportSize({ width: 768, height: 900 })
    t.ok((await page.evaluate<number>('document.documentElement.scrollWidth')) <= 768, 'and it fits 768 px')
  })

  await t.test('the front page, a line and an agency are one sheet of A4 each', async (t) => {
    const { page } = await watch(context)
    await page.emulateMedia({ media: 'print' })
    for (const path of [
      '/',
      '/v1/action-lines/C1',
      '/v1/action-lines/C6',
      '/v1/action-lines/C7.e-environment',
      '/v1/agencies/ITU',
      '/v1/agencies/UNDESA',
    ]) {
      await page.goto(service.url + path)
      t.ok(await page.locator('.answer').isVisible(), `${path} has the answer`)
      t.match(await page.locator('.paper').innerText(), service.url + path, `${path} has its URL`)
      if (path !== '/') t.ok((await page.locator('#statements li:visible').count()) >= 8, `${path} has statements`)
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
      t.equal([...pdf.matchAll(/\/Type \/Page\b/g)].length, 1, path)
    }
  })

  await t.test('navigation and search are one line at 1280 px', async (t) => {
    const { page } = await open('/v1/action-lines/C6')
    const [name, search] = [page.locator('header .name'), page.locator('header .search')]
    const [first, last] = [await name.boundingBox(), await search.boundingBox()]
    t.ok(first && last && last.y < first.y + first.height)
  })

  await t.test('five questions are answered by clicks', async (t) => {
    const { page, visit } = await watch(context)
    const clicks: Record<string, number> = {}
    const ask = async (question: string, steps: string[], answer: () => Promise<void>) => {
      await visit(service.url)
      for (const name of steps) await page.getByRole('link', { name }).locator('visible=true').first().click()
      await answer()
      clicks[question] = steps.length
    }
    await ask('who does e-health today', ['E-health'], async () => {
      t.match(await page.locator('.answer').innerText(), /^WHO and ITU are listed as facilitators/)
    })
    await ask('what changed between draft and adopted text', ['Changed: Draft 2005 → Adopted 2005'], async () => {
      const row = page.locator('table').first().locator('tr', { hasText: 'C7.e-business' })
      t.equal(await row.locator('.added').innerText(), '+\u00a0ITU, +\u00a0UPU')
      t.equal(await row.locator('.gone').count(), 0)
    })
    await ask('all lines of ITU', ['ITU'], async () => {
      t.equal(new URL(page.url()).pathname, '/v1/agencies/ITU')
      t.equal(await page.locator('section:has(#named) li').count(), 15)
      t.equal(await page.locator('section:has(#before) li').count(), 3, 'B, D and E, which only the draft has')
    })
    await ask('the spreadsheet of everything', [], async () => {
      const link = page.getByRole('link', { name: 'The spreadsheet of everything' })
      t.equal(await link.getAttribute('href'), '/v1/exports/current/directory.xlsx')
    })
    await visit(service.url)
    await page.getByRole('link', { name: 'Sessions', exact: true }).click()
    await page.getByLabel('Action line').selectOption('C9')
    await page.getByText('More filters').click()
    await page.getByLabel('From').fill('2019')
    await page.getByRole('button', { name: 'Show' }).click()
    await page.waitForURL(/\/v1\/sessions\?(?=.*actionLine=C9)(?=.*from=2019)/)
    for (const date of await page.locator('tbody time').allInnerTexts()) t.ok(Number(date.slice(-4)) >= 2019, date)
    t.comment('clicks', { ...clicks, 'the spreadsheet of everything': 1, 'the sessions on C9 since 2019': 2 })
  })

  await t.test('search completes by keyboard and leads on', async (t) => {
    const { page, errors, visit } = await open('/')
    for (let presses = 0; presses < 20; presses++) {
      await page.keyboard.press('Tab')
      if (await page.evaluate<boolean>("document.activeElement.id === 'q'")) break
    }
    const answered = page.waitForResponse('**/v1/search?q=e-hea&*')
    await page.keyboard.type('e-hea')
    await answered
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
    await visit(service.url)
    await page.locator('#q').fill('health')
    await page.waitForSelector('[role=option]')
    await page.keyboard.press('Escape')
    t.equal(await page.locator('[role=option]:visible').count(), 0)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/v1/search?q=health')
  })

  await t.test('in a browser, a page of another site shows the preview in a frame and no other page', async (t) => {
    const preview = '/v1/reconcile/preview?id=C1'
    const framed = [preview, '/', '/v1/action-lines/C1', '/v1/action-lines/C1?format=json', '/docs']
    const frames = framed.map((path) => `<iframe src="${service.url}${path}"></iframe>`).join('')
    const other = createServer((_, response) => response.setHeader('content-type', 'text/html').end(frames))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    t.teardown(() => other.close())
    const { page, visit } = await watch(context)
    await visit(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
    const shown = page.frames().filter((frame) => frame.url().startsWith(service.url))
    t.same(
      shown.map((frame) => frame.url()),
      [service.url + preview],
    )
    t.match(await shown[0]?.locator('body').innerText(), /The role of/)
  })

  await t.test('Shift+Tab reaches every link and field, and none is hidden when it has the focus', async (t) => {
    const { page, visit } = await watch(context)
    for (const [path, width] of [
      ['/', 1280],
      ['/', 360],
      ['/v1/action-lines/C1', 1280],
      ['/v1/sessions', 360],
    ] as const) {
      await page.setViewportSize({ width, height: 900 })
      await visit(service.url + path)
      const wanted = await page.locator('a:visible, input:visible, button:visible, select:visible').count()
      await page.evaluate(watchFocus)
      await page.keyboard.down('Shift')
      await Promise.all(Array.from({ length: wanted + 10 }, () => page.keyboard.press('Tab')))
      await page.keyboard.up('Shift')
      const { reached, hidden } = await page.evaluate<{ reached: number; hidden: string[] }>('seen()')
      t.same(hidden, [], `${path} at ${width} px`)
      t.equal(reached, wanted, `${path} at ${width} px`)
    }
  })
})

/**
 * Notes each link and field that gets the focus. `seen()` then says how many there were, and the text of those that were
 * out of view or covered by a sticky row.
 */
const watchFocus = `(() => {
  const [reached, hidden] = [new Set(), []]
  addEventListener('focusin', ({ target }) => {
    if (!target.matches('a, input, button, select')) return
    reached.add(target)
    const { left, top, width, height } = target.getClientRects()[0]
    const hit = document.elementFromPoint(left + width / 2, top + height / 2)
    if (!hit || (hit.closest('thead') && !target.closest('thead'))) hidden.push(target.textContent.slice(0, 50))
  })
  window.seen = () => ({ reached: reached.size, hidden })
})()`

test('with scripts off all but the completion works', { skip }, async (t) => {
  const service = await startService()
  t.teardown(service.close)
  const context = await openBrowser(t, { javaScriptEnabled: false })
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
  await page.getByRole('link', { name: 'UN Regional Commissions' }).first().click()
  await page.getByRole('link', { name: 'ECA', exact: true }).first().click()
  await page.goto(service.url)
  await page
    .getByRole('link', { name: /^text adopted in/ })
    .first()
    .click()
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
  const { page, asked, errors, visit } = await watch(await openBrowser(t))
  for (const path of [
    ...kinds,
    '/v1/search?q=script',
    `/v1/search?q=${encodeURIComponent(hostile.slice(0, 190))}`,
    `/v1/action-lines/${encodeURIComponent(hostile)}`,
    `/v1/sessions?${encodeURIComponent(hostile)}=1`,
  ]) {
    await visit(service.url + path)
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
    t.same(await page.evaluate(dangerous), ['not ran'], path)
  }
  const { text } = await service.ask('/v1/action-lines/C1?format=html')
  t.match(text, '&lt;script&gt;', 'and it is there to be seen')
})

/** The elements of a page that may run or load something, after its title. */
const dangerous = `[
  document.title === 'ran' ? 'ran' : 'not ran',
  ...[...document.querySelectorAll('img, script:not([src]):not([type="application/ld+json"]), a[href^="javascript:" i]')]
    .map(({ outerHTML }) => outerHTML),
]`

/** Appends a text to every text of a seed that a page may show, and uses other schemes in URLs. */
function makeHostile(seed: SeedCopy, hostile: string): void {
  const worse = (record: Record<string, unknown>, ...names: string[]) => {
    for (const name of names) if (typeof record[name] === 'string') record[name] += hostile
  }
  seed.change('action-lines.json', (lines) => {
    for (const line of lines) {
      line.aliases = [...(line.aliases as string[]), String(line.title)]
      worse(line, 'title', 'genevaTitle')
    }
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
