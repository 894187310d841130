import { readFileSync } from 'node:fs'
import { documentFile } from '../../src/http/description.ts'

// The OpenAPI document for the fuzz: the possible requests and responses.

export type Schema = Record<string, unknown> & { type?: string; enum?: string[] }

export interface Parameter {
  name: string
  in: string
  required?: boolean
  example?: unknown
  schema: Schema
}

export interface Response {
  headers?: Record<string, unknown>
  content?: Record<string, { schema: Schema; examples?: Record<string, { value: unknown }> }>
}

interface Described {
  operationId: string
  parameters?: object[]
  requestBody?: { content: NonNullable<Response['content']> }
  responses: Record<string, object>
}

export interface Document {
  paths: Record<string, Record<string, Described>>
  components: Record<string, Record<string, object>>
}

export interface Operation {
  id: string
  path: string
  method: string
  parameters: Parameter[]
  /** The bodies that it takes, by media type; undefined if it takes none. */
  bodies: NonNullable<Response['content']> | undefined
  responses: Record<string, Response>
  /** The descriptions of each response: JSON pointers into the document. */
  pointers: Record<string, string>
}

/** A copy of the served document, to be read or falsified. */
export function readDocument(): Document {
  return JSON.parse(readFileSync(documentFile, 'utf8'))
}

const escaped = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1')

/** The target of a reference into the document, followed to its end; anything else unchanged. */
export function target(document: object, node: unknown): unknown {
  const { $ref } = Object(node) as { $ref?: string }
  if ($ref === undefined) return node
  const path = $ref.slice(2).split('/')
  return target(
    document,
    path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document),
  )
}

export function operationsOf(document: Document): Operation[] {
  const follow = (node: object) => target(document, node) as object
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, parameters = [], requestBody, responses }]) => ({
      id: operationId,
      path,
      method: method.toUpperCase(),
      parameters: parameters.map((one) => {
        const parameter = follow(one) as Parameter
        return { ...parameter, schema: follow(parameter.schema) as Schema }
      }),
      bodies: requestBody?.content,
      responses: Object.fromEntries(
        Object.entries(responses).map(([status, one]) => [status, follow(one) as Response]),
      ),
      pointers: Object.fromEntries(
        Object.entries(responses).map(([status, one]) => [
          status,
          '$ref' in one ? String(one.$ref) : `#/paths/${escaped(path)}/${method}/responses/${status}`,
        ]),
      ),
    })),
  )
}

/** The pointer to the schema of one media type of an answer. */
export function schemaPointer({ pointers }: Operation, status: number, type: string): string {
  return `${pointers[status]}/content/${escaped(type)}/schema`
}
