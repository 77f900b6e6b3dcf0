/** By what two records are the same: where, when, what, how many, and every field. */
import { sql } from 'kysely'
import type { Context } from '../../../../kernel/context.ts'
import type { LedgerDefinition } from '../../ledgers/definition.ts'
import { normaliseFields } from '../../ledgers/fields.ts'
import { type Quantity, shownQuantities } from '../../ledgers/quantities.ts'
import type { RecordDraft } from '../../ledgers/rules.ts'

interface Keyed {
  orgId: string
  day: string
  dayTo: string | null
  title: string
  personTimes: number | null
  fields: Record<string, unknown>
  quantities: readonly Quantity[] | null
}

const keyOf = ({ fields, quantities, ...rest }: Keyed): string =>
  JSON.stringify([
    rest.orgId,
    rest.day,
    rest.dayTo,
    rest.personTimes,
    rest.title,
    Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)),
    shownQuantities(quantities ?? []),
  ])

export function recordKey(definition: LedgerDefinition, draft: RecordDraft): string {
  const { fields } = normaliseFields(definition, draft.fields ?? {})
  const dayTo = draft.dayTo && draft.dayTo !== draft.day ? draft.dayTo : null
  const named = (draft.participants ?? []).length
  return keyOf({
    orgId: draft.orgId,
    day: firstOf(draft),
    dayTo,
    title: (draft.title ?? '').trim(),
    personTimes: draft.personTimes ?? (definition.personTimes && named > 0 ? named : null),
    fields,
    quantities: draft.quantities ?? null,
  })
}

const firstOf = ({ day, dayPrecision }: RecordDraft): string =>
  dayPrecision === 'month'
    ? `${day.slice(0, 7)}-01`
    : dayPrecision === 'year'
      ? `${day.slice(0, 4)}-01-01`
      : day

/** How many records there are of each key, within the days and organisations of these drafts. */
export async function recordsThere(
  ctx: Context,
  definition: LedgerDefinition,
  drafts: RecordDraft[],
): Promise<Map<string, number>> {
  const orgIds = [...new Set(drafts.map((one) => one.orgId))]
  const days = [...new Set(drafts.map(firstOf))]
  const { rows } = await sql<Keyed>`
    select org_id, day, day_to, title, person_times, fields, quantities from record
    where ledger = ${definition.id} and org_id = any(${orgIds}::uuid[]) and day = any(${days}::date[])
      and voided_at is null and home_county_id is null`.execute(ctx.db)
  const found = new Map<string, number>()
  for (const row of rows) {
    // A row without a title is named by its ledger: any title will do.
    for (const title of [row.title, ...(definition.name.fallback === undefined ? [] : [''])]) {
      const key = keyOf({ ...row, title })
      found.set(key, (found.get(key) ?? 0) + 1)
    }
  }
  return found
}
