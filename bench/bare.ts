import { json } from 'node:stream/consumers'
import Fastify from 'fastify'

/** One answer, as a constant: its headers but those of the connection, and its bytes in base64. */
export interface Constant {
  path: string
  method: 'GET' | 'POST'
  status: number
  headers: Record<string, string>
  body: string
}

// What the bench compares with: a bare Fastify app that serves what it reads on stdin, one route each, on PORT.

if (import.meta.main) {
  const app = Fastify()
  for (const { path, method, status, headers, body } of (await json(process.stdin)) as Constant[]) {
    const bytes = body === '' ? undefined : Buffer.from(body, 'base64')
    app.route({ url: path, method, handler: (_request, reply) => reply.code(status).headers(headers).send(bytes) })
  }
  app.get('/ready', (_request, reply) => reply.code(204).send())
  await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
}
