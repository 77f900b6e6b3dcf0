/** What this phone keeps of the server's answers, so that one can record without a signal: who I am, the ledgers. */
import { useEffect } from 'react'
import { listLedgers } from '../../domain/records/ledgers/contract.ts'
import { getMe, type Me } from '../../domain/structure/accounts/contract.ts'
import type { Output } from '../../kernel/endpoint.ts'
import { parsePeriod, periodOf } from '../../kernel/period.ts'
import type { Problem } from '../app/client.ts'
import { remember, remembered } from '../app/preferences.ts'
import { useFetch } from '../app/queries.ts'
import { usualFirst } from '../ledgers/finding.ts'
import { recentLedgers } from '../ledgers/recent.ts'

interface Known<T> {
  data: T | undefined
  /** From the last time there was a signal. */
  old: boolean
  error: Problem | null
  refetch: () => void
}

function useKept<T>(
  name: string,
  asked: { data: T | undefined; error: Problem | null; refetch: () => unknown },
): Known<T> {
  const { data } = asked
  useEffect(() => {
    if (data !== undefined) remember(name, data)
  }, [name, data])
  const kept = data ?? remembered<T | undefined>(name, undefined)
  return {
    data: kept,
    old: data === undefined && kept !== undefined && asked.error !== null,
    error: kept === undefined ? asked.error : null,
    refetch: () => void asked.refetch(),
  }
}

const ME = 'phone.me'
const LEDGERS = 'phone.ledgers'

export const useMine = (): Known<Me> => useKept(ME, useFetch(getMe, {}))

/** Signing out leaves nothing of the person here. */
export function forgetMine(): void {
  remember(ME, undefined)
  remember(LEDGERS, undefined)
}

export type Listed = Output<typeof listLedgers>['ledgers'][number]

/** Of the caller's organisation and the present half-year. */
export function useMyLedgers(): Known<{ ledgers: Listed[] }> {
  const me = useMine().data
  const period = me ? parsePeriod(periodOf(me.today)) : { from: '', to: '' }
  const asked = useFetch(
    listLedgers,
    { query: { org: me?.home?.id ?? '', from: period.from, to: period.to } },
    { enabled: Boolean(me?.home), keepLast: true },
  )
  return useKept(LEDGERS, asked)
}

/** Favourites, what was used last, then what is used most. */
export const byUse = (ledgers: Listed[]): Listed[] =>
  usualFirst(
    [...ledgers].sort((a, b) => b.records - a.records || a.definition.order - b.definition.order),
    recentLedgers(),
  )

export const dayShort = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`
