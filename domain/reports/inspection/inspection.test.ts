import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Route, run } from '../../../kernel/route.ts'
import { plantRecordWorld, type RecordWorld } from '../../../test/worlds/records.ts'
import { addAttachments, createRecord } from '../../records/ledgers/contract.ts'
import { type BundleAsked, getInspection, makeBundle } from './contract.ts'
import { jobs, routes } from './handlers.ts'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const YEAR = { from: '2024-01-01', to: '2024-12-31' }

let place: RecordWorld

beforeAll(async () => {
  place = await plantRecordWorld()
  const { call, secretary, tree } = place
  const record = (ledger: string, body: Parameters<RecordWorld['planting']>[0]) =>
    call(secretary, createRecord, { params: { ledger }, body: place.planting(body) })
  const { id } = await record('meeting', {
    title: '一季度支部大会',
    day: '2024-02-03',
    fields: { kind: 'branchMeeting', minutes: '讨论全年计划。' },
  })
  const uploads = [
    { name: '会场.png', mediaType: 'image/png', bytes: PNG },
    { name: '签到表.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.4 签到') },
    { name: '坏照片.png', mediaType: 'image/png', bytes: PNG },
  ]
  await call(secretary, addAttachments, { params: { id }, uploads })
  // Taken in before pictures were looked at.
  const sha256 = await place.world.services.files.put(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2]))
  await place.world.owner
    .updateTable('attachment')
    .set({ sha256, name: '坏照片.jpg', mediaType: 'image/jpeg' })
    .where('name', '=', '坏照片.png')
    .execute()
  await record('meeting', { title: '支委会', day: '2024-03-06', fields: { kind: 'branchCommittee' } })
  await record('volunteering', { title: '清理河道', orgId: tree.north.id })
})
afterAll(() => place.world.close())

const asked = (more: Partial<BundleAsked> = {}): BundleAsked => ({
  org: place.tree.north.id,
  ...YEAR,
  ledgers: ['meeting', 'volunteering'],
  ...more,
})

const made = async (input: BundleAsked) => {
  const [kind] = jobs
  const { services } = place.world
  const job = { id: 'x', input, actor: place.secretary, services, progress: async () => undefined }
  const answer = (await kind?.run(job)) as { file: { sha256: string; name: string }; pages: number }
  return { ...answer, bytes: Buffer.from(services.files.get(answer.file.sha256) ?? []) }
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le').swap16()
const times = (bytes: Buffer, text: string) => bytes.toString('latin1').split(text).length - 1

test('a self-check counts each kind by month, and says what lacks photos or minutes', async () => {
  const found = routes.find((r) => r.endpoint.id === getInspection.id) as Route<typeof getInspection>
  const query = { org: place.tree.north.id, ...YEAR }
  const { lines, months } = await run(place.world.services, place.secretary, found, { query })
  expect(months.length).toBe(12)
  const told = lines.map((l) => [l.title, l.count, l.months[1], l.photos, l.withoutPhotos, l.withoutMinutes])
  expect(told).toEqual([
    ['支部大会', 1, 1, 2, 0, 0],
    ['支委会', 1, 0, 0, 1, 1],
    ['志愿服务', 1, 0, 0, 1, 1],
  ])
  const [branchMeetings] = lines
  expect(branchMeetings?.whereNoPhotos).toEqual({ kind: 'branchMeeting', hasPhotos: '否' })
  await expect(run(place.world.services, place.neighbour, found, { query })).rejects.toThrow('没有找到')
})

test('of rows that last it tells what stands and what began apart; the months add up to the latter', async () => {
  const { call, secretary, tree } = place
  const home = (title: string, day: string, closedOn?: string) =>
    call(secretary, createRecord, {
      params: { ledger: 'youthHome' },
      body: { orgId: tree.willow.id, title, day, fields: closedOn ? { closedOn } : {} },
    })
  await home('老站', '2022-05-01')
  await home('新站', '2024-03-01')
  await home('短站', '2024-02-01', '2024-05-01')
  const found = routes.find((r) => r.endpoint.id === getInspection.id) as Route<typeof getInspection>
  const query = { org: tree.willow.id, from: '2024-01-01', to: '2024-06-30' }
  const { lines } = await run(place.world.services, secretary, found, { query })
  const homes = lines.filter((l) => l.ledger === 'youthHome')
  expect(homes.map((l) => [l.standing, l.count, l.months])).toEqual([[2, 2, [0, 1, 1, 0, 0, 0]]])
  expect(lines.find((l) => l.ledger === 'meeting')).not.toHaveProperty('standing')
})

test('one file holds the records in order, prints what can be printed and encloses the rest', async () => {
  const { bytes, pages, file } = await made(asked())
  expect(file.name).toBe('青石镇工作记录（2024年）.pdf')
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  expect(times(bytes, '/Type /Page\n')).toBe(pages)
  // At least a cover, contents, and a part for each of the two organisations.
  expect(pages).toBeGreaterThanOrEqual(4)
  for (const title of ['一季度支部大会', '清理河道']) expect(bytes.includes(utf16(title))).toBe(true)
  // The picture, and how transparent it is.
  expect(times(bytes, '/Subtype /Image')).toBe(2)
  for (const name of ['签到表.pdf', '坏照片.jpg']) expect(bytes.includes(utf16(name.slice(0, 3)))).toBe(true)
})

test('of the organisation alone, or of one ledger, it holds only that', async () => {
  const alone = await made(asked({ depth: '0' }))
  expect(alone.bytes.includes(utf16('一季度支部大会'))).toBe(false)
  const ledger = await made(asked({ ledgers: ['meeting'] }))
  expect(ledger.bytes.includes(utf16('清理河道'))).toBe(false)
  await expect(made(asked({ from: '2020-01-01', to: '2020-12-31' }))).rejects.toThrow('还没有记录')
})

test('is begun only by who may read there, for ledgers that exist', async () => {
  const found = routes.find((r) => r.endpoint.id === makeBundle.id) as Route<typeof makeBundle>
  const begin = (actor: typeof place.secretary, body: BundleAsked) =>
    run(place.world.services, actor, found, { body })
  expect((await begin(place.reader, asked())).job).toMatch(/^[0-9a-f-]{36}$/)
  await expect(begin(place.neighbour, asked())).rejects.toThrow('没有找到')
  await expect(begin(place.secretary, asked({ ledgers: ['nothing'] }))).rejects.toThrow('没有找到')
})
