/** What is wrong with which cell: said at once by the parsers, and by the server for what only it can know. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Acceptable, Problem } from '../../../domain/records/import/contract.ts'
import { enterTyped, type TypedOutcome } from '../../../domain/records/import/typed/contract.ts'
import { readTyped } from '../../../domain/records/import/typed/read.ts'
import type { Target } from '../../../kernel/spreadsheet/target.ts'
import { call } from '../../app/client.ts'
import { isFilled, type Line } from './model.ts'

export type CellProblem = Pick<
  Problem,
  'field' | 'header' | 'severity' | 'reason' | 'remedy' | 'options' | 'accept'
>

const NONE: CellProblem[] = []
const read = new WeakMap<Line, CellProblem[]>()

function readHere(target: Target, line: Line, today: string): CellProblem[] {
  if (!isFilled(line)) return NONE
  const known = read.get(line)
  if (known) return known
  const { problems } = readTyped(target, line.cells, { row: 1, today })
  read.set(line, problems)
  return problems
}

export type Told = WeakMap<Line, TypedOutcome>

/** The server's word holds for the line as it was sent; once changed, that of the parsers. */
export const problemsOf = (line: Line, told: Told, about: { target: Target; today: string }): CellProblem[] =>
  told.get(line)?.problems ?? readHere(about.target, line, about.today)

export const stands = (problem: CellProblem): boolean => problem.severity !== 'warning'

export const sentLines = (lines: Line[]): Line[] => lines.filter(isFilled)

export const sentRows = (lines: Line[]) =>
  lines.map((line) => Object.fromEntries(Object.entries(line.cells).filter(([, text]) => text.trim() !== '')))

export function tell(told: Told, lines: Line[], rows: TypedOutcome[]): void {
  for (const outcome of rows) {
    const line = lines[outcome.row - 1]
    if (line) told.set(line, outcome)
  }
}

const RESTING_MS = 900

interface Checking {
  ledger: string
  org: string
  lines: Line[]
  accepted: Acceptable[]
}

interface ToldByServer {
  told: Told
  /** Grows with each answer. */
  times: number
  again: () => void
}

/** Asks the server once nobody has typed for a moment. Without a connection the parsers' word stands. */
export function useToldByServer({ ledger, org, lines, accepted }: Checking): ToldByServer {
  const told = useRef<Told>(new WeakMap())
  const [times, setTimes] = useState(0)
  useEffect(() => {
    const sent = sentLines(lines)
    if (sent.length === 0 || sent.every((line) => told.current.has(line))) return
    let current = true
    const timer = setTimeout(async () => {
      const body = { org, rows: sentRows(sent), keep: 'none' as const, accepted }
      const answer = await call(enterTyped, { params: { ledger }, body }).catch(() => null)
      if (!current || !answer) return
      tell(told.current, sent, answer.rows)
      setTimes((n) => n + 1)
    }, RESTING_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [ledger, org, lines, accepted])
  const again = useCallback(() => {
    told.current = new WeakMap()
    setTimes((n) => n + 1)
  }, [])
  return { told: told.current, times, again }
}
