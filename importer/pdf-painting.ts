import type { Painting } from './document-line.ts'
import { contains, covers, type Point } from './geometry.ts'
import { lookAlike, paintings, smallestSize } from './painting.ts'
import type { Area, Glyph, PaintedPage, Segment } from './pdf-page.ts'

/** A word, or the space between two, with how it is painted. */
export interface Piece extends Point {
  text: string
  end: number
  height: number
  painting: Painting | null
}

/** The words of a page in the order of painting. What is printed again in the same place is there once. */
export function piecesOf(page: PaintedPage): Piece[] {
  const painted = page.glyphs.map((glyph) => ({ glyph, painting: paintingOf(glyph, page) }))
  const words: Array<typeof painted> = []
  for (const one of withoutCopies(painted)) {
    const word = words.at(-1)
    const last = word?.at(-1)?.glyph
    if (word && last && isTogether(last, one.glyph)) word.push(one)
    else words.push([one])
  }
  return words.map(pieceOf)
}

/** True if nothing but the text says whether two characters belong to one word. */
function isTogether(last: Glyph, glyph: Glyph): boolean {
  if ((last.text.trim() === '') !== (glyph.text.trim() === '') || last.angle !== glyph.angle) return false
  const { x, y } = endOf(last)
  return Math.hypot(glyph.x - x, glyph.y - y) <= 0.15 * glyph.height && Math.abs(last.height - glyph.height) < 0.1
}

const endOf = ({ x, y, width, angle }: Glyph): Point => {
  const turn = (angle * Math.PI) / 180
  return { x: x + width * Math.cos(turn), y: y + width * Math.sin(turn) }
}

/** A word is painted as most of its letters are, since a box may cut the first or last one. */
function pieceOf(word: Array<{ glyph: Glyph; painting: Painting | null }>): Piece {
  const [first] = word
  const isAlike = word.every(({ painting }) => painting === first?.painting)
  const groups = isAlike ? [] : [...Map.groupBy(word, ({ painting }) => painting)]
  const most = groups.toSorted(([, one], [, other]) => other.length - one.length)[0]?.[0] ?? null
  const painting = isAlike ? (first?.painting ?? null) : most
  const glyphs = word.map(({ glyph }) => glyph)
  const [{ x, y, height }] = glyphs as [Glyph]
  const last = endOf(glyphs.at(-1) as Glyph)
  return { text: glyphs.map(({ text }) => text).join(''), x, y, height, end: last.x, painting }
}

function paintingOf(glyph: Glyph, { box, areas, segments }: PaintedPage): Painting | null {
  const middle = { x: glyph.x + glyph.width / 2, y: glyph.y + glyph.height / 4 }
  if (glyph.isInvisible) return paintings.hidden
  if (glyph.isOutside || !contains(box, middle)) return paintings.outside
  if (Math.abs(glyph.angle) > 3) return paintings.rotated
  if (glyph.height < smallestSize) return paintings.tiny
  const around = areas.filter((area) => isUnder(area, middle))
  if (around.some(({ order, isOpaque }) => order > glyph.order && isOpaque)) return paintings.covered
  const below = around.findLast(({ order, isOpaque }) => order < glyph.order && isOpaque)
  const background = below ? below.colour : '#ffffff'
  if (glyph.colour && background && lookAlike(glyph.colour, background)) return paintings.background
  return segments.some((segment) => strikes(segment, glyph)) ? paintings.struck : null
}

const isUnder = ({ box, polygons, isEvenOdd }: Area, point: Point) =>
  contains(box, point) && covers(polygons, isEvenOdd, point)

/** True if a line that is nearly level goes through a character: above where one is underlined, below its top. */
function strikes({ from, to }: Segment, { x, y, width, height }: Glyph): boolean {
  const middle = x + width / 2
  const [left, right] = from.x < to.x ? [from, to] : [to, from]
  if (left.x > middle || right.x < middle || Math.abs(right.y - left.y) > 0.2 * (right.x - left.x)) return false
  const at = left.y + ((middle - left.x) / (right.x - left.x)) * (right.y - left.y)
  return at > y + 0.1 * height && at < y + 0.55 * height
}

/** The characters without those that are painted where a reader already sees the same one: bold by printing twice. */
function withoutCopies(all: Array<{ glyph: Glyph; painting: Painting | null }>): typeof all {
  const seen = new Map<string, Glyph[]>()
  const isCopy = ({ glyph }: (typeof all)[number]) => {
    const { text, x, y, height } = glyph
    const reach = 0.12 * height
    const bands = new Set([y - reach, y + reach].map((edge) => `${text}${Math.floor(edge / 50)}`))
    const isSame = (other: Glyph) => Math.abs(other.x - x) < reach && Math.abs(other.y - y) < reach
    const isThere = [...bands].some((band) => seen.get(band)?.some(isSame))
    if (!isThere) for (const band of bands) seen.get(band)?.push(glyph) ?? seen.set(band, [glyph])
    return isThere
  }
  const isSeen = ({ painting }: (typeof all)[number]) => !painting?.isOmitted
  const kept = new Set(all.filter((one) => isSeen(one) && !isCopy(one)))
  for (const one of all) if (!isSeen(one) && !isCopy(one)) kept.add(one)
  return all.filter((one) => kept.has(one))
}
