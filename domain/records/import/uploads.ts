/** Uploaded and failed-row workbooks at rest: they hold ID numbers, so they are sealed and open to their owner only. */
import { createHash } from 'node:crypto'
import type { Actor, Outside } from '../../../kernel/context.ts'
import { notFound } from '../../../kernel/errors.ts'

export interface StoredFile {
  name: string
  /** SHA-256 of the file as it came. */
  digest: string
  bytes: Uint8Array
}

const GONE = '这个文件，请重新上传'

/** Answers the reference by which the same account opens it again. */
export async function keepFile(
  services: Outside,
  actor: Actor,
  file: { name: string; bytes: Uint8Array },
): Promise<string> {
  const head = JSON.stringify({ account: actor.accountId, name: file.name, digest: digestOf(file.bytes) })
  const sealed = services.secrets.seal(`${head}\n${Buffer.from(file.bytes).toString('base64')}`)
  return services.files.put(new TextEncoder().encode(sealed))
}

/** @throws notFound when there is none, or it is somebody else's */
export function openFile(services: Outside, actor: Actor, reference: string): StoredFile {
  const stored = services.files.get(reference)
  const text = stored && unsealed(services, Buffer.from(stored).toString('latin1'))
  if (!text) throw notFound(GONE)
  const end = text.indexOf('\n')
  const head = JSON.parse(text.slice(0, end)) as { account: string; name: string; digest: string }
  if (head.account !== actor.accountId) throw notFound(GONE)
  return { name: head.name, digest: head.digest, bytes: Buffer.from(text.slice(end + 1), 'base64') }
}

/** Null for a photo or any other file that was not sealed here. */
function unsealed(services: Outside, sealed: string): string | null {
  try {
    return services.secrets.open(sealed)
  } catch {
    return null
  }
}

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
