/** What is wrong with the formulas and rules of a declaration. Browser-safe. */
import { type FieldProblem, Refusal } from '../../../kernel/errors.ts'
import { COMMON_DATES, COMMON_NUMBERS, titleOf } from './declared.ts'
import type { LedgerDefinition, LedgerField, LedgerRule } from './definition.ts'
import { isDate, isNumber, isStaged, isWorkedOut } from './fields/types.ts'
import { parseFormula, slotsIn } from './formula.ts'

const MOST_DECIMALS = 6

const problem = (field: string, reason: string, remedy: string): FieldProblem => ({ field, reason, remedy })

export const declaredFaults = (d: LedgerDefinition): FieldProblem[] => [
  ...d.fields.flatMap((field, at) => calculatedFaults(d, field, at)),
  ...(d.rules ?? []).flatMap((rule, at) => ruleFaults(d, rule, `rules.${at}`)),
]

/** A formula may use what stands above it, so that nothing waits for itself. */
function calculatedFaults(d: LedgerDefinition, field: LedgerField, at: number): FieldProblem[] {
  const place = `fields.${field.id}.formula`
  const { formula, decimals = 0, required } = field
  if (!isWorkedOut(field))
    return formula ? [problem(place, '只有“自动计算”的栏才有算式', '请去掉算式或改类型')] : []
  if (!formula?.trim()) return [problem(place, '没有写怎样算', '例如：数量 × 单价')]
  const found: FieldProblem[] = []
  if (required) found.push(problem(`fields.${field.id}.required`, '自动计算的栏不用填', '请去掉“必填”'))
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > MOST_DECIMALS)
    found.push(problem(`fields.${field.id}.decimals`, '小数位数不对', `请写 0 到 ${MOST_DECIMALS}`))
  try {
    const { numbers, dates } = slotsIn(parseFormula(formula))
    const above = d.fields.slice(0, at)
    const unknown = [
      ...numbers.filter((slot) => !addsUp(d, above, slot)),
      ...dates.filter((slot) => !comesOn(d, above, slot)),
    ]
    for (const slot of unknown)
      found.push(
        problem(
          place,
          `算式里的“${titleOf(d, slot)}”不能用`,
          '只能用排在前面的数字栏；天数用两个日期栏。没有的先加上，排在后面的移到前面',
        ),
      )
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    found.push(problem(place, error.message.replace(/。$/, ''), '请检查算式'))
  }
  return found
}

const addsUp = (d: LedgerDefinition, fields: LedgerField[], slot: string): boolean =>
  COMMON_NUMBERS.includes(slot)
    ? slot !== 'personTimes' || d.personTimes !== undefined
    : fields.some((f) => f.id === slot && isNumber(f))

const comesOn = (d: LedgerDefinition, fields: LedgerField[], slot: string): boolean =>
  COMMON_DATES.includes(slot)
    ? slot !== 'dayTo' || d.day.span === true
    : fields.some((f) => (isDate(f) && f.id === slot) || isStateOf(f, slot))

/** `state.granted`: the day of one of its states. */
const isStateOf = (field: LedgerField, slot: string): boolean =>
  isStaged(field) && (field.options ?? []).some((o) => slot === `${field.id}.${o.value}`)

function ruleFaults(d: LedgerDefinition, rule: LedgerRule, at: string): FieldProblem[] {
  if (rule.kind === 'photo')
    return d.photos ? [] : [problem(at, '要有照片，台账却不收照片', '请打开“收照片”，或去掉这条规则')]
  if (rule.kind === 'named') {
    if (!Number.isInteger(rule.least) || rule.least < 1)
      return [problem(at, '至少几人没有写对', '请写 1 或更大的整数')]
    return d.roles.length > 0 ? [] : [problem(at, '要有名单，台账却不登记人员', '请先加一种人员')]
  }
  const fits = rule.kind === 'notBefore' ? comesOn : addsUp
  const wrong = [rule.field, rule.other].filter((slot) => !fits(d, d.fields, slot))
  if (wrong.length > 0)
    return [
      problem(
        at,
        `规则里的“${titleOf(d, wrong[0] ?? '')}”不能比较`,
        rule.kind === 'notBefore' ? '请选两个日期栏' : '请选两个数字栏',
      ),
    ]
  return rule.field === rule.other ? [problem(at, '规则拿同一栏和自己比', '请选两个不同的栏')] : []
}
