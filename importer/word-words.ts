import type { Element } from '@xmldom/xmldom'
import type { Line } from './document-line.ts'
import { raised } from './superscript.ts'
import { attributeOf } from './word-xml.ts'

/** Why words are told: "left out, …" for those that are not in the lines; "" for words that are not told. */
export type Reason = string

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

/** The stronger of two reasons: that for which words are left out, else the outer one. */
export const stronger = (outer: Reason, inner: Reason) =>
  inner.startsWith('left out') && !outer.startsWith('left out') ? inner : outer || inner

/** Why the words of a run with this property are told. */
export function reasonOf(name: string, property: Element): Reason {
  if (name === 'vertAlign') return `${attributeOf(property)}`
  if (name === 'position') return Number(attributeOf(property)) > 0 ? 'superscript' : 'subscript'
  return plain.test(name) ? '' : (properties[name] ?? `set with the property "${name}"`)
}

/** Why the words of an element are told that has no reader of its own. */
export const reasonIn = (name: string): Reason =>
  through.has(name) ? '' : (changes[name] ?? `in the element "${name}", which is not known`)

/** A paragraph while it is read. */
export class Paragraph {
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
