/** 覆盖: a tile for each organisation below, by township and sector; what it has stands in it, in words. */

import { Segmented, Select, Tooltip } from 'antd'
import { getMeasures } from '../../domain/indicators/contract.ts'
import {
  type Coverage,
  type CoverageTile,
  getCoverage,
  LAST_RECORD,
} from '../../domain/indicators/overview/contract.ts'
import { measure } from '../../kernel/measureId.ts'
import { GoLink, paths, useSearchState } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useFetch } from '../app/queries.ts'
import type { Column } from '../kit/columns.ts'
import { DataTable } from '../kit/DataTable.tsx'
import { inLine, splitUnit } from '../kit/Figure.tsx'
import { useEvidence } from '../kit/figures.ts'
import { LackingButton } from '../kit/Lacking.tsx'
import { useList } from '../kit/list.ts'
import { EmptyState, Loaded, Page, Sheet } from '../kit/Page.tsx'
import { type Band, bandOf, bandsOf, QUESTIONS } from './bands.ts'
import './overview.css'

const RECORDS = measure('record.count')

export function CoveragePage() {
  const { org, period, until } = useFrame()
  const [search] = useSearchState()
  const measure = search.measure ?? RECORDS
  const query = {
    org: org.id,
    period: period.id,
    measure,
    ...(until && { until }),
    ...(search.where && { where: search.where }),
  }
  const coverage = useFetch(getCoverage, { query }, { keepLast: true })
  return (
    <Page
      title="覆盖"
      about={`${org.name}，${period.label}`}
      above={[{ title: '概览', to: paths.overview() }]}
      actions={<Chooser measure={measure} where={search.where} />}
    >
      <Loaded of={coverage} rows={8}>
        {(found) => <Covered coverage={found} />}
      </Loaded>
    </Page>
  )
}

/** A few questions that are asked most, and every measure. */
function Chooser({ measure, where }: { measure: string; where: string | undefined }) {
  const [, change] = useSearchState()
  const measures = useFetch(getMeasures, {})
  const known = measures.data?.measures ?? []
  const usual = QUESTIONS.filter((q) => q.measure === LAST_RECORD || known.some((m) => m.id === q.measure))
  const keyOf = (q: { measure: string; where?: string | undefined }) => `${q.measure} ${q.where ?? ''}`
  const others = known.filter((m) => m.unit && m.kind !== 'only')
  const groups = [...new Set(others.map((m) => m.group))]
  return (
    <Select
      className="mz-coverage-chooser"
      aria-label="看什么"
      value={keyOf({ measure, where })}
      onChange={(key: string) => {
        const [id = '', filters = ''] = key.split(/ (.*)/)
        change({ measure: id, where: filters || undefined, sector: undefined })
      }}
      showSearch={{
        filterOption: (typed, option) =>
          String((option as { words?: string } | undefined)?.words ?? '').includes(typed.toLowerCase()),
      }}
      options={[
        {
          label: '常看的',
          options: usual.map((q) => ({ value: keyOf(q), label: q.title, words: q.title })),
        },
        ...groups.map((group) => ({
          label: group,
          options: others
            .filter((m) => m.group === group && !usual.some((q) => keyOf(q) === keyOf({ measure: m.id })))
            .map((m) => ({
              value: keyOf({ measure: m.id }),
              label: m.title,
              words: `${m.title} ${m.nameKey}`.toLowerCase(),
            })),
        })),
      ]}
    />
  )
}

function Covered({ coverage }: { coverage: Coverage }) {
  const { org } = useFrame()
  const [search, change] = useSearchState()
  const { tiles, shares, question } = coverage
  if (tiles.length === 0) return <EmptyState title="没有下级组织" hint="在上面换一个有下级的组织。" />
  const share = shares.find((s) => s.sector === (search.sector ?? null)) ?? shares[0]
  const shown = tiles.filter((t) => !search.sector || t.sector === search.sector)
  const picked = shown.filter((t) => !search.only || t.covered === (search.only === 'yes'))
  const word = share?.sector ? share.title : '下级'
  return (
    <Sheet
      title={coverage.asked}
      extra={
        question && (
          <span className="mz-no-print">
            <LackingButton question={{ ...question, org: org.id }} />
          </span>
        )
      }
    >
      <p className="mz-coverage-share">
        覆盖{' '}
        <button
          type="button"
          className="mz-figure mz-figure-large"
          aria-label={`覆盖 ${share?.covered} 个，看是哪些`}
          onClick={() => change({ only: search.only === 'yes' ? undefined : 'yes' })}
        >
          <span className="mz-figure-number">
            {share?.covered}/{share?.total}
          </span>
        </button>{' '}
        个{word}，<strong>{share?.display}</strong>
        {share && share.covered < share.total && (
          <button
            type="button"
            className="mz-link-button"
            onClick={() => change({ only: search.only === 'no' ? undefined : 'no' })}
          >
            还没有的 {share.total - share.covered} 个
          </button>
        )}
      </p>
      <div className="mz-coverage-tools mz-no-print">
        <Segmented
          value={search.sector ?? ''}
          onChange={(sector) => change({ sector: sector || undefined })}
          options={shares.map((s) => ({
            value: s.sector ?? '',
            label: `${s.title} ${s.covered}/${s.total}`,
          }))}
        />
        <Segmented
          value={search.view ?? 'tiles'}
          onChange={(view) => change({ view: view === 'tiles' ? undefined : view })}
          options={[
            { value: 'tiles', label: '方格' },
            { value: 'table', label: '表格' },
          ]}
        />
      </div>
      {search.only && (
        <p className="mz-coverage-only mz-no-print">
          只看{search.only === 'yes' ? '有的' : '还没有的'} {picked.length} 个
          <button type="button" className="mz-link-button" onClick={() => change({ only: undefined })}>
            看全部
          </button>
        </p>
      )}
      {search.view === 'table' ? (
        <TileTable coverage={coverage} tiles={picked} />
      ) : (
        <Tiles coverage={coverage} tiles={picked} />
      )}
    </Sheet>
  )
}

interface TilesProps {
  coverage: Coverage
  tiles: CoverageTile[]
}

function useOpenTile({ question }: Coverage): (tile: CoverageTile) => void {
  const evidence = useEvidence()
  const { asOf } = useFrame()
  return ({ orgId }) =>
    evidence.open(question ? { ...question, org: orgId } : { measure: RECORDS, org: orgId, asOf })
}

function Tiles({ coverage, tiles }: TilesProps) {
  const bands = bandsOf(coverage)
  const open = useOpenTile(coverage)
  return (
    <>
      <Legend bands={bands} tiles={tiles} />
      {inPlaces(tiles).map(({ title, tiles: here }) => (
        <section key={title} className="mz-place">
          {title && <h3>{title}</h3>}
          <ul className="mz-coverage">
            {here.map((tile) => (
              <li key={tile.orgId}>
                <Tile tile={tile} unit={coverage.unit} band={bandOf(bands, tile)} open={() => open(tile)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

/** Under several townships by township, else by sector. */
function inPlaces(tiles: CoverageTile[]): { title: string; tiles: CoverageTile[] }[] {
  const several = tiles.some((t) => t.under !== null)
  const placeOf = (t: CoverageTile) => (several ? (t.under ?? '直接下级') : t.sectorTitle)
  const titles = [...new Set(tiles.map(placeOf))]
  return titles.map((title) => ({
    title: titles.length > 1 || several ? title : '',
    tiles: tiles.filter((t) => placeOf(t) === title),
  }))
}

function Tile(props: { tile: CoverageTile; unit: string; band: Band; open: () => void }) {
  const { tile, unit, band, open } = props
  const shown = tile.missing ? '还没有' : inLine({ display: tile.display, unit })
  return (
    <Tooltip title={`${tile.name}（${tile.sectorTitle}）：${shown}`} mouseEnterDelay={0.35}>
      <button type="button" className={`mz-cover mz-cover-${band.tone}`} onClick={open}>
        <span>{shortName(tile.name)}</span>
        <strong>{tile.missing ? '—' : shown}</strong>
      </button>
    </Tooltip>
  )
}

/** 柳河村团支部 is 柳河村 among its likes. */
const shortName = (name: string) => name.replace(/(共青团|团支部委员会|团支部|团总支|团委)$/g, '') || name

function Legend({ bands, tiles }: { bands: Band[]; tiles: CoverageTile[] }) {
  return (
    <ul className="mz-legend" aria-label="图例">
      {bands.map((band) => (
        <li key={band.tone}>
          <i className={`mz-cover-${band.tone}`} aria-hidden="true" />
          {band.title}
          <span className="mz-quiet">{tiles.filter((t) => bandOf(bands, t) === band).length} 个</span>
        </li>
      ))}
    </ul>
  )
}

function TileTable({ coverage, tiles }: TilesProps) {
  const list = useList({ size: 50 })
  const open = useOpenTile(coverage)
  const columns: Column<CoverageTile>[] = [
    {
      id: 'name',
      title: '组织',
      value: (t) => t.name,
      cell: (t) => <GoLink to={paths.organisation(t.orgId)}>{t.name}</GoLink>,
      fixed: true,
    },
    { id: 'under', title: '上级', value: (t) => t.under },
    { id: 'sector', title: '领域', value: (t) => t.sectorTitle },
    {
      id: 'value',
      title: coverage.unit ? `数据（${coverage.unit}）` : '数据',
      value: (t) => (typeof t.value === 'number' ? t.value : null),
      cell: (t) => (t.missing ? '—' : splitUnit({ display: t.display, unit: coverage.unit }).number),
      numeric: true,
    },
    { id: 'covered', title: '覆盖', value: (t) => (t.covered ? '有' : '还没有') },
  ]
  return (
    <DataTable<CoverageTile>
      name="覆盖"
      columns={columns.filter((c) => c.id !== 'under' || tiles.some((t) => t.under))}
      rows={tiles}
      rowKey={(t) => t.orgId}
      list={list}
      onOpen={open}
      searchHint="组织名称"
    />
  )
}
