/** 工作台 on the phone: record, what is due, this half-year's figures, the latest. */
import { getAttachment, type RecordRow, recentRecords } from '../../domain/records/ledgers/contract.ts'
import { listWaiting } from '../../domain/records/ledgers/hostsContract.ts'
import { listSummaries } from '../../domain/reports/summaries/contract.ts'
import type { Me } from '../../domain/structure/accounts/contract.ts'
import { getBoard } from '../../domain/structure/appointments/contract.ts'
import { parsePeriod, periodOf } from '../../kernel/period.ts'
import { addressOf } from '../app/client.ts'
import { useFetch } from '../app/queries.ts'
import { type Deed, dueOf, leftUntil } from '../desk/due.ts'
import { AskBar } from './asked.tsx'
import { PhoneFigures } from './figures.tsx'
import { Act, Card, Line, Nothing, Screen, Told, Waiting } from './kit.tsx'
import { byUse, dayShort, useMine, useMyLedgers } from './known.ts'
import { Myself } from './myself.tsx'
import { goTo } from './place.ts'
import './pages.css'

export function PhoneDesk() {
  const me = useMine()
  if (me.error) return <Told problem={me.error} retry={me.refetch} />
  if (!me.data) return <Waiting />
  if (!me.data.home)
    return (
      <Screen title={me.data.name}>
        <Myself open={false} />
      </Screen>
    )
  return <Desk me={me.data} org={me.data.home} offline={me.old} />
}

interface DeskProps {
  me: Me
  org: { id: string; name: string }
}

function Desk({ me, org, offline }: DeskProps & { offline: boolean }) {
  const ledgers = useMyLedgers()
  const [most] = byUse(ledgers.data?.ledgers ?? [])
  return (
    <Screen title={org.name}>
      {offline && (
        <p className="mp-old">现在没有信号，看到的是上次的内容。记一笔照常能用，有信号时自动上传。</p>
      )}
      <div className="mp-record-row">
        <Act main onClick={() => goTo('/record')}>
          记一笔
        </Act>
        {most && <Act onClick={() => goTo(`/record/${most.definition.id}`)}>{most.definition.title}</Act>}
      </div>
      <AskBar org={org.id} />
      <ToDo me={me} org={org} />
      <PhoneFigures org={org} today={me.today} />
      <Latest org={org} />
    </Screen>
  )
}

/** What can be done on a phone; the rest says that it is done at a desk. */
function placeOf(deed: Deed): string | null {
  if (deed.kind === 'record') return `/records/${deed.id}`
  if (deed.kind === 'hosts') return '/hosts'
  return deed.kind === 'ledgers' ? '/ledgers?only=empty' : null
}

const SHOWN = 3

function ToDo({ me, org }: DeskProps) {
  const period = parsePeriod(periodOf(me.today))
  const ledgers = useMyLedgers()
  const summaries = useFetch(listSummaries, { query: { org: org.id, period: period.id } })
  const board = useFetch(getBoard, { params: { orgId: org.id }, query: {} })
  const records = useFetch(recentRecords, { query: { org: org.id, limit: 40 } })
  const writes = me.actions.includes('records.write')
  const waiting = useFetch(listWaiting, { query: { org: org.id } }, { enabled: writes })
  const due = dueOf({
    today: me.today,
    period,
    orgId: org.id,
    summaries: summaries.data,
    mayWriteSummaries: me.actions.includes('summaries.write'),
    board: board.data,
    records: writes ? (records.data?.records ?? []).filter((r) => r.org.id === org.id) : [],
    ledgers: writes ? (ledgers.data?.ledgers ?? []) : [],
    jobs: [],
    waiting: waiting.data?.records,
  })
  if (due.length === 0) return null
  return (
    <Card flush title="待办" extra={<span className="mp-quiet">{due.length} 件</span>}>
      {due.slice(0, SHOWN).map((d) => {
        const place = placeOf(d.deed)
        const left = leftUntil(d.by, me.today)
        return (
          <Line
            key={d.id}
            title={d.title}
            about={place ? d.about : `${d.about}（请在电脑上办）`}
            end={<span className={left?.late ? 'mp-late' : 'mp-quiet'}>{left?.words ?? '尽快'}</span>}
            {...(place ? { onOpen: () => goTo(place) } : {})}
          />
        )
      })}
    </Card>
  )
}

function Latest({ org }: { org: DeskProps['org'] }) {
  const recent = useFetch(recentRecords, { query: { org: org.id, limit: 40 } })
  if (!recent.data) return recent.error ? null : <Waiting />
  const { records } = recent.data
  return (
    <Card flush title="最近台账">
      {records.length === 0 && <Nothing title="还没有台账" hint="点上面的“记一笔”，半分钟记完一场活动。" />}
      {records.slice(0, 6).map((r) => (
        <RecordLine key={r.id} record={r} />
      ))}
    </Card>
  )
}

export function RecordLine({ record: r }: { record: RecordRow }) {
  const home = useMine().data?.home
  const about = [
    dayShort(r.day),
    r.org.id !== home?.id && r.org.name,
    r.personTimes !== null && `${r.personTimes} 人次`,
  ]
  const [photo] = r.photos
  return (
    <Line
      title={r.title}
      about={about.filter(Boolean).join(' · ')}
      end={
        photo && (
          <img
            className="mp-thumb"
            src={addressOf(getAttachment, { params: { id: photo }, query: { size: 'small' } })}
            alt=""
            loading="lazy"
          />
        )
      }
      onOpen={() => goTo(`/records/${r.id}`)}
    />
  )
}
