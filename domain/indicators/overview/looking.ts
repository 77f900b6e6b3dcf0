/** What an overview and its coverage look at: one organisation, one period. */

import type { Context } from '../../../kernel/context.ts'
import { measure } from '../../../kernel/measureId.ts'
import type { Catalogue } from '../../../kernel/measures.ts'
import type { Period } from '../../../kernel/period.ts'
import { type Org, orgAt } from '../../structure/organisations/queries.ts'
import { catalogue, measureOf, sourceOf } from '../catalogue.ts'
import { type Framed, frameOf, inOneBatch } from '../frame.ts'
import { periodAsked } from './rules.ts'

export interface Looked {
  ctx: Context
  all: Catalogue
  org: Org
  /** Of events in the period; states are looked at at its end. */
  framed: Framed
  period: Period
}

/** @throws Refusal where the caller may not read this organisation's figures. */
export async function lookAt(
  caller: Context,
  query: { org: string; period?: string | undefined; until?: string | undefined },
): Promise<Looked> {
  const ctx = inOneBatch(caller)
  const all = await catalogue(ctx)
  const period = periodAsked(query, ctx.today)
  const framed = await frameOfRecords(ctx, all, query.org, period)
  const org = await orgAt(ctx.db, framed.org.id, framed.frame.asOf)
  if (!org) throw new Error(`organisation ${framed.org.id} was found, and is gone`)
  return { ctx, all, org, framed, period }
}

export function frameOfRecords(
  ctx: Context,
  all: Catalogue,
  org: string,
  { from, to }: { from: string; to: string },
): Promise<Framed> {
  const records = measureOf(all, measure('record.count'))
  return frameOf(ctx, { org, measure: records.id, from, to }, records, sourceOf(all, records))
}
