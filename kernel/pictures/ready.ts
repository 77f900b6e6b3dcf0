/**
 * A picture as it is kept: drawn anew, so that nothing but the picture itself comes along — no place, no device, no
 * script behind its end — upright, in sRGB; and its smaller sizes. libvips does this in threads of its own.
 */
import sharp, { type Sharp } from 'sharp'
import { turns } from '../turns.ts'
import { blankMetadata } from './heic.ts'

/** The longest side in pixels: for lists, and for a phone's width or a printed page. */
export const SIZES = { small: 320, medium: 1080 } as const
export type Size = keyof typeof SIZES

/** A phone's largest picture; the header tells, before anything is decoded. */
const MOST_PIXELS = 100_000_000
const SECONDS = 20
/** At a time; each upload that waits holds its files in memory. */
const inTurn = turns({
  width: 2,
  length: 20,
  patienceMs: 60_000,
  words: '正在处理很多照片，请过一会儿再传。',
})

// A small PC has two cores and people at the screen.
sharp.concurrency(1)
sharp.cache(false)
// Of what it can read, only what is accepted: a drawing program or a document reader never sees an upload.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'] })

export interface ReadyPicture {
  bytes: Uint8Array
  /** JPEG; none where it cannot be drawn here (HEIC), or where the picture itself is small enough. */
  sizes: Partial<Record<Size, Uint8Array>>
}

export class UnreadablePicture extends Error {
  override name = 'UnreadablePicture'
  /** What is wrong, in words. */
  readonly reason: string

  constructor(reason: string) {
    super(reason)
    this.reason = reason
  }
}

const drawnAs: Record<string, (picture: Sharp) => Sharp> = {
  'image/jpeg': (p) => p.jpeg({ quality: 85 }),
  'image/png': (p) => p.png(),
  'image/webp': (p) => p.webp({ quality: 85 }),
}

/**
 * `lenient`: what was taken in long ago is drawn as far as it goes.
 * @throws UnreadablePicture; Refusal `busy` when too many are waiting
 */
export async function readyPicture(
  bytes: Uint8Array,
  mediaType: string,
  { lenient = false } = {},
): Promise<ReadyPicture> {
  if (mediaType === 'image/heic') return { bytes: heicWithout(bytes), sizes: {} }
  const draw = drawnAs[mediaType]
  if (!draw) throw new UnreadablePicture('不是能收的照片')
  return inTurn(() => drawn(bytes, draw, lenient ? 'none' : 'error'))
}

async function drawn(
  bytes: Uint8Array,
  draw: (picture: Sharp) => Sharp,
  failOn: 'none' | 'error',
): Promise<ReadyPicture> {
  const from = sharp(bytes, { limitInputPixels: false, failOn })
  try {
    const { width, height } = await from.metadata()
    if (width * height > MOST_PIXELS)
      throw new UnreadablePicture(`有 ${width}×${height} 个点，太大了（最多 1 亿点）`)
    const { data, info } = await draw(from.autoOrient().toColourspace('srgb'))
      .timeout({ seconds: SECONDS })
      .toBuffer({ resolveWithObject: true })
    const smallEnough = info.format !== 'webp' && Math.max(info.width, info.height) <= SIZES.medium * 1.2
    const medium = smallEnough ? undefined : await smaller(data, SIZES.medium)
    return {
      bytes: data,
      sizes: { small: await smaller(medium ?? data, SIZES.small), ...(medium && { medium }) },
    }
  } catch (error) {
    if (error instanceof UnreadablePicture) throw error
    throw new UnreadablePicture('打不开，可能没有传完或已损坏')
  }
}

const smaller = (bytes: Uint8Array, side: number): Promise<Uint8Array> =>
  sharp(bytes)
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 78 })
    .timeout({ seconds: SECONDS })
    .toBuffer()

function heicWithout(bytes: Uint8Array): Uint8Array {
  const blank = blankMetadata(bytes)
  if (blank) return blank
  throw new UnreadablePicture('打不开，可能没有传完或已损坏')
}
