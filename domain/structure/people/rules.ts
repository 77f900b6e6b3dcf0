/** What a form may say of a person. Pure. */

import { conflict, type FieldProblem, invalid } from '../../../kernel/errors.ts'
import type { TargetOption } from '../../../kernel/spreadsheet/target.ts'
import { EDUCATION_LEVELS, ETHNICITIES, POLITICAL_STATUSES, SEXES } from './codes.ts'
import type { PersonInput, Warning } from './contract.ts'
import { dated } from './dated.ts'
import { cleanName, cleanPhone, type PersonEntry } from './entry.ts'
import { checkIdNumber, type IdNumberCheck } from './idNumber.ts'

const ID_REASONS: Record<(IdNumberCheck & { ok: false })['reason'], string> = {
  length: '身份证号不是 18 位（或旧式 15 位），请核对后重填，也可以留空待补',
  characters: '身份证号里有不该有的字符，只能是数字，末位可以是 X',
  masked: '身份证号打了星号，请填完整的号码，或留空待补',
  birth: '身份证号里的出生日期不存在，请核对第 7 到 14 位',
  digitsLost: '身份证号的后几位已经丢失（表格软件把它当数字存了），请照证件重填，或留空待补',
}

/** @throws invalid `idNumber` with the remedy */
export function readIdNumber(raw: string): IdNumberCheck & { ok: true } {
  const check = checkIdNumber(raw)
  if (!check.ok) throw problem('idNumber', ID_REASONS[check.reason])
  return check
}

/** @throws invalid `phone` */
export function readPhone(raw: string): string {
  const phone = cleanPhone(raw)
  if (!phone) throw problem('phone', `电话“${raw}”不是有效的号码，请填 11 位手机号，或带区号的固定电话`)
  return phone
}

export const problem = (field: string, reason: string) =>
  invalid(field, `${reason}。`, [{ field, reason } satisfies FieldProblem])

/** Reads a code, the office's word for it or another spelling. @throws invalid naming the possible words */
export function readCode(field: string, title: string, options: TargetOption[], text: string): string {
  const word = text.trim()
  const found = options.find((o) => o.value === word || o.title === word || o.synonyms?.includes(word))
  if (found) return found.value
  const some = options.slice(0, 14).map((o) => o.title)
  throw problem(
    field,
    `${title}“${text}”不在可选范围内，可以是：${some.join('、')}${options.length > 14 ? '……' : ''}`,
  )
}

export const TRAIT_VALUES: Record<string, { title: string; options: TargetOption[] }> = {
  education: { title: '学历', options: EDUCATION_LEVELS },
  party: { title: '党员身份', options: POLITICAL_STATUSES.slice(0, 2) },
  politics: { title: '政治面貌', options: POLITICAL_STATUSES.slice(2) },
  mobile: { title: '流动', options: [{ value: 'yes', title: '是' }] },
  graduateVillageOfficial: { title: '大学生村官', options: [{ value: 'yes', title: '是' }] },
}

const CHECK_DIGIT: Warning = {
  code: 'checkDigit',
  message: '身份证号的末位校验不对，多半是抄错了。核对无误的话，可以确认后照此登记，标为“未核实”。',
}

export const idWarnings = (check: IdNumberCheck & { ok: true }): Warning[] =>
  check.warnings.includes('checkDigit') ? [CHECK_DIGIT] : []

/** @throws conflict `confirm` unless every warning was confirmed */
export function requireConfirmed(warnings: Warning[], confirmed: string[] = []): void {
  const open = warnings.filter((w) => !confirmed.includes(w.code))
  if (open.length > 0)
    throw conflict(`confirm:${open.map((w) => w.code).join(',')}`, open.map((w) => w.message).join(' '))
}

/** A person from a form, checked. @throws invalid naming the field; conflict `confirm:checkDigit` */
export function entryFrom(
  input: PersonInput,
  orgId: string,
  confirmed: string[] = [],
): { entry: PersonEntry; warnings: Warning[] } {
  const name = cleanName(input.name)
  if (name === '') throw problem('name', '姓名不能为空')
  const id = input.idNumber ? readIdNumber(input.idNumber) : null
  const warnings = id ? idWarnings(id) : []
  requireConfirmed(warnings, confirmed)
  if (id && input.birth) agreeing(input.birth, id.birth)
  const code = (field: keyof PersonInput, title: string, options: TargetOption[]) => {
    const text = input[field]
    return text ? readCode(field, title, options, text) : undefined
  }
  return {
    warnings,
    entry: {
      orgId,
      name,
      sex: code('sex', '性别', SEXES),
      birth: checkedDate('birth', '出生日期', input.birth),
      ethnicity: code('ethnicity', '民族', ETHNICITIES),
      education: code('education', '学历', EDUCATION_LEVELS),
      politics: code('politics', '政治面貌', POLITICAL_STATUSES),
      idNumber: id?.idNumber,
      phone: input.phone ? readPhone(input.phone) : undefined,
      occupation: input.occupation,
      nativePlace: input.nativePlace,
      joinedLeague: checkedDate('joinedLeague', '入团时间', input.joinedLeague),
    },
  }
}

function checkedDate(id: string, title: string, text: string | undefined): string | undefined {
  if (text) dated(text, { id, title })
  return text
}

/** @throws invalid `birth` when the typed date is not that of the ID number */
export function agreeing(birth: string, ofId: string): void {
  if (!ofId.startsWith(birth))
    throw problem('birth', `出生日期“${birth}”与身份证号里的 ${ofId} 不一致，请改正其中一个`)
}
