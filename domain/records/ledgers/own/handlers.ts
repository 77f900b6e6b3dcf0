import { act } from '../../../../kernel/act.ts'
import { type Context, require } from '../../../../kernel/context.ts'
import type { Input } from '../../../../kernel/endpoint.ts'
import { conflict, invalid } from '../../../../kernel/errors.ts'
import { guarded } from '../../../../kernel/guard/guard.ts'
import { newId } from '../../../../kernel/id.ts'
import { type AnyRoute, type Download, route, stepwise, type Upload } from '../../../../kernel/route.ts'
import { checkSize, guardOf } from '../../../../kernel/spreadsheet/read.ts'
import { findOrg } from '../../../structure/organisations/queries.ts'
import type { LedgerDefinition } from '../definition.ts'
import { ownOrg } from '../lives.ts'
import { ledger } from '../registry.ts'
import type { headOf } from './columns.ts'
import * as contract from './contract.ts'
import { askAgain } from './published.ts'
import {
  fileText,
  type Opened,
  type Owner,
  type OwnRow,
  openOwn,
  ownDetail,
  ownSummaries,
  takenTitles,
} from './queries.ts'
import { recalculate } from './recalculate.ts'
import { EVERYBODY, nextVersion, publishFaults } from './rules.ts'
import type { Declared } from './tables.ts'
import { tryMeasures } from './trial.ts'

interface Done {
  id: string
  version: number
}

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'

/** `own` and eight letters: no built-in ledger begins so, and no other one is called the same. */
const newLedgerId = (): string =>
  `own${[...newId().replaceAll('-', '').slice(-16).matchAll(/../g)]
    .map(([pair]) => LETTERS[Number.parseInt(pair, 16) % LETTERS.length])
    .join('')}`

async function create(ctx: Context, { body }: Input<typeof contract.createOwn>): Promise<Done> {
  const org = await findOrg(ctx, body.orgId ?? ownOrg(ctx), { inForce: true })
  require(ctx, 'ledgers.declare', org.pathNow, '这个组织')
  const id = newLedgerId()
  const draft = { definition: nextVersion(id, body.definition, null), users: body.users ?? EVERYBODY }
  const owner = { ...org, path: org.pathNow }
  return act(ctx, deedOn({ id, owner }, 'declare', { title: draft.definition.title }), async () => {
    await ctx.db
      .insertInto('ownLedger')
      .values({
        countyId: org.countyId,
        id,
        orgId: org.id,
        draft: JSON.stringify(draft),
        published: null,
        version: 1,
        closedAt: null,
        recordedBy: ctx.actor.accountId,
        recordedAt: ctx.now,
        changedAt: ctx.now,
      })
      .execute()
    return { id, version: 1 }
  })
}

const deedOn = (
  { id, owner }: { id: string; owner: Pick<Owner, 'id' | 'countyId' | 'path'> },
  verb: string,
  detail: Record<string, unknown> = {},
) => ({
  action: 'ledgers.declare' as const,
  verb,
  org: owner,
  subject: 'ownLedger',
  subjectId: id,
  detail,
})

async function write(ctx: Context, { params, body }: Input<typeof contract.writeOwn>): Promise<Done> {
  const opened = await openOwn(ctx, params.id, { write: true })
  return act(ctx, deedOn({ id: params.id, owner: opened.owner }, 'write'), async () => {
    refuseStale(opened, body.version)
    const { definition, users } = body
    const draft: Declared = { definition: nextVersion(params.id, definition, null), users }
    return change(ctx, opened, { draft: JSON.stringify(draft) })
  })
}

function refuseStale({ row }: Opened, version: number): void {
  if (row.version !== version)
    throw conflict(
      'changedMeanwhile',
      '这本台账的设计在您打开之后被别人改过。请刷新，看过新的设计再改，以免盖掉别人的修改。',
    )
}

async function change(ctx: Context, { row }: Opened, set: Changes): Promise<Done> {
  const version = row.version + 1
  await ctx.db
    .updateTable('ownLedger')
    .set({ ...set, version, changedAt: ctx.now })
    .where('countyId', '=', row.countyId)
    .where('id', '=', row.id)
    .execute()
  askAgain(ctx)
  return { id: row.id, version }
}

type Changes = { draft?: string | null } & Partial<Pick<OwnRow, 'published' | 'closedAt'>>

async function publish(ctx: Context, { params, body }: Input<typeof contract.publishOwn>): Promise<Done> {
  const opened = await openOwn(ctx, params.id, { write: true })
  const { row, owner, before } = opened
  const next = (row.published ?? 0) + 1
  return act(ctx, deedOn({ id: row.id, owner }, 'publish', { version: next }), async () => {
    refuseStale(opened, body.version)
    const { draft } = row
    if (!draft) throw conflict('nothingToPublish', '没有改动，不用再发布。')
    const definition = nextVersion(row.id, draft.definition, before?.definition ?? null)
    const faults = publishFaults(definition, before?.definition ?? null, await takenTitles(ctx, opened))
    if (faults.length > 0) throw invalid('ledger', `还有 ${faults.length} 处要改，改好再发布。`, faults)
    await tryMeasures(ctx, definition, owner)
    await ctx.db
      .insertInto('ownLedgerVersion')
      .values({
        countyId: row.countyId,
        ledger: row.id,
        version: next,
        definition: JSON.stringify(definition),
        users: JSON.stringify(draft.users),
        recordedBy: ctx.actor.accountId,
        recordedAt: ctx.now,
      })
      .execute()
    await recalculate(ctx, before?.definition ?? null, definition)
    return change(ctx, opened, { draft: null, published: next, closedAt: null })
  })
}

async function close(ctx: Context, { params, body }: Input<typeof contract.closeOwn>): Promise<Done> {
  const opened = await openOwn(ctx, params.id, { write: true })
  return act(ctx, deedOn({ id: params.id, owner: opened.owner }, 'close'), async () => {
    refuseStale(opened, body.version)
    if (opened.row.published === null) throw conflict('neverPublished', '还没有发布过，可以直接删去。')
    if (opened.row.closedAt) throw conflict('closed', '这本台账已经停用。')
    return change(ctx, opened, { closedAt: ctx.now })
  })
}

async function reopen(ctx: Context, { params, body }: Input<typeof contract.reopenOwn>): Promise<Done> {
  const opened = await openOwn(ctx, params.id, { write: true })
  return act(ctx, deedOn({ id: params.id, owner: opened.owner }, 'reopen'), async () => {
    refuseStale(opened, body.version)
    if (!opened.row.closedAt) throw conflict('open', '这本台账正在使用。')
    return change(ctx, opened, { closedAt: null })
  })
}

async function discard(ctx: Context, id: string): Promise<{ id: string; gone: boolean }> {
  const opened = await openOwn(ctx, id, { write: true })
  const { row, owner } = opened
  const gone = row.published === null
  return act(ctx, deedOn({ id, owner }, 'discard'), async () => {
    if (!row.draft) throw conflict('nothingToDiscard', '没有未发布的改动。')
    if (gone)
      await ctx.db.deleteFrom('ownLedger').where('countyId', '=', row.countyId).where('id', '=', id).execute()
    else await change(ctx, opened, { draft: null })
    return { id, gone }
  })
}

const head = guarded<typeof headOf>(new URL('./columns.ts', import.meta.url), 'headOf')

async function columns(upload: Upload | undefined): Promise<{ name: string; rows: string[][] }> {
  if (!upload) throw invalid('noFile', '没有收到表格。请选择 .xlsx、.xls 或 .csv 文件。')
  const { name: fileName, bytes } = upload
  checkSize(bytes, fileName)
  const rows = await head({ bytes, fileName }, guardOf(bytes, fileName))
  return { name: fileName.replace(/\.\w+$/, ''), rows }
}

async function file(ctx: Context, id: string): Promise<Download> {
  const definition = await ledger(ctx, id).catch(async (error) => draftOf(ctx, id, error))
  return {
    name: `${definition.title}.台账.json`,
    mediaType: 'application/json; charset=utf-8',
    body: new TextEncoder().encode(fileText(definition)),
  }
}

/** Before the first version there is the draft alone. */
async function draftOf(ctx: Context, id: string, error: unknown): Promise<LedgerDefinition> {
  const opened = await openOwn(ctx, id).catch(() => null)
  if (!opened?.row.draft) throw error
  return opened.row.draft.definition
}

export const routes: AnyRoute[] = [
  route(contract.listOwn, async (ctx) => ({ ledgers: await ownSummaries(ctx) })),
  route(contract.getOwn, (ctx, { params }) => ownDetail(ctx, params.id)),
  route(contract.createOwn, create),
  route(contract.writeOwn, write),
  route(contract.publishOwn, publish),
  route(contract.closeOwn, close),
  route(contract.reopenOwn, reopen),
  route(contract.discardOwn, (ctx, { params }) => discard(ctx, params.id)),
  stepwise(contract.readColumns, (_steps, { uploads }) => columns(uploads[0])),
  route(contract.downloadFile, (ctx, { params }) => file(ctx, params.ledger)),
]
