/** 台账 on the phone: all ledgers; one ledger. */
import { useState } from 'react'
import { listRecords } from '../../domain/records/ledgers/contract.ts'
import type { Me } from '../../domain/structure/accounts/contract.ts'
import { parsePeriod, periodOf } from '../../kernel/period.ts'
import { useFetch } from '../app/queries.ts'
import { foundBy, usual } from '../ledgers/finding.ts'
import { isSilent } from '../ledgers/nilWords.ts'
import { recentLedgers, useVisit } from '../ledgers/recent.ts'
import { RecordLine } from './desk.tsx'
import { Act, Card, Line, Nothing, Screen, Told, Waiting } from './kit.tsx'
import { dayShort, type Listed, useMine, useMyLedgers } from './known.ts'
import { PhoneLacking } from './lacking.tsx'
import { NilDeclaration } from './nil.tsx'
import type { PhonePageProps } from './pageProps.ts'
import { goTo, usePlace } from './place.ts'
import './pages.css'

export function PhoneLedgers() {
  const { search } = usePlace()
  const ledgers = useMyLedgers()
  const [typed, setTyped] = useState('')
  if (ledgers.error) return <Told problem={ledgers.error} retry={ledgers.refetch} />
  if (!ledgers.data) return <Waiting />
  const only = search.get('only') === 'empty'
  const all = ledgers.data.ledgers.filter((l) => !only || isSilent(l))
  const found = foundBy(all, typed)
  const first = only || typed ? [] : usual(all, recentLedgers())
  return (
    <Screen title={only ? '本期还没有记录的台账' : '台账'} back={only}>
      {all.length > 0 && <Find value={typed} change={setTyped} />}
      {only && all.length > 0 && <p className="mp-quiet">有就补记；确实没有的，点开声明“本期无”。</p>}
      {all.length === 0 && (
        <Nothing
          title="本期每本台账都有记录，或者已经声明本期无"
          action={<Act onClick={() => goTo('/ledgers')}>看全部台账</Act>}
        />
      )}
      {all.length > 0 && found.length === 0 && <Nothing title={`没有叫“${typed}”的台账`} />}
      {first.length > 0 && <Ledgers title="常用" ledgers={first} />}
      {[...new Set(found.map((l) => l.definition.line))].map((line) => (
        <Ledgers key={line} title={line} ledgers={found.filter((l) => l.definition.line === line)} />
      ))}
    </Screen>
  )
}

export const Find = ({ value, change }: { value: string; change: (typed: string) => void }) => (
  <input
    className="mp-search"
    type="search"
    aria-label="找台账"
    placeholder="找台账：名称、拼音首字母"
    value={value}
    onChange={(e) => change(e.target.value)}
  />
)

/** Those with records first; the silent ones stand below, and quiet. */
function Ledgers({ title, ledgers }: { title: string; ledgers: Listed[] }) {
  const silent = ledgers.filter((l) => l.records === 0)
  return (
    <Card flush title={title}>
      {[...ledgers.filter((l) => l.records > 0), ...silent].map(({ definition, records, lastDay, nil }) => (
        <Line
          key={definition.id}
          title={records > 0 ? definition.title : <span className="mp-quiet">{definition.title}</span>}
          about={lastDay ? `最近 ${dayShort(lastDay)}` : nil?.speaks === 'all' ? '本期无' : '本期还没有记录'}
          end={records > 0 && `${records} ${definition.measureWord}`}
          onOpen={() => goTo(`/ledgers/${definition.id}`)}
        />
      ))}
    </Card>
  )
}

export function PhoneLedger({ parts: [ledger = ''] }: PhonePageProps) {
  const me = useMine()
  const ledgers = useMyLedgers()
  const listed = ledgers.data?.ledgers.find((l) => l.definition.id === ledger)
  if (ledgers.error) return <Told problem={ledgers.error} retry={ledgers.refetch} />
  if (!me.data || !ledgers.data) return <Waiting />
  if (!listed)
    return <Nothing title="没有这本台账" action={<Act onClick={() => goTo('/ledgers')}>看全部台账</Act>} />
  return <Records listed={listed} me={me.data} />
}

const PAGE = 20

function Records({ listed, me }: { listed: Listed; me: Me }) {
  const { definition } = listed
  useVisit(definition.id)
  const half = parsePeriod(periodOf(me.today))
  const periods = [
    { title: half.label.slice(5), from: half.from, to: half.to },
    { title: '今年', from: `${me.today.slice(0, 4)}-01-01`, to: `${me.today.slice(0, 4)}-12-31` },
    { title: '全部', from: undefined, to: undefined },
  ]
  const [at, setAt] = useState(0)
  const [text, setText] = useState('')
  const [size, setSize] = useState(PAGE)
  const { from, to } = periods[at] ?? half
  const found = useFetch(
    listRecords,
    {
      params: { ledger: definition.id },
      query: {
        org: me.home?.id ?? '',
        size,
        ...(from && to ? { from, to } : {}),
        ...(text ? { text } : {}),
      },
    },
    { keepLast: true },
  )
  const { data } = found
  return (
    <Screen
      title={definition.title}
      back
      action={<Act onClick={() => goTo(`/record/${definition.id}`)}>记一笔</Act>}
    >
      <input
        className="mp-search"
        type="search"
        aria-label="搜索"
        placeholder={`${definition.name.label}、地点`}
        value={text}
        onChange={(e) => setText(e.target.value)}
      />
      <div className="mp-pills">
        {periods.map((p, i) => (
          <button key={p.title} type="button" aria-pressed={i === at} onClick={() => setAt(i)}>
            {p.title}
          </button>
        ))}
      </div>
      {found.error && <Told problem={found.error} retry={() => void found.refetch()} />}
      {!data && !found.error && <Waiting />}
      {data && (
        <>
          {data.total > 0 && (
            <p className="mp-quiet">
              {data.total} {definition.measureWord}
              {data.figures.personTimes !== null &&
                `，${data.figures.personTimes.toLocaleString('zh-CN')} 人次`}
            </p>
          )}
          {me.home && (
            <PhoneLacking org={me.home.id} measure={`${definition.id}.count`} from={from} to={to} />
          )}
          {data.total === 0 ? (
            <Nothing
              title={text ? '没有符合条件的' : '还没有记录'}
              hint={text ? undefined : '点右上角“记一笔”。'}
            />
          ) : (
            <Card flush>
              {data.rows.map((r) => (
                <RecordLine key={r.id} record={r} />
              ))}
            </Card>
          )}
          {me.actions.includes('records.write') && (listed.records === 0 || listed.nil) && (
            <NilDeclaration listed={listed} period={half} org={me.home?.name ?? ''} />
          )}
          {data.total > data.rows.length && (
            <Act disabled={found.isFetching} onClick={() => setSize(Math.min(200, size + PAGE))}>
              再看 {PAGE} 条
            </Act>
          )}
        </>
      )}
    </Screen>
  )
}
