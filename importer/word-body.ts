import type { Element, Node } from '@xmldom/xmldom'
import {
  type DocumentLine,
  documentLine,
  type Painting,
  type Run,
  type Table,
  textOf,
  visibleLine,
} from './document-line.ts'
import { paintings, stronger } from './painting.ts'
import { adapt, doubt, omit, type Report } from './report.ts'
import { pageColour, type WordFile } from './word-file.ts'
import { listOf, Numbering } from './word-numbering.ts'
import { paintingIn, paintingsOf, shadeOf } from './word-painting.ts'
import { attributeOf, childOf, childrenOf, isOn, named, owned, styled, stylesIn, trimmedText } from './word-xml.ts'

type Reader = (element: Element, painting: Painting | null) => void
type Block = DocumentLine | Table

/** A paragraph during reading. */
interface Paragraph {
  /** Its lines, separated by breaks. A page break adds an empty one with that mark. */
  rows: Array<{ runs: Run[]; mark: 'page' | null }>
  notes: string[]
  boxes: Block[]
  properties: Element | undefined
  isBold: boolean
  /** True if its end is deleted, so that the next paragraph belongs to it. */
  goesOn: boolean
}

const newParagraph = (): Paragraph => ({
  ...{ rows: [{ runs: [], mark: null }], notes: [], boxes: [], properties: undefined, isBold: true, goesOn: false },
})

const characters: Record<string, string> = { tab: '\t', ptab: '\t', noBreakHyphen: '-', softHyphen: '' }

/** Reads parts of a Word file into lines: one for each paragraph, and for each manual line break. */
export class BodyReader {
  readonly report: Report
  /** The text nodes that are in a line or reported. */
  readonly read = new Set<Node>()
  private readonly file: WordFile
  private readonly numbering: Numbering
  private readonly styles: Map<string, Element>
  private blocks: Block[] = []
  private paragraph = newParagraph()
  private count = 0
  private background: string

  constructor(file: WordFile, report: Report) {
    this.file = file
    this.report = report
    this.numbering = new Numbering(file.related('numbering'))
    this.styles = stylesIn(file.related('styles'))
    this.background = pageColour(file.main)
  }

  /** The lines and tables of a part. */
  blocksOf(root: Element): Block[] {
    this.count = 0
    return this.apart(root, null)
  }

  /** The words of a part in one string. Invisible words are reported. */
  wordsIn(root: Element): string {
    const lines = this.apart(root, null).flatMap((block) => ('rows' in block ? block.rows.flat(2) : [block]))
    return lines.flatMap((line) => visibleLine(line, this.report).text.trim() || []).join(' ')
  }

  private readonly readers: Record<string, Reader> = {
    p: (element, painting) => this.readParagraph(element, painting),
    r: (element, painting) => this.walkAll(element, this.paintingOf(element, painting)),
    t: (element, painting) => this.readText(element, painting),
    delText: (element, painting) => this.readText(element, painting),
    br: (element) => this.readBreak(element),
    cr: (element) => this.readBreak(element),
    tbl: (element, painting) => this.readTable(element, painting),
    drawing: (element, painting) => this.readDrawing(element, painting),
    pict: (element, painting) => this.readDrawing(element, painting),
    object: (element, painting) => this.readDrawing(element, painting),
    sym: (element, painting) =>
      this.put(String.fromCodePoint(Number.parseInt(`${attributeOf(element, 'char')}`, 16) || 0xfffd), painting),
    footnoteReference: (element) => this.paragraph.notes.push(...this.noteOf('footnote', element)),
    endnoteReference: (element) => this.paragraph.notes.push(...this.noteOf('endnote', element)),
    commentReference: (element) => {
      for (const text of this.noteOf('comment', element)) omit(this.report, this.location(), text, 'a comment', true)
    },
    sdt: (element, painting) => {
      const isUnfilled = named(childOf(element, 'sdtPr'), 'showingPlcHdr').some(isOn)
      this.walkAll(element, isUnfilled ? stronger(painting, paintings.placeholder) : painting)
    },
    oMath: (element, painting) => this.readEquation(element, painting),
    AlternateContent: (element, painting) => this.readAlternative(element, painting),
    fldChar: (element) => {
      const isForm = named(element, 'checkBox').length + named(element, 'ddList').length > 0
      if (isForm) this.check('a form field whose choice is not read: check what it says')
    },
  }

  private location() {
    return { location: `paragraph ${this.count + 1}` }
  }

  private check(text: string): void {
    doubt(this.report, this.location(), text)
  }

  private put(text: string, painting: Painting | null): void {
    this.paragraph.rows.at(-1)?.runs.push({ text, painting })
  }

  private walk(element: Element, painting: Painting | null): void {
    const name = `${element.localName}`
    const reader = this.readers[name]
    if (name.endsWith('Pr')) return
    if (reader) reader(element, painting)
    else if (name in characters) this.put(`${characters[name]}`, painting)
    else this.walkAll(element, stronger(painting, paintingIn(name)))
  }

  private walkAll(element: Element, painting: Painting | null): void {
    for (const child of childrenOf(element)) this.walk(child, painting)
  }

  private stylesOf(properties: Element | undefined, style: string, kind: string): Element[] {
    return styled(this.styles, attributeOf(childOf(properties, style)), kind)
  }

  private readParagraph(element: Element, painting: Painting | null): void {
    if (!this.paragraph.goesOn) this.end()
    const { paragraph } = this
    const own = childOf(element, 'pPr')
    paragraph.properties ??= own
    this.walkAll(element, painting)
    paragraph.goesOn = ['del', 'moveFrom'].some((name) => childOf(childOf(own, 'rPr'), name))
    if (!paragraph.goesOn) this.end()
    else {
      const text = textOf(paragraph.rows.at(-1)?.runs ?? [])
      this.check(`tracked change pending, the end of a paragraph deleted: check "${text}"`)
    }
  }

  /** Closes the current paragraph and adds its lines. */
  private end(): void {
    const { rows, notes, boxes, properties, isBold } = this.paragraph
    const { location } = this.location()
    const all = [...this.stylesOf(properties, 'pStyle', 'pPr'), ...childrenOf(properties)]
    const level = all.findLast(({ localName }) => localName === 'outlineLvl')
    const list = listOf(all)
    const isHeading = Number(attributeOf(level) ?? 9) < 9
    const mark = isHeading ? 'heading' : list ? 'item' : isBold ? 'heading' : null
    const first = rows.findIndex(({ runs }) => textOf(runs).trim() !== '')
    const indent = 4 * Number(attributeOf(childOf(list, 'ilvl')) ?? 0)
    if (list && first >= 0) this.addLabel(rows[first]?.runs ?? [], list)
    if (first < 0) for (const note of notes) omit(this.report, this.location(), note, 'a note to no words', true)
    const lines = rows.map(({ runs, mark: page }, index) =>
      documentLine(location, runs, index === first ? { mark, indent, notes } : { mark: page }),
    )
    const isEmpty = rows.every(({ runs }) => runs.every(({ text }) => text.trim() === ''))
    if (!isEmpty || rows.length > 1) this.blocks.push(documentLine(location, ''), ...lines)
    this.blocks.push(...boxes)
    this.count += first < 0 ? 0 : 1
    this.paragraph = newParagraph()
  }

  private addLabel(runs: Run[], list: Element): void {
    const { label, isCertain } = this.numbering.next(list)
    if (label === '') return
    runs.unshift({ text: `${label} `, painting: null })
    const text = `the label of a list kept as part of the text: ${label}`
    // A sign that is the bullet of the whole list is reported as such.
    if (!/[\p{L}\p{N}☐☑☒]/u.test(label)) return
    if (isCertain) adapt(this.report, this.location(), text)
    else this.check(`${text}, check its number`)
  }

  /** The formatting of the words of a run, by its properties and those of its styles. */
  private paintingOf(run: Element, outer: Painting | null): Painting | null {
    const { properties } = this.paragraph
    const own = childOf(run, 'rPr')
    const inherited = [...this.stylesOf(properties, 'pStyle', 'rPr'), ...this.stylesOf(own, 'rStyle', 'rPr')]
    const all = [...inherited, ...childrenOf(own)]
    const bold = all.findLast(({ localName }) => localName === 'b')
    if (!(bold && isOn(bold)) && childrenOf(run).some((text) => text.localName === 't' && trimmedText(text) !== ''))
      this.paragraph.isBold = false
    const shade = shadeOf(childOf(properties, 'shd')) ?? this.background
    return stronger(outer, paintingsOf(all, shade).reduce(stronger, null))
  }

  private readText(element: Element, painting: Painting | null): void {
    for (const node of element.childNodes) this.read.add(node)
    const text = `${element.textContent}`
    // "16th" means the same on the line.
    const isOrdinal =
      /\d$/.test(textOf(this.paragraph.rows.at(-1)?.runs ?? [])) && /^(?:st|nd|rd|th|er|re|[eoa])$/.test(text)
    this.put(text, painting === paintings.superscript && isOrdinal ? null : painting)
  }

  private readEquation(element: Element, painting: Painting | null): void {
    for (const [index, text] of named(element, 't').entries()) {
      const own = stronger(painting, paintings.equation)
      if (index > 0) this.put(' ', own)
      this.readText(text, own)
    }
  }

  /** Skips the older form of a drawing, which repeats its text. */
  private readAlternative(element: Element, painting: Painting | null): void {
    const [chosen, other] = childrenOf(element)
    if (chosen) this.walk(chosen, painting)
    const texts = named(other, 't')
    const isSame = named(chosen, 't').map(trimmedText).join() === texts.map(trimmedText).join()
    for (const text of isSame ? texts : []) for (const node of text.childNodes) this.read.add(node)
  }

  private readBreak(element: Element): void {
    const isPage = attributeOf(element, 'type') === 'page'
    this.paragraph.rows.push(...(isPage ? [{ runs: [], mark: 'page' as const }] : []), { runs: [], mark: null })
  }

  private readTable(element: Element, painting: Painting | null): void {
    this.end()
    const rows = owned(element, 'tr').map((row) => {
      const change = ['del', 'ins'].find((name) => childOf(childOf(row, 'trPr'), name))
      const own = change ? stronger(painting, paintingIn(change)) : painting
      return owned(row, 'tc').map((cell) => this.cellOf(cell, own))
    })
    this.blocks.push({ rows })
  }

  /** The lines of a cell. A table within it is read row by row. */
  private cellOf(cell: Element, painting: Painting | null): DocumentLine[] {
    const { background } = this
    this.background = shadeOf(childOf(childOf(cell, 'tcPr'), 'shd')) ?? background
    const blocks = this.apart(cell, painting)
    this.background = background
    return blocks.flatMap((block) => ('rows' in block ? block.rows.flat(2) : [block]))
  }

  /** The lines of an element, separate from the paragraph around it. */
  private apart(element: Element, painting: Painting | null): Block[] {
    const { blocks, paragraph } = this
    Object.assign(this, { blocks: [], paragraph: newParagraph() })
    this.walkAll(element, painting)
    this.end()
    const own = this.blocks
    Object.assign(this, { blocks, paragraph })
    return own
  }

  private readDrawing(element: Element, painting: Painting | null): void {
    const boxes = named(element, 'txbxContent')
    for (const box of boxes) this.paragraph.boxes.push(...this.apart(box, painting))
    const drawn = named(element, 'textpath').map((path) => attributeOf(path, 'string'))
    const described = named(element, 'docPr').map((picture) => attributeOf(picture, 'descr'))
    const text = [...drawn, ...described].filter(Boolean).join(' ').trim()
    if (boxes.length === 0) omit(this.report, this.location(), text, 'a picture or an embedded object')
    else this.check('a text box, read after the paragraph to which it is tied: check where it belongs')
  }

  /** The text of the referenced note or comment. */
  private noteOf(kind: string, reference: Element): string[] {
    const { count } = this
    const id = attributeOf(reference, 'id')
    const found = named(this.file.related(`${kind}s`), kind).find((note) => attributeOf(note, 'id') === id)
    const text = found ? this.wordsIn(found) : ''
    this.count = count
    return text === '' ? [] : [text]
  }
}
