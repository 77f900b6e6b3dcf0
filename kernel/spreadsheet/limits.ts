/** What a file may ask of us. Refused before parsing wherever the file itself declares it. */
import { inflateRawSync } from 'node:zlib'
import { invalid } from '../errors.ts'

export const LIMITS = {
  packedBytes: 20 * 1024 * 1024,
  unpackedBytes: 200 * 1024 * 1024,
  zipEntries: 2_000,
  rows: 100_000,
  columns: 256,
  cells: 4_000_000,
  heapMegabytes: 1_024,
  milliseconds: 60_000,
}

export const tooLarge = (what: string) =>
  invalid(
    'spreadsheetTooLarge',
    `表格太大：${what}。请拆成几个文件，或删去多余的工作表、图片和空行后再导入。`,
  )

const notZip = () =>
  invalid('notSpreadsheet', '文件损坏，不是完整的 Excel 表格。请用 WPS 或 Excel 打开后另存一份再导入。')

export interface ZipEntry {
  name: string
  packed: number
  unpacked: number
  method: number
  offset: number
}

/** The directory at the end of a zip file. Throws when it is broken or declares more than the limits. */
export function readZipDirectory(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEndRecord(view)
  const count = view.getUint16(end + 10, true)
  if (count > LIMITS.zipEntries) throw tooLarge(`文件内含 ${count} 个部件`)
  const entries: ZipEntry[] = []
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) throw notZip()
    const nameLength = view.getUint16(at + 28, true)
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      method: view.getUint16(at + 10, true),
      offset: view.getUint32(at + 42, true),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  const total = entries.reduce((sum, entry) => sum + entry.unpacked, 0)
  if (total > LIMITS.unpackedBytes) throw tooLarge(`展开后有 ${Math.round(total / 1048576)} MB`)
  return entries
}

function findEndRecord(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - 65_557)
  for (let at = view.byteLength - 22; at >= lowest; at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at
  }
  throw notZip()
}

/** Declared sizes can lie: each part is inflated once here with its declared size as the ceiling. */
export function verifyDeclaredSizes(bytes: Uint8Array, entries: ZipEntry[]): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (const entry of entries) {
    if (entry.method === 0 || entry.unpacked === 0) continue
    if (entry.offset + 30 > view.byteLength) throw notZip()
    const start =
      entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true)
    try {
      inflateRawSync(bytes.subarray(start, start + entry.packed), { maxOutputLength: entry.unpacked })
    } catch (error) {
      const lying = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
      throw lying ? tooLarge('文件内部标明的大小与实际不符') : notZip()
    }
  }
}
