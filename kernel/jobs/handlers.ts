import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import { type AnyRoute, type Download, route } from '../route.ts'
import { KEPT_DAYS } from '../sweep.ts'
import { cancelJob, getJob, getJobFile, type Job, listJobs, type MadeFile } from './contract.ts'
import { askCancel } from './runner.ts'

const RECENT = 20

/** Only one's own: a job's result may hold rows that others may not see. */
const mine = (ctx: Context) =>
  ctx.db
    .selectFrom('job')
    .select([
      'id',
      'kind',
      'title',
      'state',
      'stage',
      'done',
      'total',
      'result',
      'failure',
      'createdAt',
      'startedAt',
      'endedAt',
    ])
    .where('accountId', '=', ctx.actor.accountId)

async function one(ctx: Context, id: string): Promise<Job> {
  const job = await mine(ctx).where('id', '=', id).executeTakeFirst()
  if (!job) throw notFound('这项任务')
  return job
}

async function fileOf(ctx: Context, id: string): Promise<Download> {
  const job = await one(ctx, id)
  const file = (job.result as { file?: MadeFile } | null)?.file
  const body = file && ctx.services.files.stream(file.sha256)
  if (!body) throw notFound(`“${job.title}”的文件，做好的文件保留 ${KEPT_DAYS} 天，请重新做一份`)
  return { name: file.name, mediaType: file.mediaType, body }
}

export const routes: AnyRoute[] = [
  route(listJobs, async (ctx) => ({
    jobs: await mine(ctx).orderBy('createdAt', 'desc').limit(RECENT).execute(),
  })),
  route(getJob, (ctx, { params }) => one(ctx, params.id)),
  route(cancelJob, async (ctx, { params }) => {
    await askCancel(ctx, params.id)
    return one(ctx, params.id)
  }),
  route(getJobFile, (ctx, { params }) => fileOf(ctx, params.id)),
]
