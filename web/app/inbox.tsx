/** The inbox: what waits for an answer, long work under way and what came of it. */
import { DownloadOutlined, InboxOutlined } from '@ant-design/icons'
import { Badge, Button, Popover } from 'antd'
import { useState } from 'react'
import { listWaiting } from '../../domain/records/ledgers/hostsContract.ts'
import { cancelJob, getJobFile, type Job, listJobs, type MadeFile } from '../../kernel/jobs/contract.ts'
import { JobProgress, jobEnded } from '../kit/JobProgress.tsx'
import { EmptyState } from '../kit/Page.tsx'
import { GoLink, paths } from './address.tsx'
import { download } from './client.ts'
import { useFrame } from './frameState.tsx'
import { useMay } from './me.ts'
import { useFetch, useWrite } from './queries.ts'

const BUSY_MS = 1500
const CALM_MS = 20_000

export function Inbox() {
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const { data } = useFetch(listJobs, {}, { every: open || busy ? BUSY_MS : CALM_MS })
  const cancel = useWrite(cancelJob)
  const jobs = data?.jobs ?? []
  const waiting = useWaiting()
  const running = jobs.filter((j) => !jobEnded(j)).length
  if (busy !== running > 0) setBusy(running > 0)
  const content = (
    <div className="mz-inbox">
      {waiting > 0 && (
        <GoLink className="mz-inbox-waiting" to={paths.hosts()}>
          {waiting} 条联合活动等您确认
        </GoLink>
      )}
      {jobs.length === 0 && waiting === 0 && (
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
      <Badge count={running + waiting} size="small" offset={[-6, 6]}>
        <Button
          type="text"
          aria-label={['收件箱', running && `${running} 项进行中`, waiting && `${waiting} 条等您确认`]
            .filter(Boolean)
            .join('，')}
          icon={<InboxOutlined />}
        />
      </Badge>
    </Popover>
  )
}

/** How many records others ask this organisation to hold with them. */
function useWaiting(): number {
  const { org } = useFrame()
  const enabled = useMay('records.write')
  return (
    useFetch(listWaiting, { query: { org: org.id } }, { keepLast: true, enabled }).data?.records.length ?? 0
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
