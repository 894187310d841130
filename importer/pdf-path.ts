import { type Matrix, type Point, pointOf } from './geometry.ts'

type Kind = 'none' | 'fill' | 'stroke' | 'both'
/** The path operators of pdf.js by number: stroke 20, closeStroke 21, fill 22 … endPath 28. */
export const pathKinds: Record<number, { kind: Kind; isEvenOdd: boolean }> = {
  20: { kind: 'stroke', isEvenOdd: false },
  21: { kind: 'stroke', isEvenOdd: false },
  22: { kind: 'fill', isEvenOdd: false },
  23: { kind: 'fill', isEvenOdd: true },
  24: { kind: 'both', isEvenOdd: false },
  25: { kind: 'both', isEvenOdd: true },
  26: { kind: 'both', isEvenOdd: false },
  27: { kind: 'both', isEvenOdd: true },
}
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
