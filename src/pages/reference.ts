import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'
import { html } from '@remix-run/html-template'
import type { FastifyInstance } from 'fastify'
import { cacheControlForever } from '../http/caching.ts'
import { html as page } from '../http/negotiation.ts'
import { fileRoute } from '../http/operation.ts'
import type { Site } from '../http/site.ts'
import { about } from '../openapi-info.ts'
import { assetOf, assets, rooted } from './layout.ts'

// /docs: the OpenAPI document as a page by Scalar, which makes no requests to other hosts.

const name = '@scalar/fastify-api-reference'
const modulePath = fileURLToPath(import.meta.resolve(name))
const { version } = JSON.parse(readFileSync(modulePath.replace(/dist.*/, 'package.json'), 'utf8')) as {
  version: string
}

/** Scalar creates style elements at run time, so inline styles are allowed, but neither inline scripts nor eval. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * The script: a string in the only module of its package. It is read on request and stored only compressed, because an
 * import would keep its 4 MB in memory.
 */
function scriptText(): string {
  const found = /^var standalone_default = (".*");$/m.exec(readFileSync(modulePath, 'utf8'))
  return String(runInNewContext(String(found?.[1])))
}

const script = { path: `/docs/scalar-${version}.js`, mediaType: 'text/javascript; charset=utf-8', write: scriptText }
const start = assetOf('reference.js', 'text/javascript; charset=utf-8', '/docs')
const style = assetOf('reference.css', 'text/css; charset=utf-8', '/docs')

const documentOf = (site: Site): string =>
  rooted(
    site,
    String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Action Line directory: API reference</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Every operation of the Action Line directory, to read and to try.">
<link rel="icon" href="${assets.icon.path}" type="image/svg+xml">
<link rel="stylesheet" href="${style.path}">
</head>
<body>
<main class="shell">
<h1>API reference of the Action Line directory</h1>
<p>${about.description.split('\n', 1)[0]}</p>
<p class="loading">Loading the reference …</p>
<noscript><p>The reference needs scripts.</p></noscript>
<p>The same as files: <a href="/openapi.json">openapi.json</a>, <a href="/openapi.yaml">openapi.yaml</a>. Pages without scripts: <a href="/">the directory</a>.</p>
</main>
<div id="reference"></div>
<a id="document" href="/openapi.json" hidden>openapi.json</a>
<script src="${script.path}" defer></script>
<script src="${start.path}" type="module"></script>
</body>
</html>
`),
  )

/** Registers /docs and the files that it loads. */
export function reference(app: FastifyInstance, site: Site): void {
  const headers = { 'content-security-policy': policy }
  fileRoute(app, site, { path: '/docs', mediaType: page.mediaType, headers, write: () => documentOf(site) })
  for (const file of [script, start, style]) fileRoute(app, site, file, cacheControlForever)
}
