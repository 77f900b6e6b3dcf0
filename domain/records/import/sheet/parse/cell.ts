/** One cell towards one field: empty, read, read with a warning, or refused with a remedy. */
import type { TargetField } from '../../../../../kernel/spreadsheet/target.ts'
import type { Cell } from '../../../../../kernel/spreadsheet/workbook.ts'
import { parseChoice, parseYesNo } from './choices.ts'
import { parseDate, parseMonth } from './dates.ts'
import type { DateContext } from './dateTexts.ts'
import { parseNumber } from './numbers.ts'
import { NOTHING, type Outcome, read, refuse } from './outcome.ts'
import { parseIdNumber, parseName, parsePeople, parsePhone } from './people.ts'
import { isEmptyToken, plainText } from './text.ts'

export interface CellContext extends Omit<DateContext, 'future'> {
  /** 万元 of a column headed 经费（万元）, or of the sheet. */
  headerUnit?: string
}

const TICKS = /^[√✓✔☑×✗✘☐□]$/

export function parseCell(cell: Cell, field: TargetField, context: CellContext): Outcome {
  if (cell.kind === 'empty') return NOTHING
  if (cell.kind === 'error') {
    return refuse(`单元格是错误值 ${cell.shown}`, '请改正公式，或直接填写结果。')
  }
  if (field.kind === 'yesNo') return parseYesNo(cell, field.title)
  if (cell.kind === 'text' && isEmptyToken(cell.shown)) return NOTHING
  switch (field.kind) {
    case 'date':
    case 'dateTime':
      return parseDate(cell, { ...context, ...(field.future ? { future: true } : {}) })
    case 'month':
      return parseMonth(cell, { ...context, future: true })
    case 'integer':
    case 'number':
    case 'money':
      return parseNumber(cell, numberRule(field, context))
    case 'choice':
      return field.course ? parseCourse(cell, field) : parseChoice(cell, field)
    case 'idNumber':
      return parseIdNumber(cell)
    case 'phone':
      return parsePhone(cell)
    case 'name':
      return parseName(cell, field.required === true)
    case 'people':
      return parsePeople(cell)
    case 'text':
    case 'org':
      return parseText(cell, field)
  }
}

/** A course as our own sheets write it is for its field to check; anything else is one state. */
const parseCourse = (cell: Cell, field: TargetField): Outcome =>
  cell.kind === 'text' && /[；;]| \d{4}(-\d{2}){0,2}$/.test(cell.shown)
    ? read(plainText(cell.shown))
    : parseChoice(cell, field)

const numberRule = (field: TargetField, context: CellContext) => ({
  kind:
    field.kind === 'integer'
      ? ('integer' as const)
      : field.kind === 'money'
        ? ('money' as const)
        : ('number' as const),
  ...(field.unit === undefined ? {} : { unit: field.unit }),
  ...(context.headerUnit === undefined ? {} : { headerUnit: context.headerUnit }),
  ...(field.minimum === undefined ? {} : { minimum: field.minimum }),
  ...(field.maximum === undefined ? {} : { maximum: field.maximum }),
})

const LARGEST_EXACT = 1e15

function parseText(cell: Cell, field: TargetField): Outcome {
  if (cell.kind === 'number' && Math.abs(Number(cell.value)) >= LARGEST_EXACT) {
    return refuse('长数字被存成了数值，末几位已经丢失', '把这一列设为“文本”格式后重新录入。')
  }
  const text = textOf(cell)
  if (/^\d(\.\d+)?E\+\d+$/i.test(text))
    return refuse('长数字被存成了科学计数', '把这一列设为“文本”格式后重新录入。')
  if (TICKS.test(text) && field.kind === 'org') return refuse('不是组织名称', '请填组织名称。')
  if (!field.many) return read(text)
  return read(
    text
      .split(/[、，,；;\n]/)
      .map((part) => part.trim())
      .filter((part) => part !== '' && !isEmptyToken(part)),
  )
}

/** 000012 shown through a format of zeros keeps them; a date reads as a date, not as the sheet's short form. */
function textOf(cell: Cell): string {
  if (cell.kind === 'date') return String(cell.value)
  if (cell.kind !== 'number' || /^0+$/.test(cell.format ?? '')) return plainText(cell.shown)
  return String(Number(Number(cell.value).toPrecision(15)))
}
