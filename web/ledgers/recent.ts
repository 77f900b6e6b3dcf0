/** The ledgers that this person looked into or recorded in lately, the last first. */
import { useEffect } from 'react'
import { remember, remembered } from '../app/preferences.ts'

const NAME = 'ledgers.recent'
const KEPT = 12

export const recentLedgers = (): string[] => remembered<string[]>(NAME, [])

export function visited(ledger: string): void {
  remember(NAME, [ledger, ...recentLedgers().filter((id) => id !== ledger)].slice(0, KEPT))
}

export function useVisit(ledger: string): void {
  useEffect(() => visited(ledger), [ledger])
}
