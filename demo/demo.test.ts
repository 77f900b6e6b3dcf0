import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../domain/index.ts'
import {
  askFigures,
  type FigureAnswer,
  type FigureQuestion,
  getEvidence,
  getMeasures,
} from '../domain/indicators/contract.ts'
import { getRecord, restoreRecord, voidRecord } from '../domain/records/ledgers/contract.ts'
import {
  getDrift,
  getSummary,
  listSummaries,
  type Summary,
  tryFigures,
} from '../domain/reports/summaries/contract.ts'
import { wordsOf } from '../domain/reports/summaries/model.ts'
import { removeAppointment } from '../domain/structure/appointments/contract.ts'
import { getOrganisation } from '../domain/structure/organisations/contract.ts'
import { getPerson } from '../domain/structure/people/contract.ts'
import type { Endpoint, Output } from '../kernel/endpoint.ts'
import { type Call, type Route, run } from '../kernel/route.ts'
import { openWorld, type TestWorld } from '../kernel/testing.ts'
import { migrations } from '../migrations/index.ts'
import { everythingReadable } from '../test/worlds/readable.ts'
import { peopleIn, recovered } from '../test/worlds/recovery.ts'
import { everywhere } from '../test/worlds/tree.ts'
import { loadDemo } from './load.ts'
import { quantities, summaries } from './quantities/index.ts'
import { daysOf, type Quantity, quantitiesOf } from './quantities/quantity.ts'
import { CUT_OFF } from './summaries.ts'

let world: TestWorld

beforeAll(async () => {
  world = await openWorld(migrations)
  await loadDemo(world.services)
}, 240_000)
afterAll(() => world.close())

const call = <E extends Endpoint>(endpoint: E, input: Partial<Call<E>>): Promise<Output<E>> =>
  run(world.services, everywhere(), routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>, input)

const days = new Map(summaries.map((s) => [`${s.org} ${s.period}`, daysOf(s)]))

const questionOf = ({ org, measure, where, depth, period }: Quantity): FigureQuestion => ({
  org,
  measure,
  ...days.get(`${org} ${period}`),
  ...(where && { where }),
  ...(depth && { depth }),
})

const askAll = async (): Promise<FigureAnswer[]> =>
  (await call(askFigures, { body: { questions: quantities.map(questionOf), digest: true } })).answers

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

/** What opens each row behind a figure: the record, the person, the organisation. */
async function rowsBehind(
  quantity: Quantity,
  parts: { role: string }[],
): Promise<{ opens: string; id: string }[]> {
  const question = questionOf(quantity)
  const found: { opens: string; id: string }[] = []
  for (const { role } of parts) {
    const query = { ...question, where: JSON.stringify(question.where ?? {}), part: role, size: 500 }
    const { rows } = await call(getEvidence, { query })
    found.push(...rows.map(({ opens, opensId, id }) => ({ opens, id: opensId ?? id })))
  }
  return found
}

test('nothing readable tells a digit of an ID number, nor lets one be worked out', async () => {
  const { secrets } = world.services
  const held = await world.owner.selectFrom('person').select(['id', 'idNoSealed', 'phoneSealed']).execute()
  const opened = (sealed: string | null) => (sealed ? [secrets.open(sealed)] : [])
  const numbers = new Map(held.map((p) => [p.id, opened(p.idNoSealed)[0] ?? '']))
  const districts = [...new Set([...numbers.values()].filter(Boolean).map((n) => n.slice(0, 6)))]
  const { id: org } = await world.owner
    .selectFrom('org')
    .select('id')
    .where('code', '=', '990101')
    .executeTakeFirstOrThrow()
  const answers = await everythingReadable(world.services, everywhere(), org)
  expect(new Set(answers.map((a) => a.endpoint)).size).toBeGreaterThan(45)
  const whole = new Set(held.flatMap((p) => [...opened(p.idNoSealed), ...opened(p.phoneSealed)]))
  const told = answers.filter(({ text }) => (text.match(/\d{10,17}[\dX]/g) ?? []).some((n) => whole.has(n)))
  const masks = answers.filter(({ text }) => /\d\*{3}|\*{3}[\dX]{3}/.test(text))
  expect([told, masks].map((list) => list.map((a) => a.endpoint))).toEqual([[], []])
  const shown = answers.flatMap((a) => peopleIn(a.answer)).filter((p) => p.idNoMasked !== null)
  expect(shown.length).toBeGreaterThan(150)
  expect(shown.filter((p) => recovered(p, districts) === numbers.get(p.personId))).toEqual([])
  // The attack is one: three and four digits gave the whole.
  const before = shown.slice(0, 100).map((p) => ({ ...p, number: numbers.get(p.personId) ?? '' }))
  const old = before.map((p) => ({ ...p, idNoMasked: `${p.number.slice(0, 3)}****${p.number.slice(-4)}` }))
  expect(old.filter((p) => recovered(p, districts) === p.number).length).toBeGreaterThan(90)
}, 240_000)

const near = (value: number | string) => expect.toBeOneOf([value, expect.closeTo(Number(value), 4)])

describe('the quantities of the summaries', () => {
  test('come out of the rows', async () => {
    const answers = await askAll()
    const values = quantities.map(({ id }, i) => ({ id, value: answers[i]?.value }))
    expect(values).toEqual(quantities.map(({ id, value }) => ({ id, value: near(value) })))
  })

  test.each(summaries)('of $seed are worded as the office words them', async (stated) => {
    const { id } = await summaryOf(stated)
    const asked = quantitiesOf(stated)
    const figures = asked.map(({ id: ref, measure, where, depth, wording }) => ({
      ref,
      wording,
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
      expect([quantity.id, rows.length > 0]).toEqual([quantity.id, true])
    }
  }, 120_000)
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

  test('what a campaign opened is told as of the hour', async () => {
    const until = async (asOf: string) => {
      const question = { org: '990103', measure: 'org.opened', from: '2023-10-01', asOf }
      return Number((await call(askFigures, { body: { questions: [question] } })).answers[0]?.value)
    }
    expect([await until('2023-10-30 16:00:00'), await until('2023-10-31 09:00:00')]).toEqual([104, 105])
    expect(await until('2023-10-15 23:59:59')).toBeGreaterThanOrEqual(50)
    expect(await until('2023-10-25 23:59:59')).toBeGreaterThanOrEqual(100)
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

describe('a row that is voided', () => {
  let behind: Set<string>[]

  beforeAll(async () => {
    const answers = await askAll()
    behind = await Promise.all(
      quantities.map(async (q, i) => {
        const rows = await rowsBehind(q, answers[i]?.evidence.parts ?? [])
        return new Set(rows.map(({ id }) => id))
      }),
    )
  }, 240_000)

  const idsOf = (at: (i: number) => boolean) => quantities.filter((_, i) => at(i)).map(({ id }) => id)

  /** Which quantities have other evidence than before. */
  const changedBetween = (before: FigureAnswer[], after: FigureAnswer[]) =>
    idsOf((i) => before[i]?.evidence.digest !== after[i]?.evidence.digest)

  const having = (rowId: string) => idsOf((i) => behind[i]?.has(rowId) === true)

  /** A record behind each quantity that counts records; one may stand for several. */
  async function someOfEach(answers: FigureAnswer[]): Promise<string[]> {
    const chosen: string[] = []
    for (const [i, q] of quantities.entries()) {
      if (chosen.some((id) => behind[i]?.has(id))) continue
      const rows = await rowsBehind(q, answers[i]?.evidence.parts ?? [])
      const record = rows.find(({ opens }) => opens === 'records')
      if (record) chosen.push(record.id)
    }
    return chosen
  }

  /** What the row alone comes to in each quantity that adds rows up. */
  async function sharesOf(rowId: string): Promise<Map<string, number>> {
    const adding = quantities.filter((q) => having(rowId).includes(q.id))
    const questions = adding.map((q) => ({
      ...questionOf(q),
      where: { ...q.where, record: rowId },
    }))
    const { answers } = await call(askFigures, { body: { questions } })
    return new Map(
      answers.flatMap(({ measure, value }, i): [string, number][] =>
        ['count', 'sum'].includes(measure.kind) ? [[adding[i]?.id ?? '', Number(value)]] : [],
      ),
    )
  }

  test('changes exactly the figures it is in, by its share', async () => {
    let last = await askAll()
    let restored: string[] = []
    const rows = await someOfEach(last)
    expect(rows.length).toBeGreaterThan(40)
    for (const rowId of rows) {
      const [within, shares] = [having(rowId), await sharesOf(rowId)]
      await call(voidRecord, { params: { id: rowId }, body: { reason: '演示作废' } })
      const answers = await askAll()
      await call(restoreRecord, { params: { id: rowId } })
      // Against the question before, what has the row that came back has changed as well.
      const changed = changedBetween(last, answers)
      expect(changed).toEqual(idsOf((i) => [...within, ...restored].includes(quantities[i]?.id ?? '')))
      for (const [i, { id, value }] of quantities.entries()) {
        const share = within.includes(id) ? shares.get(id) : 0
        if (share === undefined) continue
        const left = answers[i]?.value ?? 0
        expect([id, share ? Number(left) + share : left]).toEqual([id, near(value)])
      }
      ;[last, restored] = [answers, within]
    }
  }, 480_000)

  test('of a branch, in none of them, changes none', async () => {
    const { id } = await world.owner
      .selectFrom('record')
      .select('id')
      .where('title', 'like', '%主题团日')
      .where('day', '>', '2024-01-01')
      .orderBy('day')
      .executeTakeFirstOrThrow()
    const before = await askAll()
    await call(voidRecord, { params: { id }, body: { reason: '演示作废' } })
    const after = await askAll()
    await call(restoreRecord, { params: { id } })
    expect([changedBetween(before, after), having(id)]).toEqual([[], []])
  })

  test.each([
    ['director', ['003:16']],
    ['secretary', ['000:7', '000:8', '000:10', '000:11', '000:12', '000:16', '000:18', '000:19', '000:20']],
  ])('of an officer, a %s, changes exactly those that count the post', async (post, expected) => {
    const { id, version } = await world.owner
      .selectFrom('appointment as a')
      .innerJoin('org', 'org.id', 'a.orgId')
      .select(['a.id', 'a.version'])
      .where('a.post', '=', post)
      .where('a.mode', '=', 'elected')
      .where('a.validTo', '=', 'infinity')
      .where('org.code', post === 'secretary' ? '=' : '!=', '990101001')
      .executeTakeFirstOrThrow()
    const before = await askAll()
    const body = { version, reason: '登记错了' }
    await call(removeAppointment, { params: { id }, body })
    const changed = changedBetween(before, await askAll())
    expect(changed.filter((q) => !q.startsWith('001:4'))).toEqual(expected)
    // The ages of 2023 count the same secretary.
    expect(changed.filter((q) => q.startsWith('001:4'))).toEqual(
      post === 'secretary' ? ['001:46', '001:48'] : [],
    )
  })
})

describe('the rows behind a figure', () => {
  const openers: Record<string, (id: string) => Promise<unknown>> = {
    people: (id) => call(getPerson, { params: { id }, query: {} }),
    organisations: (id) => call(getOrganisation, { params: { id }, query: {} }),
    records: (id) => call(getRecord, { params: { id } }),
  }

  test('open, whatever the measure', async () => {
    const { measures } = await call(getMeasures, {})
    const tried = new Set<string>()
    for (const { id } of measures) {
      const query = { org: '990101', measure: id, from: '2023-07-01', to: '2024-06-30', size: 1 }
      const { rows } = await call(getEvidence, { query })
      for (const row of rows) {
        const open = openers[row.opens]
        if (!open) continue
        tried.add(row.opens)
        await expect(open(row.opensId ?? row.id), `${id} ${row.opens}`).resolves.toBeTruthy()
      }
    }
    expect([...tried].sort()).toEqual(['organisations', 'people', 'records'])
  })
})
