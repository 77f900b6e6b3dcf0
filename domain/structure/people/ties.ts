/**
 * Where people stand and stood, and what that gives the caller (decision 0027). Who covers a tie in force holds the
 * person. Without any in force the last organisation holds them, but for revealing numbers. A tie of the past, or one
 * to come, reads what was so then and gives nothing else. Taking part in a record is no tie.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Action } from '../../../kernel/actions.ts'
import { type Context, require } from '../../../kernel/context.ts'
import { forbidden, notFound } from '../../../kernel/errors.ts'
import { may } from '../../../kernel/scope.ts'
import { shown } from './dated.ts'
import type { PersonRow } from './entry.ts'

/** The tables of what ties people to organisations. */
export type TieTable = 'membership' | 'appointment'

/** One for each path that the organisation had while the person stood there. */
export interface Tie {
  countyId: string
  orgId: string
  orgName: string
  /** The organisation's path then. */
  path: string
  /** Its path at this moment, or that of the organisation which it was merged into. */
  pathNow: string
  state: 'inForce' | 'past' | 'toCome'
  endedAt: string
  /** The last moment, up to now, at which the person stood there on that path. */
  until: string
}

interface TieRow extends Tie {
  personId: string
}

/** Ties of these people in every county: those in force first, memberships before posts, the latest first. */
export async function tiesOf(ctx: Context, personIds: string[]): Promise<Map<string, Tie[]>> {
  const found = new Map<string, Tie[]>()
  if (personIds.length === 0) return found
  const now = sql`${ctx.now}::timestamp`
  const { rows } = await sql<TieRow>`
    select t.person_id, t.county_id, t.org_id, s.name as org_name, s.path, n.path as path_now, t.valid_to as ended_at,
      case when t.valid_from > ${now} then 'toCome' when t.valid_to > ${now} then 'inForce' else 'past' end as state,
      least(t.valid_to - interval '1 second', s.valid_to - interval '1 second', ${now}) as until
    from (${held('membership', 1, personIds)} union all ${held('appointment', 2, personIds)}) as t
    join org o on o.id = t.org_id
    join lateral (select l.path from org_span l
      where l.org_id = case when o.closed_at <= ${now} then coalesce(o.successor_id, o.id) else o.id end
      order by l.valid_from <= ${now} desc, abs(extract(epoch from l.valid_from - ${now})) limit 1) n on true
    join org_span s on s.org_id = t.org_id and s.valid_from < t.valid_to and s.valid_to > t.valid_from
      and (s.valid_from <= ${now} or t.valid_from > ${now})
    order by t.valid_from <= ${now} and t.valid_to > ${now} desc, t.rank, t.valid_from desc, s.valid_from desc`.execute(
    ctx.db,
  )
  for (const { personId, ...tie } of rows) found.set(personId, [...(found.get(personId) ?? []), tie])
  return found
}

const held = (table: TieTable, rank: number, ids: string[]): RawBuilder<unknown> => sql`
  select county_id, person_id, org_id, valid_from, valid_to, ${sql.lit(rank)} as rank from ${sql.id(table)}
  where person_id = any(${ids}::uuid[]) and voided_at is null`

/** Those in force; without any, the last that ended; where none has begun, those to come. */
export function holding<T extends Pick<Tie, 'state' | 'endedAt'>>(ties: T[]): T[] {
  const inForce = ties.filter((t) => t.state === 'inForce')
  if (inForce.length > 0) return inForce
  const past = ties.filter((t) => t.state === 'past')
  const last = past
    .map((t) => t.endedAt)
    .sort()
    .at(-1)
  return past.length > 0 ? past.filter((t) => t.endedAt === last) : ties
}

/** Numbers are revealed only where the person stands now. */
const giving = (action: Action, ties: Tie[]): Tie[] =>
  action === 'people.reveal' ? ties.filter((t) => t.state === 'inForce') : holding(ties)

/** By which tie the caller may do this to the person. */
export const tieFor = (ctx: Context, action: Action, ties: Tie[]): Tie | undefined =>
  giving(action, ties).find((t) => may(ctx.actor.grants, action, t.pathNow))

export const holds = (ctx: Context, ties: Tie[] | undefined): boolean =>
  tieFor(ctx, 'structure.read', ties ?? []) !== undefined

/** Whose somebody is. `free`: they stand nowhere now, and were last somewhere else. */
export type Hold = 'mine' | 'free' | 'beyond'

export function holdOn(ctx: Context, ties: Tie[] = []): Hold {
  if (ties.length === 0 || tieFor(ctx, 'structure.change', ties)) return 'mine'
  return ties.some((t) => t.state === 'inForce') ? 'beyond' : 'free'
}

/** Up to which moment the caller may read by ties that do not hold the person; null when by none. */
export function readableUntil(ctx: Context, ties: Tie[]): string | null {
  const mine = ties.filter((t) =>
    [t.path, t.pathNow].some((path) => may(ctx.actor.grants, 'structure.read', path)),
  )
  return mine.reduce<string | null>((last, t) => (last === null || t.until > last ? t.until : last), null)
}

/** A person in one county, as far as the caller may read. */
export interface FoundPerson {
  row: PersonRow
  /** In every county. */
  ties: Tie[]
  /** Null: the caller's organisations hold the person. Else they read what was so at that moment. */
  until: string | null
}

/** By which tie in the row's county the caller may do this. */
export const tieHere = (ctx: Context, action: Action, { row, ties }: Pick<FoundPerson, 'row' | 'ties'>) =>
  giving(action, ties).find((t) => t.countyId === row.countyId && may(ctx.actor.grants, action, t.pathNow))

/** In the name of which organisation this is done. @throws forbidden saying why the caller may not */
export function actingOrg(ctx: Context, action: Action, { row, ties, until }: FoundPerson) {
  const tie = tieHere(ctx, action, { row, ties })
  if (tie) return { id: tie.orgId, countyId: row.countyId, path: tie.pathNow }
  if (until !== null)
    throw forbidden(
      `${row.name}现在不在您管理的组织里，您只能看到${shown(until)?.slice(0, 10) ?? ''}为止的情况。要更正请联系他现在的组织。`,
    )
  if (action === 'people.reveal' && !ties.some((t) => t.state === 'inForce'))
    throw forbidden(`${row.name}已经离开，现在不在任何团组织，完整的证件号和电话不再提供查看。`)
  throw forbidden()
}

/** A membership or post, and the organisation in which it stands. */
interface HeldSpan {
  countyId: string
  personId: string
  validTo: string
  voidedAt: string | null
}

/**
 * Refuses unless the caller may change this membership or post: in its organisation, and once it has ended, only
 * while the person is held by the caller's organisations; who has moved on is no longer theirs to change.
 * @throws notFound `what` outside the caller's organisations, voided where they may not change it, or of somebody
 * whom they do not know; forbidden
 */
export async function requireSpan(
  ctx: Context,
  org: { pathNow: string },
  span: HeldSpan,
  person: { row: PersonRow; what: string },
): Promise<void> {
  if (span.voidedAt !== null && !may(ctx.actor.grants, 'structure.change', org.pathNow))
    throw notFound(person.what)
  require(ctx, 'structure.change', org.pathNow, person.what)
  if (span.validTo > ctx.now) return
  const ties = (await tiesOf(ctx, [span.personId])).get(span.personId) ?? []
  if (tieFor(ctx, 'structure.change', ties)) return
  if (readableUntil(ctx, ties) === null) throw notFound(person.what)
  throw forbidden(`${person.row.name}已经转到您管理范围以外，这一段的起止要由两边共同的上级更正。`)
}
