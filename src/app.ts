import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyServerOptions,
  LogController,
} from 'fastify'
import packageJson from '../package.json' with { type: 'json' }
import { formatSchemas } from './formats/index.ts'
import { BodyCache } from './http/body-cache.ts'
import { collection } from './http/collection.ts'
import { modifiedOn } from './http/conditions.ts'
import { description } from './http/description.ts'
import { apiCatalog, Health, health, securityText } from './http/health.ts'
import { logRequests, requestId } from './http/logging.ts'
import { metrics } from './http/metrics.ts'
import { cleanUrls, HtmlPage } from './http/page.ts'
import { HttpProblem, ParameterError, Problem, ProblemSuggestion } from './http/problem.ts'
import { Recalled } from './http/recalled.ts'
import {
  badAddressHandler,
  errorHandler,
  handleClientError,
  mostUrl,
  notePaths,
  pathOnly,
  refuseOnSocket,
  refuseTheRest,
  requireHost,
} from './http/refusals.ts'
import { answerHead, completeResponses, recallResponses } from './http/sending.ts'
import type { Served, Site } from './http/site.ts'
import { Validation } from './http/validation.ts'
import { nouns } from './nouns/index.ts'
import type { Collection } from './nouns/noun.ts'
import { Count, Dataset, Link } from './nouns/shapes.ts'
import { pagesOf } from './pages/pages.ts'
import { reference } from './pages/reference.ts'
import { pageRoutes } from './pages/routes.ts'
import { check } from './services/check.ts'
import { checkSchemas } from './services/check-shapes.ts'
import { context } from './services/context.ts'
import { datasetDescription } from './services/dataset.ts'
import type { Exports } from './services/export-files.ts'
import { exportFiles, exportSchemas, openedOnce } from './services/exports.ts'
import { index, indexSchemas, pathNames } from './services/index-page.ts'
import { llmsText } from './services/llms.ts'
import { reconciliation } from './services/reconciliation.ts'
import { reconciliationSchemas } from './services/reconciliation-schemas.ts'
import { resolution, resolutionSchemas } from './services/resolve.ts'
import { hitSchemas, search } from './services/search.ts'
import type { Directory } from './store/directory.ts'
import { Records } from './store/records.ts'

export interface AppOptions {
  directory: Directory
  /** The address of the service from outside, without a slash at the end; '' if it does not know. */
  publicUrl?: string
  /** Where errors are reported, a `mailto:` or `https:` URL; '' if nowhere. */
  contact?: string
  trustProxy?: FastifyServerOptions['trustProxy']
  logger?: FastifyBaseLogger
  /** The exported files; made when they are first requested if they are left out. */
  exports?: Exports
  /** The cache of bodies; one of 8 MiB if it is left out. */
  bodies?: BodyCache
  /** The responses by the spelling of their requests; one of 2 MiB if it is left out. */
  recalled?: Recalled
  /** True once the service has been told to end. */
  isEnding?: () => boolean
  /** How many lines of the log could not be written so far. */
  linesDropped?: () => number
  /** Called before the first route, to see them all. */
  watch?(app: FastifyInstance): Promise<void>
}

/** What all routes share, made of a directory and its public URL. */
export function siteOf(options: AppOptions): Site & { pages: ReturnType<typeof pagesOf> } {
  const { directory, publicUrl = '', contact = '', isEnding = () => false, bodies = new BodyCache() } = options
  const { recalled = new Recalled(bodies, isEnding) } = options
  const { version } = packageJson
  const { dataset, releasesThatDay, stamp, collections } = directory
  const releasedOn = directory.released === dataset ? directory.releasedOn : null
  const code = `${version} ${directory.code} ${contact}`
  const state = `${stamp} ${code} ${publicUrl}`
  const lastModified = releasedOn === null ? undefined : modifiedOn(releasedOn, releasesThatDay - 1, state)
  const served: Served = { base: publicUrl, contact, version, dataset, releasedOn, stamp, code, lastModified }
  const pages = pagesOf(served, collections)
  return { ...served, pages, bodies, recalled, isEnding }
}

/** The service, as it is served and as it is tested: every option, hook, schema and resource, in order. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const data = options.directory
  const site = siteOf(options)

  const validation = new Validation()
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
    schemaController: validation.controller,
    // What the errors say is said where they are read (settleQuery).
    schemaErrorFormatter: () => new HttpProblem(400, ''),
    rewriteUrl: ({ url = '/' }) => pathOnly(url),
    frameworkErrors: badAddressHandler(site),
    clientErrorHandler: handleClientError,
  })
  if (data.released !== data.dataset)
    app.log.warn(
      { dataset: data.dataset, released: data.released },
      'this dataset is not released, so /v1/changes lacks what changed: npm run release',
    )
  app.setErrorHandler(errorHandler(site))

  answerHead(app)
  await options.watch?.(app)

  const methodsOf = notePaths(app)
  logRequests(app)
  requireHost(app)
  recallResponses(app, site)
  refuseTheRest(app, site.base, methodsOf, pathNames)
  refuseOnSocket(app)
  cleanUrls(app, site.base)

  resources(app, options, site)

  completeResponses(app, site)
  validation.compileAfterStart(app)

  app.addHook('onClose', async () => data.client.close())
  return app
}

/** Registers every schema and every route, in the order of the OpenAPI document. */
function resources(app: FastifyInstance, options: AppOptions, site: ReturnType<typeof siteOf>): void {
  const { directory, contact = '', linesDropped = () => 0 } = options
  for (const schema of [
    Link,
    Count,
    Dataset,
    ParameterError,
    ProblemSuggestion,
    Problem,
    HtmlPage,
    ...formatSchemas,
    Health,
    ...indexSchemas,
    ...nouns.flatMap(({ schemas }) => schemas),
    ...resolutionSchemas,
    ...checkSchemas,
    ...exportSchemas,
    ...hitSchemas,
    ...reconciliationSchemas,
  ])
    app.addSchema(schema)
  index(app, directory, site)
  for (const noun of nouns)
    collection(app, site, noun, directory.collections.get(noun.name) as Collection, directory.lookups)
  const records = new Records(directory.collections, site.base)
  resolution(app, directory, site, records)
  check(app, directory, site, records)
  reconciliation(app, directory, site, records)
  const openExports = openedOnce(directory, site, options.exports)
  exportFiles(app, directory, site, openExports)
  datasetDescription(app, directory, site, { open: openExports, records, contact })
  context(app, site)
  search(app, directory, site)
  description(app, site)
  reference(app, site)
  health(app, site, {
    servesOldData: directory.isOld,
    read: () => directory.collections.forEach((stored) => void stored.probe()),
  })
  apiCatalog(app, site)
  llmsText(app, site)
  securityText(app, site)
  metrics(app, directory, linesDropped)
  pageRoutes(app, site, site.pages.records)
}
