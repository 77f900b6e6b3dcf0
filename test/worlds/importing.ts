/** A desk at which spreadsheets are taken in: a tree, somebody who may, and the calls they make. */
import {
  type CheckReport,
  type CommitRequest,
  checkImport,
  downloadFailed,
  type ImportReport,
  type Preview,
  undoBatch,
  uploadFile,
} from '../../domain/records/import/contract.ts'
import { routes } from '../../domain/records/import/handlers.ts'
import { importFile } from '../../domain/records/import/importFile.ts'
import type { Org } from '../../domain/structure/organisations/queries.ts'
import type { Actor } from '../../kernel/context.ts'
import type { Endpoint, Input, Output } from '../../kernel/endpoint.ts'
import { type Call, type Download, type Route, run, type Upload } from '../../kernel/route.ts'
import { openWorld, type TestWorld } from '../../kernel/testing.ts'
import { migrations } from '../../migrations/index.ts'
import { everywhere, plantTree, type Tree } from './tree.ts'

export interface Desk {
  world: TestWorld
  tree: Tree
  actor: Actor
  call<E extends Endpoint>(endpoint: E, input: Partial<Call<E>>, by?: Actor): Promise<Output<E>>
  upload(
    bytes: Uint8Array,
    org: Org,
    more?: { name?: string; kind?: string; sheet?: string },
  ): Promise<Preview>
  check(bytes: Uint8Array, org: Org, more?: Partial<CommitRequest>): Promise<CheckReport>
  take(bytes: Uint8Array, org: Org, more?: Partial<CommitRequest>): Promise<ImportReport>
  failedRows(report: ImportReport): Promise<Uint8Array>
  undo(report: ImportReport): Promise<Output<typeof undoBatch>>
}

const quietly = async () => undefined

export async function openDesk(now?: string): Promise<Desk> {
  const world = await openWorld(migrations, now)
  const tree = await plantTree(world.services)
  const actor = everywhere()
  const call = <E extends Endpoint>(endpoint: E, input: Partial<Call<E>>, by = actor) => {
    const found = routes.find((one) => one.endpoint.id === endpoint.id) as Route<E>
    return run(world.services, by, found, input as Partial<Input<E> & { uploads: Upload[] }>)
  }
  const upload: Desk['upload'] = (bytes, org, { name = '表.xlsx', ...more } = {}) =>
    call(uploadFile, {
      body: { org: org.id, ...more } as never,
      uploads: [{ name, mediaType: 'application/octet-stream', bytes }],
    })
  const requested = async (bytes: Uint8Array, org: Org, more: Partial<CommitRequest>) => {
    const { kind, sheet } = more
    const { file } = await upload(bytes, org, { ...(kind && { kind }), ...(sheet && { sheet }) })
    return { file, org: org.id, ...more }
  }
  return {
    world,
    tree,
    actor,
    call,
    upload,
    async check(bytes, org, more = {}) {
      const { report } = await call(checkImport, { body: await requested(bytes, org, more) })
      if (!report) throw new Error('checked in the background')
      return report
    },
    async take(bytes, org, more = {}) {
      const request = await requested(bytes, org, more)
      return importFile({ services: world.services, actor, request, progress: quietly })
    },
    async failedRows({ failedFile }) {
      const params = { file: failedFile ?? '' }
      const file = (await call(downloadFailed, { params })) as unknown as Download
      return file.body as Uint8Array
    },
    undo: ({ batch }) => call(undoBatch, { params: { id: batch ?? '' } }),
  }
}
