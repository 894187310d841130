export interface Point {
  x: number
  y: number
}

export interface Box {
  left: number
  bottom: number
  right: number
  top: number
}

/** A transformation in PDF notation: x' = ax + cy + e, y' = bx + dy + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

/** The product of two transformations: `second` applies first. */
export const multiply = ([a, b, c, d, e, f]: Matrix, second: Matrix): Matrix => [
  a * second[0] + c * second[1],
  b * second[0] + d * second[1],
  a * second[2] + c * second[3],
  b * second[2] + d * second[3],
  a * second[4] + c * second[5] + e,
  b * second[4] + d * second[5] + f,
]

/** A point after a transformation. */
export const pointOf = ([a, b, c, d, e, f]: Matrix, { x, y }: Point): Point => ({
  x: a * x + c * y + e,
  y: b * x + d * y + f,
})

/** The bounding box of points, enlarged by a margin. */
export function boxOf(points: Point[], margin = 0): Box {
  const box = { left: Infinity, bottom: Infinity, right: -Infinity, top: -Infinity }
  for (const { x, y } of points) {
    box.left = Math.min(box.left, x - margin)
    box.right = Math.max(box.right, x + margin)
    box.bottom = Math.min(box.bottom, y - margin)
    box.top = Math.max(box.top, y + margin)
  }
  return box
}

/** The corners of a box in order. */
export const cornersOf = ({ left, bottom, right, top }: Box): Point[] => [
  { x: left, y: bottom },
  { x: right, y: bottom },
  { x: right, y: top },
  { x: left, y: top },
]

/** The intersection of two boxes; inverted if they do not overlap. */
export const intersection = (one: Box, other: Box): Box => ({
  left: Math.max(one.left, other.left),
  bottom: Math.max(one.bottom, other.bottom),
  right: Math.min(one.right, other.right),
  top: Math.min(one.top, other.top),
})

/** True if a box contains a point. */
export const contains = ({ left, right, bottom, top }: Box, { x, y }: Point): boolean =>
  x >= left && x <= right && y >= bottom && y <= top

/** True if polygons that are filled together cover a point. */
export function covers(polygons: Point[][], isEvenOdd: boolean, { x, y }: Point): boolean {
  let winding = 0
  let crossings = 0
  for (const points of polygons) {
    let before = points.at(-1)
    for (const point of points) {
      if (before && before.y > y !== point.y > y) {
        const crossing = before.x + ((y - before.y) / (point.y - before.y)) * (point.x - before.x)
        if (crossing > x) {
          crossings++
          winding += point.y > before.y ? 1 : -1
        }
      }
      before = point
    }
  }
  return isEvenOdd ? crossings % 2 === 1 : winding !== 0
}

/** The height of a band, in points: about that of a line. */
const bandHeight = 12

/** Items by the bands of the page that they touch, so that few are examined for each point. */
export function inBands<T>(all: T[], boxOf: (one: T) => Pick<Box, 'bottom' | 'top'>): (y: number) => T[] {
  const bands = new Map<number, T[]>()
  const bandOf = (y: number) => Math.floor(y / bandHeight)
  for (const one of all) {
    const { bottom, top } = boxOf(one)
    for (let band = bandOf(bottom); band <= bandOf(top); band++) bands.set(band, [...(bands.get(band) ?? []), one])
  }
  return (y) => bands.get(bandOf(y)) ?? []
}

/** The path operators of pdf.js by number: stroke 20, closeStroke 21, fill 22, eoFill 23, fillStroke 24 … endPath 28. */
export const pathKind = (operator: number) => ({
  isFilled: operator >= 22 && operator < 28,
  isStroked: operator < 28 && operator !== 22 && operator !== 23,
  isEvenOdd: [23, 25, 27].includes(operator),
})

/** The number of coordinates after each path command: moveTo, lineTo, curveTo, quadraticCurveTo, closePath. */
const lengths = [2, 2, 6, 4, 0]

/** The parts of a path as polygons on the page; a curve is represented by its end points. */
export function polygonsOf(data: ArrayLike<number>, matrix: Matrix): Point[][] {
  const polygons: Point[][] = []
  for (let at = 0; at < data.length; ) {
    const command = Number(data[at])
    const length = lengths[command] ?? 0
    const point = { x: Number(data[at + length - 1]), y: Number(data[at + length]) }
    const last = polygons.at(-1)
    if (command === 0) polygons.push([pointOf(matrix, point)])
    else if (length > 0) last?.push(pointOf(matrix, point))
    else if (last?.[0]) last.push(last[0])
    at += 1 + length
  }
  return polygons
}
