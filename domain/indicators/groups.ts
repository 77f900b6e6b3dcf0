/** The same question, answered for each child organisation or each value of a dimension. */
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../kernel/context.ts'
import { subtract, sum } from '../../kernel/decimal.ts'
import { type Catalogue, childOf, type Measure } from '../../kernel/measures.ts'
import { type Org, orgAt, treeAt } from '../structure/organisations/queries.ts'
import { dimensionOf } from './catalogue.ts'
import type { FigureGroup, FigureQuestion } from './contract.ts'
import type { Framed } from './frame.ts'
import {
  aggregate,
  partialOf,
  rowsOf,
  SEVERAL,
  type Selection,
  selectPart,
  titleOf,
  unitsOf,
} from './selection.ts'
import { type FigureValue, sayValue, shareOf } from './words.ts'

interface Asked {
  all: Catalogue
  question: FigureQuestion
  measure: Measure
  framed: Framed
  /** The figure of the whole, to tell by how much the groups overlap. */
  whole: FigureValue
}

interface Slot {
  value: string | null
  count: number
  partial: boolean
  units: string[] | null
}

export interface Grouped {
  groups: FigureGroup[]
  overlap: number
}

export async function groupsOf(ctx: Context, asked: Asked): Promise<Grouped> {
  const roles = asked.measure.parts?.map((p) => p.role) ?? ['rows']
  const selections = await Promise.all(roles.map((role) => selectPart(ctx, asked.all, asked.question, role)))
  const counted: Map<string | null, Slot>[] = []
  for (const s of selections) counted.push(await slots(ctx, s, asked.question.group ?? ''))
  const labels = await labelsOf(ctx, asked, selections[0], counted)
  const groups = labels.map(({ key, label, orgId, recorded }) => {
    const parts = counted.map((c) => c.get(key))
    const empty = recorded ? 0 : null
    const values = parts.map((p) => (p ? (p.value === null ? null : Number(p.value)) : empty))
    const fraction =
      asked.measure.kind === 'ratio' ? ([values[0] ?? 0, values[1] ?? 0] as [number, number]) : undefined
    const value = combine(asked.measure, values, parts[0]?.value ?? null)
    const partial = parts.some((p) => p?.partial)
    return {
      key: key ?? '',
      label,
      ...(orgId && { orgId }),
      value,
      display: sayValue({
        value,
        measure: { ...asked.measure, unit: parts[0]?.units?.[0] ?? asked.measure.unit },
        fraction,
        percent: asked.framed.percent,
        partial,
      }),
      count: parts.reduce((total, p) => total + (p?.count ?? 0), 0),
    }
  })
  return { groups, overlap: overlapOf(asked, counted[0]) }
}

function combine(measure: Measure, values: (number | null)[], text: string | null): FigureValue {
  const [first, second] = values
  if (measure.kind === 'only') return text === SEVERAL ? null : text
  if (!measure.parts) return first ?? null
  if (typeof first !== 'number' || typeof second !== 'number') return null
  if (measure.kind !== 'ratio') return first - second
  return second === 0 ? null : shareOf(first, second, measure.unit)
}

async function slots(ctx: Context, s: Selection, group: string): Promise<Map<string | null, Slot>> {
  const { key, join } =
    group === 'org' ? byChild(s) : { key: dimensionOf(s.source, group).sql(s.frame), join: sql`` }
  const { rows } = await sql<Slot & { key: string | null }>`
    select (${key})::text as key, ${aggregate(s)} as value, count(*) as count, ${partialOf(s)} as partial, ${unitsOf(s)} as units
    ${rowsOf(s, join)} group by 1 order by 1`.execute(ctx.db)
  return new Map(rows.map((r) => [r.key, r]))
}

const byChild = (s: Selection) => apart(s, (path) => childOf(s.frame, path))

/**
 * Rows told apart by what a path says. A row of several organisations stands with each of them, once; only such rows
 * are opened out, for they are few.
 */
export function apart(
  { source, frame }: Selection,
  keyOf: (path: RawBuilder<unknown>) => RawBuilder<string | null>,
): { key: RawBuilder<unknown>; join: RawBuilder<unknown> } {
  const own = keyOf(source.path)
  if (!source.joint) return { key: own, join: sql`` }
  const { rows, paths } = source.joint(frame)
  const inside = keyOf(sql`p`)
  const join = sql`left join lateral (select distinct ${inside} as child from unnest(${paths}) as p
    where ${rows} and ${inside} is not null) as branch on true`
  return { key: sql`coalesce(branch.child, ${own})`, join }
}

/** Children with any row of this kind, whatever the filter. */
const recordedBy = async (ctx: Context, s: Selection, counted: Map<string | null, Slot> | undefined) =>
  s.filtered ? slots(ctx, { ...s, conditions: [] }, 'org') : (counted ?? new Map<string | null, Slot>())

/** Of children without a row, those who have not declared "nothing this period" either: their figure is missing. */
async function undeclared(ctx: Context, { source, frame }: Selection, silent: Org[]): Promise<Set<string>> {
  const { nil } = source
  if (!nil || silent.length === 0) return new Set(silent.map((o) => o.code))
  const each = silent.map((o) => nil({ ...frame, scopes: [{ countyId: o.countyId, path: o.path }] }))
  const { rows } = await sql<{ declared: boolean[] }>`select array[${sql.join(each)}] as declared`.execute(
    ctx.db,
  )
  return new Set(silent.filter((_, i) => !rows[0]?.declared[i]).map((o) => o.code))
}

/** Organisations that stood here within the period and no longer do: moved, merged or closed since. */
async function goneBy(ctx: Context, codes: string[], asOf: string): Promise<Label[]> {
  if (codes.length === 0) return []
  const rows = await ctx.db
    .selectFrom('org')
    .select(['id', 'code', 'closedAt', 'successorId'])
    .where('code', 'in', codes)
    .execute()
  const labels: Label[] = []
  for (const { id, code, closedAt, successorId } of rows) {
    const name = (await orgAt(ctx.db, id, asOf))?.name ?? code
    const successor = successorId ? (await orgAt(ctx.db, successorId, asOf))?.name : null
    const since = successor ? `已并入${successor}` : closedAt <= asOf ? '已撤销' : '已划出'
    labels.push({ key: code, label: `${name}（${since}）`, orgId: id, recorded: true })
  }
  return labels.sort((a, b) => (a.key ?? '').localeCompare(b.key ?? ''))
}

interface Label {
  key: string | null
  label: string
  orgId?: string
  /** Holds at least one row of this kind, whatever the filter. */
  recorded: boolean
}

async function labelsOf(
  ctx: Context,
  asked: Asked,
  s: Selection | undefined,
  counted: Map<string | null, Slot>[],
): Promise<Label[]> {
  const keys = [...new Set(counted.flatMap((c) => [...c.keys()]))]
  if (!s || asked.question.group !== 'org') {
    const dimension = s && dimensionOf(s.source, asked.question.group ?? '')
    return keys.map((key) => ({
      key,
      label: dimension ? titleOf(dimension, key) : String(key),
      recorded: true,
    }))
  }
  const recorded = s.source.complete ? null : await recordedBy(ctx, s, counted[0])
  const children = (await treeAt(ctx, { root: asked.framed.org.id, asOf: s.frame.asOf })).filter(
    (o) => o.parentId === asked.framed.org.id,
  )
  const shown = children.filter((o) => o.type !== 'pioneersCommittee' || keys.includes(o.code))
  const silent = shown.filter((o) => recorded && !recorded.has(o.code))
  const missing = await undeclared(ctx, s, silent)
  const below = shown.map((o) => ({
    key: o.code,
    label: o.name,
    orgId: o.id,
    recorded: !missing.has(o.code),
  }))
  const moved = keys.filter(
    (key): key is string => key !== null && key !== '' && !children.some((o) => o.code === key),
  )
  const gone = await goneBy(ctx, moved, s.frame.asOf)
  const own = keys.includes('')
    ? [{ key: '', label: '本级', orgId: asked.framed.org.id, recorded: true }]
    : []
  return [...own, ...(asked.framed.frame.depth === 0 ? [] : below), ...gone]
}

/** Rows or people that stand in more than one group: the sum of the groups exceeds the figure by as much. */
function overlapOf(
  { question, measure, whole }: Asked,
  counted: Map<string | null, Slot> | undefined,
): number {
  if (question.group !== 'org' || !['count', 'distinct', 'sum'].includes(measure.kind)) return 0
  const apart = sum([...(counted?.values() ?? [])].map((slot) => slot.value ?? 0))
  return Number(subtract(apart, whole ?? 0))
}
