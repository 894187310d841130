import fc from 'fast-check'

// Every run tries the same random data, so that a failure is never luck. `SEED=7 npm test` tries other data.
const { SEED } = process.env
fc.configureGlobal({ seed: Number(SEED ?? 1) })

/** fast-check with that seed. */
export { fc }

/** Any character: as the unit "binary" of fast-check, which first lists them all and so takes a second. */
export const character = fc.nat(0x10ffff).map((code) => String.fromCodePoint(code).toWellFormed())
