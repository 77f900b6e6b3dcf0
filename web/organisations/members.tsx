/** 团员 of an organisation and below it. */
import { listMembers, type MemberRow } from '../../domain/structure/memberships/contract.ts'
import { paths, useGo } from '../app/address.tsx'
import { useFetch } from '../app/queries.ts'
import type { Column } from '../kit/columns.ts'
import { DataTable } from '../kit/DataTable.tsx'
import { useList } from '../kit/list.ts'
import { EmptyState } from '../kit/Page.tsx'

const columns: Column<MemberRow>[] = [
  { id: 'name', title: '姓名', value: (m) => m.name, fixed: true, width: 120 },
  { id: 'sex', title: '性别', value: (m) => (m.sex === 'male' ? '男' : m.sex === 'female' ? '女' : null) },
  { id: 'age', title: '年龄', value: (m) => m.age, numeric: true },
  { id: 'org', title: '所在支部', value: (m) => m.orgName },
  { id: 'posts', title: '任职', value: (m) => m.posts.join('、') },
  { id: 'from', title: '团籍起', value: (m) => m.from },
]

export function MembersTab({ orgId, asOf }: { orgId: string; asOf: string }) {
  const list = useList()
  const go = useGo()
  const found = useFetch(
    listMembers,
    {
      query: {
        org: orgId,
        depth: 'all',
        asOf,
        page: list.page,
        size: list.size,
        ...(list.text ? { q: list.text } : {}),
      },
    },
    { keepLast: true },
  )
  return (
    <DataTable<MemberRow>
      name="团员"
      columns={columns}
      rows={found.data?.rows}
      total={found.data?.total ?? 0}
      rowKey={(m) => m.id}
      list={list}
      busy={found.isPlaceholderData}
      problem={found.error}
      retry={() => void found.refetch()}
      searchHint="姓名、拼音"
      onOpen={(m) => go(paths.person(m.personId))}
      empty={<EmptyState title="还没有团员" hint="导入团员花名册，或者在“团员”里登记。" />}
    />
  )
}
