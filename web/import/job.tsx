/** 入账 under way, and what came of it. */
import { Alert, Button, message } from 'antd'
import { useEffect } from 'react'
import { downloadFailed, type ImportReport } from '../../domain/records/import/contract.ts'
import { cancelJob, getJob } from '../../kernel/jobs/contract.ts'
import { GoLink, paths, useSearchState } from '../app/address.tsx'
import { download, problemOf } from '../app/client.ts'
import { queryClient, useFetch, useWrite } from '../app/queries.ts'
import { JobProgress, jobEnded } from '../kit/JobProgress.tsx'
import { Loaded, Page, Sheet } from '../kit/Page.tsx'
import { Outcome, Totals } from './outcome.tsx'
import { forget } from './request.ts'
import { UndoButton } from './undo.tsx'

const POLL_MS = 700

export function ImportJob({ job: id, file }: { job: string; file: string | undefined }) {
  const [search, change] = useSearchState()
  const over = search.over === 'yes'
  const job = useFetch(getJob, { params: { id } }, { every: !over && POLL_MS })
  const cancel = useWrite(cancelJob)
  const ended = job.data !== undefined && jobEnded(job.data)
  useEffect(() => {
    if (!ended || over) return
    change({ over: 'yes' })
    void queryClient.invalidateQueries()
  }, [ended, over, change])
  const back = () => change({ job: undefined, over: undefined })
  const another = () =>
    change({ job: undefined, over: undefined, file: undefined, sheet: undefined, kind: undefined })
  return (
    <Page
      title="导入"
      about={job.data?.title}
      narrow
      actions={
        ended && (
          <>
            {file && job.data?.state !== 'done' && <Button onClick={back}>回到核对</Button>}
            <Button onClick={another}>再导入一个</Button>
          </>
        )
      }
    >
      <Loaded of={job}>
        {(found) =>
          found.state === 'done' ? (
            <Result report={found.result as ImportReport} file={file} back={back} />
          ) : (
            <Sheet>
              <JobProgress job={found} onCancel={() => void cancel.run({ params: { id } })} />
              {ended && <p className="mz-quiet">什么都没有写入。</p>}
              {!ended && <p className="mz-quiet">可以离开这一页，做完会出现在右上角的收件箱里。</p>}
            </Sheet>
          )
        }
      </Loaded>
    </Page>
  )
}

interface ResultProps {
  report: ImportReport
  file: string | undefined
  back: () => void
}

const LISTS: Record<string, string> = {
  organisations: paths.organisations(),
  members: paths.members(),
  officers: paths.officers(),
}

function Result({ report, file, back }: ResultProps) {
  const { batch, counts, failedFile, kind, kindTitle, written } = report
  const [told, holder] = message.useMessage()
  useEffect(() => {
    if (written && file) forget(file)
  }, [written, file])
  const save = () =>
    failedFile &&
    download(downloadFailed, { params: { file: failedFile } }).catch((e) => told.error(problemOf(e).title))
  const failed = counts.refused + counts.confirm
  return (
    <>
      {holder}
      <Alert
        className="mz-import-result"
        type={written ? 'success' : 'warning'}
        showIcon
        title={
          written
            ? `已入账：新登记 ${counts.new} 行${counts.updated ? `，补充或改动 ${counts.updated} 行` : ''}${counts.unchanged ? `，${counts.unchanged} 行本来就有` : ''}`
            : '什么都没有写入'
        }
        description={
          written
            ? failed > 0 && `还有 ${failed} 行没有入账，可以下载下来，改好后直接再传。`
            : '有的行还有问题，或者这个文件导入过。请回到核对，改好后再入账。'
        }
        action={!written && <Button onClick={back}>回到核对</Button>}
      />
      <div className="mz-import-next">
        {written && <GoLink to={LISTS[kind] ?? paths.ledger(kind)}>打开“{kindTitle}”看看</GoLink>}
        {failedFile && <Button onClick={() => void save()}>下载未入账的 {failed} 行</Button>}
        {batch && <UndoButton batch={batch} />}
      </div>
      <Sheet title="结果">
        <Outcome report={report} done />
        <Totals totals={report.totals} />
      </Sheet>
    </>
  )
}
