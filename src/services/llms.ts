import type { FastifyInstance } from 'fastify'
import { respond } from '../http/caching.ts'
import { noParameters, withoutParameters } from '../http/query.ts'
import type { Site } from '../http/site.ts'

/** Instructions for agents, after https://llmstxt.org: the important requests, and the meaning of the data. */
const text = ({ base }: Site): string => `# Action Line directory

> Who in the UN system coordinates or facilitates which WSIS Action Line (C1 to C11, the eight parts of C7, B, D and E), and which document says so. Read-only JSON over HTTP; no key.

## Requests

- [Who is named for a line](${base}/v1/action-lines/C7.e-health): \`current\` is the newest table, \`editions\` has every table, \`coordinators\` only the draft of 2005.
- [Which lines an agency is named for](${base}/v1/agencies/ITU): \`current\` today, \`actionLines\` in every table, \`reports\` elsewhere.
- [What a text means](${base}/v1/resolve?q=C1%2C%20C7%20eGov): act only on matches with \`certain: true\`; ask a person about the others.
- [Single statements with their sources](${base}/v1/coordinations?actionLine=C5): cite \`source\`, \`date\` and \`authority\`.
- [Who coordinates what, in one table](${base}/v1/editions/latest): add \`?comparedTo=annex-adopted\` to compare.

## What must not be concluded

- Do not present the draft of 2005 as today's table: use \`current\`. A document names an agency; it does not follow that the agency still acts.
- \`null\` means that no value was read, not that there is none. An agency that is absent from a table is not named in it, which is all that this says.
- Reports, sessions and outcome documents are a selection. A contact is not a coordinator or facilitator. A \`secondary\` source is somebody's account of a document.
- [OpenAPI](${base}/openapi.json), [all data as files](${base}/v1/exports), [the dataset](${base}/v1/dataset).
`

/** Registers /llms.txt. */
export function llmsText(app: FastifyInstance, site: Site): void {
  app.get('/llms.txt', { ...withoutParameters(site), schema: { hide: true, ...noParameters } }, (request, reply) =>
    respond(site, request, reply, {
      url: '/llms.txt',
      format: { name: 'text', mediaType: 'text/plain; charset=utf-8' },
      write: () => text(site),
    }),
  )
}
