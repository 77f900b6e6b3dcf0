/** The rules that a ledger declares over a whole record, and what its formulas make of it. Pure, browser-safe. */
import type { FieldProblem } from '../../../kernel/errors.ts'
import { daysBetween } from '../../../kernel/period.ts'
import type { LedgerDefinition, LedgerField, LedgerRule } from './definition.ts'
import { optionTitle } from './fields/choice.ts'
import type { Reached } from './fields/course.ts'
import type { FieldValue } from './fields/kit.ts'
import { isAsked, isNumber } from './fields/types.ts'
import { calculate, parseFormula } from './formula.ts'

/** A record as far as rules and formulas look at it. */
export interface Stated {
  day: string
  dayTo: string | null
  personTimes: number | null
  /** How many are named. */
  named: number
  /** Rules look at these, formulas do not. */
  stages?: Reached[]
  fields: Record<string, FieldValue>
}

const DECIMALS = 2
const MOST_DECIMALS = 9

/** The fields with those that are worked out; one whose operands are missing stays empty. */
export function withCalculated(definition: LedgerDefinition, stated: Stated): Record<string, FieldValue> {
  const fields = { ...stated.fields }
  for (const { id, formula, decimals } of definition.fields) {
    if (!formula) continue
    const value = calculate(
      parseFormula(formula),
      (slot) => valueAt({ ...stated, fields }, slot),
      decimals ?? DECIMALS,
    )
    if (value === null) delete fields[id]
    else fields[id] = value
  }
  return fields
}

/** Common columns that rules and formulas may name. */
export const COMMON_DATES = ['day', 'dayTo']
export const COMMON_NUMBERS = ['personTimes', 'people']

function valueAt(stated: Stated, slot: string): unknown {
  if (slot === 'day') return stated.day
  if (slot === 'dayTo') return stated.dayTo ?? undefined
  if (slot === 'personTimes') return stated.personTimes ?? undefined
  if (slot === 'people') return stated.named
  const [field, state] = slot.split('.')
  if (state) {
    const reached = stated.stages?.find((s) => s.field === field && s.state === state)
    // Of a month nobody can say that it lies before a day.
    return reached?.dayPrecision === 'day' ? (reached.onDay ?? undefined) : undefined
  }
  return stated.fields[slot]
}

/**
 * What a record breaks of its ledger's rules; whether there is a photo is for those to ask who can see. `before`: of a
 * correction, the record as it was. What was broken then, and is not touched, does not stop it.
 */
export function ruleProblems(definition: LedgerDefinition, stated: Stated, before?: Stated): FieldProblem[] {
  const found = (rules: LedgerRule[]) =>
    rules.flatMap((rule) => {
      const problem = broken(definition, rule, stated)
      return !problem || (before && untouched(rule, before, stated)) ? [] : problem
    })
  const { rules = [] } = definition
  const problems = found(rules)
  // What follows from others is worth a word only where those found nothing: a side between them is not stated.
  return problems.length > 0 ? problems : found(following(rules))
}

type Order = Extract<LedgerRule, { kind: 'atMost' | 'notBefore' }>

const ordering = (rule: LedgerRule): rule is Order =>
  rule.kind === 'notBefore' || (rule.kind === 'atMost' && rule.times === undefined && !rule.perDay)

/** Valid ≤ returned and returned ≤ issued: valid ≤ issued, also where nobody stated how many were returned. */
export function following(rules: LedgerRule[]): Order[] {
  const orders = rules.filter(ordering)
  const [all, derived] = [[...orders], [] as Order[]]
  const known = (rule: Order) =>
    all.some((one) => one.kind === rule.kind && one.field === rule.field && one.other === rule.other)
  for (const first of all)
    for (const second of orders) {
      if (first.kind !== second.kind || first.other !== second.field || first.field === second.other) continue
      const rule = { kind: first.kind, field: first.field, other: second.other }
      if (known(rule)) continue
      all.push(rule)
      derived.push(rule)
    }
  return derived
}

const untouched = (rule: LedgerRule, before: Stated, after: Stated): boolean =>
  slotsOf(rule).every((slot) => valueAt(before, slot) === valueAt(after, slot))

function slotsOf(rule: LedgerRule): string[] {
  if (rule.kind === 'named') return ['people']
  if (rule.kind === 'photo') return []
  return rule.kind === 'atMost' && rule.perDay
    ? [rule.field, rule.other, 'day', 'dayTo']
    : [rule.field, rule.other]
}

function broken(definition: LedgerDefinition, rule: LedgerRule, stated: Stated): FieldProblem | null {
  if (rule.kind === 'photo') return null
  if (rule.kind === 'named') {
    if (stated.named >= rule.least) return null
    return {
      field: 'participants',
      reason: `名单里只有 ${stated.named} 人，至少要 ${rule.least} 人`,
      remedy: '请补上名单',
    }
  }
  const [first, second] = [valueAt(stated, rule.field), valueAt(stated, rule.other)]
  if (first === undefined || second === undefined) return null
  const [a, b] = [titleOf(definition, rule.field), titleOf(definition, rule.other)]
  if (rule.kind === 'notBefore')
    return String(first) >= String(second)
      ? null
      : {
          field: rule.field,
          reason: `“${a}”（${first}）早于“${b}”（${second}）`,
          remedy: '请核对两个日期，对调或改正',
        }
  return tooMuch(rule, { first: Number(first), second: Number(second), stated }, [a, b])
}

interface Compared {
  first: number
  second: number
  stated: Stated
}

function tooMuch(
  { field, times = 1, perDay }: Extract<LedgerRule, { kind: 'atMost' }>,
  { first, second, stated }: Compared,
  [a, b]: [string, string],
): FieldProblem | null {
  const days = perDay ? daysBetween(stated.day, stated.dayTo ?? stated.day) + 1 : 1
  // Of decimals, not of their binary neighbours: 0.7 × 3 is 2.1.
  const most = Number((second * times * days).toFixed(MOST_DECIMALS))
  if (first <= most) return null
  const factors = [times === 1 ? '' : ` × ${times}`, days === 1 ? '' : ` × ${days}天`].join('')
  const bound = factors ? `“${b}”${factors}（${second}${factors} = ${most}）` : `“${b}”（${second}）`
  return { field, reason: `“${a}”（${first}）多于${bound}`, remedy: '请核对后再保存' }
}

/** What the office calls a field or a common column. */
export function titleOf(definition: LedgerDefinition, slot: string): string {
  if (slot === 'day') return definition.day.label
  if (slot === 'title') return definition.name.label
  if (slot === 'personTimes') return definition.personTimes?.label ?? '人次'
  const [id, state] = slot.split('.')
  const field = definition.fields.find((f) => f.id === id)
  if (field && state) return `${optionTitle(field, state)}的日期`
  return field?.title ?? COMMON_TITLES[slot] ?? slot
}

const COMMON_TITLES: Record<string, string> = {
  dayTo: '结束日期',
  people: '名单人数',
  org: '组织',
  hosts: '联合组织',
  count: '条数',
  period: '时段',
}

/** Do the field's numbers make sense when added up? What is worked out by a division is a rate. */
export const isAdditive = (field: LedgerField): boolean =>
  isNumber(field) && !/[÷/]/.test(field.formula ?? '')

/** Must a record entered by hand have a photo? */
export const wantsPhoto = (definition: LedgerDefinition): boolean =>
  definition.rules?.some((rule) => rule.kind === 'photo') ?? false

/** What a form asks for: nothing that is worked out or retired. */
export const askedFields = (definition: LedgerDefinition): LedgerField[] => definition.fields.filter(isAsked)
