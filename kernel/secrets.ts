/** ID and phone numbers at rest: sealed by AES-256-GCM, found by HMAC. The key is a file outside the database. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

export interface Secrets {
  seal(text: string): string
  open(sealed: string): string
  /** Whether this key sealed it. */
  opens(sealed: string): boolean
  /** The same text always gives the same digest; without the key nothing can be guessed from it. */
  digest(text: string): string
  /** Tells keys apart in words and manifests; nothing can be opened by it. */
  fingerprint: string
}

export function secretsFrom(key: Buffer): Secrets {
  const part = (use: string) => createHmac('sha256', key).update(use).digest()
  const sealing = part('seal')
  const finding = part('digest')
  const open = (sealed: string) => {
    const bytes = Buffer.from(sealed.slice(3), 'base64')
    const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  }
  return {
    seal(text) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealing, iv)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      // The prefix names suite and key version, so that both can change later.
      return `a1:${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')}`
    },
    open,
    opens(sealed) {
      try {
        open(sealed)
        return true
      } catch {
        return false
      }
    },
    digest: (text) => createHmac('sha256', finding).update(text).digest('base64url'),
    fingerprint: part('fingerprint').toString('hex').slice(0, 12),
  }
}
