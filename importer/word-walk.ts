import type { Element, Node } from '@xmldom/xmldom'
import { doubt, type Line, leaveOut, lineOf, type Report } from './document-line.ts'
import { tableLines } from './table.ts'
import { Paragraph, type Reason, reasonIn, reasonOf, stronger } from './word-words.ts'
import { attributeOf, childOf, childrenOf, isOn, named, owned, styled } from './word-xml.ts'

/** A Word document that is read: its parts, what is reported about it, and the texts that were read. */
export type Source = { parts: Map<string, Element>; report: Report; read: Set<Node> }

const characters: Record<string, string> = { tab: '\t', ptab: '\t', noBreakHyphen: '-', softHyphen: '' }

/** The lines of a part of a Word document: one for each paragraph, and for each line that is broken by hand. */
export function readBody(root: Element, { parts, report, read }: Source): Line[] {
  const at = { lines: [] as Line[], paragraph: new Paragraph(), count: 0 }
  const place = () => ({ place: `paragraph ${at.count + 1}` })
  const tell = (text: string) => doubt(report, place(), text)
  const stylesOf = (properties: Element | undefined, style: string, kind: string) =>
    styled(parts.get('word/styles.xml'), attributeOf(childOf(properties, style)), kind)

  const readers: Record<string, (element: Element, reason: Reason) => void> = {
    p: readParagraph,
    r: (run, reason) => walkAll(run, stronger(reason, reasonOfRun(run))),
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
    else walkAll(element, stronger(reason, reasonIn(name)))
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
  function reasonOfRun(run: Element): Reason {
    const own = childOf(run, 'rPr')
    const styles = [...stylesOf(at.paragraph.properties, 'pStyle', 'rPr'), ...stylesOf(own, 'rStyle', 'rPr')]
    const all = new Map([...styles, ...childrenOf(own)].map((property) => [`${property.localName}`, property]))
    const set = [...all].filter(([, property]) => isOn(property))
    if (!set.some(([name]) => name === 'b') && named(run, 't').some((text) => wordsOf(text) !== ''))
      at.paragraph.isBold = false
    return set.map(([name, property]) => reasonOf(name, property)).reduce(stronger, '')
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
      return owned(row, 'tc').map((cell) => apart(cell, stronger(reason, change ? reasonIn(change) : '')))
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
