import fc from 'fast-check'

/** Any character: as the unit "binary" of fast-check, which first lists them all and so takes a second. */
export const character = fc.nat(0x10ffff).map((code) => String.fromCodePoint(code).toWellFormed())
