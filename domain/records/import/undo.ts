/** An import taken back: what it made is voided, what it filled is as before, and the file may be imported again. */
import { type RawBuilder, sql } from 'kysely'
import { act } from '../../../kernel/act.ts'
import { type Context, require } from '../../../kernel/context.ts'
import { conflict } from '../../../kernel/errors.ts'
import { guardBatch } from '../../structure/appointments/giving.ts'
import { holdOn, tiesOf } from '../../structure/people/ties.ts'
import { undoHeld, undoPeople, workedOnSince } from '../../structure/people/undo.ts'
import { undoStatements } from '../../structure/registers/registers.ts'
import { findBatch, type StoredBatch, shown, titlesOf } from './batches.ts'
import type { Batch } from './contract.ts'
import { isRoster } from './targets.ts'

/** Idempotent. @throws conflict `dependsOn` naming the later work that would be lost */
export async function undoBatch(ctx: Context, id: string): Promise<Batch> {
  const batch = await findBatch(ctx, id, true)
  const titles = await titlesOf(ctx)
  if (batch.undoneAt !== null) return shown(batch, titles)
  if (isRoster(batch.kind)) require(ctx, 'structure.change', batch.path)
  await guardBatch(ctx, id)
  const deed = {
    action: 'records.import' as const,
    verb: 'undo',
    org: { id: batch.orgId, countyId: batch.countyId, path: batch.path },
    subject: 'batch',
    subjectId: id,
    detail: { kind: batch.kind, fileName: batch.fileName },
  }
  return act(ctx, deed, async () => {
    const obstacles = await obstaclesTo(ctx, batch)
    if (obstacles.length > 0) throw dependsOn(obstacles)
    await takeBack(ctx, batch)
    return { ...shown(batch, titles), undoneAt: ctx.now, undoneBy: ctx.actor.name }
  })
}

const dependsOn = (obstacles: string[]) =>
  conflict('dependsOn', `不能撤销，后来的工作会受影响：${obstacles.join('；')}。请先处理这些，或逐条更正。`)

async function takeBack(ctx: Context, batch: StoredBatch): Promise<void> {
  const { id } = batch
  await voidRecords(ctx, id)
  await giveBackDeclarations(ctx, id)
  await undoHeld(ctx, 'appointment', id)
  await undoHeld(ctx, 'membership', id)
  await undoStatements(ctx, id)
  const { kept } = await undoPeople(ctx, id)
  if (kept.length > 0) throw dependsOn(kept.slice(0, 5).map(({ name, reason }) => `${name}${reason}`))
  await removeOrgs(ctx, id)
  await sql`update batch set undone_at = ${ctx.now}::timestamp, undone_by = ${ctx.actor.accountId}
    where county_id = ${batch.countyId} and id = ${id}`.execute(ctx.db)
}

const voidRecords = (ctx: Context, id: string) =>
  sql`update record set voided_at = ${ctx.now}::timestamp, voided_by = ${ctx.actor.accountId},
    void_reason = '撤销导入', version = version + 1, changed_at = ${ctx.now}::timestamp
    where batch_id = ${id} and voided_at is null`.execute(ctx.db)

const giveBackDeclarations = (ctx: Context, id: string) =>
  sql`update nil_declaration n set voided_at = null from batch_change c
    where c.batch_id = ${id} and c.subject = 'nilDeclaration' and n.county_id = c.county_id
      and n.id = c.subject_id`.execute(ctx.db)

/** Nothing stands in them any more: an organisation that never was leaves no span behind. */
async function removeOrgs(ctx: Context, id: string): Promise<void> {
  await sql`delete from org_span where org_id in (select id from org where batch_id = ${id})`.execute(ctx.db)
  await sql`delete from org where batch_id = ${id}`.execute(ctx.db)
}

/** Later work that an undo would tear away, in words; reads only. */
export async function obstaclesTo(ctx: Context, batch: StoredBatch): Promise<string[]> {
  if (batch.undoneAt !== null) return []
  const { id } = batch
  const members = await workedOnSince(ctx, 'membership', id)
  const officers = await workedOnSince(ctx, 'appointment', id)
  return [
    ...told(members),
    ...told(officers),
    ...told(await recordsWorkedOn(ctx, id)),
    ...told(await orgsInUse(ctx, id)),
    ...told(await peopleInUse(ctx, id)),
    ...told(await peopleMovedOn(ctx, id)),
  ]
}

const SHOWN = 3

const told = (list: string[]): string[] =>
  list.length <= SHOWN ? list : [...list.slice(0, SHOWN - 1), `${list[SHOWN - 1]} 等 ${list.length} 处`]

const listed = async (ctx: Context, query: RawBuilder<{ said: string }>): Promise<string[]> =>
  (await query.execute(ctx.db)).rows.map((row) => row.said)

const recordsWorkedOn = (ctx: Context, id: string) =>
  listed(
    ctx,
    sql`select '记录“' || r.title || '”后来又改过' as said from record r
      where r.batch_id = ${id} and r.voided_at is null and r.home_county_id is null and (r.version > 1 or exists (
        select 1 from attachment a where a.county_id = r.county_id and a.record_id = r.id and a.voided_at is null))
      order by r.day`,
  )

const orgsInUse = (ctx: Context, id: string) =>
  listed(
    ctx,
    sql`select '组织“' || (select s.name from org_span s where s.org_id = o.id order by s.valid_from desc limit 1)
        || '”后来又有变动或登记' as said
      from org o where o.batch_id = ${id} and (
        (select count(*) from org_span s where s.org_id = o.id) > 1 or o.closed_at <> 'infinity'
        or exists (select 1 from org_span s join org c on c.id = s.org_id
          where s.parent_id = o.id and c.batch_id is distinct from ${id})
        ${sql.join(
          ['membership', 'appointment', 'record'].map(
            (table) => sql`or exists (select 1 from ${sql.id(table)} t where t.org_id = o.id
              and t.voided_at is null and t.batch_id is distinct from ${id})`,
          ),
          sql` `,
        )}
        or exists (select 1 from record_host h join record r on r.county_id = h.county_id and r.id = h.record_id
          where h.org_id = o.id and r.voided_at is null and r.batch_id is distinct from ${id})
        or exists (select 1 from nil_declaration n where n.org_id = o.id and n.voided_at is null)
        or exists (select 1 from summary y where y.org_id = o.id and y.voided_at is null)
        or exists (select 1 from batch b where b.org_id = o.id and b.undone_at is null and b.id <> ${id}))
      order by o.code`,
  )

/** People made by the batch whom other work names. */
const peopleInUse = (ctx: Context, id: string) =>
  listed(
    ctx,
    sql`select p.name || '后来又登记了团籍、职务、活动或账号' as said
      from person p where p.batch_id = ${id} and p.voided_at is null and (
        ${sql.join(
          ['membership', 'appointment', 'person_trait'].map(
            (table) => sql`exists (select 1 from ${sql.id(table)} t where t.county_id = p.county_id
              and t.person_id = p.id and t.voided_at is null and t.batch_id is distinct from ${id})`,
          ),
          sql` or `,
        )}
        or exists (select 1 from participation q join record r on r.county_id = q.county_id and r.id = q.record_id
          where q.county_id = p.county_id and q.person_id = p.id and r.voided_at is null
            and r.batch_id is distinct from ${id})
        or exists (select 1 from account a where a.person_id = p.id and a.closed_at is null))
      order by p.name_key`,
  )

/** People filled by the batch who stand beyond the caller's organisations by now: theirs to correct no longer. */
async function peopleMovedOn(ctx: Context, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select distinct p.id, p.name from batch_change c
    join person p on p.county_id = c.county_id and p.id = c.subject_id
    where c.batch_id = ${id} and c.subject = 'person' and p.voided_at is null order by p.name`.execute(ctx.db)
  const ties = await tiesOf(
    ctx,
    rows.map((r) => r.id),
  )
  return rows
    .filter((r) => holdOn(ctx, ties.get(r.id)) !== 'mine')
    .map((r) => `${r.name}已经转到您管理范围以外，资料要由他现在的组织更正`)
}
