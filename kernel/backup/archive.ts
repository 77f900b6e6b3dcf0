/** A zip written and read as a stream, so that photos of many years need no memory. */
import { closeSync, createReadStream, fsyncSync, openSync, writeSync } from 'node:fs'
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
  /** On disk when it returns. */
  finish(): Promise<void>
}

export function writeArchive(path: string): ArchiveWriter {
  const handle = openSync(path, 'wx', 0o600)
  const failures: Error[] = []
  const zip = new Zip((error, chunk) => {
    if (error) failures.push(error)
    else writeSync(handle, chunk)
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
      fsyncSync(handle)
      closeSync(handle)
      if (failures[0]) throw failures[0]
    },
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
  const { size } = await handle.stat()
  const tail = await bytesAt(handle, Math.max(0, size - FURTHEST_END), Math.min(size, FURTHEST_END))
  let at = tail.length - 22
  while (at >= 0 && tail.readUInt32LE(at) !== END) at--
  if (at < 0) throw new Error('no end of the archive')
  const directory = await bytesAt(handle, tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12))
  return entriesIn(directory, tail.readUInt16LE(at + 10))
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
