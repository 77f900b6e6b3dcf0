/** The parts of a zip file, unpacked with a count: what a file says of its own sizes is not believed. */
import { inflateRawSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { invalid } from '../errors.ts'
import { LIMITS, tooLarge } from './limits.ts'

const notZip = () => invalid('notSpreadsheet', '文件损坏，不完整。请用 WPS 或 Office 打开后另存一份再传。')

export interface ZipEntry {
  name: string
  packed: number
  method: number
  offset: number
}

/** The directory at the end of a zip file. Throws when it is broken or lists more than the limit. */
export function readZipDirectory(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEndRecord(view)
  const count = view.getUint16(end + 10, true)
  if (count > LIMITS.zipEntries) throw tooLarge(`文件内含 ${count} 个部件，上限 ${LIMITS.zipEntries} 个`)
  const entries: ZipEntry[] = []
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) throw notZip()
    const nameLength = view.getUint16(at + 28, true)
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      packed: view.getUint32(at + 20, true),
      method: view.getUint16(at + 10, true),
      offset: view.getUint32(at + 42, true),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function findEndRecord(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - 65_557)
  for (let at = view.byteLength - 22; at >= lowest; at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at
  }
  throw notZip()
}

export type ZipParts = Map<string, Uint8Array>

/**
 * The parts that are asked for, in all at most `most` bytes. A name that comes twice is refused: two readers
 * could take it for two things.
 */
export function unpackZip(
  bytes: Uint8Array,
  { wanted = () => true, most = LIMITS.unpackedBytes }: Unpacking = {},
): ZipParts {
  const parts: ZipParts = new Map()
  let left = most
  for (const entry of readZipDirectory(bytes)) {
    if (parts.has(entry.name)) throw notZip()
    if (!wanted(entry.name)) continue
    const part = unpacked(bytes, entry, left)
    if (!part) throw tooLarge(`展开后超过 ${most / 1048576} MB`)
    left -= part.byteLength
    parts.set(entry.name, part)
  }
  return parts
}

interface Unpacking {
  wanted?: (name: string) => boolean
  most?: number
}

/** Null for what is longer. */
function unpacked(bytes: Uint8Array, { offset, packed, method }: ZipEntry, most: number): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (offset + 30 > view.byteLength || view.getUint32(offset, true) !== 0x04034b50) throw notZip()
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  if (start + packed > view.byteLength) throw notZip()
  const body = bytes.subarray(start, start + packed)
  if (method === 0) return body.byteLength <= most ? body : null
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(1, most) })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return null
    throw notZip()
  }
}

/** The same parts without compression, for a reader that unpacks by itself: it sees what was judged, and no more. */
export const packPlainly = (parts: ZipParts): Uint8Array =>
  zipSync(Object.fromEntries([...parts].map(([name, part]) => [name, part])), { level: 0 })
