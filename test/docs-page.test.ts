import { test } from 'tap'
import { axeFindings, openBrowser, skip, watch } from './browser.ts'
import { publicUrl, startService } from './service.ts'

/** An item, an operation with a query, one with a body: each with its place in the menu. */
const tried = {
  'get /v1/action-lines/{id}': '#tag/action-lines/GET/v1/action-lines/{id}',
  'get /v1/resolve': '#tag/resolve/GET/v1/resolve',
  'post /v1/check': '#tag/check/POST/v1/check',
}

test('what the reference loads is cached for a year, compressed and conditional', async (t) => {
  const service = await startService()
  t.teardown(service.close)
  const page = await service.ask('/docs')
  t.match(page.headers['content-type'], 'text/html')
  t.notMatch(page.headers['content-security-policy'], 'unsafe-eval')
  const { description } = (await service.ask('/openapi.json')).json.info
  t.match(page.text, `<p>${description.split('\n')[0]}</p>`, 'the introduction is there before the scripts are')
  t.match(page.text, 'noscript', 'a person without scripts is told where the same text is')
  t.equal((await service.ask('/docs', { 'if-none-match': String(page.headers.etag) })).status, 304)
  const files = [...page.text.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)].map(([, path]) => String(path))
  t.equal(files.length, 3)
  for (const path of files) {
    const { status, headers, bytes } = await service.ask(path, { 'accept-encoding': 'br' })
    t.equal(status, 200, path)
    t.equal(headers['content-encoding'], 'br')
    t.match(headers['cache-control'], 'max-age=31536000, immutable')
    t.ok(bytes.length < 1_500_000)
    const held = { 'accept-encoding': 'br', 'if-none-match': String(headers.etag) }
    t.equal((await service.ask(path, held)).status, 304)
  }
})

test('the reference loads everything from its own origin, whatever the public URL is', async (t) => {
  const service = await startService({ publicUrl })
  t.teardown(service.close)
  const { text } = await service.ask('/docs')
  t.match(text, 'href="/wsis/openapi.json"')
  t.notMatch(text, 'directory.example.org')
})

test('the reference in Chromium', { skip }, async (t) => {
  const service = await startService()
  t.teardown(service.close)
  const { page, asked, errors, visit } = await watch(await openBrowser(t))
  await visit(`${service.url}/docs`)
  await page.locator('button', { hasText: 'Search' }).first().waitFor()

  await t.test('axe finds nothing, no script fails and no other host is asked', async (t) => {
    t.match(await page.title(), 'Action Line directory')
    await page.waitForSelector('text=List the collections')
    t.same(await axeFindings(page), [])
    t.same(
      asked.filter((url) => !url.startsWith(`${service.url}/`) && !/^(data|blob):/.test(url)),
      [],
    )
    t.same(errors, [])
  })

  await t.test('search finds an operation by its words, by keyboard', async (t) => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('resolve a text')
    await page.locator('[role=option]', { hasText: 'Resolve a text' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForFunction("location.hash.includes('resolve')")
    t.match(page.url(), 'resolve')
  })

  await t.test('the first Send is answered, and asks for nothing that was not wished for', async (t) => {
    for (const [operation, place] of Object.entries(tried)) {
      const button = page.locator('button', { hasText: `(${operation})` })
      await page.locator(`a[href="${place}"]`).first().dispatchEvent('click')
      await button.waitFor()
      await button.dispatchEvent('click')
      const send = page.locator('button', { hasText: 'Send' }).first()
      await send.waitFor()
      const answered = page.waitForResponse((response) => !response.url().includes('/docs'))
      await send.dispatchEvent('click')
      const response = await answered
      t.equal(response.status(), 200, operation)
      const asked = [...new URL(response.url()).searchParams.keys()]
      t.same(
        asked.filter((one) => one !== 'q'),
        [],
        response.url(),
      )
      await page.keyboard.press('Escape')
      await send.waitFor({ state: 'hidden' })
    }
  })

  await t.test('fits on a phone', async (t) => {
    await page.setViewportSize({ width: 360, height: 900 })
    await visit(`${service.url}/docs`)
    await page.waitForSelector('text=Action Line directory')
    t.ok((await page.evaluate<number>('document.documentElement.scrollWidth')) <= 360)
  })
})
