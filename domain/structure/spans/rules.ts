/** What holds of every span of a person in an organisation, membership or post: its words, its end, its correction. Pure. */
import { conflict, refuse } from '../../../kernel/errors.ts'
import { type Dated, dated, datedOrUnknown, INFINITY } from '../people/dated.ts'
import type { TieTable } from '../people/ties.ts'

/** A kind of span, and what offices call it and its dates. */
export interface SpanKind {
  table: TieTable
  register: 'members' | 'officers'
  /** 团籍, 任职. */
  noun: string
  from: string
  to: string
  /** The day of going, where somebody goes. */
  end: string
}

export interface Span {
  validFrom: string
  validTo: string
}

/** Half-open: one may begin at the moment at which the other ends. */
export const overlaps = (one: Span, other: Span): boolean =>
  one.validFrom < other.validTo && one.validTo > other.validFrom

export const startOf = (kind: SpanKind, text: string | null | undefined): Dated =>
  datedOrUnknown(text, { id: 'from', title: kind.from })

export const endOf = (kind: SpanKind, text: string | null | undefined): Dated | null =>
  text ? dated(text, { id: 'to', title: kind.to }) : null

interface Ending {
  validTo: string
  toPrecision: string | null
  endReason: string | null
}

/** @throws conflict where it has ended already; invalid `on` where it would end before it began */
export function ended(kind: SpanKind, span: Span, { on, reason }: { on: Dated; reason: string }): Ending {
  if (span.validTo !== INFINITY)
    throw conflict(
      'alreadyEnded',
      `这条${kind.noun}已在 ${span.validTo.slice(0, 10)} 结束。日期有误的，请用“更正”。`,
    )
  if (on.at <= span.validFrom)
    throw refuse({
      field: 'on',
      reason: `${kind.end}不晚于${kind.from} ${span.validFrom.slice(0, 10)}`,
      remedy: `请改正日期；登记错了的${kind.noun}，请用“作废”`,
    })
  return { validTo: on.at, toPrecision: on.precision, endReason: reason }
}

/** Left out: as it was. null: the start is unknown, back in force. */
export interface Correction {
  from?: string | null | undefined
  to?: string | null | undefined
  endReason?: string | null | undefined
}

/** The columns that a correction sets. `reasonOf` reads a reason of this kind. @throws invalid naming the field */
export function corrected(
  kind: SpanKind,
  held: { endReason: string | null },
  { from, to, endReason }: Correction,
  reasonOf: (text: string) => string,
): Partial<Ending & { validFrom: string; fromPrecision: string }> {
  const start = from === undefined ? null : startOf(kind, from)
  const end = endOf(kind, to)
  return {
    ...(start && { validFrom: start.at, fromPrecision: start.precision }),
    ...(end && {
      validTo: end.at,
      toPrecision: end.precision,
      endReason: reasonOf(endReason ?? held.endReason ?? 'other'),
    }),
    ...(to === null && { validTo: INFINITY, toPrecision: null, endReason: null }),
    ...(to === undefined && endReason && { endReason: reasonOf(endReason) }),
  }
}

/** What a correction changes, [before, after] by column. */
export const changedIn = <T extends object>(before: T, set: Partial<T>) =>
  Object.fromEntries(
    Object.entries(set)
      .map(([key, value]) => [key, [before[key as keyof T], value]] as const)
      .filter(([, [old, now]]) => old !== now),
  )

/** The start of a span that stands as it is to be. @throws invalid `to` where it ends before it begins */
export function orderedStart(kind: SpanKind, span: Span & { fromPrecision: string }): Dated {
  if (span.validFrom >= span.validTo)
    throw refuse({ field: 'to', reason: `${kind.to}不晚于${kind.from}`, remedy: '请改正其中一个' })
  return { at: span.validFrom, precision: span.fromPrecision === 'unknown' ? 'unknown' : 'day' }
}
