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

/** Does the statement `t`, made where `s` stands, speak for a path? Only what an office said speaks for those below. */
export const covers = (path: RawBuilder<unknown>): RawBuilder<SqlBool> =>
  sql<SqlBool>`(s.path = ${path} or (t.stated_by = 'hand' and starts_with(${path}, s.path)))`

/** Who keeps a register, as a condition on the span `b`. */
export const keepers = (register: Register): RawBuilder<SqlBool> =>
  register === 'members' ? sql`b.type = 'branch'` : sql`b.type not in ('pioneersCommittee', 'group')`

/** With the import that made them. */
export async function undoStatements(ctx: Context, batchId: string): Promise<void> {
  await sql`update register_statement set voided_at = ${ctx.now}::timestamp
    where batch_id = ${batchId} and voided_at is null`.execute(ctx.db)
}
