/** Uploaded and failed-row workbooks at rest: they hold ID numbers, so they are sealed and open to their owner only. */
import { createHash } from 'node:crypto'
import { breathing } from '../../../kernel/breath.ts'
import type { Actor, Outside } from '../../../kernel/context.ts'
import { notFound } from '../../../kernel/errors.ts'

export interface StoredFile {
  name: string
  /** SHA-256 of the file as it came. */
  digest: string
  bytes: Uint8Array
}

const GONE = '这个文件，请重新上传'
const PIECE = 1024 * 1024

/** Answers the reference by which the same account opens it again. A sealed head, then sealed pieces, a line each. */
export async function keepFile(
  services: Outside,
  actor: Actor,
  file: { name: string; bytes: Uint8Array },
): Promise<string> {
  const head = JSON.stringify({ account: actor.accountId, name: file.name, digest: digestOf(file.bytes) })
  const lines = [services.secrets.seal(`${head}\n`)]
  const breath = breathing()
  for (let from = 0; from < file.bytes.length; from += PIECE) {
    await breath()
    const piece = Buffer.from(file.bytes.subarray(from, from + PIECE))
    lines.push(services.secrets.seal(piece.toString('base64')))
  }
  return services.files.put(Buffer.from(lines.join('\n'), 'latin1'))
}

/** @throws notFound when there is none, or it is somebody else's */
export async function openFile(services: Outside, actor: Actor, reference: string): Promise<StoredFile> {
  const stored = services.files.get(reference)
  const [first = '', ...sealed] = stored ? Buffer.from(stored).toString('latin1').split('\n') : []
  const text = unsealed(services, first)
  if (!text) throw notFound(GONE)
  const end = text.indexOf('\n')
  const head = JSON.parse(text.slice(0, end)) as { account: string; name: string; digest: string }
  if (head.account !== actor.accountId) throw notFound(GONE)
  // Files of before lie in one piece behind their head.
  const pieces = [Buffer.from(text.slice(end + 1), 'base64')]
  const breath = breathing()
  for (const line of sealed) {
    await breath()
    pieces.push(Buffer.from(unsealed(services, line) ?? '', 'base64'))
  }
  return { name: head.name, digest: head.digest, bytes: Buffer.concat(pieces) }
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
