/** Long work: a filtered ledger of any length becomes a file, row after row. */
import type { Context } from '../../../kernel/context.ts'
import type { Input } from '../../../kernel/endpoint.ts'
import { enqueue, type RunningJob } from '../../../kernel/jobs/runner.ts'
import { writeSheet } from '../../../kernel/jobs/sheet.ts'
import { findOrg } from '../../structure/organisations/queries.ts'
import { type ExportAsked, planExport } from './export.ts'
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

/** Rights are asked again: a post may have ended meanwhile. */
export const writeExport = (job: RunningJob<Asked>) =>
  writeSheet(job, (ctx) => planExport(ctx, job.input.ledger, job.input))
