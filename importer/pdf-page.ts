import type { PDFPageProxy } from 'unpdf/pdfjs'
import {
  type Box,
  boxOf,
  contains,
  cornersOf,
  intersection,
  type Matrix,
  multiply,
  type Point,
  pathKind,
  pointOf,
  polygonsOf,
} from './geometry.ts'
import { paintings, smallestSize } from './painting.ts'
import type { PaintedPage } from './pdf-painting.ts'

/** The graphics state, which operators save and restore. */
interface State {
  matrix: Matrix
  clip: Box
  fill: string | null
  stroke: string | null
  isOpaque: boolean
  isInvisible: boolean
  /** True if the next path clips what follows. */
  isClipping: boolean
  /** The fill opacity. */
  alpha: number
  lineWidth: number
  font: { name: string; size: number }
  charSpacing: number
  wordSpacing: number
  scale: number
  leading: number
  rise: number
  mode: number
}

interface PdfGlyph {
  unicode: string
  width: number
  isSpace: boolean
}

/** The colour as it appears on white paper at this opacity. */
const onWhite = (colour: string | null, alpha: number): string | null =>
  alpha === 1 || colour === null
    ? colour
    : colour.replace(/[0-9a-f]{2}/gi, (channel) =>
        Math.round(255 - alpha * (255 - Number.parseInt(channel, 16)))
          .toString(16)
          .padStart(2, '0'),
      )

const identity: Matrix = [1, 0, 0, 1, 0, 0]
/** The line width from which a line covers the text under it, in points. */
const thinnest = 3

/** Executes the operators of a page and collects what they paint. */
export class PageReader {
  readonly page: PaintedPage
  private state: State
  private readonly saved: State[] = []
  private text = { matrix: identity, x: 0, y: 0, lineX: 0, lineY: 0 }
  private annotations = 0
  private readonly hidden: boolean[] = []
  private order = 0
  private readonly fontScale: (name: string) => number
  private readonly isVisible: (layer: unknown) => boolean

  constructor(page: PDFPageProxy, turn: number, isVisible: (layer: unknown) => boolean) {
    const { transform, width, height } = page.getViewport({ scale: 1, rotation: (page.rotate + turn) % 360 })
    const matrix = multiply([1, 0, 0, -1, 0, height], transform as unknown as Matrix)
    const box = { left: 0, bottom: 0, right: width, top: height }
    this.page = { box, glyphs: [], areas: [], segments: [] }
    this.state = {
      ...{ matrix, clip: box, fill: '#000000', stroke: '#000000', lineWidth: 1, alpha: 1 },
      ...{ isOpaque: true, isInvisible: false, isClipping: false },
      ...{ font: { name: '', size: 0 }, charSpacing: 0, wordSpacing: 0, scale: 1, leading: 0, rise: 0, mode: 0 },
    }
    this.fontScale = (name) =>
      page.commonObjs.has(name) ? Math.abs(Number(page.commonObjs.get(name).fontMatrix?.[0] ?? 0.001)) : 0.001
    this.isVisible = isVisible
  }

  /** Executes one operator of pdf.js. */
  paint(name: string, args: unknown[]): void {
    this.order++
    this.operators[name]?.(...(args as never[]))
  }

  private readonly operators: Record<string, (...args: never[]) => void> = {
    save: () => this.saved.push({ ...this.state }),
    restore: () => this.restore(),
    transform: (...matrix: Matrix) => this.transform(matrix),
    paintFormXObjectBegin: (matrix: Matrix | null, box: number[] | null) => this.beginForm(matrix, box),
    paintFormXObjectEnd: () => this.restore(),
    beginAnnotation: (_id: string, _box: number[], transform: Matrix, matrix: Matrix) => {
      this.annotations++
      this.beginForm(transform, null)
      this.transform(matrix)
    },
    endAnnotation: () => {
      this.annotations--
      this.restore()
    },
    beginMarkedContent: () => this.hidden.push(false),
    beginMarkedContentProps: (tag: string, layer: unknown) => this.hidden.push(tag === 'OC' && !this.isVisible(layer)),
    endMarkedContent: () => this.hidden.pop(),
    setGState: (entries: Array<[string, unknown]>) => this.setState(entries),
    setLineWidth: (width: number) => this.set({ lineWidth: width }),
    setFillRGBColor: (colour: string) => this.set({ fill: colour }),
    setStrokeRGBColor: (colour: string) => this.set({ stroke: colour }),
    setFillColorN: () => this.set({ fill: null }),
    setStrokeColorN: () => this.set({ stroke: null }),
    setFillTransparent: () => this.set({ isInvisible: true }),
    clip: () => this.set({ isClipping: true }),
    eoClip: () => this.set({ isClipping: true }),
    constructPath: (operator: number, data: ArrayLike<number>[], box: ArrayLike<number> | null) =>
      this.paintPath(operator, data, box),
    paintImageXObject: () => this.paintPicture(),
    paintInlineImageXObject: () => this.paintPicture(),
    shadingFill: () => this.addArea([cornersOf(this.state.clip)], null, false),
    beginText: () => {
      this.text = { matrix: identity, x: 0, y: 0, lineX: 0, lineY: 0 }
    },
    setFont: (name: string, size: number) => this.set({ font: { name, size } }),
    setCharSpacing: (charSpacing: number) => this.set({ charSpacing }),
    setWordSpacing: (wordSpacing: number) => this.set({ wordSpacing }),
    setHScale: (percent: number) => this.set({ scale: percent / 100 }),
    setLeading: (leading: number) => this.set({ leading: -leading }),
    setTextRise: (rise: number) => this.set({ rise }),
    setTextRenderingMode: (mode: number) => this.set({ mode }),
    setTextMatrix: (matrix: Matrix) => {
      this.text = { matrix, x: 0, y: 0, lineX: 0, lineY: 0 }
    },
    moveText: (x: number, y: number) => this.moveText(x, y),
    setLeadingMoveText: (x: number, y: number) => {
      this.set({ leading: y })
      this.moveText(x, y)
    },
    nextLine: () => this.moveText(0, this.state.leading),
    showText: (glyphs: Array<PdfGlyph | number>) => this.showText(glyphs),
  }

  private set(changes: Partial<State>): void {
    Object.assign(this.state, changes)
  }

  private restore(): void {
    this.state = this.saved.pop() ?? this.state
  }

  private transform(matrix: Matrix): void {
    this.set({ matrix: multiply(this.state.matrix, matrix) })
  }

  private beginForm(matrix: Matrix | null, box: number[] | null): void {
    this.saved.push({ ...this.state })
    if (matrix) this.transform(matrix)
    if (box) this.clipTo(box)
  }

  private setState(entries: Array<[string, unknown]>): void {
    for (const [name, value] of entries) {
      if (name === 'ca')
        this.set({ isOpaque: Number(value) > 0.9, isInvisible: Number(value) < 0.05, alpha: Number(value) })
      if (name === 'BM') this.set({ isOpaque: value === 'source-over' })
      // A picture or an area with holes of its own.
      if (name === 'SMask') this.set({ isOpaque: false })
      if (name === 'LW') this.set({ lineWidth: Number(value) })
      if (name === 'Font' && Array.isArray(value)) this.set({ font: { name: `${value[0]}`, size: Number(value[1]) } })
    }
  }

  private clipTo([left = 0, bottom = 0, right = 0, top = 0]: ArrayLike<number> & Iterable<number>): void {
    const corners = cornersOf({ left, bottom, right, top }).map((point) => pointOf(this.state.matrix, point))
    this.set({ clip: intersection(this.state.clip, boxOf(corners)) })
  }

  private paintPath(operator: number, [data]: ArrayLike<number>[], box: ArrayLike<number> | null): void {
    const { isFilled, isStroked, isEvenOdd } = pathKind(operator)
    const polygons = data ? polygonsOf(data, this.state.matrix) : []
    if (isFilled) this.addArea(polygons, this.state.fill, isEvenOdd)
    if (isStroked) for (const polygon of polygons) this.addStroke(polygon)
    if (this.state.isClipping && box) this.clipTo(Array.from(box))
    this.set({ isClipping: false })
  }

  private addArea(polygons: Point[][], colour: string | null, isEvenOdd: boolean, isPicture = false): void {
    if (this.isHidden() || polygons.length === 0) return
    const { isOpaque, clip } = this.state
    const box = intersection(boxOf(polygons.flat()), clip)
    const { left, right, bottom, top } = box
    if (right < left || top < bottom) return
    const y = (bottom + top) / 2
    if (top - bottom < thinnest) this.page.segments.push({ from: { x: left, y }, to: { x: right, y } })
    else if (right - left >= thinnest)
      this.page.areas.push({ polygons, isEvenOdd, box, colour, order: this.order, isOpaque, isPicture })
  }

  private addStroke(points: Point[]): void {
    if (this.isHidden()) return
    const [a = 1, b = 0] = this.state.matrix
    const width = this.state.lineWidth * Math.hypot(a, b)
    for (const [index, to] of points.entries()) {
      const from = points[index - 1]
      if (from === undefined) continue
      if (width < thinnest) this.page.segments.push({ from, to })
      else this.addArea([cornersOf(boxOf([from, to], width / 2))], this.state.stroke, false)
    }
  }

  private paintPicture(): void {
    const corners = cornersOf({ left: 0, bottom: 0, right: 1, top: 1 })
    this.addArea([corners.map((point) => pointOf(this.state.matrix, point))], null, false, true)
  }

  private isHidden(): boolean {
    return this.hidden.includes(true) || this.state.isInvisible
  }

  private moveText(x: number, y: number): void {
    const { text } = this
    text.lineX += x
    text.lineY += y
    text.x = text.lineX
    text.y = text.lineY
  }

  private showText(glyphs: Array<PdfGlyph | number>): void {
    const { font, charSpacing, wordSpacing, scale, rise, matrix, mode, fill, stroke, alpha, clip } = this.state
    // Forms and comments are reported from the list of annotations.
    if (this.annotations > 0) return
    const { text, order } = this
    const toPage = multiply(matrix, text.matrix)
    const widthScale = font.size * this.fontScale(font.name)
    const height = Math.abs(font.size) * Math.hypot(toPage[2], toPage[3])
    const angle = (Math.atan2(toPage[1] * scale, toPage[0] * scale) * 180) / Math.PI + (font.size < 0 ? 180 : 0)
    const colour = onWhite((mode & 3) === 1 ? stroke : fill, alpha)
    const size = Math.min(height, Math.abs(font.size * scale) * Math.hypot(toPage[0], toPage[1]))
    const isMirrored = (toPage[0] * toPage[3] - toPage[1] * toPage[2]) * scale < 0
    const isTurned = isMirrored || Math.abs(angle) > 3
    const own = size < smallestSize ? paintings.tiny : isTurned ? paintings.rotated : null
    const hidden = (mode & 3) === 3 || this.isHidden() ? paintings.hidden : null
    // Letters may be spaced out.
    const spacedOut = Math.max(0, charSpacing) * Math.hypot(toPage[0], toPage[1])
    for (const glyph of glyphs) {
      const isSpace = typeof glyph === 'number'
      const advance = isSpace ? (-glyph * font.size) / 1000 : glyph.width * widthScale
      if (!isSpace) {
        const { x, y } = pointOf(toPage, { x: text.x, y: text.y + rise })
        const dx = toPage[0] * advance * scale
        const dy = toPage[1] * advance * scale
        const isInside = contains(clip, { x: x + dx / 2, y: y + dy / 2 + height / 4 })
        const painting = hidden ?? (isInside ? own : paintings.outside)
        const width = Math.sqrt(dx * dx + dy * dy) + spacedOut
        this.page.glyphs.push({ x, y, text: glyph.unicode, width, height, angle, colour, order, painting })
      }
      text.x += (advance + (isSpace ? 0 : charSpacing + (glyph.isSpace ? wordSpacing : 0))) * scale
    }
  }
}
