import type { Element } from '@xmldom/xmldom'
import type { Extract } from './document-line.ts'
import { newReport, omit, Refusal } from './report.ts'
import { BodyReader } from './word-body.ts'
import { openWordFile, wordsOfHtml } from './word-file.ts'
import { childrenOf, named } from './word-xml.ts'

/**
 * The paragraphs of a Word document. Every text of every part is in a line, or reported with its words.
 * Throws Refusal.
 */
export async function readDocx(bytes: Buffer): Promise<Extract> {
  const file = await openWordFile(bytes)
  const report = newReport()
  const reader = new BodyReader(file, report)
  const blocks = reader.blocksOf(file.main)
  const isEmpty = blocks.every((block) => !('rows' in block) && block.runs.every(({ text }) => text.trim() === ''))
  const advice = 'made by a web editor, open it in Word and save it again'
  if (file.embedded.size > 0 && isEmpty) throw new Refusal(advice)
  for (const [name, content] of file.embedded) {
    const words = /html?$|mht$|txt$/.test(name) ? wordsOfHtml(content) : ''
    omit(report, { location: name }, words, `a document in the document (${advice}, or add by hand)`, true)
  }
  for (const [name, root] of file.parts) {
    const page = /(?:^|\/)(header|footer)\d*\.xml$/.exec(name)?.[1]
    const words = page === undefined ? '' : reader.wordsIn(root)
    if (words !== '') omit(report, { location: `page ${page}` }, words, `page ${page}`)
  }
  for (const [location, root] of [...file.parts, ['the main part', file.main] as const]) {
    const unread = withoutWords.test(location) ? '' : unreadOf(root, reader)
    if (unread !== '') omit(report, { location }, unread, 'not read, add it by hand', true)
  }
  const fields = named(file.main, 'instrText').map(({ textContent }) => `${`${textContent}`.split('"')[1]}`)
  return { blocks, targets: [...file.targets, ...fields], report }
}

// Settings, and the building blocks that Word offers to insert.
const withoutWords = /\/(?:settings|styles|numbering|fontTable|webSettings|people|theme\/[^/]*|glossary\/.*)\d*\.xml$/
// Field codes, and places of drawings.
const codes = /^(?:instrText|delInstrText|posOffset|align|pct\w+|f|formatCode|binData|idx|order)$/

/** The words under an element that are neither in a line nor in a message. */
function unreadOf(element: Element, reader: Pick<BodyReader, 'read'>): string {
  const own = Array.from(element.childNodes).filter((node) => node.nodeType === 3 && !reader.read.has(node))
  const texts = codes.test(`${element.localName}`) ? [] : own.map(({ nodeValue }) => `${nodeValue}`.trim())
  return [...texts, ...childrenOf(element).map((child) => unreadOf(child, reader))].filter(Boolean).join(' ')
}
