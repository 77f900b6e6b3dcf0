/** A served township whose secretary sends files to every door, while somebody else asks who they are. */
import { turnDemoOn } from '../../domain/structure/accounts/demo.ts'
import { addAccount, addHolder } from '../../domain/structure/accounts/setup.ts'
import { openWorld } from '../../kernel/testing.ts'
import { migrations } from '../../migrations/index.ts'
import { buildApp } from '../../server/app.ts'
import { inTransaction, plantTree, type Tree } from './tree.ts'

export const DOORS = { import: 'imports/files', form: 'forms', columns: 'own-ledgers/columns' }
export type Door = keyof typeof DOORS

export interface Sent {
  status: number
  code: string
  title: string
  milliseconds: number
}

export interface Doors {
  tree: Tree
  address: string
  headers: Record<string, string>
  send(door: Door, file: { bytes: Uint8Array; fileName: string }, org?: string): Promise<Sent>
  /** How long another question waits, in milliseconds. */
  neighbour(): Promise<number>
  close(): Promise<void>
}

export async function openDoors(): Promise<Doors> {
  const world = await openWorld(migrations)
  const tree = await plantTree(world.services)
  await inTransaction(world.services, async (ctx) => {
    const personId = await addHolder(ctx, tree.north, { name: '林一', post: 'secretary', postTitle: '书记' })
    const accountId = await addAccount(ctx, { personId, name: '林一', username: 'lin' })
    const role = { id: 'township', title: '乡镇团委书记', name: '林一', errand: '记', start: '/' }
    await turnDemoOn(ctx.db, { roles: [{ ...role, accountId }] })
  })
  const app = await buildApp(world.services)
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const payload = { role: 'township' }
  const { token } = (await app.inject({ method: 'POST', url: '/api/demo/session', payload })).json()
  const headers = { authorization: `Bearer ${token}` }
  return {
    tree,
    address,
    headers,
    async send(door, { bytes, fileName }, org = tree.north.id) {
      const body = new FormData()
      if (door !== 'columns') body.set('org', org)
      body.set('file', new Blob([new Uint8Array(bytes)]), fileName)
      const begun = performance.now()
      const answer = await fetch(`${address}/api/${DOORS[door]}`, { method: 'POST', headers, body })
      const { code = 'read', title = '' } = (await answer.json()) as { code?: string; title?: string }
      return { status: answer.status, code, title, milliseconds: Math.round(performance.now() - begun) }
    },
    async neighbour() {
      const begun = performance.now()
      const answer = await fetch(`${address}/api/me`, { headers })
      await answer.arrayBuffer()
      return Math.round(performance.now() - begun)
    },
    async close() {
      await app.close()
      await world.close()
    },
  }
}
