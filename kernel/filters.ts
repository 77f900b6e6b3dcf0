/**
 * Filters as people and programs write them: `value`, `a,b`, `a..b`, `!x`, `~part`, `*` (stated) and `空` (not stated).
 * Values of a choice may be given by code or by the office's words.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Context } from './context.ts'
import { invalid } from './errors.ts'
import { isId } from './id.ts'
import { type Dimension, type Frame, nounOf } from './measures.ts'
import { isDay } from './period.ts'
import { idOf } from './references.ts'

const YES = new Set(['是', '有', 'yes', 'true', '1', '√'])
const NO = new Set(['否', '无', 'no', 'false', '0', '×'])

/** The text of a filter in which every thing that it names is an id within the caller's reach. */
export type Meant = string & { readonly meant: unique symbol }
export type Filters = Record<string, Meant>

/**
 * Filters as somebody asks them, their things found within that caller's reach.
 * @throws what `dimensionFor` throws of a key that is none; invalid `badFilter`; notFound; conflict with the candidates
 */
export async function asked(
  ctx: Context,
  where: Record<string, string>,
  dimensionFor: (key: string) => Dimension,
): Promise<Filters> {
  const filters: [string, Meant][] = []
  for (const [key, text] of Object.entries(where))
    filters.push([key, await meant(ctx, key, dimensionFor(key), text)])
  return Object.fromEntries(filters)
}

async function meant(ctx: Context, key: string, dimension: Dimension, text: string): Promise<Meant> {
  const noun = nounOf(dimension)
  if (!noun || text === '*' || text === '空') return text as Meant
  if (text.startsWith('!')) return `!${await meant(ctx, key, dimension, text.slice(1))}` as Meant
  if (text.startsWith('~')) {
    if (dimension.words) return text as Meant
    throw badValue(key, dimension, text, '请写它的代码或全称，不能只写一部分')
  }
  const ids: string[] = []
  // What is written on paper is compared as words; an id, wherever it stands, is of something within reach.
  for (const one of valuesIn(text)) ids.push(dimension.words && !isId(one) ? one : await idOf(ctx, noun, one))
  return ids.join(',') as Meant
}

/** A filter of a declaration, which is the same for whoever asks: it names no thing of this or that place. */
export function fixed(key: string, dimension: Dimension, text: string): Meant {
  const plain = text.replace(/^!/, '')
  const names = plain !== '*' && plain !== '空' && (!dimension.words || valuesIn(plain).some(isId))
  if (nounOf(dimension) && names)
    throw badValue(key, dimension, text, '这一项要到查的时候才选，不能写在定义里')
  return text as Meant
}

const valuesIn = (text: string): string[] => text.split(/[,，]/).map((one) => one.trim())

export function condition(key: string, dimension: Dimension, text: Meant, frame: Frame): RawBuilder<SqlBool> {
  const expression = dimension.sql(frame)
  if (text === '*') return sql<SqlBool>`(${expression}) is not null`
  if (text.startsWith('!'))
    return sql<SqlBool>`(${condition(key, dimension, text.slice(1) as Meant, frame)}) is not true`
  if (text === '空') return sql<SqlBool>`(${expression}) is null`
  if (dimension.type === 'yesNo') return yesNo(key, dimension, text, expression)
  if (text.startsWith('~')) return holdingPart(dimension.words?.(frame) ?? expression, text.slice(1))
  if (dimension.type === 'number' || dimension.type === 'date')
    return ranged(key, dimension, text, expression)
  const values = valuesIn(text).map((one) => known(key, dimension, one))
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

/** In words, for the question's sentence: 学历：大专; 年龄：14 至 28; 姓名：含“李”. An id says nothing to a reader. */
export function inWords(dimension: Dimension, text: string): string {
  const negated = text.startsWith('!')
  const plain = negated ? text.slice(1) : text
  if (plain.split(',').every(isId))
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
