import { Ajv } from 'ajv'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Download } from '../../../../kernel/route.ts'
import { OPENED, RESOLVED } from '../../../../kernel/shapes.ts'
import { writeWorkbook } from '../../../../kernel/spreadsheet/write.ts'
import {
  bloodDonation,
  EVERYBODY,
  faultsOf,
  type OwnWorld,
  plantOwnWorld,
} from '../../../../test/worlds/ownLedgers.ts'
import { getMeasures } from '../../../indicators/contract.ts'
import * as records from '../contract.ts'
import type { LedgerDefinition } from '../definition.ts'
import { FIELD_TYPES } from '../fields/types.ts'
import { builtInLedgers } from '../registry.ts'
import * as contract from './contract.ts'
import { guessSheet } from './guess.ts'
import { fileOf, readFile } from './rules.ts'

let w: OwnWorld

beforeAll(async () => {
  w = await plantOwnWorld()
})
afterAll(() => w.world.close())

test('a measure that cannot be asked is refused, so that it spoils the catalogue for nobody', async () => {
  const share = { id: 'share', title: '占比', unit: '%', kind: 'ratio' as const, definition: '两数之比' }
  const wrong = (more: object) =>
    faultsOf(
      w.declare(w.at('county'), w.blood({ measures: [...bloodDonation.measures, { ...share, ...more }] })),
    )
  expect(await wrong({ numerator: 'ghost', denominator: 'count' })).toEqual(['measures.share'])
  expect(await wrong({ numerator: 'count', denominator: 'ghost.count' })).toEqual(['measures.share'])
  const filtered = { kind: 'count', unit: '场', role: 'donor', where: { ghost: '1' } }
  expect(await wrong(filtered)).toEqual(['measures.share'])
  expect(
    await wrong({ kind: 'distinct', unit: '个', field: 'subordinate', among: { ghost: '1' } }),
  ).not.toEqual([])
  expect(await wrong({ numerator: 'volume', denominator: 'count' })).toEqual(['measures.share'])
  expect(await wrong({ numerator: 'count', denominator: 'themeActivity.count' })).toEqual([])
  const { measures } = await w.call(w.at('county'), getMeasures, {})
  expect(measures.length).toBeGreaterThan(100)
})

describe('formulas and rules', () => {
  const shop = (): LedgerDefinition =>
    w.blood({
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

  test.each(['{price} ×', '{ghost} × 2', '{price} × {kept}', 'days({day}, {amount})', '{price} × {dayTo}'])(
    'a formula that says %s is told of, and nothing is declared',
    async (formula) => {
      const wrong = shop()
      const fields = wrong.fields.map((f) => (f.id === 'cost' ? { ...f, formula } : f))
      expect(await faultsOf(w.declare(w.at('county'), { ...wrong, fields }))).toEqual(['fields.cost.formula'])
    },
  )

  test('are worked out when written and when changed, and are filtered, summed and refused by', async () => {
    const id = await w.declare(w.at('county'), shop())
    const made = await w.record(id, {
      ...line,
      fields: { price: 0.1, amount: 3, cost: 999, until: '2024-03-20' },
    })
    expect(made.sentence).toContain('花费0.3')
    expect((await w.rows(id))[0]?.fields).toMatchObject({ cost: 0.3, kept: 8 })
    await w.call(w.at('north'), records.changeRecord, {
      params: { id: made.id },
      body: { version: 1, fields: { amount: 4, until: null } },
    })
    expect((await w.rows(id))[0]?.fields).toEqual({ price: 0.1, amount: 4, cost: 0.4 })
    await w.record(id, { ...line, day: '2024-04-01', fields: { price: 2, amount: 2 } })
    const { total, figures } = await w.call(w.at('north'), records.listRecords, {
      params: { ledger: id },
      query: { where: '{"cost":"1..10"}' },
    })
    expect([
      total,
      figures.sums.find((s) => s.field === 'cost')?.value,
      await w.figure(`${id}.cost`),
    ]).toEqual([1, 4, 4.4])
    expect(await faultsOf(w.record(id, { ...line, fields: { until: '2024-03-01' } }))).toEqual(['until'])
    expect(await faultsOf(w.record(id, { ...line, fields: { amount: 6 } }))).toEqual(['amount'])
    expect(await faultsOf(w.record(id, { personTimes: 5 }))).toEqual(['participants'])
  })

  test('a version with another formula works out the older records anew', async () => {
    const id = await w.declare(w.at('county'), shop())
    await w.record(id, { ...line, fields: { price: 3, amount: 2 } })
    await w.change(w.at('county'), id, (d) => ({
      ...d,
      fields: d.fields.map((f) => (f.id === 'cost' ? { ...f, formula: '{price} × {amount} + 1' } : f)),
    }))
    const [row] = await w.rows(id)
    expect([row?.fields.cost, row?.version, await w.figure(`${id}.cost`)]).toEqual([7, 2, 7])
  })

  test('a date known to the month is kept, shown and filtered as such', async () => {
    const id = await w.declare(
      w.at('county'),
      w.blood({
        measures: [],
        fields: [{ id: 'since', title: '起', type: 'date', precision: 'month', usedBy: '对账' }],
        sentences: [{ id: 'record', of: 'record', text: '{day}，{org}自{since}起' }],
      }),
    )
    expect((await w.record(id, { fields: { since: '2023-05' } })).sentence).toContain('自2023-05起')
    expect(await faultsOf(w.record(id, { fields: { since: '2023-13' } }))).toEqual(['since'])
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
    const accepts = new Ajv().addVocabulary([OPENED, RESOLVED]).compile(contract.createOwn.body ?? {})
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

test('a workbook is read for its header and first rows; a reader may not ask', async () => {
  const bytes = await writeWorkbook([
    {
      name: '表',
      title: '青石镇2024年爱心捐赠登记表',
      columns: [{ title: '捐赠日期' }, { title: '捐赠单位' }, { title: '金额（元）' }],
      rows: [
        ['2024-03-01', '云溪纺织厂', 500],
        ['2024-03-02', '青石饭店', 300],
      ],
    },
  ])
  const uploads = [{ name: '捐赠.xlsx', mediaType: '', bytes }]
  const { name, rows } = await w.call(w.at('north'), contract.readColumns, { uploads })
  const guessed = guessSheet(rows)
  expect([name, guessed?.title, guessed?.columns.map((c) => c.as)]).toEqual([
    '捐赠',
    '爱心捐赠',
    ['day', 'org', 'money'],
  ])
  await expect(w.call(w.at('north', 'reader'), contract.readColumns, { uploads })).rejects.toMatchObject({
    kind: 'forbidden',
  })
  await expect(w.call(w.at('north'), contract.readColumns, { uploads: [] })).rejects.toThrow(/没有收到表格/)
})
