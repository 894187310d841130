import type { Painting } from './document-line.ts'

const omitted = (reason: string): Painting => ({ reason, isOmitted: true })
const kept = (reason: string): Painting => ({ reason, isOmitted: false })

/** The kinds of formatting shared by all formats. */
export const paintings = {
  struck: omitted('struck through'),
  hidden: omitted('hidden'),
  background: omitted('in the colour of the page'),
  faint: kept('hardly differs from the page'),
  crossed: kept('crossed by a line'),
  covered: omitted('covered by a box or a picture'),
  tiny: omitted('too small to read'),
  outside: omitted('outside the page'),
  rotated: omitted('rotated, such as a watermark'),
  margin: omitted('numbers in the margin'),
  superscript: kept('superscript'),
  subscript: kept('subscript'),
  capitals: kept('shown in capitals'),
  deleted: omitted('tracked change pending, deleted'),
  movedAway: omitted('tracked change pending, moved away'),
  inserted: kept('tracked change pending, inserted'),
  movedHere: kept('tracked change pending, moved here'),
  placeholder: omitted('a placeholder never filled'),
  ruby: omitted('printed above other words'),
  equation: kept('an equation'),
} satisfies Record<string, Painting>

/** Unknown formatting: the words stay in the text and are reported. */
export const unknownPainting = (name: string): Painting => kept(name)

/** The stronger of two: the one that omits the words, otherwise the outer one. */
export const stronger = (outer: Painting | null, inner: Painting | null): Painting | null =>
  inner?.isOmitted && !outer?.isOmitted ? inner : (outer ?? inner)

/** The smallest readable letters, in points. */
export const smallestSize = 2

/** The formatting of words in one colour (`#1a2b3c`) on another. */
export function onBackground(colour: string, background: string): Painting | null {
  const one = Number.parseInt(colour.slice(1), 16)
  const other = Number.parseInt(background.slice(1), 16)
  const apart = (shift: number) => Math.abs(((one >> shift) & 255) - ((other >> shift) & 255))
  const difference = Math.max(apart(16), apart(8), apart(0))
  if (difference < 16) return paintings.background
  return difference < 48 ? paintings.faint : null
}
