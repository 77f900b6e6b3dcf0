/** A summary as it is shown: its text with figures answered, or as they were frozen, and what is to be checked. */
import type { Context } from '../../../kernel/context.ts'
import { parsePeriod } from '../../../kernel/period.ts'
import { askerOf } from '../../indicators/asker.ts'
import { catalogue } from '../../indicators/catalogue.ts'
import type { AskOptions } from '../../indicators/query.ts'
import type { Org } from '../../structure/organisations/queries.ts'
import { rightsOf } from './access.ts'
import { checksOf, displayIn, type Figures } from './checks.ts'
import type { Check, ResolvedFigure, Summary, SummaryListed } from './contract.ts'
import { type Resolving, resolve } from './figures.ts'
import { frozenOf } from './frozen.ts'
import { type Body, figuresOf, lengthOf, type SummaryFrame, wordsOf } from './model.ts'
import { editionsOf, type Found, lastHands, type SummaryRow } from './queries.ts'

export const frameOf = (row: Pick<SummaryRow, 'orgId' | 'period' | 'cutOff'>): SummaryFrame => ({
  org: row.orgId,
  period: row.period,
  cutOff: row.cutOff,
})

export async function resolvingFor(
  ctx: Context,
  row: Pick<SummaryRow, 'orgId' | 'period' | 'cutOff' | 'settings'>,
  options: AskOptions = {},
): Promise<Resolving> {
  const all = await catalogue(ctx)
  const asker = askerOf(ctx, all, options)
  return { frame: frameOf(row), settings: row.settings, all, asker, compare: true }
}

/** The figures of a text: of a draft, as of today; of what was handed in, as they were. */
export async function figuresFor(
  ctx: Context,
  row: SummaryRow,
  options: AskOptions = {},
): Promise<Map<string, ResolvedFigure>> {
  if (row.state === 'draft') return resolve(figuresOf(row.body), await resolvingFor(ctx, row, options))
  const frozen = await frozenOf(ctx, row)
  return new Map(frozen.map(({ figure }) => [figure.ref, figure]))
}

export interface Worked {
  figures: ResolvedFigure[]
  checks: Check[]
  length: number
}

export function workedOf(body: Body, figures: Figures, frame: SummaryFrame): Worked {
  const displayOf = displayIn(figures)
  const words = body.sections.flatMap((s) => [
    s.title,
    ...s.paragraphs.map((p) => wordsOf(p.runs, displayOf)),
  ])
  return {
    figures: [...figures.values()],
    checks: checksOf(body, figures, frame),
    length: lengthOf(words.join('')),
  }
}

export async function shown(ctx: Context, found: Found): Promise<Summary> {
  const { row, org } = found
  const [figures, editions, hands] = [
    await figuresFor(ctx, row),
    await editionsOf(ctx, org, row.period),
    await lastHands(ctx, [row.id]),
  ]
  return {
    ...listing(ctx, { row, org, hand: hands.get(row.id) }),
    body: row.body,
    settings: row.settings,
    ...workedOf(row.body, figures, frameOf(row)),
    editions: editions.map(({ id, edition, state, submittedAt }) => ({ id, edition, state, submittedAt })),
  }
}

export function listing(
  ctx: Context,
  { row, org, hand }: { row: SummaryRow; org: Org; hand: string | undefined },
): SummaryListed {
  return {
    id: row.id,
    org: { id: org.id, code: org.code, name: org.name },
    period: row.period,
    periodLabel: parsePeriod(row.period).label,
    from: row.fromDay,
    to: row.toDay,
    cutOff: row.cutOff,
    title: row.title,
    state: row.state,
    edition: row.edition,
    version: row.version,
    changedAt: row.changedAt,
    changedBy: hand ?? '',
    submittedAt: row.submittedAt,
    may: rightsOf(ctx, org),
  }
}
