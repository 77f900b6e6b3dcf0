/** The organisation picker: type 汉字, pinyin or a code, or open the tree; the last ones stand on top. */
import { ApartmentOutlined, DownOutlined, SearchOutlined } from '@ant-design/icons'
import { Input, Popover, Skeleton, Tree, type TreeDataNode } from 'antd'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { organisationTree, searchOrganisations } from '../../domain/structure/organisations/contract.ts'
import type { Output } from '../../kernel/endpoint.ts'
import { type OrgBrief, useFrame } from './frameState.tsx'
import { remember, remembered } from './preferences.ts'
import { useFetch } from './queries.ts'

const RECENT = 'recentOrgs'
const KEPT = 5

export const recentOrgs = (): OrgBrief[] => remembered<OrgBrief[]>(RECENT, [])

export function rememberOrg(org: OrgBrief): void {
  remember(RECENT, [org, ...recentOrgs().filter((o) => o.id !== org.id)].slice(0, KEPT + 1))
}

export function OrgSwitch() {
  const { org } = useFrame()
  const [open, setOpen] = useState(false)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      destroyOnHidden
      content={<Choices close={() => setOpen(false)} />}
    >
      <button
        type="button"
        className="mz-switch mz-switch-org"
        aria-label={`组织：${org.name}`}
        title={org.fullName}
      >
        <ApartmentOutlined />
        <span>{org.name}</span>
        <DownOutlined className="mz-switch-arrow" />
      </button>
    </Popover>
  )
}

function Choices({ close }: { close: () => void }) {
  const { org, setOrg } = useFrame()
  const [text, setText] = useState('')
  const found = useFetch(
    searchOrganisations,
    { query: { q: text.trim() } },
    { enabled: text.trim() !== '', keepLast: true },
  )
  const choose = (id: string) => {
    setOrg(id)
    close()
  }
  const hits = text.trim() ? (found.data?.organisations ?? []) : []
  const takeFirst = (event: KeyboardEvent) => {
    const [first] = hits
    if (event.key === 'Enter' && first) choose(first.id)
  }
  const recent = recentOrgs().filter((o) => o.id !== org.id)
  return (
    <div className="mz-orgs">
      <Input
        autoFocus
        allowClear
        prefix={<SearchOutlined className="mz-quiet" />}
        placeholder="输入名称、拼音或代码"
        value={text}
        onChange={(e) => setText(e.target.value)}
        onKeyDown={takeFirst}
      />
      {text.trim() ? (
        <OrgList orgs={hits} choose={choose} empty={found.isFetching ? '正在找…' : '没有找到这个组织'} />
      ) : (
        <>
          {recent.length > 0 && <OrgList title="最近" orgs={recent.slice(0, KEPT)} choose={choose} />}
          <div className="mz-orgs-title">全部</div>
          <OrgTree chosen={org.id} choose={choose} />
        </>
      )}
    </div>
  )
}

function OrgList(props: { title?: string; orgs: OrgBrief[]; choose: (id: string) => void; empty?: string }) {
  return (
    <div className="mz-orgs-list">
      {props.title && <div className="mz-orgs-title">{props.title}</div>}
      {props.orgs.length === 0 && <p className="mz-quiet">{props.empty}</p>}
      {props.orgs.map((o) => (
        <button key={o.id} type="button" onClick={() => props.choose(o.id)}>
          <span>{o.name}</span>
          <small>{o.fullName.split('/').slice(0, -1).join(' / ')}</small>
        </button>
      ))}
    </div>
  )
}

type Nodes = Output<typeof organisationTree>['organisations']

function OrgTree({ chosen, choose }: { chosen: string; choose: (id: string) => void }) {
  const { asOf } = useFrame()
  const { data } = useFetch(organisationTree, { query: { asOf } })
  const tree = useMemo(() => treeOf(data?.organisations ?? []), [data])
  const open = useMemo(() => above(data?.organisations ?? [], chosen), [data, chosen])
  if (!data) return <Skeleton active title={false} paragraph={{ rows: 5 }} />
  return (
    <Tree
      blockNode
      treeData={tree}
      height={320}
      selectedKeys={[chosen]}
      defaultExpandedKeys={open}
      onSelect={(_keys, { node }) => choose(String(node.key))}
    />
  )
}

function treeOf(nodes: Nodes): TreeDataNode[] {
  const made = new Map(nodes.map((n) => [n.id, { key: n.id, title: n.name, children: [] as TreeDataNode[] }]))
  const tops: TreeDataNode[] = []
  for (const node of nodes) {
    const own = made.get(node.id)
    if (own) (made.get(node.parentId ?? '')?.children ?? tops).push(own)
  }
  return tops
}

/** Ids of the superiors of one organisation, and its own. */
function above(nodes: Nodes, id: string): string[] {
  const parents = new Map(nodes.map((n) => [n.id, n.parentId]))
  const found: string[] = []
  for (let at: string | null | undefined = id; at; at = parents.get(at)) found.push(at)
  return found
}
