/** One import from its file to its batch: the same whether asked by a page, a job or the command line. */
import { act } from '../../../kernel/act.ts'
import { type Actor, type Context, require, type Services } from '../../../kernel/context.ts'
import { insertRows } from '../../../kernel/database/bulk.ts'
import { invalid } from '../../../kernel/errors.ts'
import { once } from '../../../kernel/once.ts'
import { inContext } from '../../../kernel/transaction.ts'
import { sameFileBefore } from './batches.ts'
import type {
  Acceptable,
  BatchRef,
  CheckReport,
  CommitRequest,
  ImportReport,
  ImportRequest,
  RowOutcome,
} from './contract.ts'
import { failedColumns, failedWorkbook } from './failed.ts'
import { remember } from './memory.ts'
import { reportOf } from './report.ts'
import { type Taken, takeOver } from './takeOver.ts'
import { isRoster } from './targets.ts'
import { type Understood, understand } from './understand.ts'
import { keepFile } from './uploads.ts'
import type { Progress, Settings } from './work.ts'

const settingsOf = (request: ImportRequest): Settings => ({
  statementDate: request.statementDate ?? null,
  accepted: new Set<Acceptable>(request.accepted),
  createOrgs: request.createOrgs === true,
})

/** @throws notFound, forbidden; invalid `noHeader`, `unsureKind` */
function requireUsable(ctx: Context, { org, target, reading, sure }: Understood): void {
  require(ctx, 'records.import', org.pathNow)
  if (!target)
    throw invalid('noHeader', `${reading.notes[0] ?? '没有找到表头。'}请选择这是什么表，或整理后再导入。`)
  if (!sure) {
    const likely = reading.candidates.slice(0, 3).map((one) => `${one.title}（${one.kind}）`)
    throw invalid(
      'unsureKind',
      `看不准这是什么表，没有导入。最像的是${likely.join('、')}；请指明是哪一种，命令行用 --as。`,
    )
  }
  if (isRoster(target.kind)) require(ctx, 'structure.change', org.pathNow)
}

interface Checking {
  request: ImportRequest
  progress: Progress
  /** How many rows the report lists at most. */
  listed?: number | undefined
}

/** Writes nothing. */
export async function checkFile(ctx: Context, checking: Checking): Promise<CheckReport> {
  await checking.progress('读取', 0)
  return checkUnderstood(ctx, await understand(ctx, checking.request, { rows: Infinity }), checking)
}

export async function checkUnderstood(
  ctx: Context,
  understood: Understood,
  { request, progress, listed }: Checking,
): Promise<CheckReport> {
  requireUsable(ctx, understood)
  const taken = await takeOver(ctx, understood, { settings: settingsOf(request), keep: 'none', progress })
  return reportOf(understood, taken, { duplicateOf: await sameFileBefore(ctx, understood), listed })
}

export interface Run {
  services: Services
  actor: Actor
  request: CommitRequest
  /** Of the job: a run repeated after a crash answers what the first one did. */
  key?: string | undefined
  progress: Progress
  /** How many rows the report lists at most. */
  listed?: number | undefined
}

/** All in one transaction. @throws Cancelled from `progress`, and then nothing is written */
export async function importFile(run: Run): Promise<ImportReport> {
  const { services, actor, request, key } = run
  return inContext(services, actor, {}, (ctx) => {
    const work = () => inTransaction(ctx, run)
    return key ? once(ctx, { key, question: request }, work) : work()
  })
}

async function inTransaction(ctx: Context, { request, progress, listed }: Run): Promise<ImportReport> {
  await progress('读取', 0)
  const understood = await understand(ctx, request, { rows: Infinity, cells: true })
  requireUsable(ctx, understood)
  const { org } = understood
  const detail: Record<string, unknown> = {}
  const deed = {
    action: 'records.import' as const,
    verb: 'import',
    org: { id: org.id, countyId: org.countyId, path: org.pathNow },
    subject: 'batch',
    subjectId: '',
    detail,
  }
  return act(ctx, deed, async () => {
    const duplicateOf = await sameFileBefore(ctx, understood)
    if (duplicateOf && !settingsOf(request).accepted.has('sameFile')) {
      deed.subjectId = org.id
      return refuseAgain(ctx, understood, { request, progress, listed, duplicateOf })
    }
    const keep = request.onlyGood === true ? 'good' : 'all'
    const taken = await takeOver(ctx, understood, { settings: settingsOf(request), keep, progress })
    const report = reportOf(understood, taken, { duplicateOf, listed })
    if (taken.written) await writeBatch(ctx, understood, { taken, report })
    deed.subjectId = taken.written ? taken.batchId : org.id
    Object.assign(detail, {
      kind: report.kind,
      fileName: report.fileName,
      written: taken.written,
      ...report.counts,
    })
    await remember(ctx, { orgId: org.id, kind: report.kind }, understood.reading.columns)
    return { ...report, ...(await outcomeOf(ctx, understood, taken)) }
  })
}

/** Says what the file holds and that it stands already. */
async function refuseAgain(
  ctx: Context,
  understood: Understood,
  { duplicateOf, ...checking }: Checking & { duplicateOf: BatchRef },
): Promise<ImportReport> {
  const report = await checkUnderstood(ctx, understood, checking)
  const { at, by, fileName } = duplicateOf
  const said = `这个文件 ${at.slice(0, 16)} 由${by}导入过（${fileName}），没有再写入。确要再导入一次，请确认。`
  return {
    ...report,
    duplicateOf,
    warnings: [said, ...report.warnings],
    written: false,
    batch: null,
    failedFile: null,
  }
}

export async function writeBatch(
  ctx: Context,
  { org, stored, reading }: Understood,
  { taken, report }: { taken: Taken; report: CheckReport },
): Promise<void> {
  const { refused, confirm, asking: _asking, ...counts } = report.counts
  await insertRows(ctx.db, 'batch', [
    {
      countyId: org.countyId,
      id: taken.batchId,
      orgId: org.id,
      path: org.pathNow,
      kind: reading.kind,
      fileName: stored.name,
      fileDigest: stored.digest,
      sheet: reading.sheet,
      counts: { ...counts, failed: refused + confirm },
      recordedBy: ctx.actor.accountId,
      recordedAt: ctx.now,
      undoneAt: null,
      undoneBy: null,
    },
  ])
}

const failed = ({ state }: RowOutcome) => state === 'refused' || state === 'confirm'

async function outcomeOf(ctx: Context, understood: Understood, { outcomes, written, batchId }: Taken) {
  const rows = outcomes.filter(failed)
  if (rows.length === 0) return { written, batch: written ? batchId : null, failedFile: null }
  const { reading, org, stored } = understood
  await remember(ctx, { orgId: org.id, kind: reading.kind }, failedColumns(understood))
  const name = `${stored.name.replace(/\.[^.]+$/, '')}-没有导入的行.xlsx`
  const bytes = await failedWorkbook(understood, rows)
  const failedFile = await keepFile(ctx.services, ctx.actor, { name, bytes })
  return { written, batch: written ? batchId : null, failedFile }
}
