/** One ledger: filters, the figures of the filter, the table, the drawer. All from its declaration. */
import { DownOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { useMemo } from 'react'
import {
  getAttachment,
  getLedger,
  getTemplate,
  listRecords,
  type RecordRow,
} from '../../domain/records/ledgers/contract.ts'
import type { LedgerDefinition } from '../../domain/records/ledgers/definition.ts'
import { exportRecords } from '../../domain/records/ledgers/exportContract.ts'
import { showValue } from '../../domain/records/ledgers/fields.ts'
import { QUANTITIES_TITLE, shownQuantities } from '../../domain/records/ledgers/quantities.ts'
import type { Output } from '../../kernel/endpoint.ts'
import { paths, useGo, useParam } from '../app/address.tsx'
import { addressOf, download, problemOf } from '../app/client.ts'
import { useFrame } from '../app/frameState.tsx'
import { useMay } from '../app/me.ts'
import { useFetch } from '../app/queries.ts'
import type { Column } from '../kit/columns.ts'
import { DataTable } from '../kit/DataTable.tsx'
import { Figure } from '../kit/Figure.tsx'
import { LackingButton } from '../kit/Lacking.tsx'
import { useList } from '../kit/list.ts'
import { EmptyState, Loaded, Page } from '../kit/Page.tsx'
import { figureFilterOf, LedgerFilters, queryOf } from './filters.tsx'
import { useLedgers } from './known.ts'
import { NilButton } from './nil.tsx'
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

function LedgerOf({ definition }: { definition: LedgerDefinition }) {
  const frame = useFrame()
  const list = useList({ sort: { column: 'day', descending: true } })
  const go = useGo()
  const may = useMay('records.write')
  const asked = queryOf(list, frame)
  const sort = list.sort && `${list.sort.descending ? '-' : ''}${list.sort.column}`
  const found = useFetch(
    listRecords,
    {
      params: { ledger: definition.id },
      query: { ...asked, page: list.page, size: list.size, ...(sort ? { sort } : {}) },
    },
    { keepLast: true },
  )
  const columns = useMemo(() => columnsOf(definition), [definition])
  // Nothing at all is missing, not zero: the table says so.
  const narrowed = list.text !== '' || Object.keys(list.filters).length > 0
  const record = () => go(paths.newRecord(definition.id))
  return (
    <Page
      title={definition.title}
      about={definition.about}
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
          <Exchange definition={definition} asked={asked} />
        </>
      }
      main={
        may && (
          <Button type="primary" icon={<PlusOutlined />} onClick={record}>
            记一笔
          </Button>
        )
      }
    >
      {found.data && (found.data.total > 0 || narrowed) && (
        <FilterFigures
          definition={definition}
          figures={found.data.figures}
          filter={figureFilterOf(list, frame)}
        />
      )}
      <DataTable<RecordRow>
        name={`台账.${definition.id}`}
        columns={columns}
        rows={found.data?.rows}
        total={found.data?.total ?? 0}
        rowKey={(row) => row.id}
        list={list}
        busy={found.isPlaceholderData}
        problem={found.error}
        retry={() => void found.refetch()}
        searchHint={`${definition.name.label}、地点`}
        filters={<LedgerFilters definition={definition} list={list} />}
        drawer={{
          title: (row, id) => row?.title ?? <RecordTitle id={id} />,
          body: (_row, id) => <RecordView id={id} definition={definition} />,
          actions: (_row, id) => <RecordActsOf id={id} definition={definition} />,
          width: 720,
        }}
        empty={<Nothing definition={definition} record={record} />}
      />
      <p className="mz-only-print mz-print-foot">
        <span>填报单位：{frame.org.name}</span>
        <span>填报人：</span>
        <span>审核人：</span>
        <span>　　年　　月　　日</span>
      </p>
    </Page>
  )
}

function Nothing({ definition, record }: { definition: LedgerDefinition; record: () => void }) {
  const { period } = useFrame()
  const ledger = useLedgers().data?.ledgers.find((l) => l.definition.id === definition.id)
  const may = useMay('records.write')
  return (
    <EmptyState
      title={ledger?.nil ? `已声明：${period.label}没有${definition.title}` : `${period.label}还没有记录`}
      hint={
        ledger?.nil ? '补记一笔，声明会自动收回。' : '记一笔，或者导入现成的表格；确实没有的，声明“本期无”。'
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

type Figures = Output<typeof listRecords>['figures']

const MOST_SUMS = 5

interface FilterFiguresProps {
  definition: LedgerDefinition
  figures: Figures
  /** Null where the filter cannot be asked as a figure: then the numbers of the list stand without evidence. */
  filter: ReturnType<typeof figureFilterOf>
}

function FilterFigures({ definition, figures, filter }: FilterFiguresProps) {
  const { id, measureWord, personTimes } = definition
  const sums = figures.sums.filter((s) => s.value !== null).slice(0, MOST_SUMS)
  return (
    <dl className="mz-ledger-figures">
      <Told
        title="筛选出"
        value={figures.count}
        unit={measureWord}
        asked={filter && `${id}.count`}
        filter={filter}
      />
      {figures.personTimes !== null && (
        <Told
          title={personTimes?.label ?? '人次'}
          value={figures.personTimes}
          unit="人次"
          asked={filter && `${id}.personTimes`}
          filter={filter}
        />
      )}
      {sums.map((s) => (
        <Told key={s.field} title={s.title} value={s.value ?? 0} unit={s.unit} asked={null} filter={null} />
      ))}
    </dl>
  )
}

interface ToldProps extends Pick<FilterFiguresProps, 'filter'> {
  title: string
  value: number
  unit: string
  asked: string | null
}

function Told({ title, value, unit, asked, filter }: ToldProps) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {asked && filter ? (
          <Figure asked={{ measure: asked, ...filter }} />
        ) : (
          <>
            {value.toLocaleString('zh-CN', { maximumFractionDigits: 2 })}
            <small>{unit}</small>
          </>
        )}
      </dd>
    </div>
  )
}

const dayShown = (row: RecordRow) => {
  const whole = row.day.slice(0, { day: 10, month: 7, year: 4 }[row.dayPrecision])
  return row.dayTo ? `${whole} 至 ${row.dayTo.slice(5)}` : whole
}

/** Shown until others are chosen: what is short and often looked at. */
const USUAL_TYPES = new Set(['choice', 'integer', 'money', 'number', 'place'])
const USUAL_COLUMNS = 4
const NUMBERS = new Set(['integer', 'number', 'money'])

function columnsOf(definition: LedgerDefinition): Column<RecordRow>[] {
  const { personTimes, name, day, roles, photos, fields } = definition
  const usual = fields.filter((f) => USUAL_TYPES.has(f.type)).slice(0, USUAL_COLUMNS)
  const money = (value: unknown) =>
    typeof value === 'number' ? value.toLocaleString('zh-CN', { maximumFractionDigits: 2 }) : null
  return [
    {
      id: 'day',
      title: day.label,
      cell: (r) => <span className="mz-record-day">{dayShown(r)}</span>,
      sortable: true,
      width: 120,
    },
    {
      id: 'title',
      title: name.label,
      cell: (r) => <span className="mz-ledger-title">{r.title}</span>,
      sortable: true,
    },
    {
      id: 'org',
      title: '组织',
      value: (r) => [r.org, ...r.hosts].map((o) => o.name).join('、'),
      sortable: true,
    },
    ...(personTimes
      ? [
          {
            id: 'personTimes',
            title: personTimes.label,
            value: (r: RecordRow) => r.personTimes,
            numeric: true,
            sortable: true,
          },
        ]
      : []),
    ...fields.map(
      (f): Column<RecordRow> => ({
        id: f.id,
        title: f.type === 'money' ? `${f.title}（元）` : f.title,
        value: (r) =>
          NUMBERS.has(f.type) ? money(r.fields[f.id]) : showValue(f, r.fields[f.id]).slice(0, 60),
        numeric: NUMBERS.has(f.type),
        sortable: f.type !== 'longText' && f.type !== 'choices',
        hidden: !usual.includes(f),
      }),
    ),
    ...(roles.length > 0
      ? [{ id: '_named', title: '名单', value: (r: RecordRow) => r.named || null, numeric: true }]
      : []),
    ...(photos ? [{ id: '_photos', title: '照片', cell: (r: RecordRow) => <Thumbs ids={r.photos} /> }] : []),
    { id: '_quantities', title: QUANTITIES_TITLE, value: (r) => shownQuantities(r.quantities), hidden: true },
    { id: '_sentence', title: '写进总结的话', value: (r) => r.sentence, hidden: true },
  ]
}

function Thumbs({ ids }: { ids: string[] }) {
  const [first] = ids
  if (!first) return <span className="mz-none">—</span>
  return (
    <span className="mz-thumb">
      <img src={addressOf(getAttachment, { params: { id: first } })} alt="" loading="lazy" />
      {ids.length > 1 && <small>{ids.length}</small>}
    </span>
  )
}

interface ExchangeProps {
  definition: LedgerDefinition
  asked: ReturnType<typeof queryOf>
}

function Exchange({ definition, asked }: ExchangeProps) {
  const { message } = App.useApp()
  const go = useGo()
  const mayImport = useMay('records.import')
  const params = { ledger: definition.id }
  const save = (what: Promise<void>) => void what.catch((e) => message.error(problemOf(e).title))
  const acts: Record<string, () => void> = {
    xlsx: () => save(download(exportRecords, { params, query: { ...asked, format: 'xlsx' } })),
    csv: () => save(download(exportRecords, { params, query: { ...asked, format: 'csv' } })),
    print: () => window.print(),
    template: () => save(download(getTemplate, { params })),
    import: () => go(`${paths.import()}?ledger=${definition.id}`),
  }
  const menu = (items: { key: string; label: string }[]) => ({
    items,
    onClick: (e: { key: string }) => acts[e.key]?.(),
  })
  return (
    <>
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
          { key: 'xlsx', label: '导出 Excel（.xlsx）' },
          { key: 'csv', label: '导出 CSV' },
          { key: 'print', label: '打印' },
        ])}
      >
        <Button>
          导出 <DownOutlined />
        </Button>
      </Dropdown>
    </>
  )
}
