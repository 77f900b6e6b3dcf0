/** 团干部: who holds which post in the organisation and below it on a day, and how they are made up. */
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import {
  exportOfficers,
  listOfficers,
  type OfficerFilter,
  type OfficerRow,
  startOfficersExport,
} from '../../domain/structure/appointments/contract.ts'
import { APPOINTMENT_MODES, OFFICER_KINDS, POSTS } from '../../domain/structure/appointments/posts.ts'
import { orgTypes, sectors } from '../../domain/structure/organisations/contract.ts'
import { paths, useGo } from '../app/address.tsx'
import { call, download } from '../app/client.ts'
import { useFrame } from '../app/frameState.tsx'
import { useMay } from '../app/me.ts'
import { useFetch } from '../app/queries.ts'
import type { Column } from '../kit/columns.ts'
import { DataTable } from '../kit/DataTable.tsx'
import { DayField } from '../kit/DateField.tsx'
import { type ListState, useList } from '../kit/list.ts'
import { EmptyState, Page } from '../kit/Page.tsx'
import { useWriteOut } from '../kit/writeOut.tsx'
import { type FilterTitles, peopleChips } from '../people/chips.ts'
import { PersonDrawerActs } from '../people/drawer.tsx'
import {
  AgeRange,
  ageFilter,
  DepthChoice,
  MoreFilters,
  nameFilter,
  SeveralChoice,
  YesNoChoice,
} from '../people/filters.tsx'
import { PersonView } from '../people/view.tsx'
import { dayShown, personColumns, titleIn } from '../people/words.ts'
import { AppointDialog } from './appointDialog.tsx'
import { Breakdown, type Narrowed } from './breakdown.tsx'

const person = personColumns<OfficerRow>()
const first = (o: OfficerRow) => o.posts[0]

const columns: Column<OfficerRow>[] = [
  person.name,
  {
    id: 'posts',
    title: '职务',
    value: (o) => o.posts.map((p) => `${p.orgName} ${p.postTitle}`).join('、'),
  },
  person.sex,
  person.age,
  person.birth,
  { ...person.ethnicity, hidden: true },
  person.education,
  person.politics,
  {
    id: 'officerKind',
    title: '专兼挂',
    value: (o) => titleIn(OFFICER_KINDS, first(o)?.officerKind ?? null),
  },
  { id: 'mode', title: '任职方式', value: (o) => titleIn(APPOINTMENT_MODES, first(o)?.mode ?? null) },
  {
    id: 'from',
    title: '任职起',
    value: (o) => dayShown(first(o)?.from ?? null, first(o)?.fromPrecision ?? null),
  },
  person.phone,
  person.idNo,
  person.occupation,
  person.nativePlace,
]

/** How the filters beside the columns' own say themselves. */
const FILTERS: FilterTitles = {
  post: { title: '职务', choices: POSTS },
  orgType: { title: '组织类型', choices: orgTypes },
  sector: { title: '领域', choices: sectors },
  officerKind: { title: '专兼挂', choices: OFFICER_KINDS },
  mode: { title: '任职方式', choices: APPOINTMENT_MODES },
  age: { title: '年龄' },
  minority: { yes: '少数民族', no: '汉族' },
  partyMember: { yes: '党员（含预备）', no: '不是党员' },
  graduateVillageOfficial: { yes: '大学生村官', no: '不是大学生村官' },
}
const MOST_PRINTED = 1000
const AT_ONCE = 200

export function OfficersPage() {
  const frame = useFrame()
  const list = useList()
  const day = list.filters.asOf ?? frame.asOf
  const [appointing, setAppointing] = useState(false)
  const may = useMay('structure.change')
  const asked = queryOf(list, frame.org.id, day)
  const narrowed = narrowedBy(list)
  const found = useFetch(
    listOfficers,
    { query: { ...asked, page: list.page, size: list.size } },
    { keepLast: true },
  )
  const write = useExport()
  const allRows = async () => {
    const pages = Math.ceil(Math.min(found.data?.total ?? 0, MOST_PRINTED) / AT_ONCE)
    const rows: OfficerRow[] = []
    for (let page = 1; page <= pages; page++)
      rows.push(...(await call(listOfficers, { query: { ...asked, page, size: AT_ONCE } })).rows)
    return rows
  }
  return (
    <Page
      title="团干部"
      about={`${frame.org.name}及下级，截至 ${day}${found.data ? `，共 ${found.data.posts} 个职务` : ''}`}
      actions={
        <>
          <DayField
            value={day}
            max={frame.today}
            onChange={(d) => list.setFilter('asOf', d && d !== frame.asOf ? d : '')}
          />
          <OtherWays />
        </>
      }
      main={
        may && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAppointing(true)}>
            登记任职
          </Button>
        )
      }
    >
      {narrowed && <Breakdown day={day} by={narrowed} />}
      <DataTable<OfficerRow>
        name="团干部"
        columns={columns}
        rows={found.data?.rows}
        total={found.data?.total ?? 0}
        rowKey={(o) => o.personId}
        list={list}
        views="officers"
        chips={peopleChips(list, FILTERS)}
        printing={{ title: '团干部名册', org: frame.org.name, period: `截至 ${day}`, rows: allRows }}
        busy={found.isPlaceholderData}
        problem={found.error}
        retry={() => void found.refetch()}
        searchHint="姓名、拼音"
        filters={<OfficerFilters list={list} />}
        onExport={() => write(asked, found.data?.total ?? 0)}
        drawer={{
          title: (row) => row?.name ?? '团干部',
          body: (_row, id) => <PersonView id={id} />,
          actions: (_row, id) => <PersonDrawerActs id={id} />,
          width: 760,
        }}
        empty={<EmptyState title="这天还没有在任的团干部" hint="登记任职，或者导入现成的团干部名册。" />}
      />
      {appointing && <AppointDialog close={() => setAppointing(false)} />}
    </Page>
  )
}

function OtherWays() {
  const { org } = useFrame()
  const go = useGo()
  const mayImport = useMay('records.import')
  return (
    <>
      {mayImport && <Button onClick={() => go(`${paths.import()}?kind=officers`)}>导入名册</Button>}
      <Button onClick={() => go(`${paths.organisation(org.id)}?tab=board`)}>本级班子</Button>
    </>
  )
}

function OfficerFilters({ list }: { list: ListState }) {
  const several = (name: string, title: string, choices: { value: string; title: string }[]) => ({
    name,
    title,
    control: <SeveralChoice list={list} name={name} title="不限" choices={choices} />,
  })
  const yesNo = (name: string, title: string, yes: string, no: string) => ({
    name,
    title,
    control: <YesNoChoice list={list} name={name} title="不限" yes={yes} no={no} />,
  })
  return (
    <>
      <SeveralChoice list={list} name="post" title="职务" choices={POSTS.filter((p) => p.officer)} />
      <DepthChoice list={list} />
      <MoreFilters
        list={list}
        filters={[
          several('orgType', '组织类型', orgTypes),
          several('sector', '领域', sectors),
          several('officerKind', '专兼挂', OFFICER_KINDS),
          several('mode', '任职方式', APPOINTMENT_MODES),
          { name: 'age', title: '年龄', control: <AgeRange list={list} /> },
          yesNo('minority', '少数民族', '少数民族', '汉族'),
          yesNo('partyMember', '党员', '党员（含预备）', '不是党员'),
          yesNo('graduateVillageOfficial', '大学生村官', '是', '不是'),
        ]}
      />
    </>
  )
}

const useExport = () =>
  useWriteOut<OfficerFilter>({
    now: (query) => download(exportOfficers, { query }),
    later: (body) => call(startOfficersExport, { body }),
  })

/** Of the list and of the measures alike. */
const SHARED = [
  'sex',
  'education',
  'politics',
  'post',
  'orgType',
  'sector',
  'officerKind',
  'mode',
  'minority',
  'partyMember',
  'graduateVillageOfficial',
] as const

const SORTS = ['name', '-name', 'birth', '-birth'] as const

function queryOf(list: ListState, org: string, asOf: string): OfficerFilter {
  const f = list.filters
  const { from, to } = ageFilter(f.age)
  const asked = `${list.sort?.descending ? '-' : ''}${list.sort?.column ?? ''}`
  return {
    org,
    asOf,
    depth: f.depth === '0' || f.depth === '1' ? f.depth : 'all',
    ...(list.text ? { q: list.text } : {}),
    ...Object.fromEntries(SHARED.filter((key) => f[key]).map((key) => [key, f[key]])),
    ...(from === null ? {} : { ageFrom: from }),
    ...(to === null ? {} : { ageTo: to }),
    sort: SORTS.find((s) => s === asked) ?? 'org',
  }
}

/** As figures are asked; null where they cannot be. */
function narrowedBy(list: ListState): Narrowed | null {
  const { filters } = list
  const name = nameFilter(list)
  if (!name) return null
  const { depth } = filters
  const chosen = [...SHARED, 'age'].flatMap((key) => (filters[key] ? [[key, filters[key] ?? '']] : []))
  return {
    where: { ...name, ...Object.fromEntries(chosen) },
    ...(depth === '0' || depth === '1' ? { depth: depth as '0' | '1' } : {}),
  }
}
