/** A list as a file: few rows at once, many in the background with progress, to be stopped or fetched from the inbox. */
import { App } from 'antd'
import { useEffect, useRef } from 'react'
import { cancelJob, getJobFile } from '../../kernel/jobs/contract.ts'
import { call, download, problemOf } from '../app/client.ts'
import { JobProgress } from './JobProgress.tsx'
import { jobDone } from './jobWatch.ts'

/** Up to so many rows come at once. */
const AT_ONCE = 2000

interface Ways<Asked> {
  now: (asked: Asked) => Promise<unknown>
  /** Begins the job that writes it. */
  later: (asked: Asked) => Promise<{ job: string }>
}

/** Writes out what is asked, at once or in the background by how many rows there are. */
export function useWriteOut<Asked>({ now, later }: Ways<Asked>): (asked: Asked, count: number) => void {
  const { message, notification } = App.useApp()
  const gone = useRef(false)
  useEffect(() => {
    gone.current = false
    return () => {
      gone.current = true
    }
  }, [])
  const inBackground = async (asked: Asked) => {
    const { job: id } = await later(asked)
    const show = (job: Parameters<typeof JobProgress>[0]['job']) =>
      notification.open({
        key: id,
        duration: 0,
        title: '后台导出',
        description: (
          <>
            <JobProgress job={job} onCancel={() => void call(cancelJob, { params: { id } })} />
            <p className="mz-quiet mz-small">可以离开这一页，做好后在右上角的收件箱下载。</p>
          </>
        ),
      })
    const job = await jobDone(id, show, () => gone.current)
    notification.destroy(id)
    if (job?.state === 'done') await download(getJobFile, { params: { id } })
    if (job?.state === 'failed') throw new Error(job.failure ?? '导出没有完成，请重试。')
  }
  return (asked, count) =>
    void (count <= AT_ONCE ? now(asked) : inBackground(asked)).catch((e) => message.error(problemOf(e).title))
}
