import type { Context } from '../../../kernel/context.ts'
import { require } from '../../../kernel/context.ts'
import { invalid } from '../../../kernel/errors.ts'
import { enqueue, type JobKind, type RunningJob } from '../../../kernel/jobs/runner.ts'
import { digestOf } from '../../../kernel/pieces.ts'
import {
  type AnyRoute,
  admitting,
  type Call,
  type Download,
  route,
  type Steps,
  stepwise,
} from '../../../kernel/route.ts'
import { checkSize } from '../../../kernel/spreadsheet/read.ts'
import { inContext } from '../../../kernel/transaction.ts'
import { findOrg, requireOrg } from '../../structure/organisations/queries.ts'
import { alteredBy, batchesOf, findBatch, rowsOf, shown, titlesOf } from './batches.ts'
import * as contract from './contract.ts'
import { checkFile, checkUnderstood, importFile } from './importFile.ts'
import { fieldsOf, previewOf } from './preview.ts'
import { targets } from './targets.ts'
import { enterTyped } from './typed/contract.ts'
import { enterRows } from './typed/enter.ts'
import { type Understood, understand } from './understand.ts'
import { obstaclesTo, undoBatch } from './undo.ts'
import { keepFile, openFile } from './uploads.ts'

const quietly = async () => undefined

async function kinds(ctx: Context) {
  const all = await targets(ctx)
  return { kinds: all.map((one) => ({ kind: one.kind, title: one.title, fields: fieldsOf(one.fields) })) }
}

async function upload(
  { services, actor, whole }: Steps,
  { body, uploads }: Call<typeof contract.uploadFile>,
) {
  const [file, ...others] = uploads
  if (!file) throw invalid('noFile', '没有收到文件，请选择一个 .xlsx、.xls 或 .csv 表格。')
  if (others.length > 0) throw invalid('severalFiles', '一次只能导入一个文件，请逐个上传。')
  checkSize(file.bytes, file.name)
  const { name, bytes } = file
  const stored = { name, bytes, digest: await digestOf(bytes) }
  const reference = await keepFile(services, actor, stored)
  const request = { file: reference, ...body }
  return whole(async (ctx) => previewOf(ctx, await understand(ctx, request, { stored }), request))
}

async function check(ctx: Context, request: contract.ImportRequest) {
  const understood = await understand(ctx, request, { rows: contract.CHECKED_AT_ONCE })
  if (understood.dataRows <= contract.CHECKED_AT_ONCE)
    return { job: null, report: await checkUnderstood(ctx, understood, { request, progress: quietly }) }
  return { job: await startJob(ctx, contract.CHECK_JOB, understood, request), report: null }
}

async function commit(ctx: Context, request: contract.CommitRequest) {
  const understood = await understand(ctx, request)
  return { job: await startJob(ctx, contract.COMMIT_JOB, understood, request) }
}

function startJob(ctx: Context, kind: string, { org, stored }: Understood, request: object): Promise<string> {
  require(ctx, 'records.import', org.pathNow)
  const verb = kind === contract.CHECK_JOB ? '试导入' : '导入'
  return enqueue(ctx, { kind, title: `${verb}“${stored.name}”`, org, input: request })
}

async function download(ctx: Context, reference: string): Promise<Download> {
  const { name, bytes } = await openFile(ctx.services, ctx.actor, reference)
  const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { name, mediaType, body: bytes }
}

async function batch(ctx: Context, id: string, page: { page?: number; size?: number }) {
  const found = await findBatch(ctx, id)
  return {
    batch: shown(found, await titlesOf(ctx)),
    ...(await rowsOf(ctx, found, page)),
    altered: await alteredBy(ctx, found),
    obstacles: await obstaclesTo(ctx, found),
  }
}

export const routes: AnyRoute[] = [
  route(contract.listKinds, (ctx) => kinds(ctx)),
  admitting(stepwise(contract.uploadFile, upload), async (ctx, { body }) => {
    if (body.org) requireOrg(ctx, 'records.import', await findOrg(ctx, body.org))
  }),
  route(contract.previewImport, async (ctx, { body }) => previewOf(ctx, await understand(ctx, body), body)),
  route(contract.checkImport, (ctx, { body }) => check(ctx, body)),
  route(contract.commitImport, (ctx, { body }) => commit(ctx, body)),
  route(contract.downloadFailed, (ctx, { params }) => download(ctx, params.file)),
  route(contract.listBatches, (ctx, { query }) => batchesOf(ctx, query)),
  route(contract.getBatch, (ctx, { params, query }) => batch(ctx, params.id, query)),
  route(enterTyped, (ctx, input) => enterRows(ctx, input)),
  route(contract.undoBatch, (ctx, { params }) => undoBatch(ctx, params.id)),
]

export const jobs: JobKind[] = [
  {
    kind: contract.CHECK_JOB,
    run: ({ input, actor, services, progress }: RunningJob<contract.ImportRequest>) =>
      inContext(services, actor, {}, (ctx) => checkFile(ctx, { request: input, progress })),
  },
  {
    kind: contract.COMMIT_JOB,
    run: ({ id, input, actor, services, progress }: RunningJob<contract.CommitRequest>) =>
      importFile({ services, actor, request: input, key: `job:${id}`, progress }),
  },
]
