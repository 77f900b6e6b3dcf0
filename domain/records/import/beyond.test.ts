/** A roster that means people who have moved on: nothing of theirs is changed or told; the row says what is the case. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorWith } from '../../../kernel/testing.ts'
import { type Desk, openDesk } from '../../../test/worlds/importing.ts'
import { inTransaction } from '../../../test/worlds/tree.ts'
import { enterMembers } from '../../structure/memberships/enter.ts'
import { uploadFile } from './contract.ts'
import { importFile } from './importFile.ts'
import { book, idOf } from './sheet/fixtures/build.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.world.close())

const HEADER = ['姓名', '身份证号', '所在团支部', '学历', '联系电话']
const OFFICERS = ['姓名', '联系电话', '所在团组织', '职务']

/** In 柳河村 until March, in 桃源村 since, with the phone of today. */
async function moved(name: string, phone: string, idNumber: string) {
  const { willow, peach } = desk.tree
  const person = { name, phone, idNumber }
  await inTransaction(desk.world.services, (ctx) =>
    enterMembers(
      ctx,
      [
        {
          person: { ...person, orgId: willow.id },
          from: '2022-01-01',
          to: '2024-03-01',
          endReason: 'transferOut',
        },
        { person: { ...person, orgId: peach.id }, from: '2024-03-01' },
      ],
      { statedOn: '2024-06-01' },
    ),
  )
}

async function take(rows: (string | null)[][], header: string[], kind: string) {
  const { north } = desk.tree
  const bytes = book([header, ...rows])
  const actor = actorWith([{ orgId: north.id, countyId: north.countyId, path: north.path, role: 'manager' }])
  const uploads = [{ name: '表.xlsx', mediaType: 'application/octet-stream', bytes }]
  const { file } = await desk.call(uploadFile, { body: { org: north.id, kind } as never, uploads }, actor)
  const request = { file, org: north.id, kind }
  return importFile({ services: desk.world.services, actor, request, progress: async () => undefined })
}

const people = () => desk.world.owner.selectFrom('person').selectAll().orderBy('id').execute()

test('the old branch’s roster changes nobody who moved away, and learns nothing', async () => {
  await moved('安定', '19900006001', idOf(41))
  await moved('安宁', '19900006002', idOf(42))
  const before = await people()
  const members = await take(
    [
      ['安定', idOf(41), '柳河村团支部', '硕士', '19900007777'],
      ['安甲', idOf(42), '柳河村团支部', '硕士', null],
    ],
    HEADER,
    'members',
  )
  expect(members.rows.map((r) => r.state)).toEqual(['refused', 'refused'])
  const said = JSON.stringify(members.rows)
  expect(said).toMatch(/您管理范围以外的团支部/)
  expect(said).not.toMatch(/桃源|安宁|6001/)
  const officers = await take([['安定', '19900006001', '柳河村团支部', '组织委员']], OFFICERS, 'officers')
  expect(JSON.stringify(officers.rows)).toMatch(/现在在您管理范围以外的团组织/)
  // A whole ID number is known to many, and gives nobody a person who stands elsewhere.
  const byNumber = await take(
    [['随便写', idOf(41), '柳河村团支部', '组织委员']],
    ['姓名', '身份证号', '所在团组织', '职务'],
    'officers',
  )
  expect(byNumber.rows.map((r) => r.state)).toEqual(['refused'])
  expect(await people()).toEqual(before)
  expect(await desk.world.owner.selectFrom('appointment').select('id').execute()).toEqual([])
})
