/** By which organisation people stand: dimensions over the span `s` and the moment at which it is looked at. */
import { type RawBuilder, sql } from 'kysely'
import type { Dimension } from '../../../kernel/measures.ts'
import { branchKinds, type Choice, levels, orgTypes, sectors } from '../organisations/words.ts'

const choice = (title: string, name: string, options: readonly Choice[]): Dimension => ({
  title,
  type: 'choice',
  options: [...options],
  sql: () => sql.ref(`s.${name}`),
})

export const orgDimensions: Record<string, Dimension> = {
  orgType: choice('组织类型', 'type', orgTypes),
  sector: choice('领域', 'sector', sectors),
  level: choice('组织级别', 'level', levels),
  branchKind: choice('团支部类别', 'kind', branchKinds),
  orgName: { title: '组织名称', type: 'text', sql: () => sql`s.name` },
}

/** The span in force at the moment, of the organisation in this column. */
export const spanAt = (orgId: string, at: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`join org_span s on s.org_id = ${sql.ref(orgId)} and s.valid_from <= ${at} and s.valid_to > ${at}`
