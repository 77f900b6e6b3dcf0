/** The tree of tests with offices that declare ledgers of their own, and every route. */
import { routes } from '../../domain/index.ts'
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
  return {
    world,
    tree,
    at: (name, role = 'manager') =>
      actorWith([{ orgId: tree[name].id, countyId: countyOf(tree, name), path: tree[name].path, role }]),
    call,
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
