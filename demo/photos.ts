/** Pictures for records, drawn here: a sky, hills and a few trees, calm and small, of no real place. */
import { crc32, deflateSync } from 'node:zlib'
import { addAttachments } from '../domain/records/ledgers/contract.ts'
import type { Context } from '../kernel/context.ts'
import { type Chance, chanceFrom } from './chance.ts'
import { call } from './stage.ts'

const WIDTH = 480
const HEIGHT = 320
/** How broad a tree is to how tall. */
const SPREAD = 0.28
const SCENES: [sky: string, far: string, near: string, tree: string, sun: string][] = [
  ['dfe9ee', 'a9c3c0', '7fa58f', '3f6b57', 'f4d9a6'],
  ['f3e7d8', 'd4b79a', '9c8f6a', '5d6a4a', 'e89a6a'],
  ['e3ecf5', 'b3c6dc', '86a3b8', '3d5c73', 'f7e6bd'],
  ['eef1e2', 'c3cfa2', '8fae72', '4b7245', 'f2c879'],
]

/** A PNG of 480 × 320. */
function picture(seed: number): Uint8Array {
  const chance = chanceFrom(seed)
  const scene = chance.pick(SCENES)
  const colourAt = drawn(chance)
  const rows = Buffer.alloc(HEIGHT * (WIDTH + 1))
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) rows[y * (WIDTH + 1) + 1 + x] = colourAt(x, y)
  return png(rows, Buffer.from(scene.join(''), 'hex'))
}

/** Index of the colour of each point: 0 sky, 1 and 2 hills, 3 trees, 4 sun. */
function drawn(chance: Chance): (x: number, y: number) => number {
  const [first, second] = [chance.next() * 6, chance.next() * 6]
  const columns = Array.from({ length: WIDTH }, (_, x) => x)
  const far = columns.map((x) => 165 + 28 * Math.sin(x / 71 + first) + 9 * Math.sin(x / 23))
  const near = columns.map((x) => 232 + 18 * Math.sin(x / 97 + second))
  const [sunX, sunY] = [chance.whole(70, 410), chance.whole(50, 100)]
  // How high a tree reaches in each column.
  const crowns = columns.map(() => HEIGHT)
  for (let n = chance.whole(4, 9); n > 0; n--) {
    const [at, tall] = [chance.whole(20, 460), chance.whole(40, 90)]
    for (const x of columns.slice(Math.max(0, at - tall * SPREAD), at + tall * SPREAD)) {
      const top = (near[at] ?? 0) + 22 - tall + Math.abs(x - at) / SPREAD
      crowns[x] = Math.min(crowns[x] ?? HEIGHT, top)
    }
  }
  return (x, y) => {
    if (y > (crowns[x] ?? HEIGHT) && y < (near[x] ?? 0) + 22) return 3
    if (y > (near[x] ?? 0)) return 2
    if (y > (far[x] ?? 0)) return 1
    return (x - sunX) ** 2 + (y - sunY) ** 2 < 900 ? 4 : 0
  }
}

const PALETTE = 3
const DEPTH = 8

function png(rows: Buffer, palette: Buffer): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(WIDTH, 0)
  header.writeUInt32BE(HEIGHT, 4)
  header[8] = DEPTH
  header[9] = PALETTE
  const parts = [
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** Two pictures for each of these records. */
export async function photograph(ctx: Context, recordIds: string[]): Promise<void> {
  for (const [i, id] of recordIds.entries()) {
    const uploads = [1, 2].map((n) => ({
      name: `现场${n}.png`,
      mediaType: 'image/png',
      bytes: picture(i * 2 + n),
    }))
    await call(ctx, addAttachments, { params: { id }, uploads })
  }
}
