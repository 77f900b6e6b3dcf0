/** What was filled: shown with its evidence, amended until it is handed in, compared with today. */
import { act, type Deed } from '../../../kernel/act.ts'
import type { Action } from '../../../kernel/actions.ts'
import type { Context } from '../../../kernel/context.ts'
import { conflict, invalid, notFound } from '../../../kernel/errors.ts'
import { parsePeriod } from '../../../kernel/period.ts'
import type { Call, Download } from '../../../kernel/route.ts'
import { may } from '../../../kernel/scope.ts'
import { catalogue } from '../../indicators/catalogue.ts'
import type { EvidenceRows } from '../../indicators/contract.ts'
import { driftOf } from '../../indicators/kept/drift.ts'
import { keptRows, pageOf } from '../../indicators/kept/rows.ts'
import type { Org } from '../../structure/organisations/queries.ts'
import { checksOf } from './checks.ts'
import type * as contract from './contract.ts'
import { isMissing, written } from './fill.ts'
import { cellKey } from './mapping.ts'
import { type FilledRow, fileOf, filledFor, type KeptCell, type Of, openFilled } from './queries.ts'

const MEDIA = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
}

export const rightsOf = ({ actor }: Context, org: Org) => ({
  write: may(actor.grants, 'summaries.write', org.pathNow),
  submit: may(actor.grants, 'summaries.submit', org.pathNow),
})

export const listingOf = (row: FilledRow): contract.FilledListed => ({
  id: row.id,
  period: row.period,
  periodLabel: parsePeriod(row.period).label,
  recordedAt: row.recordedAt,
  recordedBy: row.recordedByName,
  missing: row.cells.filter(isMissing).length,
  submittedOn: row.submittedOn,
  submittedTo: row.submittedTo,
})

export async function shown(ctx: Context, { row, org }: Of<FilledRow>): Promise<contract.Filled> {
  const blank = await fileOf(ctx, row.blankSha256, row.fileName)
  const { document } = await fileOf(ctx, row.fileSha256, row.fileName)
  return {
    ...listingOf(row),
    formId: row.formId,
    org: { id: org.id, code: org.code, name: org.name },
    title: row.title,
    sender: row.sender,
    fileName: row.fileName,
    cutOff: row.cutOff,
    document,
    cells: row.cells.map(({ list, ...cell }) => ({ ...cell, ...(list && { through: list.through }) })),
    checks: checksOf(blank.document, row.cells),
    may: rightsOf(ctx, org),
  }
}

function deedOn({ row, org }: Of<FilledRow>, verb: string, action: Action = 'summaries.write'): Deed {
  const place = { id: org.id, countyId: org.countyId, path: org.pathNow }
  const detail = { title: row.title, period: row.period }
  return { action, verb, org: place, subject: 'filledForm', subjectId: row.id, detail }
}

export async function amend(ctx: Context, { params, body }: Call<typeof contract.amendFilled>) {
  const found = await openFilled(ctx, params.id)
  const { row } = found
  const cell = row.cells.find((c) => cellKey(c) === cellKey(body))
  if (!cell) throw notFound('这一格的对应，请先在表样里指定这一格填什么')
  return act(ctx, deedOn(found, 'amend'), async () => {
    const cells = row.cells.map((c) => (c === cell ? amended(c, body.as) : c))
    const blank = await fileOf(ctx, row.blankSha256, row.fileName)
    const done = await ctx.db
      .updateTable('filledForm')
      .set({
        cells: JSON.stringify(cells),
        fileSha256: await ctx.services.files.put(await written(ctx, blank, cells)),
        version: row.version + 1,
      })
      .where('countyId', '=', row.countyId)
      .where('id', '=', row.id)
      .where('version', '=', row.version)
      .executeTakeFirst()
    if (done.numUpdatedRows === 0n) throw conflict('changed', '这张表刚被别人改过，请刷新后再改。')
    return { id: row.id, missing: cells.filter(isMissing).length }
  })
}

type Amendment = Call<typeof contract.amendFilled>['body']['as']

/** What was typed over a figure can be taken back: its answer is still there. */
function amended(cell: KeptCell, as: Amendment): KeptCell {
  const { reason: _reason, ...rest } = cell
  if (as === null) {
    const value = cell.answer && !cell.answer.missing ? cell.answer.value : null
    return { ...rest, source: cell.list ? 'list' : 'figure', value, display: cell.answer?.display ?? '' }
  }
  if ('nil' in as) {
    if (cell.value !== null) throw invalid('notMissing', '这一格有数，不能写本期无。')
    return { ...rest, source: 'nil', value: 0, display: '0', reason: '本期无' }
  }
  return { ...rest, source: 'typed', value: as.value, display: String(as.value), reason: as.reason }
}

export async function submit(ctx: Context, { params, body }: Call<typeof contract.submitFilled>) {
  const found = await openFilled(ctx, params.id, 'summaries.submit')
  const { row } = found
  return act(ctx, deedOn(found, 'submit', 'summaries.submit'), async () => {
    await ctx.db
      .updateTable('filledForm')
      .set({ submittedOn: body.on, submittedTo: body.to, version: row.version + 1 })
      .where('countyId', '=', row.countyId)
      .where('id', '=', row.id)
      .where('submittedOn', 'is', null)
      .execute()
    return { id: row.id, submittedOn: body.on }
  })
}

/** Named as it came, with whose it is and for when. */
export async function download(ctx: Context, id: string): Promise<Download> {
  const { row, org } = await filledFor(ctx, id)
  const bytes = ctx.services.files.get(row.fileSha256)
  if (!bytes) throw notFound('填好的文件，请从备份恢复或重新取数填一张')
  const [, stem = row.fileName, ending = 'xlsx'] = /^(.*)\.(\w+)$/.exec(row.fileName) ?? []
  const name = `${stem}（${org.name}，${parsePeriod(row.period).label}）.${ending}`
  return { name, mediaType: ending.toLowerCase() === 'docx' ? MEDIA.docx : MEDIA.xlsx, body: bytes }
}

/** The rows behind a cell as they were when the form was filled. */
export async function rowsThen(
  ctx: Context,
  { params, query }: Call<typeof contract.getFilledRows>,
): Promise<EvidenceRows> {
  const { row } = await filledFor(ctx, params.id)
  const cell = row.cells.find((c) => cellKey(c) === cellKey(query))
  if (!cell?.question) throw notFound('这一格的佐证')
  return pageOf(keptRows(ctx, row.rowsSha256)(cell.question), query)
}

/** Which cells would be filled otherwise today. */
export async function drift(ctx: Context, { params }: Call<typeof contract.getFilledDrift>) {
  const { row } = await filledFor(ctx, params.id)
  const rowsOf = keptRows(ctx, row.rowsSha256)
  const kept = row.cells.flatMap(({ question, answer, ...cell }) =>
    question && answer ? [{ cell, question, answer, rows: () => rowsOf(question) }] : [],
  )
  const found = await driftOf(ctx, await catalogue(ctx), kept)
  return {
    drifted: found.map(({ kept: { cell, answer }, now, change, why }) => ({
      table: cell.table,
      row: cell.row,
      column: cell.column,
      asked: answer.asked,
      was: answer.display,
      now: now?.answer.display ?? '—',
      change,
      why,
    })),
  }
}
