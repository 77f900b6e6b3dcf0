/** A zip written and read as a stream, so that photos of many years need no memory. */
import { closeSync, createReadStream, fsyncSync, openSync, writeSync } from 'node:fs'
import { Unzip, UnzipInflate, Zip, ZipDeflate, ZipPassThrough } from 'fflate'

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

/** Calls back with each piece of each entry, in order; `last` with its final piece. */
export async function readArchive(
  path: string,
  onPiece: (name: string, piece: Uint8Array, last: boolean) => void | Promise<void>,
): Promise<void> {
  const waiting: { name: string; piece: Uint8Array; last: boolean }[] = []
  const failures: Error[] = []
  const unzip = new Unzip((entry) => {
    entry.ondata = (error, piece, last) => {
      if (error) failures.push(error)
      else waiting.push({ name: entry.name, piece, last })
    }
    entry.start()
  })
  unzip.register(UnzipInflate)
  const drain = async () => {
    if (failures[0]) throw failures[0]
    for (const { name, piece, last } of waiting.splice(0)) await onPiece(name, piece, last)
  }
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    unzip.push(chunk as Uint8Array)
    await drain()
  }
  unzip.push(new Uint8Array(0), true)
  await drain()
}
