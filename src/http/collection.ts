import { Type } from '@sinclair/typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Collection, Lookup, NameSet, Noun } from '../nouns/noun.ts'
import { hrefOf, ref } from '../nouns/shapes.ts'
import { namesTag, settleCaching } from './caching.ts'
import { linkHeader, redirect } from './fixed-route.ts'
import { formatFor, mediaTypes } from './formats.ts'
import { list } from './list.ts'
import { html, pageHeaders } from './page.ts'
import { HttpProblem } from './problem.ts'
import { queryString, settleQuery } from './query.ts'
import { absolute, type Site } from './site.ts'

/** Registers the list of a noun and its items. */
export function collection(
  app: FastifyInstance,
  site: Site,
  noun: Noun,
  stored: Collection,
  names: Record<NameSet, Lookup>,
): void {
  const { one, many, operations, description } = noun
  list(
    app,
    site,
    {
      list: noun,
      noun,
      operationId: `list${operations[1]}`,
      summary: `List ${many}`,
      description: description.list,
      page: stored.page,
    },
    names,
  )
  app.get(`${hrefOf(noun.name)}/:${noun.key}`, {
    attachValidation: true,
    config: { fixed: true },
    schema: {
      operationId: `get${operations[0]}`,
      summary: `Get one ${one}`,
      description: description.item,
      tags: [noun.tag],
      params: Type.Object({
        [noun.key]: Type.String({
          description: `The ${noun.key} of the ${one}. Other spellings are answered with 308 to the right one.`,
          examples: [noun.keyExample],
        }),
      }),
      querystring: ItemQuery,
      response: {
        200: { description: `The ${one}.`, content: { 'application/json': { schema: ref(noun.item) } } },
      },
    },
    handler: (request, reply) => answer(site, noun, stored, request, reply),
  })
}

const json = { name: 'json', mediaType: mediaTypes.json }
/** A page for people is offered last, so that a client that takes anything gets data. */
const offered = [json, html]

const ItemQuery = Type.Object(
  {
    format: Type.Optional(
      Type.Unsafe<string>({
        type: 'string',
        enum: offered.map(({ name }) => name),
        description: 'The format of the answer; it wins over the header Accept.',
        examples: ['json'],
      }),
    ),
  },
  { additionalProperties: false },
)

/** An item: refused, sent on to its canonical address, 304, or itself. */
function answer(
  site: Site,
  noun: Noun,
  stored: Collection,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { [noun.key]: asked = '' } = request.params as Record<string, string>
  const listHref = site.base + hrefOf(noun.name)
  // The router takes the slash at the end of `/v1/agencies/` for an item without a name.
  if (asked === '') return redirect(reply, listHref + String(request.raw.url).replace(/^[^?]*/, ''))
  const { format: formatAsked } = settleQuery(request, ItemQuery, {})
  const format = formatFor(request, offered, formatAsked)
  const isHeld = namesTag(site, request, hrefOf(noun.name, asked), format.name)
  const id = isHeld ? asked : stored.names.find(asked)
  if (id === undefined) throw unknownItem(site, noun, asked, stored.names.suggest(asked))
  const own = hrefOf(noun.name, id)
  if (id !== asked)
    return redirect(reply, site.base + own + queryString({ ...(formatAsked && { format: formatAsked }) }))
  const isPage = format === html
  if (isPage) reply.headers(pageHeaders)
  if (settleCaching(site, request, reply, own, format.name)) return reply
  const record = stored.read(id)
  return reply
    .header('link', linkHeader(site, own, { collection: listHref }))
    .type(format.mediaType)
    .send(isPage ? site.pages.item(noun, record) : absolute(site, record))
}

function unknownItem(site: Site, { name, one }: Noun, asked: string, near: string[]): HttpProblem {
  const list = site.base + hrefOf(name)
  const meant = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `GET ${list} lists them.`
  return new HttpProblem(404, `No ${one} is called "${asked.slice(0, 100)}". ${meant}`, {
    suggestions: near.map((id) => ({ id, href: site.base + hrefOf(name, id) })),
  })
}
