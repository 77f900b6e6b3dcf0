/** The tree of organisations on a day, with figures by column of choice. */

import { Select } from 'antd'
import type { ReactNode } from 'react'
import { useMemo, useState } from 'react'
import { getMeasures } from '../../domain/indicators/contract.ts'
import {
  levels,
  organisationTree,
  orgTypes,
  sectors,
  titleOf,
} from '../../domain/structure/organisations/contract.ts'
import type { Output } from '../../kernel/endpoint.ts'
import { measure } from '../../kernel/measureId.ts'
import { paths, useGo } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useRemembered } from '../app/preferences.ts'
import { useFetch } from '../app/queries.ts'
import type { Column } from '../kit/columns.ts'
import { DataTable } from '../kit/DataTable.tsx'
import { Figure } from '../kit/Figure.tsx'
import { type ListState, useList } from '../kit/list.ts'

type Node = Output<typeof organisationTree>['organisations'][number]
interface TreeRow extends Node {
  children?: TreeRow[]
}

/** Figures shown until others are chosen. */
const USUAL = [measure('members.count'), measure('officers.people')]

export interface OrgTreeTableProps {
  under: string
  day: string
  /** Leaves out `under` itself. */
  belowOnly?: boolean
  empty: ReactNode
}

export function OrgTreeTable({ under, day, belowOnly, empty }: OrgTreeTableProps) {
  const list = useList()
  const go = useGo()
  const tree = useOrgTree(under, day, list)
  const figures = useFigureColumns(day)
  const columns = useMemo(() => [...plainColumns, ...figures.columns], [figures.columns])
  const rows = belowOnly
    ? tree.rows?.flatMap((row) => (row.id === under ? (row.children ?? []) : [row]))
    : tree.rows
  return (
    <DataTable<TreeRow>
      name="组织"
      views="organisations"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      list={list}
      total={rows?.length ?? 0}
      problem={tree.problem}
      retry={tree.retry}
      busy={tree.busy}
      searchHint="名称、拼音"
      filters={figures.choice}
      onOpen={(row) => go(paths.organisation(row.id))}
      openKeys={tree.open}
      onOpenKeys={tree.setOpen}
      empty={empty}
    />
  )
}

const choices = (all: { value: string; title: string }[]) => all.map(({ value, title }) => ({ value, title }))

const plainColumns: Column<TreeRow>[] = [
  {
    id: 'name',
    title: '名称',
    fixed: true,
    width: 320,
    value: (o) => o.name,
    cell: (o) => <OrgName org={o} />,
  },
  { id: 'code', title: '代码', value: (o) => o.code, hidden: true },
  {
    id: 'type',
    title: '类型',
    value: (o) => titleOf(orgTypes, o.type),
    filter: { type: 'choice', options: choices(orgTypes) },
  },
  {
    id: 'sector',
    title: '领域',
    value: (o) => titleOf(sectors, o.sector),
    filter: { type: 'choice', options: choices(sectors) },
  },
  {
    id: 'level',
    title: '级别',
    value: (o) => titleOf(levels, o.level),
    filter: { type: 'choice', options: choices(levels) },
    hidden: true,
  },
  { id: 'partyLink', title: '党建带团建', value: (o) => o.partyLink, hidden: true },
  { id: 'place', title: '所在地', value: (o) => o.place, hidden: true },
  {
    id: 'openedAt',
    title: '设立日期',
    value: (o) => (o.openedPrecision === 'unknown' ? null : o.openedAt.slice(0, 10)),
  },
]

function OrgName({ org }: { org: TreeRow }) {
  return (
    <span className={org.matches ? '' : 'mz-org-faint'}>
      {org.name}
      {org.state !== 'inForce' && (
        <span className="mz-org-state">{org.state === 'closed' ? '已撤销' : '尚未设立'}</span>
      )}
    </span>
  )
}

function useOrgTree(under: string, asOf: string, list: ListState) {
  const { type, sector, level } = list.filters
  const narrowed = Boolean(list.text || type || sector || level)
  const ask = { asOf, under, name: list.text, type, sector, level } as object
  const found = useFetch(organisationTree, { query: ask }, { keepLast: true })
  const rows = useMemo(() => found.data && nested(found.data.organisations), [found.data])
  const [chosen, setOpen] = useState<string[] | null>(null)
  const all = found.data?.organisations ?? []
  const usual = narrowed ? all.map((o) => o.id) : all.filter((o) => o.id === under).map((o) => o.id)
  return {
    rows,
    problem: found.error,
    retry: () => void found.refetch(),
    busy: found.isPlaceholderData,
    open: narrowed ? usual : (chosen ?? usual),
    setOpen,
  }
}

/** Superiors come before subordinates; whose superior is not shown stands at the top. */
function nested(nodes: Node[]): TreeRow[] {
  const made = new Map<string, TreeRow>()
  const tops: TreeRow[] = []
  for (const node of nodes) {
    const row: TreeRow = { ...node }
    made.set(row.id, row)
    const parent = made.get(row.parentId ?? '')
    if (parent) parent.children = [...(parent.children ?? []), row]
    else tops.push(row)
  }
  return tops
}

/** Columns of figures, chosen from the catalogue and remembered. */
function useFigureColumns(asOf: string) {
  const { period } = useFrame()
  const { data } = useFetch(getMeasures, {})
  const [chosen, setChosen] = useRemembered<string[]>('organisations.figures', USUAL)
  const measures = data?.measures ?? []
  const shown = chosen.flatMap((id) => measures.find((m) => m.id === id) ?? [])
  const columns = shown.map(
    (m): Column<TreeRow> => ({
      id: m.id,
      title: m.unit ? `${m.title}（${m.unit}）` : m.title,
      numeric: true,
      cell: (row) => (
        <Figure
          bare
          asked={{
            measure: m.id,
            org: row.id,
            ...(m.timing === 'stock' ? { asOf } : { from: period.from, to: period.to }),
          }}
        />
      ),
    }),
  )
  const choice = (
    <Select
      mode="multiple"
      className="mz-filter mz-org-figures"
      placeholder="数据列"
      aria-label="数据列"
      maxTagCount={0}
      maxTagPlaceholder={`数据列 ${shown.length}`}
      popupMatchSelectWidth={280}
      value={shown.map((m) => m.id)}
      onChange={setChosen}
      showSearch={{ filterOption: (text, option) => (option?.key ?? '').includes(text.toLowerCase()) }}
      options={measures.map((m) => ({
        value: m.id,
        label: m.title,
        key: `${m.title} ${m.nameKey} ${m.group}`.toLowerCase(),
      }))}
    />
  )
  return { columns, choice }
}
