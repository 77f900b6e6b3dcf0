/** Rows in and out of a ledger: grid, sheets, exports. Few are written at once, many in the background. */
import { DownOutlined, EllipsisOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { getTemplate } from '../../domain/records/ledgers/contract.ts'
import type { LedgerDefinition } from '../../domain/records/ledgers/definition.ts'
import { EXPORTED_AT_ONCE, exportRecords, startExport } from '../../domain/records/ledgers/exportContract.ts'
import type { Input } from '../../kernel/endpoint.ts'
import { cancelJob, getJobFile } from '../../kernel/jobs/contract.ts'
import { paths, useGo } from '../app/address.tsx'
import { call, download, problemOf } from '../app/client.ts'
import { useMay } from '../app/me.ts'
import { JobProgress } from '../kit/JobProgress.tsx'
import { jobDone } from '../kit/jobWatch.ts'
import { BulkDone } from './bulkDone.tsx'

export type ExportAsk = Input<typeof exportRecords>['query']

/** Writes out what is asked, at once or in the background by how much there is. */
export function useExport(ledger: string): (asked: ExportAsk, count: number) => void {
  const { message, notification } = App.useApp()
  const gone = useRef(false)
  useEffect(() => {
    gone.current = false
    return () => {
      gone.current = true
    }
  }, [])
  const params = { ledger }
  const inBackground = async (asked: ExportAsk) => {
    const { job: id } = await call(startExport, { params, body: asked })
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
  return (asked, count) => {
    const work =
      count <= EXPORTED_AT_ONCE && !asked.ids
        ? download(exportRecords, { params, query: asked })
        : inBackground(asked)
    void work.catch((e) => message.error(problemOf(e).title))
  }
}

interface ExchangeProps {
  definition: LedgerDefinition
  write: (format: 'xlsx' | 'csv') => void
}

export function Exchange({ definition, write }: ExchangeProps) {
  const { message } = App.useApp()
  const go = useGo()
  const mayImport = useMay('records.import')
  const mayWrite = useMay('records.write')
  const [looking, setLooking] = useState(false)
  const acts: Record<string, () => void> = {
    bulk: () => setLooking(true),
    xlsx: () => write('xlsx'),
    csv: () => write('csv'),
    import: () => go(`${paths.import()}?ledger=${definition.id}`),
    template: () =>
      void download(getTemplate, { params: { ledger: definition.id } }).catch((e) =>
        message.error(problemOf(e).title),
      ),
  }
  const menu = (items: { key: string; label: string }[]) => ({
    items,
    onClick: (e: { key: string }) => acts[e.key]?.(),
  })
  return (
    <>
      {mayWrite && !definition.own?.closed && (
        <Button onClick={() => go(paths.entryGrid(definition.id))}>表格录入</Button>
      )}
      <Dropdown
        trigger={['click']}
        menu={menu([
          ...(mayImport ? [{ key: 'import', label: '导入表格' }] : []),
          { key: 'template', label: '下载空白表格' },
        ])}
      >
        <Button>
          导入 <DownOutlined />
        </Button>
      </Dropdown>
      <Dropdown
        trigger={['click']}
        menu={menu([
          { key: 'xlsx', label: 'Excel（.xlsx），全部项目' },
          { key: 'csv', label: 'CSV，全部项目' },
        ])}
      >
        <Button>
          导出 <DownOutlined />
        </Button>
      </Dropdown>
      {mayWrite && (
        <Dropdown trigger={['click']} menu={menu([{ key: 'bulk', label: '批量修改过的' }])}>
          <Button aria-label="更多" icon={<EllipsisOutlined />} />
        </Dropdown>
      )}
      {looking && <BulkDone ledger={definition.id} close={() => setLooking(false)} />}
    </>
  )
}
