import { createRequire } from 'node:module'

/**
 * Loads the CommonJS build of a package, which starts faster than hundreds of ES modules and can be loaded on first
 * use.
 */
/* c8 ignore next -- drizzle-kit alone, which bundles this file, gives it no name of its own */
export const require = createRequire(import.meta.filename ?? `${process.cwd()}/package.json`)
