/** How an organisation's summaries usually say their numbers. */
import type { Context } from '../../../kernel/context.ts'
import { type SummarySettings, usualSettings } from './model.ts'

const keyOf = (orgId: string) => `summary:${orgId}`

export async function usualFor(ctx: Context, orgId: string): Promise<SummarySettings> {
  const row = await ctx.db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', keyOf(orgId))
    .executeTakeFirst()
  return { ...usualSettings, ...(row?.value as Partial<SummarySettings> | undefined) }
}

/** The day under the text belongs to one summary and is not kept. */
export async function keepUsual(ctx: Context, orgId: string, settings: SummarySettings): Promise<void> {
  const { day: _day, ...kept } = settings
  const value = JSON.stringify(kept)
  await ctx.db
    .insertInto('setting')
    .values({ key: keyOf(orgId), value })
    .onConflict((c) => c.column('key').doUpdateSet({ value }))
    .execute()
}
