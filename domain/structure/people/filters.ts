/** The filters that all lists of people share, and the order in which they are shown. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { named } from '../../../kernel/pinyin.ts'
import type { Scope } from '../../../kernel/scope.ts'
import type { Org } from '../organisations/queries.ts'
import { scopeAt } from '../organisations/rules.ts'
import {
  ageAt,
  column,
  hasTrait,
  inParty,
  isMinority,
  politicsAt,
  type Seen,
  traitAt,
} from './expressions.ts'

type YesNo = 'yes' | 'no' | undefined

export interface PersonFilter {
  q?: string | undefined
  sex?: string | undefined
  ethnicity?: string | undefined
  minority?: YesNo
  ageFrom?: number | undefined
  ageTo?: number | undefined
  education?: string | undefined
  politics?: string | undefined
  partyMember?: YesNo
  mobile?: YesNo
  graduateVillageOfficial?: YesNo
  identityState?: string | undefined
}

/** The subtree of an organisation as rows of facts know it. */
export const scopeOf = (org: Org): Scope => scopeAt(org, org.path)

export function isOneOf(expression: RawBuilder<unknown>, list: string): RawBuilder<SqlBool> {
  const values = list.split(',').map((one) => one.trim())
  const known = sql<SqlBool>`${expression} = any(${values.filter((v) => v !== '空')}::text[])`
  return values.includes('空') ? sql<SqlBool>`(${known} or ${expression} is null)` : known
}

export const yesOrNo = (expression: RawBuilder<unknown>, wanted: 'yes' | 'no'): RawBuilder<SqlBool> =>
  wanted === 'yes' ? sql<SqlBool>`(${expression}) is true` : sql<SqlBool>`(${expression}) is not true`

/** Several values of one filter are separated by commas; 空 stands for "not stated". */
export function personConditions(filter: PersonFilter, seen: Seen): RawBuilder<SqlBool>[] {
  const found: RawBuilder<SqlBool>[] = []
  const choices: [string | undefined, () => RawBuilder<unknown>][] = [
    [filter.sex, () => column(seen, 'sex')],
    [filter.ethnicity, () => column(seen, 'ethnicity')],
    [filter.education, () => traitAt(seen, 'education')],
    [filter.politics, () => politicsAt(seen)],
    [filter.identityState, () => column(seen, 'identity_state')],
  ]
  for (const [list, expression] of choices) if (list) found.push(isOneOf(expression(), list))
  const flags: [YesNo, () => RawBuilder<unknown>][] = [
    [filter.minority, () => isMinority(seen)],
    [filter.partyMember, () => inParty(seen)],
    [filter.mobile, () => hasTrait(seen, 'mobile')],
    [filter.graduateVillageOfficial, () => hasTrait(seen, 'graduateVillageOfficial')],
  ]
  for (const [wanted, expression] of flags) if (wanted) found.push(yesOrNo(expression(), wanted))
  if (filter.ageFrom !== undefined) found.push(sql<SqlBool>`${ageAt(seen)} >= ${filter.ageFrom}`)
  if (filter.ageTo !== undefined) found.push(sql<SqlBool>`${ageAt(seen)} <= ${filter.ageTo}`)
  const q = filter.q?.trim()
  if (q) found.push(named(q, { name: `${seen.alias}.name`, key: `${seen.alias}.name_key` }))
  return found
}

/** '-' turns the order round; people without the date come last. */
export function personOrder(sort: string, seen: Seen): RawBuilder<unknown> {
  const key = sort.replace('-', '')
  const direction = sort.startsWith('-') ? sql`desc` : sql`asc`
  const named = sql`${column(seen, 'name_key')}, ${column(seen, 'name')}, ${column(seen, 'id')}`
  if (key === 'birth') return sql`${column(seen, 'birth_date')} ${direction} nulls last, ${named}`
  if (key === 'joined') return sql`${column(seen, 'joined_league_on')} ${direction} nulls last, ${named}`
  return sql`${column(seen, 'name_key')} ${direction}, ${column(seen, 'name')}, ${column(seen, 'id')}`
}
