import type { Element } from '@xmldom/xmldom'
import { symbolBoxes } from './clean.ts'
import { attributeOf, childOf, childrenOf, named } from './word-xml.ts'

const romans = { m: 1000, cm: 900, d: 500, cd: 400, c: 100, xc: 90, l: 50, xl: 40, x: 10, ix: 9, v: 5, iv: 4, i: 1 }

const romanOf = (number: number): string => {
  const [letters, value] = Object.entries(romans).find(([, value]) => value <= number) ?? []
  return value === undefined ? '' : letters + romanOf(number - value)
}

/** The letter for a number, as in Word: a … z, aa, bb. */
const letterOf = (number: number) => String.fromCharCode(97 + ((number - 1) % 26)).repeat(Math.ceil(number / 26))

const formats: Record<string, (number: number) => string> = {
  lowerLetter: letterOf,
  upperLetter: (number) => letterOf(number).toUpperCase(),
  lowerRoman: romanOf,
  upperRoman: (number) => romanOf(number).toUpperCase(),
  decimal: String,
  decimalZero: (number) => `${number}`.padStart(2, '0'),
}

/** True for the usual bullets of Word: signs of a symbol font, letters of another font, dots and dashes. */
const isPlainBullet = (text: string) =>
  !(text in symbolBoxes) && /^(?:[\p{Co}oØ§üvq•●▪■‣➢❖◆◇◦○▫⁃∙➤►▶·*+]|[^\S]|\p{Pd})*$/u.test(text)

/** A list as defined in numbering.xml. */
interface List {
  /** Lists with the same key share a counter. */
  key: string
  levels: Array<{ text: string; start: number; format: string }>
}

/** Counts the items of the lists of a Word file. */
export class Numbering {
  private readonly part: Element | undefined
  private readonly lists = new Map<string, List>()
  private readonly counts = new Map<string, number[]>()

  constructor(part: Element | undefined) {
    this.part = part
  }

  /**
   * The label of the next item of a list, if it is more than a bullet or a number: "Recommendation 1:", "☐".
   * `isCertain` is false for numbers in an unsupported script.
   */
  next(list: Element): { label: string; isCertain: boolean } {
    const id = `${attributeOf(childOf(list, 'numId'))}`
    const { key, levels } = this.lists.get(id) ?? this.define(id)
    const level = Math.min(Number(attributeOf(childOf(list, 'ilvl')) ?? 0) || 0, levels.length - 1)
    const counts = this.count(key, level, levels)
    const { text = '', format } = levels[level] ?? {}
    if (format === 'bullet') return { label: isPlainBullet(text) ? '' : (symbolBoxes[text] ?? text), isCertain: true }
    // More than digits and the signs around them.
    if (!/[^\s\d.,:;()[\]{}/–—-]/.test(text.replace(/%\d/g, ''))) return { label: '', isCertain: true }
    const used = Array.from(text.matchAll(/%(\d)/g), ([, digit]) => Number(digit) - 1)
    const label = text.replace(/%(\d)/g, (_, digit: string) => {
      const index = Number(digit) - 1
      return (formats[`${levels[index]?.format}`] ?? String)(counts[index] ?? Number(levels[index]?.start ?? 1))
    })
    return { label, isCertain: used.every((index) => `${levels[index]?.format}` in formats) }
  }

  private define(id: string): List {
    const number = named(this.part, 'num').find((one) => attributeOf(one, 'numId') === id)
    const abstractId = attributeOf(childOf(number, 'abstractNumId'))
    const abstract = named(this.part, 'abstractNum').find((one) => attributeOf(one, 'abstractNumId') === abstractId)
    const levels = Array.from({ length: 9 }, (_, index) => {
      const isLevel = (one: Element) => attributeOf(one, 'ilvl') === `${index}`
      const override = named(number, 'lvlOverride').find(isLevel)
      const own = childOf(override, 'lvl') ?? named(abstract, 'lvl').find(isLevel)
      const start = attributeOf(childOf(override, 'startOverride')) ?? attributeOf(childOf(own, 'start')) ?? 1
      const [text = '', format = 'decimal'] = ['lvlText', 'numFmt'].map((name) => attributeOf(childOf(own, name)))
      return { text, format, start: Number(start) }
    })
    const isOwnCount = named(number, 'startOverride').length > 0
    const list = { key: isOwnCount ? `own ${id}` : `${abstractId}`, levels }
    this.lists.set(id, list)
    return list
  }

  /** Counts one item, and restarts the levels below. */
  private count(key: string, level: number, levels: List['levels']): number[] {
    const counts = this.counts.get(key) ?? []
    const startOf = (index: number) => levels[index]?.start ?? 1
    for (let index = 0; index < level; index++) counts[index] ??= startOf(index)
    counts[level] = counts[level] === undefined ? startOf(level) : counts[level] + 1
    counts.length = level + 1
    this.counts.set(key, counts)
    return counts
  }
}

/** The list of a paragraph with these properties, of which later ones take precedence; undefined for none. */
export function listOf(properties: Element[]): Element | undefined {
  const lists = properties.filter(({ localName }) => localName === 'numPr')
  const list = lists.at(-1)
  if (list === undefined || attributeOf(childOf(list, 'numId')) === '0') return undefined
  // A paragraph may set only the level, and its style the list.
  return lists.findLast((one) => childrenOf(one).some(({ localName }) => localName === 'numId')) === list
    ? list
    : merged(lists)
}

function merged(lists: Element[]): Element {
  const list = lists.at(-1)?.cloneNode(true) as Element
  const id = lists.map((one) => childOf(one, 'numId')).findLast((one) => one !== undefined)
  if (id) list.appendChild(id.cloneNode(true))
  return list
}
