/**
 * Since when the registers of members and officers are complete. Who had left before somebody began to keep one was
 * never entered: counts of earlier days are too small, however exact they look. An entry begins the register of its
 * organisation, an imported roster makes it complete from the day of which it speaks, and an office may say otherwise.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { insertRows } from '../../../kernel/database/bulk.ts'
import { newId } from '../../../kernel/id.ts'

export const REGISTERS = [
  { value: 'members', title: '团员名册' },
  { value: 'officers', title: '团干部名册' },
] as const

export type Register = (typeof REGISTERS)[number]['value']
export type StatedBy = 'hand' | 'roster' | 'entry'

interface Kept {
  register: Register
  /** Where people were entered. */
  orgIds: string[]
  /** The day of which a roster speaks; today where people are entered one by one. */
  statedOn: string
  batchId?: string | null | undefined
}

/** Begins the registers in which somebody has just been entered. What is said already stands, where it says no less. */
export async function keptSince(ctx: Context, { register, orgIds, statedOn, batchId }: Kept): Promise<void> {
  if (orgIds.length === 0) return
  const { rows } = await sql<{ id: string; countyId: string }>`
    select o.id, o.county_id from org o where o.id = any(${[...new Set(orgIds)]}::uuid[]) and not exists (
      select 1 from register_statement t where t.org_id = o.id and t.register = ${register} and t.voided_at is null
        and (t.stated_by = 'hand' or t.complete_from <= ${statedOn}::date))`.execute(ctx.db)
  const statements = rows.map(({ id, countyId }) => ({
    countyId,
    id: newId(),
    orgId: id,
    register,
    completeFrom: statedOn,
    statedBy: batchId ? 'roster' : 'entry',
    batchId: batchId ?? null,
    recordedBy: ctx.actor.accountId,
    recordedAt: ctx.now,
    voidedAt: null,
  }))
  await insertRows(ctx.db, 'registerStatement', statements)
}

interface Stated {
  id: string
  org: { id: string; countyId: string; pathNow: string }
  register: Register
  completeFrom: string
}

/** An office speaks for itself and everything below; whatever was said there before falls silent. */
export async function stateByHand(ctx: Context, { id, org, register, completeFrom }: Stated): Promise<void> {
  await sql`update register_statement t set voided_at = ${ctx.now}::timestamp from org_span s
    where t.register = ${register} and t.voided_at is null and s.org_id = t.org_id
      and s.valid_to > ${ctx.now}::timestamp and starts_with(s.path, ${org.pathNow})`.execute(ctx.db)
  const { accountId: recordedBy } = ctx.actor
  const stated = { countyId: org.countyId, id, orgId: org.id, register, completeFrom, statedBy: 'hand' }
  await ctx.db
    .insertInto('registerStatement')
    .values({ ...stated, batchId: null, recordedBy, recordedAt: ctx.now, voidedAt: null })
    .execute()
}

interface At {
  register: Register
  /** Moments: where organisations stood, and of which of them it is asked (on the span `b`). */
  asOf: string
  within: RawBuilder<SqlBool>
}

/**
 * Every organisation that is to keep a register, with the day from which it is complete there: org_id, name, path,
 * since (null where nobody keeps it), stated_by. The nearest word of an office counts; else what its own entries say.
 */
export const registersAt = ({ register, asOf, within }: At): RawBuilder<unknown> => sql`
  with spoken as materialized (
    select s.path, t.stated_by, t.complete_from from register_statement t
    join org_span s on s.org_id = t.org_id and s.valid_from <= ${asOf}::timestamp and s.valid_to > ${asOf}::timestamp
    where t.register = ${register} and t.voided_at is null),
  own as (select distinct on (path) path, stated_by, complete_from from spoken order by path, complete_from),
  office as (select path, complete_from from spoken where stated_by = 'hand')
  select b.org_id, b.name, b.path, coalesce(said.complete_from, own.complete_from) as since,
    case when said.complete_from is null then own.stated_by else 'hand' end as stated_by
  from org_span b left join own on own.path = b.path left join lateral (
    select o.complete_from from office o where starts_with(b.path, o.path) order by length(o.path) desc limit 1
  ) said on true
  where ${register === 'members' ? sql`b.type = 'branch'` : sql`b.type not in ('pioneersCommittee', 'group')`}
    and b.valid_from <= ${asOf}::timestamp and b.valid_to > ${asOf}::timestamp and ${within}`

/**
 * With the import that made them, once what it entered is taken back. Who was entered since stays, and where nothing
 * else is said the register begins with the first of them.
 */
export async function undoStatements(ctx: Context, batchId: string): Promise<void> {
  const { rows } = await sql<{ orgId: string; register: Register }>`
    update register_statement set voided_at = ${ctx.now}::timestamp
    where batch_id = ${batchId} and voided_at is null returning org_id, register`.execute(ctx.db)
  for (const { value: register } of REGISTERS) {
    const orgIds = rows.filter((r) => r.register === register).map((r) => r.orgId)
    const { rows: first } = await sql<{ orgId: string; statedOn: string }>`
      select org_id, min(recorded_at)::date as stated_on from ${sql.id(HELD[register])}
      where org_id = any(${orgIds}::uuid[]) and voided_at is null group by org_id`.execute(ctx.db)
    for (const { orgId, statedOn } of first) await keptSince(ctx, { register, orgIds: [orgId], statedOn })
  }
}

const HELD = { members: 'membership', officers: 'appointment' } as const
