/** What two records say, cell by cell, and what one record of both would say. Pure. */
import { dateInWords } from '../../../kernel/period.ts'
import type { ParticipantInput } from '../ledgers/contract.ts'
import type { DayPrecision, LedgerField } from '../ledgers/definition.ts'
import { isWorkedOut } from '../ledgers/fields/types.ts'
import { showValue } from '../ledgers/fields.ts'
import { QUANTITIES, QUANTITIES_TITLE, shownQuantities } from '../ledgers/quantities.ts'
import { attending, type PreparedParticipant } from '../ledgers/rules.ts'
import type { ComparedCell, RecordComparison } from './contract.ts'
import type { Pair, Whole } from './pair.ts'
import { above } from './rules.ts'

export type Side = 'one' | 'other'

/** The higher organisation keeps the record; of equals the one that says more, then the older. */
export function keptOf({ one, other }: Pair): Side {
  const [a, b] = [one.looked.path, other.looked.path]
  if (a !== b && (above(a) === b || above(b) === a)) return a.length < b.length ? 'one' : 'other'
  const says = (w: Whole) =>
    Object.keys(w.opened.record.fields).length + w.files.length + Math.min(w.participants.length, 10)
  if (says(one) !== says(other)) return says(one) > says(other) ? 'one' : 'other'
  return one.opened.record.recordedAt <= other.opened.record.recordedAt ? 'one' : 'other'
}

const DAY = 'day'
const TITLE = 'title'

/** Fields that are typed: what is calculated follows by itself. */
export const typedFields = ({ one }: Pair): LedgerField[] =>
  one.opened.definition.fields.filter((f) => !isWorkedOut(f))

export function comparedCells(pair: Pair): ComparedCell[] {
  const { definition } = pair.one.opened
  const keep = keptOf(pair)
  const cell = (field: string, title: string, say: (w: Whole) => string): ComparedCell => {
    const [one, other] = [say(pair.one) || null, say(pair.other) || null]
    const choose = one !== null && other !== null && one !== other
    const proposed = one === null ? 'other' : other === null ? 'one' : keep
    return { field, title, one, other, choose, proposed }
  }
  return [
    cell(TITLE, definition.name.label, (w) => w.looked.title),
    cell(DAY, definition.day.label, dayWords),
    ...typedFields(pair).map((f) => cell(f.id, f.title, (w) => showValue(f, w.opened.record.fields[f.id]))),
    cell(QUANTITIES, QUANTITIES_TITLE, (w) => shownQuantities(w.opened.record.quantities ?? [])),
  ].filter((c) => c.one !== null || c.other !== null)
}

const dayWords = ({ opened: { record } }: Whole): string => {
  const first = dateInWords(record.day, record.dayPrecision as DayPrecision)
  return record.dayTo ? `${first}至${dateInWords(record.dayTo, 'day')}` : first
}

/**
 * Everybody once: a known person by id, a name by its letters, each in each role. A name that one side knows as a
 * person is that person. Hours, points and amounts: the greater.
 */
export function unitedPeople({ one, other }: Pair, keep: Side): PreparedParticipant[] {
  const [mine, theirs] = keep === 'one' ? [one, other] : [other, one]
  const united = mine.participants.map((p) => ({ ...p, found: false }))
  for (const p of theirs.participants) {
    const same = united.find((u) => !u.found && u.role === p.role && samePerson(u, p))
    if (!same) {
      united.push({ ...p, found: true })
      continue
    }
    const { hours, points, amount } = same
    Object.assign(same, {
      found: true,
      personId: same.personId ?? p.personId,
      hours: greater(hours, p.hours),
      points: greater(points, p.points),
      amount: greater(amount, p.amount),
    })
  }
  return united.map(({ personId, name, role, hours, points, amount }) => ({
    personId,
    name,
    role,
    hours,
    points,
    amount,
  }))
}

const greater = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.max(a, b))

const samePerson = (a: PreparedParticipant, b: PreparedParticipant): boolean =>
  a.personId && b.personId
    ? a.personId === b.personId
    : a.name.replace(/\s/g, '') === b.name.replace(/\s/g, '')

export const asInput = ({ personId, ...rest }: PreparedParticipant): ParticipantInput => ({
  ...rest,
  ...(personId && { personId }),
})

/** Who is named where, as the page shows it. */
export function comparedPeople(pair: Pair): RecordComparison['people'] {
  const roles = new Map(pair.one.opened.definition.roles.map((r) => [r.id, r.title]))
  const on = (w: Whole, p: PreparedParticipant) =>
    w.participants.some((q) => q.role === p.role && samePerson(p, q))
  return unitedPeople(pair, keptOf(pair))
    .map((p) => ({
      name: p.name,
      role: roles.get(p.role) ?? p.role,
      one: on(pair.one, p),
      other: on(pair.other, p),
    }))
    .sort((a, b) => Number(b.one && b.other) - Number(a.one && a.other) || Number(b.one) - Number(a.one))
}

/** What the merged record may state: the larger number, one of both, the names, or the sum. Never fewer than the names. */
export function personTimesOf(pair: Pair): Pick<RecordComparison, 'personTimes' | 'proposedPersonTimes'> {
  const { definition } = pair.one.opened
  const none = { personTimes: [], proposedPersonTimes: null }
  if (!definition.personTimes) return none
  const named = attending(definition, unitedPeople(pair, keptOf(pair)))
  const [a, b] = [pair.one.looked.personTimes, pair.other.looked.personTimes]
  if (a === null && b === null && named === 0) return none
  const stated = [
    ...(a === null ? [] : [{ value: a, words: `照${pair.one.looked.orgName}写的` }]),
    ...(b === null ? [] : [{ value: b, words: `照${pair.other.looked.orgName}写的` }]),
    ...(named > 0 ? [{ value: named, words: '按合并后的名单，一人一次' }] : []),
    ...(a !== null && b !== null ? [{ value: a + b, words: '相加：两边各记了自己的人' }] : []),
  ].filter((o) => o.value >= named)
  const personTimes = [...new Map(stated.reverse().map((o) => [o.value, o])).values()].sort(
    (x, y) => x.value - y.value,
  )
  const largest = Math.max(a ?? 0, b ?? 0, named)
  return { personTimes, proposedPersonTimes: largest }
}

/** One record of all hosts, or one of the two with the other void. */
export const wayOf = ({ one, other }: Pair): RecordComparison['way'] =>
  one.opened.definition.joint && one.looked.orgId !== other.looked.orgId ? 'joint' : 'single'

export function notesOf(pair: Pair): string[] {
  const { one, other } = pair
  const way = wayOf(pair)
  const hosts = [one, other].map((w) => w.looked.orgName).join('和')
  return [
    way === 'joint'
      ? `合成一条，${hosts}联合举办：各自的数据里都有，合在一起的数据里只算一次。`
      : one.looked.orgId === other.looked.orgId
        ? '同一个组织记了两次：留下一条，另一条作废并指向它。'
        : `“${one.opened.definition.title}”不记联合举办：留下一条，另一条作废并指向它，只算在留下的组织里。`,
    '人员合在一起，同一个人只留一次；照片和附件都留，相同的只留一张。',
    '已经上报的总结不会变，差异照常提示；合并可以撤销。',
  ]
}
