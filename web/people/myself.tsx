/** For who signs in without a post: one's own membership, what the register says, what one took part in. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { getMyParticipation } from '../../domain/records/participation/contract.ts'
import { signOut } from '../../domain/structure/accounts/contract.ts'
import { getMyself, type PersonCard } from '../../domain/structure/people/contract.ts'
import { MyAccount } from '../accounts/myAccount.tsx'
import { Mark } from '../app/mark.tsx'
import { useFetch, useWrite } from '../app/queries.ts'
import { EmptyState, Loaded, Page, Sheet, Timeline } from '../kit/Page.tsx'
import { asKnown, registeredOf } from './mine.ts'
import './people.css'

export function MyselfPage({ name, demo }: { name: string; demo: boolean }) {
  const mine = useFetch(getMyself, {})
  const leave = useWrite(signOut, () => window.location.assign('/sign-in'))
  return (
    <main className="mz-own">
      <header className="mz-own-head">
        <Mark size={24} />
        <strong>明账</strong>
        <span className="mz-top-gap" />
        <Button type="text" loading={leave.busy} onClick={() => void leave.run({})}>
          {demo ? '换一个人试试' : '退出登录'}
        </Button>
      </header>
      <Page title={name} tabTitle="我的团籍">
        <Loaded of={mine}>{({ person }) => (person ? <Mine person={person} /> : <Unknown />)}</Loaded>
        <MyAccount />
      </Page>
    </main>
  )
}

const Unknown = () => (
  <EmptyState
    title="这个账号没有对应的人"
    hint="请让团支部书记把账号和花名册里的您对上；担任职务的，请上级团组织在“团干部”里登记任职，登记后即可使用。"
  />
)

function Mine({ person }: { person: PersonCard }) {
  const now = person.memberships.find((m) => m.to === null)
  const before = person.memberships.filter((m) => m.to !== null)
  const rows: [string, string][] = [
    ['所在组织', now?.orgName ?? '现在没有团籍。如果不对，请联系您所在的团支部'],
    ['入团时间', asKnown(person.joinedLeagueOn, person.joinedLeaguePrecision)],
    ...before.map((m): [string, string] => ['曾在', `${m.orgName}，到 ${m.to?.slice(0, 10)}`]),
  ]
  return (
    <>
      <Sheet title="我的团籍">
        <Facts rows={rows} />
      </Sheet>
      <Sheet title="登记的资料">
        <Facts
          rows={registeredOf(person)}
          foot="写错了？请团支部书记更正；谁改过、谁看过完整号码，都有记录。"
        />
      </Sheet>
      <Activities />
    </>
  )
}

function Facts({ rows, foot }: { rows: [string, string][]; foot?: ReactNode }) {
  return (
    <>
      <dl className="mz-own-facts">
        {rows.map(([title, value]) => (
          <div key={`${title} ${value}`}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {foot && <p className="mz-quiet mz-small">{foot}</p>}
    </>
  )
}

function Activities() {
  const mine = useFetch(getMyParticipation, { query: {} })
  return (
    <Sheet title="我参加的活动">
      <Loaded of={mine}>
        {({ entries }) =>
          entries.length === 0 ? (
            <p className="mz-quiet">名单里还没有我。活动登记了名单，才会出现在这里。</p>
          ) : (
            <Timeline
              moments={entries.map((e) => ({
                id: `${e.recordId} ${e.role}`,
                when: e.day.slice(0, 10),
                what: e.title,
                detail: [e.orgName, e.roleTitle, e.hours !== null && `${e.hours} 小时`]
                  .filter(Boolean)
                  .join(' · '),
              }))}
            />
          )
        }
      </Loaded>
    </Sheet>
  )
}
