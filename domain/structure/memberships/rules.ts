/** Where a membership may stand and when. Pure: spans in, a decision out. */
import { type FieldProblem, refuse } from '../../../kernel/errors.ts'
import { ALWAYS, type Dated, INFINITY, outsideLife } from '../people/dated.ts'
import { overlaps, type SpanKind } from '../spans/rules.ts'
import { END_REASONS, START_REASONS } from './reasons.ts'
import type { Membership } from './tables.ts'

export const MEMBERSHIP: SpanKind = {
  table: 'membership',
  register: 'members',
  noun: '团籍',
  from: '起始日期',
  to: '结束日期',
  end: '离开日期',
}

export type Placement =
  | { state: 'enter'; from: Dated }
  /** In force in this organisation already. */
  | { state: 'unchanged'; held: Membership }
  /** The person is a member elsewhere at the same time. */
  | { state: 'elsewhere'; held: Membership }

/** No two memberships at the same time, anywhere. An unknown start begins where the last membership ended. */
export function place(held: Membership[], wanted: { orgId: string; from: Dated; to: string }): Placement {
  const overlapping = (from: string) =>
    held.filter((h) => overlaps(h, { validFrom: from, validTo: wanted.to }))
  const open = overlapping(wanted.from.at)
  const here = open.find((h) => h.orgId === wanted.orgId && h.validTo >= wanted.to)
  if (here) return { state: 'unchanged', held: here }
  const [first] = open
  if (!first) return { state: 'enter', from: wanted.from }
  const last = open.reduce((a, b) => (a.validTo > b.validTo ? a : b))
  if (wanted.from.at === ALWAYS && last.validTo !== INFINITY && last.validTo < wanted.to)
    return { state: 'enter', from: { at: last.validTo, precision: 'unknown' } }
  return { state: 'elsewhere', held: open.find((h) => h.validTo === INFINITY) ?? first }
}

/** What keeps an organisation from holding a member from one moment to another; null when nothing does. */
export function orgProblem(
  org: { name: string; type: string; openedAt: string; openedPrecision: string; closedAt: string | null },
  from: Dated,
  to: string = INFINITY,
): FieldProblem | null {
  if (org.type !== 'branch')
    return {
      field: 'orgId',
      reason: `“${org.name}”不是团支部，团员只能登记在团支部`,
      remedy: '请改为这名团员所在的团支部；还没有的，先设立团支部',
    }
  return outsideLife(
    org,
    { from, to },
    {
      dateTitle: MEMBERSHIP.from,
      tooEarly: '请改正日期，或登记在当时所在的团支部',
      tooLate: '请登记在接收它的团支部',
    },
  )
}

/** 周岁, both included, between which the charter admits; anything else is worth a second look. */
const ADMITTED = { youngest: 14, oldest: 28 }

/** What to ask of an age at admission; null where it is a usual one. */
export function unusualAge(age: number): { code: 'young' | 'old'; message: string } | null {
  const { youngest, oldest } = ADMITTED
  const said = `请核对出生日期和入团日期；无误的话，确认后登记。`
  if (age < youngest)
    return { code: 'young', message: `入团时只有 ${age} 周岁，不满 ${youngest} 周岁。${said}` }
  if (age > oldest) return { code: 'old', message: `入团时已有 ${age} 周岁，超过 ${oldest} 周岁。${said}` }
  return null
}

export function checkReason(kind: 'start' | 'end', value: string): string {
  const options = kind === 'start' ? START_REASONS : END_REASONS
  const found = options.find((o) => o.value === value || o.title === value)
  if (found) return found.value
  const list = options.map((o) => o.title).join('、')
  const field = kind === 'start' ? 'startReason' : 'reason'
  throw refuse({
    field,
    reason: `“${value}”不是可用的${kind === 'start' ? '来源' : '去向'}，可以是：${list}`,
  })
}
