import swagger from '@fastify/swagger'
import Fastify from 'fastify'
import metrics from 'fastify-metrics'

// The reference for start and memory: an app with a log, metrics, an OpenAPI document and one empty route.

const app = Fastify({ logger: true })
await app.register(swagger, { openapi: { openapi: '3.1.0' } })
await app.register(metrics.default, { endpoint: '/metrics' })
app.get('/ready', (_request, reply) => reply.send({}))
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
