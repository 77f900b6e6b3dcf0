/** Long work: a filtered ledger of any length becomes a file, row after row. */
import { PassThrough } from 'node:stream'
import type { Context } from '../../../kernel/context.ts'
import { contextOf } from '../../../kernel/context.ts'
import type { Input } from '../../../kernel/endpoint.ts'
import type { MadeFile } from '../../../kernel/jobs/contract.ts'
import { enqueue, type RunningJob } from '../../../kernel/jobs/runner.ts'
import { streamCsv, streamWorkbook } from '../../../kernel/spreadsheet/stream.ts'
import { findOrg } from '../../structure/organisations/queries.ts'
import { CSV, type ExportAsked, type ExportCell, type ExportPlan, planExport, XLSX } from './export.ts'
import type { startExport } from './exportContract.ts'
import { frameOf } from './queries.ts'
import { ledger } from './registry.ts'

export const EXPORT_JOB = 'records.export'

interface Asked extends ExportAsked {
  ledger: string
}

/** @throws notFound, forbidden for what the caller may not read */
export async function beginExport(ctx: Context, { params, body }: Input<typeof startExport>) {
  const definition = await ledger(ctx, params.ledger)
  const frame = await frameOf(ctx, body)
  const org = await findOrg(ctx, frame.org.id)
  const input: Asked = { ...body, org: org.id, ledger: definition.id }
  const title = `导出“${definition.title}”，${org.name}`
  return { job: await enqueue(ctx, { kind: EXPORT_JOB, title, org, input }) }
}

/** Read in one snapshot. Rights are asked again: a post may have ended meanwhile. */
export async function writeExport(job: RunningJob<Asked>): Promise<{ file: MadeFile; rows: number }> {
  const { services, actor, input } = job
  await job.progress('正在统计', 0)
  return services.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (db) => {
      const plan = await planExport(contextOf(services, db, actor), input.ledger, input)
      const total = await plan.count()
      const rows = counted(job, plan, total)
      const csv = input.format === 'csv'
      const bytes = csv ? streamCsv(plan.columns, rows) : streamWorkbook(plan.title, plan.columns, rows)
      // A refusal, or the wish to stop, comes out of the rows: it must end what is being written.
      const through = new PassThrough()
      bytes.on('error', (error) => through.destroy(error))
      const { sha256, size } = await services.files.putStream(bytes.pipe(through))
      const name = `${plan.name}.${csv ? 'csv' : 'xlsx'}`
      return { file: { sha256, size, name, mediaType: csv ? CSV : XLSX }, rows: total }
    })
}

async function* counted(
  job: RunningJob<Asked>,
  plan: ExportPlan,
  total: number,
): AsyncGenerator<ExportCell[]> {
  let done = 0
  for await (const part of plan.rows()) {
    yield* part
    done += part.length
    await job.progress('正在写表', done, total)
  }
}
