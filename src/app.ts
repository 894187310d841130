import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyServerOptions,
  LogController,
} from 'fastify'
import packageJson from '../package.json' with { type: 'json' }
import { BodyCache } from './http/body-cache.ts'
import { modifiedOn } from './http/conditions.ts'
import { description } from './http/description.ts'
import {
  badAddressHandler,
  errorHandler,
  handleClientError,
  maxUrl,
  pathOnly,
  refuseOnSocket,
  refuseTheRest,
  requireHost,
} from './http/errors.ts'
import { cleanUrls, completeResponses, handleHead, recallResponses } from './http/headers.ts'
import { apiCatalog, health, securityText } from './http/health.ts'
import { nounRoutes } from './http/item.ts'
import { logRequests, requestId } from './http/logging.ts'
import { metrics } from './http/metrics.ts'
import { Problem } from './http/problem-details.ts'
import { Recalled } from './http/recalled.ts'
import type { Site } from './http/site.ts'
import { nouns } from './nouns/index.ts'
import { components, ref } from './nouns/shapes.ts'
import { pagesOf } from './pages/pages.ts'
import { reference } from './pages/reference.ts'
import { pageRoutes } from './pages/routes.ts'
import { check } from './services/check.ts'
import { context } from './services/context.ts'
import { datasetDescription } from './services/dcat.ts'
import { type Exports, exportsOf } from './services/export-files.ts'
import { exportFiles } from './services/exports.ts'
import { search } from './services/full-text-search.ts'
import { index, llmsText, pathNames } from './services/index-page.ts'
import { reconciliation } from './services/reconciliation.ts'
import { resolution } from './services/resolve.ts'
import type { Directory } from './store/directory.ts'

export interface AppOptions {
  directory: Directory
  /** The public URL, without a slash at the end; '' if unknown. */
  publicUrl?: string
  /** Where to report errors: a `mailto:` or `https:` URL; '' if none is set. */
  contact?: string
  trustProxy?: FastifyServerOptions['trustProxy']
  logger?: FastifyBaseLogger
  /** The exported files; by default they are made on first request. */
  exports?: Exports
  /** The cache of bodies; 8 MiB by default. */
  bodies?: BodyCache
  /** The responses by the spelling of their requests; 2 MiB by default. */
  recalled?: Recalled
  /** True once shutdown has begun. */
  isEnding?: () => boolean
  /** The number of log lines that could not be written. */
  linesDropped?: () => number
  /** Called before the first route is registered, to observe all routes. */
  watch?(app: FastifyInstance): Promise<void>
}

/** The objects that all routes share, made from a directory and the settings. */
function siteOf(options: AppOptions): Site {
  const { directory, publicUrl: base = '', contact = '', isEnding = () => false, bodies = new BodyCache() } = options
  const { recalled = new Recalled(bodies, isEnding) } = options
  const { releasedOn, releasesThatDay, stamp, builder, records } = directory
  const { version } = packageJson
  const code = `${version} ${builder} ${contact}`
  const state = `${stamp} ${code} ${base}`
  const lastModified = releasedOn === null ? undefined : modifiedOn(releasedOn, releasesThatDay - 1, state)
  const served = { ...directory, base, contact, version, code, lastModified }
  return { ...served, pages: pagesOf(served, records), bodies, recalled, isEnding }
}

/**
 * Schemas describe requests and responses; settleQuery and readRows check what is sent. JSON.stringify preserves every
 * value; a serializer made from the schema would turn null into "" and drop fields.
 */
const compilersFactory: { buildValidator: never; buildSerializer: () => () => typeof JSON.stringify } = {
  buildValidator: (() => () => () => true) as never,
  buildSerializer: () => () => JSON.stringify,
}

/** The service as it is served and as it is tested: every option, hook, schema and resource, in order. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const data = options.directory
  const site = siteOf(options)

  const app = Fastify({
    ...(options.logger ? { loggerInstance: options.logger } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }),
    // Each line has the request id already; a logger per request would be the largest cost of a request.
    childLoggerFactory: (logger) => logger,
    genReqId: requestId,
    trustProxy: options.trustProxy ?? false,
    // A closing server still responds to requests that it has accepted.
    return503OnClosing: false,
    requestTimeout: 30_000,
    http: { requireHostHeader: false },
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: maxUrl },
    schemaController: { compilersFactory },
    rewriteUrl: ({ url = '/' }) => pathOnly(url),
    frameworkErrors: badAddressHandler(site),
    clientErrorHandler: handleClientError,
  })
  if (data.releasedOn === null)
    app.log.warn(
      { dataset: data.dataset, released: data.releases[0] ?? null },
      'this dataset is not released, so /v1/changes lacks what changed: npm run release',
    )
  app.setErrorHandler(errorHandler(site))

  handleHead(app)
  await options.watch?.(app)

  logRequests(app)
  requireHost(app)
  recallResponses(app, site)
  refuseTheRest(app, site.base, pathNames)
  refuseOnSocket(app)
  cleanUrls(app, site.base)

  resources(app, options, site)

  completeResponses(app, site)

  app.addHook('onClose', async () => data.client.close())
  return app
}

/** Registers every route, in the order of the OpenAPI document, and the schemas that they refer to. */
function resources(app: FastifyInstance, options: AppOptions, site: Site): void {
  const { directory, linesDropped = () => 0 } = options
  index(app, site)
  for (const noun of nouns) nounRoutes(app, site, noun)
  resolution(app, directory, site)
  check(app, directory, site)
  reconciliation(app, directory, site)
  let exports = options.exports && Promise.resolve(options.exports)
  const openExports = () => {
    exports ??= exportsOf(directory, site.base)
    return exports
  }
  exportFiles(app, directory, site, openExports)
  datasetDescription(app, directory.records, site, openExports)
  context(app, site)
  search(app, directory, site)
  description(app, site)
  reference(app, site)
  health(app, site)
  apiCatalog(app, site)
  llmsText(app, site)
  securityText(app, site)
  metrics(app, site, linesDropped)
  pageRoutes(app, site, directory.records)
  // The OpenAPI document refers to it by its name only.
  ref(Problem)
  for (const schema of components.values()) app.addSchema(schema)
}
