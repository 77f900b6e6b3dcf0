/** The tree of tests with offices that declare ledgers of their own, and every route. */
import { routes } from '../../domain/index.ts'
import { getFigure } from '../../domain/indicators/contract.ts'
import {
  createRecord,
  listRecords,
  type RecordRow,
  type Written,
} from '../../domain/records/ledgers/contract.ts'
import type { LedgerDefinition, LedgerUsers } from '../../domain/records/ledgers/definition.ts'
import { createOwn, getOwn, publishOwn, writeOwn } from '../../domain/records/ledgers/own/contract.ts'
import type { Actor } from '../../kernel/context.ts'
import type { Endpoint, Output } from '../../kernel/endpoint.ts'
import { type Call, type Route, run } from '../../kernel/route.ts'
import { actorWith, openWorld, type TestWorld } from '../../kernel/testing.ts'
import { migrations } from '../../migrations/index.ts'
import { plantTree, type Tree, type TreeName } from './tree.ts'

export const EVERYBODY: LedgerUsers = { types: [], sectors: [], levels: [] }

export interface OwnWorld {
  world: TestWorld
  tree: Tree
  at(name: TreeName, role?: 'manager' | 'staff' | 'reader'): Actor
  call<E extends Endpoint>(actor: Actor, endpoint: E, input: Partial<Call<E>>): Promise<Output<E>>
  /** Declares a ledger and publishes it; answers its id. */
  declare(actor: Actor, definition: LedgerDefinition, users?: LedgerUsers): Promise<string>
  /** 无偿献血 of a name of its own each time, as two may not be called the same. */
  blood(more?: Partial<LedgerDefinition>): LedgerDefinition
  /** In 柳河村 on 12 March, by its township. */
  record(ledger: string, more?: object, by?: Actor): Promise<Written>
  /** As the township sees them, the oldest first. */
  rows(ledger: string): Promise<RecordRow[]>
  /** Of the county in 2024. */
  figure(measure: string, by?: Actor): Promise<unknown>
  /** Publishes a further version. */
  change(actor: Actor, id: string, how: (now: LedgerDefinition) => LedgerDefinition): Promise<void>
}

export async function plantOwnWorld(): Promise<OwnWorld> {
  const world = await openWorld(migrations)
  const tree = await plantTree(world.services)
  const call: OwnWorld['call'] = (actor, endpoint, input) => {
    const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<typeof endpoint>
    return run(world.services, actor, found, input as never) as never
  }
  const at: OwnWorld['at'] = (name, role = 'manager') =>
    actorWith([{ orgId: tree[name].id, countyId: countyOf(tree, name), path: tree[name].path, role }])
  let count = 0
  return {
    world,
    tree,
    at,
    call,
    blood(more = {}) {
      count += 1
      return { ...bloodDonation, title: `无偿献血${count}`, ...more }
    },
    record(ledger, more = {}, by = at('north')) {
      const body = { orgId: tree.willow.id, day: '2024-03-12', ...more }
      return call(by, createRecord, { params: { ledger }, body })
    },
    rows: async (ledger) =>
      (await call(at('north'), listRecords, { params: { ledger }, query: { sort: 'day' } })).rows,
    async figure(measure, by = at('county')) {
      const query = { org: tree.county.id, measure, from: '2024-01-01', to: '2024-12-31' }
      return (await call(by, getFigure, { query })).value
    },
    async declare(actor, definition, users = EVERYBODY) {
      const { id, version } = await call(actor, createOwn, { body: { definition, users } })
      await call(actor, publishOwn, { params: { id }, body: { version } })
      return id
    },
    async change(actor, id, how) {
      const { definition, users, version } = await call(actor, getOwn, { params: { id } })
      const body = { definition: how(definition), users, version }
      const written = await call(actor, writeOwn, { params: { id }, body })
      await call(actor, publishOwn, { params: { id }, body: { version: written.version } })
    },
  }
}

const countyOf = (tree: Tree, name: TreeName) => (name === 'city' ? null : tree[name].countyId)

/** The places of what was refused; none when it was not. */
export const faultsOf = (promise: Promise<unknown>): Promise<string[]> =>
  promise.then(
    () => [],
    (error) => error.problems.map((p: { field: string }) => p.field),
  )

/** 无偿献血: date, place, people, millilitres. */
export const bloodDonation: LedgerDefinition = {
  id: '',
  title: '无偿献血',
  line: '服务大局',
  order: 390,
  about: '组织团员青年无偿献血。',
  sheetTitles: ['献血'],
  measureWord: '场',
  name: { label: '献血活动', synonyms: ['活动'], fallback: '{day}无偿献血' },
  day: { label: '献血日期' },
  personTimes: { label: '献血人次', synonyms: ['献血人数'] },
  roles: [{ id: 'donor', title: '献血者', synonyms: ['献血人'] }],
  photos: true,
  fields: [
    { id: 'place', title: '地点', type: 'place', usedBy: '总结' },
    { id: 'volume', title: '献血量', type: 'integer', unit: '毫升', usedBy: '总结', synonyms: ['毫升数'] },
    { id: 'budget', title: '经费', type: 'money', usedBy: '对账' },
  ],
  measures: [
    {
      id: 'volume',
      title: '献血量',
      unit: '毫升',
      kind: 'sum',
      field: 'volume',
      definition: '各场献血量相加。',
    },
  ],
  sentences: [
    {
      id: 'record',
      of: 'record',
      text: '{day}，{org}[在{place}]组织无偿献血[，{personTimes}人次参加][，献血{volume}毫升]',
    },
    { id: 'period', of: 'period', text: '组织无偿献血{count}场[，{people}人][，献血{volume}毫升]' },
  ],
}
