/**
 * Filters as people and programs write them: `value`, `a,b`, `a..b`, `!x`, `~part`, `*` (stated) and `空` (not stated).
 * Values of a choice may be given by code or by the office's words.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { invalid } from './errors.ts'
import type { Dimension, Frame } from './measures.ts'
import { isDay } from './period.ts'

const YES = new Set(['是', '有', 'yes', 'true', '1', '√'])
const NO = new Set(['否', '无', 'no', 'false', '0', '×'])

export function condition(
  key: string,
  dimension: Dimension,
  text: string,
  frame: Frame,
): RawBuilder<SqlBool> {
  const expression = dimension.sql(frame)
  if (text === '*') return sql<SqlBool>`(${expression}) is not null`
  if (text.startsWith('!'))
    return sql<SqlBool>`(${condition(key, dimension, text.slice(1), frame)}) is not true`
  if (text === '空') return sql<SqlBool>`(${expression}) is null`
  if (dimension.type === 'yesNo') return yesNo(key, dimension, text, expression)
  if (text.startsWith('~')) return holdingPart(dimension.words?.(frame) ?? expression, text.slice(1))
  if (dimension.type === 'number' || dimension.type === 'date')
    return ranged(key, dimension, text, expression)
  const values = text.split(/[,，]/).map((one) => known(key, dimension, one.trim()))
  if (dimension.holds) return dimension.holds(values)
  return sql<SqlBool>`(${expression})::text in (${sql.join(values)})`
}

const holdingPart = (words: RawBuilder<unknown>, part: string) =>
  sql<SqlBool>`position(${part} in (${words})::text) > 0`

function yesNo(
  key: string,
  dimension: Dimension,
  text: string,
  expression: RawBuilder<unknown>,
): RawBuilder<SqlBool> {
  const word = text.toLowerCase()
  const known = dimension.blank === 'unknown'
  if (YES.has(word)) return known ? sql<SqlBool>`(${expression})` : sql<SqlBool>`(${expression}) is true`
  if (NO.has(word))
    return known ? sql<SqlBool>`not (${expression})` : sql<SqlBool>`(${expression}) is not true`
  throw badValue(key, dimension, text, '请写“是”或“否”')
}

function known(key: string, dimension: Dimension, text: string): string {
  if (!dimension.options) return text
  const found =
    dimension.options.find((o) => o.value === text || o.title === text) ??
    dimension.options.find((o) => o.synonyms?.includes(text))
  if (found) return found.value
  throw badValue(key, dimension, text, `可用的值：${dimension.options.map((o) => o.title).join('、')}`)
}

function ranged(
  key: string,
  dimension: Dimension,
  text: string,
  expression: RawBuilder<unknown>,
): RawBuilder<SqlBool> {
  const cast = (raw: string) => typed(key, dimension, raw)
  if (!text.includes('..'))
    return sql<SqlBool>`(${expression}) in (${sql.join(text.split(/[,，]/).map(cast))})`
  const [low = '', high = ''] = text.split('..')
  const ends = [
    low && sql`(${expression}) >= ${cast(low)}`,
    high && sql`(${expression}) <= ${cast(high)}`,
  ].filter((e) => e !== '')
  return ends.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join(ends, sql` and `)})`
}

function typed(key: string, dimension: Dimension, raw: string): RawBuilder<unknown> {
  const text = raw.trim()
  if (dimension.type === 'number') {
    if (!/^-?\d+(\.\d+)?$/.test(text)) throw badValue(key, dimension, raw, '请写数字，或用 18..28 表示范围')
    return sql`${text}::numeric`
  }
  if (!isDay(text))
    throw badValue(key, dimension, raw, '请写日期，如 2024-03-12，或用 2024-03-01..2024-03-31 表示范围')
  return sql`${text}::date`
}

const badValue = (key: string, dimension: Dimension, text: string, remedy: string) =>
  invalid('badFilter', `筛选“${dimension.title}”不能是“${text}”。${remedy}。`, [
    { field: key, reason: `不认识“${text}”`, remedy },
  ])

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** In words, for the question's sentence: 学历：大专; 年龄：14 至 28; 姓名：含“李”. An id says nothing to a reader. */
export function inWords(dimension: Dimension, text: string): string {
  const negated = text.startsWith('!')
  const plain = negated ? text.slice(1) : text
  if (plain.split(',').every((one) => ID.test(one)))
    return `${negated ? '除指定的' : '指定的'}${dimension.title}${negated ? '外' : ''}`
  const words = valueInWords(dimension, plain)
  return `${dimension.title}：${negated ? '非' : ''}${words}`
}

function valueInWords(dimension: Dimension, text: string): string {
  if (text === '*') return '已填写'
  if (text === '空') return '未填写'
  if (dimension.type === 'yesNo') return YES.has(text.toLowerCase()) ? '是' : '否'
  if (text.startsWith('~')) return `含“${text.slice(1)}”`
  if ((dimension.type === 'number' || dimension.type === 'date') && text.includes('..'))
    return rangeInWords(text, dimension.type === 'date')
  const title = (one: string) =>
    dimension.options?.find((o) => o.value === one || o.synonyms?.includes(one))?.title ?? one
  return text.split(/[,，]/).map(title).join('、')
}

function rangeInWords(text: string, ofDays: boolean): string {
  const [low = '', high = ''] = text.split('..')
  if (low && high) return `${low} 至 ${high}`
  if (low) return `${low} ${ofDays ? '起' : '及以上'}`
  return high ? `${high} ${ofDays ? '止' : '及以下'}` : '不限'
}
