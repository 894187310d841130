import type { Element, Node } from '@xmldom/xmldom'
import { doubt, type Line, leaveOut, lineOf, type Report } from './line.ts'
import { raised } from './raised.ts'
import { tableLines } from './table.ts'
import { attributeOf, childOf, childrenOf, isOn, named, owned, styled } from './word-xml.ts'

/** A Word document that is read: its parts, what is told of it, and the texts that were read. */
export type Source = { parts: Map<string, Element>; report: Report; read: Set<Node> }

/** Why words are told: "left out, …" for those that are not in the lines; "" for words that are not told. */
type Reason = string

// Elements that are read as if only their content were there. The words of others are told, too.
const through = new Set(
  'document body hdr ftr footnote endnote comment hyperlink fldSimple smartTag customXml sdtContent ruby rubyBase dir bdo Choice Fallback'.split(
    ' ',
  ),
)
// Properties of a run that do not change what its words mean.
const plain =
  /^(?:r(?:Style|Fonts|tl|PrChange|eflection)|[bi](?:Cs)?|u|color|sz(?:Cs)?|lang|noProof|spacing|kern|w|shd|bdr|cs|outline|shadow|emboss|imprint|snapToGrid|eastAsianLayout|webHidden|specVanish|effect|fitText|em|oMath|ligatures|num(?:Form|Spacing)|glow|text(?:Outline|Fill)|scene3d|props3d|stylisticSets|cntxtAlts|ins|del|move(?:From|To))$/
const properties: Record<string, Reason> = {
  strike: 'left out, struck through',
  dstrike: 'left out, struck through',
  vanish: 'left out, hidden',
  caps: 'shown in capitals',
}
const changes: Record<string, Reason> = {
  del: 'left out, tracked change pending, deleted',
  moveFrom: 'left out, tracked change pending, moved away',
  ins: 'tracked change pending, inserted',
  moveTo: 'tracked change pending, moved here',
  rt: 'left out, printed above other words',
}
const characters: Record<string, string> = { tab: '\t', ptab: '\t', noBreakHyphen: '-', softHyphen: '' }

/** The stronger of two reasons: that for which words are left out, else the outer one. */
const stronger = (outer: Reason, inner: Reason) =>
  inner.startsWith('left out') && !outer.startsWith('left out') ? inner : outer || inner

/** A paragraph while it is read. */
class Paragraph {
  rows: Array<Pick<Line, 'text' | 'mark'>> = [{ text: '', mark: null }]
  said: Array<{ reason: Reason; words: string }> = []
  notes: string[] = []
  boxes: Line[] = []
  properties: Element | undefined
  isBold = true
  /** Whether its end is deleted. */
  goesOn = false

  put(words: string, reason: Reason): void {
    const row = this.rows.at(-1)
    if (row && !reason.startsWith('left out')) row.text += raised(words, reason)
    const last = this.said.at(-1)
    if (last?.reason === reason) last.words += words
    else this.said.push({ words, reason })
  }

  /** What is to tell of its words, those of one reason together. */
  told(): string[] {
    const told = this.said.filter(({ reason, words }) => reason !== '' && words.trim() !== '')
    const groups = Map.groupBy(told, ({ reason }) => reason)
    return [...groups].map(
      ([reason, all]) => `${reason}: check "${all.map(({ words }) => words.trim()).join('" and "')}"`,
    )
  }
}

/** The lines of a part of a Word document: one for each paragraph, and for each line that is broken by hand. */
export function readBody(root: Element, { parts, report, read }: Source): Line[] {
  const at = { lines: [] as Line[], paragraph: new Paragraph(), count: 0 }
  const place = () => ({ place: `paragraph ${at.count + 1}` })
  const tell = (text: string) => doubt(report, place(), text)
  const stylesOf = (properties: Element | undefined, style: string, kind: string) =>
    styled(parts.get('word/styles.xml'), attributeOf(childOf(properties, style)), kind)

  const readers: Record<string, (element: Element, reason: Reason) => void> = {
    p: readParagraph,
    r: (run, reason) => walkAll(run, stronger(reason, reasonOf(run))),
    t: readText,
    delText: readText,
    br: readBreak,
    cr: readBreak,
    tbl: readTable,
    drawing: readDrawing,
    pict: readDrawing,
    object: readDrawing,
    sym: (element, reason) =>
      at.paragraph.put(String.fromCodePoint(Number(`0x${attributeOf(element, 'char')}`)), reason),
    footnoteReference: (element) => at.paragraph.notes.push(...noteOf('footnote', element)),
    endnoteReference: (element) => at.paragraph.notes.push(...noteOf('endnote', element)),
    commentReference: (element) => {
      for (const text of noteOf('comment', element)) tell(`left out, a comment: check ${text}`)
    },
    sdt(element, reason) {
      const isUnfilled = named(childOf(element, 'sdtPr'), 'showingPlcHdr').some(isOn)
      walkAll(element, isUnfilled ? 'left out, a placeholder never filled' : reason)
    },
    oMath(element) {
      for (const [index, text] of named(element, 't').entries()) {
        at.paragraph.put(index > 0 ? ' ' : '', 'an equation')
        readText(text, 'an equation')
      }
    },
    // The older form of a drawing says the same again.
    AlternateContent(element, reason) {
      const [chosen, other] = childrenOf(element)
      if (chosen) walk(chosen, reason)
      const texts = named(other, 't')
      const isSame = named(chosen, 't').map(wordsOf).join() === texts.map(wordsOf).join()
      for (const text of isSame ? texts : []) for (const node of text.childNodes) read.add(node)
    },
    fldChar(element) {
      const isForm = named(element, 'checkBox').length + named(element, 'ddList').length > 0
      if (isForm) tell('a form field whose choice is not read: check what it says')
    },
  }

  function walk(element: Element, reason: Reason): void {
    const name = `${element.localName}`
    const reader = readers[name]
    if (name.endsWith('Pr')) return
    if (reader) reader(element, reason)
    else if (name in characters) at.paragraph.put(`${characters[name]}`, reason)
    else if (name in changes) walkAll(element, stronger(reason, `${changes[name]}`))
    else walkAll(element, through.has(name) ? reason : stronger(reason, `in the element "${name}", which is not known`))
  }

  function walkAll(element: Element, reason: Reason): void {
    for (const child of childrenOf(element)) walk(child, reason)
  }

  function readParagraph(element: Element, reason: Reason): void {
    if (!at.paragraph.goesOn) end()
    const { paragraph } = at
    const own = childOf(element, 'pPr')
    paragraph.properties ??= own
    walkAll(element, reason)
    paragraph.goesOn = ['del', 'moveFrom'].some((name) => childOf(childOf(own, 'rPr'), name))
    if (!paragraph.goesOn) end()
    else tell(`tracked change pending, the end of a paragraph deleted: check "${paragraph.rows.at(-1)?.text}"`)
  }

  /** Closes the paragraph that is read: adds its lines, and tells what is to tell of it. */
  function end(): void {
    const { rows, notes, boxes, properties, isBold } = at.paragraph
    const where = place()
    const all = [...stylesOf(properties, 'pStyle', 'pPr'), ...childrenOf(properties)]
    const last = (name: string) => all.findLast(({ localName }) => localName === name)
    const list = last('numPr')
    const isListed = list !== undefined && attributeOf(childOf(list, 'numId')) !== '0'
    const isHeading = Number(attributeOf(last('outlineLvl')) ?? 9) < 9
    const mark = isHeading ? 'heading' : isListed ? 'item' : isBold ? 'heading' : null
    const indent = 4 * Number(attributeOf(childOf(list, 'ilvl')) ?? 0)
    const first = rows.findIndex(({ text }) => text.trim() !== '')
    for (const text of at.paragraph.told()) tell(text)
    if (first < 0) for (const note of notes) tell(`left out, a note to no words: check ${note}`)
    const lines = rows.map((row, index) =>
      lineOf(where.place, row.text, index === first ? { mark, indent, notes } : row),
    )
    if (first >= 0 || rows.length > 1) at.lines.push(lineOf(where.place, ''), ...lines)
    at.lines.push(...boxes)
    at.count += first < 0 ? 0 : 1
    at.paragraph = new Paragraph()
  }

  /** Why the words of a run are told, by its properties and those of its styles. */
  function reasonOf(run: Element): Reason {
    const own = childOf(run, 'rPr')
    const styles = [...stylesOf(at.paragraph.properties, 'pStyle', 'rPr'), ...stylesOf(own, 'rStyle', 'rPr')]
    const all = new Map([...styles, ...childrenOf(own)].map((property) => [`${property.localName}`, property]))
    const set = [...all].filter(([, property]) => isOn(property))
    if (!set.some(([name]) => name === 'b') && named(run, 't').some((text) => wordsOf(text) !== ''))
      at.paragraph.isBold = false
    const reasons = set.map(([name, property]) => {
      if (name === 'vertAlign') return `${attributeOf(property)}`
      if (name === 'position') return Number(attributeOf(property)) > 0 ? 'superscript' : 'subscript'
      return plain.test(name) ? '' : (properties[name] ?? `set with the property "${name}"`)
    })
    return reasons.reduce(stronger, '')
  }

  function readText(element: Element, reason: Reason): void {
    for (const node of element.childNodes) read.add(node)
    const text = `${element.textContent}`
    // "16th" means the same on the line.
    const isOrdinal = /\d$/.test(`${at.paragraph.rows.at(-1)?.text}`) && /^(?:st|nd|rd|th|er|re|[eoa])$/.test(text)
    at.paragraph.put(text, reason === 'superscript' && isOrdinal ? '' : reason)
  }

  function readBreak(element: Element): void {
    const page = attributeOf(element, 'type') === 'page' ? [{ text: '', mark: 'page' as const }] : []
    at.paragraph.rows.push(...page, { text: '', mark: null })
  }

  function readTable(element: Element, reason: Reason): void {
    end()
    const rows = owned(element, 'tr').map((row) => {
      const change = ['del', 'ins'].find((name) => childOf(childOf(row, 'trPr'), name))
      return owned(row, 'tc').map((cell) => apart(cell, stronger(reason, change ? `${changes[change]}` : '')))
    })
    at.lines.push(...tableLines(rows, report))
  }

  /** The lines of an element, apart from the paragraph around it. */
  function apart(element: Element, reason: Reason): Line[] {
    const { lines, paragraph } = at
    Object.assign(at, { lines: [], paragraph: new Paragraph() })
    walkAll(element, reason)
    end()
    const own = at.lines
    Object.assign(at, { lines, paragraph })
    return own
  }

  function readDrawing(element: Element, reason: Reason): void {
    const boxes = named(element, 'txbxContent')
    for (const box of boxes) at.paragraph.boxes.push(...apart(box, reason))
    const drawn = named(element, 'textpath').map((path) => attributeOf(path, 'string'))
    const described = named(element, 'docPr').map((picture) => attributeOf(picture, 'descr'))
    const text = [...drawn, ...described].join(' ').trim()
    if (boxes.length === 0) leaveOut(report, place(), text, 'a picture or an embedded object')
    else tell('a text box, read after the paragraph to which it is tied: check where it belongs')
  }

  /** The text of the note or comment that is referred to. */
  function noteOf(kind: string, reference: Element): string[] {
    const { count } = at
    const id = attributeOf(reference, 'id')
    const found = named(parts.get(`word/${kind}s.xml`), kind).find((note) => attributeOf(note, 'id') === id)
    const text = found ? wordsOfLines(apart(found, '')) : ''
    at.count = count
    return text === '' ? [] : [text]
  }

  walkAll(root, '')
  end()
  return at.lines
}

const wordsOf = ({ textContent }: Element) => `${textContent}`.trim()

/** The words of lines in one string. */
export const wordsOfLines = (lines: Line[]): string => lines.flatMap(({ text }) => text.trim() || []).join(' ')
