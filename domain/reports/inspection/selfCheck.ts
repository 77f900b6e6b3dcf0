/** Before the inspectors come: how many records each month holds, and how many lack photos or minutes. */
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { Frame } from '../../../kernel/measures.ts'
import { monthsOf } from '../../../kernel/period.ts'
import type { LedgerDefinition, LedgerField } from '../../records/ledgers/definition.ts'
import { recordDimensions } from '../../records/ledgers/dimensions.ts'
import { fieldSql } from '../../records/ledgers/fields/sql.ts'
import { isOneOf, isProse } from '../../records/ledgers/fields/types.ts'
import { recordsWhere } from '../../records/ledgers/measures.ts'
import { listed } from '../../records/ledgers/queries.ts'
import type { InspectionLine } from './contract.ts'

interface Counted {
  kind: string | null
  month: string
  count: number
  photos: number
  withoutPhotos: number
  withoutMinutes: number
}

/** By the one choice that every record of the ledger makes (支部大会, 支委会, 团课 …), where there is such a choice. */
export const kindOf = (definition: LedgerDefinition): LedgerField | undefined =>
  definition.fields.find((f) => isOneOf(f) && f.required)

const textsOf = (definition: LedgerDefinition) => definition.fields.filter(isProse)

export async function linesOf(
  ctx: Context,
  definitions: readonly LedgerDefinition[],
  frame: Frame,
): Promise<InspectionLine[]> {
  const months = monthsOf(frame)
  const lines: InspectionLine[] = []
  for (const definition of definitions) {
    const rows = await counted(ctx, definition, await listed(ctx, definition, {}, frame), frame)
    // Of rows that last, the list holds what stands, whenever it began.
    const begun = definition.standing
      ? await counted(
          ctx,
          definition,
          sql`from record r where ${recordsWhere(definition, frame, false)}`,
          frame,
        )
      : rows
    for (const kind of inOrder(definition, [...rows, ...begun])) {
      const of = (all: Counted[]) => all.filter((r) => r.kind === kind)
      lines.push(lineOf(definition, kind, { rows: of(rows), begun: of(begun) }, months))
    }
  }
  return lines
}

/** Kinds as the declaration lists them; records without one come last. */
function inOrder(definition: LedgerDefinition, rows: Counted[]): (string | null)[] {
  const options = kindOf(definition)?.options?.map((o) => o.value) ?? []
  const place = (kind: string | null) => (kind === null ? options.length : options.indexOf(kind))
  return [...new Set(rows.map((r) => r.kind))].sort((a, b) => place(a) - place(b))
}

async function counted(
  ctx: Context,
  definition: LedgerDefinition,
  from: RawBuilder<unknown>,
  frame: Frame,
): Promise<Counted[]> {
  const field = kindOf(definition)
  const kind = field ? sql`${fieldSql(definition, field.id)}` : sql`null::text`
  const texts = textsOf(definition).map((f) => fieldSql(definition, f.id))
  const bare = texts.length > 0 ? sql`coalesce(${sql.join(texts)}) is null` : sql`false`
  const hasPhotos = recordDimensions(definition).hasPhotos?.sql(frame) ?? sql`false`
  const { rows } = await sql<Counted>`
    select ${kind} as kind, to_char(r.day, 'YYYY-MM') as month, count(*) as count, sum(${photosIn})::int as photos,
      count(*) filter (where ${definition.photos === true} and not ${hasPhotos as RawBuilder<boolean>}) as without_photos,
      count(*) filter (where ${bare}) as without_minutes
    ${from} group by 1, 2 order by 1, 2`.execute(ctx.db)
  return rows
}

const photosIn = sql`(select count(*) from attachment a where a.county_id = coalesce(r.home_county_id, r.county_id)
  and a.record_id = r.id and a.voided_at is null and a.media_type like 'image/%')`

function lineOf(
  definition: LedgerDefinition,
  kind: string | null,
  { rows, begun }: { rows: Counted[]; begun: Counted[] },
  months: string[],
): InspectionLine {
  const field = kindOf(definition)
  const title = field?.options?.find((o) => o.value === kind)?.title
  const where: Record<string, string> = field ? { [field.id]: kind ?? '空' } : {}
  const noTexts = Object.fromEntries(textsOf(definition).map((f) => [f.id, '空']))
  const total = (pick: (row: Counted) => number) => rows.reduce((sum, row) => sum + pick(row), 0)
  return {
    ledger: definition.id,
    kind: kind ?? '',
    ledgerTitle: definition.title,
    title: title ?? definition.title,
    askedFirst: definition.inspected === true,
    count: begun.reduce((sum, row) => sum + row.count, 0),
    ...(definition.standing && { standing: total((r) => r.count) }),
    months: months.map((m) => begun.find((r) => r.month === m)?.count ?? 0),
    photos: total((r) => r.photos),
    withoutPhotos: total((r) => r.withoutPhotos),
    withoutMinutes: total((r) => r.withoutMinutes),
    where,
    whereNoPhotos: { ...where, hasPhotos: '否' },
    whereNoMinutes: { ...where, ...noTexts },
  }
}
