import { DOMParser, type Element } from '@xmldom/xmldom'
import { strFromU8, unzipSync } from 'fflate'
import { bounds, megabyte } from './bounds.ts'
import { type Extract, withLinkTargets } from './extract.ts'
import { doubt, leaveOut, newReport, Refusal } from './line.ts'
import { readBody, type Source } from './word-walk.ts'
import { childrenOf, named } from './word-xml.ts'

/**
 * The paragraphs of a Word document. Every text of every part is in a line, or reported with its words.
 * Throws Refusal.
 */
export function readDocx(bytes: Buffer): Extract {
  const files = unpack(bytes)
  const parts = new Map<string, Element>()
  for (const [name, content] of Object.entries(files)) {
    const root = /\.(?:xml|rels)$/.test(name) ? parse(strFromU8(content)) : null
    if (root) parts.set(name, root)
  }
  const body = parts.get('word/document.xml')
  if (body === undefined) throw new Refusal('a zip archive, but not a Word document: save it as .docx, .pdf or .txt')
  const report = newReport()
  const source: Source = { parts, report, read: new Set(), targets: [] }
  const lines = readBody(body, source)
  const embedded = Object.entries(files).filter(([name]) => !parts.has(name))
  const advice = 'made by a web editor, open it in Word and save it again'
  if (embedded.length > 0 && lines.every(({ text }) => text === '')) throw new Refusal(advice)
  for (const [name, content] of embedded) {
    const words = wordsOfHtml(strFromU8(content))
    doubt(
      report,
      { place: name },
      `left out, a document within the document (${advice}, or add by hand): check ${words}`,
      words,
    )
  }
  for (const [name, root] of parts) {
    const page = /^word\/(header|footer)\d*\.xml$/.exec(name)?.[1]
    if (page !== undefined) {
      const text = readBody(root, source)
        .map((line) => line.text)
        .join(' ')
        .trim()
      if (text !== '') leaveOut(report, { place: `page ${page}` }, text, `page ${page}`)
    }
    if (!withoutWords.test(name)) tellUnread(root, name, source)
  }
  for (const relation of named(parts.get('word/_rels/document.xml.rels'), 'Relationship')) {
    source.targets.push(`${relation.getAttribute('Target')}`)
  }
  return withLinkTargets(source.targets, { lines, report })
}

/** The parts that may hold words. Throws Refusal for an archive that is damaged or too large. */
function unpack(bytes: Buffer): Record<string, Uint8Array> {
  let count = 0
  let room = bounds.unpackedBytes
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (++count > bounds.archiveParts) throw new Refusal(`more than ${bounds.archiveParts} parts in the archive`)
        if (!/^word\/.*\.(?:xml|rels|x?html?|mht|txt|rtf|docx?)$/i.test(name)) return false
        room -= originalSize
        if (room >= 0) return true
        throw new Refusal(`unpacks to more than ${bounds.unpackedBytes / megabyte} MB: remove what is not text`)
      },
    })
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('damaged: the .docx archive cannot be unpacked; open it in Word and save it again')
  }
}

function parse(xml: string): Element | null {
  const onError = (level: string, message: string) => {
    if (level !== 'warning') throw new Refusal(`damaged: it cannot be read (${message.split('\n', 1)})`)
  }
  return new DOMParser({ onError }).parseFromString(xml, 'text/xml').documentElement
}

function wordsOfHtml(html: string): string {
  const plain = html
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_whole, code) => String.fromCharCode(Number(`0x${code}`)))
    .replace(/<[^>]*>/g, ' ')
    .replace(/</g, '&lt;')
  const root = new DOMParser({ onError: () => {} }).parseFromString(`<p>${plain}</p>`, 'text/html').documentElement
  return `${root?.textContent}`.replace(/\s+/g, ' ').trim()
}

// Settings, and the blocks and texts that Word offers to insert.
const withoutWords = /\.rels$|^word\/(?:settings|styles|numbering|fontTable|webSettings|people|theme\/|glossary\/)/
// Field codes, and places of drawings.
const codes = /^(?:instrText|delInstrText|posOffset|align|pct\w+|f|formatCode|binData|idx|order)$/

/** Reports the words of a part that are in no line and in no message. */
function tellUnread(root: Element, place: string, { read, report }: Source): void {
  const texts: string[] = []
  const search = (element: Element) => {
    for (const node of Array.from(element.childNodes)) {
      const isUnread = node.nodeType === 3 && !read.has(node) && !codes.test(`${element.localName}`)
      if (isUnread && `${node.nodeValue}`.trim() !== '') texts.push(`${node.nodeValue}`)
    }
    for (const child of childrenOf(element)) search(child)
  }
  search(root)
  const words = texts.join(' ')
  if (words !== '') doubt(report, { place }, `left out, not read, add it by hand: check ${words}`, words)
}
