/** The ledgers of the organisation and period at the top, with what they hold. */
import { listLedgers } from '../../domain/records/ledgers/contract.ts'
import type { Output } from '../../kernel/endpoint.ts'
import { useFrame } from '../app/frameState.tsx'
import { useFetch } from '../app/queries.ts'

export type Listed = Output<typeof listLedgers>['ledgers'][number]

export function useLedgers() {
  const { org, period } = useFrame()
  return useFetch(
    listLedgers,
    { query: { org: org.id, from: period.from, to: period.to } },
    { keepLast: true },
  )
}
