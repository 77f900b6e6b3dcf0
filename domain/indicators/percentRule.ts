/**
 * Whether an organisation cuts its percentages or rounds them (law 5). One rule for page, report and command line:
 * its own, else its superior's, else rounding.
 */
import type { Context } from '../../kernel/context.ts'
import { codesOf } from '../structure/organisations/queries.ts'

export type PercentRule = 'cut' | 'round'

const keyOf = (code: string) => `percent:${code}`

export async function percentRuleOf(ctx: Context, path: string): Promise<PercentRule> {
  const codes = codesOf(path)
  const rows = await ctx.db.selectFrom('setting').selectAll().where('key', 'in', codes.map(keyOf)).execute()
  const nearest = codes.findLast((code) => rows.some((r) => r.key === keyOf(code)))
  return (rows.find((r) => r.key === keyOf(nearest ?? ''))?.value as PercentRule | undefined) ?? 'round'
}

export async function keepPercentRule(ctx: Context, path: string, rule: PercentRule): Promise<void> {
  const code = codesOf(path).at(-1) ?? ''
  const value = JSON.stringify(rule)
  await ctx.db
    .insertInto('setting')
    .values({ key: keyOf(code), value })
    .onConflict((c) => c.column('key').doUpdateSet({ value }))
    .execute()
}
