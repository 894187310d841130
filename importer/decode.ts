import { Refusal } from './report.ts'

/** The text of bytes and the name of its encoding, detected by the byte order mark or by validity. */
export function decodeBytes(bytes: Uint8Array): { text: string; encoding: string } {
  const encoding = encodingOf(bytes)
  return { text: new TextDecoder(encoding).decode(bytes), encoding }
}

function encodingOf(bytes: Uint8Array): string {
  const start = bytes.subarray(0, 4096)
  const [even = 0, odd = 0] = [0, 1].map(
    (parity) => start.filter((byte, index) => byte === 0 && index % 2 === parity).length,
  )
  const mark = `${bytes[0]} ${bytes[1]}`
  if (mark === '255 254' || (odd > start.length / 4 && even === 0)) return 'utf-16le'
  if (mark === '254 255' || (even > start.length / 4 && odd === 0)) return 'utf-16be'
  if (bytes.includes(0)) throw new Refusal('binary content, not a text: open it and save it as .txt, .docx or .pdf')
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}
