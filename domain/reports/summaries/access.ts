/** Who may do what to a summary, and in which state it may be changed. */

import type { Deed } from '../../../kernel/act.ts'
import type { Action } from '../../../kernel/actions.ts'
import { type Context, require } from '../../../kernel/context.ts'
import { conflict } from '../../../kernel/errors.ts'
import { may } from '../../../kernel/scope.ts'
import type { Org } from '../../structure/organisations/queries.ts'
import { type Found, summaryById } from './queries.ts'

/** @throws notFound also where the caller may not read it. */
export async function readable(ctx: Context, id: string, action: Action = 'summaries.read'): Promise<Found> {
  const found = await summaryById(ctx, id)
  require(ctx, action, found.org.pathNow, '这份总结')
  return found
}

/** A draft that the caller may change. @throws conflict `submitted` */
export async function draftOf(ctx: Context, id: string, action: Action = 'summaries.write'): Promise<Found> {
  const found = await readable(ctx, id, action)
  if (found.row.state !== 'draft')
    throw conflict(
      'submitted',
      `“${found.row.title}”已于 ${found.row.submittedAt?.slice(0, 10)} 上报，正文和数据不再改动。要更正请点“更正”，另起一版。`,
    )
  return found
}

export const rightsOf = ({ actor }: Context, org: Org) => ({
  write: may(actor.grants, 'summaries.write', org.pathNow),
  submit: may(actor.grants, 'summaries.submit', org.pathNow),
})

export function deedOn(
  { row, org }: Found,
  verb: string,
  { action = 'summaries.write', ...detail }: Record<string, unknown> & { action?: Action } = {},
): Deed {
  return {
    action,
    verb,
    org: { id: org.id, countyId: org.countyId, path: org.pathNow },
    subject: 'summary',
    subjectId: row.id,
    detail: { title: row.title, period: row.period, edition: row.edition, ...detail },
  }
}
