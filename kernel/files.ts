/** Photos and attachments: stored once by content, outside the database, on disk before a row may refer to them. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs'
import { readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { makeFolder, replaceFile, syncFolder } from './durable.ts'
import { newId } from './id.ts'
import { digestOf } from './pieces.ts'

export interface FileStore {
  /** Returns the SHA-256 under which the bytes can be read again; on disk before it returns. */
  put(bytes: Uint8Array): Promise<string>
  /** As `put`, for what is too large to be held: read as it comes. */
  putStream(bytes: Readable): Promise<{ sha256: string; size: number }>
  get(sha256: string): Uint8Array | null
  stream(sha256: string): Readable | null
  /** All that are there, in the order of their digests. */
  list(): Promise<string[]>
  /** Gone at once; for what was put and then not needed. */
  remove(sha256: string): Promise<void>
  /** Deletes those of `unreferred` that nobody has put since `before`, and what a crash left half written. */
  sweep(unreferred: string[], before: Date): Promise<number>
}

const DIGEST = /^[0-9a-f]{64}$/

export function openFiles(dataDir: string): FileStore {
  const folder = join(dataDir, 'files')
  const placeOf = (sha: string) => join(folder, sha.slice(0, 2), sha)
  const known = (sha: string) => DIGEST.test(sha) && existsSync(placeOf(sha))
  return {
    async put(bytes) {
      const sha = await digestOf(bytes)
      if (!(await putAgain(placeOf(sha), bytes.length))) await replaceFile(placeOf(sha), bytes)
      return sha
    },
    async putStream(bytes) {
      await makeFolder(folder)
      const temporary = join(folder, newId())
      const { meter, measured } = measuring()
      try {
        await pipeline(bytes, meter, createWriteStream(temporary, { mode: 0o600, flush: true }))
        const { sha256, size } = measured()
        const place = placeOf(sha256)
        if (await putAgain(place, size)) return { sha256, size }
        await makeFolder(dirname(place))
        await rename(temporary, place)
        await syncFolder(dirname(place))
        return { sha256, size }
      } finally {
        await rm(temporary, { force: true })
      }
    },
    get: (sha) => (known(sha) ? readFileSync(placeOf(sha)) : null),
    stream: (sha) => (known(sha) ? createReadStream(placeOf(sha)) : null),
    list: async () => (await namesIn(folder)).filter((name) => DIGEST.test(name)).sort(),
    remove: (sha) => rm(placeOf(sha), { force: true }),
    async sweep(unreferred, before) {
      let gone = 0
      for (const sha of unreferred) if (await removeIfOlder(placeOf(sha), before)) gone++
      return gone + (await removeHalves(folder, before))
    },
  }
}

/** Counts and digests what passes through. */
function measuring() {
  const hash = createHash('sha256')
  let size = 0
  const meter = new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece)
      size += piece.length
      done(null, piece)
    },
  })
  return { meter, measured: () => ({ sha256: hash.digest('hex'), size }) }
}

/** A file that is there counts as put now, so that no sweep takes it; one that was cut short is to be written anew. */
async function putAgain(place: string, size: number): Promise<boolean> {
  try {
    const now = new Date()
    await utimes(place, now, now)
    return (await stat(place)).size === size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

async function namesIn(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const parts = (await readdir(folder)).filter((part) => part.length === 2)
  return (await Promise.all(parts.map((part) => readdir(join(folder, part))))).flat()
}

/** Set aside before its age is asked: of one that is put at this very moment either the put or this sees the other. */
async function removeIfOlder(place: string, before: Date): Promise<boolean> {
  if ((await touchedAt(place)) >= before.getTime()) return false
  const aside = `${place}.${newId()}`
  await rename(place, aside)
  if ((await touchedAt(aside)) >= before.getTime()) {
    await rename(aside, place)
    return false
  }
  await rm(aside)
  return true
}

const touchedAt = (place: string): Promise<number> =>
  stat(place).then(
    (found) => found.mtimeMs,
    () => Number.POSITIVE_INFINITY,
  )

async function removeHalves(folder: string, before: Date): Promise<number> {
  if (!existsSync(folder)) return 0
  const above = (await readdir(folder)).filter((name) => name.length > 2)
  const within = (await namesIn(folder)).filter((name) => !DIGEST.test(name))
  let gone = 0
  for (const place of [...above, ...within.map((name) => join(name.slice(0, 2), name))])
    if ((await touchedAt(join(folder, place))) < before.getTime()) {
      await rm(join(folder, place))
      gone++
    }
  return gone
}
