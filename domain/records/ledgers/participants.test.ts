/** Who may be named among the participants of a record, and who may stay there. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/id.ts'
import { type MergeWorld, plantMergeWorld } from '../../../test/worlds/merging.ts'
import { endMembership, enterMember } from '../../structure/memberships/contract.ts'
import { getPerson } from '../../structure/people/contract.ts'
import { changeRecord, createRecord, getRecord } from './contract.ts'

let w: MergeWorld
let secretary: Actor
beforeAll(async () => {
  w = await plantMergeWorld()
  secretary = w.at('willow')
})
afterAll(() => w.world.close())

const record = (people: string[], more: { id?: string; title?: string } = {}) =>
  w.call(secretary, createRecord, {
    params: { ledger: 'volunteering' },
    body: {
      day: '2024-03-12',
      title: '植树',
      participants: people.map((personId) => ({ personId })),
      ...more,
    },
  })
const resend = (id: string, version: number, people: string[]) =>
  w.call(secretary, changeRecord, {
    params: { id },
    body: { version, participants: people.map((personId) => ({ personId })) },
  })
const peopleOf = async (id: string) =>
  (await w.call(secretary, getRecord, { params: { id } })).participants.map((p) => p.personId)

test('a stranger is as unknown as nobody, in a new record and in an old one', async () => {
  const mine = await w.member('willow', { name: '李一' })
  const stranger = await w.member('peach', { name: '王二' })
  const made = await record([mine])
  for (const unknown of [stranger, newId()]) {
    const refused = {
      kind: 'notFound',
      message: '第 2 人：没有找到这个人。请重新选择。',
      problems: [{ field: 'participants.1.personId' }],
    }
    await expect(record([mine, unknown])).rejects.toMatchObject(refused)
    await expect(resend(made.id, 1, [mine, unknown])).rejects.toMatchObject(refused)
  }
  await expect(w.call(secretary, getPerson, { params: { id: stranger } })).rejects.toMatchObject({
    kind: 'notFound',
  })
  expect(await peopleOf(made.id)).toEqual([mine])
})

test('who stands in a record stays when its list is sent again; elsewhere they cannot be named', async () => {
  const mine = await w.member('willow', { name: '赵三' })
  const guest = await w.member('peach', { name: '钱四' })
  const id = newId()
  await w.call(w.at('county'), createRecord, {
    params: { ledger: 'volunteering' },
    body: {
      id,
      orgId: w.tree.willow.id,
      day: '2024-03-12',
      title: '清扫',
      participants: [{ personId: mine }, { personId: guest }],
    },
  })
  expect((await resend(id, 1, [mine, guest])).version).toBe(2)
  expect((await peopleOf(id)).sort()).toEqual([mine, guest].sort())
  expect((await record([mine, guest], { id, title: '清扫' })).version).toBe(2)
  await expect(record([guest])).rejects.toMatchObject({ kind: 'notFound' })
})

test('who moved away since may still be named for what was then', async () => {
  const mover = await w.member('willow', { name: '孙五' }, '2022-01-01')
  const rows = await w.world.owner
    .selectFrom('membership')
    .select('id')
    .where('personId', '=', mover)
    .execute()
  const on = '2024-06-01'
  await w.call(w.at('county'), endMembership, {
    params: { id: rows[0]?.id ?? '' },
    body: { version: 1, on, reason: 'transferOut' },
  })
  const body = { orgId: w.tree.peach.id, personId: mover, startReason: 'transferIn', from: on }
  await w.call(w.at('county'), enterMember, { body })
  expect(await peopleOf((await record([mover])).id)).toEqual([mover])
})

test('who was merged into another is that other', async () => {
  const kept = await w.member('willow', { name: '周六', birth: '2001-02-03' })
  const gone = await w.member('willow', { name: '周陆', birth: '2001-02-04' })
  const done = await w.merge(w.at('county'), [kept, gone])
  expect(await peopleOf((await record([gone])).id)).toEqual([done.personId])
})

test('a name typed at the township is the one member below who bore it that day; of two it stays a name', async () => {
  const one = await w.member('willow', { name: '周知行', birth: '2003-04' }, '2023-01-01')
  const first = await w.member('willow', { name: '吴同名', birth: '2003-04' }, '2023-01-01')
  await w.member('class1', { name: '吴同名', birth: '2004-09' }, '2023-01-01')
  await w.member('peach', { name: '郑邻镇' }, '2023-01-01')
  const typed = async (day: string) => {
    const { id } = await w.call(w.at('north'), createRecord, {
      params: { ledger: 'volunteering' },
      body: {
        orgId: w.tree.north.id,
        day,
        title: '镇里的活动',
        participants: ['周知行', '吴同名', '郑邻镇', '路人甲'].map((name) => ({ name })),
      },
    })
    const { participants } = await w.call(w.at('north'), getRecord, { params: { id } })
    return Object.fromEntries(participants.map((p) => [p.name, p.personId]))
  }
  expect(await typed('2024-03-12')).toEqual({ 周知行: one, 吴同名: null, 郑邻镇: null, 路人甲: null })
  // Before either joined, nobody there bore the name.
  expect(await typed('2022-03-12')).toEqual({ 周知行: null, 吴同名: null, 郑邻镇: null, 路人甲: null })
  expect(first).not.toBe(one)
})
