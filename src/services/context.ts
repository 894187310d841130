import type { FastifyInstance } from 'fastify'
import { fixedRoute } from '../http/fixed-route.ts'
import type { Site } from '../http/site.ts'
import { classes, contextOf, contextPath } from '../nouns/context.ts'
import { Type } from '../typebox.ts'

/** Registers the context that the JSON-LD files refer to. */
export function context(app: FastifyInstance, site: Site): void {
  fixedRoute(app, site, {
    path: contextPath,
    operationId: 'getContext',
    summary: 'Get the JSON-LD context',
    description: `What the properties mean as linked data (JSON-LD 1.1), for the \`.jsonld\` files. They have the records of the JSON as nodes, under their addresses: ${classes}. Lines are a scheme of SKOS, agencies and their groups are in W3C ORG, ids, titles, dates and sources are \`dcterms:\`, addresses and people \`schema:\`, home pages \`foaf:\`.

Every other property is a term of this service, \`/v1/context.jsonld#role\`, and means what the schema of the JSON says; so nothing is lost. What is null is not known, and so not said.

If the service does not know its own address (PUBLIC_URL), addresses are relative to that of the file: a processor that reads a copy must be told it as the base.`,
    tag: 'Exports',
    format: 'jsonld',
    response: ['The context.', Type.Object({}, { description: 'A JSON-LD 1.1 context.', additionalProperties: true })],
    links: { collection: `${site.base}/v1/exports` },
    write: () => JSON.stringify(contextOf(site.base)),
  })
}
