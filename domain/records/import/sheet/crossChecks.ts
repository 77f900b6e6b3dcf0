/** One row's values held against each other. Most only warn: registers do hold such differences. */
import { ageOn } from '../../../../kernel/period.ts'
import type { TargetField } from '../../../../kernel/spreadsheet/target.ts'
import { birthOf, sexOf } from '../../../structure/people/idNumber.ts'
import type { Parsed } from './reading.ts'

export interface Difference {
  field: string
  reason: string
  remedy: string
  /** Cannot be, whoever says so. */
  impossible?: true
}

/** Birth date, sex and age against the ID number; League entry against the birth date. */
export function crossCheck(
  values: Record<string, Parsed>,
  fields: TargetField[],
  onDay: string,
): Difference[] {
  const idField = fields.find((field) => field.kind === 'idNumber')
  const idNumber = idField ? values[idField.id]?.value : null
  const found: Difference[] = []
  const birth = values.birthDate
  const add = (field: string, reason: string, remedy = '请对照证件核对。') =>
    found.push({ field, reason, remedy })
  const born = typeof idNumber === 'string' ? birthOf(idNumber) : null
  if (typeof idNumber === 'string' && born !== null) {
    if (typeof birth?.value === 'string' && !sameAsFarAsKnown(born, birth))
      add('birthDate', '出生日期与身份证号不一致')
    const sex = values.sex?.value
    if (typeof sex === 'string' && sex !== sexOf(idNumber)) add('sex', '性别与身份证号不一致')
  }
  const birthday = born ?? (typeof birth?.value === 'string' ? birth.value : null)
  const age = values.age?.value
  if (typeof age === 'number' && birthday !== null && Math.abs(age - ageOn(birthday, onDay)) > 1) {
    add('age', '年龄与出生日期不一致', '请核对；以出生日期为准。')
  }
  found.push(...joinedAfterBirth(values, birthday))
  return found
}

function joinedAfterBirth(values: Record<string, Parsed>, birthday: string | null): Difference[] {
  return ['joinedLeagueOn', 'joinedPartyOn'].flatMap((field): Difference[] => {
    const joined = values[field]?.value
    if (typeof joined !== 'string' || birthday === null) return []
    const years = Number(joined.slice(0, 4)) - Number(birthday.slice(0, 4))
    const what = field === 'joinedLeagueOn' ? '入团' : '入党'
    if (years < 1)
      return [
        { field, reason: `${what}时间早于出生`, remedy: `请核对${what}时间和出生日期。`, impossible: true },
      ]
    const tooYoung = years < (field === 'joinedLeagueOn' ? 12 : 18)
    return tooYoung
      ? [{ field, reason: `${what}时年龄偏小（${years} 岁）`, remedy: `请核对${what}时间。` }]
      : []
  })
}

function sameAsFarAsKnown(born: string, stated: Parsed): boolean {
  const length = stated.precision === 'year' ? 4 : stated.precision === 'month' ? 7 : 10
  return born.slice(0, length) === String(stated.value).slice(0, length)
}
