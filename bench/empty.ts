import swagger from '@fastify/swagger'
import Fastify from 'fastify'
import metrics from 'fastify-metrics'

// What start and memory are compared with: an app with a log, metrics and a document of its routes, one empty route,
// and nothing of ours.

const app = Fastify({ logger: true })
await app.register(swagger, { openapi: { openapi: '3.1.0' } })
await app.register(metrics.default, { endpoint: '/metrics' })
app.get('/ready', (_request, reply) => reply.send({}))
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
