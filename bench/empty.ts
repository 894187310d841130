import compress from '@fastify/compress'
import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import swagger from '@fastify/swagger'
import Fastify from 'fastify'
import metrics from 'fastify-metrics'

// What start and memory are compared with: an app with the plugins of src/app.ts, one empty route, and nothing of ours.

const app = Fastify({ logger: true })
await app.register(swagger, { openapi: { openapi: '3.1.0' } })
await app.register(metrics.default, { endpoint: '/metrics' })
await app.register(helmet)
await app.register(cors)
await app.register(compress, { global: true, encodings: ['br', 'gzip'], threshold: 0 })
app.get('/ready', (_request, reply) => reply.send({}))
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
