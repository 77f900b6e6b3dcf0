/** What stands in an organisation and follows its end: memberships, appointments, terms. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { conflict } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import type { Org } from '../organisations/queries.ts'

/** Rows of the organisation that are still in force at the moment, or begin later. */
const standing = (org: Org, at: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`county_id = ${org.countyId} and org_id = ${org.id} and voided_at is null and valid_to > ${at}::timestamp`

export async function countMembers(ctx: Context, org: Org, at: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(distinct person_id) as n from membership where ${standing(org, at)}`.execute(ctx.db)
  return rows[0]?.n ?? 0
}

export async function countPosts(ctx: Context, org: Org, at: string): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*) as n from appointment where ${standing(org, at)}`.execute(ctx.db)
  return rows[0]?.n ?? 0
}

/**
 * Members go over as the day begins. Who is a member of the successor already stays so once; memberships that began
 * later in the organisation that is no more are the successor's.
 */
export async function carryOver(ctx: Context, from: Org, to: Org, at: string): Promise<number> {
  const { rows } = await sql<{ id: string; personId: string; begun: boolean }>`
    select id, person_id, valid_from < ${at}::timestamp as begun from membership where ${standing(from, at)}
    order by id for update`.execute(ctx.db)
  const already = await sql<{ personId: string }>`
    select person_id from membership where ${standing(to, at)}`.execute(ctx.db)
  const there = new Set(already.rows.map((r) => r.personId))
  const going = rows.filter((r) => !there.has(r.personId))
  for (const row of going.filter((r) => r.begun)) await beginAgain(ctx, row.id, to, at)
  const later = going.filter((r) => !r.begun).map((r) => r.id)
  await sql`update membership set org_id = ${to.id}, version = version + 1
    where county_id = ${from.countyId} and id = any(${later})`.execute(ctx.db)
  await sql`update membership set valid_to = ${at}, to_precision = 'day', end_reason = 'merge', version = version + 1
    where ${standing(from, at)} and valid_from < ${at}::timestamp`.execute(ctx.db)
  await sql`update membership set voided_at = ${ctx.now}, version = version + 1 where ${standing(from, at)}`.execute(
    ctx.db,
  )
  return going.length
}

/** The same membership in the successor: its later end, if one is known, goes with it. */
async function beginAgain(ctx: Context, membershipId: string, to: Org, at: string): Promise<void> {
  await sql`insert into membership (county_id, id, person_id, org_id, member_no, start_reason, valid_from,
      from_precision, valid_to, to_precision, end_reason, batch_id, version, recorded_by, recorded_at, voided_at)
    select ${to.countyId}, ${newId()}, person_id, ${to.id}, member_no, 'merge', ${at}::timestamp,
      'day', valid_to, to_precision, end_reason, null, 1, ${ctx.actor.accountId}, ${ctx.now}::timestamp, null
    from membership where county_id = ${to.countyId} and id = ${membershipId}`.execute(ctx.db)
}

/** What records name by the one that is no more is its successor; how it was written stays. */
export const followReferences = (ctx: Context, from: Org, to: Org) =>
  sql`update record_reference set org_id = ${to.id}
    where county_id in (select county_id from org) and org_id = ${from.id}`.execute(ctx.db)

/** Ends posts and terms. @throws conflict where a post begins after the end. */
export async function endPosts(ctx: Context, org: Org, at: string, reason: string): Promise<number> {
  const later = await sql<{ day: string }>`
    select valid_from::date::text as day from appointment where ${standing(org, at)}
    and valid_from >= ${at}::timestamp limit 1`.execute(ctx.db)
  if (later.rows[0])
    throw conflict(
      'laterPosts',
      `“${org.name}”有 ${later.rows[0].day} 开始的任职，晚于这次变动（${at.slice(0, 10)}）。请先更正这些任职的日期或组织。`,
    )
  const ended =
    await sql`update appointment set valid_to = ${at}, to_precision = 'day', end_reason = ${reason},
    version = version + 1 where ${standing(org, at)}`.execute(ctx.db)
  await sql`update term set ended_on = ${at.slice(0, 10)} where county_id = ${org.countyId} and org_id = ${org.id}
    and ended_on is null and voided_at is null`.execute(ctx.db)
  return Number(ended.numAffectedRows ?? 0)
}
