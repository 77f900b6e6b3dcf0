/** Who records in an own ledger, asked when records are entered. */
import { sql } from 'kysely'
import type { Context } from '../../../../kernel/context.ts'
import type { FieldProblem } from '../../../../kernel/errors.ts'
import type { LedgerDefinition } from '../definition.ts'
import type { OrgLife } from '../places.ts'
import { barredReason, type OrgKind } from './rules.ts'

/** Organisations that may not record here, each with the reason; none of a built-in ledger. */
export async function barredFrom(
  ctx: Context,
  definition: LedgerDefinition,
  lives: Map<string, OrgLife>,
): Promise<Map<string, { problems: FieldProblem[] }>> {
  if (!definition.own || lives.size === 0) return new Map()
  const { rows } = await sql<OrgKind & { orgId: string }>`
    select distinct on (s.org_id) s.org_id, s.path, s.type, s.sector, s.level from org_span s
    where s.org_id = any(${[...lives.keys()]}::uuid[]) order by s.org_id, s.valid_from desc`.execute(ctx.db)
  return new Map(
    rows.flatMap(({ orgId, ...org }) => {
      const reason = barredReason(definition, org)
      return reason ? [[orgId, { problems: [{ field: 'orgId', ...reason }] }]] : []
    }),
  )
}
