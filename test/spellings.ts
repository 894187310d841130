/** The spellings of a line of the seed. */
interface Line {
  code: string
  title: string
  genevaTitle: string
}

/** A text made of names of lines, and the lines that it means; `isSure` if a program must get them as certain. */
export interface Spelling {
  kind: string
  text: string
  lines: string[]
  isSure: boolean
}

/** Every character of Unicode in a class. */
function characters(pattern: RegExp): string[] {
  const found: string[] = []
  for (let code = 0; code <= 0x10ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue
    const one = String.fromCodePoint(code)
    if (pattern.test(one)) found.push(one)
  }
  return found
}

/** `C5` on its own; a letter alone would be ambiguous. */
const nameOf = (code: string) => (code.length === 1 ? `Section ${code}` : code)

// Each form has one digit for 1 to 9, or more.
const footnoteForms = {
  superscript: '¹²³⁴⁵⁶⁷⁸⁹⁰',
  subscript: '₁₂₃₄₅₆₇₈₉₀',
  circled: '①②③④⑤⑥⑦⑧⑨⑩⑪⑳⓪',
  'circled, dark': '❶❷❸❹❺❻❼❽❾❿⓫⓿',
  'circled, sans serif': '➀➁➂➃➄➅➆➇➈➊➋➓',
  'circled twice': '⓵⓶⓷⓸⓹⓺⓻⓼⓽⓾',
  'in brackets': '⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⒇',
  'with a full stop': '⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒛🄀',
  'with a comma': '🄁🄂🄃🄄🄅🄆🄇🄈🄉🄊',
  letter: 'ªºᵃᵇⁿ',
}
const keycaps = [...'0123456789'].flatMap((digit) => [`${digit}\ufe0f\u20e3`, `${digit}\u20e3`, `${digit}\u20dd`])
const otherSigns = ['*', '†', '‡', '§', '[1]', '(1)', '[a]', '½', '¼', '#', '!', '?']
const separators = [...',;/|&+•·、，；｜／＆＋،؛・', '\n', ', ', ' / ', ' | ', ' ، ', '، ']
// ar, en, es, fr, ru, zh
const ands = [' و ', ' و', ' and ', ', and ', ' y ', ' et ', ' и ', ' 和 ', '和', ' 及 ', '及', '以及', '与', '、及 ']
const ors = [' أو ', ' or ', ' o ', ' ou ', ' или ', ' 或 ', '或']
const behindCodes = [
  ' ',
  '. ',
  ': ',
  ' - ',
  ' – ',
  '—',
  ' | ',
  ', ',
  '/',
  '。',
  '：',
  ' (',
  ' “',
  '\n',
  ' · ',
  '؛ ',
  '、',
]
const nots = ['not ', 'No ', 'sauf ', 'excepto ', 'кроме ', 'باستثناء ', '除']

/** The lines in every spelling that a program may have to read, and near misses. */
export function spellings(lines: Line[]): Spelling[] {
  const found: Spelling[] = []
  const add = (kind: string, text: string, lines: string[], isSure: boolean) =>
    found.push({ kind, text, lines, isSure })
  const zeros = characters(/\p{Nd}/u).filter((_, index) => index % 10 === 0)
  const noDigits = characters(/[\p{No}\p{Nl}]/u)
  const codes = lines.map(({ code }) => code)
  for (const [index, { code, title, genevaTitle }] of lines.entries()) {
    const name = nameOf(code)
    const next = String(codes[(index + 1) % codes.length])
    for (const [form, marks] of Object.entries(footnoteForms))
      for (const mark of marks)
        for (const text of [name + mark, `${name} ${mark}`, `${name}${mark}${mark}`, `WSIS Action Line ${name}${mark}`])
          if (code.length > 1 || !text.startsWith('WSIS')) add(`footnote, ${form}`, text, [code], true)
    for (const mark of keycaps) add('footnote, keycap', name + mark, [code], true)
    for (const mark of otherSigns) add('sign', name + mark, [code], false)
    // Every number of Unicode, for some lines.
    if (index % 5 === 0) for (const mark of noDigits) add('no decimal digit behind', name + mark, [code], false)
    for (const zero of zeros) {
      const digits = name.replace(/\d/g, (digit) => String.fromCodePoint(Number(zero.codePointAt(0)) + Number(digit)))
      add('digits of another script', digits, [code], true)
    }
    // A mark in place of the digit of a code: not a line.
    if (index < 2) for (const mark of noDigits) add('no decimal digit instead', code.replace(/\d+/, mark), [], false)
    // `C7/C7.e-government` is a line and its sub-line, not two.
    const isFamily = next.startsWith(`${code}.`)
    for (const between of separators) add('separator', name + between + nameOf(next), [code, next], !isFamily)
    for (const between of ands) add('and', name + between + nameOf(next), [code, next], true)
    for (const between of ors) add('or', name + between + nameOf(next), [], false)
    for (const not of nots) add('not', not + name, [], false)
    for (const one of new Set([title, genevaTitle])) {
      const words = one.replace(/^The /, '').split(' ')
      for (let count = 1; count <= words.length; count++) {
        const beginning = words.slice(0, count).join(' ').replace(/[,:]$/, '')
        if (/ (?:and|all|in|of|the|to|for)$/.test(beginning)) continue
        // A single word may belong to another thing: `C5 Building`.
        const isSure = count === words.length || beginning.split(/[ -]/).filter((word) => word.length > 2).length > 1
        for (const between of behindCodes)
          for (const article of ['', 'The '])
            add('title', name + between + article + beginning, [code], isSure && /^C\d+$/.test(code))
        // The title of another line contradicts the code.
        if (!isFamily) add('title of another line', `${nameOf(next)}: ${beginning}`, [], false)
      }
    }
  }
  return found
}
