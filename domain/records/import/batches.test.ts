import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { contextOf } from '../../../kernel/context.ts'
import { getJob, type Job } from '../../../kernel/jobs/contract.ts'
import { routes as jobRoutes } from '../../../kernel/jobs/handlers.ts'
import { askCancel, startRunner } from '../../../kernel/jobs/runner.ts'
import { type Route, run } from '../../../kernel/route.ts'
import { type Desk, openDesk } from '../../../test/worlds/importing.ts'
import {
  commitImport,
  getBatch,
  type ImportReport,
  listBatches,
  previewImport,
  undoBatch,
} from './contract.ts'
import { jobs } from './handlers.ts'
import { importFile } from './importFile.ts'
import { book, idOf, phoneOf, type Written } from './sheet/fixtures/build.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.world.close())

const HEADER = ['姓名', '性别', '身份证号', '所在团支部', '联系电话']
const member = (i: number, name: string, branch: string): Written[] => [
  name,
  i % 3 === 0 ? '女' : '男',
  idOf(i),
  branch,
  phoneOf(i),
]
const roster = (...rows: Written[][]) => book([['白鹭镇团员花名册'], HEADER, ...rows])

/** Everything that counts, without what only says when and how often a row was touched. */
async function state() {
  const tables = [
    'org',
    'org_span',
    'identity',
    'person',
    'person_trait',
    'membership',
    'appointment',
    'record',
    'nil_declaration',
  ]
  const found: Record<string, unknown[]> = {}
  for (const table of tables) {
    const { rows } = await sql<Record<string, unknown>>`
      select to_jsonb(t) - 'version' - 'recorded_at' as row from ${sql.id(table)} t
      where to_jsonb(t) ->> 'voided_at' is null order by to_jsonb(t)::text`.execute(desk.world.owner)
    found[table] = rows
  }
  return found
}

describe('an undo', () => {
  test('leaves everything as it was, once and again, and the file may come back', async () => {
    const { south, peach } = desk.tree
    await desk.take(
      book([
        ['姓名', '身份证号'],
        ['赵一鸣', idOf(1)],
      ]),
      peach,
    )
    const before = await state()
    const file = roster(
      member(1, '赵一鸣', '桃源村'),
      member(2, '钱晓', '李家村'),
      member(3, '孙思远', '新塘村团支部'),
    )
    const taken = await desk.take(file, south, { createOrgs: true })
    expect(taken).toMatchObject({ written: true, counts: { updated: 1, new: 2 } })
    expect(await state()).not.toEqual(before)
    const undone = await desk.undo(taken)
    expect(undone.undoneAt).not.toBeNull()
    expect(await state()).toEqual(before)
    expect((await desk.undo(taken)).undoneAt).toBe(undone.undoneAt)
    const again = await desk.take(file, south, { createOrgs: true })
    expect(again).toMatchObject({ written: true, duplicateOf: null, counts: { updated: 1, new: 2 } })
  })

  test('gives back a declaration that the records had contradicted', async () => {
    const { peach } = desk.tree
    const { owner } = desk.world
    await sql`insert into nil_declaration select ${peach.countyId}, gen_random_uuid(), 'themeActivity', ${peach.id},
      ${peach.path}, '2024-03-01', '2024-03-31', ${peach.id}, now(), null`.execute(owner)
    const before = await state()
    const taken = await desk.take(
      book([
        ['活动名称', '活动时间', '参加人数'],
        ['植树', '2024-03-12', 30],
      ]),
      peach,
      {
        kind: 'themeActivity',
      },
    )
    expect((await state()).nil_declaration).toEqual([])
    await desk.undo(taken)
    expect(await state()).toEqual(before)
  })

  test('is refused where later work would go with it', async () => {
    const { south, plum } = desk.tree
    const taken = await desk.take(roster(member(1, '赵一鸣', '桃源村')), south)
    await desk.take(
      book([
        ['姓名', '身份证号', '职务'],
        ['赵一鸣', idOf(1), '书记'],
      ]),
      plum,
      { kind: 'officers' },
    )
    const params = { id: taken.batch ?? '' }
    const { obstacles } = await desk.call(getBatch, { params })
    expect(obstacles).toEqual(['赵一鸣后来又登记了团籍、职务、活动或账号'])
    await expect(desk.call(undoBatch, { params })).rejects.toMatchObject({ code: 'dependsOn' })
    expect((await desk.call(getBatch, { params })).batch.undoneAt).toBeNull()
  })
})

describe('the same file', () => {
  test('is noticed, with its batch, and written again only when somebody says so', async () => {
    const { south } = desk.tree
    const file = roster(member(1, '赵一鸣', '桃源村'))
    const first = await desk.take(file, south)
    const second = await desk.take(file, south)
    expect(second).toMatchObject({
      written: false,
      batch: null,
      duplicateOf: { id: first.batch, by: '测试员' },
    })
    const third = await desk.take(file, south, { accepted: ['sameFile'] })
    expect(third).toMatchObject({ written: true, counts: { unchanged: 1 } })
    const { batches, total } = await desk.call(listBatches, { query: { org: south.id } })
    expect(total).toBe(2)
    expect(batches[1]).toMatchObject({
      id: first.batch,
      kind: 'members',
      kindTitle: '团员花名册',
      counts: { rows: 1, new: 1, failed: 0 },
      undoneAt: null,
    })
    const { rows } = await desk.call(getBatch, { params: { id: first.batch ?? '' } })
    expect(rows).toMatchObject([{ subject: 'membership', title: '赵一鸣', org: '桃源村团支部' }])
  })
})

describe('a mapping', () => {
  test('once confirmed is used for the same header of the same sender', async () => {
    const { peach, plum } = desk.tree
    const file = (name: string, birth: string) =>
      book([
        ['甲栏', '性别', '乙栏'],
        [name, '男', birth],
      ])
    const mapping = { 甲栏: 'name', 乙栏: 'birthDate' }
    const first = await desk.take(file('赵一鸣', '2001-05-06'), peach, { kind: 'members', mapping })
    expect(first).toMatchObject({ written: true, remembered: false })
    const preview = await desk.upload(file('钱晓', '2001-06-06'), peach)
    expect(preview).toMatchObject({ kind: 'members', remembered: true, dataRows: 1 })
    const second = await desk.take(file('钱晓', '2001-06-06'), peach)
    expect(second).toMatchObject({ written: true, remembered: true })
    const other = await desk.upload(file('孙思远', '2001-07-06'), plum)
    expect(other.remembered).toBe(false)
  })
})

describe('in the background', () => {
  const job = async (id: string): Promise<Job> => {
    const found = jobRoutes.find((one) => one.endpoint.id === getJob.id) as Route<typeof getJob>
    return run(desk.world.services, desk.actor, found, { params: { id } })
  }
  const commit = async (bytes: Uint8Array) => {
    const { file } = await desk.upload(bytes, desk.tree.south)
    return desk.call(commitImport, { body: { file, org: desk.tree.south.id } })
  }

  test('a job takes it over and keeps the report', async () => {
    const { job: id } = await commit(roster(member(1, '赵一鸣', '桃源村')))
    const runner = startRunner(desk.world.services, jobs, async () => desk.actor)
    try {
      await vi.waitFor(async () => expect((await job(id)).state).toBe('done'), {
        timeout: 15_000,
        interval: 50,
      })
    } finally {
      await runner.stop()
    }
    const done = await job(id)
    expect(done.stage).toBe('写入')
    expect(done.result).toMatchObject({ written: true, counts: { new: 1 } })
    expect(JSON.stringify(done)).not.toContain(idOf(1))
    expect(JSON.stringify(done)).not.toContain(phoneOf(1))
  })

  test('a run repeated after a crash answers what the first one did', async () => {
    const { file } = await desk.upload(roster(member(1, '赵一鸣', '桃源村')), desk.tree.south)
    const { services } = desk.world
    const request = { file, org: desk.tree.south.id }
    const once = () =>
      importFile({ services, actor: desk.actor, request, key: 'job:1', progress: async () => undefined })
    const first: ImportReport = await once()
    expect(first.written).toBe(true)
    expect(await once()).toEqual(first)
  })

  test('one that is stopped leaves nothing behind', async () => {
    const { job: id } = await commit(roster(member(1, '赵一鸣', '桃源村')))
    const { services } = desk.world
    await services.db.transaction().execute((db) => askCancel(contextOf(services, db, desk.actor), id))
    expect((await job(id)).state).toBe('cancelled')
    const before = await state()
    const { file } = await desk.upload(roster(member(1, '赵一鸣', '桃源村')), desk.tree.south)
    const request = { file, org: desk.tree.south.id }
    const progress = async (stage: string) => {
      if (stage === '写入') throw new Error('stopped')
    }
    await expect(importFile({ services, actor: desk.actor, request, progress })).rejects.toThrow('stopped')
    expect(await state()).toEqual(before)
  })
})

test('an uploaded file opens for its uploader only', async () => {
  const { south } = desk.tree
  const { file } = await desk.upload(roster(member(1, '赵一鸣', '桃源村')), south)
  const other = { ...desk.actor, accountId: south.id }
  await expect(desk.call(previewImport, { body: { file, org: south.id } }, other)).rejects.toThrow('重新上传')
  expect((await desk.call(previewImport, { body: { file, org: south.id } })).dataRows).toBe(1)
})
