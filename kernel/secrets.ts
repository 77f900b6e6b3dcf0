/** ID and phone numbers at rest: sealed by AES-256-GCM, found by HMAC. The key is a file outside the database. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface Secrets {
  seal(text: string): string
  open(sealed: string): string
  /** The same text always gives the same digest; without the key nothing can be guessed from it. */
  digest(text: string): string
}

export const keyFileOf = (dataDir: string) => join(dataDir, 'keys', 'secret.key')

export function openSecrets(dataDir: string): Secrets {
  const file = keyFileOf(dataDir)
  if (!existsSync(file)) makeKey(file)
  return secretsFrom(Buffer.from(readFileSync(file, 'utf8').trim(), 'hex'))
}

/** Of two processes that make it at once, the first one's stands, and is never seen half written. */
function makeKey(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const own = `${file}.${process.pid}`
  writeFileSync(own, randomBytes(32).toString('hex'), { mode: 0o600 })
  try {
    linkSync(own, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(own, { force: true })
  }
}

export function secretsFrom(key: Buffer): Secrets {
  const part = (use: string) => createHmac('sha256', key).update(use).digest()
  const sealing = part('seal')
  const finding = part('digest')
  return {
    seal(text) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealing, iv)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      // The prefix names suite and key version, so that both can change later.
      return `a1:${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')}`
    },
    open(sealed) {
      const bytes = Buffer.from(sealed.slice(3), 'base64')
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, 12))
      decipher.setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    },
    digest: (text) => createHmac('sha256', finding).update(text).digest('base64url'),
  }
}
