/** A zip written and read as a stream, so that photos of many years need no memory. */
import { createHash } from 'node:crypto'
import { closeSync, createReadStream, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'

export interface ArchiveWriter {
  /** Adds one entry, in pieces. Photos are compressed already and are stored as they are. */
  add(
    name: string,
    pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    compress?: boolean,
  ): Promise<void>
  /** On disk, with its seal, when it returns. */
  finish(): Promise<void>
  /** Closes and deletes what was written. */
  abandon(): void
}

/** The archive's comment: SHA-256 of everything before it, so that no changed bit passes, not even in the directory. */
const SEAL_LENGTH = 64

export function writeArchive(path: string): ArchiveWriter {
  const handle = openSync(path, 'wx', 0o600)
  const failures: Error[] = []
  const hash = createHash('sha256')
  const zip = new Zip((error, chunk, last) => {
    if (error) return void failures.push(error)
    // The last chunk ends with the length of the comment.
    if (last) new DataView(chunk.buffer, chunk.byteOffset).setUint16(chunk.length - 2, SEAL_LENGTH, true)
    hash.update(chunk)
    writeFileSync(handle, chunk)
  })
  return {
    async add(name, pieces, compress = true) {
      const entry = compress ? new ZipDeflate(name, { level: 6 }) : new ZipPassThrough(name)
      zip.add(entry)
      for await (const piece of pieces) entry.push(piece)
      entry.push(new Uint8Array(0), true)
    },
    async finish() {
      zip.end()
      if (failures[0]) throw failures[0]
      writeFileSync(handle, hash.digest('hex'))
      fsyncSync(handle)
      closeSync(handle)
    },
    abandon() {
      zip.terminate()
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

interface Entry {
  name: string
  stored: boolean
  packed: number
  offset: number
}

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
        packed === 0
          ? Readable.from([])
          : createReadStream(path, { start, end: start + packed - 1, highWaterMark: 1024 * 1024 })
      await onEntry(name, stored ? raw : pipeline(raw, createInflateRaw(), () => undefined))
    }
  } finally {
    await handle.close()
  }
}

const END = 0x06054b50
const ENTRY = 0x02014b50
/** A comment may follow the end record. */
const FURTHEST_END = 22 + 65_535

async function directoryOf(handle: FileHandle): Promise<Entry[]> {
  const { tail, at } = await endOf(handle)
  const directory = await bytesAt(handle, tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12))
  return entriesIn(directory, tail.readUInt16LE(at + 10))
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

function entriesIn(directory: Buffer, count: number): Entry[] {
  const entries: Entry[] = []
  for (let at = 0; entries.length < count; ) {
    if (directory.readUInt32LE(at) !== ENTRY) throw new Error('broken directory of the archive')
    const length = directory.readUInt16LE(at + 28)
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + length),
      stored: directory.readUInt16LE(at + 10) === 0,
      packed: directory.readUInt32LE(at + 20),
      offset: directory.readUInt32LE(at + 42),
    })
    at += 46 + length + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
  if (bytesRead < length) throw new Error('the archive ends early')
  return buffer
}
