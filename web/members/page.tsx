/** 团员: who is a member in the organisation and below it on a day; the figures of the filter stand on top. */

import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import {
  exportMembers,
  listMembers,
  type MemberRow,
  startMembersExport,
} from '../../domain/structure/memberships/contract.ts'
import { START_REASONS } from '../../domain/structure/memberships/reasons.ts'
import { ETHNICITIES, IDENTITY_STATES } from '../../domain/structure/people/codes.ts'
import { measure } from '../../kernel/measureId.ts'
import { GoLink, paths, useGo } from '../app/address.tsx'
import { call, download } from '../app/client.ts'
import { useFrame } from '../app/frameState.tsx'
import { useMay } from '../app/me.ts'
import { useFetch } from '../app/queries.ts'
import type { Column } from '../kit/columns.ts'
import { DataTable } from '../kit/DataTable.tsx'
import { DayField } from '../kit/DateField.tsx'
import { FigureTile } from '../kit/Figure.tsx'
import { useList } from '../kit/list.ts'
import { EmptyState, Page } from '../kit/Page.tsx'
import { useWriteOut } from '../kit/writeOut.tsx'
import { type FilterTitles, peopleChips } from '../people/chips.ts'
import { PersonDrawerActs } from '../people/drawer.tsx'
import {
  AgeRange,
  DepthChoice,
  EthnicityChoice,
  IdentityChoice,
  MoreFilters,
  YesNoChoice,
} from '../people/filters.tsx'
import { PersonView } from '../people/view.tsx'
import { dayShown, personColumns, titleIn } from '../people/words.ts'
import { MemberBulk, type Together } from './bulk.tsx'
import { EnterMemberDialog } from './enterDialog.tsx'
import { queryOf, whereOf } from './query.ts'

const person = personColumns<MemberRow>()

const columns: Column<MemberRow>[] = [
  person.name,
  person.sex,
  person.age,
  person.birth,
  { id: 'org', title: '所在支部', value: (m) => m.orgName, sortable: true },
  person.ethnicity,
  person.education,
  person.politics,
  { id: 'posts', title: '任职', value: (m) => m.posts.join('、') },
  { id: 'mobile', title: '流动', value: (m) => m.mobile && (m.mobile.place ?? '流动') },
  { id: 'from', title: '团籍起', value: (m) => dayShown(m.from, m.fromPrecision) },
  { id: 'startReason', title: '来源', value: (m) => titleIn(START_REASONS, m.startReason), hidden: true },
  person.phone,
  person.idNo,
  person.identityState,
  person.joined,
  { id: 'memberNo', title: '发展团员编号', value: (m) => m.memberNo, hidden: true },
  person.occupation,
  person.nativePlace,
]

/** Both the membership and the person: a drawer from the address needs the person without its row. */
const keyOf = (m: MemberRow) => `${m.id}.${m.personId}`
const personIn = (key: string) => key.split('.')[1] ?? ''

/** How the filters beside the columns' own say themselves. */
const FILTERS: FilterTitles = {
  mobile: { yes: '流动', no: '不流动' },
  minority: { yes: '少数民族', no: '汉族' },
  officer: { yes: '有职务', no: '没有职务' },
  age: { title: '年龄' },
  ethnicity: { title: '民族', choices: ETHNICITIES },
  identityState: { title: '身份核实', choices: IDENTITY_STATES },
}
const MOST_PRINTED = 1000
const AT_ONCE = 200

export function MembersPage() {
  const frame = useFrame()
  const list = useList({ sort: { column: 'org', descending: false } })
  const [day, setDay] = useAsOf(list)
  const [entering, setEntering] = useState(false)
  const [together, setTogether] = useState<Together | null>(null)
  const may = useMay('structure.change')
  const asked = queryOf(list, frame.org.id, day)
  const found = useFetch(
    listMembers,
    { query: { ...asked, page: list.page, size: list.size } },
    { keepLast: true },
  )
  const write = useExport()
  const allRows = async () => {
    const pages = Math.ceil(Math.min(found.data?.total ?? 0, MOST_PRINTED) / AT_ONCE)
    const rows: MemberRow[] = []
    for (let page = 1; page <= pages; page++)
      rows.push(...(await call(listMembers, { query: { ...asked, page, size: AT_ONCE } })).rows)
    return rows
  }
  return (
    <Page
      title="团员"
      about={`${frame.org.name}及下级，截至 ${day}`}
      actions={
        <>
          {may && <GoLink to={paths.duplicates('people')}>查重</GoLink>}
          <DayField value={day} onChange={setDay} max={frame.today} />
          <ImportButton />
        </>
      }
      main={
        may && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEntering(true)}>
            登记团员
          </Button>
        )
      }
    >
      <FilterFigures list={list} day={day} />
      <DataTable<MemberRow>
        name="团员"
        columns={columns}
        rows={found.data?.rows}
        total={found.data?.total ?? 0}
        rowKey={keyOf}
        list={list}
        views="members"
        chips={peopleChips(list, FILTERS)}
        printing={{ title: '团员花名册', org: frame.org.name, period: `截至 ${day}`, rows: allRows }}
        busy={found.isPlaceholderData}
        problem={found.error}
        retry={() => void found.refetch()}
        searchHint="姓名、拼音"
        filters={
          <>
            <YesNoChoice list={list} name="mobile" title="流动" yes="流动" no="不流动" />
            <DepthChoice list={list} />
            <MoreFilters
              list={list}
              filters={[
                { name: 'age', title: '年龄', control: <AgeRange list={list} /> },
                { name: 'ethnicity', title: '民族', control: <EthnicityChoice list={list} /> },
                {
                  name: 'minority',
                  title: '少数民族',
                  control: <YesNoChoice list={list} name="minority" title="不限" yes="少数民族" no="汉族" />,
                },
                {
                  name: 'officer',
                  title: '任职',
                  control: <YesNoChoice list={list} name="officer" title="不限" yes="有职务" no="没有职务" />,
                },
                { name: 'identityState', title: '身份核实', control: <IdentityChoice list={list} /> },
              ]}
            />
          </>
        }
        onExport={() => write(asked, found.data?.total ?? 0)}
        drawer={{
          title: (row) => row?.name ?? '团员',
          body: (_row, key) => <PersonView id={personIn(key)} />,
          actions: (_row, key) => <PersonDrawerActs id={personIn(key)} />,
          width: 760,
        }}
        {...(may ? { bulk: bulkActs(setTogether) } : {})}
        empty={<NoMembers />}
      />
      {entering && <EnterMemberDialog close={() => setEntering(false)} />}
      {together && <MemberBulk {...together} close={() => setTogether(null)} />}
    </Page>
  )
}

const bulkActs = (start: (together: Together) => void) => [
  { title: '办理离开', act: (members: MemberRow[]) => start({ act: 'end', members }) },
  { title: '标为流动', act: (members: MemberRow[]) => start({ act: 'mobile', members }) },
  { title: '取消流动', act: (members: MemberRow[]) => start({ act: 'home', members }) },
]

/** The day of the list: the frame's unless chosen here. */
function useAsOf(list: ReturnType<typeof useList>): [string, (day: string | null) => void] {
  const { asOf } = useFrame()
  const { asOf: chosen } = list.filters
  return [chosen ?? asOf, (day) => list.setFilter('asOf', day && day !== asOf ? day : '')]
}

const useExport = () =>
  useWriteOut<ReturnType<typeof queryOf>>({
    now: (query) => download(exportMembers, { query }),
    later: (body) => call(startMembersExport, { body }),
  })

const FIGURES = [
  measure('members.count'),
  measure('members.female'),
  measure('members.minority'),
  measure('members.mobile'),
  measure('members.party'),
]

/** The filter's own figures; none rather than figures of something else. */
function FilterFigures({ list, day }: { list: ReturnType<typeof useList>; day: string }) {
  const where = whereOf(list)
  const { depth } = list.filters
  if (!where) return null
  const narrowed = {
    asOf: day,
    ...(depth === '0' || depth === '1' ? { depth: depth as '0' | '1' } : {}),
    ...(Object.keys(where).length > 0 ? { where } : {}),
  }
  return (
    <div className="mz-tiles mz-people-figures">
      {FIGURES.map((measure) => (
        <FigureTile key={measure} asked={{ measure, ...narrowed }} />
      ))}
    </div>
  )
}

function ImportButton() {
  const go = useGo()
  const may = useMay('records.import')
  if (!may) return null
  return <Button onClick={() => go(`${paths.import()}?kind=members`)}>导入花名册</Button>
}

function NoMembers() {
  return (
    <EmptyState
      title="这天还没有在册的团员"
      hint={
        <>
          有现成的花名册，<GoLink to={`${paths.import()}?kind=members`}>导入</GoLink>
          最快；也可以一个一个登记。
        </>
      }
    />
  )
}
