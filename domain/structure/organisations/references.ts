/** Organisations named in bodies: those that stand, or stood once, within what the caller may read. */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { ReferenceKind } from '../../../kernel/references.ts'
import { reach } from '../../../kernel/scope.ts'

async function resolve(ctx: Context, ids: string[]): Promise<Map<string, string>> {
  const within = reach(ctx.actor.grants, 'structure.read')
  const { rows } = await sql<{ orgId: string }>`
    select distinct org_id from org_span where org_id = any(${ids}::uuid[]) and ${within}`.execute(ctx.db)
  return new Map(rows.map(({ orgId }) => [orgId, orgId]))
}

export const organisation: ReferenceKind = { noun: 'org', title: '这个组织', resolve }
