/** The time axis of a state: what is counted on the day of a stage, and what can be said where nobody wrote the day. */
import fc from 'fast-check'
import type { Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { datedStates } from '../../migrations/0019-stages.ts'
import { plantRecordWorld, type RecordWorld } from '../../test/worlds/records.ts'
import { inTransaction, type TreeName } from '../../test/worlds/tree.ts'
import { changeRecord, getRecord } from '../records/ledgers/contract.ts'
import { enterRecords } from '../records/ledgers/enter.ts'
import type { Stage } from '../records/ledgers/fields/kit.ts'
import type { RecordDraft } from '../records/ledgers/rules.ts'
import type { FigureQuestion } from './contract.ts'
import { ask } from './query.ts'

let w: RecordWorld

type Row = Omit<RecordDraft, 'orgId' | 'title'> & { at?: TreeName; title?: string }

async function record(ledger: string, rows: Row[]): Promise<string[]> {
  const { written, problems } = await enter(ledger, rows)
  expect(problems).toEqual([])
  return written.map((w) => w?.id ?? '')
}

const enter = (ledger: string, rows: Row[]) =>
  inTransaction(w.world.services, (ctx) =>
    enterRecords(
      ctx,
      ledger,
      rows.map(({ at = 'willow', title = '一件事', ...row }) => ({ ...row, orgId: w.tree[at].id, title })),
    ),
  )

const month = (n: number) => {
  const m = String(n).padStart(2, '0')
  return { from: `2024-${m}-01`, to: `2024-${m}-${new Date(2024, n, 0).getDate()}` }
}
const JANUARY = month(1)
const MARCH = month(3)
const JUNE = month(6)

async function reads(measure: string, when: Partial<FigureQuestion>, org: TreeName = 'willow') {
  const { display, missingReason } = await inTransaction(w.world.services, (ctx) =>
    ask(ctx, { org: w.tree[org].code, measure, ...when }),
  )
  return [display, missingReason].filter((part) => part !== undefined).join(' ')
}

beforeAll(async () => {
  w = await plantRecordWorld()
})
afterAll(() => w.world.close())

const change = (id: string, fields: Record<string, unknown>, version: number) =>
  w.call(w.at('county', 'manager'), changeRecord, { params: { id }, body: { version, fields } })

const on = (state: string, day?: string): Stage => (day ? { state, on: day } : { state })

describe('a loan', () => {
  test('applied for in January and granted in June is January’s application and June’s loan, repaid or not', async () => {
    await record('loan', [
      {
        day: '2024-01-10',
        participants: [{ name: '林一舟' }],
        fields: { applied: 50_000, amount: 40_000, state: [on('granted', '2024-06-05')] },
      },
    ])
    expect(await reads('loan.applied', JANUARY)).toBe('50000元')
    expect(await reads('loan.granted', JANUARY)).toBe('0人次')
    expect(await reads('loan.granted', JUNE)).toBe('1人次')
    expect(await reads('loan.amount', JUNE)).toBe('40000元')
    expect(await reads('loan.borrowers', JUNE)).toBe('1人')
    await record('loan', [
      {
        at: 'peach',
        day: '2024-01-10',
        fields: { amount: 7000, state: [on('granted', '2024-03-05'), on('repaid', '2024-06-05')] },
      },
    ])
    expect(await reads('loan.granted', MARCH, 'peach')).toBe('1人次')
    expect(await reads('loan.granted', JUNE, 'peach')).toBe('0人次')
    expect(await reads('loan.amount', MARCH, 'peach')).toBe('7000元')
  })

  test('granted on a day that nobody wrote: no closed period counts it, none says 0 as if it were certain', async () => {
    const [id = ''] = await record('loan', [{ at: 'plum', day: '2024-01-10', fields: { amount: 900 } }])
    expect(await reads('loan.granted', JANUARY, 'plum')).toBe('0人次')
    await record('loan', [
      { at: 'plum', day: '2024-02-01', fields: { amount: 100, state: [on('granted', '2024-03-01')] } },
    ])
    await change(id, { state: '已发放' }, 1)
    expect(await reads('loan.granted', JANUARY, 'plum')).toBe('— 有记录，但看不出符不符合条件')
    expect(await reads('loan.granted', MARCH, 'plum')).toBe('至少1人次')
    expect(await reads('loan.amount', MARCH, 'plum')).toBe('至少100元')
    // It was written on 18 June: by then it had happened.
    expect(await reads('loan.granted', { from: '2024-01-01', to: '2024-06-30' }, 'plum')).toBe('2人次')
    expect(await reads('loan.granted', { from: '2023-01-01', to: '2023-12-31' }, 'plum')).toMatch(
      /^— 这段时间还没有/,
    )
  })

  test('nobody repays what was not paid out: a state brings those that it cannot be without', async () => {
    await record('loan', [
      { at: 'class1', day: '2024-01-10', fields: { state: [on('repaid', '2024-03-20')] } },
    ])
    expect(await reads('loan.granted', { from: '2024-01-01', to: '2024-03-31' }, 'class1')).toBe('1人次')
    expect(await reads('loan.granted', MARCH, 'class1')).toBe('— 有记录，但看不出符不符合条件')
  })
})

describe('a state is that of the day asked', () => {
  const where = (state: string) => ({ state })

  test('so a later step changes nothing that was said before it', async () => {
    await record('suggestion', [
      {
        day: '2024-01-08',
        fields: { state: [on('assigned', '2024-03-04'), on('answered', '2024-06-03')] },
      },
    ])
    expect(await reads('suggestion.count', { ...JANUARY, where: where('open') })).toBe('1条')
    expect(await reads('suggestion.answerRate', JANUARY)).toBe('0%')
    expect(await reads('suggestion.answerRate', { from: '2024-01-01', to: '2024-06-30' })).toBe('100%')
    expect(await reads('suggestion.answered', JANUARY)).toBe('0条')
    expect(await reads('suggestion.answered', JUNE)).toBe('1条')
    expect(await reads('suggestion.assigned', MARCH)).toBe('1条')
  })

  test('where a step has no day, neither the old nor the new one is certain', async () => {
    await record('suggestion', [{ at: 'peach', day: '2024-01-08', fields: { state: [on('answered')] } }])
    expect(await reads('suggestion.count', { ...JANUARY, where: where('open') }, 'peach')).toBe(
      '— 有记录，但看不出符不符合条件',
    )
    expect(await reads('suggestion.count', { ...JANUARY, where: where('open,answered') }, 'peach')).toBe(
      '1条',
    )
    const half = { from: '2024-01-01', to: '2024-06-30' }
    expect(await reads('suggestion.count', { ...half, where: where('answered') }, 'peach')).toBe('1条')
  })
})

test('aid, named posts and pilots count on the day on which they came so far', async () => {
  await record('aidProject', [
    {
      day: '2024-01-20',
      fields: { kind: 'room', rooms: 8, households: 8, state: [on('underway'), on('done', '2024-06-10')] },
    },
    { day: '2024-03-02', fields: { kind: 'wish', items: 30, state: 'done' } },
  ])
  expect(await reads('aidProject.rooms', JANUARY)).toBe('0间')
  expect(await reads('aidProject.rooms', JUNE)).toBe('8间')
  expect(await reads('aidProject.wishes', MARCH)).toBe('30份')
  for (const ledger of ['civilisationPost', 'rightsPost']) {
    await record(ledger, [
      { day: '2024-01-11', fields: { state: [on('creating'), on('named', '2024-06-04')] } },
    ])
    expect(await reads(`${ledger}.named`, JANUARY)).toBe('0个')
    expect(await reads(`${ledger}.named`, JUNE)).toBe('1个')
  }
  await record('pilot', [
    { day: '2024-01-09', fields: { state: [on('running'), on('spread', '2024-06-06')] } },
  ])
  expect(await reads('pilot.count', { ...JANUARY, where: { state: '试行' } })).toBe('1个')
  expect(await reads('pilot.count', { ...JANUARY, where: { state: '推广' } })).toBe('0个')
})

describe('a course is refused', () => {
  const refused = async (ledger: string, fields: Record<string, unknown>) =>
    (await enter(ledger, [{ day: '2024-01-10', fields }])).problems.flatMap((p) =>
      p.problems.map((x) => x.reason),
    )

  test.each([
    [[on('granted', '2023-12-31')], '早于'],
    [[on('granted', '2024-06-19')], '还没有到'],
    [[on('granted', '2024-02-30')], '不是日期'],
    [[on('granted', '2024-02-01'), on('repaid', '2024-01-20')], '早于'],
    [[on('granted', '2024-02-01'), on('granted', '2024-03-01')], '写了两次'],
    ['没有这种', '没有“没有这种”这个选项'],
  ])('%j', async (state, why) => {
    expect((await refused('loan', { state })).join()).toContain(why)
  })
})

test('a correction adds a step to a course, or writes it anew', async () => {
  const [id = ''] = await record('suggestion', [
    { at: 'plum', day: '2024-01-08', fields: { state: [on('assigned', '2024-01-20')] } },
  ])
  await change(id, { state: '已答复' }, 1)
  const kept = async () =>
    (await w.call(w.at('county', 'manager'), getRecord, { params: { id } })).fields.state
  expect(await kept()).toEqual([on('assigned', '2024-01-20'), on('answered')])
  await change(id, { state: [on('answered', '2024-03-03')] }, 2)
  expect(await kept()).toEqual([on('answered', '2024-03-03')])
})

test('what was one word before becomes a course: the day beside it, the record’s own, or none', async () => {
  const old = async (ledger: string, fields: Record<string, unknown>, more: Partial<Row> = {}) => {
    const [id = ''] = await record(ledger, [{ at: 'class1', day: '2024-01-10', ...more }])
    await w.world.owner
      .updateTable('record')
      .set({ fields: JSON.stringify(fields) })
      .where('id', '=', id)
      .execute()
    return id
  }
  const ids = [
    await old('loan', { amount: 5, state: 'granted', grantedOn: '2024-02-05' }),
    await old('loan', { state: 'repaid', grantedOn: '2024-02-05' }),
    await old('loan', { state: 'refused' }),
    await old('suggestion', { state: 'answered' }),
    await old('rightsPost', { state: 'named' }),
    await old('loan', { amount: 5 }),
  ]
  await datedStates(w.world.owner as Kysely<unknown>)
  await datedStates(w.world.owner as Kysely<unknown>)
  const rows = await w.world.owner
    .selectFrom('recordStage')
    .select(['recordId', 'state', 'at', 'onDay', 'since', 'until'])
    .where('recordId', 'in', ids)
    .orderBy('at')
    .execute()
  const told = (id: string | undefined) =>
    rows.filter((r) => r.recordId === id).map((r) => [r.state, r.onDay, r.since, r.until])
  const first = (state: string) => [state, '2024-01-10', '2024-01-10', '2024-01-10']
  const paid = ['granted', '2024-02-05', '2024-02-05', '2024-02-05']
  expect(ids.map(told)).toEqual([
    [first('applied'), paid],
    [first('applied'), paid, ['repaid', null, '2024-02-05', null]],
    [first('applied'), ['refused', null, '2024-01-10', null]],
    [first('open'), ['answered', null, '2024-01-10', null]],
    [first('named')],
    [],
  ])
  const { fields, version } = await w.call(w.at('county', 'manager'), getRecord, {
    params: { id: ids[0] ?? '' },
  })
  expect([fields, version]).toEqual([{ amount: 5, state: [on('granted', '2024-02-05')] }, 1])
  // Written anew, the rows are the same.
  for (const id of ids)
    await change(id, { note: '核对过' }, 1).catch(() => change(id, { grantor: '团县委' }, 1))
  const anew = await w.world.owner
    .selectFrom('recordStage')
    .select(['recordId', 'state', 'at', 'onDay', 'since', 'until'])
    .where('recordId', 'in', ids)
    .orderBy('at')
    .execute()
  expect(new Set(anew.map((r) => JSON.stringify(r)))).toEqual(new Set(rows.map((r) => JSON.stringify(r))))
})

/** What may be said of one record's state on a day: worked out apart from the product, by trying every day. */
function possibleStates(day: string, stages: Stage[], written: string, asked: string): Set<string | null> {
  const order = ['open', 'assigned', 'answered', 'explained']
  const days = Array.from({ length: 200 }, (_, n) =>
    new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10),
  )
  const known = new Map<string, string | undefined>(stages.map((s) => [s.state, s.on]))
  if (!known.has('open')) known.set('open', undefined)
  const dated = [...known]
    .flatMap(([state, d]) => (d ? [{ state, d }] : []))
    .sort((a, b) => (a.d < b.d ? -1 : 1))
  const names = dated.map((s) => s.state)
  for (const state of order)
    if (known.has(state) && known.get(state) === undefined) {
      const at = names.findIndex((n) => order.indexOf(n) > order.indexOf(state))
      names.splice(at < 0 ? names.length : at, 0, state)
    }
  if (known.get(names[0] ?? '') === undefined) known.set(names[0] ?? '', day)
  const possible = new Set<string | null>()
  const walk = (at: number, from: string, state: string | null) => {
    const name = names[at]
    if (name === undefined) return void possible.add(state)
    const fixed = known.get(name)
    const tries = fixed ? [fixed] : days.filter((d) => d >= from && d <= written)
    for (const d of tries) {
      if (names.slice(at + 1).some((n) => (known.get(n) ?? d) < d)) continue
      if (d <= asked) walk(at + 1, d, name)
      else possible.add(state)
    }
  }
  walk(0, day, null)
  return possible
}

test('the state of any day is what a plain calculation over all possible days says', async () => {
  const inH1 = fc
    .integer({ min: 0, max: 160 })
    .map((n) => new Date(Date.UTC(2024, 0, 5 + n)).toISOString().slice(0, 10))
  const stage = (state: string) => fc.option(inH1, { nil: undefined }).map((d) => on(state, d))
  const course = fc
    .subarray(['assigned', 'answered', 'explained'], { minLength: 1 })
    .chain((states) => fc.tuple(...states.map(stage)))
  await fc.assert(
    fc.asyncProperty(course, inH1, async (stages, asked) => {
      const day = '2024-01-05'
      const [id = ''] = await record('suggestion', [{ at: 'class1', day, fields: { state: stages } }])
      const possible = possibleStates(day, stages, '2024-06-18', asked)
      for (const state of ['open', 'assigned', 'answered', 'explained']) {
        const said = await reads(
          'suggestion.count',
          { from: day, to: asked, where: { record: id, state } },
          'class1',
        )
        const expected = !possible.has(state)
          ? '0条'
          : possible.size > 1
            ? '— 有记录，但看不出符不符合条件'
            : '1条'
        expect([state, said]).toEqual([state, expected])
      }
    }),
    { numRuns: 25 },
  )
}, 60_000)
