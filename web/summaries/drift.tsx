/** After handing in: which figures would differ today, by what, and in which rows. */
import { Alert, Button, Drawer, Table, Tag } from 'antd'
import { useState } from 'react'
import type { Drifted } from '../../domain/reports/summaries/contract.ts'
import { GoLink, paths } from '../app/address.tsx'
import { driftWords } from '../kit/drift.ts'
import { goToFigure } from './textEditor.ts'
import type { Workspace } from './workspace.ts'

export function DriftBar({ workspace, drifted }: { workspace: Workspace; drifted: Drifted[] }) {
  const [open, setOpen] = useState(false)
  if (drifted.length === 0) return null
  const values = drifted.filter((d) => d.why !== 'rows')
  const words =
    values.length > 0
      ? `今天再算，有 ${values.length} 个数据和上报时不同：${values.slice(0, 3).map(inShort).join('；')}${values.length > 3 ? '……' : ''}`
      : `数据没有变，但有 ${drifted.length} 个数据背后的记录改过。`
  return (
    <div className="mz-drift mz-no-print">
      <Alert
        type="warning"
        showIcon
        banner
        title={words}
        action={
          <Button size="small" onClick={() => setOpen(true)}>
            看差在哪里
          </Button>
        }
      />
      <Drawer open={open} onClose={() => setOpen(false)} size={760} title="上报以后的变动" destroyOnHidden>
        <ul className="mz-drifted">
          {drifted.map((one) => (
            <DriftedFigure
              key={one.ref}
              one={one}
              show={() => {
                setOpen(false)
                workspace.choose(one.ref)
                goToFigure(workspace.editor, one.ref)
              }}
            />
          ))}
        </ul>
      </Drawer>
    </div>
  )
}

const inShort = (d: Drifted) => `${d.frozen.display} → ${d.today.display}`

const KINDS = {
  added: { title: '新增', color: 'green' },
  removed: { title: '减去', color: 'volcano' },
  changed: { title: '改动', color: 'gold' },
} as const

function DriftedFigure({ one, show }: { one: Drifted; show: () => void }) {
  return (
    <li>
      <p className="mz-drifted-sentence">{one.sentence}</p>
      <p className="mz-quiet mz-small">{one.asked}</p>
      <div className="mz-drifted-values">
        <span>
          <small>上报时</small>
          {one.frozen.display}
        </span>
        <span>
          <small>今天</small>
          {one.today.display}
        </span>
        <span className="mz-quiet">{driftWords(one)}</span>
        <Button size="small" onClick={show}>
          在文中看
        </Button>
      </div>
      <Table
        size="small"
        rowKey={(row) => `${row.part} ${row.id}`}
        dataSource={one.rows}
        scroll={{ x: 'max-content' }}
        pagination={one.rows.length > 20 && { pageSize: 20, size: 'small', showSizeChanger: false }}
        columns={[
          {
            key: 'kind',
            title: '变动',
            render: (_, row) => <Tag color={KINDS[row.kind].color}>{KINDS[row.kind].title}</Tag>,
          },
          ...one.columns.map((column, i) => ({
            key: column.id,
            title: column.title,
            render: (_: unknown, row: Drifted['rows'][number]) => <Cell row={row} at={i} />,
          })),
        ]}
      />
    </li>
  )
}

function Cell({ row, at }: { row: Drifted['rows'][number]; at: number }) {
  const [before, after] = [row.before[at] ?? '', row.after[at] ?? '']
  const shown = row.kind === 'removed' ? before : after
  const link = at === 0 && row.opens === 'records' ? paths.record(row.id) : null
  if (row.kind === 'changed' && before !== after)
    return (
      <>
        <del>{before || '空'}</del> {after || '空'}
      </>
    )
  return link ? <GoLink to={link}>{shown || '打开'}</GoLink> : shown
}
