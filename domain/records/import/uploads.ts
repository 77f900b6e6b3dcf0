/** Uploaded and failed-row workbooks at rest: they hold ID numbers, so they are sealed and open to their owner only. */
import { Readable } from 'node:stream'
import type { Actor, Outside } from '../../../kernel/context.ts'
import { notFound } from '../../../kernel/errors.ts'
import { digestOf, joined, piecesOf } from '../../../kernel/pieces.ts'

export interface StoredFile {
  name: string
  /** SHA-256 of the file as it came. */
  digest: string
  bytes: Uint8Array
}

const GONE = '这个文件，请重新上传'
const LINE_END = 0x0a
/** Longer texts are garbage of another kind, which stops everything: a megabyte at a time took eighteen times as long. */
const SEALED_BYTES = 48 * 1024

/** Answers the reference by which the same account opens it again. A sealed head, then sealed pieces, a line each. */
export async function keepFile(
  services: Outside,
  actor: Actor,
  { name, bytes, digest }: Omit<StoredFile, 'digest'> & Partial<StoredFile>,
): Promise<string> {
  const head = JSON.stringify({ account: actor.accountId, name, digest: digest ?? (await digestOf(bytes)) })
  const sealed = async function* () {
    yield services.secrets.seal(`${head}\n`)
    for await (const piece of piecesOf(bytes, SEALED_BYTES))
      yield `\n${services.secrets.seal(piece.toString('base64'))}`
  }
  return (await services.files.putStream(Readable.from(sealed(), { objectMode: false }))).sha256
}

/** @throws notFound when there is none, or it is somebody else's */
export async function openFile(services: Outside, actor: Actor, reference: string): Promise<StoredFile> {
  let head: { account: string; name: string; digest: string } | undefined
  const pieces: Buffer[] = []
  for await (const line of linesOf(services.files.stream(reference))) {
    const text = unsealed(services, line)
    if (text === null) throw notFound(GONE)
    if (head) pieces.push(Buffer.from(text, 'base64'))
    else {
      const end = text.indexOf('\n')
      head = JSON.parse(text.slice(0, end)) as { account: string; name: string; digest: string }
      if (head.account !== actor.accountId) throw notFound(GONE)
      // Files of before lie in one piece behind their head.
      pieces.push(Buffer.from(text.slice(end + 1), 'base64'))
    }
  }
  if (!head) throw notFound(GONE)
  return { name: head.name, digest: head.digest, bytes: await joined(pieces) }
}

async function* linesOf(stream: Readable | null): AsyncGenerator<string> {
  if (!stream) return
  let held: Buffer[] = []
  for await (const piece of stream as AsyncIterable<Buffer>) {
    let from = 0
    for (let end = piece.indexOf(LINE_END); end >= 0; end = piece.indexOf(LINE_END, from)) {
      yield Buffer.concat([...held, piece.subarray(from, end)]).toString('latin1')
      held = []
      from = end + 1
    }
    held.push(piece.subarray(from))
  }
  yield Buffer.concat(held).toString('latin1')
}

/** Null for a photo or any other file that was not sealed here. */
function unsealed(services: Outside, sealed: string): string | null {
  try {
    return services.secrets.open(sealed)
  } catch {
    return null
  }
}
