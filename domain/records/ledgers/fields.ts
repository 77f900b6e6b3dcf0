/** Values of a ledger's fields: checked and brought into their stored form, and shown. Browser-safe. */
import type { FieldProblem } from '../../../kernel/errors.ts'
import { type DatePrecision, isDay } from '../../../kernel/period.ts'
import type { FieldType, LedgerDefinition, LedgerField } from './definition.ts'

/** Stored: text, number, true or false, 'YYYY-MM-DD', an option's value, or a list of them. Never an empty text. */
export type FieldValue = string | number | boolean | string[]

interface Fault {
  reason: string
  remedy: string
}
type Checked = { value: FieldValue | null } | { fault: Fault }

const TEXT_LIMIT: Partial<Record<FieldType, number>> = { longText: 20_000, link: 1000 }
const YES = new Set(['是', '有', 'yes', 'true', '1', '√', '对'])
const NO = new Set(['否', '无', '没有', 'no', 'false', '0', '×'])

const fault = (reason: string, remedy: string): Checked => ({ fault: { reason, remedy } })
const isNumeric = (type: FieldType) => type === 'integer' || type === 'number' || type === 'money'

/**
 * Brings values into their stored form. Empty ones fall away; what is wrong, unknown or required and missing comes
 * back as problems, whose `field` is the field's id.
 */
export function normaliseFields(
  definition: LedgerDefinition,
  values: Record<string, unknown>,
): { fields: Record<string, FieldValue>; problems: FieldProblem[] } {
  const fields: Record<string, FieldValue> = {}
  const problems = unknownFields(definition, values)
  for (const field of definition.fields) {
    if (field.type === 'calculated') continue
    const checked = checkValue(field, values[field.id])
    if ('fault' in checked) problems.push({ field: field.id, ...named(field, checked.fault) })
    else if (checked.value !== null) fields[field.id] = checked.value
    else if (field.required && !field.retired)
      problems.push({ field: field.id, reason: `没有填“${field.title}”`, remedy: `请补填“${field.title}”` })
  }
  return { fields, problems }
}

const named = (field: LedgerField, { reason, remedy }: Fault) => ({
  reason: `“${field.title}”${reason}`,
  remedy,
})

function unknownFields(definition: LedgerDefinition, values: Record<string, unknown>): FieldProblem[] {
  const known = new Set(definition.fields.map((f) => f.id))
  return Object.keys(values)
    .filter((id) => !known.has(id))
    .map((id) => ({
      field: id,
      reason: `“${definition.title}”没有“${id}”这一项`,
      remedy: `可填的有：${definition.fields.map((f) => `${f.id}（${f.title}）`).join('、')}`,
    }))
}

export function checkValue(field: LedgerField, given: unknown): Checked {
  const value = typeof given === 'string' ? given.trim() : given
  if (value === undefined || value === null || value === '') return { value: null }
  if (Array.isArray(value) && field.type !== 'choices') return fault('只能填一个值', '请只留一个')
  if (isNumeric(field.type)) return checkNumber(field, value)
  if (field.type === 'date') return checkDate(String(value), field.precision)
  if (field.type === 'yesNo') return checkYesNo(value)
  if (field.type === 'choice') return checkChoice(field, String(value))
  if (field.type === 'choices') return checkChoices(field, value)
  return checkText(field, value)
}

function checkNumber(field: LedgerField, given: unknown): Checked {
  const text = String(given).replaceAll(/[,，\s]/g, '')
  const value = Number(text)
  if (typeof given === 'boolean' || text === '' || !/^[+-]?\d+(\.\d+)?$/.test(text))
    return fault(`的“${given}”不是数字`, `请只写数字${field.unit ? `，单位是${field.unit}` : ''}`)
  if (field.type === 'integer' && !Number.isInteger(value)) return fault('不能有小数', '请写整数')
  if (field.type === 'money' && !/^[+-]?\d+(\.\d{1,2}0*)?$/.test(text))
    return fault('最多到分（两位小数）', '请改成两位小数')
  if (Math.abs(value) > 1e13) return fault('的数太大', '请核对位数')
  const minimum = field.minimum ?? 0
  if (value < minimum) return fault(`不能小于 ${minimum}`, '请核对后重填')
  if (field.maximum !== undefined && value > field.maximum)
    return fault(`不能大于 ${field.maximum}`, '请核对后重填')
  return { value: Object.is(value, -0) ? 0 : value }
}

const SHOWN = { day: 10, month: 7, year: 4 }

/** A date of which only the month or year is asked is kept as its first day. */
function checkDate(text: string, precision: DatePrecision = 'day'): Checked {
  const whole = precision === 'day' ? text : `${text.slice(0, SHOWN[precision])}-01-01`.slice(0, 10)
  if (isDay(whole) && (text.length === SHOWN[precision] || isDay(text))) return { value: whole }
  return fault(
    `的“${text}”不是${precision === 'year' ? '年份' : precision === 'month' ? '月份' : '日期'}`,
    `请写成 ${'2024-03-12'.slice(0, SHOWN[precision])} 的样子`,
  )
}

function checkYesNo(given: unknown): Checked {
  if (typeof given === 'boolean') return { value: given }
  const word = String(given).toLowerCase()
  if (YES.has(word)) return { value: true }
  if (NO.has(word)) return { value: false }
  return fault(`的“${given}”看不出是或否`, '请填“是”或“否”')
}

function optionOf(field: LedgerField, text: string): string | null {
  const options = field.options ?? []
  const found =
    options.find((o) => o.value === text || o.title === text) ??
    options.find((o) => o.synonyms?.includes(text))
  return found?.value ?? null
}

function checkChoice(field: LedgerField, text: string): Checked {
  const value = optionOf(field, text)
  if (value !== null) return { value }
  const titles = (field.options ?? []).map((o) => o.title).join('、')
  return fault(`没有“${text}”这个选项`, `可选：${titles}`)
}

/** A list, or one text divided by 、，；; stored in the order of the options. */
function checkChoices(field: LedgerField, given: unknown): Checked {
  const list = Array.isArray(given) ? given.map(String) : String(given).split(/[、,，;；]/)
  const chosen = new Set<string>()
  for (const item of list.map((one) => one.trim()).filter(Boolean)) {
    const one = checkChoice(field, item)
    if ('fault' in one) return one
    chosen.add(String(one.value))
  }
  const ordered = (field.options ?? []).map((o) => o.value).filter((v) => chosen.has(v))
  return { value: ordered.length > 0 ? ordered : null }
}

function checkText(field: LedgerField, given: unknown): Checked {
  if (typeof given === 'object') return fault('应是一段文字', '请重填这一项')
  const text = String(given)
  const limit = TEXT_LIMIT[field.type] ?? 200
  if (text.length > limit) return fault(`超过 ${limit} 个字`, '请缩短，详细内容可放在附件里')
  if (field.type === 'link' && !/^https?:\/\/\S+$/.test(text))
    return fault(`的“${text}”不是网址`, '网址以 http:// 或 https:// 开头')
  return { value: text }
}

/** As people read it: an option's title, 是 or 否, a plain number. */
export function showValue(field: LedgerField, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (field.type === 'date' && field.precision) return String(value).slice(0, SHOWN[field.precision])
  const titleOf = (one: string) => field.options?.find((o) => o.value === one)?.title ?? one
  if (Array.isArray(value)) return value.map((one) => titleOf(String(one))).join('、')
  return titleOf(String(value))
}
