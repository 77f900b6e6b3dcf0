/** 台账 of an organisation: what each ledger holds of it and below it within the period, and what came last. */
import { listLedgers, recentRecords } from '../../domain/records/ledgers/contract.ts'
import type { Organisation } from '../../domain/structure/organisations/contract.ts'
import { GoLink, paths, useSearchState } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useFetch } from '../app/queries.ts'
import { Figure } from '../kit/Figure.tsx'
import { EmptyState, Loaded, Sheet, Timeline } from '../kit/Page.tsx'

export function RecordsTab({ org }: { org: Organisation }) {
  return (
    <>
      <Held org={org} />
      <Latest org={org} />
    </>
  )
}

/** A ledger's page speaks of the frame's organisation, so the link says which. */
function useLedgerPath(org: Organisation) {
  const [search] = useSearchState()
  const period = search.period ? `&period=${search.period}` : ''
  return (ledger: string) => `${paths.ledger(ledger)}?org=${org.id}${period}`
}

function Held({ org }: { org: Organisation }) {
  const { period } = useFrame()
  const ledgers = useFetch(
    listLedgers,
    { query: { org: org.id, from: period.from, to: period.to } },
    { keepLast: true },
  )
  const pathOf = useLedgerPath(org)
  return (
    <Sheet title={period.label} flush>
      <Loaded of={ledgers}>
        {({ ledgers: all }) => (
          <table className="mz-plain">
            <tbody>
              {all.map(({ definition: d, nil, records, lastDay }) => (
                <tr key={d.id}>
                  <td>
                    <GoLink to={pathOf(d.id)}>{d.title}</GoLink>
                  </td>
                  <td>
                    {nil?.speaks === 'all' && records === 0 ? (
                      <span className="mz-quiet">本期无</span>
                    ) : (
                      <Figure asked={{ measure: `${d.id}.count`, org: org.id }} />
                    )}
                  </td>
                  <td>
                    {d.personTimes && records > 0 && (
                      <Figure asked={{ measure: `${d.id}.personTimes`, org: org.id }} />
                    )}
                  </td>
                  <td className="mz-quiet">{lastDay && `最近 ${lastDay}`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </Sheet>
  )
}

const LATEST = 30

function Latest({ org }: { org: Organisation }) {
  const found = useFetch(recentRecords, { query: { org: org.id, limit: LATEST } }, { keepLast: true })
  return (
    <Sheet title="最近的记录">
      <Loaded of={found}>
        {({ records }) =>
          records.length === 0 ? (
            <EmptyState title="还没有记录" hint="它和它的下级记的每一笔都会出现在这里。" />
          ) : (
            <Timeline
              moments={records.map((r) => ({
                id: r.id,
                when: r.day.slice(0, { day: 10, month: 7, year: 4 }[r.dayPrecision]),
                what: <GoLink to={paths.record(r.id)}>{r.title || r.ledgerTitle}</GoLink>,
                detail: `${r.ledgerTitle}　${r.sentence}`,
              }))}
            />
          )
        }
      </Loaded>
    </Sheet>
  )
}
