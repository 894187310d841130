import type { FastifyInstance } from 'fastify'
import { fileRoute, fixedRoute } from '../http/operation.ts'
import type { Site } from '../http/site.ts'
import { nouns } from '../nouns/index.ts'
import { dataset, hrefOf, ref, shape } from '../nouns/shapes.ts'
import { type Static, Type } from '../typebox.ts'

const IndexEntry = shape('IndexEntry', 'One service.', {
  id: Type.String({ description: 'The last segment of its path.' }),
  title: Type.String({ description: 'Its purpose.' }),
  href: Type.String({ description: 'Its URL.' }),
})

const IndexCollection = shape('IndexCollection', 'One collection.', {
  ...IndexEntry.properties,
  total: Type.Integer({ description: 'The number of records.' }),
})

const Documentation = shape('Documentation', 'The documentation.', {
  page: Type.String({ description: 'The reference, for people.' }),
  openapi: Type.String({ description: 'The OpenAPI document.' }),
  catalog: Type.String({ description: 'The API catalog (RFC 9727).' }),
})

export const Directory = shape('Directory', 'The contents of the directory and its documentation.', {
  dataset,
  version: Type.String({ description: 'The version of the service.' }),
  collections: Type.Array(ref(IndexCollection), { description: 'The collections.' }),
  services: Type.Array(ref(IndexEntry), { description: 'The other services.' }),
  documentation: ref(Documentation),
})
export type Directory = Static<typeof Directory>

const services = {
  resolve: 'What a text means: ?q=C1, C7 eGov, C11',
  search: 'Records with these words: ?q=disinformation',
  check: 'Whether a copy is current: POST JSON or CSV',
  reconcile: 'Match a spreadsheet with OpenRefine (Reconciliation Service API 0.2)',
  exports: 'All data as files',
  dataset: 'The dataset for catalogues (DCAT 3)',
}

/** The collections and services under /v1, by the last segments of their paths. */
export const pathNames = [...nouns.map(({ name }) => name), ...Object.keys(services)]

/** Registers the index of the collections. */
export function index(app: FastifyInstance, site: Site): void {
  const { base, dataset, version, collections } = site
  const documentation = {
    page: `${base}/docs`,
    openapi: `${base}/openapi.json`,
    catalog: `${base}/.well-known/api-catalog`,
  }
  fixedRoute(app, site, {
    path: '/v1',
    operationId: 'getDirectory',
    summary: 'List the collections',
    description: 'Start here: the collections with their counts, the dataset, and the documentation.',
    tag: 'Directory',
    response: ['The collections.', { json: ref(Directory) }],
    links: { 'service-doc': documentation.page },
    write: () =>
      JSON.stringify({
        dataset,
        version,
        collections: nouns.map(({ name, title }) => ({
          id: name,
          title,
          href: base + hrefOf(name),
          total: Number(collections.get(name)?.page({}, '', 1, false).total),
        })),
        services: Object.entries(services).map(([id, title]) => ({ id, title, href: base + hrefOf(id) })),
        documentation,
      } satisfies Directory),
  })
}

/** Instructions for agents, after https://llmstxt.org: the important requests, and the meaning of the data. */
const instructions = ({ base }: Site): string => `# Action Line directory

> Who in the UN system coordinates or facilitates which WSIS Action Line (C1 to C11, the eight parts of C7, B, D and E), and which document says so. Read-only JSON over HTTP; no key.

## Requests

- [Who is named for a line](${base}/v1/action-lines/C7.e-health): \`current\` is the newest table, \`editions\` has every table, \`coordinators\` only the draft of 2005.
- [Which lines an agency is named for](${base}/v1/agencies/ITU): \`current\` today, \`actionLines\` in every table, \`reports\` elsewhere.
- [What a text means](${base}/v1/resolve?q=C1%2C%20C7%20eGov): act only on matches with \`certain: true\`; ask a person about the others.
- [Single statements with their sources](${base}/v1/coordinations?actionLine=C5): cite \`source\`, \`date\` and \`authority\`.
- [Who coordinates what, in one table](${base}/v1/editions/latest): add \`?comparedTo=annex-adopted\` to compare.

## What must not be concluded

- Do not present the draft of 2005 as today's table: use \`current\`. A document names an agency; it does not follow that the agency still acts.
- \`null\` means that no value was read; there may be one. An agency that is absent from a table is not named in it, and nothing else follows.
- Reports, sessions and outcome documents are a selection. A contact is not a coordinator or facilitator. A \`secondary\` source is somebody's account of a document.
- [OpenAPI](${base}/openapi.json), [all data as files](${base}/v1/exports), [the dataset](${base}/v1/dataset).
`

/** Registers /llms.txt. */
export function llmsText(app: FastifyInstance, site: Site): void {
  fileRoute(app, site, { path: '/llms.txt', mediaType: 'text/plain; charset=utf-8', write: () => instructions(site) })
}
