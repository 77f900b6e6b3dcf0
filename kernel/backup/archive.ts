/**
 * A zip written and read as a stream, so that photos of many years need no memory; of any size, and with any number of
 * entries: what 32 bits cannot say stands in the zip64 fields. Source: PKWARE APPNOTE 6.3.10, sections 4.3 and 4.5.3.
 */
import { createHash } from 'node:crypto'
import { closeSync, createReadStream, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { pipeline as piped } from 'node:stream/promises'
import { crc32, createDeflateRaw, createInflateRaw } from 'node:zlib'
import { directoryEntry, endOfDirectory, entriesIn, localHead, localTail, wideEnd } from './records.ts'

type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

export interface ArchiveWriter {
  /** Adds one entry, in pieces. Photos are compressed already and are stored as they are. */
  add(name: string, pieces: Pieces, compress?: boolean): Promise<void>
  /** On disk, with its seal, when it returns. */
  finish(): Promise<void>
  /** Closes and deletes what was written. */
  abandon(): void
}

/** The archive's comment: SHA-256 of everything before it, so that no changed bit passes, not even in the directory. */
const SEAL_LENGTH = 64

export function writeArchive(path: string): ArchiveWriter {
  const handle = openSync(path, 'wx', 0o600)
  const hash = createHash('sha256')
  const directory: Buffer[] = []
  let at = 0
  const write = (bytes: Uint8Array) => {
    writeFileSync(handle, bytes)
    hash.update(bytes)
    at += bytes.length
  }
  return {
    async add(name, pieces, compress = true) {
      const offset = at
      const facts = { name, offset, stored: !compress, sum: 0, size: 0, packed: 0 }
      write(localHead(facts))
      const begun = at
      const read = async function* () {
        for await (const piece of pieces) {
          facts.sum = crc32(piece, facts.sum)
          facts.size += piece.length
          yield piece
        }
      }
      const take = async (packed: AsyncIterable<Uint8Array>) => {
        for await (const piece of packed) write(piece)
      }
      if (compress) await piped(read, createDeflateRaw({ level: 6 }), take)
      else await take(read())
      facts.packed = at - begun
      write(localTail(facts))
      directory.push(directoryEntry(facts))
    },
    async finish() {
      const begun = at
      for (const entry of directory) write(entry)
      write(endOfDirectory(directory.length, { begun, end: at }, SEAL_LENGTH))
      writeFileSync(handle, hash.digest('hex'))
      fsyncSync(handle)
      closeSync(handle)
    },
    abandon() {
      closeSync(handle)
      rmSync(path, { force: true })
    },
  }
}

/** Whether the archive is, bit by bit, what was written; null where it bears no seal. */
export async function sealFits(path: string): Promise<boolean | null> {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    const { tail, at } = await endOf(handle)
    if (tail.readUInt16LE(at + 20) !== SEAL_LENGTH) return null
    const hash = createHash('sha256')
    for await (const piece of createReadStream(path, { end: size - SEAL_LENGTH - 1 })) hash.update(piece)
    return hash.digest('hex') === tail.toString('latin1', tail.length - SEAL_LENGTH)
  } finally {
    await handle.close()
  }
}

/** To open a stream for each small photo would take longer than to read it. */
const AT_ONCE = 1024 * 1024

/**
 * Calls back with each entry and its pieces, in order. By the directory at the end of the file: photos and documents are
 * stored as they are, and a document is a zip itself, whose marks a reader without the directory takes for its own.
 */
export async function readArchive(
  path: string,
  onEntry: (name: string, pieces: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  const handle = await open(path)
  try {
    for (const { name, stored, packed, offset } of await directoryOf(handle)) {
      const head = await bytesAt(handle, offset, 30)
      const start = offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
      const raw =
        packed <= AT_ONCE
          ? Readable.from(packed === 0 ? [] : [await bytesAt(handle, start, packed)])
          : createReadStream(path, { start, end: start + packed - 1, highWaterMark: AT_ONCE })
      await onEntry(name, stored ? raw : pipeline(raw, createInflateRaw(), () => undefined))
    }
  } finally {
    await handle.close()
  }
}

const END = 0x06054b50
/** A comment may follow the end record. */
const FURTHEST_END = 22 + 65_535

async function directoryOf(handle: FileHandle) {
  const { tail, at } = await endOf(handle)
  const { size: whole } = await handle.stat()
  const wide = await wideEnd(tail, at, (position, length) => bytesAt(handle, position, length))
  const { count, size, offset } = wide ?? {
    count: tail.readUInt16LE(at + 10),
    size: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
  }
  if (offset + size > whole) throw new Error('a directory beyond the end')
  return entriesIn(await bytesAt(handle, offset, size), count)
}

/** The end of the file, and where in it the end record begins; its comment reaches to the very end. */
async function endOf(handle: FileHandle): Promise<{ tail: Buffer; at: number }> {
  const { size } = await handle.stat()
  const tail = await bytesAt(handle, Math.max(0, size - FURTHEST_END), Math.min(size, FURTHEST_END))
  for (let at = tail.length - 22; at >= 0; at--)
    if (tail.readUInt32LE(at) === END && at + 22 + tail.readUInt16LE(at + 20) === tail.length)
      return { tail, at }
  throw new Error('no end of the archive')
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
  if (bytesRead < length) throw new Error('the archive ends early')
  return buffer
}
