import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyServerOptions,
  LogController,
} from 'fastify'
import packageJson from '../package.json' with { type: 'json' }
import { collection } from './http/collection.ts'
import { description } from './http/description.ts'
import { Health, health } from './http/health.ts'
import { logRequests, requestId } from './http/logging.ts'
import { metrics } from './http/metrics.ts'
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
import { answerHead, completeResponses, recallResponses } from './http/sending.ts'
import type { Site } from './http/site.ts'
import { schemaController } from './http/validation.ts'
import { nouns } from './nouns/index.ts'
import type { Collection } from './nouns/noun.ts'
import { Count, Link } from './nouns/shapes.ts'
import { pagesOf } from './pages/pages.ts'
import { reference } from './pages/reference.ts'
import { pageRoutes } from './pages/routes.ts'
import { check, checkSchemas } from './services/check.ts'
import { context } from './services/context.ts'
import { exportFiles, exportSchemas } from './services/exports.ts'
import { index, indexSchemas, pathNames } from './services/index-page.ts'
import { recordsIn } from './services/records.ts'
import { resolution, resolutionSchemas } from './services/resolve.ts'
import { hitSchemas, search } from './services/search.ts'
import type { Directory } from './store/directory.ts'

export interface AppOptions {
  directory: Directory
  /** The path of the file that holds the exports; it is written when it is first needed. */
  exportsPath: string
  /** The address of the service from outside, without a slash at the end; '' if it does not know. */
  publicUrl?: string
  /** Where errors are reported, a `mailto:` or `https:` URL; '' if nowhere. */
  contact?: string
  trustProxy?: FastifyServerOptions['trustProxy']
  logger?: FastifyBaseLogger
  /** How long one check may take, in milliseconds; 2000 if it is left out. */
  checkBudget?: number
  /** How many lines of the log could not be written so far. */
  linesDropped?: () => number
  /** Called before the first route, to see them all. */
  watch?(app: FastifyInstance): Promise<void>
}

/** The service, as it is served and as it is tested: every option, hook, schema and resource, in order. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const data = options.directory
  const served = {
    base: options.publicUrl ?? '',
    contact: options.contact ?? '',
    version: packageJson.version,
    dataset: data.dataset,
    stamp: data.stamp,
  }
  const pages = pagesOf(served, data.collections)
  const site: Site = { ...served, pages }

  const app = Fastify({
    ...(options.logger ? { loggerInstance: options.logger } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }),
    // Each line says the id of its request; a logger for each request would cost more than all else.
    childLoggerFactory: (logger) => logger,
    genReqId: requestId,
    trustProxy: options.trustProxy ?? false,
    // A server that closes still answers what it has accepted.
    return503OnClosing: false,
    requestTimeout: 30_000,
    http: { requireHostHeader: false },
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: mostUrl },
    schemaController,
    // What the errors say is said where they are read (settleQuery).
    schemaErrorFormatter: () => new HttpProblem(400, ''),
    frameworkErrors: handleBadAddress,
    clientErrorHandler: handleClientError,
  })
  if (data.released !== data.dataset)
    app.log.warn(
      { dataset: data.dataset, released: data.released },
      'this dataset is not released, so /v1/changes lacks what changed: npm run release',
    )
  app.decorate('pages', pages)
  app.setErrorHandler(handleError)

  answerHead(app)
  await options.watch?.(app)

  const methodsOf = notePaths(app)
  logRequests(app)
  requireHost(app)
  recallResponses(app)
  refuseTheRest(app, site.base, methodsOf, pathNames)
  refuseOnSocket(app)

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
    ...hitSchemas,
  ])
    app.addSchema(schema)
  index(app, data, site)
  for (const noun of nouns) collection(app, site, noun, data.collections.get(noun.name) as Collection, data.lookups)
  const records = recordsIn(data, site)
  resolution(app, data, site, records)
  check(app, data, site, records, options.checkBudget)
  exportFiles(app, data, site, options.exportsPath)
  context(app, site)
  search(app, data, site)
  description(app, site)
  reference(app, site)
  health(app, site, {
    servesOldData: data.isOld,
    read: () => data.collections.forEach((stored) => void stored.probe()),
  })
  metrics(app, data, options.linesDropped ?? (() => 0))
  pageRoutes(app, site, pages.records)

  completeResponses(app, site)

  app.addHook('onClose', async () => data.client.close())
  return app
}
