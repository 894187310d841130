import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fold } from '../characters.ts'
import type { Collection, Lookup, NameSet, Noun } from '../nouns/noun.ts'
import { hrefOf } from '../nouns/shapes.ts'
import { type TObject, Type } from '../typebox.ts'
import { isCached, namesTag, recallAbsence, settleCaching } from './caching.ts'
import { linkHeader, redirect } from './fixed-route.ts'
import { type Format, formatFor, formats } from './formats.ts'
import { formatParameter, list } from './list.ts'
import { wantsPage } from './page.ts'
import { badRequest, HttpProblem } from './problem.ts'
import { type Lookups, queryError, queryString, settleQuery } from './query.ts'
import type { Site } from './site.ts'

/** The items of a noun as an operation. */
interface ItemOperation {
  noun: Noun
  stored: Collection
  offered: Format[]
  query: TObject
  lookups: Lookups
}

/** Registers the list of a noun and its items. */
export function collection(
  app: FastifyInstance,
  site: Site,
  noun: Noun,
  stored: Collection,
  names: Record<NameSet, Lookup>,
): void {
  const { many, operations, description } = noun
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
      revisionOf: stored.revision,
      ids: stored.names,
    },
    names,
  )
  item(app, site, noun, stored)
}

function item(app: FastifyInstance, site: Site, noun: Noun, stored: Collection): void {
  const { one, operations, comparison } = noun
  const offered = formats.filter(({ item }) => item?.fits(noun))
  const compared = comparison && {
    [comparison.of]: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: `Another ${one} that it is compared to.`,
        examples: [noun.example],
      }),
    ),
  }
  const query = Type.Object({ ...compared, format: formatParameter(offered) }, { additionalProperties: false })
  const lookups: Lookups = comparison ? { [comparison.of]: stored.names } : {}
  const operation: ItemOperation = { noun, stored, offered, query, lookups }
  const content = offered.flatMap(({ mediaType, item }) =>
    item?.schema ? [[mediaType.replace(/;.*/, ''), { schema: item.schema(noun) }]] : [],
  )
  app.get(`${hrefOf(noun.name)}/:id`, {
    attachValidation: true,
    config: { fixed: true },
    schema: {
      operationId: `get${operations[0]}`,
      summary: `Get one ${one}`,
      description: noun.description.item,
      tags: [noun.tag],
      params: Type.Object({
        id: Type.String({
          maxLength: 500,
          description: `The id of the ${one}. Other spellings are answered with 308 to the right one.`,
          examples: [noun.example],
        }),
      }),
      querystring: query,
      response: {
        200: { description: `The ${one}.`, content: Object.fromEntries(content) },
        ...(noun.newest && {
          307: { type: 'null', description: `\`${noun.newest}\` leads to the newest, whose address is in Location.` },
        }),
      },
    },
    handler: (request, reply) => answer(site, operation, request, reply),
  })
}

/** An item: refused, sent on to its canonical address, 304, or itself. */
function answer(
  site: Site,
  { noun, stored, offered, query, lookups }: ItemOperation,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { id: asked = '' } = request.params as Record<string, string>
  const list = site.base + hrefOf(noun.name)
  const { format: formatGiven, ...parameters } = settleQuery(request, query, lookups)
  const leadTo = (id: string, status?: 307) =>
    redirect(reply, site.base + hrefOf(noun.name, id) + String(request.raw.url).replace(/^[^?]*/, ''), status)
  if (noun.newest && fold(asked) === noun.newest) return leadTo(String(stored.names.find(noun.newest)), 307)
  const format = formatFor(request, offered, formatGiven)
  const tail = queryString({ ...parameters, ...(formatGiven && { format: formatGiven }) })
  const own = hrefOf(noun.name, asked) + tail
  const isKnown = isCached(request, own, format.name) || namesTag(site, request, own, format.name)
  const record = isKnown ? undefined : stored.read(asked)
  if (!isKnown && record === undefined) {
    const id = stored.names.find(asked)
    if (id !== undefined) return leadTo(id)
    if (recallAbsence(request, reply, own, wantsPage(request) ? 'html' : 'json')) return reply
    throw unknownItem(site, noun, asked, own, stored.names)
  }
  const other = noun.comparison && parameters[noun.comparison.of]
  if (other !== undefined && record !== undefined) checkComparison(noun, stored, record, String(other))
  reply.headers(format.headers ?? {})
  if (settleCaching(site, request, reply, own, format.name)) return reply
  const text =
    other === undefined ? String(record) : comparedText(noun, String(record), String(stored.read(String(other))))
  return reply
    .header('link', linkHeader(site, own, { collection: list }))
    .type(format.mediaType)
    .send(format.item?.write(noun, text, site, stored.revision))
}

/** The most records that the advice of a refused comparison looks through. */
const maxCompared = 100

/** Throws HttpProblem 400 with the reason if a record cannot be compared with another. */
function checkComparison({ comparison }: Noun, stored: Collection, record: string, other: string): void {
  if (!comparison) return
  const all = JSON.parse(`[${stored.page({}, '', maxCompared, false).items}]`)
  const why = comparison.refusal(
    JSON.parse(record) as never,
    JSON.parse(String(stored.read(other))) as never,
    all as never,
  )
  if (why) throw badRequest([queryError(comparison.of, why)])
}

function comparedText({ comparison }: Noun, record: string, other: string): string {
  return JSON.stringify(comparison?.compare(JSON.parse(record) as never, JSON.parse(other) as never))
}

function unknownItem(
  site: Site,
  { name, one, newest }: Noun,
  asked: string,
  instance: string,
  names: Lookup,
): HttpProblem {
  const near = names.suggest(asked)
  const list = site.base + hrefOf(name)
  const also = newest ? ` "${newest}" leads to the newest.` : ''
  const other = names.note?.(asked) ?? `GET ${list} lists them.`
  const meant = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : other
  return new HttpProblem(404, `No ${one} is called "${asked.slice(0, 100)}". ${meant}${also}`, {
    instance,
    suggestions: near.map((id) => ({ id, href: site.base + hrefOf(name, id) })),
  })
}
