/** One ledger: views, filters, the figures of the filter, the table, the drawer. All from its declaration. */
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { getLedger, listRecords, type RecordRow } from '../../domain/records/ledgers/contract.ts'
import type { LedgerDefinition } from '../../domain/records/ledgers/definition.ts'
import { getFilterFigures } from '../../domain/records/ledgers/figuresContract.ts'
import { paths, useGo, useParam } from '../app/address.tsx'
import { call } from '../app/client.ts'
import { useFrame } from '../app/frameState.tsx'
import { useMay } from '../app/me.ts'
import { useFetch } from '../app/queries.ts'
import { DataTable, type Selection } from '../kit/DataTable.tsx'
import { LackingButton } from '../kit/Lacking.tsx'
import { useList } from '../kit/list.ts'
import { EmptyState, Loaded, Page } from '../kit/Page.tsx'
import { BrokenNote } from './broken.tsx'
import { BulkDialog, type BulkKind } from './bulk.tsx'
import { columnsOf } from './columns.tsx'
import { Exchange, useExport } from './exchange.tsx'
import { FilterFigures } from './filterFigures.tsx'
import { chipsOf, figureFilterOf, LedgerFilters, queryOf } from './filters.tsx'
import { APART } from './filterWords.ts'
import { useLedgers } from './known.ts'
import { NilButton, NilNote } from './nil.tsx'
import { About } from './own/about.tsx'
import { useVisit } from './recent.ts'
import { RecordActsOf, RecordTitle, RecordView } from './record.tsx'
import './ledgers.css'

export function LedgerPage() {
  const ledger = useParam('ledger')
  const definition = useFetch(getLedger, { params: { ledger } })
  return (
    <Loaded of={definition} rows={10}>
      {(found) => <LedgerOf key={found.id} definition={found} />}
    </Loaded>
  )
}

/** A sheet of more is for the spreadsheet, not for paper. */
const MOST_PRINTED = 1000
const AT_ONCE = 200

function LedgerOf({ definition }: { definition: LedgerDefinition }) {
  const frame = useFrame()
  const list = useList({ sort: { column: 'day', descending: true } })
  const go = useGo()
  const may = useMay('records.write')
  const asked = queryOf(list, frame)
  const sort = list.sort ? { sort: `${list.sort.descending ? '-' : ''}${list.sort.column}` } : {}
  const params = { ledger: definition.id }
  const found = useFetch(
    listRecords,
    { params, query: { ...asked, ...sort, page: list.page, size: list.size, figures: 'no' } },
    { keepLast: true },
  )
  // Asked apart: they are the same for every page and order.
  const sums = useFetch(getFilterFigures, { params, query: asked }, { keepLast: true })
  const columns = useMemo(() => columnsOf(definition), [definition])
  const total = found.data?.total ?? 0
  // Nothing at all is missing, not zero: the table says so.
  const narrowed = list.text !== '' || Object.keys(list.filters).length > 0
  const record = () => go(paths.newRecord(definition.id))
  const write = useExport(definition.id)
  const [together, setTogether] = useState<{ kind: BulkKind; selection: Selection } | null>(null)
  useVisit(definition.id)
  const allRows = async () => {
    const pages = Math.ceil(Math.min(total, MOST_PRINTED) / AT_ONCE)
    const rows: RecordRow[] = []
    for (let page = 1; page <= pages; page++)
      rows.push(
        ...(await call(listRecords, { params, query: { ...asked, ...sort, page, size: AT_ONCE } })).rows,
      )
    return rows
  }
  const chosen = (selection: Selection) =>
    selection.all ? asked : { ...asked, ids: selection.keys.join(',') }
  return (
    <Page
      title={definition.title}
      about={<About definition={definition} />}
      above={[{ title: '台账', to: paths.ledgers() }]}
      actions={
        <>
          <LackingButton
            question={{
              org: frame.org.id,
              measure: `${definition.id}.count`,
              from: frame.period.from,
              to: frame.period.to,
            }}
          />
          <Exchange definition={definition} write={(format) => write({ ...asked, ...sort, format }, total)} />
        </>
      }
      main={
        may &&
        !definition.own?.closed && (
          <Button type="primary" icon={<PlusOutlined />} onClick={record}>
            记一笔
          </Button>
        )
      }
    >
      <NilNote ledger={definition.id} />
      {definition.rules && !list.filters[APART.broken] && <BrokenNote ledger={definition.id} />}
      {sums.data && (sums.data.count > 0 || narrowed) && (
        <FilterFigures definition={definition} figures={sums.data} filter={figureFilterOf(list, frame)} />
      )}
      <DataTable<RecordRow>
        name={`台账.${definition.id}`}
        columns={columns}
        rows={found.data?.rows}
        total={total}
        rowKey={(row) => row.id}
        list={list}
        views={`ledger.${definition.id}`}
        busy={found.isPlaceholderData}
        problem={found.error}
        retry={() => void found.refetch()}
        searchHint={`${definition.name.label}、地点`}
        filters={<LedgerFilters definition={definition} list={list} />}
        chips={chipsOf(definition, list)}
        onExport={(shown) => write({ ...asked, ...sort, format: 'xlsx', columns: shown.join(',') }, total)}
        printing={{
          title: `${definition.title}台账`,
          org: frame.org.name,
          period: frame.period.label,
          rows: allRows,
        }}
        {...(may
          ? {
              bulkAll: true,
              bulk: [
                ...bulkActs(list.filters[APART.voided] === 'yes', (kind, selection) =>
                  setTogether({ kind, selection }),
                ),
                {
                  title: '导出选中的',
                  act: (_rows: RecordRow[], s: Selection) =>
                    write({ ...chosen(s), ...sort, format: 'xlsx' }, s.count),
                },
              ],
            }
          : {})}
        drawer={{
          title: (row, id) => row?.title ?? <RecordTitle id={id} />,
          body: (_row, id) => <RecordView id={id} definition={definition} />,
          actions: (_row, id) => <RecordActsOf id={id} definition={definition} />,
          width: 720,
        }}
        empty={<Nothing definition={definition} record={record} />}
      />
      {together && (
        <BulkDialog definition={definition} {...together} filter={asked} close={() => setTogether(null)} />
      )}
    </Page>
  )
}

function bulkActs(voided: boolean, start: (kind: BulkKind, selection: Selection) => void) {
  const act = (title: string, kind: BulkKind) => ({
    title,
    act: (_rows: RecordRow[], selection: Selection) => start(kind, selection),
  })
  return voided
    ? [act('恢复', 'restore')]
    : [act('改一项', 'set'), act('划到另一个组织', 'move'), act('作废', 'void')]
}

function Nothing({ definition, record }: { definition: LedgerDefinition; record: () => void }) {
  const { period } = useFrame()
  const ledger = useLedgers().data?.ledgers.find((l) => l.definition.id === definition.id)
  const may = useMay('records.write')
  const declared = ledger?.nil?.speaks === 'all'
  return (
    <EmptyState
      title={declared ? `已声明：${period.label}没有${definition.title}` : `${period.label}还没有记录`}
      hint={
        declared ? '补记一笔，声明会自动收回。' : '记一笔，或者导入现成的表格；确实没有的，声明“本期无”。'
      }
      action={
        may && (
          <>
            <Button onClick={record}>记一笔</Button>
            {ledger && <NilButton ledger={ledger} />}
          </>
        )
      }
    />
  )
}
