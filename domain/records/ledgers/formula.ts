/**
 * Formulas of calculated fields: `{price} × {amount} − 5`, `({a} + {b}) ÷ 2`, `days({start}, {end})`, `months(…)`. Slots are ids of
 * fields or common columns; * / - are read as × ÷ −. Exact decimals; a missing operand or a division by 0 gives
 * nothing. Browser-safe.
 */
import { compare, multiply, ratio, subtract, sum, toDecimals } from '../../../kernel/decimal.ts'
import { invalid } from '../../../kernel/errors.ts'
import { isDay } from '../../../kernel/period.ts'

export type Formula =
  | { number: string }
  | { slot: string }
  | { days: [string, string] }
  | { months: [string, string] }
  | { sign: '+' | '−' | '×' | '÷'; left: Formula; right: Formula }

const LONGEST = 400
const DEEPEST = 50
/** Digits kept between the steps of a division. */
const WORKING_DECIMALS = 20
const LARGEST = '10000000000000'
const PLAIN: Record<string, string> = {
  '-': '−',
  '–': '−',
  '*': '×',
  '/': '÷',
  '（': '(',
  '）': ')',
  '，': ',',
  相差天数: 'days',
  相差月数: 'months',
}
const TOKENS =
  /\s*(\d+(?:\.\d+)?|\{[A-Za-z][A-Za-z0-9]*\}|days|相差天数|months|相差月数|[-+−–×*÷/()（）,，])/y

/** @throws invalid `formula` saying what cannot be read. */
export function parseFormula(text: string): Formula {
  if (text.length > LONGEST) throw unreadable(text.slice(0, 30), `超过 ${LONGEST} 个字`)
  const tokens = tokensOf(text)
  const reader = { tokens, at: 0, text, depth: 0 }
  const found = sumOf(reader)
  if (reader.at < tokens.length) throw unreadable(text, `“${tokens[reader.at]}”的位置不对`)
  return found
}

const unreadable = (text: string, why: string) =>
  invalid('formula', `算式“${text}”读不懂：${why}。请写成“数量 × 单价”的样子，栏目用按钮插入。`)

function tokensOf(text: string): string[] {
  const found: string[] = []
  const whole = text.trimEnd()
  TOKENS.lastIndex = 0
  while (TOKENS.lastIndex < whole.length) {
    const from = TOKENS.lastIndex
    const [, token = ''] = TOKENS.exec(whole) ?? []
    if (!token) throw unreadable(text, `不认识“${whole.slice(from).trim().slice(0, 10)}”`)
    found.push(PLAIN[token] ?? token)
  }
  if (found.length === 0) throw unreadable(text, '没有内容')
  return found
}

interface Reader {
  tokens: string[]
  at: number
  text: string
  depth: number
}

function sumOf(reader: Reader): Formula {
  let left = productOf(reader)
  for (;;) {
    const sign = reader.tokens[reader.at]
    if (sign !== '+' && sign !== '−') return left
    reader.at += 1
    left = { sign, left, right: productOf(reader) }
  }
}

function productOf(reader: Reader): Formula {
  let left = factorOf(reader)
  for (;;) {
    const sign = reader.tokens[reader.at]
    if (sign !== '×' && sign !== '÷') return left
    reader.at += 1
    left = { sign, left, right: factorOf(reader) }
  }
}

function factorOf(reader: Reader): Formula {
  const token = reader.tokens[reader.at]
  reader.at += 1
  if (token === undefined) throw unreadable(reader.text, '没有写完')
  if (token.startsWith('{')) return { slot: token.slice(1, -1) }
  if (/^\d/.test(token)) return { number: token }
  if (token === 'days') return { days: datesOf(reader) }
  if (token === 'months') return { months: datesOf(reader) }
  reader.depth += 1
  if (reader.depth > DEEPEST) throw unreadable(reader.text, '括号套得太深')
  if (token === '−') return { sign: '−', left: { number: '0' }, right: factorOf(reader) }
  if (token !== '(') throw unreadable(reader.text, `“${token}”的位置不对`)
  const inner = sumOf(reader)
  expect(reader, ')')
  return inner
}

function datesOf(reader: Reader): [string, string] {
  expect(reader, '(')
  const from = dateSlot(reader)
  expect(reader, ',')
  const to = dateSlot(reader)
  expect(reader, ')')
  return [from, to]
}

function dateSlot(reader: Reader): string {
  const token = reader.tokens[reader.at] ?? ''
  if (!token.startsWith('{')) throw unreadable(reader.text, '天数、月数要在两个日期栏之间算')
  reader.at += 1
  return token.slice(1, -1)
}

function expect(reader: Reader, wanted: string): void {
  if (reader.tokens[reader.at] !== wanted) throw unreadable(reader.text, `少了一个“${wanted}”`)
  reader.at += 1
}

/** Ids of what a formula looks at: numbers, and dates within days(…) and months(…). */
export function slotsIn(formula: Formula): { numbers: string[]; dates: string[] } {
  if ('slot' in formula) return { numbers: [formula.slot], dates: [] }
  if ('days' in formula) return { numbers: [], dates: formula.days }
  if ('months' in formula) return { numbers: [], dates: formula.months }
  if ('number' in formula) return { numbers: [], dates: [] }
  const [left, right] = [slotsIn(formula.left), slotsIn(formula.right)]
  return { numbers: [...left.numbers, ...right.numbers], dates: [...left.dates, ...right.dates] }
}

/** The same formula with every slot under another name; for copies and for what people read. */
export const withSlots = (text: string, name: (slot: string) => string): string =>
  text.replace(/\{([A-Za-z][A-Za-z0-9]*)\}/g, (_, slot: string) => name(slot))

type ValueAt = (slot: string) => unknown

/** Rounded to so many decimals; null when an operand is missing, a divisor is 0, or the number is beyond 10 万亿. */
export function calculate(formula: Formula, valueAt: ValueAt, decimals: number): number | null {
  const found = worthOf(formula, valueAt)
  if (found === null || compare(found, LARGEST) > 0 || compare(`-${LARGEST}`, found) > 0) return null
  return Number(toDecimals(found, decimals, 'round'))
}

function worthOf(formula: Formula, valueAt: ValueAt): string | null {
  if ('number' in formula) return formula.number
  if ('slot' in formula) return numberAt(valueAt(formula.slot))
  if ('days' in formula) return daysBetween(valueAt(formula.days[0]), valueAt(formula.days[1]))
  if ('months' in formula) return monthsBetween(valueAt(formula.months[0]), valueAt(formula.months[1]))
  const left = worthOf(formula.left, valueAt)
  const right = worthOf(formula.right, valueAt)
  if (left === null || right === null) return null
  if (formula.sign === '+') return sum([left, right])
  if (formula.sign === '−') return subtract(left, right)
  if (formula.sign === '×') return multiply(left, right)
  return compare(right, '0') === 0 ? null : ratio(left, right, WORKING_DECIMALS, 'round')
}

const numberAt = (value: unknown): string | null =>
  typeof value === 'number' && Number.isFinite(value) ? String(value) : null

const DAY_MS = 86_400_000

/** From the first to the second day, the first not counted: 0 on the same day, negative when turned round. */
function daysBetween(from: unknown, to: unknown): string | null {
  if (typeof from !== 'string' || typeof to !== 'string' || !isDay(from) || !isDay(to)) return null
  return String(Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS))
}

/** Whole months from the first to the second day: 5 from 30 October to 31 March; what is begun does not count. */
function monthsBetween(from: unknown, to: unknown): string | null {
  if (typeof from !== 'string' || typeof to !== 'string' || !isDay(from) || !isDay(to)) return null
  const [early, late] = [from, to].sort()
  const [start = 0, end = 0] = [early, late].map(
    (day = '') => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)),
  )
  const whole = end - start - (reachesDay(early, late) ? 0 : 1)
  return String(from <= to ? whole : -whole)
}

/** The last day of a month completes it, whatever its number. */
function reachesDay(early = '', late = ''): boolean {
  const nextDay = new Date(Date.parse(late) + DAY_MS).toISOString().slice(0, 10)
  return late.slice(8) >= early.slice(8) || nextDay.endsWith('-01')
}
