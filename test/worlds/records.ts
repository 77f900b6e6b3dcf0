/** The tree of tests with somebody at work in it, who records. */

import type * as contract from '../../domain/records/ledgers/contract.ts'
import { routes } from '../../domain/records/ledgers/handlers.ts'
import type { Actor } from '../../kernel/context.ts'
import type { Endpoint, Input, Output } from '../../kernel/endpoint.ts'
import { type Call, type Route, run } from '../../kernel/route.ts'
import { actorWith, openWorld, type TestWorld } from '../../kernel/testing.ts'
import { migrations } from '../../migrations/index.ts'
import { plantTree, type Tree, type TreeName } from './tree.ts'

export type RecordBody = Input<typeof contract.createRecord>['body']
export type ListQuery = Input<typeof contract.listRecords>['query']

export interface RecordWorld {
  world: TestWorld
  tree: Tree
  /** Runs the work of 青石镇. */
  secretary: Actor
  /** Runs the work of 白鹭镇. */
  neighbour: Actor
  /** Only reads in 青石镇. */
  reader: Actor
  at(name: TreeName, role: 'manager' | 'reader'): Actor
  call<E extends Endpoint>(
    actor: Actor,
    endpoint: E,
    input: Partial<Call<E>>,
    key?: string | null,
  ): Promise<Output<E>>
  /** 植树活动 of 柳河村 on 12 March with 32 attendances, and what is said beside. */
  planting(more?: Partial<RecordBody>): RecordBody
}

export async function plantRecordWorld(): Promise<RecordWorld> {
  const world = await openWorld(migrations)
  const tree = await plantTree(world.services)
  const at: RecordWorld['at'] = (name, role) => {
    const { id, countyId, path } = tree[name]
    return actorWith([{ orgId: id, countyId, path, role }], `${tree[name].name}的人`)
  }
  return {
    world,
    tree,
    secretary: at('north', 'manager'),
    neighbour: at('south', 'manager'),
    reader: at('north', 'reader'),
    at,
    call<E extends Endpoint>(
      actor: Actor,
      endpoint: E,
      input: Partial<Call<E>>,
      key: string | null = null,
    ): Promise<Output<E>> {
      const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>
      return run(world.services, actor, found, input, key)
    },
    planting: (more = {}) => ({
      day: '2024-03-12',
      title: '植树活动',
      orgId: tree.willow.id,
      personTimes: 32,
      ...more,
    }),
  }
}
