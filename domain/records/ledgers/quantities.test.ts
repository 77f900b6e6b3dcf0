import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plantRecordWorld, type RecordWorld } from '../../../test/worlds/records.ts'
import * as contract from './contract.ts'
import { exportRecords } from './exportContract.ts'
import {
  addQuantities,
  checkQuantities,
  type Quantity,
  readQuantities,
  saidQuantities,
  shownQuantities,
} from './quantities.ts'

const q = (what: string, amount: string, unit: string): Quantity => ({ what, amount, unit })

describe('one line of words', () => {
  test.each([
    ['植树400株、清垃圾3吨', [q('植树', '400', '株'), q('清垃圾', '3', '吨')]],
    ['义务植树 400 株，清理垃圾 3 吨', [q('义务植树', '400', '株'), q('清理垃圾', '3', '吨')]],
    ['植树４００株；发放资料2,000份。', [q('植树', '400', '株'), q('发放资料', '2000', '份')]],
    ['植树400株清理垃圾3.5吨', [q('植树', '400', '株'), q('清理垃圾', '3.5', '吨')]],
    ['3吨垃圾', [q('垃圾', '3', '吨')]],
    ['植树1.2万株', [q('植树', '12000', '株')]],
    ['修路3千米', [q('修路', '3', '千米')]],
    ['第3期简报发放500份', [q('第3期简报发放', '500', '份')]],
    ['粉刷墙面120㎡', [q('粉刷墙面', '120', '平方米')]],
    ['慰问老人：12户', [q('慰问老人', '12', '户')]],
    ['栽花300盆景', [q('栽花（景）', '300', '盆')]],
    ['', []],
  ])('%s', (text, quantities) => {
    expect(readQuantities(text)).toEqual({ quantities, problems: [] })
  })

  test.each([
    ['效果良好', '里没有数量'],
    ['植树400余株', '是约数'],
    ['植树约400株', '是约数'],
    ['植树400', '没有单位'],
    ['400株', '没有写是什么'],
    ['植树0株', '数量是 0'],
    ['植树200株，植树300株', '写了两次'],
  ])('%s says what is wrong and how to mend it', (text, reason) => {
    const { problems } = readQuantities(text)
    expect(problems[0]?.reason).toContain(reason)
    expect(problems[0]?.remedy).not.toBe('')
  })

  test('what a cell shows is read back the same, whatever the words', () => {
    const word = fc.stringMatching(/^[\u4e00-\u4e03\u6811\u6c34\u57c3]{1,6}$/)
    const amount = fc
      .tuple(fc.integer({ min: 1, max: 9_999_999 }), fc.integer({ min: 0, max: 4 }))
      .map(([n, scale]) => String(n / 10 ** scale))
    const one = fc
      .tuple(word, amount, fc.constantFrom('株', '吨', '人份', '份', '公里'))
      .map(([a, b, c]) => q(a, b, c))
    fc.assert(
      fc.property(fc.array(one, { maxLength: 8 }), (all) => {
        const different = addQuantities(all)
        expect(readQuantities(shownQuantities(different))).toEqual({ quantities: different, problems: [] })
      }),
    )
  })

  test('whatever is typed is read, or told what is wrong with it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'植树400株，、3.吨万第期 约m余5,') }), (text) => {
        const { quantities, problems } = readQuantities(text)
        const said = quantities.length > 0 || problems.length > 0
        expect(said).toBe(/[^，、,\s]/.test(text))
        if (problems.length === 0) expect(checkQuantities(quantities).problems).toEqual([])
      }),
    )
  })
})

let w: RecordWorld
beforeAll(async () => {
  w = await plantRecordWorld()
})
afterAll(() => w.world.close())

describe('in a record', () => {
  const record = (quantities: Quantity[], more = {}, ledger = 'volunteering') =>
    w.call(w.secretary, contract.createRecord, {
      params: { ledger },
      body: { ...w.planting({ quantities, ...more }) },
    })
  const open = (id: string) => w.call(w.secretary, contract.getRecord, { params: { id } })

  test('stand in its sentence, its history and its list, in any ledger', async () => {
    const made = await record([q('义务植树', '400', '株')], {}, 'themeActivity')
    expect(made.sentence).toMatch(/，义务植树400株$/)
    const changed = await w.call(w.secretary, contract.changeRecord, {
      params: { id: made.id },
      body: { version: 1, quantities: [q('义务植树', '420.50', '株'), q('清理垃圾', '3', '吨')] },
    })
    expect(changed.sentence).toMatch(/，义务植树420\.5株，清理垃圾3吨$/)
    const seen = await open(made.id)
    expect(seen.quantities).toEqual([q('义务植树', '420.5', '株'), q('清理垃圾', '3', '吨')])
    expect(seen.history.at(-1)?.changes).toEqual([
      {
        field: 'quantities',
        title: '成果',
        before: '义务植树 400 株',
        after: '义务植树 420.5 株；清理垃圾 3 吨',
      },
    ])
    const other = await w.call(w.secretary, contract.changeRecord, {
      params: { id: made.id },
      body: { version: 2, title: '改名' },
    })
    expect((await open(other.id)).quantities).toHaveLength(2)
  })

  test('are refused with the reason when they say nothing', async () => {
    await expect(record([q('', '4', '株')])).rejects.toMatchObject({ problems: [{ field: 'quantities' }] })
    await expect(record([q('植树', '很多', '株')])).rejects.toMatchObject({
      problems: [{ field: 'quantities' }],
    })
    await expect(record([q('植树', '-4', '株')])).rejects.toMatchObject({
      problems: [{ field: 'quantities' }],
    })
  })

  test('are exported under a header by which they come back', async () => {
    const day = '2024-05-20'
    await record([q('清淤', '0.1', '公里'), q('栽花', '30', '盆')], { day })
    const file = await w.call(w.secretary, exportRecords, {
      params: { ledger: 'volunteering' },
      query: { from: day, to: day, format: 'csv' },
    })
    const text = new TextDecoder().decode((file as unknown as { body: Uint8Array }).body)
    expect(text).toContain('成果')
    expect(text).toContain('清淤 0.1 公里；栽花 30 盆')
    expect(saidQuantities(readQuantities('清淤 0.1 公里；栽花 30 盆').quantities)).toBe(
      '清淤0.1公里，栽花30盆',
    )
  })
})
