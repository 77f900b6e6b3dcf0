import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actorWith } from '../../../../kernel/testing.ts'
import { type Desk, openDesk } from '../../../../test/worlds/importing.ts'
import { undoBatch } from '../contract.ts'
import { enterTyped } from './contract.ts'
import type { TypedCells } from './read.ts'

let desk: Desk

beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.world.close())

const neighbour = () => {
  const { id, countyId, path } = desk.tree.south
  return actorWith([{ orgId: id, countyId, path, role: 'manager' }])
}

const type = (rows: TypedCells[], keep: 'none' | 'all' | 'good' = 'all', accepted: 'sameRow'[] = []) =>
  desk.call(enterTyped, {
    params: { ledger: 'themeActivity' },
    body: { org: desk.tree.north.id, rows, keep, accepted },
  })

const held = async () => {
  const { rows } = await sql<{
    title: string
    day: string
    org: string
    personTimes: number | null
    fields: unknown
    quantities: unknown
  }>`
    select r.title, r.day, s.name as org, r.person_times, r.fields, r.quantities from record r
    join org_span s on s.org_id = r.org_id where r.voided_at is null order by r.day, r.title`.execute(
    desk.world.services.db,
  )
  return rows
}

describe('the entry grid', () => {
  test('reads cells as the import does, and writes one batch that one click undoes', async () => {
    const done = await type([
      { day: '6.12', title: '清理河道', personTimes: '12人次', org: '柳河村', quantities: '清理垃圾3吨' },
      { day: '2024年6月15日', title: '植树', kind: '植树活动', 'role:participant': '张甲、李乙' },
    ])
    expect(done).toMatchObject({ written: true, batch: expect.any(String) })
    expect(done.rows.map((r) => r.state)).toEqual(['new', 'new'])
    expect(done.rows[0]?.problems[0]).toMatchObject({
      severity: 'warning',
      reason: '没有写年份，记为2024年6月12日',
    })
    expect(await held()).toMatchObject([
      {
        title: '清理河道',
        day: '2024-06-12',
        org: '柳河村团支部',
        personTimes: 12,
        quantities: [{ what: '清理垃圾', amount: '3', unit: '吨' }],
      },
      { title: '植树', day: '2024-06-15', org: '青石镇', personTimes: 2, fields: { kind: 'treePlanting' } },
    ])
    await desk.call(undoBatch, { params: { id: done.batch ?? '' } })
    expect(await held()).toEqual([])
  })

  test('says at the cell what is wrong, and writes nothing, or only what is right', async () => {
    const rows: TypedCells[] = [
      { day: '2024-06-31', title: '没有这一天' },
      { day: '2024-06-10', title: '合计', personTimes: '5' },
      { day: '2024-06-11', title: '', personTimes: '约30' },
      { day: '2024-06-11', title: '在别处', org: '没有的村' },
    ]
    const refused = await type(rows)
    expect(refused.written).toBe(false)
    expect(await held()).toEqual([])
    const fields = refused.rows.map((r) =>
      r.problems.filter((p) => p.severity !== 'warning').map((p) => p.field),
    )
    expect(fields).toEqual([['day'], [], ['title', 'personTimes'], ['org']])
    for (const { remedy } of refused.rows.flatMap((r) => r.problems)) expect(remedy).not.toBe('')
    const good = await type(rows, 'good')
    expect(good.written).toBe(true)
    expect((await held()).map((r) => r.title)).toEqual(['合计'])
    await desk.call(undoBatch, { params: { id: good.batch ?? '' } })
  })

  test('a check writes nothing; the same rows twice are asked about; what stands is not written again', async () => {
    const row = { day: '2024-06-01', title: '庆六一', personTimes: '60' }
    expect(await type([row], 'none')).toMatchObject({ written: false, rows: [{ state: 'new' }] })
    expect(await held()).toEqual([])
    expect((await type([row, row])).rows[1]).toMatchObject({
      state: 'confirm',
      problems: [{ accept: 'sameRow' }],
    })
    expect(await type([row, row], 'all', ['sameRow'])).toMatchObject({ written: true })
    expect(await type([row])).toMatchObject({ rows: [{ state: 'unchanged' }] })
  })

  test('is refused where one may not record, and for a column that is not there', async () => {
    const body = { org: desk.tree.north.id, rows: [{ day: '2024-06-01', title: '甲' }], keep: 'all' as const }
    await expect(
      desk.call(enterTyped, { params: { ledger: 'themeActivity' }, body }, neighbour()),
    ).rejects.toMatchObject({ kind: 'notFound' })
    await expect(type([{ colour: '红' }])).rejects.toMatchObject({ code: 'unknownField' })
  })
})
