/** The tree of tests with people who are written down twice, and somebody who merges them. */
import { sql } from 'kysely'
import { routes } from '../../domain/index.ts'
import { enterMembers } from '../../domain/structure/memberships/enter.ts'
import * as contract from '../../domain/structure/merges/contract.ts'
import { PERSON_LINKS } from '../../domain/structure/merges/links.ts'
import type { PersonEntry } from '../../domain/structure/people/entry.ts'
import { makeCheckDigit } from '../../domain/structure/people/idNumber.ts'
import type { Actor, Context } from '../../kernel/context.ts'
import type { Endpoint, Output } from '../../kernel/endpoint.ts'
import { type Call, type Route, run } from '../../kernel/route.ts'
import { actorWith, openWorld, type TestWorld } from '../../kernel/testing.ts'
import { migrations } from '../../migrations/index.ts'
import { inTransaction, plantTree, type Tree, type TreeName } from './tree.ts'

export const idNumber = (body: string): string => body + makeCheckDigit(body)

export interface MergeChoices {
  keep?: 'one' | 'other'
  fields?: Record<string, 'one' | 'other'>
  spans?: Record<string, contract.SpanChoice>
}

export interface MergeWorld {
  world: TestWorld
  tree: Tree
  at(name: TreeName, role?: 'manager' | 'reader'): Actor
  call<E extends Endpoint>(
    actor: Actor,
    endpoint: E,
    input: Partial<Call<E>>,
    key?: string | null,
  ): Promise<Output<E>>
  working<T>(work: (ctx: Context) => Promise<T>): Promise<T>
  /** A member of a branch, as a person id. */
  member(name: TreeName, person: Omit<PersonEntry, 'orgId'>, from?: string): Promise<string>
  compare(actor: Actor, one: string, other: string): Promise<contract.PersonComparison>
  merge(
    actor: Actor,
    ids: [string, string],
    choices?: MergeChoices,
    key?: string | null,
  ): Promise<{ merge: string; personId: string }>
  undo(actor: Actor, id: string): Promise<contract.MergeDone>
  /** Every row of every table that a merge may touch, as PostgreSQL writes it. */
  everyRow(): Promise<string[]>
}

export async function plantMergeWorld(): Promise<MergeWorld> {
  const world = await openWorld(migrations)
  const tree = await plantTree(world.services)
  const working: MergeWorld['working'] = (work) => inTransaction(world.services, work)
  const call: MergeWorld['call'] = <E extends Endpoint>(
    actor: Actor,
    endpoint: E,
    input: Partial<Call<E>>,
    key: string | null = null,
  ): Promise<Output<E>> => {
    const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>
    return run(world.services, actor, found, input, key)
  }
  const compare: MergeWorld['compare'] = (actor, one, other) =>
    call(actor, contract.comparePeople, { params: { one, other } })
  return {
    world,
    tree,
    working,
    call,
    compare,
    at: (name, role = 'manager') => {
      const { id, countyId, path } = tree[name]
      return actorWith([{ orgId: id, countyId: name === 'city' ? null : countyId, path, role }])
    },
    member: async (name, person, from = '2022-01-01') => {
      const entry = { person: { orgId: tree[name].id, ...person }, from }
      const [answer] = await working((ctx) => enterMembers(ctx, [entry], { statedOn: '2024-06-01' }))
      if (answer?.state !== 'entered') throw new Error(JSON.stringify(answer))
      return answer.person?.personId ?? ''
    },
    merge: async (actor, [one, other], choices = {}, key = null) => {
      const { seen } = await compare(actor, one, other)
      const body = { seen, keep: 'one' as const, ...choices }
      return call(actor, contract.mergePeople, { params: { one, other }, body }, key)
    },
    undo: (actor, id) => call(actor, contract.undoPeopleMerge, { params: { id } }),
    everyRow: () => everyRow(world),
  }
}

async function everyRow(world: TestWorld): Promise<string[]> {
  const found: string[] = []
  for (const table of ['person', ...PERSON_LINKS.map((l) => l.table)]) {
    const { rows } = await sql<{ row: string }>`
      select t::text as row from ${sql.id('public', table)} t order by 1`.execute(world.owner)
    found.push(...rows.map((r) => `${table} ${r.row}`))
  }
  return found.sort()
}
