/** Rows in and out of a ledger: grid, sheets, exports. Few are written at once, many in the background. */
import { DownOutlined, EllipsisOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { useState } from 'react'
import { getTemplate } from '../../domain/records/ledgers/contract.ts'
import type { LedgerDefinition } from '../../domain/records/ledgers/definition.ts'
import { exportRecords, startExport } from '../../domain/records/ledgers/exportContract.ts'
import type { Input } from '../../kernel/endpoint.ts'
import { paths, useGo } from '../app/address.tsx'
import { call, download, problemOf } from '../app/client.ts'
import { useMay } from '../app/me.ts'
import { useWriteOut } from '../kit/writeOut.tsx'
import { BulkDone } from './bulkDone.tsx'

export type ExportAsk = Input<typeof exportRecords>['query']

/** Rows that were picked are named in the body, for there may be too many for an address. */
export function useExport(ledger: string): (asked: ExportAsk, count: number) => void {
  const params = { ledger }
  const write = useWriteOut<ExportAsk>({
    now: (asked) => download(exportRecords, { params, query: asked }),
    later: (asked) => call(startExport, { params, body: asked }),
  })
  return (asked, count) => write(asked, asked.ids ? Number.POSITIVE_INFINITY : count)
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
