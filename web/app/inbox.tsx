/** The inbox: long work under way and what came of it. */
import { DownloadOutlined, InboxOutlined } from '@ant-design/icons'
import { Badge, Button, Popover } from 'antd'
import { useState } from 'react'
import { cancelJob, getJobFile, type Job, listJobs, type MadeFile } from '../../kernel/jobs/contract.ts'
import { JobProgress, jobEnded } from '../kit/JobProgress.tsx'
import { EmptyState } from '../kit/Page.tsx'
import { download } from './client.ts'
import { useFetch, useWrite } from './queries.ts'

const BUSY_MS = 1500
const CALM_MS = 20_000

export function Inbox() {
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const { data } = useFetch(listJobs, {}, { every: open || busy ? BUSY_MS : CALM_MS })
  const cancel = useWrite(cancelJob)
  const jobs = data?.jobs ?? []
  const running = jobs.filter((j) => !jobEnded(j)).length
  if (busy !== running > 0) setBusy(running > 0)
  const content = (
    <div className="mz-inbox">
      {jobs.length === 0 && (
        <EmptyState title="没有进行中的任务" hint="导入、导出等较久的工作会出现在这里。" />
      )}
      {jobs.slice(0, 12).map((job) => (
        <div key={job.id}>
          <JobProgress job={job} onCancel={() => void cancel.run({ params: { id: job.id } })} />
          {fileOf(job) && <FetchFile job={job} />}
        </div>
      ))}
    </div>
  )
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      arrow={false}
      title="收件箱"
      content={content}
    >
      <Badge count={running} size="small" offset={[-6, 6]}>
        <Button
          type="text"
          aria-label={running ? `收件箱，${running} 项进行中` : '收件箱'}
          icon={<InboxOutlined />}
        />
      </Badge>
    </Popover>
  )
}

const fileOf = (job: Job): MadeFile | undefined => (job.result as { file?: MadeFile } | null)?.file

/** Made in the background; fetched when wanted, more than once. */
export const FetchFile = ({ job }: { job: Job }) => (
  <Button
    size="small"
    icon={<DownloadOutlined />}
    onClick={() => void download(getJobFile, { params: { id: job.id } })}
  >
    下载{fileOf(job)?.name}
  </Button>
)
