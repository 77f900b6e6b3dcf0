import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../domain/index.ts'
import {
  askFigures,
  type FigureAnswer,
  type FigureQuestion,
  getEvidence,
} from '../domain/indicators/contract.ts'
import { restoreRecord, voidRecord } from '../domain/records/ledgers/contract.ts'
import {
  getDrift,
  getSummary,
  listSummaries,
  type Summary,
  tryFigures,
} from '../domain/reports/summaries/contract.ts'
import { wordsOf } from '../domain/reports/summaries/model.ts'
import { removeAppointment } from '../domain/structure/appointments/contract.ts'
import type { Endpoint, Output } from '../kernel/endpoint.ts'
import { type Call, type Route, run } from '../kernel/route.ts'
import { openWorld, type TestWorld } from '../kernel/testing.ts'
import { migrations } from '../migrations/index.ts'
import { everywhere } from '../test/worlds/tree.ts'
import { loadDemo } from './load.ts'
import { quantities, summaries } from './quantities/index.ts'
import { daysOf, type Quantity, quantitiesOf } from './quantities/quantity.ts'
import { CUT_OFF } from './summaries.ts'

let world: TestWorld

beforeAll(async () => {
  world = await openWorld(migrations)
  await loadDemo(world.services)
}, 120_000)
afterAll(() => world.close())

const call = <E extends Endpoint>(endpoint: E, input: Partial<Call<E>>): Promise<Output<E>> =>
  run(world.services, everywhere(), routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>, input)

const days = new Map(summaries.map((s) => [`${s.org} ${s.period}`, daysOf(s)]))

const questionOf = ({ org, measure, where, depth, period }: Quantity): FigureQuestion => ({
  ...{ org, measure, ...days.get(`${org} ${period}`) },
  ...(where && { where }),
  ...(depth && { depth }),
})

const askAll = async (): Promise<FigureAnswer[]> =>
  (await call(askFigures, { body: { questions: quantities.map(questionOf) } })).answers

const summaryOf = async ({ org, period }: Pick<Quantity, 'org' | 'period'>): Promise<Summary> => {
  const { summaries } = await call(listSummaries, { query: { org, period } })
  return call(getSummary, { params: { id: summaries.find((s) => s.org.code === org)?.id ?? '' } })
}

function textOf(summary: Summary): string {
  const said = new Map(summary.figures.map((f) => [f.ref, f.display]))
  const sections = summary.body.sections.map((s) =>
    [s.title, ...s.paragraphs.map((p) => wordsOf(p.runs, (ref) => said.get(ref) ?? '?'))].join('\n'),
  )
  return [summary.title, ...sections].join('\n')
}

/** Ids of every row behind a figure. */
async function rowsBehind(quantity: Quantity, parts: { role: string }[]): Promise<Set<string>> {
  const question = questionOf(quantity)
  const ids = new Set<string>()
  for (const { role } of parts) {
    const query = { ...question, where: JSON.stringify(question.where ?? {}), part: role, size: 500 }
    for (const row of (await call(getEvidence, { query })).rows) ids.add(row.id)
  }
  return ids
}

describe('the quantities of the summaries', () => {
  test('come out of the rows', async () => {
    const answers = await askAll()
    const values = quantities.map(({ id }, i) => ({ id, value: answers[i]?.value }))
    expect(values).toEqual(
      quantities.map(({ id, value }) => ({
        id,
        value: expect.toBeOneOf([value, expect.closeTo(Number(value), 4)]),
      })),
    )
  })

  test.each(summaries)('of $seed are worded as the office words them', async (stated) => {
    const { id } = await summaryOf(stated)
    const asked = quantitiesOf(stated)
    const figures = asked.map(({ id: ref, measure, where, depth, wording }) => ({
      ...{ ref, wording },
      question: { measure, ...(where && { where }), ...(depth && { depth }) },
    }))
    const answered = await call(tryFigures, { params: { id }, body: { figures } })
    expect(answered.figures.map((f) => [f.ref, f.display])).toEqual(asked.map((q) => [q.id, q.display]))
  })

  test.each(summaries)('of $seed stand in the summary', async (stated) => {
    const text = textOf(await summaryOf(stated))
    const told = [...quantitiesOf(stated).flatMap((q) => q.stated ?? []), ...stated.headings]
    expect(told.filter((words) => !text.includes(words))).toEqual([])
  })

  test('open the rows behind them', async () => {
    for (const [i, { evidence }] of (await askAll()).entries()) {
      const quantity = quantities[i]
      if (!quantity) throw new Error('an answer too many')
      const rows = await rowsBehind(quantity, evidence.parts)
      expect([quantity.id, rows.size > 0]).toEqual([quantity.id, true])
    }
  })
})

describe('a row that is voided', () => {
  /** Which quantities have other evidence than before, and which had the row. */
  async function touchedBy(rowId: string, work: () => Promise<unknown>) {
    const before = await askAll()
    const behind = await Promise.all(quantities.map((q, i) => rowsBehind(q, before[i]?.evidence.parts ?? [])))
    await work()
    const after = await askAll()
    const changed = quantities.filter((_, i) => before[i]?.evidence.digest !== after[i]?.evidence.digest)
    const had = quantities.filter((_, i) => behind[i]?.has(rowId))
    return { changed: changed.map((q) => q.id), had: had.map((q) => q.id) }
  }

  const voiding = (id: string) => () => call(voidRecord, { params: { id }, body: { reason: '演示作废' } })

  const recordBehind = async (id: string): Promise<string> => {
    const at = quantities.findIndex((q) => q.id === id)
    const [answer, quantity] = [(await askAll())[at], quantities[at]]
    if (!answer || !quantity) throw new Error(`no quantity ${id}`)
    return [...(await rowsBehind(quantity, answer.evidence.parts))][0] ?? ''
  }

  test.each([
    ['000:21', ['000:21']],
    ['000:25', ['000:22', '000:25']],
    ['000:27', ['000:27']],
    ['003:8', ['003:7', '003:8']],
  ])('of %s changes exactly the figures it is in', async (id, expected) => {
    const rowId = await recordBehind(id)
    const { changed, had } = await touchedBy(rowId, voiding(rowId))
    await call(restoreRecord, { params: { id: rowId } })
    expect(changed).toEqual(expected)
    expect(had).toEqual(expected)
  })

  test('of a branch, in none of them, changes none', async () => {
    const { id } = await world.owner
      .selectFrom('record')
      .select('id')
      .where('title', 'like', '%主题团日')
      .where('day', '>', '2024-01-01')
      .orderBy('day')
      .executeTakeFirstOrThrow()
    const { changed, had } = await touchedBy(id, voiding(id))
    await call(restoreRecord, { params: { id } })
    expect([changed, had]).toEqual([[], []])
  })

  test('of an officer changes exactly those that count the post', async () => {
    const { id, version } = await world.owner
      .selectFrom('appointment')
      .select(['id', 'version'])
      .where('post', '=', 'director')
      .where('mode', '=', 'elected')
      .executeTakeFirstOrThrow()
    const body = { version, reason: '登记错了' }
    const { changed, had } = await touchedBy(id, () => call(removeAppointment, { params: { id }, body }))
    expect([changed, had]).toEqual([['003:16'], ['003:16']])
  })
})

describe('around them', () => {
  const value = async (measure: string, where: Record<string, string> = {}, org = '990101001') => {
    const question = { org, measure, where, from: '2024-01-01', to: CUT_OFF }
    return (await call(askFigures, { body: { questions: [question] } })).answers[0]?.value
  }

  test('members owe, villages are silent, posts outnumber people', async () => {
    expect([
      await value('members.count', { mobile: 'yes' }),
      await value('dues.arrearsPeople', { mobile: 'yes' }),
      await value('officers.posts'),
      await value('record.silentSubordinates', { sector: 'village' }),
      await value('funding.sources', { use: 'venue' }),
    ]).toEqual([87, 52, 43, 3, 3])
  })

  test('a joint activity of two counties counts once in the city', async () => {
    const title = { title: '县区青年“同走振兴路”联合主题团日' }
    const count = (org: string) => value('themeActivity.count', title, org)
    expect([await count('990101'), await count('990102'), await count('9901')]).toEqual([1, 1, 1])
  })

  test('last year was handed in, and corrected since', async () => {
    const before = await summaryOf({ org: '990101001', period: '2023H1' })
    expect(before.state).toBe('submitted')
    const { drifted } = await call(getDrift, { params: { id: before.id } })
    expect(drifted.map((d) => d.change)).toContain('增加1场')
  })
})
