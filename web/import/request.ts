/** What the person at the screen has decided about a file so far; kept in this browser until it is imported. */
import { useCallback, useMemo, useState } from 'react'
import type { Acceptable, ImportRequest } from '../../domain/records/import/contract.ts'
import { useSearchState } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { remember, remembered } from '../app/preferences.ts'

export interface Decisions {
  org?: { id: string; name: string }
  /** Null: none, whatever stands above the table. */
  statementDate?: string | null
  headerRow?: number
  mapping?: Record<string, string>
  corrections?: { row: number; column: string; value: string }[]
  picks?: { column: string; option: number }[]
  accepted?: Acceptable[]
  createOrgs?: boolean
}

export interface Deciding {
  decisions: Decisions
  request: ImportRequest
  decide: (patch: Decisions) => void
  /** Another sheet or kind: what was decided about columns and cells no longer holds. */
  look: (patch: { sheet?: string; kind?: string }) => void
  /** The header begins on this row of the sheet; null: find it. */
  startAt: (row: number | null, sheet: string) => void
  correct: (row: number, column: string, value: string | null) => void
  pick: (column: string, option: number | null) => void
  accept: (code: Acceptable, yes: boolean) => void
  map: (header: string, field: string) => void
}

const placeOf = (file: string) => `import.${file.slice(0, 16)}`

/** What was decided is of no more use. */
export const forget = (file: string): void => remember(placeOf(file), undefined)

export function useDecisions(file: string): Deciding {
  const { org } = useFrame()
  const [search, change] = useSearchState()
  const [decisions, setDecisions] = useState<Decisions>(() => remembered(placeOf(file), {}))
  const { sheet, kind } = search
  const alter = useCallback(
    (step: (now: Decisions) => Decisions) =>
      setDecisions((now) => {
        const next = step(now)
        remember(placeOf(file), next)
        return next
      }),
    [file],
  )
  const decide = useCallback((patch: Decisions) => alter((now) => ({ ...now, ...patch })), [alter])
  const startAt = useCallback(
    (row: number | null, on: string) => {
      alter(({ headerRow: _before, ...others }) => ({
        ...others,
        mapping: {},
        picks: [],
        ...(row !== null && { headerRow: row }),
      }))
      change({ sheet: on })
    },
    [alter, change],
  )
  const request = useMemo((): ImportRequest => {
    const { org: chosen, statementDate, ...rest } = decisions
    return {
      file,
      org: chosen?.id ?? org.id,
      ...(sheet && { sheet }),
      ...(kind && { kind }),
      ...rest,
      ...(statementDate && { statementDate }),
    }
  }, [file, org.id, sheet, kind, decisions])
  const { corrections = [], picks = [], accepted = [], mapping } = decisions
  return {
    decisions,
    request,
    decide,
    look: (patch) => {
      alter(({ headerRow, ...others }) => ({
        ...others,
        mapping: {},
        corrections: [],
        picks: [],
        ...(patch.sheet === undefined && headerRow !== undefined && { headerRow }),
      }))
      change(patch)
    },
    startAt,
    correct: (row, column, value) => {
      const others = corrections.filter((c) => c.row !== row || c.column !== column)
      decide({ corrections: value === null ? others : [...others, { row, column, value }] })
    },
    pick: (column, option) => {
      const others = picks.filter((p) => p.column !== column)
      decide({ picks: option === null ? others : [...others, { column, option }] })
    },
    accept: (code, yes) => {
      const others = accepted.filter((a) => a !== code)
      decide({ accepted: yes ? [...others, code] : others })
    },
    map: (header, field) => decide({ mapping: { ...mapping, [header]: field } }),
  }
}
