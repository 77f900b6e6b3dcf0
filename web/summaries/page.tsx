/** 总结: who has handed in, who is writing, who not yet. */
import { PlusOutlined } from '@ant-design/icons'
import { Button, Segmented, Tag } from 'antd'
import { useState } from 'react'
import { listSummaries, type SummaryListed } from '../../domain/reports/summaries/contract.ts'
import { stateTitles } from '../../domain/reports/summaries/model.ts'
import type { Output } from '../../kernel/endpoint.ts'
import { dateInWords } from '../../kernel/period.ts'
import { GoLink, paths, useGo, useSearchState } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useMay } from '../app/me.ts'
import { useFetch } from '../app/queries.ts'
import type { Column } from '../kit/columns.ts'
import { DataTable } from '../kit/DataTable.tsx'
import { useList } from '../kit/list.ts'
import { EmptyState, Page, Sheet } from '../kit/Page.tsx'
import { NewSummary } from './newSummary.tsx'
import './summaries.css'

type Found = Output<typeof listSummaries>

const columns: Column<SummaryListed>[] = [
  { id: 'org', title: '组织', value: (s) => s.org.name, sortable: true, filter: { type: 'text' } },
  { id: 'title', title: '标题', value: (s) => s.title, cell: (s) => <TitleCell summary={s} /> },
  { id: 'period', title: '时段', value: (s) => s.periodLabel, sortable: true },
  {
    id: 'cutOff',
    title: '截至',
    value: (s) => s.cutOff ?? '',
    cell: (s) => (s.cutOff ? dateInWords(s.cutOff) : <span className="mz-quiet">期末</span>),
  },
  {
    id: 'state',
    title: '状态',
    value: (s) => s.state,
    cell: (s) => <StateCell summary={s} />,
    filter: {
      type: 'choice',
      options: Object.entries(stateTitles).map(([value, title]) => ({ value, title })),
    },
  },
  {
    id: 'submittedAt',
    title: '上报时间',
    value: (s) => s.submittedAt ?? '',
    cell: (s) => s.submittedAt?.slice(0, 16) ?? <span className="mz-none">—</span>,
    sortable: true,
  },
  {
    id: 'changedAt',
    title: '最近修改',
    value: (s) => s.changedAt,
    cell: (s) => `${s.changedAt.slice(0, 16)}　${s.changedBy}`,
    sortable: true,
  },
]

function TitleCell({ summary }: { summary: SummaryListed }) {
  return <GoLink to={paths.summary(summary.id)}>{summary.title}</GoLink>
}

function StateCell({ summary }: { summary: SummaryListed }) {
  return (
    <span className="mz-head-what">
      <Tag color={summary.state === 'submitted' ? 'green' : 'default'}>{stateTitles[summary.state]}</Tag>
      {summary.edition > 1 && <span className="mz-quiet mz-small">第 {summary.edition} 版</span>}
    </span>
  )
}

export function SummariesPage() {
  const { org, period } = useFrame()
  const [search, change] = useSearchState()
  const [making, setMaking] = useState(false)
  const may = useMay('summaries.write')
  const go = useGo()
  const list = useList({ sort: { column: 'changedAt', descending: true } })
  const all = search.all === 'yes'
  const found = useFetch(
    listSummaries,
    { query: { org: org.id, ...(all ? {} : { period: period.id }) } },
    { keepLast: true },
  )
  const begin = may && <Button onClick={() => setMaking(true)}>新建总结</Button>
  return (
    <Page
      title="总结"
      about={all ? `${org.name}和下级，各个时段` : `${org.name}和下级，${period.label}`}
      main={
        may && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
            新建总结
          </Button>
        )
      }
    >
      <DataTable<SummaryListed>
        name="总结"
        columns={columns}
        rows={found.data?.summaries}
        rowKey={(s) => s.id}
        list={list}
        problem={found.error}
        retry={() => void found.refetch()}
        onOpen={(s) => go(paths.summary(s.id))}
        filters={
          <Segmented
            value={all ? 'all' : 'period'}
            onChange={(value) => change({ all: value === 'all' ? 'yes' : undefined, page: undefined })}
            options={[
              { value: 'period', label: period.label },
              { value: 'all', label: '所有时段' },
            ]}
          />
        }
        empty={
          <EmptyState
            title={all ? '还没有总结' : `${period.label}还没有总结`}
            hint="新建后，系统按提纲从台账取数，起草好初稿，您再改。"
            action={begin}
          />
        }
      />
      {!all && <NotYet notYet={found.data?.notYet} label={period.label} />}
      {making && <NewSummary close={() => setMaking(false)} />}
    </Page>
  )
}

function NotYet({ notYet, label }: { notYet: Found['notYet'] | undefined; label: string }) {
  if (!notYet || notYet.length === 0) return null
  return (
    <div className="mz-not-yet">
      <Sheet title={`${label}还没有上报的下级　${notYet.length} 个`}>
        <ul>
          {notYet.map((org) => (
            <li key={org.id}>
              <GoLink to={paths.organisation(org.id)}>{org.name}</GoLink>
              <span className="mz-quiet mz-small">{org.draft ? '正在起草' : '还没有起草'}</span>
            </li>
          ))}
        </ul>
      </Sheet>
    </div>
  )
}
