import { type Against, getOverview } from '../../domain/indicators/overview/contract.ts'
import { useSearchState } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { type Fetched, useFetch } from '../app/queries.ts'

/** Which period the figures are held against stands in the address. */
export function useAgainst(): [Against, (against: Against) => void] {
  const [search, change] = useSearchState()
  const against = search.against === 'preceding' ? 'preceding' : 'yearBefore'
  return [against, (next) => change({ against: next === 'yearBefore' ? undefined : next })]
}

export function useOverview(): Fetched<typeof getOverview> {
  const { org, period, until } = useFrame()
  const [against] = useAgainst()
  const query = { org: org.id, period: period.id, ...(until && { until }), against }
  return useFetch(getOverview, { query }, { keepLast: true })
}
