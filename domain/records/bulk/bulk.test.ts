import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../../kernel/context.ts'
import type { Endpoint, Input } from '../../../kernel/endpoint.ts'
import { newId } from '../../../kernel/id.ts'
import { getJob } from '../../../kernel/jobs/contract.ts'
import { routes as jobRoutes } from '../../../kernel/jobs/handlers.ts'
import { startRunner } from '../../../kernel/jobs/runner.ts'
import { type Route, run } from '../../../kernel/route.ts'
import { plantRecordWorld, type RecordBody, type RecordWorld } from '../../../test/worlds/records.ts'
import { inTransaction } from '../../../test/worlds/tree.ts'
import * as records from '../ledgers/contract.ts'
import { enterRecords } from '../ledgers/enter.ts'
import { type BulkDeed, type BulkResult, listBulks, previewBulk, startBulk, undoBulk } from './contract.ts'
import { jobs, routes } from './handlers.ts'

let w: RecordWorld
const params = { ledger: 'volunteering' }

function ask<E extends Endpoint>(actor: Actor, endpoint: E, input: Partial<Input<E>>) {
  const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>
  return run(w.world.services, actor, found, input as never)
}
const record = async (title: string, more: Partial<RecordBody> = {}) =>
  (await w.call(w.secretary, records.createRecord, { params, body: { ...w.planting(), title, ...more } })).id
const open = (id: string) => w.call(w.secretary, records.getRecord, { params: { id } })
const titles = async (query: Partial<Input<typeof records.listRecords>['query']> = {}) =>
  (await w.call(w.secretary, records.listRecords, { params, query: { sort: 'title', ...query } })).rows.map(
    (r) => r.title,
  )
const preview = (deed: BulkDeed, asked: object, actor = w.secretary) =>
  ask(actor, previewBulk, { params, body: { deed, ...asked } })
async function change(deed: BulkDeed, asked: object, actor = w.secretary): Promise<BulkResult> {
  const { result } = await ask(actor, startBulk, { params, body: { deed, ...asked } })
  if (!result) throw new Error('went on in the background')
  return result
}
const undo = async ({ bulk }: BulkResult, actor = w.secretary) =>
  (await ask(actor, undoBulk, { params: { id: bulk ?? '' } })).result

let a: string
let b: string
let c: string
let opened: RecordWorld[] = []
beforeEach(async () => {
  w = await plantRecordWorld()
  opened.push(w)
  a = await record('甲', { fields: { kind: 'disaster', hours: 10 } })
  b = await record('乙', { orgId: w.tree.class1.id, fields: { kind: 'elderCare', place: '敬老院' } })
  c = await record('丙', { personTimes: 3 })
})
afterAll(async () => {
  for (const one of opened) await one.world.close()
  opened = []
})

describe('one field of many', () => {
  const deed: BulkDeed = { kind: 'set', field: 'kind', value: 'elderCare' }

  test('is looked at before, changed with a trace in each, and taken back', async () => {
    const before = await preview(deed, { filter: {} })
    expect([before.total, before.will]).toEqual([3, 2])
    expect(before.left).toMatchObject([
      { reason: '本来就是这样，不用改', count: 1, examples: [{ title: '乙' }] },
    ])
    expect(before.sample.find((s) => s.title === '甲')?.changes).toEqual([
      { title: '服务类型', before: '应急抢险', after: '敬老助残' },
    ])
    const done = await change(deed, { filter: {} })
    expect(done).toMatchObject({ done: 2, left: [{ count: 1 }] })
    const after = await open(a)
    expect(after).toMatchObject({ version: 2, fields: { kind: 'elderCare', hours: 10 }, personTimes: 32 })
    expect(after.history.map((h) => h.verb)).toEqual(['record', 'change'])
    expect((await open(b)).version).toBe(1)
    expect(await undo(done)).toMatchObject({ done: 2, left: [] })
    expect((await open(a)).fields).toEqual({ kind: 'disaster', hours: 10 })
    expect((await open(c)).fields).toEqual({})
    await expect(undo(done)).rejects.toMatchObject({ code: 'undone' })
  })

  test('leaves what was changed again since', async () => {
    const done = await change(deed, { ids: [a, c] })
    await w.call(w.secretary, records.changeRecord, {
      params: { id: a },
      body: { version: 2, fields: { kind: 'other' } },
    })
    expect(await undo(done)).toMatchObject({ done: 1, left: [{ reason: '后来又改过，没有退回', count: 1 }] })
    expect((await open(a)).fields.kind).toBe('other')
  })

  test('says why a record cannot be so, and what cannot be set at all', async () => {
    const wrong = await preview({ kind: 'set', field: 'hours', value: -3 }, { ids: [a] })
    expect([wrong.will, wrong.left[0]?.reason]).toEqual([0, expect.stringContaining('不能小于 0')])
    await expect(preview({ kind: 'set', field: 'colour', value: 1 }, { ids: [a] })).rejects.toThrow(
      '请选择要改哪一项',
    )
  })
})

test('what was changed together is told in words to those who may take it back', async () => {
  await change({ kind: 'set', field: 'kind', value: 'elderCare' }, { ids: [a] })
  const voided = await change({ kind: 'void', reason: '记重了' }, { ids: [b] })
  await undo(voided)
  const told = async (actor: Actor) =>
    (await ask(actor, listBulks, { params })).changes.map((c) => [c.words, c.count, c.undoneAt !== null])
  expect(new Set(await told(w.secretary))).toEqual(
    new Set([
      ['作废：记重了', 1, true],
      ['“服务类型”改成敬老助残', 1, false],
    ]),
  )
  expect(await told(w.neighbour)).toEqual([])
  await expect(ask(w.reader, listBulks, { params })).rejects.toMatchObject({ kind: 'forbidden' })
})

describe('rights', () => {
  test('end where one’s organisation ends; a reader changes nothing', async () => {
    const deed: BulkDeed = { kind: 'void', reason: '记重了' }
    const village = w.at('willow', 'manager')
    const nothing = newId()
    const looked = await preview(deed, { ids: [a, b, c, nothing] }, village)
    expect(looked).toMatchObject({ total: 4, will: 2 })
    expect(looked.left).toEqual([{ reason: '没有找到这条记录', count: 2, examples: [] }])
    expect(looked.sample.map((s) => s.title).sort()).toEqual(['丙', '甲'])
    expect((await change(deed, { ids: [a, b, c] }, village)).done).toBe(2)
    expect(await titles()).toEqual(['乙'])
    await expect(change(deed, { ids: [b] }, w.reader)).rejects.toMatchObject({ kind: 'forbidden' })
    expect((await change(deed, { ids: [b] }, w.neighbour)).done).toBe(0)
  })

  test('an undo is for those who could have done it', async () => {
    const done = await change({ kind: 'void', reason: '记重了' }, { ids: [a] })
    await expect(undo(done, w.neighbour)).rejects.toMatchObject({ kind: 'notFound' })
  })
})

test('records are voided for a reason, restored together, and either is taken back', async () => {
  await expect(change({ kind: 'void' }, { ids: [a] })).rejects.toThrow('原因')
  const voided = await change({ kind: 'void', reason: '记重了' }, { filter: { text: '甲' } })
  expect(await titles()).toEqual(['丙', '乙'])
  expect((await open(a)).history.at(-1)).toMatchObject({ verb: 'void', reason: '记重了' })
  const again = await preview({ kind: 'void', reason: '再作废' }, { ids: [a] })
  expect(again.left).toMatchObject([{ reason: '已经作废' }])
  expect((await undo(voided))?.done).toBe(1)
  expect((await open(a)).voidedAt).toBeNull()
  await change({ kind: 'void', reason: '记重了' }, { ids: [a, b] })
  const restored = await change({ kind: 'restore' }, { filter: {} })
  expect([restored.done, (await titles()).length]).toEqual([2, 3])
  await undo(restored)
  expect(await titles()).toEqual(['丙'])
})

test('what was recorded at the wrong organisation goes to the right one, and back', async () => {
  const deed: BulkDeed = { kind: 'move', orgId: w.tree.school.id }
  expect((await preview(deed, { ids: [a] })).sample[0]?.changes).toEqual([
    { title: '组织', before: '柳河村团支部', after: '青石中学团总支' },
  ])
  const done = await change(deed, { ids: [a] })
  expect(await open(a)).toMatchObject({ org: { name: '青石中学团总支', path: w.tree.school.path } })
  expect(await titles({ org: w.tree.school.id })).toEqual(['甲', '乙'].sort())
  await undo(done)
  expect((await open(a)).org.name).toBe('柳河村团支部')
  const away: BulkDeed = { kind: 'move', orgId: w.tree.peach.id }
  await expect(change(away, { ids: [a] })).rejects.toMatchObject({ kind: 'notFound' })
})

test('many are changed in the background, once', async () => {
  const drafts = Array.from({ length: 620 }, (_, n) => ({
    ...w.planting(),
    orgId: w.tree.willow.id,
    title: `第${n}次`,
  }))
  await inTransaction(w.world.services, (ctx) => enterRecords(ctx, 'volunteering', drafts))
  const body = { deed: { kind: 'set' as const, field: 'place', value: '河边' }, filter: { text: '第' } }
  const { job } = await ask(w.secretary, startBulk, { params, body })
  const runner = startRunner(w.world.services, jobs, async () => w.secretary)
  const look = () => {
    const found = jobRoutes.find((r) => r.endpoint.id === getJob.id) as Route<typeof getJob>
    return run(w.world.services, w.secretary, found, { params: { id: job ?? '' } })
  }
  await expect.poll(async () => (await look()).endedAt, { timeout: 20_000 }).not.toBeNull()
  await runner.stop()
  expect(await look()).toMatchObject({
    state: 'done',
    title: '批量修改“志愿服务”，620 条',
    result: { done: 620 },
  })
  expect((await titles({ where: '{"place":"河边"}', size: 1 })).length).toBe(1)
})
