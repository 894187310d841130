import mammoth from 'mammoth'
import { readParts } from './archive.ts'
import { type Extract, withLinkTargets } from './extract.ts'
import { type Line, Refusal } from './line.ts'

/** The paragraphs of a Word document, list items and headings marked. Throws Refusal. */
export async function readDocx(bytes: Buffer): Promise<Extract> {
  const parts = readParts(bytes)
  const body = parts.get('word/document.xml')
  if (body === undefined) throw new Refusal('a zip archive, but not a Word document: save it as .docx, .pdf or .txt')
  const { value: html } = await mammoth.convertToHtml(
    { buffer: bytes },
    {
      styleMap: ["br[type='page'] => hr"],
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
    },
  )
  const lines = linesOfHtml(html)
  const leftOut: Extract['leftOut'] = []
  for (const [name, xml] of parts) {
    const place = /^word\/(header|footer)\d*\.xml$/.exec(name)?.[1]
    const text = place === undefined ? '' : textsOf(xml).join(' ').trim()
    if (text !== '') leftOut.push({ line: { place: `page ${place}`, text, mark: null }, reason: `page ${place}` })
  }
  const squeezed = lines.map(({ text }) => text.replace(/\s/gu, '')).join('')
  for (const text of textsOf(body)) {
    if (squeezed.includes(text.replace(/\s/gu, ''))) continue
    leftOut.push({
      line: { place: 'document', text, mark: null },
      reason: 'not read by the Word library, add it by hand',
    })
  }
  const targets = [...html.matchAll(/ href="([^"]+)"/g)].map(([, target]) => decodeEntities(`${target}`))
  return withLinkTargets(targets, { lines, leftOut, doubts: [] })
}

// mammoth writes a small, well-formed HTML. XML allows no control characters, so they can mark what a row is.
const [item, heading, page] = ['\u0001', '\u0002', '\f']

// A row of a header that was set as a table: "Title" in the one cell, the title in the other.
const labelledRow =
  /<tr><t[dh]><p>(?:<strong>)?([^:(<]{1,40}):?\s*(?:<\/strong>)?<\/p><\/t[dh]><t[dh]><p>((?:(?!<\/p>).)*)<\/p><\/t[dh]><\/tr>/g

function linesOfHtml(html: string): Line[] {
  const rows = html
    .replace(/<sup><a href="#(?:foot|end)note-\d+"[^>]*>\[\d+\]<\/a><\/sup>/g, '')
    .replace(/ ?<a href="#(?:foot|end)note-ref-\d+">↑<\/a>/g, '')
    .replace(labelledRow, '<p>$1: $2</p>')
    .replace(/<p><strong>([^<]*)<\/strong><\/p>/g, `\n\n${heading}$1\n\n`)
    .replace(/<h\d>/g, `\n\n${heading}`)
    .replace(/<li[^>]*>(?:<p>)?/g, `\n\n${item}`)
    .replace(/<br \/>/g, '\n')
    .replace(/<hr \/>/g, `\n${page}`)
    .replace(/<\/?(?:p|h\d|ul|ol|li|table|thead|tbody|tr|td|th)\b[^>]*>/g, '\n\n')
    .replace(/<[^>]*>/g, '')
    .replace(/\n{3,}/g, '\n\n')
    .split('\n')
  let count = 0
  return rows.map((row) => {
    const mark = markOf(row)
    const text = decodeEntities(mark === null ? row : row.slice(1))
    if (text.trim() !== '') count++
    return { place: `paragraph ${count}`, text, mark }
  })
}

function markOf(row: string): Line['mark'] {
  if (row.startsWith(item)) return 'item'
  if (row.startsWith(heading)) return 'heading'
  return row.startsWith(page) ? 'page' : null
}

/** The printed texts of a part of a Word document, without what a tracked change has moved away. */
function textsOf(xml: string): string[] {
  const present = xml.replace(/<w:moveFrom [\s\S]*?<\/w:moveFrom>/g, '')
  return [...present.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text]) => decodeEntities(`${text}`))
}

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(lt|gt|quot|apos|amp));/gi, (_whole, decimal, hex, name) => {
    if (name) return `${entities[name]}`
    return String.fromCodePoint(Math.min(Number(decimal ?? `0x${hex}`), 0x10ffff))
  })
}
