/** When a version brings another formula, what older records were worked out to is worked out anew. */
import { sql } from 'kysely'
import type { Context } from '../../../../kernel/context.ts'
import { withCalculated } from '../declared.ts'
import type { LedgerDefinition } from '../definition.ts'
import type { FieldValue } from '../fields/kit.ts'

interface Worked {
  countyId: string
  id: string
  day: string
  dayTo: string | null
  personTimes: number | null
  fields: Record<string, FieldValue>
  named: number
}

const PART = 1000

const formulasOf = (d: LedgerDefinition | null): string =>
  JSON.stringify((d?.fields ?? []).flatMap((f) => (f.formula ? [[f.id, f.formula, f.decimals]] : [])))

/** Voided records too, so that a restored one is right; those that stay the same keep their version. */
export async function recalculate(
  ctx: Context,
  before: LedgerDefinition | null,
  after: LedgerDefinition,
): Promise<void> {
  if (!before || formulasOf(before) === formulasOf(after)) return
  for (let last = ''; ; ) {
    const { rows } = await sql<Worked>`
      select r.county_id, r.id, r.day, r.day_to, r.person_times, r.fields,
        (select count(*) from participation p where p.county_id = r.county_id and p.record_id = r.id) as named
      from record r where r.county_id in (select county_id from org) and r.ledger = ${after.id}
        ${last ? sql`and r.id > ${last}::uuid` : sql``}
      order by r.id limit ${PART}`.execute(ctx.db)
    await write(ctx, after, rows)
    last = rows.at(-1)?.id ?? ''
    if (rows.length < PART) return
  }
}

async function write(ctx: Context, after: LedgerDefinition, rows: Worked[]): Promise<void> {
  const changed = rows.flatMap((row) => {
    const fields = withCalculated(after, row)
    const same = Object.keys(fields).length === Object.keys(row.fields).length
    if (same && Object.entries(fields).every(([id, value]) => row.fields[id] === value)) return []
    return [{ county_id: row.countyId, id: row.id, fields }]
  })
  if (changed.length === 0) return
  await sql`update record t set fields = x.fields, version = t.version + 1, changed_at = ${ctx.now}::timestamp
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as x(county_id uuid, id uuid, fields jsonb)
    where t.county_id = x.county_id and t.id = x.id`.execute(ctx.db)
}
