import { json } from 'node:stream/consumers'
import Fastify from 'fastify'

/** One response as a constant: its headers except those of the connection, and its body in base64. */
export interface Constant {
  path: string
  method: 'GET' | 'POST'
  status: number
  headers: Record<string, string>
  body: string
}

// The reference for the bench: a bare Fastify app with one route for each response read on stdin, on PORT.

if (import.meta.main) {
  const app = Fastify()
  for (const { path, method, status, headers, body } of (await json(process.stdin)) as Constant[]) {
    const bytes = body === '' ? undefined : Buffer.from(body, 'base64')
    app.route({ url: path, method, handler: (_request, reply) => reply.code(status).headers(headers).send(bytes) })
  }
  app.get('/ready', (_request, reply) => reply.code(204).send())
  await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
}
