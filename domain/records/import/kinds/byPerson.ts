/** Lists with one person a row: the rows of one occasion are one record with its people, not as many records. */
import { sum } from '../../../../kernel/decimal.ts'
import type { ParticipantInput } from '../../ledgers/contract.ts'
import type { LedgerDefinition, Settling } from '../../ledgers/definition.ts'
import type { RecordDraft } from '../../ledgers/rules.ts'
import { ROLE_COLUMN } from '../../ledgers/sheet.ts'
import { complain, numberOf, type RowWork, type Scene } from '../work.ts'
import { onlyName } from './leniency.ts'

const added = (values: number[]): number => Number(sum(values))

/** A record to be, and the rows that it comes from. */
export interface Drafted {
  draft: RecordDraft
  works: RowWork[]
}

export function joinPeople(scene: Scene, drafted: Drafted[], definition: LedgerDefinition): Drafted[] {
  if (definition.settling) return joinSettled(scene, drafted, definition.settling)
  const role = listedRole(scene, drafted, definition)
  if (role === null) return drafted
  return grouped(drafted, occasionOf).map((group) => joinOccasion(group, definition, role))
}

function grouped(drafted: Drafted[], keyOf: (one: Drafted) => string): Drafted[][] {
  const groups = new Map<string, Drafted[]>()
  for (const one of drafted) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one])
  return [...groups.values()]
}

/** The role whose column holds one name in each row, where nothing else says how many came. */
function listedRole(scene: Scene, drafted: Drafted[], definition: LedgerDefinition): string | null {
  const mapped = new Set(scene.reading.columns.map((column) => column.field))
  if (!definition.personTimes || mapped.has('personTimes')) return null
  const role = definition.roles.find((one) => one.attends !== false && mapped.has(ROLE_COLUMN + one.id))
  const each = drafted.every(({ works }) => works.every((work) => role && onlyName(work, role.id) !== null))
  return role && each ? role.id : null
}

const OWN = new Set(['hours', 'note'])

const occasionOf = ({ draft }: Drafted) =>
  JSON.stringify([
    draft.orgId,
    draft.day,
    draft.dayPrecision,
    draft.dayTo,
    draft.title,
    draft.hosts,
    Object.entries(draft.fields ?? {})
      .filter(([field]) => !OWN.has(field))
      .sort(),
  ])

function joinOccasion(group: Drafted[], definition: LedgerDefinition, role: string): Drafted {
  const [first] = group
  if (!first || group.length === 1) return first ?? { draft: { orgId: '', day: '' }, works: [] }
  const perPerson = definition.roles.find((one) => one.id === role)?.hours === true
  const hours = group.flatMap(({ draft }) => Number(draft.fields?.hours ?? Number.NaN) || [])
  const notes = group.flatMap(({ draft }) => (draft.fields?.note ? [String(draft.fields.note)] : []))
  const fields = { ...first.draft.fields }
  if (hours.length > 0) fields.hours = added(hours)
  if (notes.length > 0) fields.note = [...new Set(notes)].join('；').slice(0, 200)
  const participants = group.flatMap(({ draft }) =>
    (draft.participants ?? []).map((one) => ({
      ...one,
      ...(perPerson && one.role === role && draft.fields?.hours !== undefined
        ? { hours: Number(draft.fields.hours) }
        : {}),
    })),
  )
  return {
    draft: { ...first.draft, fields, participants: apart(participants) },
    works: group.flatMap((one) => one.works),
  }
}

/** A lecturer named in each row is one lecturer. */
function apart(participants: ParticipantInput[]): ParticipantInput[] {
  const [first] = participants
  const seen = new Set<string>()
  return participants.filter((one) => {
    const key = `${one.role} ${one.name}`
    const again = one.role !== first?.role && seen.has(key)
    seen.add(key)
    return !again
  })
}

/** Dues with one member a row become one record a month and branch: who owed, who paid, who is in arrears. */
function joinSettled(scene: Scene, drafted: Drafted[], settling: Settling): Drafted[] {
  const { owed, paid, whole } = settling
  const counts = [owed.people, paid.people, whole]
  const mapped = new Set(scene.reading.columns.map((column) => column.field))
  const listed = drafted.some(({ works }) => works.some((work) => settledName(work, settling) !== null))
  if (!listed || counts.some((field) => mapped.has(field))) return drafted
  const byPerson = drafted.filter(({ works }) => works.every((work) => settledName(work, settling) !== null))
  const others = drafted.filter((one) => !byPerson.includes(one))
  const groups = grouped(byPerson, ({ draft }) => JSON.stringify([draft.orgId, draft.day, draft.title]))
  return [
    ...groups.map((group) =>
      joinMonth(
        group,
        (work) => lineOf(scene, work, { settling, paidAsked: mapped.has(paid.amount) }),
        settling,
      ),
    ),
    ...others,
  ]
}

const settledName = (work: RowWork, { owed, paid, arrears }: Settling): string | null =>
  onlyName(work, paid.role) ?? onlyName(work, owed.role) ?? onlyName(work, arrears)

function joinMonth(group: Drafted[], read: (work: RowWork) => SettledLine, settling: Settling): Drafted {
  const works = group.flatMap((one) => one.works)
  const lines = works.map(read)
  const [first] = group
  const fields: Record<string, unknown> = { ...first?.draft.fields }
  const owed = lines.filter((line) => line.owed !== null && line.owed > 0)
  const paid = lines.filter((line) => line.paid !== null && line.paid > 0)
  if (owed.length > 0) {
    fields[settling.owed.people] = owed.length
    fields[settling.owed.amount] = added(owed.map((line) => line.owed ?? 0))
  }
  if (lines.some((line) => line.paid !== null)) {
    fields[settling.paid.people] = paid.length
    fields[settling.paid.amount] = added(paid.map((line) => line.paid ?? 0))
  }
  for (const field of ['collector', 'note']) {
    const said = group.flatMap(({ draft }) => (draft.fields?.[field] ? [String(draft.fields[field])] : []))
    if (said.length > 0) fields[field] = [...new Set(said)].join('、').slice(0, 200)
  }
  return {
    works,
    draft: {
      orgId: '',
      day: '',
      ...first?.draft,
      fields,
      participants: lines.flatMap((line) => line.participants),
    },
  }
}

interface SettledLine {
  owed: number | null
  paid: number | null
  participants: ParticipantInput[]
}

/** An empty cell below 实缴 beside something owed is a payment not made; the row says that it was read so. */
function lineOf(
  scene: Scene,
  work: RowWork,
  { settling, paidAsked }: { settling: Settling; paidAsked: boolean },
): SettledLine {
  const name = settledName(work, settling) ?? ''
  const owed = numberOf(work.row, settling.owed.amount) ?? null
  const stated = numberOf(work.row, settling.paid.amount) ?? null
  const blank = paidAsked && stated === null && owed !== null && owed > 0
  if (blank)
    complain(scene, work, {
      severity: 'warning',
      field: settling.paid.amount,
      reason: '没有填实缴，按未缴登记',
      remedy: '已缴的请补填金额。',
    })
  const paid = blank ? 0 : stated
  const arrears = owed !== null && paid !== null ? added([owed, -paid]) : null
  const part = (role: string, amount: number | null): ParticipantInput[] =>
    amount !== null && amount > 0 ? [{ name, role, amount }] : []
  return {
    owed,
    paid,
    participants: [
      ...part(settling.paid.role, paid),
      ...part(settling.owed.role, owed),
      ...part(settling.arrears, arrears),
    ],
  }
}
