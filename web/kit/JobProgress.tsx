/** Long work: its stage, its count, the time left, a way to stop it. */
import { Button, Progress } from 'antd'

export interface JobView {
  title: string
  state: string
  stage: string | null
  done: number
  total: number | null
  startedAt?: string | null
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
      <div className="mz-quiet mz-small">{ended ?? stageOf(job)}</div>
    </div>
  )
}

function stageOf(job: JobView): string {
  if (job.state === 'waiting') return '排队中'
  const count = job.total
    ? ` 第 ${job.done.toLocaleString('zh-CN')} / ${job.total.toLocaleString('zh-CN')} 行`
    : ''
  return `${job.stage ?? '正在处理'}${count}${timeLeft(job)}`
}

/** Said once a twentieth is done: before that it would only be a guess. Moments are Shanghai time. */
function timeLeft(job: JobView): string {
  if (!job.startedAt || !job.total || job.done < job.total / 20) return ''
  const spent = (Date.now() - Date.parse(`${job.startedAt.replace(' ', 'T')}+08:00`)) / 1000
  const left = (spent / job.done) * (job.total - job.done)
  if (!(left > 0 && left < 36_000)) return ''
  return left < 60 ? `，约 ${Math.ceil(left)} 秒` : `，约 ${Math.ceil(left / 60)} 分钟`
}
