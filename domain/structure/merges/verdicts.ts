/** What people decided about pairs: two different ones, or a superior is asked to merge. */
import { type SqlBool, sql } from 'kysely'
import { act, type Deed } from '../../../kernel/act.ts'
import type { Context } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/id.ts'
import type { Verdict, VerdictBody } from './contract.ts'
import { forgetCounts } from './counts.ts'
import type { Subject } from './done.ts'

/** Both ids, the smaller first. */
export const pairId = (one: string, other: string): string => [one, other].sort().join(',')

export async function verdictsOf(
  ctx: Context,
  subject: Subject,
  pairs: string[],
): Promise<Map<string, Verdict>> {
  if (pairs.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('duplicateVerdict')
    .selectAll()
    .where('countyId', 'in', ctx.db.selectFrom('org').select('countyId'))
    .where('subject', '=', subject)
    .where('withdrawnAt', 'is', null)
    .where(sql<SqlBool>`one_id = any(${[...new Set(pairs.map((p) => p.slice(0, 36)))]}::uuid[])`)
    .execute()
  return new Map(
    rows.map((r) => [
      pairId(r.oneId, r.otherId),
      { id: r.id, verdict: r.verdict, note: r.note, by: r.recordedByName, at: r.recordedAt },
    ]),
  )
}

/** Open: nobody has called them two. What is proposed to a superior is open still. */
export const fits = (state: string, verdict: Verdict | null): boolean =>
  state === 'open' ? verdict?.verdict !== 'distinct' : verdict?.verdict === state

export type Judged = Omit<Deed, 'verb' | 'detail'> & { ids: [string, string]; titles: string }

const VERBS = { distinct: '认定不重复', proposed: '提请上级合并', none: '收回查重意见' }

/** One at a time stands for a pair. Answers what stands now. */
export async function judge(
  ctx: Context,
  { ids, titles, ...deed }: Judged,
  { verdict, note }: VerdictBody,
): Promise<{ verdict: Verdict | null }> {
  const [oneId, otherId] = pairId(...ids).split(',') as [string, string]
  const subject = deed.subject as Subject
  const detail = { pair: titles, ...(note && { note }) }
  forgetCounts(ctx)
  return act(ctx, { ...deed, verb: VERBS[verdict], detail }, async () => {
    await ctx.db
      .updateTable('duplicateVerdict')
      .set({ withdrawnAt: ctx.now })
      .where('countyId', 'in', ctx.db.selectFrom('org').select('countyId'))
      .where('subject', '=', subject)
      .where('oneId', '=', oneId)
      .where('otherId', '=', otherId)
      .where('withdrawnAt', 'is', null)
      .execute()
    if (verdict === 'none') return { verdict: null }
    const said = { id: newId(), verdict, note: note?.trim() || null }
    const { accountId, name } = ctx.actor
    await ctx.db
      .insertInto('duplicateVerdict')
      .values({
        ...said,
        countyId: deed.org.countyId,
        subject,
        oneId,
        otherId,
        orgId: deed.org.id,
        recordedBy: accountId,
        recordedByName: name,
        recordedAt: ctx.now,
        withdrawnAt: null,
      })
      .execute()
    return { verdict: { ...said, by: name, at: ctx.now } }
  })
}
