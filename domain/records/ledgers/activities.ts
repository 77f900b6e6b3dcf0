/** What a person took part in. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { reach } from '../../../kernel/scope.ts'
import type { getParticipation } from '../participation/contract.ts'
import { livesOf } from './lives.ts'
import { nameOn } from './places.ts'
import { allLedgers } from './registry.ts'

interface Row {
  recordId: string
  ledger: string
  orgId: string
  day: string
  dayPrecision: string
  title: string
  role: string
  hours: string | null
  points: string | null
  amount: string | null
}

const numberOf = (text: string | null) => (text === null ? null : Number(text))

type Activities = Output<typeof getParticipation>
type Within = Input<typeof getParticipation>['query']

/** Only records that the caller may read; the newest first. */
export const activitiesOf = (
  ctx: Context,
  { params, query }: Input<typeof getParticipation>,
): Promise<Activities> =>
  listed(
    ctx,
    params.id,
    query,
    reach(ctx.actor.grants, 'records.read', { countyId: 'r.county_id', path: 'r.path' }),
  )

/** What I took part in is mine to know, wherever it was. */
export async function myActivities(ctx: Context, query: Within): Promise<Activities> {
  if (!ctx.actor.personId) return { entries: [] }
  return listed(ctx, ctx.actor.personId, query, sql<SqlBool>`true`)
}

async function listed(
  ctx: Context,
  personId: string,
  query: Within,
  readable: RawBuilder<SqlBool>,
): Promise<Activities> {
  const { rows } = await sql<Row>`
    select r.id as record_id, r.ledger, r.org_id, r.day, r.day_precision, r.title, p.role, p.hours, p.points, p.amount
    from participation p join record r on r.county_id = p.county_id and r.id = p.record_id
    where p.county_id in (select county_id from org) and p.person_id = ${personId}
      and r.voided_at is null and r.home_county_id is null
      and r.day between ${query.from ?? '0001-01-01'}::date and ${query.to ?? '9999-12-31'}::date and ${readable}
    order by r.day desc, r.id desc limit 500`.execute(ctx.db)
  const definitions = new Map((await allLedgers(ctx)).map((d) => [d.id, d]))
  const lives = await livesOf(
    ctx.db,
    rows.map((r) => r.orgId),
  )
  const entries = rows.map(({ orgId, ...row }) => {
    const definition = definitions.get(row.ledger)
    return {
      ...row,
      ledgerTitle: definition?.title ?? row.ledger,
      roleTitle: definition?.roles.find((r) => r.id === row.role)?.title ?? row.role,
      orgName: nameOn(lives.get(orgId), row.day),
      hours: numberOf(row.hours),
      points: numberOf(row.points),
      amount: numberOf(row.amount),
    }
  })
  return { entries }
}
