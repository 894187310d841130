import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import tap, { type Test } from 'tap'

// A real browser for the tests of pages. If there is none (Debian: apt-get install chromium) they are skipped and say so.

const executablePath =
  process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path))
export const skip = executablePath ? false : 'there is no Chromium here: install it, or name it in CHROMIUM'

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const launch = async () => {
  const browser = await chromium.launch({ args, ...(executablePath && { executablePath }) })
  tap.teardown(() => browser.close())
  return browser
}
let browser: Promise<Browser> | undefined

/** A separate browser context, closed with the test, in the one browser of a test file. */
export async function openBrowser(t: Test, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  browser ??= launch()
  const context = await (await browser).newContext(options)
  t.teardown(() => context.close())
  return context
}

/** A page with its invisible effects: the URLs that it requested, and its errors. */
export interface Watched {
  page: Page
  asked: string[]
  errors: string[]
  /** Opens a URL after clearing the records. */
  visit(url: string): Promise<unknown>
}

export async function watch(context: BrowserContext, width = 1280): Promise<Watched> {
  const page = await context.newPage()
  const [asked, errors]: [string[], string[]] = [[], []]
  page.on('request', (request) => asked.push(request.url()))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('dialog', (dialog) => {
    errors.push(`dialog: ${dialog.message()}`)
    return dialog.dismiss()
  })
  await page.setViewportSize({ width, height: 900 })
  const visit = (url: string) => {
    asked.length = 0
    errors.length = 0
    return page.goto(url)
  }
  return { page, asked, errors, visit }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const run = `axe.run({ resultTypes: ["violations"] }).then(({ violations }) =>
  violations.map(({ id, impact, nodes }) => [impact, id, nodes[0].html].join(" ")))`

/**
 * The findings of axe-core on the open page, one line for each rule. It is injected by the debugger, which no policy
 * stops.
 */
export async function axeFindings(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Runtime.evaluate', { expression: axe })
  const { result } = await session.send('Runtime.evaluate', {
    expression: run,
    awaitPromise: true,
    returnByValue: true,
  })
  await session.detach()
  return result.value as string[]
}
