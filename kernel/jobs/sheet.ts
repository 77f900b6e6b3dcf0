/** Lists of any length as a file, written in the background row after row: what is held does not grow with their number. */
import { PassThrough } from 'node:stream'
import { type Context, contextOf } from '../context.ts'
import { type StreamedRow, streamCsv, streamWorkbook } from '../spreadsheet/stream.ts'
import type { SheetColumn } from '../spreadsheet/write.ts'
import type { MadeFile } from './contract.ts'
import type { RunningJob } from './runner.ts'

export const CSV = 'text/csv; charset=utf-8'
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export interface SheetPlan {
  /** Of the file, without its ending. */
  name: string
  title: string
  columns: SheetColumn[]
  count: () => Promise<number>
  /** So many rows at a time, all of one moment. The context's transaction stays open meanwhile. */
  rows: () => AsyncIterable<StreamedRow[]>
}

/** Read in one snapshot. `planned` asks for rights again: a post may have ended since the job was begun. */
export async function writeSheet(
  job: RunningJob<{ format?: 'xlsx' | 'csv' | undefined }>,
  planned: (ctx: Context) => Promise<SheetPlan>,
): Promise<{ file: MadeFile; rows: number }> {
  const { services, actor, input } = job
  await job.progress('正在统计', 0)
  return services.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (db) => {
      const plan = await planned(contextOf(services, db, actor))
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
  job: Pick<RunningJob<unknown>, 'progress'>,
  plan: SheetPlan,
  total: number,
): AsyncGenerator<StreamedRow> {
  let done = 0
  for await (const part of plan.rows()) {
    yield* part
    done += part.length
    await job.progress('正在写表', done, total)
  }
}
