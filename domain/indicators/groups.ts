/** The same question, answered for each child organisation or each value of a dimension, by the same reader. */
import type { Context } from '../../kernel/context.ts'
import { subtract, sum } from '../../kernel/decimal.ts'
import { isId } from '../../kernel/id.ts'
import { type Dimension, type Measure, nounOf } from '../../kernel/measures.ts'
import { kindOf } from '../../kernel/references.ts'
import { orgAt } from '../structure/organisations/queries.ts'
import { dimensionOf } from './catalogue.ts'
import type { FigureGroup } from './contract.ts'
import type { Framed } from './frame.ts'
import { sayByUnit, sayByValue } from './readings/read.ts'
import { display, noteOf, type Said, type Whole, wholeOf } from './readings/said.ts'
import type { Selection } from './readings/selection.ts'
import { type Units, unitsIn, unitsUnder } from './readings/units.ts'
import { titleOf } from './words.ts'

interface Asked {
  measure: Measure
  framed: Framed
  /** Of the parts of the measure. */
  selections: Selection[]
  group: string
}

/** 本级, a value that is not stated: null. */
type Key = string | null

interface Answered {
  key: Key
  whole: Whole
}

interface Label {
  key: Key
  label: string
  orgId?: string
}

export async function groupsOf(ctx: Context, asked: Asked): Promise<FigureGroup[]> {
  const { answered, labels } = asked.group === 'org' ? await byOrg(ctx, asked) : await byValue(ctx, asked)
  return labels.flatMap(({ key, label, orgId }): FigureGroup[] => {
    const whole = answered.find((a) => a.key === key)?.whole
    if (!whole) return []
    return [
      {
        key: key ?? '',
        label,
        ...(orgId && { orgId }),
        value: whole.value,
        display: display(asked.measure, whole, asked.framed.percent),
        ...noted(noteOf(asked.measure, whole)),
        count: whole.parts.reduce((total, p) => total + p.count, 0),
      },
    ]
  })
}

const noted = (note: string | undefined) => (note ? { note } : {})

interface Told {
  answered: Answered[]
  labels: Label[]
}

async function byValue(ctx: Context, { measure, selections, group }: Asked): Promise<Told> {
  const told = together(measure, selections, await sayByValue(ctx, selections, group))
  const answered = told.filter(holdsRows)
  const [first] = selections
  const dimension = first && dimensionOf(first.source, group)
  const names = dimension ? await namesOf(ctx, dimension, answered) : new Map<string, string>()
  const label = (key: Key) => names.get(key ?? '') ?? (dimension ? titleOf(dimension, key) : String(key))
  return { answered, labels: answered.map(({ key }) => ({ key, label: label(key) })) }
}

/** Things that are told apart by their ids, as they are called today; names that mean nothing known say so. */
async function namesOf(
  ctx: Context,
  dimension: Dimension,
  answered: Answered[],
): Promise<Map<string, string>> {
  const noun = nounOf(dimension)
  if (!noun) return new Map()
  const keys = answered.flatMap(({ key }) => key ?? [])
  const ids = keys.filter(isId)
  const titles = await kindOf(noun).titled(ctx, ids)
  return new Map(
    keys.map((key) => [key, isId(key) ? (titles.get(key)?.title ?? BEYOND) : `${key}（未对上）`]),
  )
}

const BEYOND = '不在您的范围内'

/** By key, what the parts come to together. */
function together(
  measure: Measure,
  selections: Selection[],
  said: Map<Selection, Map<Key, Said>>,
): Answered[] {
  const keys = new Set(selections.flatMap((s) => [...(said.get(s)?.keys() ?? [])]))
  return [...keys].flatMap((key) => {
    const parts = selections.flatMap((s) => said.get(s)?.get(key) ?? [])
    return parts.length === selections.length ? [{ key, whole: wholeOf(measure, parts) }] : []
  })
}

const holdsRows = ({ whole }: Answered): boolean => whole.parts.some((p) => p.count > 0)

async function byOrg(ctx: Context, { measure, framed, selections }: Asked): Promise<Told> {
  const { frame, org } = framed
  const list = frame.depth === 0 ? [] : await unitsUnder(ctx, [org.id], frame.asOf)
  const units = await unitsIn(ctx, org.id, list, frame)
  if (!units) return { answered: [], labels: [] }
  const told = together(measure, selections, await sayByUnit(ctx, selections, units))
  const codes = new Set(list.map((u) => u.code))
  const answered = told.filter((a) => codes.has(a.key ?? '') || holdsRows(a))
  const others = answered.flatMap(({ key }) => (key && !codes.has(key) ? [key] : []))
  const own: Label[] = answered.some((a) => a.key === '') ? [{ key: '', label: '本级', orgId: org.id }] : []
  return { answered, labels: [...own, ...labelled(units), ...(await elsewhere(ctx, others, framed))] }
}

const labelled = ({ list }: Units): Label[] =>
  list.map(({ code, name, id }) => ({ key: code, label: name, orgId: id }))

/** What is no unit in force here: a Pioneers' committee; organisations that moved, merged or closed since. */
async function elsewhere(ctx: Context, codes: string[], { org, frame }: Framed): Promise<Label[]> {
  if (codes.length === 0) return []
  const rows = await ctx.db
    .selectFrom('org')
    .select(['id', 'code', 'closedAt', 'successorId'])
    .where('code', 'in', codes)
    .execute()
  const labels: Label[] = []
  for (const { id, code, closedAt, successorId } of rows) {
    const found = await orgAt(ctx.db, id, frame.asOf)
    const name = found?.name ?? code
    const successor = successorId ? (await orgAt(ctx.db, successorId, frame.asOf))?.name : null
    const since = successor ? `已并入${successor}` : closedAt <= frame.asOf ? '已撤销' : '已划出'
    labels.push({ key: code, label: found?.parentId === org.id ? name : `${name}（${since}）`, orgId: id })
  }
  return labels.sort((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1))
}

/** By how much the groups' sum exceeds the figure: rows or people that stand in more than one group. */
export function overlapOf(measure: Measure, whole: Whole, groups: FigureGroup[]): number {
  if (!['count', 'distinct', 'sum'].includes(measure.kind) || typeof whole.value !== 'number') return 0
  const apart = sum(groups.map((g) => (typeof g.value === 'number' ? g.value : 0)))
  return Math.max(0, Number(subtract(apart, whole.value)))
}
