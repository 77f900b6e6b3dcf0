/** What was changed together lately, and by whom: to be taken back by those who could have done it. */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { Input } from '../../../kernel/endpoint.ts'
import { reach } from '../../../kernel/scope.ts'
import type { LedgerDefinition } from '../ledgers/definition.ts'
import { showValue } from '../ledgers/fields.ts'
import { ledger } from '../ledgers/registry.ts'
import type { BulkDeed, BulkDone, listBulks } from './contract.ts'

const RECENT = 20

interface Stored {
  id: string
  at: string
  by: string | null
  deed: BulkDeed
  org: string | null
  count: number
  undoneAt: string | null
}

export async function bulksOf(ctx: Context, { params }: Input<typeof listBulks>) {
  const definition = await ledger(ctx, params.ledger)
  const { rows } = await sql<Stored>`
    select b.id, b.recorded_at as at, b.change as deed, b.undone_at,
      (select a.name from account a where a.id = b.recorded_by) as by,
      (select s.name from org_span s where s.org_id::text = b.change->>'orgId'
        order by s.valid_from desc limit 1) as org,
      (select count(*) from bulk_change_row w where w.county_id = b.county_id and w.bulk_id = b.id) as count
    from bulk_change b where b.ledger = ${definition.id}
      and ${reach(ctx.actor.grants, 'records.write', { countyId: 'b.county_id', path: 'b.path' })}
    order by b.recorded_at desc, b.id desc limit ${RECENT}`.execute(ctx.db)
  return {
    changes: rows.map(
      ({ org, by, ...row }): BulkDone => ({
        ...row,
        by: by ?? '',
        words: wordsOf(definition, row.deed, org),
      }),
    ),
  }
}

const COLUMNS: Record<string, (d: LedgerDefinition) => string> = {
  day: (d) => d.day.label,
  title: (d) => d.name.label,
  personTimes: (d) => d.personTimes?.label ?? '人次',
}

function wordsOf(definition: LedgerDefinition, deed: BulkDeed, org: string | null): string {
  const { kind, field = '', value, reason } = deed
  if (kind === 'void') return `作废：${reason ?? ''}`
  if (kind === 'restore') return '恢复作废的'
  if (kind === 'move') return `划到${org ?? '另一个组织'}`
  const declared = definition.fields.find((f) => f.id === field)
  const title = declared?.title ?? COLUMNS[field]?.(definition) ?? field
  if (value === null || value === undefined) return `清空“${title}”`
  return `“${title}”改成${declared ? showValue(declared, value) : String(value)}`
}
