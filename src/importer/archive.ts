import { inflateRawSync } from 'node:zlib'
import { bounds, megabyte } from './bounds.ts'
import { Refusal } from './line.ts'

/**
 * The XML parts of a zip archive by name. Unpacks every part once within the bound, so that what reads the archive
 * afterwards cannot be surprised by a part that is larger than it says.
 * Throws Refusal for an archive that is damaged, too large, encrypted or of the 64-bit kind.
 */
export function readParts(bytes: Buffer): Map<string, string> {
  try {
    return unpack(bytes)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('damaged: the .docx archive cannot be unpacked; open it in Word and save it again')
  }
}

// The layout of the central directory: PKWARE APPNOTE.TXT, 4.3.12 and 4.3.16.
function unpack(bytes: Buffer): Map<string, string> {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  // Otherwise the library, which then shifts every offset, would read other parts than these.
  if (at + bytes.readUInt32LE(end + 12) !== end) throw new RangeError('the directory is not where it should be')
  if (count > bounds.archiveParts)
    throw new Refusal(`${count} parts in the archive, the bound is ${bounds.archiveParts}`)
  let room = bounds.unpackedBytes
  const parts = new Map<string, string>()
  for (let part = 0; part < count; part++) {
    const nameLength = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    if ((bytes.readUInt16LE(at + 8) & 1) === 1) throw new Refusal('encrypted: save it without a password')
    const content = unpackPart(bytes, at, room)
    room -= content.length
    if (name.endsWith('.xml')) parts.set(name, content.toString('utf8'))
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return parts
}

function unpackPart(bytes: Buffer, at: number, room: number): Buffer {
  const packed = bytes.readUInt32LE(at + 20)
  const local = bytes.readUInt32LE(at + 42)
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  const content = bytes.subarray(start, start + packed)
  if (bytes.readUInt16LE(at + 10) === 0) return content
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(room, 1) })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw error
    throw new Refusal(
      `unpacks to more than ${bounds.unpackedBytes / megabyte} MB; remove the pictures and save it again`,
    )
  }
}
