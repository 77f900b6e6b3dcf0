/** 比去年多几个, 比去年同期增加多少: with what the figure is compared. Pure. */
import { addDays } from '../../../kernel/period.ts'
import { meant } from './candidates.ts'
import type { Span } from './periods.ts'
import type { Token } from './tokens.ts'
import { has } from './turned.ts'

export interface Against {
  /** Null: the same days a year earlier. */
  span: Span | null
  /** The word that says when. */
  token: Token
}

/** Null where nothing is compared, or not with another time. */
export function againstIn(tokens: Token[], today: string): Against | null {
  const at = tokens.findIndex((one) => has(one, 'against'))
  const token = tokens[at + 1]
  if (at < 0 || !token) return null
  if (has(token, 'yearBefore')) return { span: null, token }
  const [time] = meant(token, 'time')
  if (!time) return null
  return { span: isYearBefore(time.span, today) ? null : time.span, token }
}

const yearOf = (day: string) => Number(day.slice(0, 4))

/** Against the whole of last year, what has been so far would always be less. */
const isYearBefore = ({ from, to, until }: Span, today: string): boolean =>
  !until && from.endsWith('-01-01') && to.endsWith('-12-31') && yearOf(to) === yearOf(today) - 1

/** The time that is held against it: as said, or what runs now; null where nobody can tell. */
export function heldAgainst({ span, token }: Against, tokens: Token[], today: string): Span | null {
  const [said] = tokens.filter((one) => one !== token).flatMap((one) => meant(one, 'time'))
  if (said) return { ...said.span, to: said.span.to < today ? said.span.to : today }
  if (!span || span.until) return { from: `${today.slice(0, 4)}-01-01`, to: today }
  const from = addDays(span.to, 1)
  return from <= today && from.slice(0, 7) === today.slice(0, 7) ? { from, to: today } : null
}
