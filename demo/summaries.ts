/** Summaries in their states: a draft, some handed in, and one whose facts were corrected afterwards. */
import { changeRecord } from '../domain/records/ledgers/contract.ts'
import { createSummary, submitSummary } from '../domain/reports/summaries/contract.ts'
import { usualSettings } from '../domain/reports/summaries/model.ts'
import { keepUsual } from '../domain/reports/summaries/settings.ts'
import type { Org } from '../domain/structure/organisations/queries.ts'
import type { Actor, Context } from '../kernel/context.ts'
import { recordsOf } from './record.ts'
import { call, type Records, record, type Stage } from './stage.ts'

/** The usual day on which the data of a half-year are cut off. */
export const CUT_OFF = '2024-06-15'

/** The offices of the seed cut shares instead of rounding them. */
export const cutShares = (ctx: Context, org: Org) => keepUsual(ctx, org, { ...usualSettings, percent: 'cut' })

export async function draftSummary(ctx: Context, org: Org, period: string, cutOff: string | null = null) {
  return call(ctx, createSummary, { body: { org: org.id, period, cutOff } })
}

export async function handIn(ctx: Context, org: Org, period: string, cutOff: string | null = null) {
  const { id, version } = await draftSummary(ctx, org, period, cutOff)
  await call(ctx, submitSummary, { params: { id }, body: { version, withMissing: true } })
}

/** After last year's half was handed in: a number was wrong, and one activity had been forgotten. */
export async function correctLastYear(
  stage: Stage,
  by: Actor | undefined,
  org: Org,
  records: Records,
): Promise<void> {
  const ceremony = records.themeActivity?.find((r) => r.orgId === org.id && r.day === '2023-05-04')
  const forgotten = recordsOf(org)('2023-04-29', '五四前夕青年座谈会', 27, { kind: 'study' })
  const ctx = stage.at('2023-07-11 10:20:00', by)
  await call(ctx, changeRecord, {
    params: { id: ceremony?.id ?? '' },
    body: { version: 1, personTimes: 136 },
  })
  await record(stage, by, { themeActivity: [forgotten] })
}
