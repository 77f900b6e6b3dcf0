/** 导入过的批次: who took in which file when, what it wrote, and the way back. */
import { ImportOutlined } from '@ant-design/icons'
import { Button, Table, Tag } from 'antd'
import { useState } from 'react'
import { type Batch, type BatchRow, getBatch, listBatches } from '../../domain/records/import/contract.ts'
import { GoLink, paths, useGo } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useFetch } from '../app/queries.ts'
import type { Column } from '../kit/columns.ts'
import { DataTable } from '../kit/DataTable.tsx'
import { useList } from '../kit/list.ts'
import { EmptyState, Loaded, Page, Stat, StatRow } from '../kit/Page.tsx'
import { UndoButton } from './undo.tsx'
import './import.css'

const columns: Column<Batch>[] = [
  { id: 'at', title: '时间', value: (b) => b.at, cell: (b) => b.at.slice(0, 16) },
  { id: 'fileName', title: '文件', value: (b) => b.fileName },
  { id: 'kind', title: '表', value: (b) => b.kindTitle },
  { id: 'org', title: '组织', value: (b) => b.org.name },
  { id: 'new', title: '新登记', value: (b) => b.counts.new ?? 0, numeric: true },
  { id: 'updated', title: '改动', value: (b) => b.counts.updated ?? 0, numeric: true },
  { id: 'failed', title: '未入账', value: (b) => b.counts.failed ?? 0, numeric: true },
  { id: 'by', title: '经办', value: (b) => b.by },
  {
    id: 'state',
    title: '状态',
    value: (b) => (b.undoneAt ? '已撤销' : '在账'),
    cell: (b) => (b.undoneAt ? <Tag>已撤销</Tag> : <Tag color="green">在账</Tag>),
  },
]

export function BatchesPage() {
  const { org } = useFrame()
  const list = useList()
  const go = useGo()
  const found = useFetch(
    listBatches,
    { query: { org: org.id, page: list.page, size: list.size } },
    { keepLast: true },
  )
  const begin = (
    <Button icon={<ImportOutlined />} onClick={() => go(paths.import())}>
      导入表格
    </Button>
  )
  return (
    <Page
      title="导入过的批次"
      above={[{ title: '导入', to: paths.import() }]}
      about={`${org.name}及下级；每一批都可以整批撤销`}
      actions={begin}
    >
      <DataTable<Batch>
        name="导入批次"
        columns={columns}
        rows={found.data?.batches}
        total={found.data?.total ?? 0}
        rowKey={(b) => b.id}
        list={list}
        busy={found.isPlaceholderData}
        problem={found.error}
        retry={() => void found.refetch()}
        searchHint={null}
        drawer={{
          title: (b) => b?.fileName ?? '一批导入',
          body: (_b, id) => <BatchDetail id={id} />,
          actions: (_b, id) => <UndoButton batch={id} />,
          width: 720,
        }}
        empty={<EmptyState title="还没有导入过表格" action={begin} />}
      />
    </Page>
  )
}

const SIZE = 20

/** The year of a start that nobody knows. */
const UNKNOWN = '0001'

function BatchDetail({ id }: { id: string }) {
  const [page, setPage] = useState(1)
  const found = useFetch(getBatch, { params: { id }, query: { page, size: SIZE } }, { keepLast: true })
  return (
    <Loaded of={found}>
      {({ batch, rows, total, altered, obstacles }) => (
        <>
          <StatRow>
            <Stat label="表">{batch.kindTitle}</Stat>
            <Stat label="组织">{batch.org.name}</Stat>
            <Stat label="经办">
              {batch.by}　{batch.at.slice(0, 16)}
            </Stat>
            <Stat label="写入">{total} 条</Stat>
            <Stat label="改动已有的">{altered} 条</Stat>
          </StatRow>
          {obstacles.length > 0 && <p className="mz-columns-lacking">暂时不能撤销：{obstacles.join('；')}</p>}
          <Table<BatchRow>
            className="mz-batch-rows"
            size="small"
            rowKey={(r) => `${r.subject} ${r.id}`}
            dataSource={rows}
            loading={found.isPlaceholderData}
            columns={[
              { key: 'title', title: '名称', render: (_, r) => <RowLink row={r} /> },
              { key: 'org', title: '组织', dataIndex: 'org' },
              { key: 'day', title: '日期', render: (_, r) => (r.day?.startsWith(UNKNOWN) ? '不详' : r.day) },
            ]}
            pagination={
              total > SIZE && {
                current: page,
                pageSize: SIZE,
                total,
                size: 'small',
                showSizeChanger: false,
                onChange: setPage,
              }
            }
          />
        </>
      )}
    </Loaded>
  )
}

function RowLink({ row }: { row: BatchRow }) {
  if (row.subject === 'person') return <GoLink to={paths.person(row.id)}>{row.title}</GoLink>
  if (row.subject === 'org') return <GoLink to={paths.organisation(row.id)}>{row.title}</GoLink>
  if (row.subject === 'record') return <GoLink to={paths.record(row.id)}>{row.title}</GoLink>
  return row.title
}
