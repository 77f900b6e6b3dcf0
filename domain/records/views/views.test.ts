import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../../kernel/context.ts'
import type { Endpoint, Input } from '../../../kernel/endpoint.ts'
import { type Route, run } from '../../../kernel/route.ts'
import { plantRecordWorld, type RecordWorld } from '../../../test/worlds/records.ts'
import { listLedgers } from '../ledgers/contract.ts'
import { changeView, deleteView, listViews, saveView, setDefaultView, setFavourite } from './contract.ts'
import { routes } from './handlers.ts'

let w: RecordWorld
beforeAll(async () => {
  w = await plantRecordWorld()
})
afterAll(() => w.world.close())

function ask<E extends Endpoint>(actor: Actor, endpoint: E, input: Partial<Input<E>>) {
  const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>
  return run(w.world.services, actor, found, input as never)
}

const list = 'ledger.themeActivity'
const state = {
  search: { 'f.kind': 'treePlanting', sort: '-personTimes' },
  columns: ['day', 'title', 'personTimes'],
  widths: { title: 320 },
}
const save = (actor: Actor, name: string, shared = false) =>
  ask(actor, saveView, { body: { list, name, state, shared } })
const names = async (actor: Actor) =>
  (await ask(actor, listViews, { query: { list } })).views.map((v) => `${v.name}${v.mine ? '' : '*'}`)

describe('saved views', () => {
  test('keep how a list stands; one of one’s own is seen by nobody else', async () => {
    const view = await save(w.secretary, '植树最多的')
    expect(view).toMatchObject({ state, shared: false, mine: true, isDefault: false, org: '青石镇' })
    expect(await names(w.secretary)).toEqual(['植树最多的'])
    expect(await names(w.neighbour)).toEqual([])
    expect((await ask(w.secretary, listViews, { query: { list: 'members' } })).views).toEqual([])
    await expect(save(w.secretary, '植树最多的')).rejects.toMatchObject({ code: 'nameTaken' })
  })

  test('are shared within the organisation by those who record there, and looked after by those who run it', async () => {
    const shared = await save(w.secretary, '迎检用', true)
    const colleague = w.at('north', 'manager')
    expect(await names(w.reader)).toContain('迎检用*')
    expect(await names(colleague)).toEqual(['迎检用'])
    expect(await names(w.neighbour)).toEqual([])
    expect(await names(w.at('willow', 'manager'))).toEqual([])
    await expect(save(w.reader, '读者的', true)).rejects.toMatchObject({ kind: 'forbidden' })
    const renamed = { params: { id: shared.id }, body: { name: '迎检' } }
    await expect(ask(w.reader, changeView, renamed)).rejects.toThrow('另存为自己的视图')
    await expect(ask(w.neighbour, changeView, renamed)).rejects.toMatchObject({ kind: 'notFound' })
    expect(await ask(colleague, changeView, renamed)).toMatchObject({ name: '迎检', shared: true, state })
  })

  test('are renamed, brought up to date, taken back and deleted', async () => {
    const view = await save(w.secretary, '试试', true)
    const later = { ...state, columns: null }
    const params = { id: view.id }
    const changed = await ask(w.secretary, changeView, { params, body: { state: later, shared: false } })
    expect(changed).toMatchObject({ name: '试试', shared: false, state: later })
    expect(await names(w.reader)).not.toContain('试试*')
    await ask(w.secretary, deleteView, { params })
    await expect(ask(w.secretary, deleteView, { params })).rejects.toMatchObject({ kind: 'notFound' })
  })

  test('one of them is with what the list begins, for each person alone', async () => {
    const view = await save(w.secretary, '先看这个', true)
    await ask(w.secretary, setDefaultView, { body: { list, view: view.id } })
    const first = async (actor: Actor) =>
      (await ask(actor, listViews, { query: { list } })).views.filter((v) => v.isDefault).map((v) => v.name)
    expect(await first(w.secretary)).toEqual(['先看这个'])
    expect(await first(w.reader)).toEqual([])
    await expect(ask(w.neighbour, setDefaultView, { body: { list, view: view.id } })).rejects.toMatchObject({
      kind: 'notFound',
    })
    await ask(w.secretary, setDefaultView, { body: { list, view: null } })
    expect(await first(w.secretary)).toEqual([])
  })
})

test('a favourite ledger is marked for its account alone, and found by its pinyin', async () => {
  await ask(w.secretary, setFavourite, { params: { ledger: 'volunteering' }, body: { on: true } })
  const of = async (actor: Actor) =>
    (await w.call(actor, listLedgers, { query: {} })).ledgers.find((l) => l.definition.id === 'volunteering')
  expect(await of(w.secretary)).toMatchObject({ favourite: true, nameKey: 'zhi yuan fu wu /zyfw' })
  expect(await of(w.reader)).toMatchObject({ favourite: false })
  await ask(w.secretary, setFavourite, { params: { ledger: 'volunteering' }, body: { on: false } })
  expect(await of(w.secretary)).toMatchObject({ favourite: false })
  await expect(
    ask(w.secretary, setFavourite, { params: { ledger: 'nothing' }, body: { on: true } }),
  ).rejects.toMatchObject({ kind: 'notFound' })
})
