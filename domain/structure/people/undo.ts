/** Takes back what a batch did: first its memberships and posts (and records), then its people. */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { updateRows } from '../../../kernel/database/bulk.ts'
import { moment } from './dated.ts'
import { FILLED } from './enter.ts'
import type { PersonRow } from './entry.ts'
import { orgNameAt } from './queries.ts'
import type { TieTable } from './ties.ts'

/** Those ended or corrected since, in words: an undo would lose that work. */
export async function workedOnSince(ctx: Context, table: TieTable, batchId: string): Promise<string[]> {
  const what = table === 'membership' ? '团籍' : '任职'
  const { rows } = await sql<{ name: string; orgName: string }>`
    select p.name, ${orgNameAt(sql`m.org_id`, moment(ctx.now))} as org_name
    from ${sql.id(table)} m join person p on p.county_id = m.county_id and p.id = m.person_id
    where m.batch_id = ${batchId} and m.voided_at is null and m.version > 1 order by p.name_key`.execute(
    ctx.db,
  )
  return rows.map((r) => `${r.name}在“${r.orgName}”的${what}后来又改过`)
}

/** Voids the memberships or posts that the batch made; answers how many. */
export async function undoHeld(ctx: Context, table: TieTable, batchId: string): Promise<number> {
  const { numAffectedRows } = await sql`
    update ${sql.id(table)} set voided_at = ${ctx.now}, version = version + 1
    where batch_id = ${batchId} and voided_at is null`.execute(ctx.db)
  return Number(numAffectedRows ?? 0)
}

export interface UndonePeople {
  voided: number
  restored: number
  /** Left as they are, because somebody has worked on them since. */
  kept: { personId: string; name: string; reason: string }[]
}

export async function undoPeople(ctx: Context, batchId: string): Promise<UndonePeople> {
  await sql`update person_trait set voided_at = ${ctx.now} where batch_id = ${batchId} and voided_at is null`.execute(
    ctx.db,
  )
  const restored = await restoreFilled(ctx, batchId)
  const voided = await voidMade(ctx, batchId)
  return {
    voided: voided.done,
    restored: restored.done,
    kept: [
      ...restored.left.map((row) => ({ personId: row.id, name: row.name, reason: '资料后来又改过' })),
      ...voided.left.map((row) => ({
        personId: row.id,
        name: row.name,
        reason: '后来又登记了团籍、职务或活动',
      })),
    ],
  }
}

interface Outcome {
  done: number
  left: PersonRow[]
}

interface Filled extends PersonRow {
  before: Partial<PersonRow> & { version: number }
}

async function restoreFilled(ctx: Context, batchId: string): Promise<Outcome> {
  const { rows } = await sql<Filled>`
    select p.*, c.before from batch_change c join person p on p.county_id = c.county_id and p.id = c.subject_id
    where c.batch_id = ${batchId} and c.subject = 'person' order by p.id, c.id desc for update of p`.execute(
    ctx.db,
  )
  const undone = new Map<string, Taken>()
  for (const { before, ...row } of rows) {
    const key = row.countyId + row.id
    const taken = undone.get(key) ?? { row, now: row, at: row.version }
    const { version, ...columns } = before
    // Parts of one batch may have filled one person in turn; they are taken back in turn.
    const mine = taken.at === version + 1
    undone.set(key, mine ? { row, now: { ...taken.now, ...columns }, at: version } : taken)
  }
  const back = [...undone.values()].filter((t) => t.at < t.row.version)
  const written = back.map(({ row, now }) => ({ ...now, version: row.version + 1 }))
  await updateRows(ctx.db, 'person', FILLED, written)
  const losing = back.filter((t) => t.row.idNoSealed !== null && t.now.idNoSealed === null)
  await forgetNumbers(
    ctx,
    losing.map((t) => t.row),
  )
  return {
    done: back.length,
    left: [...undone.values()].filter((t) => t.at === t.row.version).map((t) => t.row),
  }
}

interface Taken {
  row: PersonRow
  now: PersonRow
  /** The version whose state `now` is. */
  at: number
}

/** People whom later work names stay in the register. */
async function voidMade(ctx: Context, batchId: string): Promise<Outcome> {
  const named = (table: TieTable) => sql`exists (
    select 1 from ${sql.id(table)} t where t.county_id = p.county_id and t.person_id = p.id and t.voided_at is null)`
  const { rows } = await sql<PersonRow & { needed: boolean }>`
    select p.*, (${named('membership')} or ${named('appointment')} or exists (
      select 1 from participation q join record r on r.county_id = q.county_id and r.id = q.record_id
      where q.county_id = p.county_id and q.person_id = p.id and r.voided_at is null)) as needed
    from person p where p.batch_id = ${batchId} and p.voided_at is null for update of p`.execute(ctx.db)
  const gone = rows.filter((r) => !r.needed)
  const ids = gone.map((r) => r.id)
  await sql`update person set voided_at = ${ctx.now}, version = version + 1
    where batch_id = ${batchId} and id = any(${ids}::uuid[]) and voided_at is null`.execute(ctx.db)
  await forgetNumbers(ctx, gone)
  return { done: gone.length, left: rows.filter((r) => r.needed) }
}

/** Once the rows have let go of them: so that the number may be entered again. Another county may still hold it. */
async function forgetNumbers(ctx: Context, rows: PersonRow[]): Promise<void> {
  const { secrets } = ctx.services
  const digests = rows.flatMap((r) => (r.idNoSealed ? secrets.digest(secrets.open(r.idNoSealed)) : []))
  if (digests.length === 0) return
  await sql`delete from identity i where i.digest = any(${digests}) and not exists (
    select 1 from person p where p.id = i.person_id and p.id_no_sealed is not null and p.voided_at is null)`.execute(
    ctx.db,
  )
}
