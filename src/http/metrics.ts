import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from '@prometheus-io/client'
import type { FastifyInstance } from 'fastify'
import { Type } from '../typebox.ts'
import { operation } from './operation.ts'
import type { Site } from './site.ts'

/** Methods that are not counted, because they do not use the service's data. */
const uncounted = new Set(['HEAD', 'OPTIONS', 'TRACE', 'CONNECT'])

/** Default metrics whose names suggest another type to Prometheus (`promtool check metrics`). */
const misnamed = [
  'active_resources_total',
  'active_handles_total',
  'active_requests_total',
  'eventloop_utilization_histogram',
  'eventloop_utilization_summary',
]

/** Measures requests and the process, and registers /metrics. `linesDropped` returns the number of lost log lines. */
export function metrics(app: FastifyInstance, site: Site, linesDropped: () => number): void {
  const { dataset, lastReleasedOn, isOld } = site
  const register = new Registry()
  collectDefaultMetrics({ register })
  for (const name of misnamed) register.removeSingleMetric(`nodejs_${name}`)
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'request duration in seconds',
    labelNames: ['method', 'route', 'status_code'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2],
    registers: [register],
  })
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [register] })
  gauge('directory_dataset_info', 'the dataset that is served', ['dataset']).set({ dataset }, 1)
  gauge('directory_serves_old_data', '1 if the seed could not be built, so that old data is served').set(+isOld)
  if (lastReleasedOn !== null)
    gauge('directory_released_timestamp_seconds', 'the day of the last release, in seconds since 1970').set(
      Date.parse(lastReleasedOn) / 1000,
    )
  const dropped = new Counter({
    name: 'log_lines_dropped_total',
    help: 'lines of the log that could not be written',
    registers: [register],
    collect: () => {
      dropped.reset()
      dropped.inc(linesDropped())
    },
  })
  app.addHook('onResponse', (request, reply, next) => {
    const { method, routeOptions } = request
    const labels = { method, route: routeOptions.url ?? 'unrouted', status_code: reply.statusCode }
    if (!uncounted.has(method)) durations.observe(labels, reply.elapsedTime / 1000)
    next()
  })
  operation(app, site, {
    path: '/metrics',
    operationId: 'getMetrics',
    summary: 'Get metrics',
    description: 'Counts, durations and memory in the text format of Prometheus.',
    tag: 'Operation',
    response: ['The metrics.', { 'text/plain': Type.String({ description: 'Prometheus text format 0.0.4.' }) }],
    handle: async (_query, _request, reply) => reply.type(register.contentType).send(await register.metrics()),
  })
}
