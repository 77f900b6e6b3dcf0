/** Photos and attachments: stored once by content, outside the database. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from './id.ts'

export interface FileStore {
  /** Returns the SHA-256 under which the bytes can be read again; on disk before it returns. */
  put(bytes: Uint8Array): Promise<string>
  get(sha256: string): Uint8Array | null
}

export function openFiles(dataDir: string): FileStore {
  const folder = join(dataDir, 'files')
  const placeOf = (sha: string) => join(folder, sha.slice(0, 2), sha)
  return {
    async put(bytes) {
      const sha = createHash('sha256').update(bytes).digest('hex')
      const place = placeOf(sha)
      if (existsSync(place)) return sha
      mkdirSync(join(folder, sha.slice(0, 2)), { recursive: true, mode: 0o700 })
      const temporary = `${place}.${newId()}`
      const handle = await open(temporary, 'wx', 0o600)
      await handle.writeFile(bytes)
      await handle.sync()
      await handle.close()
      renameSync(temporary, place)
      return sha
    },
    get: (sha) =>
      /^[0-9a-f]{64}$/.test(sha) && existsSync(placeOf(sha)) ? readFileSync(placeOf(sha)) : null,
  }
}
