/** What a ledger takes though it is not what the column asks for: a number where names belong, several names for one. */
import type { LedgerDefinition } from '../../ledgers/definition.ts'
import { naming } from '../../ledgers/fields/types.ts'
import { ROLE_COLUMN } from '../../ledgers/sheet.ts'
import { complain, listOf, numberOf, type RowWork, type Scene } from '../work.ts'

export function beLenient(scene: Scene, work: RowWork, definition: LedgerDefinition): void {
  for (const role of definition.roles) peopleAsWords(scene, work, definition, ROLE_COLUMN + role.id)
  for (const field of definition.fields.filter(naming('person'))) personAsText(scene, work, field.id)
  offerOptions(work, definition)
}

/** 全体团员 or 30人 in a column of names: the number counts, the words are told and not kept. */
function peopleAsWords(scene: Scene, work: RowWork, definition: LedgerDefinition, field: string): void {
  const problem = work.problems.find((one) => one.field === field && one.severity !== 'warning')
  if (!problem) return
  work.problems = work.problems.filter((one) => one !== problem)
  const raw = work.row.values[field]?.raw ?? ''
  const counted = /^共?(\d+)(人次|人|名|位)?$/.exec(raw.replace(/\s/g, ''))
  const open = definition.personTimes !== undefined && numberOf(work.row, 'personTimes') === undefined
  if (counted && open) {
    work.row.values.personTimes = { value: Number(counted[1]), raw }
    complain(scene, work, {
      severity: 'warning',
      field,
      reason: '只有人数，没有姓名，按人次登记',
      remedy: '有名单的可以在记录里补登。',
    })
    return
  }
  complain(scene, work, {
    severity: 'warning',
    field,
    reason: `“${raw.slice(0, 20)}”不是姓名，没有登记到人`,
    remedy: '有名单的请写姓名，几个人之间用顿号隔开，或在记录里补登。',
  })
}

const LONGEST = 200

/** A chairman's column that names two, or an office: kept as it stands. */
function personAsText(scene: Scene, work: RowWork, field: string): void {
  const problem = work.problems.find((one) => one.field === field && one.severity !== 'warning')
  const raw = work.row.values[field]?.raw ?? ''
  if (!problem || raw === '' || raw.length > LONGEST || /^[\d.]+$/.test(raw)) return
  work.problems = work.problems.filter((one) => one !== problem)
  work.row.values[field] = { value: raw, raw }
  complain(scene, work, {
    severity: 'warning',
    field,
    reason: '不是一个人的姓名，照原文登记',
    remedy: '请核对。',
  })
}

/** An unknown word of an enumeration: what may be chosen instead. */
function offerOptions(work: RowWork, definition: LedgerDefinition): void {
  work.problems = work.problems.map((problem) => {
    const choices = definition.fields.find((one) => one.id === problem.field)?.options
    if (!choices || problem.severity !== 'error' || problem.options) return problem
    return { ...problem, options: choices.map(({ title }) => ({ value: title, title })) }
  })
}

/** A row that names exactly one person in a role. */
export const onlyName = (work: RowWork, role: string): string | null => {
  const names = listOf(work.row, ROLE_COLUMN + role)
  return names.length === 1 ? (names[0] ?? null) : null
}
