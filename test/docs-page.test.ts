import { test } from 'tap'
import document from '../openapi/openapi.json' with { type: 'json' }
import { axeFindings, openBrowser, skip, type Watched, watch } from './browser.ts'
import { startService } from './service.ts'

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => ({ method, path })),
)

test('what the reference loads is cached for a year, compressed and conditional', async (t) => {
  const service = await startService()
  t.teardown(service.close)
  const page = await service.ask('/docs')
  t.match(page.headers['content-type'], 'text/html')
  t.notMatch(page.headers['content-security-policy'], 'unsafe-eval')
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

test('the reference in Chromium', { skip }, async (t) => {
  const service = await startService()
  t.teardown(service.close)
  const context = await openBrowser(t)
  const open = async (width = 1280): Promise<Watched> => {
    const watched = await watch(context, width)
    await watched.page.goto(`${service.url}/docs`)
    await watched.page.getByRole('button', { name: 'Search', exact: false }).first().waitFor()
    return watched
  }

  await t.test('axe finds nothing, no script fails and no other host is asked', async (t) => {
    const { page, asked, errors } = await open()
    t.match(await page.title(), 'Action Line directory')
    await page.waitForSelector('text=List the collections')
    t.same(await axeFindings(page), [])
    t.same(
      asked.filter((url) => !url.startsWith(`${service.url}/`) && !/^(data|blob):/.test(url)),
      [],
    )
    t.same(errors, [])
    await page.close()
  })

  await t.test('search finds an operation by its words', async (t) => {
    const { page } = await open()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('what a text means')
    const found = page.getByRole('option', { name: /Find out what a text means/ }).first()
    await found.waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/resolve/)
    t.match(page.url(), 'resolve')
    await page.close()
  })

  await t.test('fits on a phone', async (t) => {
    const { page } = await watch(context, 360)
    await page.goto(`${service.url}/docs`)
    await page.waitForSelector('text=Action Line directory')
    t.ok((await page.evaluate<number>('document.documentElement.scrollWidth')) <= 360)
    await page.close()
  })

  await t.test(
    'the first Send of every operation is answered, and asks for nothing that was not wished for',
    async (t) => {
      const { page } = await open()
      let answered: { status: number; url: URL } | undefined
      page.on('response', (response) => {
        const url = new URL(response.url())
        if (!url.pathname.startsWith('/docs')) answered = { status: response.status(), url }
      })
      for (const { method, path } of operations) {
        const name = new RegExp(`Test Request \\(${method} ${path.replace(/[.{}]/g, '\\$&')}\\)`)
        const button = page.getByRole('button', { name })
        for (let screens = 0; screens < 200 && (await button.count()) === 0; screens++) await page.mouse.wheel(0, 700)
        await button.click()
        answered = undefined
        const send = page.getByRole('button', { name: /^Send/ }).first()
        await send.click()
        for (let waits = 0; waits < 200 && !answered; waits++) await page.waitForTimeout(20)
        t.equal(answered?.status, 200, `${method} ${path}`)
        const asked = [...(answered?.url.searchParams.keys() ?? [])]
        t.same(
          asked.filter((one) => one !== 'q'),
          [],
          String(answered?.url),
        )
        await page.keyboard.press('Escape')
        await send.waitFor({ state: 'hidden' })
      }
    },
  )
})
