import { type Matrix, type Point, pointOf } from './geometry.ts'

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
