import { writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../../kernel/context.ts'
import type { Endpoint, Output } from '../../../kernel/endpoint.ts'
import { newId } from '../../../kernel/id.ts'
import { type Call, type Download, type Route, run } from '../../../kernel/route.ts'
import { plantRecordWorld, type RecordWorld } from '../../../test/worlds/records.ts'
import { createRecord, voidRecord } from '../../records/ledgers/contract.ts'
import * as contract from './contract.ts'
import { openForm } from './file/open.ts'
import { routes } from './handlers.ts'
import type { Mapped } from './mapping.ts'

let place: RecordWorld

beforeAll(async () => {
  place = await plantRecordWorld()
})
afterAll(() => place.world.close())

/** Under a key of its own, as the pages call. */
const call = <E extends Endpoint>(
  endpoint: E,
  input: Partial<Call<E>>,
  by: Actor = place.secretary,
): Promise<Output<E>> => {
  const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>
  return run(place.world.services, by, found, input, newId())
}

/** A township's monthly table: two ledgers by village, a total, a caption. */
async function blank(month: string, more: string[] = []): Promise<Uint8Array> {
  return writeXlsx({
    sheets: [
      {
        name: '月报',
        rows: [
          [`${month}共青团工作情况统计表`, null, null],
          ['填报单位：', null, null],
          ['单位', '志愿服务次数', '志愿者人次'],
          ['柳河村', null, null],
          ...more.map((name) => [name, null, null]),
          ['合计', null, null],
        ],
        merges: [
          { startRow: 0, startCol: 0, endRow: 0, endCol: 2 },
          { startRow: 1, startCol: 0, endRow: 1, endCol: 2 },
        ],
      },
    ],
  })
}

const send = async (bytes: Uint8Array, name = '月报.xlsx', by?: Actor, sender = '县团委') =>
  call(
    contract.uploadForm,
    { body: { org: place.tree.north.id, sender } as never, uploads: [{ name, mediaType: '', bytes }] },
    by,
  )

const figure = (row: number, column: number, measure: string, org: 'own' | 'row'): Mapped => ({
  table: 's0',
  row,
  column,
  entry: { kind: 'figure', measure, period: 'own', org },
})

const MAPPING: Mapped[] = [
  { table: 's0', row: 1, column: 0, entry: { kind: 'text', what: 'org' } },
  figure(3, 1, 'volunteering.count', 'row'),
  figure(3, 2, 'volunteering.personTimes', 'row'),
  figure(4, 1, 'volunteering.count', 'own'),
  figure(4, 2, 'volunteering.personTimes', 'own'),
]

const mapped = async (id: string, mapping = MAPPING) => {
  const { version } = await call(contract.getForm, { params: { id } })
  return call(contract.saveForm, { params: { id }, body: { version, mapping } })
}

const record = (day: string, personTimes: number) =>
  place.call(place.secretary, createRecord, {
    params: { ledger: 'volunteering' },
    body: place.planting({ day, personTimes }),
  })

const fileOf = async (id: string) => {
  const file = (await call(contract.downloadFilled, { params: { id } })) as unknown as Download
  const { document } = await openForm({ bytes: file.body as Uint8Array, fileName: file.name })
  const text = (row: number, column: number) =>
    document.tables[0]?.cells.find((c) => c.row === row && c.column === column)?.text
  return { name: file.name, text }
}

describe('a form that comes every month', () => {
  let form: string
  let first: string

  test('is taken in once, pointed at, and filled with what the ledgers say', async () => {
    await record('2024-04-10', 12)
    await record('2024-04-20', 8)
    const sent = await send(await blank('2024年4月'))
    expect(sent).toMatchObject({ known: 'new', carried: 0 })
    form = sent.id
    await mapped(form)
    const opened = await call(contract.getForm, { params: { id: form } })
    expect([opened.rhythm, opened.mapped, opened.open]).toEqual(['month', 5, 0])
    first = (await call(contract.fillForm, { params: { id: form }, body: { period: '2024-04' } })).id
    const { name, text } = await fileOf(first)
    expect(name).toBe('月报（青石镇，2024年4月）.xlsx')
    expect([text(1, 0), text(3, 1), text(3, 2), text(4, 2)]).toEqual(['填报单位：青石镇', '2', '20', '20'])
  })

  test('needs no question the second month, and says what is missing instead of 0', async () => {
    const again = await send(await blank('2024年5月'), '5月报表.xlsx')
    expect(again).toEqual({ id: form, known: 'same', carried: 5, lost: 0, open: 0 })
    const filled = await call(contract.fillForm, { params: { id: form }, body: { period: '2024-05' } })
    expect(filled.missing).toBe(4)
    const { text } = await fileOf(filled.id)
    expect([text(3, 1), text(4, 2)]).toEqual(['', ''])
    const { checks } = await call(contract.getFilled, { params: { id: filled.id } })
    expect(checks.map((c) => c.kind)).toEqual(['missing', 'missing', 'missing', 'missing'])
  })

  test('keeps its evidence as it was, and says what differs today', async () => {
    const query = { table: 's0', row: 3, column: 2 }
    const rows = await call(contract.getFilledRows, { params: { id: first }, query })
    expect(rows.total).toBe(2)
    const voided = rows.rows[0]?.id ?? ''
    await place.call(place.secretary, voidRecord, { params: { id: voided }, body: { reason: '记重了' } })
    const { drifted } = await call(contract.getFilledDrift, { params: { id: first } })
    expect(drifted.map((d) => [d.row, d.column, d.change])).toEqual([
      [3, 1, '减少1次'],
      [3, 2, '减少12人次'],
      [4, 1, '减少1次'],
      [4, 2, '减少12人次'],
    ])
    expect((await call(contract.getFilledRows, { params: { id: first }, query })).total).toBe(2)
    expect((await fileOf(first)).text(3, 2)).toBe('20')
  })

  test('when a village came in, asks about nothing but its cells', async () => {
    const changed = await send(await blank('2024年6月', ['竹溪村']))
    expect(changed).toEqual({ id: form, known: 'changed', carried: 5, lost: 0, open: 2 })
    const { mapping, openCells } = await call(contract.getForm, { params: { id: form } })
    expect(mapping.filter((m) => m.row === 5).length).toBe(2)
    expect(openCells.map((c) => [c.row, c.column])).toEqual([
      [4, 1],
      [4, 2],
    ])
  })

  test('may be amended with a reason until it is handed in', async () => {
    const { id } = await call(contract.fillForm, { params: { id: form }, body: { period: '2024-05' } })
    const cell = { table: 's0', row: 3, column: 1 }
    const amend = (as: Call<typeof contract.amendFilled>['body']['as']) =>
      call(contract.amendFilled, { params: { id }, body: { ...cell, as } })
    await amend({ nil: true })
    expect((await fileOf(id)).text(3, 1)).toBe('0')
    await amend({ value: 3, reason: '村里电话报的' })
    const { cells } = await call(contract.getFilled, { params: { id } })
    expect(cells.find((c) => c.row === 3 && c.column === 1)).toMatchObject({ source: 'typed', value: 3 })
    await amend(null)
    expect((await fileOf(id)).text(3, 1)).toBe('')
    await call(contract.submitFilled, { params: { id }, body: { on: '2024-06-03', to: '县团委' } })
    await expect(amend({ nil: true })).rejects.toThrow('不再改动')
  })
})

describe('refused', () => {
  test('to others, and to who only reads', async () => {
    const bytes = await blank('2024年4月')
    await expect(send(bytes, '月报.xlsx', place.reader)).rejects.toThrow('没有这项权限')
    await expect(send(bytes, '月报.xlsx', place.neighbour)).rejects.toThrow('没有找到')
    const { id } = await send(bytes, '月报.xlsx', undefined, '团市委')
    await expect(call(contract.getForm, { params: { id } }, place.neighbour)).rejects.toThrow('没有找到')
    expect((await call(contract.getForm, { params: { id } }, place.reader)).may).toEqual({
      write: false,
      submit: false,
    })
  })

  test('a damaged file, a covered cell, a cell said twice, an old version', async () => {
    await expect(send(new Uint8Array([80, 75, 3, 4]))).rejects.toThrow('另存')
    const { id } = await send(await blank('2024年4月'), '月报.xlsx', undefined, '团省委')
    await expect(mapped(id, [figure(0, 1, 'volunteering.count', 'own')])).rejects.toThrow('合并')
    const twice = [figure(3, 1, 'volunteering.count', 'own'), figure(3, 1, 'award.count', 'own')]
    await expect(mapped(id, twice)).rejects.toThrow('两次')
    await mapped(id)
    const body = { version: 1, title: '别的' }
    await expect(call(contract.saveForm, { params: { id }, body })).rejects.toThrow('刚被别人改过')
  })

  test('a filter that is not understood leaves the cell empty and says why', async () => {
    const { id } = await send(await blank('2024年4月'), '月报.xlsx', undefined, '民政局')
    await mapped(id, [figure(3, 1, 'nothing.count', 'own')])
    const filled = await call(contract.fillForm, { params: { id }, body: { period: '2024-04' } })
    const { cells } = await call(contract.getFilled, { params: { id: filled.id } })
    expect(cells[0]).toMatchObject({ value: null, missingReason: expect.stringContaining('没有指标') })
  })
})
