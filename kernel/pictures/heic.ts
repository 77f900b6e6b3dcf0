/**
 * HEIC is not decoded here (the free library cannot), so its metadata is blanked where it lies: the file's own directory
 * says which of its items are Exif and XMP, and where. How the picture is turned stands elsewhere and stays.
 * Source: ISO/IEC 14496-12 (boxes, iinf, iloc) and 23008-12 (items of type Exif).
 */

interface Box {
  type: string
  start: number
  end: number
}

const METADATA = new Set(['Exif', 'mime'])

/** A copy without its metadata; null for what is not understood, or holds a film. */
export function blankMetadata(bytes: Uint8Array): Uint8Array | null {
  const copy = Buffer.from(bytes)
  try {
    const boxes = boxesIn(copy, 0, copy.length)
    const meta = boxes.find((b) => b.type === 'meta')
    if (!meta || boxes.some((b) => b.type === 'moov')) return null
    for (const box of boxes) if (box.type === 'uuid') copy.fill(0, box.start + 16, box.end)
    const inside = boxesIn(copy, meta.start + 4, meta.end)
    const wanted = metadataItems(copy, named(inside, 'iinf'))
    for (const [start, end] of placesOf(copy, inside, wanted)) copy.fill(0, start, end)
    return copy
  } catch {
    return null
  }
}

const named = (boxes: Box[], type: string): Box => {
  const found = boxes.find((b) => b.type === type)
  if (found) return found
  throw new RangeError(`no ${type}`)
}

function boxesIn(bytes: Buffer, from: number, to: number): Box[] {
  const boxes: Box[] = []
  for (let at = from; at < to; ) {
    const short = bytes.readUInt32BE(at)
    const long = short === 1
    const size = short === 0 ? to - at : long ? Number(bytes.readBigUInt64BE(at + 8)) : short
    if (size < 8 || at + size > to) throw new RangeError('a box beyond its end')
    boxes.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      start: at + (long ? 16 : 8),
      end: at + size,
    })
    at += size
  }
  return boxes
}

function metadataItems(bytes: Buffer, { start, end }: Box): Set<number> {
  const wide = bytes.readUInt8(start) > 0
  const items = boxesIn(bytes, start + 4 + (wide ? 4 : 2), end)
  const found = items.flatMap((item) => {
    const long = bytes.readUInt8(item.start) >= 3
    const id = long ? bytes.readUInt32BE(item.start + 4) : bytes.readUInt16BE(item.start + 4)
    const at = item.start + (long ? 10 : 8)
    return METADATA.has(bytes.toString('latin1', at, at + 4)) ? [id] : []
  })
  return new Set(found)
}

/** Where these items lie, by the box `iloc`: in the file, or in the box `idat`. */
function placesOf(bytes: Buffer, boxes: Box[], wanted: Set<number>): [number, number][] {
  const { start } = named(boxes, 'iloc')
  const version = bytes.readUInt8(start)
  const sizes = bytes.readUInt16BE(start + 4)
  let at = start + 6
  const next = (size: number): number => {
    at += size
    if (size === 8) return Number(bytes.readBigUInt64BE(at - 8))
    return size === 0 ? 0 : bytes.readUIntBE(at - size, size)
  }
  const places: [number, number][] = []
  const idSize = version < 2 ? 2 : 4
  for (let left = next(idSize); left > 0; left--) {
    const id = next(idSize)
    const inData = version > 0 && (next(2) & 15) === 1
    next(2)
    const base = next((sizes >> 4) & 15) + (inData ? named(boxes, 'idat').start : 0)
    for (let extents = next(2); extents > 0; extents--) {
      if (version > 0) next(sizes & 15)
      const from = base + next(sizes >> 12)
      const length = next((sizes >> 8) & 15)
      if (wanted.has(id)) places.push([from, from + length])
    }
  }
  if (places.some(([, end]) => end > bytes.length)) throw new RangeError('an item beyond the end')
  return places
}
