import type { Painting } from './document-line.ts'
import { type Box, boxOf, contains, covers, inBands, type Point } from './geometry.ts'
import { onBackground, paintings } from './painting.ts'

/** One painted character. All coordinates are in points, upright as a reader sees the page, y upwards. */
interface Glyph extends Point {
  text: string
  /** Its width along the line, and the height of its font. */
  width: number
  height: number
  /** The direction of its line in degrees; 0 for text from left to right. */
  angle: number
  /** Its fill colour as `#rrggbb`; null for a pattern. */
  colour: string | null
  /** Its place in the painting order. */
  order: number
  /** Its formatting, regardless of what is painted around it. */
  painting: Painting | null
}

/** A filled area: polygons, one for each part of its path. */
interface Area {
  polygons: Point[][]
  isEvenOdd: boolean
  box: Box
  colour: string | null
  order: number
  isOpaque: boolean
  isPicture: boolean
}

/** A straight line. */
interface Segment {
  from: Point
  to: Point
}

/** A page as painted. */
export interface PaintedPage {
  box: Box
  glyphs: Glyph[]
  areas: Area[]
  segments: Segment[]
}

/** A word, or the space between two, with its formatting. */
export interface Piece extends Point {
  text: string
  end: number
  height: number
  painting: Painting | null
}

/** The words of a page in painting order. Words printed twice in the same place occur once. */
export function piecesOf(page: PaintedPage): Piece[] {
  const around = paintingAround(page)
  for (const glyph of page.glyphs) glyph.painting ??= around(glyph)
  const words: Glyph[][] = []
  for (const glyph of withoutCopies(page.glyphs)) {
    const word = words.at(-1)
    if (word && isTogether(word.at(-1) as Glyph, glyph)) word.push(glyph)
    else words.push([glyph])
  }
  return words.map(pieceOf)
}

/** True if only the text determines whether two characters belong to one word. */
function isTogether(last: Glyph, glyph: Glyph): boolean {
  if ((last.text.trim() === '') !== (glyph.text.trim() === '') || last.angle !== glyph.angle) return false
  const { x, y } = endOf(last)
  return Math.hypot(glyph.x - x, glyph.y - y) <= 0.15 * glyph.height && Math.abs(last.height - glyph.height) < 0.1
}

const endOf = ({ x, y, width, angle }: Glyph): Point => {
  const turn = (angle * Math.PI) / 180
  return { x: x + width * Math.cos(turn), y: y + width * Math.sin(turn) }
}

/** A word has the formatting of most of its letters, since a box may cut the first or last one. */
function pieceOf(word: Glyph[]): Piece {
  const [{ x, y, height, painting: first }] = word as [Glyph]
  const isAlike = word.every(({ painting }) => painting === first)
  const groups = isAlike ? [] : [...Map.groupBy(word, ({ painting }) => painting)]
  const most = groups.toSorted(([, one], [, other]) => other.length - one.length)[0]?.[0] ?? null
  const painting = isAlike ? first : most
  const text = word.map(({ text }) => text).join('')
  const plain = text.replace(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize('NFKC'))
  return { text: plain, x, y, height, end: endOf(word.at(-1) as Glyph).x, painting }
}

/** The formatting of characters by what is painted under, over and through them. */
function paintingAround({ glyphs, areas, segments }: PaintedPage): (glyph: Glyph) => Painting | null {
  const reach = glyphs.reduce((most, { height }) => Math.max(most, 0.3 * height), 0)
  const areasAt = inBands(areas, ({ box }) => box)
  const segmentsAt = inBands(segments, ({ from, to }) => boxOf([from, to], reach))
  return (glyph) => {
    const middle = { x: glyph.x + glyph.width / 2, y: glyph.y + glyph.height / 4 }
    const around = areasAt(middle.y).filter((area) => isUnder(area, middle))
    if (around.some(({ order, isOpaque }) => order > glyph.order && isOpaque)) return paintings.covered
    const below = around.findLast(({ order, isOpaque }) => order < glyph.order && isOpaque)
    const background = below ? below.colour : '#ffffff'
    const painting = glyph.colour && background ? onBackground(glyph.colour, background) : null
    if (painting?.isOmitted) return painting
    const through = segmentsAt(middle.y).flatMap((segment) => strikeOf(segment, glyph) ?? [])
    return through.find(({ isOmitted }) => isOmitted) ?? through[0] ?? painting
  }
}

const isUnder = ({ box, polygons, isEvenOdd }: Area, point: Point) =>
  contains(box, point) && covers(polygons, isEvenOdd, point)

/**
 * The formatting of a character by one line. Struck: a nearly level line through it, above an underline and below its
 * top, or a sloping line over this row only. Crossed: a sloping line over several rows.
 */
function strikeOf({ from, to }: Segment, { x, y, width, height }: Glyph): Painting | null {
  const middle = x + width / 2
  const { left, right, bottom, top } = boxOf([from, to])
  if (left > middle || right < middle || top - bottom > 20 * (right - left)) return null
  if (top - bottom < 0.3 * height) {
    const at = from.y + ((middle - from.x) / (to.x - from.x)) * (to.y - from.y)
    return at > y + 0.1 * height && at < y + 0.55 * height ? paintings.struck : null
  }
  if (y + height / 2 < bottom || y > top) return null
  return top - bottom < 2 * height ? paintings.struck : paintings.crossed
}

/** The size of a grid cell, in points: about one character. */
const cell = 6

/** The characters without copies in the same place: bold by printing twice. */
function withoutCopies(all: Glyph[]): Glyph[] {
  const cells = new Map<number, Glyph[]>()
  const isCopy = ({ text, x, y, height, order }: Glyph) => {
    const reach = 0.12 * height
    for (let row = Math.floor((y - reach) / cell); row <= (y + reach) / cell; row++) {
      for (let column = Math.floor((x - reach) / cell); column <= (x + reach) / cell; column++) {
        const isSame = (other: Glyph) =>
          other.text === text && other.order !== order && Math.abs(other.x - x) < reach && Math.abs(other.y - y) < reach
        if (cells.get(row * 10_000 + column)?.some(isSame)) return true
      }
    }
    return false
  }
  const kept = new Set<Glyph>()
  const keep = (glyph: Glyph) => {
    if (isCopy(glyph)) return
    kept.add(glyph)
    const key = Math.floor(glyph.y / cell) * 10_000 + Math.floor(glyph.x / cell)
    cells.get(key)?.push(glyph) ?? cells.set(key, [glyph])
  }
  for (const glyph of all) if (!glyph.painting?.isOmitted) keep(glyph)
  for (const glyph of all) if (glyph.painting?.isOmitted) keep(glyph)
  return all.filter((glyph) => kept.has(glyph))
}
