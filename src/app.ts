import compress from '@fastify/compress'
import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import swagger from '@fastify/swagger'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyServerOptions,
  LogController,
} from 'fastify'
import metrics from 'fastify-metrics'
import packageJson from '../package.json' with { type: 'json' }
import { about, tags } from './about.ts'
import { compressible, KeptAnswers, settleCoding } from './http/caching.ts'
import { collection } from './http/collection.ts'
import { completeDescription, type Document, description } from './http/description.ts'
import { docsPage } from './http/docs-page.ts'
import { Health, health, metricsRoute } from './http/health.ts'
import { logRequests, requestId } from './http/logging.ts'
import { HttpProblem, ParameterError, Problem, ProblemSuggestion } from './http/problem.ts'
import {
  handleBadAddress,
  handleClientError,
  handleError,
  mostUrl,
  notePaths,
  refuseOnSocket,
  refuseTheRest,
  requireHost,
} from './http/refusals.ts'
import type { Site } from './http/site.ts'
import { nouns } from './nouns/index.ts'
import type { Collection } from './nouns/noun.ts'
import { Count, Link } from './nouns/shapes.ts'
import { pagesOf } from './pages/pages.ts'
import { pageRoutes } from './pages/routes.ts'
import { isPartialDate } from './seed/values.ts'
import { check, checkSchemas } from './services/check.ts'
import { context } from './services/context.ts'
import { exportFiles, exportSchemas } from './services/exports.ts'
import { index, indexSchemas, pathNames } from './services/index-page.ts'
import { resolution, resolutionSchemas } from './services/resolve.ts'
import { Hit, search } from './services/search.ts'
import type { Directory } from './store/directory.ts'

export interface AppOptions {
  directory: Directory
  /** The address of the service from outside, without a slash at the end; '' where it does not know. */
  publicUrl?: string
  trustProxy?: FastifyServerOptions['trustProxy']
  logger?: FastifyBaseLogger
}

/** The service, as it is served and as it is tested: every option, hook, schema and resource, in order. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const data = options.directory
  const served = {
    base: options.publicUrl ?? '',
    version: packageJson.version,
    dataset: data.dataset,
    stamp: data.stamp,
  }
  const pages = pagesOf(served, data.collections)
  const site: Site = { ...served, pages }

  const app = Fastify({
    ...(options.logger ? { loggerInstance: options.logger } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestId,
    trustProxy: options.trustProxy ?? false,
    // A server that closes still answers what it has accepted.
    return503OnClosing: false,
    requestTimeout: 30_000,
    http: { requireHostHeader: false },
    routerOptions: { maxParamLength: mostUrl },
    ajv: {
      customOptions: {
        removeAdditional: false,
        useDefaults: false,
        formats: { 'partial-date': isPartialDate },
        coerceTypes: true,
        allErrors: true,
        keywords: ['example'],
      },
    },
    frameworkErrors: handleBadAddress,
    clientErrorHandler: handleClientError,
  })
  if (data.released !== data.dataset)
    app.log.warn(
      { dataset: data.dataset, released: data.released },
      'this dataset is not released, so nobody who asks is told what changed: npm run release',
    )
  app.decorate('pages', pages)
  app.setErrorHandler(handleError)
  // JSON.stringify writes what it is given; a serializer made from a schema would turn null into "" and drop fields.
  app.setSerializerCompiler(() => JSON.stringify)

  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: about, tags, servers: [{ url: '/' }], security: [] },
    convertConstToEnum: false,
    transformObject: (described) =>
      completeDescription((described as { openapiObject: Document }).openapiObject) as never,
    refResolver: {
      buildLocalReference: (schema) => String(schema.$id),
    },
  })

  const methodsOf = notePaths(app)
  logRequests(app)
  await app.register(metrics.default, {
    endpoint: metricsRoute,
    clearRegisterOnInit: true,
    routeMetrics: {
      enabled: { histogram: true, summary: false },
      registeredRoutesOnly: false,
      invalidRouteGroup: 'unrouted',
      overrides: { histogram: { buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2] } },
    },
  })
  app.addHook('onRequest', (request, _reply, next) => {
    settleCoding(request)
    next()
  })
  requireHost(app)
  const kept = new KeptAnswers()
  kept.recall(app)
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    // Only for this host, and only where it says that it is reached over TLS.
    strictTransportSecurity: site.base.startsWith('https:') && { includeSubDomains: false },
  })
  await app.register(cors, {
    origin: '*',
    methods: ['GET', 'HEAD', 'OPTIONS', 'POST'],
    // As open as the data: any request header, every header of the answer.
    allowedHeaders: '*',
    exposedHeaders: '*',
    maxAge: 86_400,
    strictPreflight: false,
    preflightContinue: true,
  })
  await app.register(compress, {
    global: true,
    encodings: ['br', 'gzip'],
    threshold: 0,
    customTypes: compressible,
  })
  kept.keep(app)
  refuseTheRest(app, site.base, methodsOf, pathNames)
  refuseOnSocket(app)
  // Only for the files of the page: all else that is not found is refused before.
  app.setNotFoundHandler(() => {
    throw new HttpProblem(404, 'There is no such file.')
  })

  for (const schema of [
    Link,
    Count,
    ParameterError,
    ProblemSuggestion,
    Problem,
    Health,
    ...indexSchemas,
    ...nouns.flatMap(({ schemas }) => schemas),
    ...resolutionSchemas,
    ...checkSchemas,
    ...exportSchemas,
    Hit,
  ])
    app.addSchema(schema)
  index(app, data, site)
  for (const noun of nouns) collection(app, site, noun, data.collections.get(noun.name) as Collection, data.lookups)
  resolution(app, data, site)
  check(app, data, site)
  exportFiles(app, data, site)
  context(app, site)
  search(app, data, site)
  description(app, site)
  await docsPage(app, site)
  health(app, site, () => data.db.$client.prepare('select dataset from release').get())
  pageRoutes(app, site, pages.records)

  app.addHook('onClose', async () => data.db.$client.close())
  return app
}
