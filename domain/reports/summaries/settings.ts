/** How an organisation's summaries usually say their numbers. */
import type { Context } from '../../../kernel/context.ts'
import { keepPercentRule, percentRuleOf } from '../../indicators/percentRule.ts'
import { type SummarySettings, usualSettings } from './model.ts'

const keyOf = (orgId: string) => `summary:${orgId}`

export async function usualFor(ctx: Context, org: { id: string; path: string }): Promise<SummarySettings> {
  const row = await ctx.db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', keyOf(org.id))
    .executeTakeFirst()
  const percent = await percentRuleOf(ctx, org.path)
  return { ...usualSettings, ...(row?.value as Partial<SummarySettings> | undefined), percent }
}

/** The day under the text belongs to one summary and is not kept. */
export async function keepUsual(
  ctx: Context,
  org: { id: string; path: string },
  settings: SummarySettings,
): Promise<void> {
  const { day: _day, percent, ...kept } = settings
  await keepPercentRule(ctx, org.path, percent)
  const value = JSON.stringify(kept)
  await ctx.db
    .insertInto('setting')
    .values({ key: keyOf(org.id), value })
    .onConflict((c) => c.column('key').doUpdateSet({ value }))
    .execute()
}
