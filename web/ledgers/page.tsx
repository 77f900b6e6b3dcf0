/** 台账: all ledgers by line of work, with this period's counts. */
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { dateInWords } from '../../kernel/period.ts'
import { GoLink, paths, useGo, useSearchState } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useMay } from '../app/me.ts'
import { Figure } from '../kit/Figure.tsx'
import { EmptyState, Loaded, Page, Sheet } from '../kit/Page.tsx'
import { type Listed, useLedgers } from './known.ts'
import { NilButton } from './nil.tsx'
import './ledgers.css'

export function LedgersPage() {
  const { org, period } = useFrame()
  const ledgers = useLedgers()
  const [search, change] = useSearchState()
  const only = search.only === 'empty'
  return (
    <Page
      title="台账"
      about={`${org.name}及下级，${period.label}`}
      actions={
        <>
          <GoLink to={paths.duplicates('records')}>查重</GoLink>
          <GoLink to="/ledgers/own">自建台账</GoLink>
          <Button onClick={() => change({ only: only ? undefined : 'empty' })}>
            {only ? '显示全部台账' : '只看本期还没有记录的'}
          </Button>
        </>
      }
    >
      <Loaded of={ledgers} rows={10}>
        {(found) => <Lines ledgers={found.ledgers.filter((l) => !only || (l.records === 0 && !l.nil))} />}
      </Loaded>
    </Page>
  )
}

function Lines({ ledgers }: { ledgers: Listed[] }) {
  const lines = [...new Set(ledgers.map((l) => l.definition.line))]
  if (lines.length === 0) return <EmptyState title="本期每本台账都有记录，或者已经声明本期无" />
  return (
    <>
      {lines.map((line) => (
        <Sheet key={line} title={line} flush>
          <ul className="mz-ledgers">
            {ledgers
              .filter((l) => l.definition.line === line)
              .map((l) => (
                <LedgerLine key={l.definition.id} ledger={l} />
              ))}
          </ul>
        </Sheet>
      ))}
    </>
  )
}

function LedgerLine({ ledger }: { ledger: Listed }) {
  const { definition, records, lastDay } = ledger
  const { period } = useFrame()
  const go = useGo()
  const may = useMay('records.write')
  const around = { withinYear: Number(period.from.slice(0, 4)) }
  return (
    <li className="mz-ledger">
      <GoLink className="mz-ledger-name" to={paths.ledger(definition.id)}>
        <strong>{definition.title}</strong>
        <small>{definition.about}</small>
      </GoLink>
      <span className="mz-ledger-count">
        {ledger.nil && records === 0 ? (
          <span className="mz-quiet">本期无</span>
        ) : (
          <Figure asked={{ measure: `${definition.id}.count` }} size="inline" />
        )}
      </span>
      <span className="mz-ledger-count">
        {definition.personTimes && records > 0 && (
          <Figure asked={{ measure: `${definition.id}.personTimes` }} />
        )}
      </span>
      <span className="mz-ledger-last">{lastDay && `最近 ${dateInWords(lastDay, 'day', around)}`}</span>
      <span className="mz-ledger-acts">
        {may && records === 0 && <NilButton ledger={ledger} />}
        {may && (
          <Button icon={<PlusOutlined />} onClick={() => go(paths.newRecord(definition.id))}>
            记一笔
          </Button>
        )}
      </span>
    </li>
  )
}
