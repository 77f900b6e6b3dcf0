/** One organisation: 概况 · 下级 · 班子 · 团员 · 台账 · 沿革, as it was on the day at the top. */

import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown, Tabs } from 'antd'
import { useState } from 'react'
import {
  branchKinds,
  getOrganisation,
  levels,
  type Organisation,
  orgTypes,
  sectors,
  titleOf,
} from '../../domain/structure/organisations/contract.ts'
import type { Output } from '../../kernel/endpoint.ts'
import { measure } from '../../kernel/measureId.ts'
import { GoLink, paths, useParam, useSearchState } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useMay } from '../app/me.ts'
import { useFetch } from '../app/queries.ts'
import { DayField } from '../kit/DateField.tsx'
import { FigureTile } from '../kit/Figure.tsx'
import { EmptyState, Loaded, Page, Sheet, Timeline } from '../kit/Page.tsx'
import { BoardTab } from './board.tsx'
import { ChangeDialog, CorrectDialog, MoveDialog, OpenDialog } from './dialogs.tsx'
import { CloseDialog, MergeDialog } from './endings.tsx'
import { MembersTab } from './members.tsx'
import { RecordsTab } from './records.tsx'
import { RegisterNote } from './registers.tsx'
import { OrgTreeTable } from './tree.tsx'
import './organisations.css'

type Detail = Output<typeof getOrganisation>

export function OrganisationPage() {
  const id = useParam('id')
  const { asOf } = useFrame()
  const [search] = useSearchState()
  const day = search.asOf ?? asOf
  const detail = useFetch(getOrganisation, { params: { id }, query: { asOf: day } }, { keepLast: true })
  return (
    <Loaded of={detail} rows={10}>
      {(found) => <Found detail={found} day={day} />}
    </Loaded>
  )
}

function Found({ detail, day }: { detail: Detail; day: string }) {
  const { organisation: org, ancestors } = detail
  const { asOf } = useFrame()
  const [search, change] = useSearchState()
  return (
    <Page
      title={
        <>
          {org.name}
          {org.state !== 'inForce' && (
            <span className="mz-org-state">{org.state === 'closed' ? '已撤销' : '尚未设立'}</span>
          )}
        </>
      }
      tabTitle={org.name}
      above={[
        { title: '组织', to: paths.organisations() },
        ...ancestors
          .filter((a) => a.id !== org.id)
          .map((a) => ({ title: a.name, to: paths.organisation(a.id) })),
      ]}
      about={[titleOf(orgTypes, org.type), titleOf(sectors, org.sector), org.code]
        .filter(Boolean)
        .join(' · ')}
      actions={
        <>
          <DayField value={day} onChange={(d) => change({ asOf: d && d !== asOf ? d : undefined })} />
          <Acts org={org} />
        </>
      }
    >
      <Tabs
        className="mz-org-tabs"
        activeKey={search.tab ?? 'about'}
        onChange={(tab) => change({ tab: tab === 'about' ? undefined : tab, page: undefined, q: undefined })}
        destroyOnHidden
        items={[
          { key: 'about', label: '概况', children: <About org={org} day={day} /> },
          {
            key: 'below',
            label: `下级 ${detail.childCount}`,
            children: (
              <OrgTreeTable under={org.id} day={day} belowOnly empty={<EmptyState title="没有下级组织" />} />
            ),
          },
          {
            key: 'board',
            label: '班子',
            children: (
              <>
                <RegisterNote orgId={org.id} register="officers" asOf={day} />
                <BoardTab orgId={org.id} asOf={day} />
              </>
            ),
          },
          {
            key: 'members',
            label: '团员',
            children: (
              <>
                <RegisterNote orgId={org.id} register="members" asOf={day} />
                <MembersTab orgId={org.id} asOf={day} />
              </>
            ),
          },
          { key: 'records', label: '台账', children: <RecordsTab org={org} /> },
          { key: 'history', label: '沿革', children: <History detail={detail} /> },
        ]}
      />
    </Page>
  )
}

const ACTS = [
  { key: 'open', label: '设立下级组织' },
  { key: 'change', label: '更名或变更' },
  { key: 'move', label: '划转到另一个上级' },
  { key: 'merge', label: '并入另一个组织' },
  { key: 'close', label: '撤销' },
  { key: 'correct', label: '更正登记错误' },
]

/** What is closed can still be put right, and nothing else. */
const actsOn = (org: Organisation) =>
  org.state === 'inForce' ? ACTS : ACTS.filter((a) => a.key === 'correct')

function Acts({ org }: { org: Organisation }) {
  const [act, setAct] = useState<string | null>(null)
  const may = useMay('structure.change')
  const { org: here, setOrg } = useFrame()
  const close = () => setAct(null)
  return (
    <>
      {here.id !== org.id && <Button onClick={() => setOrg(org.id)}>切换到这个组织</Button>}
      {may && (
        <Dropdown menu={{ items: actsOn(org), onClick: (e) => setAct(e.key) }} trigger={['click']}>
          <Button>
            办理 <DownOutlined />
          </Button>
        </Dropdown>
      )}
      {act === 'open' && <OpenDialog parent={org} close={close} />}
      {act === 'change' && <ChangeDialog org={org} close={close} />}
      {act === 'move' && <MoveDialog org={org} close={close} />}
      {act === 'merge' && <MergeDialog org={org} close={close} />}
      {act === 'close' && <CloseDialog org={org} close={close} />}
      {act === 'correct' && <CorrectDialog org={org} close={close} />}
    </>
  )
}

/** What one asks first about an organisation. */
const FIRST = [
  measure('members.count'),
  measure('officers.people'),
  measure('org.below'),
  measure('org.branches'),
]

function About({ org, day }: { org: Organisation; day: string }) {
  const facts: [string, string | null][] = [
    ['全称', org.fullName.split('/').join(' / ')],
    ['类型', titleOf(orgTypes, org.type)],
    ['领域', titleOf(sectors, org.sector)],
    ['级别', titleOf(levels, org.level)],
    ['支部类别', titleOf(branchKinds, org.kind)],
    ['带团建的党组织', org.partyLink],
    ['所在地', org.place],
    ['设立', org.openedPrecision === 'unknown' ? '日期不详' : dateOf(org.openedAt, org.openedPrecision)],
    ['撤销', org.closedAt && `${org.closedAt.slice(0, 10)}${closedWhy(org)}`],
  ]
  return (
    <>
      <div className="mz-tiles">
        {FIRST.map((measure) => (
          <FigureTile key={measure} asked={{ measure, org: org.id, asOf: day }} />
        ))}
      </div>
      <div className="mz-org-gap" />
      <Sheet title="登记情况">
        <dl className="mz-org-facts">
          {facts
            .filter(([, value]) => value)
            .map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          {org.successorId && (
            <div>
              <dt>并入</dt>
              <dd>
                <GoLink to={paths.organisation(org.successorId)}>查看承接的组织</GoLink>
              </dd>
            </div>
          )}
        </dl>
      </Sheet>
    </>
  )
}

/** Of a merged one the successor stands beside it. */
const closedWhy = (org: Organisation) => (org.closeReason && !org.successorId ? `，${org.closeReason}` : '')

const dateOf = (moment: string, precision: string) => moment.slice(0, { month: 7, year: 4 }[precision] ?? 10)

function History({ detail }: { detail: Detail }) {
  const { timeline } = detail
  if (timeline.length === 0) return <EmptyState title="还没有沿革记录" />
  return (
    <Sheet>
      <Timeline
        moments={[...timeline].reverse().map((t) => ({
          id: `${t.at} ${t.text}`,
          when: t.at?.slice(0, 10) ?? '不详',
          what: t.text,
          strong: t.kinds.some((k) => k === 'opened' || k === 'closed' || k === 'merged'),
        }))}
      />
    </Sheet>
  )
}
