/** Strangers' files at the doors: judged, in words, and asked for only from whom they may come. */
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bookParts, hostileFiles, rows } from '../kernel/spreadsheet/fixtures/hostile.ts'
import { zipOf } from '../kernel/spreadsheet/fixtures/zips.ts'
import { type Door, type Doors, openDoors } from '../test/worlds/uploading.ts'

let doors: Doors

beforeAll(async () => {
  doors = await openDoors()
}, 120_000)
afterAll(() => doors.close())

const SOME = [
  'one cell in the farthest corner',
  'a million laughs',
  '10,000 names of one sheet',
  'elements 10,000 deep',
  'cut in the middle',
  '3,000 parts',
]

describe('a file that no office sends', { timeout: 120_000 }, () => {
  test('is refused at every door with words, and nobody waits for it', async () => {
    for (const file of hostileFiles(SOME))
      for (const door of ['import', 'form', 'columns'] as Door[]) {
        const [sent, waited] = await Promise.all([doors.send(door, file), doors.neighbour()])
        expect([file.name, door, sent.status]).toEqual([file.name, door, 400])
        expect(sent.title).toMatch(/请/)
        expect(waited).toBeLessThan(5_000)
      }
  })

  test('that is fine is read: GB18030, and a dimension that is not true', async () => {
    for (const file of hostileFiles(['CSV in GB18030', 'a dimension of the whole sheet over three rows']))
      expect(await doors.send('import', file)).toMatchObject({ status: 200 })
  })

  test('five at once are all answered', async () => {
    const [file] = hostileFiles(['a good one'])
    if (!file) throw new Error('no good one')
    const answers = await Promise.all(Array.from({ length: 5 }, () => doors.send('import', file)))
    expect(answers.map((one) => one.status)).toEqual(Array(5).fill(200))
  })
})

describe('a form of 100 × 26 cells', { timeout: 120_000 }, () => {
  test('is taken in, listed and opened', async () => {
    const letter = (at: number) => String.fromCharCode(65 + at)
    const text = (place: string, said: string) => `<c r="${place}" t="inlineStr"><is><t>${said}</t></is></c>`
    const line = (row: number) =>
      Array.from({ length: 26 }, (_, at) => {
        const place = letter(at) + row
        if (row > 1 && at > 0) return `<c r="${place}" s="0"/>`
        return text(place, row === 1 ? `栏目${letter(at)}` : `项目${row}`)
      }).join('')
    const bytes = zipOf(bookParts({ sheet: `<sheetData>${rows(100, line)}</sheetData>` }))
    expect(await doors.send('form', { bytes, fileName: '大表.xlsx' })).toMatchObject({ status: 200 })
    const begun = process.cpuUsage()
    const listed = await fetch(`${doors.address}/api/forms?org=${doors.tree.north.id}`, {
      headers: doors.headers,
    })
    const { user } = process.cpuUsage(begun)
    const { forms } = (await listed.json()) as { forms: { open: number }[] }
    expect(forms[0]?.open).toBe(99 * 25)
    // It took two seconds of reckoning when every listing opened the file.
    expect(user / 1000).toBeLessThan(500)
  })
})

describe('before a file is read', { timeout: 60_000 }, () => {
  const org = (id: string) => field('org', id)
  const field = (name: string, value: string) => `${part(`name="${name}"`)}${value}\r\n`
  const part = (head: string) => `--grenze\r\ncontent-disposition: form-data; ${head}\r\n\r\n`
  const FILE = `${part('name="file"; filename="a.xlsx"')}PK`

  /** Sends this much of a form, and no more. */
  const begin = (door: string, sent: string, size = 1_000_000) =>
    new Promise<[status: number | undefined, told: string]>((resolve, reject) => {
      const sending = request(`${doors.address}/api/${door}`, {
        method: 'POST',
        headers: {
          ...doors.headers,
          'content-type': 'multipart/form-data; boundary=grenze',
          'content-length': size,
        },
      })
      sending.on('response', async (answer) => {
        resolve([answer.statusCode, await text(answer)])
        sending.destroy()
      })
      sending.on('error', reject)
      sending.write(sent)
    })

  test('the organisation must be one’s own, and the size one that may be', async () => {
    const { south, north } = doors.tree
    expect((await begin('imports/files', org(south.id) + FILE))[0]).toBe(404)
    expect((await begin('forms', org(south.id) + FILE))[0]).toBe(404)
    expect((await begin('imports/files', org(north.id) + FILE, 900_000_000))[0]).toBe(400)
  })

  test('the record must be one that may be changed', async () => {
    const id = '01900000-0000-7000-8000-000000000000'
    expect((await begin(`records/${id}/attachments`, FILE))[0]).toBe(404)
  })

  test.each(['imports/files', 'forms'])(
    '%s: the organisation is said first, and nothing else',
    async (door) => {
      const { north, south } = doors.tree
      const [status, told] = await begin(door, FILE)
      expect([status, JSON.parse(told)]).toMatchObject([
        400,
        { title: expect.stringContaining('写在文件前面'), problems: [{ field: 'org', reason: '必填' }] },
      ])
      expect(await begin(door, field('ord', north.id) + org(north.id) + FILE)).toMatchObject([
        400,
        expect.stringContaining('是不是“org”'),
      ])
      expect(await begin(door, org(south.id) + org(north.id) + FILE)).toMatchObject([
        400,
        expect.stringContaining('写了两次'),
      ])
      const late = `${org(north.id)}${FILE}\r\n${field('kind', 'members')}--grenze--\r\n`
      expect(await begin(door, late, Buffer.byteLength(late))).toMatchObject([
        400,
        expect.stringContaining('写在了文件后面'),
      ])
    },
  )
})
