// The characters that look like nothing, or like a hyphen: one list for paths, filters, resolve, check, seed and importer.

/** Characters that a reader does not see and that change no name: default-ignorable and format characters. */
export const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu

/** Hyphens, dashes and minus signs, for use within a character class: `[${dashes}]`. The soft hyphen is invisible. */
export const dashes = '\\-\u058a\u2010-\u2015\u2043\u207b\u208b\u2212\ufe58\ufe63\uff0d'
