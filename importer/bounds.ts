export const megabyte = 1024 * 1024

/**
 * The limits for a document. `memory` is the growth of the whole process while a .docx or .pdf is parsed: the library
 * runs in a separate thread, which is stopped at either limit.
 */
export const bounds = {
  fileBytes: 25 * megabyte,
  unpackedBytes: 100 * megabyte,
  archiveParts: 2000,
  pages: 200,
  lines: 5_000,
  lineLength: 10_000,
  characters: 300_000,
  parseMilliseconds: 30_000,
  parseMemoryBytes: 700 * megabyte,
}
