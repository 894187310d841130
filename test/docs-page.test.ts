import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import t from 'tap'
import document from '../openapi/openapi.json' with { type: 'json' }
import { serve } from './service.ts'

// /docs in a real browser. Where there is none (Debian: apt-get install chromium) these tests are skipped and say so.

const executablePath =
  process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path))
const skip = executablePath ? false : 'there is no Chromium here: install it, or name it in CHROMIUM'

const profile = mkdtempSync(join(tmpdir(), 'chromium-'))
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Opens the page of a service in a window of a width; notes what it asks for and what it complains of. */
async function open(
  context: BrowserContext,
  url: string,
  width: number,
): Promise<{ page: Page; asked: string[]; faults: string[] }> {
  const page = await context.newPage()
  const [asked, faults]: [string[], string[]] = [[], []]
  page.on('request', (request) => asked.push(request.url()))
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.setViewportSize({ width, height: 900 })
  await page.goto(`${url}/docs`)
  await page.waitForSelector('.opblock')
  return { page, asked, faults }
}

t.test('the page of the documentation', { skip }, async (t) => {
  const { url } = await serve(t)
  const context = await chromium.launchPersistentContext(profile, {
    headless: true,
    args,
    ...(executablePath && { executablePath }),
  })
  t.teardown(async () => {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  })

  const { page, asked, faults } = await open(context, url, 1280)

  await t.test('answers a question that is put with the keyboard alone', async (t) => {
    const control = page.locator('#operations-Action_lines-getActionLine button.opblock-summary-control')
    for (
      let presses = 0;
      presses < 80 && !(await control.evaluate((element) => element === element.ownerDocument.activeElement));
      presses++
    )
      await page.keyboard.press('Tab')
    t.ok(
      await control.evaluate((element) => element === element.ownerDocument.activeElement),
      'Tab reaches the operation',
    )
    await page.keyboard.press('Enter')
    const execute = page.locator('#operations-Action_lines-getActionLine button.execute')
    await execute.waitFor()
    await execute.focus()
    await page.keyboard.press('Enter')
    const answer = page.locator('#operations-Action_lines-getActionLine .live-responses-table')
    await answer.waitFor()
    t.match(await answer.textContent(), 'UN-Habitat')
  })

  await t.test('lists every operation', async (t) => {
    const operations = Object.values(document.paths).flatMap((methods) => Object.keys(methods))
    t.equal(await page.locator('.opblock').count(), operations.length)
    t.match(await page.title(), 'Action Line directory')
  })

  await t.test('fits on a phone', async (t) => {
    const { page } = await open(context, url, 360)
    await page.locator('#operations-Action_lines-getActionLine button.opblock-summary-control').click()
    await page.waitForSelector('.opblock-body')
    const { scrolled, seen } = (await page.evaluate(
      '({ scrolled: document.documentElement.scrollWidth, seen: innerWidth })',
    )) as { scrolled: number; seen: number }
    t.ok(scrolled <= seen, `${scrolled} px on a screen of ${seen}`)
  })

  await t.test('executes what it offers to try, as it stands', async (t) => {
    for (const operation of ['Search-search', 'Resolve-resolve', 'Check-check', 'Exports-getExport']) {
      const block = page.locator(`#operations-${operation}`)
      await block.locator('button.opblock-summary-control').click()
      await block.locator('button.execute').click()
      const status = block.locator('.live-responses-table .response-col_status')
      await status.last().waitFor({ timeout: 30_000 })
      t.match(await status.last().textContent(), '200', operation)
    }
  })
  await t.test('asks no other host for anything, and complains of nothing', async (t) => {
    t.ok(asked.length > 3)
    t.same(
      asked.filter((address) => !address.startsWith(`${url}/`) && !address.startsWith('data:')),
      [],
    )
    t.same(faults, [])
  })
})
