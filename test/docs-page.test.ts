import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { test } from 'tap'
import document from '../openapi/openapi.json' with { type: 'json' }
import { type Service, startService } from './service.ts'

// /docs in a real browser. Where there is none (Debian: apt-get install chromium) these tests are skipped and say so.

const executablePath =
  process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path))
const skip = executablePath ? false : 'there is no Chromium here: install it, or name it in CHROMIUM'

let service: Service
let context: BrowserContext
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

async function open(width: number): Promise<{ page: Page; asked: string[]; faults: string[] }> {
  const page = await context.newPage()
  const [asked, faults]: [string[], string[]] = [[], []]
  page.on('request', (request) => asked.push(request.url()))
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.setViewportSize({ width, height: 900 })
  await page.goto(`${service.url}/docs`)
  await page.waitForSelector('.opblock')
  return { page, asked, faults }
}

test('the page of the documentation', { skip }, async (t) => {
  service = await startService()
  context = await chromium.launchPersistentContext(profile, {
    headless: true,
    args,
    ...(executablePath && { executablePath }),
  })
  t.teardown(async () => {
    await context.close()
    await service.close()
    rmSync(profile, { recursive: true, force: true })
  })

  await t.test('lists every operation and asks no other host for anything', async (t) => {
    const { page, asked, faults } = await open(1280)
    const operations = Object.values(document.paths).flatMap((methods) => Object.keys(methods))
    t.equal(await page.locator('.opblock').count(), operations.length)
    t.match(await page.title(), 'Action Line directory')
    t.ok(asked.length > 3)
    t.same(
      asked.filter((url) => !url.startsWith(`${service.url}/`) && !url.startsWith('data:')),
      [],
    )
    t.same(faults, [])
  })

  await t.test('fits on a phone', async (t) => {
    const { page } = await open(360)
    await page.locator('#operations-Action_lines-getActionLine button.opblock-summary-control').click()
    await page.waitForSelector('.opblock-body')
    const { scrolled, seen } = (await page.evaluate(
      '({ scrolled: document.documentElement.scrollWidth, seen: innerWidth })',
    )) as { scrolled: number; seen: number }
    t.ok(scrolled <= seen, `${scrolled} px on a screen of ${seen}`)
  })

  await t.test('answers a question that is put with the keyboard alone', async (t) => {
    const { page } = await open(1280)
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

  await t.test('executes what it offers to try, as it stands', async (t) => {
    const { page } = await open(1280)
    for (const operation of ['Search-search', 'Resolve-resolve', 'Check-check', 'Exports-getExport']) {
      const block = page.locator(`#operations-${operation}`)
      await block.locator('button.opblock-summary-control').click()
      await block.locator('button.execute').click()
      const status = block.locator('.live-responses-table .response-col_status')
      await status.last().waitFor({ timeout: 10_000 })
      t.match(await status.last().textContent(), '200', operation)
    }
  })
})
