/** Strangers' files at the doors: judged, in words, and asked for only from whom they may come. */
import { request } from 'node:http'
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
  /** Sends the head of a form and the first bytes of its file, and no more. */
  const begin = (door: string, org: string, size: number) =>
    new Promise<number>((resolve, reject) => {
      const part = (head: string) => `--grenze\r\ncontent-disposition: form-data; ${head}\r\n\r\n`
      const sending = request(`${doors.address}/api/${door}`, {
        method: 'POST',
        headers: {
          ...doors.headers,
          'content-type': 'multipart/form-data; boundary=grenze',
          'content-length': size,
        },
      })
      sending.on('response', (answer) => {
        resolve(answer.statusCode ?? 0)
        sending.destroy()
      })
      sending.on('error', reject)
      sending.write(`${part('name="org"')}${org}\r\n${part('name="file"; filename="a.xlsx"')}PK`)
    })

  test('the organisation must be one’s own, and the size one that may be', async () => {
    const { south, north } = doors.tree
    expect(await begin('imports/files', south.id, 1_000_000)).toBe(404)
    expect(await begin('forms', south.id, 1_000_000)).toBe(404)
    expect(await begin('imports/files', north.id, 900_000_000)).toBe(400)
  })

  test('the record must be one that may be changed', async () => {
    const id = '01900000-0000-7000-8000-000000000000'
    expect(await begin(`records/${id}/attachments`, '', 1_000_000)).toBe(404)
  })
})
