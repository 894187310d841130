import type { Painting } from './document-line.ts'
import type { Box, Point } from './geometry.ts'

/** One painted character. All coordinates are in points, upright as a reader sees the page, y upwards. */
export interface Glyph extends Point {
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
export interface Area {
  polygons: Point[][]
  isEvenOdd: boolean
  box: Box
  colour: string | null
  order: number
  isOpaque: boolean
  isPicture: boolean
}

/** A straight line. */
export interface Segment {
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
