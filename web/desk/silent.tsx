/** Who below has recorded nothing lately: a list to help, in the order of the tree, not a ranking. */

import { silentOrgs } from '../../domain/records/ledgers/contract.ts'
import { measure } from '../../kernel/measureId.ts'
import { dateInWords } from '../../kernel/period.ts'
import { GoLink, paths } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useFetch } from '../app/queries.ts'
import { LackingButton } from '../kit/Lacking.tsx'
import { Loaded, Sheet } from '../kit/Page.tsx'

const SHOWN = 8

export function SilentOrgs() {
  const { org, today } = useFrame()
  const silent = useFetch(silentOrgs, { query: { org: org.id } }, { keepLast: true })
  const orgs = silent.data?.orgs ?? []
  if (silent.data && orgs.length === 0) return null
  const since = silent.data
    ? dateInWords(silent.data.since, 'day', { withinYear: Number(today.slice(0, 4)) })
    : ''
  return (
    <Sheet title="可能需要帮忙" extra={orgs.length > 0 && <span className="mz-quiet">{orgs.length} 个</span>}>
      <Loaded of={silent} rows={3}>
        {() => (
          <>
            <p className="mz-silent-about">{since}以来没有新记录的下级</p>
            <ul className="mz-silent">
              {orgs.slice(0, SHOWN).map((o) => (
                <li key={o.id}>
                  <GoLink to={paths.organisation(o.id)}>{o.name}</GoLink>
                  <small>{o.lastDay ? `最近 ${o.lastDay.slice(0, 10)}` : '还没有记录'}</small>
                </li>
              ))}
            </ul>
            {orgs.length > SHOWN && <p className="mz-quiet mz-small">另有 {orgs.length - SHOWN} 个</p>}
            <LackingButton
              label="问一声"
              question={{
                org: org.id,
                measure: measure('record.count'),
                from: silent.data?.since ?? today,
                to: today,
              }}
            />
          </>
        )}
      </Loaded>
    </Sheet>
  )
}
