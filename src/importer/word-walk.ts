import type { Element, Node } from '@xmldom/xmldom'
import { doubt, type Line, leaveOut, lineOf, type Report } from './line.ts'
import { ordinalEnd, raised } from './raised.ts'
import { tableLines } from './table.ts'
import { attributeOf, childOf, childrenOf, isOn, named, owned, styled } from './word-xml.ts'

/** A Word document that is read: its parts, what is told of it, the texts that were read, the addresses it links to. */
export type Source = { parts: Map<string, Element>; report: Report; read: Set<Node>; targets: string[] }

/** Why words are left out, or kept and told; "" for neither. */
type How = { drop: string; tell: string }
/** Words that are told together. */
type Said = How & { words: string }

class Paragraph {
  rows: Array<Pick<Line, 'text' | 'mark'>> = [{ text: '', mark: null }]
  said: Said[] = []
  notes: string[] = []
  boxes: Line[] = []
  properties: Element | undefined
  isBold = true
  /** Whether its end is deleted. */
  goesOn = false

  put(text: string, { drop, tell }: How): void {
    const row = this.rows.at(-1)
    if (row && drop === '') row.text += raised(text, tell)
    const last = this.said.at(-1)
    if (last?.drop === drop && last.tell === tell) last.words += text
    else this.said.push({ words: text, drop, tell })
  }

  /** Its words that are left out or told, those of one reason together. */
  told(): string[] {
    const reasons = new Map<string, string[]>()
    for (const { words, drop, tell } of this.said) {
      const reason = drop === '' ? tell : `left out, ${drop}`
      if (reason !== '' && words.trim() !== '') reasons.set(reason, [...(reasons.get(reason) ?? []), words.trim()])
    }
    return [...reasons].map(([reason, found]) => `${reason}: check "${found.join('" and "')}"`)
  }
}

const words = (text: string) => new Set(text.split(/\s+/))
// Elements that are read as if only their content were there. The words of others are told, too.
const through = words(
  'document body hdr ftr footnote endnote comment p r tc hyperlink fldSimple smartTag customXml sdtContent ruby rubyBase dir bdo Choice',
)
// Properties of a run that do not change what its words mean.
const plain = words(
  `rStyle rFonts b bCs i iCs u color sz szCs lang noProof spacing kern w shd bdr cs rtl outline shadow emboss imprint
  snapToGrid eastAsianLayout webHidden specVanish effect fitText em oMath rPrChange ligatures numForm numSpacing glow
  textOutline textFill scene3d props3d stylisticSets cntxtAlts ins del moveFrom moveTo reflection strike dstrike vanish`,
)
const dropped: Record<string, string> = { strike: 'struck through', dstrike: 'struck through', vanish: 'hidden' }
const told: Record<string, string> = { caps: 'shown in capitals', smallCaps: 'shown in small capitals' }
const tracked: Record<string, How> = {
  del: { drop: 'tracked change pending, deleted', tell: '' },
  moveFrom: { drop: 'tracked change pending, moved away', tell: '' },
  ins: { drop: '', tell: 'tracked change pending, inserted' },
  moveTo: { drop: '', tell: 'tracked change pending, moved here' },
}
const breaks: Record<string, string> = { tab: '\t', ptab: '\t', noBreakHyphen: '-', softHyphen: '' }
const asIs: How = { drop: '', tell: '' }
const compact = (element: Element) =>
  named(element, 't')
    .map(({ textContent }) => textContent)
    .join('')
    .replace(/\s/g, '')

/** The lines of a part of a Word document: one for each paragraph, and for each line that is broken by hand. */
export function readBody(root: Element, { parts, report, read }: Source): Line[] {
  const at = { lines: [] as Line[], paragraph: new Paragraph(), count: 0 }
  const styles = parts.get('word/styles.xml')
  const place = () => ({ place: `paragraph ${at.count + 1}` })
  const walkAll = (element: Element, how: How) => {
    for (const child of childrenOf(element)) walk(child, how)
  }

  function walk(element: Element, how: How): void {
    const name = `${element.localName}`
    const read = readers[name]
    const change = tracked[name]
    const text = breaks[name]
    if (read) read(element, how)
    else if (text !== undefined) at.paragraph.put(text, how)
    else if (change) walkAll(element, { drop: how.drop || change.drop, tell: how.tell || change.tell })
    else
      walkAll(
        element,
        through.has(name) ? how : { ...how, tell: how.tell || `in the element "${name}", which is not known` },
      )
  }

  const readers: Record<string, (element: Element, how: How) => void> = {
    p: readParagraph,
    r: (element, how) => walkAll(element, howOf(element, how)),
    t: readText,
    delText: readText,
    sym: (element, how) =>
      at.paragraph.put(String.fromCodePoint(Number.parseInt(attributeOf(element, 'char') ?? '20', 16)), how),
    br: readBreak,
    cr: readBreak,
    tbl: readTable,
    sdt(element, how) {
      const isUnfilled = named(childOf(element, 'sdtPr'), 'showingPlcHdr').some(isOn)
      walkAll(element, isUnfilled ? { ...how, drop: 'a placeholder never filled' } : how)
    },
    oMath(element, how) {
      const texts = named(element, 't')
      for (const [index, text] of texts.entries()) {
        if (index > 0) at.paragraph.put(' ', { ...how, tell: 'an equation' })
        readText(text, { ...how, tell: 'an equation' })
      }
    },
    AlternateContent(element, how) {
      const [chosen, other] = ['Choice', 'Fallback'].map((name) => childOf(element, name))
      if (chosen) walk(chosen, how)
      if (chosen && other && compact(chosen) === compact(other)) {
        for (const text of named(other, 't')) for (const node of Array.from(text.childNodes)) read.add(node)
      }
    },
    fldChar(element) {
      if (named(element, 'checkBox').length + named(element, 'ddList').length === 0) return
      doubt(report, place(), 'a form field whose choice is not read: check what it says')
    },
    drawing: readDrawing,
    pict: readDrawing,
    object: readDrawing,
    footnoteReference: (element) => at.paragraph.notes.push(...noteOf('footnote', element)),
    endnoteReference: (element) => at.paragraph.notes.push(...noteOf('endnote', element)),
    commentReference(element) {
      for (const text of noteOf('comment', element)) doubt(report, place(), `left out, a comment: check ${text}`)
    },
  }

  function readParagraph(element: Element, how: How): void {
    if (!at.paragraph.goesOn) end()
    const { paragraph } = at
    const properties = childOf(element, 'pPr')
    paragraph.properties ??= properties
    walkAll(element, how)
    const end_ = childOf(properties, 'rPr')
    paragraph.goesOn = childOf(end_, 'del') !== undefined || childOf(end_, 'moveFrom') !== undefined
    if (!paragraph.goesOn) end()
    else
      doubt(
        report,
        place(),
        `tracked change pending, the end of a paragraph deleted: check "${paragraph.rows.at(-1)?.text}"`,
      )
  }

  /** Closes the paragraph that is read: adds its lines and tells what is to tell of it. */
  function end(): void {
    const { rows, notes, boxes, properties, isBold } = at.paragraph
    const where = place()
    const all = [...styled(styles, attributeOf(childOf(properties, 'pStyle')), 'pPr'), ...childrenOf(properties)]
    const last = (name: string) => all.findLast(({ localName }) => localName === name)
    const list = last('numPr')
    const isListed = list !== undefined && attributeOf(childOf(list, 'numId')) !== '0'
    const isHeading = Number(attributeOf(last('outlineLvl')) ?? 9) < 9
    const format = isHeading ? 'heading' : isListed ? 'item' : isBold ? 'heading' : null
    for (const text of at.paragraph.told()) doubt(report, where, text)
    const indent = isListed ? 4 * Number(attributeOf(childOf(list, 'ilvl')) ?? 0) : 0
    const first = rows.findIndex(({ text }) => text.trim() !== '')
    const lines = rows.map(({ text, mark }, index) =>
      index === first
        ? lineOf(where.place, text, { mark: format, indent, notes })
        : lineOf(where.place, text, { mark }),
    )
    if (first >= 0) at.count++
    else for (const note of notes) doubt(report, where, `left out, a note to no words: check ${note}`)
    if (first >= 0 || rows.length > 1) at.lines.push(lineOf(where.place, ''), ...lines)
    at.lines.push(...boxes)
    at.paragraph = new Paragraph()
  }

  /** How the words of a run are taken, by its properties and those of its styles. */
  function howOf(run: Element, how: How): How {
    const own = childrenOf(childOf(run, 'rPr'))
    const paragraph = styled(styles, attributeOf(childOf(at.paragraph.properties, 'pStyle')), 'rPr')
    const character = styled(styles, attributeOf(own.find(({ localName }) => localName === 'rStyle')), 'rPr')
    const properties = new Map(
      [...paragraph, ...character, ...own].map((property) => [`${property.localName}`, property]),
    )
    const set = [...properties.values()].filter(isOn)
    const names = set.map(({ localName }) => `${localName}`)
    if (!names.includes('b') && named(run, 't').some(({ textContent }) => textContent?.trim()))
      at.paragraph.isBold = false
    const shift = set.find(({ localName }) => localName === 'vertAlign' || localName === 'position')
    const height = Number(attributeOf(shift))
    const position = height > 0 ? 'superscript' : height < 0 ? 'subscript' : attributeOf(shift)
    const other = names.find((name) => !plain.has(name))
    return {
      drop: how.drop || names.map((name) => dropped[name] ?? '').join(''),
      tell: how.tell || position || (other === undefined ? '' : (told[other] ?? `set with the property "${other}"`)),
    }
  }

  function readText(element: Element, how: How): void {
    for (const node of Array.from(element.childNodes)) read.add(node)
    const text = `${element.textContent}`
    const isOrdinal = ordinalEnd(`${at.paragraph.rows.at(-1)?.text}`, text, how.tell)
    at.paragraph.put(text, isOrdinal ? { ...how, tell: '' } : how)
  }

  function readBreak(element: Element): void {
    const page = attributeOf(element, 'type') === 'page' ? [{ text: '', mark: 'page' as const }] : []
    at.paragraph.rows.push(...page, { text: '', mark: null })
  }

  function readTable(element: Element, how: How): void {
    end()
    const rows = owned(element, 'tr').map((row) => {
      const [change] = ['del', 'ins'].filter((name) => childOf(childOf(row, 'trPr'), name))
      return owned(row, 'tc').map((cell) => apart(cell, tracked[`${change}`] ?? how))
    })
    at.lines.push(...tableLines(rows, report))
  }

  /** The lines of an element, apart from the paragraph around it. */
  function apart(element: Element, how: How): Line[] {
    const { lines, paragraph } = at
    at.lines = []
    at.paragraph = new Paragraph()
    walkAll(element, how)
    end()
    const own = at.lines
    Object.assign(at, { lines, paragraph })
    return own
  }

  function readDrawing(element: Element, how: How): void {
    const boxes = named(element, 'txbxContent')
    for (const box of boxes) at.paragraph.boxes.push(...apart(box, how))
    if (boxes.length > 0) {
      doubt(report, place(), 'a text box, read after the paragraph to which it is tied: check where it belongs')
      return
    }
    const drawn = named(element, 'textpath').map((path) => attributeOf(path, 'string'))
    const described = named(element, 'docPr').map((picture) => attributeOf(picture, 'descr') ?? '')
    leaveOut(report, place(), [...drawn, ...described].join(' ').trim(), 'a picture or an embedded object')
  }

  /** The text of the note or comment that is referred to. */
  function noteOf(kind: string, reference: Element): string[] {
    const { count } = at
    const notes = named(parts.get(`word/${kind}s.xml`), kind)
    const found = notes.find((note) => attributeOf(note, 'id') === attributeOf(reference, 'id'))
    const texts = found ? apart(found, asIs).flatMap(({ text }) => text.trim() || []) : []
    at.count = count
    return texts.length > 0 ? [texts.join(' ')] : []
  }

  walkAll(root, asIs)
  end()
  return at.lines
}
