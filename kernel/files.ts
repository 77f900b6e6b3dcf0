/** Photos and attachments: stored once by content, outside the database. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { newId } from './id.ts'

export interface FileStore {
  /** Returns the SHA-256 under which the bytes can be read again; on disk before it returns. */
  put(bytes: Uint8Array): Promise<string>
  /** As `put`, for what is too large to be held: read as it comes. */
  putStream(bytes: Readable): Promise<{ sha256: string; size: number }>
  get(sha256: string): Uint8Array | null
  stream(sha256: string): Readable | null
}

export function openFiles(dataDir: string): FileStore {
  const folder = join(dataDir, 'files')
  const placeOf = (sha: string) => join(folder, sha.slice(0, 2), sha)
  const known = (sha: string) => /^[0-9a-f]{64}$/.test(sha) && existsSync(placeOf(sha))
  const settle = async (temporary: string, sha: string) => {
    if (existsSync(placeOf(sha))) return rm(temporary)
    mkdirSync(join(folder, sha.slice(0, 2)), { recursive: true, mode: 0o700 })
    renameSync(temporary, placeOf(sha))
  }
  return {
    async put(bytes) {
      const sha = createHash('sha256').update(bytes).digest('hex')
      if (known(sha)) return sha
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const temporary = join(folder, newId())
      const handle = await open(temporary, 'wx', 0o600)
      await handle.writeFile(bytes)
      await handle.sync()
      await handle.close()
      await settle(temporary, sha)
      return sha
    },
    async putStream(bytes) {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const temporary = join(folder, newId())
      const hash = createHash('sha256')
      let size = 0
      bytes.on('data', (piece: Buffer) => {
        hash.update(piece)
        size += piece.length
      })
      try {
        await finished(bytes.pipe(createWriteStream(temporary, { mode: 0o600, flush: true })))
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
      const sha256 = hash.digest('hex')
      await settle(temporary, sha256)
      return { sha256, size }
    },
    get: (sha) => (known(sha) ? readFileSync(placeOf(sha)) : null),
    stream: (sha) => (known(sha) ? createReadStream(placeOf(sha)) : null),
  }
}
