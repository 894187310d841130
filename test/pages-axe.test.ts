import { test } from 'tap'
import { axeFindings, openBrowser, skip, watch } from './browser.ts'
import { kinds, refused } from './page-addresses.ts'
import { startService } from './service.ts'

/** One page of each layout: a matrix, a record with tables and links, a list with its form, an error. */
const narrow = [
  '/',
  '/v1/action-lines/C1',
  '/v1/editions/annex-adopted?comparedTo=annex-draft',
  '/v1/sessions',
  '/nothing',
]

/** The address of a page: of a list with 20 rows, since all rows are written alike. */
const addressOf = (path: string) => (/^\/v1\/[a-z-]+$/.test(path) ? `${path}?limit=20` : path)

test('every kind of page in Chromium, light and wide, dark and narrow', { skip }, async (t) => {
  const service = await startService()
  t.teardown(service.close)
  const context = await openBrowser(t)
  // One page for all URLs: each new page is a new process, which compiles axe again.
  const { page, asked, errors, visit } = await watch(context)

  for (const path of [...kinds, ...refused])
    await t.test(`${path}: axe finds nothing, it fits 360 px, no script fails, no other host is asked`, async (t) => {
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize({ width: 1280, height: 900 })
      await visit(service.url + addressOf(path))
      t.same(await axeFindings(page), [], path)
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.setViewportSize({ width: 360, height: 900 })
      if (narrow.includes(path)) {
        t.same(await axeFindings(page), [], `${path}, dark and narrow`)
        await page.emulateMedia({ forcedColors: 'active' })
        t.same(await axeFindings(page), [], `${path}, forced colours`)
        await page.emulateMedia({ forcedColors: 'none' })
      }
      t.ok((await page.evaluate<number>('document.documentElement.scrollWidth')) <= 360, `${path} fits`)
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
    })
})
