/** Long work: its stage, its count, the time left, a way to stop it. */
import { Button, Progress } from 'antd'
import { useRef } from 'react'

export interface JobView {
  title: string
  state: string
  stage: string | null
  done: number
  total: number | null
  failure?: string | null
}

export interface JobProgressProps {
  job: JobView
  onCancel?: (() => void) | undefined
  compact?: boolean
}

const ENDED: Record<string, string> = { done: '已完成', failed: '没有完成', cancelled: '已停止' }

export const jobEnded = (job: JobView): boolean => job.state in ENDED

export function JobProgress({ job, onCancel, compact }: JobProgressProps) {
  const ended = ENDED[job.state]
  const left = useSecondsLeft(job)
  const share = ended === '已完成' ? 1 : job.total ? job.done / job.total : 0
  const status = job.state === 'failed' ? 'exception' : job.state === 'done' ? 'success' : 'active'
  return (
    <div className={compact ? 'mz-job mz-job-compact' : 'mz-job'} role="status">
      <div className="mz-job-line">
        <strong>{job.title}</strong>
        {!ended && onCancel && (
          <Button size="small" type="text" onClick={onCancel}>
            停止
          </Button>
        )}
      </div>
      <Progress percent={Math.round(share * 100)} size="small" showInfo={false} status={status} />
      <div className="mz-quiet mz-small">{job.failure ?? ended ?? stageOf(job, left)}</div>
    </div>
  )
}

function stageOf(job: JobView, left: number | null): string {
  if (job.state === 'waiting') return '排队中'
  const count = job.total
    ? ` 第 ${job.done.toLocaleString('zh-CN')} / ${job.total.toLocaleString('zh-CN')} 行`
    : ''
  const time =
    left === null ? '' : left < 60 ? `，约 ${Math.ceil(left)} 秒` : `，约 ${Math.ceil(left / 60)} 分钟`
  return `${job.stage ?? '正在处理'}${count}${time}`
}

/** By the pace seen here; the server's clock may differ from this one. Null until there is a pace. */
function useSecondsLeft({ done, total }: JobView): number | null {
  const first = useRef({ done, at: Date.now() })
  const passed = done - first.current.done
  if (!total || passed < total / 20) return null
  const seconds = ((Date.now() - first.current.at) / 1000 / passed) * (total - done)
  return seconds > 0 && seconds < 36_000 ? seconds : null
}
