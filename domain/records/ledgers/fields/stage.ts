/**
 * A state with its course: which states it went through, each once, and on which day, as far as that is known. Kept as
 * written; `course.ts` says what follows from it.
 */
import type { LedgerField } from '../definition.ts'
import { checkOption, optionTitle, TWO } from './choice.ts'
import { date } from './date.ts'
import { type Checked, type FieldKit, fault, type Stage } from './kit.ts'

/** A day, or the month or year where no more is known. */
const DAY = /\d{4}(?:-\d{2}(?:-\d{2})?)?$/
const PRECISIONS = { 10: 'day', 7: 'month', 4: 'year' } as const

const isStage = (one: unknown): one is { state: unknown; on?: unknown } =>
  typeof one === 'object' && one !== null && 'state' in one

/** 已发放 2024-06-12; a state alone. */
function readStage(text: string): { state: string; on?: string } {
  const on = DAY.exec(text)?.[0]
  return on === undefined ? { state: text } : { state: text.slice(0, -on.length).trim(), on }
}

function checkStage(field: LedgerField, given: unknown): { stage: Stage } | { fault: Checked } {
  const { state, on } = isStage(given) ? given : readStage(String(given).trim())
  const found = checkOption(field, state)
  if (!('value' in found)) return { fault: found }
  if (on === undefined || on === null || on === '') return { stage: { state: String(found.value) } }
  const text = String(on)
  const precision = PRECISIONS[text.length as keyof typeof PRECISIONS] ?? 'day'
  const day = date.check({ ...field, precision }, text)
  if (!('value' in day)) return { fault: day }
  return { stage: { state: String(found.value), on: text } }
}

/** In the order of their days; one without stands before whatever follows it among the options. */
export function inOrder(field: LedgerField, stages: Stage[]): Stage[] {
  const place = ({ state }: Stage) => (field.options ?? []).findIndex((o) => o.value === state)
  const order = stages
    .filter((s) => s.on !== undefined)
    .sort((a, b) => (a.on === b.on ? place(a) - place(b) : String(a.on) < String(b.on) ? -1 : 1))
  for (const one of stages.filter((s) => s.on === undefined).sort((a, b) => place(a) - place(b))) {
    const at = order.findIndex((s) => place(s) > place(one))
    order.splice(at < 0 ? order.length : at, 0, one)
  }
  return order
}

const listOf = (given: unknown): unknown[] =>
  Array.isArray(given) ? given : typeof given === 'object' ? [given] : String(given).split(/[；;、]/)

function check(field: LedgerField, given: unknown): Checked {
  const stages: Stage[] = []
  for (const one of listOf(given).filter((item) => item !== null && item !== '')) {
    const checked = checkStage(field, one)
    if ('fault' in checked) return checked.fault
    if (stages.some((s) => s.state === checked.stage.state))
      return fault(
        `里“${optionTitle(field, checked.stage.state)}”写了两次`,
        '每个状态只写一次，又来一次的请另记一条',
      )
    stages.push(checked.stage)
  }
  return { value: stages.length > 0 ? inOrder(field, stages) : null }
}

export const stagesIn = (value: unknown): Stage[] =>
  Array.isArray(value) ? (value.filter(isStage) as Stage[]) : []

const words = (field: LedgerField, { state, on }: Stage): string =>
  [optionTitle(field, state), on].filter(Boolean).join(' ')

/**
 * A state alone, said of a record that has a course, is its next step, and so is `{ next: [...] }` of a bulk change; a
 * list is the whole course.
 */
export function laidOver(before: unknown, given: unknown): unknown {
  const steps = typeof given === 'string' && given.trim() !== '' ? [given] : nextIn(given)
  if (!steps) return given
  const again = new Set(steps.map((one) => (isStage(one) ? one.state : one)))
  return [...stagesIn(before).filter((s) => !again.has(s.state)), ...steps]
}

const nextIn = (given: unknown): unknown[] | undefined =>
  typeof given === 'object' && given !== null && 'next' in given && Array.isArray(given.next)
    ? given.next
    : undefined

/** What the columns of a sheet say together: the state, and the days of states that have a column of their own. */
export function fromCells(field: LedgerField, stated: unknown, dayIn: (column: string) => unknown): unknown {
  const named = listOf(stated ?? '').flatMap((one) => {
    if (one === '') return []
    const checked = checkStage(field, one)
    return 'stage' in checked ? [checked.stage] : null
  })
  // What nobody can read goes on as it is, to be refused in words.
  if (named.includes(null)) return stated
  const stages = named as Stage[]
  for (const { id, of } of field.days ?? []) {
    const on = dayIn(id)
    if (typeof on !== 'string' || on === '') continue
    const own = stages.find((s) => of.includes(s.state))
    if (own) own.on ??= on
    else stages.push({ state: of[0] ?? '', on })
  }
  return stages.length > 0 ? stages : stated
}

export const stage: FieldKit = {
  title: '办理状态',
  holds: 'stages',
  widget: 'stages',
  check,
  many: true,
  show: (field, value) =>
    stagesIn(value)
      .map((one) => words(field, one))
      .join('；'),
  brief: (field, value) =>
    stagesIn(value)
      .slice(-1)
      .map((one) => words(field, one))
      .join(''),
  say: (field, value) =>
    stagesIn(value)
      .slice(-1)
      .map((one) => optionTitle(field, one.state))
      .join(''),
  sheet: { kind: 'choice', course: true },
  begins: { options: TWO },
  usual: true,
}
