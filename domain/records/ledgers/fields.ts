/** Values of a ledger's fields: checked and brought into their stored form, and shown. Browser-safe. */
import type { FieldProblem } from '../../../kernel/errors.ts'
import type { LedgerDefinition, LedgerField } from './definition.ts'
import { type Checked, type Fault, type FieldValue, fault } from './fields/kit.ts'
import { isWorkedOut, kitOf } from './fields/types.ts'

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
    if (isWorkedOut(field)) continue
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
  if (Array.isArray(value) && !kitOf(field.type).many) return fault('只能填一个值', '请只留一个')
  return kitOf(field.type).check(field, value)
}

/** As people read it: an option's title, 是 or 否, a plain number. */
export const showValue = (field: LedgerField, value: unknown): string =>
  value === null || value === undefined ? '' : kitOf(field.type).show(field, value)

/** In a sentence: of a course, where it has come to. */
export function sayField(field: LedgerField, value: unknown): string {
  const { say, show } = kitOf(field.type)
  return value === null || value === undefined ? '' : (say ?? show)(field, value)
}

const BRIEF = 60

/** In a column of a list. */
export function briefValue(field: LedgerField, value: unknown): string {
  const { brief, show } = kitOf(field.type)
  return value === null || value === undefined ? '' : (brief ?? show)(field, value).slice(0, BRIEF)
}
