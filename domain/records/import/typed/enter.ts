import { createHash } from 'node:crypto'
import { act } from '../../../../kernel/act.ts'
import { breathing } from '../../../../kernel/breath.ts'
import { type Context, require } from '../../../../kernel/context.ts'
import type { Input, Output } from '../../../../kernel/endpoint.ts'
import { invalid } from '../../../../kernel/errors.ts'
import type { Target } from '../../../../kernel/spreadsheet/target.ts'
import { findOrg } from '../../../structure/organisations/queries.ts'
import { ledger } from '../../ledgers/registry.ts'
import type { Acceptable, RowOutcome } from '../contract.ts'
import { writeBatch } from '../importFile.ts'
import { reportOf } from '../report.ts'
import type { SheetRow } from '../sheet/reading.ts'
import { type Taken, takeOver } from '../takeOver.ts'
import type { Understood } from '../understand.ts'
import type { Settings } from '../work.ts'
import type { enterTyped } from './contract.ts'
import { gridOfRows, gridTarget, readTyped, type TypedCells } from './read.ts'

type Answer = Output<typeof enterTyped>

const GRID = '表格录入'
const quietly = async () => undefined

/** Checked first, so that a grid with a wrong row leaves neither a batch nor a trace. */
export async function enterRows(ctx: Context, { params, body }: Input<typeof enterTyped>): Promise<Answer> {
  const understood = await understoodGrid(ctx, { params, body })
  const { org } = understood
  require(ctx, 'records.write', org.pathNow, '这个组织')
  const settings = settingsOf(body.accepted)
  const take = (keep: 'none' | 'all' | 'good') =>
    takeOver(ctx, understood, { settings, keep, progress: quietly })
  const checked = await take('none')
  const failing = checked.outcomes.filter(fails).length
  const enough = body.keep === 'good' ? failing < checked.outcomes.length : failing === 0
  if (body.keep === 'none' || !enough) return answerOf(checked)
  const deed = {
    action: 'records.write' as const,
    verb: 'import',
    org: { id: org.id, countyId: org.countyId, path: org.pathNow },
    subject: 'batch',
    subjectId: org.id,
    detail: {},
  }
  return act(ctx, deed, async () => {
    const taken = await take(body.keep)
    const report = reportOf(understood, taken, { duplicateOf: null })
    if (taken.written) await writeBatch(ctx, understood, { taken, report })
    Object.assign(deed, {
      subjectId: taken.written ? taken.batchId : org.id,
      detail: { kind: report.kind, fileName: GRID, written: taken.written, ...report.counts },
    })
    return answerOf(taken)
  })
}

const fails = ({ state }: RowOutcome) => state === 'refused' || state === 'confirm'

const answerOf = ({ outcomes, written, batchId }: Taken): Answer => ({
  rows: outcomes.map(({ row, state, org, effect, problems }) => ({ row, state, org, effect, problems })),
  written,
  batch: written ? batchId : null,
})

/** A row without an organisation is that of whoever types; that needs no question. */
const settingsOf = (accepted: Acceptable[] = []): Settings => ({
  statementDate: null,
  accepted: new Set<Acceptable>([...accepted, 'blankOrg']),
  createOrgs: false,
})

async function understoodGrid(
  ctx: Context,
  { params, body }: Pick<Input<typeof enterTyped>, 'params' | 'body'>,
): Promise<Understood> {
  const target = gridTarget(await ledger(ctx, params.ledger))
  refuseUnknown(target.fields, body.rows)
  const bytes = new TextEncoder().encode(JSON.stringify(body.rows))
  return {
    stored: { name: GRID, digest: createHash('sha256').update(bytes).digest('hex'), bytes },
    org: await findOrg(ctx, body.org),
    sheets: [],
    sheet: { name: '', typed: false, rows: [], merges: [] },
    target,
    targets: [target],
    reading: gridOfRows(target, await readRows(target, body.rows, ctx.today)),
    dataRows: body.rows.length,
    remembered: true,
    sure: true,
    statementDate: null,
    dayAbove: null,
  }
}

async function readRows(target: Target, rows: TypedCells[], today: string): Promise<SheetRow[]> {
  const breath = breathing()
  const read: SheetRow[] = []
  for (const cells of rows) {
    read.push(readTyped(target, cells, { row: read.length + 1, today }))
    await breath()
  }
  return read
}

function refuseUnknown(fields: { id: string; title: string }[], rows: Record<string, string>[]): void {
  const known = new Set(fields.map((one) => one.id))
  const strange = rows.flatMap((row) => Object.keys(row)).find((id) => !known.has(id))
  if (strange !== undefined)
    throw invalid(
      'unknownField',
      `表格里没有“${strange}”这一列，可用：${fields.map((one) => `${one.id}（${one.title}）`).join('、')}。`,
    )
}
