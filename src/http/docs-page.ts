import swaggerUi, { type FastifySwaggerUiOptions } from '@fastify/swagger-ui'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { publishedDocument } from './description.ts'
import { badRequest, HttpProblem } from './problem.ts'
import type { Site } from './site.ts'

/** Swagger UI styles its elements from scripts, so inline styles are let in; nothing from another host is. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const head = '<head><meta name="viewport" content="width=device-width, initial-scale=1">'
const body = ({ base }: Site) =>
  `<body><noscript>This page needs scripts. The same text stands in <a href="${base}/openapi.json">openapi.json</a>, and GET /v1 lists the collections.</noscript>`

const style = `
  .swagger-ui .info { margin: 1.5rem 0 }
  .swagger-ui :focus-visible { outline: 3px solid #1a56db; outline-offset: 2px }
  @media (max-width: 640px) {
    .swagger-ui .wrapper { padding: 0 .75rem }
    .swagger-ui .opblock .opblock-summary { flex-wrap: wrap }
    .swagger-ui .opblock .opblock-summary-description { flex-basis: 100%; padding: .25rem 0 }
    .swagger-ui table, .swagger-ui table > tbody, .swagger-ui table > tbody > tr, .swagger-ui table > tbody > tr > td { display: block; width: auto; max-width: none; padding-left: 0 }
    .swagger-ui table > thead { display: none }
    .swagger-ui .opblock-body, .swagger-ui .info { overflow-wrap: anywhere }
  }
`

/** Registers /docs: the OpenAPI document as a page that asks no other host for anything. */
export async function docsPage(app: FastifyInstance, site: Site): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRequest', async ({ raw, routeOptions }) => {
      if (raw.url?.includes('?'))
        throw badRequest([
          { location: 'query', name: '?', detail: 'The page takes no parameters.', allowed: [], suggestion: null },
        ])
      if (routeOptions.url === '/docs/yaml')
        throw new HttpProblem(404, 'The document is at /openapi.json and /openapi.yaml.')
    })
    scope.addHook('onSend', async (_request, reply, payload) => {
      const isPage = typeof payload === 'string' && String(reply.getHeader('content-type')).startsWith('text/html')
      return isPage ? payload.replace('<head>', head).replace('<body>', body(site)) : payload
    })
    // Called, not registered: else it wants @fastify/swagger, which would make the document anew at each start.
    scope.decorate('swagger', (() => publishedDocument(site)) as never)
    await (swaggerUi as unknown as FastifyPluginAsync<FastifySwaggerUiOptions>)(scope, {
      routePrefix: '/docs',
      ...(site.base && { indexPrefix: new URL(site.base).pathname }),
      staticCSP: policy,
      transformSpecification: () => publishedDocument(site),
      transformSpecificationClone: false,
      theme: { title: 'Action Line directory', css: [{ filename: 'directory.css', content: style }] },
      uiConfig: {
        layout: 'BaseLayout',
        deepLinking: true,
        docExpansion: 'list',
        defaultModelsExpandDepth: 0,
        tryItOutEnabled: true,
        displayRequestDuration: true,
      },
    })
  })
}
