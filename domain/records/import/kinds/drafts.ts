/** A ledger's row as the record that it is to become. */
import type { ParticipantInput } from '../../ledgers/contract.ts'
import type { DayPrecision, LedgerDefinition, LedgerField } from '../../ledgers/definition.ts'
import { fromCells } from '../../ledgers/fields/stage.ts'
import { isDate, isStaged } from '../../ledgers/fields/types.ts'
import { withIdNumbersTakenOut } from '../../ledgers/idNumbers.ts'
import { QUANTITIES, type Quantity, readQuantities } from '../../ledgers/quantities.ts'
import type { RecordDraft } from '../../ledgers/rules.ts'
import { ROLE_COLUMN } from '../../ledgers/sheet.ts'
import { namesLeague, type OrgNames } from '../orgNames.ts'
import { cellOf, complain, listOf, numberOf, type RowWork, type Scene, textOf } from '../work.ts'

export interface Drafting {
  definition: LedgerDefinition
  /** Organisations that may hold something jointly. */
  county: OrgNames
}

/** Null without a day: the reader has said so. */
export function draftOf(scene: Scene, work: RowWork, drafting: Drafting, orgId: string): RecordDraft | null {
  const { definition } = drafting
  const when = daysOf(scene, work, definition)
  if (!when) return null
  const title = textOf(work.row, 'title')
  const participants = participantsOf(definition, work)
  return tellingNumbers(scene, work, definition, {
    orgId,
    ...when,
    ...(title === undefined ? {} : { title: title.slice(0, 200) }),
    personTimes: personTimesOf(definition, work),
    fields: fieldsOf(scene, work, definition),
    quantities: quantitiesOf(scene, work),
    hosts: hostsOf(scene, work, { ...drafting, orgId, day: when.day }),
    participants,
  })
}

function tellingNumbers(
  scene: Scene,
  work: RowWork,
  definition: LedgerDefinition,
  written: RecordDraft,
): RecordDraft {
  const { draft, taken } = withIdNumbersTakenOut(definition, written)
  for (const field of taken)
    complain(scene, work, {
      severity: 'warning',
      field,
      reason: '写有身份证号，没有写进台账',
      remedy: '身份证号请登记在这个人的资料里。',
    })
  return draft
}

function daysOf(scene: Scene, work: RowWork, { day: rule }: LedgerDefinition) {
  const parsed = work.row.values.day
  if (typeof parsed?.value !== 'string') return null
  const whole = `${parsed.value}-01`.slice(0, 10)
  const precision = precisionOf(parsed.precision)
  const dayTo = textOf(work.row, 'dayTo')?.slice(0, 10) ?? parsed.to
  if (dayTo !== undefined && !rule.span) {
    complain(scene, work, {
      severity: 'warning',
      field: 'day',
      reason: `这本台账只记一天，记在${whole}，到 ${dayTo} 为止的没有记`,
      remedy: '请核对日期。',
    })
    return { day: whole, dayPrecision: precision }
  }
  return { day: whole, dayPrecision: precision, ...(dayTo === undefined ? {} : { dayTo }) }
}

const precisionOf = (precision: string | undefined): DayPrecision =>
  precision === 'month' || precision === 'year' ? precision : 'day'

/** The stated number; else that beside the names: 张三、李四等12人. */
function personTimesOf(definition: LedgerDefinition, work: RowWork): number | null {
  if (!definition.personTimes) return null
  const stated = numberOf(work.row, 'personTimes')
  if (stated !== undefined) return stated
  const [first] = attendingRoles(definition)
  const note = first === undefined ? undefined : work.row.values[ROLE_COLUMN + first]?.note
  const counted = /^共?(\d+)[人名位]/.exec(note ?? '')
  return counted ? Number(counted[1]) : null
}

const attendingRoles = ({ roles }: LedgerDefinition) =>
  roles.filter((role) => role.attends !== false).map((role) => role.id)

const participantsOf = ({ roles }: LedgerDefinition, { row }: RowWork): ParticipantInput[] =>
  roles.flatMap((role) => listOf(row, ROLE_COLUMN + role.id).map((name) => ({ name, role: role.id })))

function fieldsOf(scene: Scene, work: RowWork, definition: LedgerDefinition): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const field of definition.fields) {
    const cell = cellOf(work.row, field.id)
    const value = isStaged(field) ? fromCells(field, cell, (id) => dayIn(work, id)) : cell
    if (value !== null && value !== '') fields[field.id] = stored(scene, work, field, value)
  }
  return fields
}

/** As far as it was written: a month is not its first day. */
function dayIn({ row }: RowWork, column: string): string | undefined {
  const { value, precision } = row.values[column] ?? {}
  const parts = precision === 'month' ? 7 : precision === 'year' ? 4 : 10
  return typeof value === 'string' ? value.slice(0, parts) : undefined
}

function stored(scene: Scene, work: RowWork, field: LedgerField, value: unknown): unknown {
  if (!isDate(field) || typeof value !== 'string') return value
  const precision = work.row.values[field.id]?.precision
  if (precision === 'month' || precision === 'year')
    complain(scene, work, {
      severity: 'warning',
      field: field.id,
      reason: `只写到${precision === 'month' ? '月' : '年'}，按 ${value.slice(0, 10)} 登记`,
      remedy: '知道具体日期的请补全。',
    })
  return value.slice(0, 10)
}

/** Words without a number, or with about a number, count nothing: told, and the rest of the row enters. */
function quantitiesOf(scene: Scene, work: RowWork): Quantity[] {
  const { quantities, problems } = readQuantities(textOf(work.row, QUANTITIES) ?? '')
  for (const { field, reason, remedy = '' } of problems)
    complain(scene, work, {
      severity: 'warning',
      field,
      reason: `${reason}，没有登记为成果`,
      remedy: `${remedy}。`,
    })
  return quantities
}

/** Bodies outside the League hold nothing in our tree: told. What looks like one of ours must be found. */
function hostsOf(
  scene: Scene,
  work: RowWork,
  { definition, county, orgId, day }: Drafting & { orgId: string; day: string },
): string[] {
  if (!definition.joint) return []
  const found: string[] = []
  for (const text of listOf(work.row, 'hosts')) {
    const match = county.find(text, { at: `${day} 23:59:59` })
    if ('org' in match) {
      if (match.org.id !== orgId) found.push(match.org.id)
      continue
    }
    const ours = 'several' in match || namesLeague(text) || match.near.length > 0
    complain(scene, work, {
      severity: ours ? 'error' : 'warning',
      field: 'hosts',
      reason: ours
        ? `联合单位“${text.slice(0, 30)}”找不到，或不止一个`
        : `联合单位“${text.slice(0, 30)}”不是团组织，没有登记为联合`,
      remedy: ours ? '请写组织的全称。' : '需要写进记录的请填在备注或内容里。',
    })
  }
  return [...new Set(found)]
}
