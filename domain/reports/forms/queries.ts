/** Forms and fillings as they are read. */
import type { Action } from '../../../kernel/actions.ts'
import { type Context, require } from '../../../kernel/context.ts'
import { conflict, notFound } from '../../../kernel/errors.ts'
import { type Org, orgAt } from '../../structure/organisations/queries.ts'
import type { FilledCell } from './contract.ts'
import { documentKept } from './file/apart.ts'
import type { CellValue, FormDocument } from './file/model.ts'
import type { FormBytes } from './file/open.ts'
import type { Mapped, Rhythm } from './mapping.ts'

export interface FormRow {
  id: string
  countyId: string
  orgId: string
  title: string
  sender: string
  fileName: string
  fileSha256: string
  fingerprint: string
  rhythm: Rhythm
  mapping: Mapped[]
  lost: Mapped[]
  /** How many cells nobody has decided about; null for a form of before they were counted. */
  openCells: number | null
  version: number
  changedAt: string
}

/** A cell as it is kept: of a list, its lines as well. */
export interface KeptCell extends FilledCell {
  list?: { through: number; columns: number[]; lines: CellValue[][] }
}

export interface FilledRow {
  id: string
  countyId: string
  formId: string
  orgId: string
  period: string
  cutOff: string | null
  title: string
  sender: string
  fileName: string
  blankSha256: string
  fileSha256: string
  cells: KeptCell[]
  rowsSha256: string
  version: number
  recordedByName: string
  recordedAt: string
  submittedOn: string | null
  submittedTo: string | null
}

export interface Of<Row> {
  row: Row
  /** As it stands now: rights are asked there. */
  org: Org
}

export const formsIn = (ctx: Context) =>
  ctx.db
    .selectFrom('form')
    .select([
      'id',
      'countyId',
      'orgId',
      'title',
      'sender',
      'fileName',
      'fileSha256',
      'fingerprint',
      'rhythm',
      'mapping',
      'lost',
      'openCells',
      'version',
      'changedAt',
    ])
    .where('voidedAt', 'is', null)
    .$castTo<FormRow>()

export const fillingsIn = (ctx: Context) =>
  ctx.db
    .selectFrom('filledForm')
    .select([
      'id',
      'countyId',
      'formId',
      'orgId',
      'period',
      'cutOff',
      'title',
      'sender',
      'fileName',
      'blankSha256',
      'fileSha256',
      'cells',
      'rowsSha256',
      'version',
      'recordedByName',
      'recordedAt',
      'submittedOn',
      'submittedTo',
    ])
    .$castTo<FilledRow>()

/** @throws notFound also where the caller may not see it. */
export async function formFor(
  ctx: Context,
  id: string,
  action: Action = 'figures.read',
): Promise<Of<FormRow>> {
  const row = await formsIn(ctx).where('id', '=', id).executeTakeFirst()
  return seen(ctx, row, action)
}

/** @throws notFound */
export async function filledFor(
  ctx: Context,
  id: string,
  action: Action = 'figures.read',
): Promise<Of<FilledRow>> {
  const row = await fillingsIn(ctx).where('id', '=', id).executeTakeFirst()
  return seen(ctx, row, action)
}

async function seen<Row extends { orgId: string }>(
  ctx: Context,
  row: Row | undefined,
  action: Action,
): Promise<Of<Row>> {
  const org = row && (await orgAt(ctx.db, row.orgId, ctx.now))
  if (!row || !org) throw notFound('这张报表')
  require(ctx, action, org.pathNow, '这张报表')
  return { row, org }
}

/** A filling that may still be changed. @throws conflict `submitted` */
export async function openFilled(ctx: Context, id: string, action: Action = 'summaries.write') {
  const found = await filledFor(ctx, id, action)
  if (found.row.submittedOn)
    throw conflict(
      'submitted',
      `这张表已于 ${found.row.submittedOn} 报给${found.row.submittedTo}，不再改动。要更正请重新取数填一张。`,
    )
  return found
}

export interface KeptForm extends FormBytes {
  document: FormDocument
}

/** @throws notFound when the file is gone from the store. */
export async function fileOf(ctx: Context, sha256: string, fileName: string): Promise<KeptForm> {
  const bytes = ctx.services.files.get(sha256)
  if (!bytes) throw notFound(`“${fileName}”的文件，请从备份恢复或重新上传`)
  const form = { bytes, fileName }
  return { ...form, document: await documentKept(ctx, sha256, form) }
}
