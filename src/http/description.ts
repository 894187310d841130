import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { Type } from '../typebox.ts'
import { fixedRoute } from './operation.ts'
import type { Site } from './site.ts'

// The routes that serve the OpenAPI document, which `npm run openapi` writes.

export const documentFile = join(import.meta.dirname, '../../openapi/openapi.json')

/** The document as it is published: openapi/openapi.json with the URL of this host, and the contact, if one is set. */
function publishedDocument({ base, contact }: Site): object {
  const document = JSON.parse(readFileSync(documentFile, 'utf8'))
  if (base) document.servers[0].url = base
  const way = contact.startsWith('https:') ? { url: contact } : { email: contact.replace(/^mailto:/i, '') }
  if (contact) document.info.contact = { name: 'Report an error', ...way }
  return document
}

/** A JSON value as YAML 1.2, with strings as in JSON. A library takes 300 ms for the document. */
function yamlOf(value: unknown, indent = ''): string {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0)
    return ` ${JSON.stringify(value)}\n`
  const lines = Object.entries(value).map(([key, one]) => {
    const start = Array.isArray(value) ? '-' : `${JSON.stringify(key)}:`
    return indent + start + yamlOf(one, `${indent}  `)
  })
  return `\n${lines.join('')}`
}

/** Registers /openapi.json and /openapi.yaml. */
export function description(app: FastifyInstance, site: Site): void {
  const shared = { tag: 'Directory', links: { 'service-doc': `${site.base}/docs` } }
  fixedRoute(app, site, {
    path: '/openapi.json',
    operationId: 'getOpenApi',
    summary: 'Get this document',
    description: 'The OpenAPI 3.1 document of the service.',
    ...shared,
    response: [
      'The document.',
      { json: Type.Object({}, { description: 'An OpenAPI 3.1 document.', additionalProperties: true }) },
    ],
    write: () => JSON.stringify(publishedDocument(site)),
  })
  fixedRoute(app, site, {
    path: '/openapi.yaml',
    operationId: 'getOpenApiYaml',
    summary: 'Get this document as YAML',
    description: 'The document of `/openapi.json` as YAML.',
    ...shared,
    response: ['The document.', { yaml: Type.String({ description: 'An OpenAPI 3.1 document, as YAML 1.2.' }) }],
    write: () => yamlOf(publishedDocument(site)).trimStart(),
  })
}
