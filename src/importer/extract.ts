import type { Line } from './line.ts'
import { sessionUrl } from './session-url.ts'

/** What a .docx or .pdf gives: its lines, what else it holds and is left out, and what the curator must check. */
export type Extract = { lines: Line[]; leftOut: Array<{ line: Line; reason: string }>; doubts: string[] }

/** Puts the session's address first when it stands only behind a link. Several different ones are only reported. */
export function withLinkTargets(targets: string[], extract: Extract): Extract {
  const hidden = new Set(targets.filter((target) => sessionUrl(target)))
  const [target] = hidden
  if (target === undefined || extract.lines.some(({ text }) => sessionUrl(text))) return extract
  if (hidden.size > 1) {
    const doubt = `links to several sessions (${[...hidden].join(', ')}): none was taken`
    return { ...extract, doubts: [...extract.doubts, doubt] }
  }
  return {
    ...extract,
    lines: [{ place: 'link', text: target, mark: null }, { place: 'link', text: '', mark: null }, ...extract.lines],
    doubts: [...extract.doubts, `the address of the session was taken from a link: ${target}`],
  }
}
