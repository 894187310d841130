import type { FastifyInstance } from 'fastify'
import { beginningOf, fold } from '../characters.ts'
import { fits } from '../formats/format.ts'
import { textInput } from '../nouns/filters.ts'
import type { Collection, Lookup, Noun } from '../nouns/noun.ts'
import { hrefOf } from '../nouns/shapes.ts'
import { Type } from '../typebox.ts'
import { respond } from './caching.ts'
import { list } from './list.ts'
import { formatFor, formatParameter, formatsOf, schemasOf } from './negotiation.ts'
import { operation, redirect } from './operation.ts'
import { badRequest, HttpProblem, queryError } from './problem-details.ts'
import { querySchema, queryString } from './query.ts'
import type { Site } from './site.ts'

/** Registers the list and the items of a noun. */
export function nounRoutes(app: FastifyInstance, site: Site, noun: Noun): void {
  const { many, operations, description } = noun
  const stored = site.collections.get(noun.name) as Collection
  const described = { operationId: `list${operations[1]}`, summary: `List ${many}`, description: description.list }
  list(app, site, { list: noun, stored, ...described })
  item(app, site, noun, stored)
}

function item(app: FastifyInstance, site: Site, noun: Noun, stored: Collection): void {
  const { one, operations, comparison } = noun
  const offered = formatsOf(site).filter((format) => format.item && fits(format, noun) && fits(format.item, noun))
  const compared = comparison && {
    [comparison.of]: Type.Optional(textInput(`The ${one} to compare it with.`, comparison.example)),
  }
  operation(app, site, {
    path: `${hrefOf(noun.name)}/:id`,
    operationId: `get${operations[0]}`,
    summary: `Get one ${one}`,
    description: noun.description.item,
    tag: noun.tag,
    params: Type.Object({
      id: Type.String({
        maxLength: 500,
        description: `The id of the ${one}. Other spellings redirect (308).`,
        examples: [noun.example],
      }),
    }),
    query: querySchema({ ...compared, format: formatParameter(offered) }),
    lookups: comparison ? { [comparison.of]: stored.names } : {},
    response: [`The ${one}.`, schemasOf(offered, ({ item }) => item?.schema?.(noun))],
    handle(query, request, reply) {
      const { id = '' } = request.params as Record<string, string>
      const leadTo = (id: string, status?: 307) =>
        redirect(reply, site.base + hrefOf(noun.name, id) + String(request.raw.url).replace(/^[^?]*/, ''), status)
      if (noun.newest && fold(id) === noun.newest) return leadTo(String(stored.names.find(noun.newest)), 307)
      const format = formatFor(request, offered, query.format)
      const url = hrefOf(noun.name, id) + queryString(query)
      const digest = stored.digest(id)
      if (digest === undefined) {
        const canonical = stored.names.find(id)
        if (canonical !== undefined) return leadTo(canonical)
        throw unknownItem(site, noun, id, url, stored.names)
      }
      const read = (id: string) => String(stored.read(id))
      const other = comparison && query[comparison.of]
      const text = () => (other === undefined ? read(id) : comparedText(noun, stored, read(id), read(String(other))))
      const ofOther = other === undefined ? '' : stored.digest(String(other))
      return respond(site, request, reply, {
        url,
        format,
        ...(format.item?.isOfRecord && { restsOn: `${digest} ${ofOther}` }),
        links: { collection: site.base + hrefOf(noun.name) },
        mayFail: other !== undefined,
        write: () => format.item?.write(noun, text(), site, stored.revision) ?? '',
      })
    },
  })
}

/** The number of records checked for the advice in the error of a comparison. */
const maxCompared = 100

/** A record compared with another one. Throws HttpProblem 400 with the reason if they cannot be compared. */
function comparedText({ comparison }: Noun, stored: Collection, text: string, otherText: string): string {
  if (!comparison) return text
  const [record, other] = [JSON.parse(text) as never, JSON.parse(otherText) as never]
  const all = JSON.parse(`[${stored.page({}, '', maxCompared, false).items}]`) as never
  const why = comparison.refusal(record, other, all)
  if (why) throw badRequest([queryError(comparison.of, why)])
  return JSON.stringify(comparison.compare(record, other))
}

function unknownItem(site: Site, noun: Noun, id: string, instance: string, names: Lookup): HttpProblem {
  const { name, one, newest } = noun
  const near = names.suggest(id)
  const list = site.base + hrefOf(name)
  const also = newest ? ` "${newest}" leads to the newest.` : ''
  const suggestion =
    near.length > 0 ? `Did you mean ${near.join(' or ')}?` : (names.note?.(id) ?? `GET ${list} lists them.`)
  return new HttpProblem(404, `No ${one} is called "${beginningOf(id)}". ${suggestion}${also}`, {
    instance,
    suggestions: near.map((id) => ({ id, href: site.base + hrefOf(name, id) })),
  })
}
