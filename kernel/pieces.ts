/** Long bytes handled a piece at a time, with time for others in between. */
import { createHash } from 'node:crypto'
import { breathing } from './breath.ts'

export const PIECE_BYTES = 1024 * 1024

export async function* piecesOf(bytes: Uint8Array, size = PIECE_BYTES): AsyncGenerator<Buffer> {
  const breath = breathing()
  for (let from = 0; from < bytes.length; from += size) {
    await breath()
    yield Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.min(size, bytes.length - from))
  }
}

/** SHA-256 in hexadecimal. */
export async function digestOf(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of piecesOf(bytes)) hash.update(piece)
  return hash.digest('hex')
}

/** Pieces that came one after another, laid end to end. */
export async function joined(pieces: Uint8Array[]): Promise<Uint8Array> {
  const breath = breathing()
  const whole = Buffer.allocUnsafeSlow(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    await breath()
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
