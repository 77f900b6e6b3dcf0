/** Photos as they are kept: without place and device, upright, in smaller sizes; old ones are brought to the same. */
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../../kernel/id.ts'
import type { Download } from '../../../kernel/route.ts'
import { plantRecordWorld, type RecordWorld } from '../../../test/worlds/records.ts'
import * as contract from './contract.ts'
import { renewPictures } from './pictures.ts'

let w: RecordWorld
let record: string

beforeAll(async () => {
  w = await plantRecordWorld()
})
afterAll(() => w.world.close())
beforeEach(async () => {
  const body = w.planting({ title: `活动 ${newId()}` })
  record = (await w.call(w.secretary, contract.createRecord, { params: { ledger: 'themeActivity' }, body }))
    .id
})

const upload = async (bytes: Uint8Array, name = '现场.jpg') => {
  const uploads = [{ name, mediaType: 'image/jpeg', bytes }]
  const { attachments } = await w.call(w.secretary, contract.addAttachments, {
    params: { id: record },
    uploads,
  })
  return attachments[0] ?? expect.fail('nothing was kept')
}
const read = async (id: string, size?: 'small' | 'medium') => {
  const got = (await w.call(w.reader, contract.getAttachment, {
    params: { id },
    query: size ? { size } : {},
  })) as unknown as Download
  return { mediaType: got.mediaType, bytes: Buffer.from(got.body as Uint8Array) }
}

const SECRET = {
  IFD0: { Make: 'Zhongmi', Model: 'Nine' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 14/1 0/1' },
}
/** Lies on its side: left half red, right half blue; upright the red is above. */
const photo = (format: 'jpeg' | 'png' | 'webp' = 'jpeg', width = 2000) =>
  sharp({ create: { width, height: 1000, channels: 3, background: '#0000ff' } })
    .composite([
      {
        input: { create: { width: width / 2, height: 1000, channels: 3, background: '#ff0000' } },
        gravity: 'west',
      },
    ])
    .withExif(SECRET)
    .withMetadata({ orientation: 6, exif: SECRET })
    .toFormat(format)
    .toBuffer()

describe('a photo', () => {
  test.each(['jpeg', 'png', 'webp'] as const)(
    'as %s is kept upright, without place and device',
    async (format) => {
      const sent = await photo(format)
      expect(sent.includes('Zhongmi')).toBe(true)
      const { id, size, mediaType } = await upload(sent)
      const kept = await read(id)
      expect([mediaType, kept.mediaType, size]).toEqual([
        `image/${format}`,
        `image/${format}`,
        kept.bytes.length,
      ])
      expect(kept.bytes.includes('Zhongmi')).toBe(false)
      const { width, height, exif, orientation } = await sharp(kept.bytes).metadata()
      expect({ width, height, exif, orientation }).toEqual({ width: 1000, height: 2000 })
      const { data } = await sharp(kept.bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true })
      expect([(data[0] ?? 0) > 250, (data[2] ?? 0) < 5]).toEqual([true, true])
    },
  )

  test('is the same picture for everyone who sends it', async () => {
    const sent = await photo()
    const [one, other] = [await upload(sent), await upload(sent)]
    expect((await read(one.id)).bytes).toEqual((await read(other.id)).bytes)
  })

  test('is served small and in a phone’s width; what has no sizes as it is', async () => {
    const { id } = await upload(await photo('webp'))
    for (const [size, longest] of [
      ['small', 320],
      ['medium', 1080],
    ] as const) {
      const { mediaType, bytes } = await read(id, size)
      expect(mediaType).toBe('image/jpeg')
      expect((await sharp(bytes).metadata()).height).toBe(longest)
    }
    const pdf = await upload(Buffer.from('%PDF-1.4 签到'), '签到.pdf')
    expect((await read(pdf.id, 'small')).mediaType).toBe('application/pdf')
  })

  test('of HEIC keeps its picture and loses its metadata', async () => {
    const avif = await sharp(await photo('png', 64))
      .withExif(SECRET)
      .avif({ effort: 0 })
      .toBuffer()
    avif.write('heic', 8, 'latin1')
    expect(avif.includes('Zhongmi')).toBe(true)
    const { id, mediaType } = await upload(avif, 'IMG_0001.HEIC')
    const { bytes } = await read(id, 'small')
    expect(mediaType).toBe('image/heic')
    expect(bytes.includes('Zhongmi')).toBe(false)
    expect(bytes).toHaveLength(avif.length)
    await expect(upload(avif.subarray(0, 200), '断了.heic')).rejects.toMatchObject({ code: 'attachment' })
  })
})

describe('what is no photo', () => {
  test('a script behind or within a photo does not come along', async () => {
    const script = Buffer.from('<script>alert(1)</script>')
    const sent = await photo()
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, script.length + 2]), script])
    const mixed = Buffer.concat([sent.subarray(0, 2), comment, sent.subarray(2), script])
    const { id } = await upload(mixed)
    expect((await read(id)).bytes.includes('script')).toBe(false)
  })

  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>'
  test.each([
    ['SVG', Buffer.from(svg)],
    ['HTML', Buffer.from('<!doctype html><script>1</script>')],
    ['a GIF', Buffer.from('GIF89a')],
    ['SVG behind the mark of a JPEG', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(svg)])],
  ])('%s named .jpg is refused', async (_, bytes) => {
    await expect(upload(bytes)).rejects.toMatchObject({ code: 'attachment' })
  })

  test('half a photo is refused by name, and nothing is kept', async () => {
    const sent = await photo()
    const refused = upload(sent.subarray(0, sent.length / 2), '半张.jpg')
    await expect(refused).rejects.toMatchObject({
      problems: [{ field: '半张.jpg', reason: expect.stringContaining('打不开') }],
    })
    const { attachments } = await w.call(w.reader, contract.getRecord, { params: { id: record } })
    expect(attachments).toEqual([])
  })

  test('30,000 by 30,000 points are refused by what the header says', async () => {
    const tiny = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })
      .png()
      .toBuffer()
    tiny.writeUInt32BE(30_000, 16)
    tiny.writeUInt32BE(30_000, 20)
    // The header's checksum, as libpng holds it against the new sizes.
    const { crc32 } = await import('node:zlib')
    tiny.writeUInt32BE(crc32(tiny.subarray(12, 29)), 29)
    await expect(upload(tiny)).rejects.toMatchObject({
      problems: [{ reason: expect.stringContaining('太大') }],
    })
  })
})

describe('photos of earlier days', () => {
  const never = () => false
  const oldPhoto = async (bytes: Uint8Array, mediaType: string) => {
    const { id } = await upload(await photo('jpeg', 64))
    const sha256 = await w.world.services.files.put(bytes)
    await w.world.owner
      .updateTable('attachment')
      .set({ sha256, mediaType, size: bytes.length })
      .where('id', '=', id)
      .execute()
    return { id, sha256 }
  }
  const imageOf = (sha256: string) => ({ id: newId(), sha256, size: 1 })

  test('lose place and device, with whatever names them, and get their sizes; once', async () => {
    const { id, sha256 } = await oldPhoto(await photo(), 'image/jpeg')
    const broken = await oldPhoto(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2]), 'image/jpeg')
    const missing = await oldPhoto(await photo('png'), 'image/png')
    await w.world.services.files.remove(missing.sha256)
    const change = newId()
    await w.world.owner
      .insertInto('mergeChange')
      .values({
        countyId: newId(),
        id: change,
        mergeId: newId(),
        place: 0,
        subject: 'attachment',
        rowKey: 'x',
        before: null,
        after: JSON.stringify(imageOf(sha256)),
      })
      .execute()

    expect(await renewPictures(w.world.services, () => true)).toEqual({ renewed: 0, unreadable: [] })
    expect(await renewPictures(w.world.services, never)).toEqual({ renewed: 1, unreadable: ['现场.jpg'] })
    const { bytes } = await read(id)
    expect(bytes.includes('Zhongmi')).toBe(false)
    expect((await sharp((await read(id, 'small')).bytes).metadata()).height).toBe(320)
    const row = await w.world.owner
      .selectFrom('attachment')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(row.size).toBe(bytes.length)
    const kept = await w.world.owner
      .selectFrom('mergeChange')
      .select('after')
      .where('id', '=', change)
      .executeTakeFirst()
    expect(kept?.after).toMatchObject({ sha256: row.sha256, size: row.size })
    expect((await read(broken.id)).bytes).toHaveLength(6)

    expect(await renewPictures(w.world.services, never)).toEqual({ renewed: 0, unreadable: [] })
    await w.world.services.files.put(await photo('png'))
    expect(await renewPictures(w.world.services, never)).toEqual({ renewed: 1, unreadable: [] })
    expect((await read(missing.id)).bytes.includes('Zhongmi')).toBe(false)
  })
})
