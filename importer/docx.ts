import { text } from 'node:stream/consumers'
import { DOMParser, type Element } from '@xmldom/xmldom'
import { fromBufferPromise } from 'yauzl'
import { bounds, megabyte } from './bounds.ts'
import { doubt, leaveOut, newReport, Refusal } from './document-line.ts'
import { type Extract, withLinkTargets } from './extract.ts'
import { readBody, type Source, wordsOfLines } from './word-walk.ts'
import { attributeOf, childrenOf, named } from './word-xml.ts'

/**
 * The paragraphs of a Word document. Every text of every part is in a line, or reported with its words.
 * Throws Refusal.
 */
export async function readDocx(bytes: Buffer): Promise<Extract> {
  const files = await unpack(bytes)
  const isXml = (name: string) => /\.(?:xml|rels)$/.test(name)
  const parts = new Map(Array.from(files).flatMap(([name, xml]) => (isXml(name) ? [[name, parse(xml)]] : [])))
  const body = parts.get('word/document.xml')
  if (body === undefined) throw new Refusal('a zip archive, but not a Word document: save it as .docx, .pdf or .txt')
  const report = newReport()
  const source: Source = { parts, report, read: new Set() }
  const lines = readBody(body, source)
  const embedded = [...files].filter(([name]) => !isXml(name))
  const advice = 'made by a web editor, open it in Word and save it again'
  if (embedded.length > 0 && wordsOfLines(lines) === '') throw new Refusal(advice)
  for (const [name, content] of embedded) {
    const words = /html?$|mht$|txt$/.test(name) ? wordsOfHtml(content) : ''
    doubt(report, { place: name }, `left out, a document in the document (${advice}, or add by hand): check ${words}`)
  }
  for (const [name, root] of parts) {
    const page = /^word\/(header|footer)\d*\.xml$/.exec(name)?.[1]
    const words = page === undefined ? '' : wordsOfLines(readBody(root, source))
    if (words !== '') leaveOut(report, { place: `page ${page}` }, words, `page ${page}`)
    const unread = withoutWords.test(name) ? '' : unreadOf(root, source)
    if (unread !== '') doubt(report, { place: name }, `left out, not read, add it by hand: check ${unread}`)
  }
  const links = named(parts.get('word/_rels/document.xml.rels'), 'Relationship')
  const fields = named(body, 'instrText').map(({ textContent }) => `${textContent}`.split('"')[1])
  const targets = [...links.map((link) => attributeOf(link, 'Target')), ...fields]
  return withLinkTargets(targets.map(String), { lines, report })
}

/** The parts that may hold words. Throws Refusal for an archive that is damaged, encrypted or too large. */
async function unpack(bytes: Buffer): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  let room = bounds.unpackedBytes
  try {
    const archive = await fromBufferPromise(bytes)
    if (archive.entryCount > bounds.archiveParts) {
      throw new Refusal(`${archive.entryCount} parts in the archive, the bound is ${bounds.archiveParts}`)
    }
    for await (const entry of archive.eachEntry()) {
      if (entry.isEncrypted()) throw new Refusal('encrypted: save it without a password')
      room -= entry.uncompressedSize
      if (room < 0) throw new Refusal(`unpacks to more than ${bounds.unpackedBytes / megabyte} MB: remove the pictures`)
      if (!/^word\/.*\.(?:xml|rels|x?html?|mht|txt|rtf|docx?)$/i.test(entry.fileName)) continue
      files.set(entry.fileName, await text(await archive.openReadStreamPromise(entry)))
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(`damaged: ${(error as Error).message}; open it in Word and save it again`)
  }
  return files
}

function parse(xml: string, type: 'text/xml' | 'text/html' = 'text/xml'): Element {
  const onError = (level: string, message: string) => {
    const isBroken = level !== 'warning' && type === 'text/xml'
    if (isBroken) throw new Refusal(`damaged: it cannot be read (${message.split('\n', 1)})`)
  }
  return new DOMParser({ onError }).parseFromString(xml, type).documentElement as Element
}

/** The words of a web page, or of one that was saved as an archive (MHT), in which some bytes are written as `=C3`. */
function wordsOfHtml(html: string): string {
  const bytes = html
    .replace(/=\r?\n/g, '')
    .replace(/(?:=[0-9A-F]{2})+/g, (codes) => Buffer.from(codes.replaceAll('=', ''), 'hex').toString())
  const plain = bytes.replace(/<[^>]*>/g, ' ').replaceAll('<', '&lt;')
  return `${parse(`<p>${plain}</p>`, 'text/html').textContent}`.replace(/\s+/g, ' ').trim()
}

// Settings, and the blocks and texts that Word offers to insert.
const withoutWords = /\.rels$|^word\/(?:settings|styles|numbering|fontTable|webSettings|people|theme\/|glossary\/)/
// Field codes, and places of drawings.
const codes = /^(?:instrText|delInstrText|posOffset|align|pct\w+|f|formatCode|binData|idx|order)$/

/** The words under an element that are in no line and in no message. */
function unreadOf(element: Element, { read }: Pick<Source, 'read'>): string {
  const own = Array.from(element.childNodes).filter((node) => node.nodeType === 3 && !read.has(node))
  const texts = codes.test(`${element.localName}`) ? [] : own.map(({ nodeValue }) => `${nodeValue}`.trim())
  return [...texts, ...childrenOf(element).map((child) => unreadOf(child, { read }))].filter(Boolean).join(' ')
}
