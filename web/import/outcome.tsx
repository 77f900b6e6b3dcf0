/** What would happen, or has happened: counts, row by row, and the sheet's totals against ours. */
import { Table, Tag } from 'antd'
import type { CheckReport, RowOutcome, Total } from '../../domain/records/import/contract.ts'
import { Stat, StatRow } from '../kit/Page.tsx'

const STATES: Record<RowOutcome['state'], { title: string; color: string }> = {
  new: { title: '新登记', color: 'green' },
  updated: { title: '补充或改动', color: 'blue' },
  unchanged: { title: '已有，不变', color: 'default' },
  refused: { title: '不能入账', color: 'volcano' },
  confirm: { title: '要您确认', color: 'gold' },
}

/** `done`: it has happened, and what did not happen needs no number. */
export function Outcome({ report, done }: { report: CheckReport; done?: boolean }) {
  const { counts } = report
  const also = counts.asking - counts.confirm
  const states = (['new', 'updated', 'unchanged', 'confirm', 'refused'] as const).filter(
    (state) => !done || counts[state] > 0 || (state === 'confirm' && also > 0),
  )
  return (
    <>
      <StatRow>
        {states.map((state) => (
          <Stat key={state} label={STATES[state].title}>
            <span
              className={state === 'refused' && counts.refused > 0 ? 'mz-count mz-count-wrong' : 'mz-count'}
            >
              {counts[state].toLocaleString('zh-CN')}
            </span>{' '}
            行
            {state === 'confirm' && also > 0 && (
              <small>　另有 {also.toLocaleString('zh-CN')} 行不能入账的也要确认</small>
            )}
          </Stat>
        ))}
      </StatRow>
      <details className="mz-outcomes">
        <summary>{done ? '逐行看' : '逐行看会发生什么'}</summary>
        <Rows rows={report.rows} />
      </details>
    </>
  )
}

export function Rows({ rows }: { rows: RowOutcome[] }) {
  return (
    <Table<RowOutcome>
      size="small"
      rowKey="row"
      dataSource={rows}
      scroll={{ x: 'max-content' }}
      pagination={rows.length > 20 && { pageSize: 20, size: 'small', showSizeChanger: false }}
      columns={[
        { key: 'row', title: '行', dataIndex: 'row', width: 64 },
        { key: 'label', title: '名称', dataIndex: 'label' },
        {
          key: 'state',
          title: '结果',
          filters: Object.entries(STATES).map(([value, { title }]) => ({ value, text: title })),
          onFilter: (value, row) => row.state === value,
          render: (_, row) => <Tag color={STATES[row.state].color}>{STATES[row.state].title}</Tag>,
        },
        {
          key: 'effect',
          title: '说明',
          render: (_, row) =>
            row.problems.length > 0
              ? row.problems.map((p) => `${p.header ? `${p.header}：` : ''}${p.reason}`).join('；')
              : row.effect,
        },
      ]}
    />
  )
}

export function Totals({ totals }: { totals: Total[] }) {
  if (totals.length === 0) return null
  return (
    <section className="mz-totals">
      <h3>表里的合计与我们算的</h3>
      <ul>
        {totals.map((t) => (
          <li key={`${t.row} ${t.column}`} className={t.equal ? '' : 'mz-total-differs'}>
            <span>
              第 {t.row} 行 {t.column} 列　{t.label}
            </span>
            <span>
              表里 {t.stated.toLocaleString('zh-CN')}，我们算得 {t.ours.toLocaleString('zh-CN')}
              {t.equal ? '，一致' : '，不一致，请核对原表'}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
