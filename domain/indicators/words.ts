/** How an answer is shown where nobody has chosen a wording: exact, with its unit; what is missing is a dash. */
import { ratio } from '../../kernel/decimal.ts'
import type { Dimension, Measure } from '../../kernel/measures.ts'
import type { DatePrecision } from '../../kernel/period.ts'
import { type Wording, word } from './wording.ts'

export type FigureValue = number | string | null

export interface Said {
  value: FigureValue
  measure: Pick<Measure, 'unit' | 'kind' | 'valueType'>
  /** Numerator and denominator of a share. */
  fraction?: [number, number] | undefined
  percent?: 'cut' | 'round' | undefined
  partial?: boolean
}

export function sayValue(
  { value, measure, fraction, percent, partial }: Said,
  wording: Wording = {},
): string {
  const { unit, valueType, kind } = measure
  const [numerator, denominator] = fraction ?? [value, 1]
  const quotient =
    value !== null && (fraction || isQuotient({ kind, valueType }, value))
      ? { numerator: numerator ?? 0, denominator }
      : undefined
  const bound = partial ? 'atLeast' : undefined
  return word(
    { value, unit, valueType, fraction: quotient, precision: precisionOf(value, valueType) },
    { percent, bound, ...wording },
  )
}

/** An average, or by how much two of them differ: no number of its own to so many decimals. */
export const isQuotient = (
  { kind, valueType }: Pick<Measure, 'kind' | 'valueType'>,
  value: FigureValue,
): boolean =>
  kind === 'average' ||
  (kind === 'difference' && valueType !== 'money' && typeof value === 'number' && !Number.isInteger(value))

/** A date is stated as far as it is known: 2024-03 is a month. */
export function precisionOf(value: FigureValue, valueType: Measure['valueType']): DatePrecision | undefined {
  if (valueType !== 'date') return undefined
  const length = String(value).length
  return length === 4 ? 'year' : length === 7 ? 'month' : 'day'
}

/** A ratio to twelve decimals, in its unit: 20.512820512821 of 8/39 in '%'. The exact fraction stands beside it. */
export const shareOf = (numerator: number, denominator: number, unit: string): number =>
  Number(ratio(unit === '%' ? numerator * 100 : numerator, denominator, 12, 'round'))

/** The value of a dimension as people read it. */
export function titleOf(dimension: Dimension, key: string | null): string {
  if (key === null) return '未填写'
  if (dimension.type === 'yesNo') return key === 'true' ? '是' : '否'
  return dimension.options?.find((o) => o.value === key)?.title ?? key
}
