/** Which records name a record, by ledger: how many, what they add up to, the latest of them. */
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { condition, fixed } from '../../../kernel/filters.ts'
import type { Frame } from '../../../kernel/measures.ts'
import { reach } from '../../../kernel/scope.ts'
import type { LedgerDefinition, LedgerMeasure } from './definition.ts'
import { recordDimensions } from './dimensions.ts'
import { type Referring, referringOf, referringTo } from './linked.ts'
import type { LinkedGroup } from './linkedContract.ts'
import { livesOf } from './lives.ts'
import { openForReading } from './opened.ts'
import { nameOn } from './places.ts'
import { frameOf } from './queries.ts'
import { ledgers } from './registry.ts'
import { stated } from './values.ts'

const SHOWN = 10

export async function linkedTo(ctx: Context, id: string): Promise<{ groups: LinkedGroup[] }> {
  const { definition } = await openForReading(ctx, id)
  const definitions = await ledgers(ctx)
  const frame = await frameOf(ctx, {})
  const groups: LinkedGroup[] = []
  for (const referring of referringTo(definition.id, definitions)) {
    const added = definition.measures.filter((m) => {
      const of = m.kind === 'linked' && m.field ? referringOf(definition.id, m, definitions) : undefined
      return of?.ledger === referring.ledger && of.field === referring.field
    })
    groups.push(await groupOf(ctx, { id, referring, added, frame }))
  }
  return { groups: groups.sort((a, b) => b.count - a.count) }
}

interface Asked {
  id: string
  referring: Referring
  added: LedgerMeasure[]
  frame: Frame
}

/** Those within the caller's reach, where they are at home. */
const naming = (ctx: Context, { id, referring }: Asked) => sql`from record_reference f
  join record r on r.county_id = f.county_id and r.id = f.record_id
  where f.target_record_id = ${id} and f.field = ${referring.field.id} and r.ledger = ${referring.ledger.id}
    and r.home_county_id is null and r.voided_at is null
    and ${reach(ctx.actor.grants, 'records.read', { countyId: 'r.county_id', path: 'r.path' })}`

async function groupOf(ctx: Context, asked: Asked): Promise<LinkedGroup> {
  const { ledger, field } = asked.referring
  const sums = asked.added.map((m) => addedUp(ledger, m, asked.frame))
  const { rows } = await sql<{ count: number; sums: (string | null)[]; lacking: number[] }>`
    select count(*)::int as count, array[${sql.join([sql`null::text`, ...sums.map((s) => s.sum)])}] as sums,
      array[${sql.join([sql`0`, ...sums.map((s) => s.lacking)])}] as lacking ${naming(ctx, asked)}`.execute(
    ctx.db,
  )
  const [found] = rows
  return {
    ledger: ledger.id,
    title: ledger.title,
    field: field.id,
    fieldTitle: field.title,
    measureWord: ledger.measureWord,
    count: found?.count ?? 0,
    sums: asked.added.map(({ title, unit }, at) => {
      const value = found?.sums[at + 1] ?? null
      return {
        title,
        unit,
        value: value === null ? null : Number(value),
        partial: value !== null && (found?.lacking[at + 1] ?? 0) > 0,
      }
    }),
    rows: found?.count ? await latest(ctx, asked) : [],
  }
}

function addedUp(
  ledger: LedgerDefinition,
  measure: LedgerMeasure,
  frame: Frame,
): { sum: RawBuilder<unknown>; lacking: RawBuilder<unknown> } {
  const dimensions = recordDimensions(ledger)
  const met = Object.entries(measure.where ?? {}).flatMap(([key, text]) => {
    const dimension = dimensions[key]
    return dimension ? [condition(key, dimension, fixed(key, dimension, text), frame)] : []
  })
  const taken = met.length > 0 ? sql`(${sql.join(met, sql` and `)})` : sql`true`
  const value = stated(ledger, { ...measure, kind: 'sum' }).value?.(frame) ?? sql`null::numeric`
  return {
    sum: sql`(sum(${value}) filter (where ${taken}))::text`,
    lacking: sql`(count(*) filter (where ${taken} and (${value}) is null))::int`,
  }
}

async function latest(ctx: Context, asked: Asked): Promise<LinkedGroup['rows']> {
  const { rows } = await sql<{
    id: string
    title: string
    day: string
    dayPrecision: 'day' | 'month' | 'year'
    orgId: string
  }>`select r.id, r.title, r.day, r.day_precision, r.org_id ${naming(ctx, asked)}
    order by r.day desc, r.id desc limit ${SHOWN}`.execute(ctx.db)
  const lives = await livesOf(
    ctx.db,
    rows.map((r) => r.orgId),
  )
  return rows.map(({ orgId, ...row }) => ({ ...row, org: nameOn(lives.get(orgId), row.day) }))
}
