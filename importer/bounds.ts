export const megabyte = 1024 * 1024

/**
 * What a document may cost. Memory is what the whole process may grow by while a .docx or .pdf is parsed: the
 * library runs in a thread of its own, which is stopped at either of its two limits.
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
