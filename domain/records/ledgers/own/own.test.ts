import { Ajv } from 'ajv'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Download } from '../../../../kernel/route.ts'
import { bloodDonation, EVERYBODY, type OwnWorld, plantOwnWorld } from '../../../../test/worlds/ownLedgers.ts'
import { getFigure, getMeasures } from '../../../indicators/contract.ts'
import * as records from '../contract.ts'
import { FIELD_TYPES, type LedgerDefinition, type LedgerField } from '../definition.ts'
import { exportRecords } from '../exportContract.ts'
import { builtInLedgers } from '../registry.ts'
import * as contract from './contract.ts'
import { fileOf, readFile } from './rules.ts'

let w: OwnWorld
let count = 0

beforeAll(async () => {
  w = await plantOwnWorld()
})
afterAll(() => w.world.close())

/** Of a name of its own each time, as two may not be called the same. */
const blood = (more: Partial<LedgerDefinition> = {}): LedgerDefinition => {
  count += 1
  return { ...bloodDonation, title: `无偿献血${count}`, ...more }
}
const get = (id: string, actor = w.at('county')) => w.call(actor, contract.getOwn, { params: { id } })
const record = (id: string, more: object = {}, actor = w.at('north')) =>
  w.call(actor, records.createRecord, {
    params: { ledger: id },
    body: { orgId: w.tree.willow.id, day: '2024-03-12', ...more },
  })
const rows = async (id: string) =>
  (await w.call(w.at('north'), records.listRecords, { params: { ledger: id }, query: { sort: 'day' } })).rows
const figure = async (measure: string, actor = w.at('county')) =>
  (
    await w.call(actor, getFigure, {
      query: { org: w.tree.county.id, measure, from: '2024-01-01', to: '2024-12-31' },
    })
  ).value
const faultsOf = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error) => error.problems.map((p: { field: string }) => p.field),
  )

describe('who', () => {
  test('a manager declares; staff and readers do not', async () => {
    const body = { definition: blood() }
    await expect(w.call(w.at('county', 'staff'), contract.createOwn, { body })).rejects.toMatchObject({
      kind: 'forbidden',
    })
    await expect(w.call(w.at('county', 'reader'), contract.createOwn, { body })).rejects.toMatchObject({
      kind: 'forbidden',
    })
    const { id } = await w.call(w.at('county'), contract.createOwn, { body })
    expect(await get(id)).toMatchObject({ state: 'draft', mine: true, published: null })
    await expect(record(id)).rejects.toMatchObject({ kind: 'notFound' })
  })

  test('it is seen at, below and above its owner, and nowhere else', async () => {
    const id = await w.declare(w.at('north'), blood())
    await record(id)
    const seen = async (at: Parameters<OwnWorld['at']>[0]) =>
      (await w.call(w.at(at, 'reader'), contract.listOwn, {})).ledgers.some((l) => l.id === id)
    expect([await seen('north'), await seen('willow'), await seen('county'), await seen('city')]).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect([await seen('south'), await seen('peach'), await seen('district')]).toEqual([false, false, false])
    expect(await figure(`${id}.count`)).toBe(1)
    await expect(figure(`${id}.count`, w.at('city', 'reader'))).resolves.toBe(1)
    await expect(figure(`${id}.count`, w.at('district'))).rejects.toMatchObject({ code: 'unknownMeasure' })
    for (const at of ['south', 'district'] as const) {
      await expect(get(id, w.at(at))).rejects.toMatchObject({ kind: 'notFound' })
      await expect(w.call(w.at(at), records.getLedger, { params: { ledger: id } })).rejects.toMatchObject({
        kind: 'notFound',
      })
      const { measures } = await w.call(w.at(at), getMeasures, {})
      expect(measures.filter((m) => m.id.startsWith(id))).toEqual([])
    }
    const { version } = await get(id)
    await expect(
      w.call(w.at('willow'), contract.closeOwn, { params: { id }, body: { version } }),
    ).rejects.toMatchObject({ kind: 'forbidden' })
  })

  test('only the kinds of organisations for which it is meant record in it', async () => {
    const id = await w.declare(w.at('county'), blood(), { ...EVERYBODY, sectors: ['school'] })
    await record(id, { orgId: w.tree.class1.id })
    expect(await faultsOf(record(id))).toEqual(['orgId'])
    const own = await w.declare(w.at('north'), blood())
    expect(await faultsOf(record(own, { orgId: w.tree.peach.id }, w.at('county')))).toEqual(['orgId'])
    const listed = async (org: 'willow' | 'class1' | 'south') =>
      (await w.call(w.at('county'), records.listLedgers, { query: { org: w.tree[org].id } })).ledgers.some(
        (l) => l.definition.id === id,
      )
    expect([await listed('class1'), await listed('willow'), await listed('south')]).toEqual([
      true,
      false,
      true,
    ])
  })
})

describe('versions', () => {
  test('a field that is left out is retired: old records keep it, it is still counted and exported', async () => {
    const id = await w.declare(w.at('county'), blood())
    await record(id, { fields: { volume: 400, place: '广场' } })
    await w.change(w.at('county'), id, (d) => ({
      ...d,
      fields: [
        ...d.fields.filter((f) => f.id !== 'place'),
        { id: 'team', title: '采血车', type: 'text', usedBy: '对账' },
      ],
      sentences: d.sentences.map((s) => ({ ...s, text: s.text.replace('[在{place}]', '[由{team}]') })),
    }))
    await record(id, { day: '2024-04-01', fields: { volume: 200, team: '一号车' } })
    const [old, next] = await rows(id)
    expect([old?.fields, next?.fields]).toEqual([
      { volume: 400, place: '广场' },
      { volume: 200, team: '一号车' },
    ])
    const changed = await w.call(w.at('north'), records.changeRecord, {
      params: { id: old?.id ?? '' },
      body: { version: 1, fields: { volume: 300 } },
    })
    expect(changed.version).toBe(2)
    expect((await rows(id))[0]?.fields).toEqual({ volume: 300, place: '广场' })
    const file = (await w.call(w.at('north'), exportRecords, {
      params: { ledger: id },
      query: { format: 'csv' },
    })) as unknown as Download
    expect(Buffer.from(file.body as Uint8Array).toString()).toMatch(/地点[^广]*\n.*广场/)
    const found = await w.call(w.at('north'), records.listRecords, {
      params: { ledger: id },
      query: { where: '{"place":"*"}' },
    })
    expect([found.total, await figure(`${id}.volume`)]).toEqual([1, 500])
    expect((await get(id)).versions.map((v) => v.version)).toEqual([2, 1])
  })

  test('type and unit of a field stay; a new name keeps the id; options are retired', async () => {
    const kind: LedgerField = {
      id: 'kind',
      title: '方式',
      type: 'choice',
      usedBy: '总结',
      options: [
        { value: 'whole', title: '全血' },
        { value: 'part', title: '成分血' },
      ],
    }
    const id = await w.declare(w.at('county'), blood({ fields: [...bloodDonation.fields, kind] }))
    await record(id, { fields: { kind: '成分血', volume: 200 } })
    const changed = (how: (f: LedgerField) => LedgerField) =>
      w.change(w.at('county'), id, (d) => ({ ...d, fields: d.fields.map(how) }))
    expect(await faultsOf(changed((f) => (f.id === 'place' ? { ...f, type: 'integer' } : f)))).toContain(
      'fields.place.type',
    )
    expect(
      await faultsOf(changed((f) => (f.id === 'volume' ? { ...f, unit: '升', title: '献血' } : f))),
    ).toContain('fields.volume.unit')
    await w.change(w.at('county'), id, () => ({
      ...blood(),
      fields: [
        ...bloodDonation.fields.map((f) => (f.id === 'volume' ? { ...f, title: '总献血量' } : f)),
        {
          ...kind,
          options: [
            { value: 'whole', title: '全血' },
            { value: 'double', title: '双份' },
          ],
        },
      ],
    }))
    const { definition } = await get(id)
    expect(definition.fields.find((f) => f.id === 'kind')?.options).toContainEqual({
      value: 'part',
      title: '成分血',
      retired: true,
    })
    expect(await figure(`${id}.volume`)).toBe(200)
  })

  test('what another wrote meanwhile is not covered up, and nothing is published twice', async () => {
    const id = await w.declare(w.at('county'), blood())
    const { definition, users, version } = await get(id)
    const write = () =>
      w.call(w.at('county'), contract.writeOwn, { params: { id }, body: { definition, users, version } })
    const first = await write()
    await expect(write()).rejects.toMatchObject({ code: 'changedMeanwhile' })
    await w.call(w.at('county'), contract.discardOwn, { params: { id } })
    await expect(
      w.call(w.at('county'), contract.publishOwn, { params: { id }, body: { version: first.version + 1 } }),
    ).rejects.toMatchObject({ code: 'nothingToPublish' })
  })

  test('retired, it takes no new records and keeps its figures; reopened, it goes on', async () => {
    const id = await w.declare(w.at('county'), blood())
    await record(id, { fields: { volume: 400 } })
    await w.call(w.at('county'), contract.closeOwn, {
      params: { id },
      body: { version: (await get(id)).version },
    })
    expect(await faultsOf(record(id, { day: '2024-04-01' }))).toEqual(['orgId'])
    expect(await figure(`${id}.volume`)).toBe(400)
    await w.call(w.at('county'), contract.reopenOwn, {
      params: { id },
      body: { version: (await get(id)).version },
    })
    await record(id, { day: '2024-04-01', fields: { volume: 100 } })
    expect(await figure(`${id}.volume`)).toBe(500)
    expect((await get(id)).history.map((h) => h.verb)).toEqual(['reopen', 'close', 'publish', 'declare'])
  })

  test('what is wrong is told at its place', async () => {
    const wrong = blood({
      title: '志愿服务',
      measureWord: '',
      fields: [
        { id: 'a', title: '甲', type: 'integer', usedBy: '总结' },
        { id: 'b', title: '甲', type: 'calculated', usedBy: '总结', formula: '{a} × {later}' },
        { id: 'later', title: '后', type: 'integer', usedBy: '总结' },
      ],
      rules: [{ kind: 'notBefore', field: 'a', other: 'day' }],
      sentences: [{ id: 'record', of: 'record', text: '{ghost}' }],
      measures: [],
    })
    expect(await faultsOf(w.declare(w.at('county'), wrong))).toEqual(
      expect.arrayContaining([
        'title',
        'measureWord',
        'fields.b.formula',
        'fields.b.title',
        'rules.0',
        'sentences.record',
      ]),
    )
  })
})

test('a measure that cannot be asked is refused, so that it spoils the catalogue for nobody', async () => {
  const share = { id: 'share', title: '占比', unit: '%', kind: 'ratio' as const, definition: '两数之比' }
  const wrong = (more: object) =>
    faultsOf(
      w.declare(w.at('county'), blood({ measures: [...bloodDonation.measures, { ...share, ...more }] })),
    )
  expect(await wrong({ numerator: 'ghost', denominator: 'count' })).toEqual(['measures.share'])
  expect(await wrong({ numerator: 'count', denominator: 'ghost.count' })).toEqual(['measures.share'])
  const filtered = { kind: 'count', unit: '场', role: 'donor', where: { ghost: '1' } }
  expect(await wrong(filtered)).toEqual(['measures.share'])
  expect(
    await wrong({ kind: 'distinct', unit: '个', field: 'subordinate', among: { ghost: '1' } }),
  ).not.toEqual([])
  expect(await wrong({ numerator: 'count', denominator: 'themeActivity.count' })).toEqual([])
  const { measures } = await w.call(w.at('county'), getMeasures, {})
  expect(measures.length).toBeGreaterThan(100)
})

describe('formulas and rules', () => {
  const shop = (): LedgerDefinition =>
    blood({
      measures: [{ id: 'cost', title: '合计', unit: '元', kind: 'sum', field: 'cost', definition: '相加' }],
      fields: [
        { id: 'price', title: '单价', type: 'money', usedBy: '对账' },
        { id: 'amount', title: '数量', type: 'integer', usedBy: '对账' },
        {
          id: 'cost',
          title: '合计',
          type: 'calculated',
          unit: '元',
          usedBy: '对账',
          formula: '{price} × {amount}',
        },
        { id: 'until', title: '归还', type: 'date', usedBy: '对账' },
        {
          id: 'kept',
          title: '借期',
          type: 'calculated',
          unit: '天',
          usedBy: '对账',
          formula: 'days({day}, {until})',
          decimals: 0,
        },
      ],
      rules: [
        { kind: 'notBefore', field: 'until', other: 'day' },
        { kind: 'atMost', field: 'amount', other: 'personTimes' },
        { kind: 'named', least: 1 },
      ],
      sentences: [{ id: 'record', of: 'record', text: '{day}，{org}[花费{cost}]' }],
    })
  const line = { personTimes: 5, participants: [{ name: '甲' }] }

  test('are worked out when written and when changed, and are filtered, summed and refused by', async () => {
    const id = await w.declare(w.at('county'), shop())
    const made = await record(id, {
      ...line,
      fields: { price: 0.1, amount: 3, cost: 999, until: '2024-03-20' },
    })
    expect(made.sentence).toContain('花费0.3')
    expect((await rows(id))[0]?.fields).toMatchObject({ cost: 0.3, kept: 8 })
    await w.call(w.at('north'), records.changeRecord, {
      params: { id: made.id },
      body: { version: 1, fields: { amount: 4, until: null } },
    })
    expect((await rows(id))[0]?.fields).toEqual({ price: 0.1, amount: 4, cost: 0.4 })
    await record(id, { ...line, day: '2024-04-01', fields: { price: 2, amount: 2 } })
    const { total, figures } = await w.call(w.at('north'), records.listRecords, {
      params: { ledger: id },
      query: { where: '{"cost":"1..10"}' },
    })
    expect([total, figures.sums.find((s) => s.field === 'cost')?.value, await figure(`${id}.cost`)]).toEqual([
      1, 4, 4.4,
    ])
    expect(await faultsOf(record(id, { ...line, fields: { until: '2024-03-01' } }))).toEqual(['until'])
    expect(await faultsOf(record(id, { ...line, fields: { amount: 6 } }))).toEqual(['amount'])
    expect(await faultsOf(record(id, { personTimes: 5 }))).toEqual(['participants'])
  })

  test('a version with another formula works out the older records anew', async () => {
    const id = await w.declare(w.at('county'), shop())
    await record(id, { ...line, fields: { price: 3, amount: 2 } })
    await w.change(w.at('county'), id, (d) => ({
      ...d,
      fields: d.fields.map((f) => (f.id === 'cost' ? { ...f, formula: '{price} × {amount} + 1' } : f)),
    }))
    const [row] = await rows(id)
    expect([row?.fields.cost, row?.version, await figure(`${id}.cost`)]).toEqual([7, 2, 7])
  })

  test('a date known to the month is kept, shown and filtered as such', async () => {
    const id = await w.declare(
      w.at('county'),
      blood({
        measures: [],
        fields: [{ id: 'since', title: '起', type: 'date', precision: 'month', usedBy: '对账' }],
        sentences: [{ id: 'record', of: 'record', text: '{day}，{org}自{since}起' }],
      }),
    )
    expect((await record(id, { fields: { since: '2023-05' } })).sentence).toContain('自2023-05起')
    expect(await faultsOf(record(id, { fields: { since: '2023-13' } }))).toEqual(['since'])
  })
})

describe('as a file', () => {
  test('a ledger goes out and comes in again as it was', async () => {
    for (const built of builtInLedgers.slice(0, 8)) {
      const out = (await w.call(w.at('north'), contract.downloadFile, {
        params: { ledger: built.id },
      })) as unknown as Download
      const { definition, users } = readFile(Buffer.from(out.body as Uint8Array).toString())
      const id = await w.declare(w.at('north'), { ...definition, title: `${definition.title}二` }, users)
      const again = (await w.call(w.at('north'), contract.downloadFile, {
        params: { ledger: id },
      })) as unknown as Download
      const { definition: back } = readFile(Buffer.from(again.body as Uint8Array).toString())
      expect({ ...back, id: built.id, title: built.title }).toEqual(built)
    }
    expect(() => readFile('{"format":"other"}')).toThrow(/不是台账定义文件/)
  })

  test('whatever comes with the product may be sent as an own one, and nothing of another shape', () => {
    const accepts = new Ajv().compile(contract.createOwn.body ?? {})
    for (const definition of builtInLedgers)
      expect([definition.id, accepts({ definition })]).toEqual([definition.id, true])
    const [first] = builtInLedgers
    for (const wrong of [
      { fields: {} },
      { title: 5 },
      { day: { label: '日', precision: 'week' } },
      { rules: [{ kind: 'other' }] },
    ])
      expect(accepts({ definition: { ...first, ...wrong } })).toBe(false)
  })

  test('whatever a declaration holds survives', () => {
    const field = fc.record(
      {
        id: fc.string(),
        title: fc.string(),
        type: fc.constantFrom(...FIELD_TYPES),
        usedBy: fc.string(),
        unit: fc.string(),
        required: fc.boolean(),
        formula: fc.string(),
        options: fc.array(fc.record({ value: fc.string(), title: fc.string() })),
      },
      { requiredKeys: ['id', 'title', 'type', 'usedBy'] },
    )
    fc.assert(
      fc.property(fc.array(field), fc.string(), fc.array(fc.string()), (fields, title, types) => {
        const definition = { ...bloodDonation, title, fields } as LedgerDefinition
        const users = { ...EVERYBODY, types }
        expect(readFile(JSON.stringify(fileOf(definition, users)))).toEqual({
          format: 'mingzhang.ledger',
          definition,
          users,
        })
      }),
    )
  })
})
