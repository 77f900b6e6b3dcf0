/** The records of a zip file around its entries' bytes. Numbers that 32 bits cannot hold stand in zip64 fields. */

export interface Facts {
  name: string
  stored: boolean
  /** CRC-32 of what was packed. */
  sum: number
  size: number
  packed: number
  offset: number
}

const LOCAL = 0x04034b50
const TAIL = 0x08074b50
const ENTRY = 0x02014b50
const WIDE_END = 0x06064b50
const WIDE_PLACE = 0x07064b50
const END = 0x06054b50

const WIDE = 0xffffffff
const MANY = 0xffff
const VERSION = 45
/** Sizes follow the entry; names are UTF-8. */
const FLAGS = 0x0808
/** 1980-01-01, the first day that the format knows: when is said by the manifest. */
const DAY = 0x0021

const narrow = (n: number) => Math.min(n, WIDE)

/** Little-endian fields, each with its width in bytes. */
function packed(...fields: [value: number, width: 2 | 4 | 8][]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [, width]) => sum + width, 0))
  let at = 0
  for (const [value, width] of fields) {
    if (width === 8) bytes.writeBigUInt64LE(BigInt(value), at)
    else bytes.writeUIntLE(value, at, width)
    at += width
  }
  return bytes
}

const method = ({ stored }: Facts): [number, 2] => [stored ? 0 : 8, 2]

/** Nothing is known yet: the wide field says that the sizes which follow the entry have 64 bits. */
export function localHead(facts: Facts): Buffer {
  const name = Buffer.from(facts.name)
  return Buffer.concat([
    packed(
      [LOCAL, 4],
      [VERSION, 2],
      [FLAGS, 2],
      method(facts),
      [0, 2],
      [DAY, 2],
      [0, 4],
      [WIDE, 4],
      [WIDE, 4],
    ),
    packed([name.length, 2], [20, 2]),
    name,
    packed([1, 2], [16, 2], [0, 8], [0, 8]),
  ])
}

export const localTail = ({ sum, packed: after, size }: Facts): Buffer =>
  packed([TAIL, 4], [sum, 4], [after, 8], [size, 8])

export function directoryEntry(facts: Facts): Buffer {
  const { sum, size, packed: after, offset } = facts
  const name = Buffer.from(facts.name)
  const wide = [size, after, offset].filter((n) => n >= WIDE)
  const extra =
    wide.length === 0
      ? Buffer.alloc(0)
      : packed([1, 2], [8 * wide.length, 2], ...wide.map((n): [number, 8] => [n, 8]))
  return Buffer.concat([
    packed([ENTRY, 4], [VERSION, 2], [VERSION, 2], [FLAGS, 2], method(facts), [0, 2], [DAY, 2], [sum, 4]),
    packed(
      [narrow(after), 4],
      [narrow(size), 4],
      [name.length, 2],
      [extra.length, 2],
      [0, 2],
      [0, 2],
      [0, 2],
    ),
    packed([0, 4], [narrow(offset), 4]),
    name,
    extra,
  ])
}

/** With the wide record and its place before it where the usual one does not suffice. */
export function endOfDirectory(
  count: number,
  { begun, end }: { begun: number; end: number },
  commentLength: number,
): Buffer {
  const size = end - begun
  const wide =
    count >= MANY || size >= WIDE || begun >= WIDE
      ? [
          packed([WIDE_END, 4], [44, 8], [VERSION, 2], [VERSION, 2], [0, 4], [0, 4], [count, 8], [count, 8]),
          packed([size, 8], [begun, 8]),
          packed([WIDE_PLACE, 4], [0, 4], [end, 8], [1, 4]),
        ]
      : []
  const few = Math.min(count, MANY)
  return Buffer.concat([
    ...wide,
    packed([END, 4], [0, 2], [0, 2], [few, 2], [few, 2], [narrow(size), 4], [narrow(begun), 4]),
    packed([commentLength, 2]),
  ])
}

interface Directory {
  count: number
  size: number
  offset: number
}

/** What the wide end record says, if there is one before the usual one at `at`. @throws Error when it is broken */
export async function wideEnd(
  tail: Buffer,
  at: number,
  bytesAt: (position: number, length: number) => Promise<Buffer>,
): Promise<Directory | null> {
  if (at < 20 || tail.readUInt32LE(at - 20) !== WIDE_PLACE) return null
  const record = await bytesAt(wideAt(tail, at - 12), 56)
  if (record.readUInt32LE(0) !== WIDE_END) throw new Error('broken wide end of the archive')
  return { count: wideAt(record, 32), size: wideAt(record, 40), offset: wideAt(record, 48) }
}

function wideAt(bytes: Buffer, at: number): number {
  const value = Number(bytes.readBigUInt64LE(at))
  if (!Number.isSafeInteger(value)) throw new Error('a place beyond any file')
  return value
}

/** @throws Error, RangeError when it is broken */
export function entriesIn(
  directory: Buffer,
  count: number,
): Pick<Facts, 'name' | 'stored' | 'packed' | 'offset'>[] {
  const entries = []
  for (let at = 0; entries.length < count; ) {
    if (directory.readUInt32LE(at) !== ENTRY) throw new Error('broken directory of the archive')
    const length = directory.readUInt16LE(at + 28)
    const after = at + 46 + length + directory.readUInt16LE(at + 30)
    const wide = wideFields(directory.subarray(at + 46 + length, after))
    // In this order, and only those that the narrow fields cannot hold.
    const [, inside, offset] = [24, 20, 42].map((field) => {
      const said = directory.readUInt32LE(at + field)
      return said === WIDE ? (wide.shift() ?? said) : said
    }) as [number, number, number]
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + length),
      stored: directory.readUInt16LE(at + 10) === 0,
      packed: inside,
      offset,
    })
    at = after + directory.readUInt16LE(at + 32)
  }
  return entries
}

function wideFields(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    const count = Math.floor(extra.readUInt16LE(at + 2) / 8)
    return Array.from({ length: count }, (_, n) => wideAt(extra, at + 4 + 8 * n))
  }
  return []
}
