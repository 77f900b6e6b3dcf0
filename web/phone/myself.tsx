/** What the register says of me, and what I took part in: for everybody who signs in, with or without a post. */
import { getMyParticipation } from '../../domain/records/participation/contract.ts'
import { getMyself, type PersonCard } from '../../domain/structure/people/contract.ts'
import { useFetch } from '../app/queries.ts'
import { asKnown, registeredOf } from '../people/mine.ts'
import { Card, Line, Told } from './kit.tsx'
import { dayShort } from './known.ts'
import { goTo } from './place.ts'

export function Myself({ open }: { open: boolean }) {
  const { data, error, refetch } = useFetch(getMyself, {})
  if (error) return <Told problem={error} retry={refetch} />
  if (!data) return null
  if (!data.person)
    return (
      <Card flush title="我的团籍">
        <Line title="这个账号没有对应的人" about="请让管理员把账号和花名册里的您对上" />
      </Card>
    )
  return (
    <>
      <Membership person={data.person} />
      <Registered person={data.person} />
      <Activities open={open} />
    </>
  )
}

function Membership({ person }: { person: PersonCard }) {
  const now = person.memberships.find((m) => m.to === null)
  const before = person.memberships.filter((m) => m.to !== null)
  return (
    <Card flush title="我的团籍">
      {now ? (
        <Line
          title={now.orgName}
          about={`入团时间 ${asKnown(person.joinedLeagueOn, person.joinedLeaguePrecision)}`}
        />
      ) : (
        <Line title="现在没有团籍" about="如果不对，请联系您所在的团支部" />
      )}
      {before.map((m) => (
        <Line key={m.id} title={m.orgName} about={`到 ${m.to?.slice(0, 10)}`} />
      ))}
    </Card>
  )
}

function Registered({ person }: { person: PersonCard }) {
  return (
    <Card flush title="登记的资料">
      {registeredOf(person).map(([title, value]) => (
        <Line key={title} title={title} end={value} />
      ))}
      <Line title="写错了？" about="请团支部书记更正；谁改过、谁看过完整号码，都有记录" />
    </Card>
  )
}

const SHOWN = 10

/** Opening a record needs a post; knowing that I was there does not. */
function Activities({ open }: { open: boolean }) {
  const { data } = useFetch(getMyParticipation, { query: {} })
  if (!data) return null
  return (
    <Card flush title="我参加的活动" extra={data.entries.length > SHOWN && `最近 ${SHOWN} 次`}>
      {data.entries.length === 0 && <Line title="名单里还没有我" about="活动登记了名单，才会出现在这里" />}
      {data.entries.slice(0, SHOWN).map((e) => (
        <Activity key={`${e.recordId} ${e.role}`} entry={e} open={open} />
      ))}
    </Card>
  )
}

interface Entry {
  recordId: string
  title: string
  day: string
  orgName: string
  roleTitle: string
  hours: number | null
}

function Activity({ entry, open }: { entry: Entry; open: boolean }) {
  const about = [dayShort(entry.day), entry.orgName, entry.roleTitle].join(' · ')
  const end = entry.hours !== null && `${entry.hours} 小时`
  if (!open) return <Line title={entry.title} about={about} end={end} />
  return (
    <Line title={entry.title} about={about} end={end} onOpen={() => goTo(`/records/${entry.recordId}`)} />
  )
}
