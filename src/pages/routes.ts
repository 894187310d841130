import type { FastifyInstance } from 'fastify'
import { cacheControlForever, respond } from '../http/caching.ts'
import { html, wantsPage } from '../http/negotiation.ts'
import { fileRoute } from '../http/operation.ts'
import { queryString, settleQuery } from '../http/query.ts'
import type { Site } from '../http/site.ts'
import { nouns } from '../nouns/index.ts'
import { hrefOf } from '../nouns/shapes.ts'
import type { RecordOf, Records } from '../store/records.ts'
import { Type } from '../typebox.ts'
import { frontPage } from './front.ts'
import { assets, documentOf, prefixOf } from './layout.ts'

const edition = Type.Optional(Type.String({ minLength: 1, examples: ['annex-adopted'] }))
const FrontQuery = Type.Object({ edition, comparedTo: edition }, { additionalProperties: false })

/** Registers the front page, the files that pages load, robots.txt and the sitemap. */
export function pageRoutes(app: FastifyInstance, site: Site, records: Records): void {
  const { editions } = site.lookups
  // Read before the first request, which would wait for it and hold up the others if there were thousands.
  app.addHook('onReady', async () => void records.sessions())
  app.get('/', {
    schema: { hide: true, querystring: FrontQuery },
    handler: (request, reply) => {
      reply.header('vary', 'accept, accept-encoding')
      const query = settleQuery(site, request, FrontQuery, { edition: editions, comparedTo: editions })
      if (!wantsPage(request)) return reply.redirect(`${site.base}/docs`, 307)
      const { edition = 'latest', ...compared } = query
      // Version 1 showed one edition, or two compared, on this page.
      if (Object.keys(query).length > 0)
        return reply.redirect(`${site.base}${hrefOf('editions', String(edition))}${queryString(compared)}`, 308)
      return respond(site, request, reply, {
        url: '/',
        format: html,
        write: () => documentOf(site, records, frontPage(site, records)),
      })
    },
  })
  for (const asset of Object.values(assets)) fileRoute(app, site, asset, cacheControlForever)
  fileRoute(app, site, { ...assets.icon, path: '/favicon.ico' })
  fileRoute(app, site, { path: '/robots.txt', mediaType: 'text/plain; charset=utf-8', write: () => robots(site) })
  // The sitemap protocol requires absolute URLs, and the Host header cannot be trusted for them.
  if (site.base !== '')
    fileRoute(app, site, {
      path: '/sitemap.xml',
      mediaType: 'application/xml; charset=utf-8',
      write: () => sitemap(site, records),
    })
}

function robots(site: Site): string {
  const closed = ['/v1/search', '/v1/resolve', '/v1/exports/', '/*cursor=']
  const lines = ['User-agent: *', ...closed.map((path) => `Disallow: ${prefixOf(site)}${path}`)]
  return `${[...lines, ...(site.base ? [`Sitemap: ${site.base}/sitemap.xml`] : [])].join('\n')}\n`
}

/** Statements and changes are read on the pages of other records. */
const listedNouns = nouns
  .map(({ name }) => name as keyof RecordOf)
  .filter((name) => !['coordinations', 'changes'].includes(name))

/** The maximum number of items of a list in the sitemap, newest first. The protocol allows 50,000 URLs in total. */
const maxListed = 1_000

/** The pages of lists and items, without filtered lists. */
function sitemap({ base }: Site, records: Records): string {
  const items = listedNouns.flatMap((name) => [
    `/v1/${name}`,
    ...records
      .some(name, {}, maxListed, true)
      .items.toReversed()
      .map(({ id }) => `/v1/${name}/${encodeURIComponent(id)}`),
  ])
  const urls = ['/', ...items].map((path) => `<url><loc>${base}${path}</loc></url>`)
  return `<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`
}
