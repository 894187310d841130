import { buffer } from 'node:stream/consumers'
import { DOMParser, type Element } from '@xmldom/xmldom'
import { fromBufferPromise } from 'yauzl'
import { bounds, megabyte } from './bounds.ts'
import { decodeBytes } from './decode.ts'
import { Refusal } from './report.ts'
import { attributeOf, childOf, named } from './word-xml.ts'

/** The parts of a Word file. The file's relations name the main one. Throws Refusal. */
export async function openWordFile(bytes: Buffer) {
  const files = await unpack(bytes)
  const isXml = (name: string) => /\.(?:xml|rels)$/i.test(name)
  const parts = new Map(Array.from(files).flatMap(([name, xml]) => (isXml(name) ? [[name, parseXml(xml)]] : [])))
  const name = targetOf(parts.get('_rels/.rels'), 'officeDocument', '') ?? 'word/document.xml'
  const main = parts.get(name)
  if (main === undefined || main.localName !== 'document') {
    throw new Refusal('a zip archive, but not a Word document: save it as .docx, .pdf or .txt')
  }
  const folder = name.slice(0, name.lastIndexOf('/') + 1)
  const relations = parts.get(`${folder}_rels/${name.slice(folder.length)}.rels`)
  const inFolder = ([part]: [string, unknown]) => part.startsWith(folder) && part !== name && !part.endsWith('.rels')
  return {
    main,
    /** The other XML parts, by name. */
    parts: new Map([...parts].filter(inFolder)),
    /** The embedded documents, such as web pages, by name. */
    embedded: new Map([...files].filter(([part]) => part.startsWith(folder) && !isXml(part))),
    /** The part related to the main one by a type such as "styles"; undefined for none. */
    related: (type: string) => parts.get(targetOf(relations, type, folder) ?? `${folder}${type}.xml`),
    /** The targets of its links. */
    targets: named(relations, 'Relationship').map((relation) => `${attributeOf(relation, 'Target')}`),
  }
}
export type WordFile = Awaited<ReturnType<typeof openWordFile>>

/** The name of the part with a relation type that ends this way; undefined for none. */
function targetOf(relations: Element | undefined, type: string, folder: string): string | undefined {
  const found = named(relations, 'Relationship').find((one) => `${attributeOf(one, 'Type')}`.endsWith(`/${type}`))
  const target = attributeOf(found, 'Target')
  return target?.startsWith('/') ? target.slice(1) : target && `${folder}${target}`
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
      if (!/\.(?:xml|rels|x?html?|mht|txt|rtf|docx?)$/i.test(entry.fileName)) continue
      files.set(entry.fileName, decodeBytes(await buffer(await archive.openReadStreamPromise(entry))).text)
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(`damaged: ${(error as Error).message}; open it in Word and save it again`)
  }
  return files
}

function parseXml(xml: string): Element {
  const onError = (level: string, message: string) => {
    if (level !== 'warning') throw new Refusal(`damaged: it cannot be read (${message.split('\n', 1)})`)
  }
  // The parser would turn these two, which are breaks within a paragraph, into line feeds.
  const kept = xml.replace(/[\u2028\u2029]/g, (character) => `&#${character.charCodeAt(0)};`)
  return new DOMParser({ onError }).parseFromString(kept, 'text/xml').documentElement as Element
}

/** The words of a web page, or of a web archive (MHT), which writes some bytes as `=C3`. */
export function wordsOfHtml(html: string): string {
  const bytes = html
    .replace(/=\r?\n/g, '')
    .replace(/(?:=[0-9A-F]{2})+/g, (codes) => Buffer.from(codes.replaceAll('=', ''), 'hex').toString())
  const plain = bytes.replace(/<[^<>]*>/g, ' ').replaceAll('<', '&lt;')
  const page = new DOMParser({ onError: () => undefined }).parseFromString(`<p>${plain}</p>`, 'text/html')
  return `${page.documentElement?.textContent}`.replace(/\s+/g, ' ').trim()
}

/** The page colour of a Word file; white by default. */
export const pageColour = (main: Element): string => {
  const colour = attributeOf(childOf(main, 'background'), 'color')
  return /^[0-9a-f]{6}$/i.test(`${colour}`) ? `#${colour}` : '#ffffff'
}
