/** Organisations told apart within one reading: siblings, subordinates, those two levels below. */
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { Frame } from '../../../kernel/measures.ts'
import { afterSubtree } from '../../../kernel/scope.ts'
import { orgAt } from '../../structure/organisations/queries.ts'
import { scopeAt, scopedCounty } from '../../structure/organisations/rules.ts'

export interface Unit {
  id: string
  code: string
  countyId: string
  level: string | null
  name: string
  type: string
  sector: string
  parentId: string
}

interface Stood {
  orgId: string
  path: string
  validTo: string
}

/** The superior of all units, the units, and everywhere that they stood in the period. */
export interface Units {
  top: { id: string; code: string; countyId: string | null }
  topStood: Stood[]
  list: Unit[]
  stood: Stood[]
}

export interface Window {
  from: string
  asOf: string
}

/** Those in force at the end of the window directly under some organisations, by code. */
export async function unitsUnder(ctx: Context, parents: string[], asOf: string): Promise<Unit[]> {
  if (parents.length === 0) return []
  const { rows } = await sql<Unit>`
    select o.id, o.code, o.county_id, s.level, s.name, s.type, s.sector, s.parent_id
    from org_span s join org o on o.id = s.org_id
    where s.parent_id = any(${parents}::uuid[]) and s.type not in ('pioneersCommittee', 'group')
      and s.valid_from <= ${asOf}::timestamp and s.valid_to > ${asOf}::timestamp
    order by o.code`.execute(ctx.db)
  return rows
}

/** Asks for no right: the caller answers for what is shown of them. */
export async function unitsIn(
  ctx: Context,
  topId: string,
  list: Unit[],
  { from, asOf }: Window,
): Promise<Units | null> {
  const top = await orgAt(ctx.db, topId, asOf)
  if (!top) return null
  const { rows } = await sql<Stood>`
    select org_id, path, valid_to::text as valid_to from org_span
    where org_id = any(${[topId, ...list.map((u) => u.id)]}::uuid[])
      and valid_from <= ${asOf}::timestamp and valid_to > ${from}::timestamp`.execute(ctx.db)
  return {
    top: { id: top.id, code: top.code, countyId: scopedCounty(top) },
    topStood: rows.filter((r) => r.orgId === topId),
    list,
    stood: rows.filter((r) => r.orgId !== topId),
  }
}

const since = (stood: Stood[], start: string) => stood.filter((s) => s.validTo > start)

/** Where a frame of events begins to look is its first moment; of a state, its last. */
export const startOf = (timing: 'flow' | 'stock', frame: Pick<Frame, 'from' | 'asOf'>): string =>
  timing === 'flow' ? frame.from : frame.asOf

/** The same days, looked at over all units. */
export function frameOver(units: Units, days: Frame, timing: 'flow' | 'stock'): Frame {
  const start = startOf(timing, days)
  const tops = since(units.topStood, start).map((s) => s.path)
  const elsewhere = since(units.stood, start).filter((s) => !tops.some((top) => s.path.startsWith(top)))
  return {
    ...days,
    org: units.top,
    scopes: [...tops, ...elsewhere.map((s) => s.path)].map((path) => ({
      countyId: units.top.countyId,
      path,
      whole: units.top.id === units.top.countyId,
    })),
    depth: 'all',
  }
}

/** One unit alone, as a question about it would look at it. */
export function frameOfUnit(units: Units, unit: Unit, days: Frame, timing: 'flow' | 'stock'): Frame {
  const own = since(units.stood, startOf(timing, days)).filter((s) => s.orgId === unit.id)
  const { id, code } = unit
  const countyId = scopedCounty(unit)
  return {
    ...days,
    org: { id, code, countyId },
    scopes: own.map(({ path }) => scopeAt(unit, path)),
    depth: 'all',
  }
}

/**
 * Which unit a path belongs to: its code, or null. Below the top the code is a part of the path at the unit's level;
 * only where a unit stood elsewhere is its whole path looked for.
 */
export function codeOfUnit(units: Units, frame: Frame, timing: 'flow' | 'stock') {
  const start = startOf(timing, frame)
  const tops = since(units.topStood, start).map((s) => s.path)
  const level = new Map(units.list.map((u) => [u.id, u.parentId === units.top.id ? 1 : 2]))
  const regular = (s: Stood) =>
    tops.some(
      (t) => s.path.startsWith(t) && s.path.slice(t.length).split('/').length - 1 === level.get(s.orgId),
    )
  const odd = since(units.stood, start).filter((s) => !regular(s))
  const codes = new Map(units.list.map((u) => [u.id, u.code]))
  const direct = units.list.filter((u) => level.get(u.id) === 1).map((u) => u.code)
  const deeper = direct.length < units.list.length
  return (path: RawBuilder<unknown>): RawBuilder<string | null> => {
    const moved = odd.map((s) => sql`when ${under(path, s.path)} then ${codes.get(s.orgId) ?? ''}`)
    const usual = tops.map((top) => {
      const part = (n: number) => sql`split_part(substr(${path}, ${top.length + 1}), '/', ${sql.lit(n)})`
      const code = deeper
        ? sql`case when ${part(1)} = any(${direct}::text[]) then ${part(1)} else ${part(2)} end`
        : part(1)
      return sql`when ${under(path, top)} then ${code}`
    })
    const cases = [...moved, ...usual]
    return cases.length === 0 ? sql<null>`null` : sql<string>`case ${sql.join(cases, sql` `)} end`
  }
}

const under = (path: RawBuilder<unknown>, top: string) =>
  sql`${path} >= ${top} and ${path} < ${afterSubtree(top)}`

/** Siblings of an organisation: under the same superior, of the same type, without itself. */
export async function siblingsOf(
  ctx: Context,
  org: { id: string; type: string; parentId: string | null },
  window: Window,
): Promise<Units | null> {
  if (!org.parentId) return null
  const all = await unitsUnder(ctx, [org.parentId], window.asOf)
  return unitsIn(
    ctx,
    org.parentId,
    all.filter((u) => u.type === org.type && u.id !== org.id),
    window,
  )
}
