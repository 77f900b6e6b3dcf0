/** The inbox: long work, how far it is, and what came of it. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { opens } from '../shapes.ts'

const Moment = Type.Union([Type.String(), Type.Null()])

export const Job = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  title: Type.String(),
  state: Type.Union([
    Type.Literal('waiting'),
    Type.Literal('running'),
    Type.Literal('done'),
    Type.Literal('failed'),
    Type.Literal('cancelled'),
  ]),
  stage: Type.Union([Type.String(), Type.Null()]),
  done: Type.Integer(),
  total: Type.Union([Type.Integer(), Type.Null()]),
  /** Shape depends on the kind; null while it runs. */
  result: Type.Unknown(),
  failure: Type.Union([Type.String(), Type.Null()]),
  createdAt: Type.String(),
  startedAt: Moment,
  endedAt: Moment,
})
export type Job = Static<typeof Job>

export const listJobs = endpoint({
  id: 'jobs.list',
  method: 'GET',
  path: '/jobs',
  summary: '我的后台任务：进行中的和最近完成的',
  right: 'signedIn',
  response: Type.Object({ jobs: Type.Array(Job) }),
})

export const getJob = endpoint({
  id: 'jobs.get',
  method: 'GET',
  path: '/jobs/:id',
  summary: '一项后台任务的进度和结果',
  right: 'signedIn',
  params: Type.Object({ id: opens('job', { format: 'uuid' }) }),
  response: Job,
})

export const cancelJob = endpoint({
  id: 'jobs.cancel',
  method: 'POST',
  path: '/jobs/:id/cancellation',
  summary: '停止一项后台任务，什么都不写入',
  right: 'signedIn',
  params: Type.Object({ id: opens('job', { format: 'uuid' }) }),
  response: Job,
})

/** What long work leaves to be fetched: the `file` of its result. */
export interface MadeFile {
  sha256: string
  name: string
  mediaType: string
  size: number
}

export const getJobFile = endpoint({
  id: 'jobs.file',
  method: 'GET',
  path: '/jobs/:id/file',
  summary: '下载一项后台任务做成的文件',
  right: 'signedIn',
  params: Type.Object({ id: opens('job', { format: 'uuid' }) }),
  raw: 'download',
})
