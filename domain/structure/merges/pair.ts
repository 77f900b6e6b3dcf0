/** Two people opened side by side: all their rows, spans and ties, and who may merge them. */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { conflict, notFound } from '../../../kernel/errors.ts'
import { may } from '../../../kernel/scope.ts'
import { postBeyond } from '../appointments/giving.ts'
import { codesOf } from '../organisations/queries.ts'
import { moment } from '../people/dated.ts'
import type { PersonRow } from '../people/entry.ts'
import { findPerson, orgNameAt } from '../people/queries.ts'
import { holding, type Tie, type TieTable, tieFor, tiesOf } from '../people/ties.ts'
import { type Looked, lookAt, togetherOf, weigh } from './candidates.ts'
import type { Likeness, SpanSide } from './rules.ts'

export interface HeldSpan extends SpanSide {
  countyId: string
}

export interface HeldTrait {
  id: string
  countyId: string
  trait: string
  value: string
  detail: string | null
  from: string
  to: string
}

export interface Whole {
  looked: Looked
  /** In every county that knows the person; the first is the one compared. */
  rows: PersonRow[]
  ties: Tie[]
  memberships: HeldSpan[]
  appointments: HeldSpan[]
  traits: HeldTrait[]
  participations: number
  account: string | null
}

export interface Pair extends Likeness {
  one: Whole
  other: Whole
}

/** @throws notFound unless the caller's organisations hold both; conflict `alreadyMerged` */
export async function openPair(ctx: Context, ids: { one: string; other: string }): Promise<Pair> {
  const [first, second] = [await findPerson(ctx, ids.one), await findPerson(ctx, ids.other)]
  if (first.until !== null || second.until !== null) throw notFound('这一组人')
  if (first.row.id === second.row.id)
    throw conflict('alreadyMerged', '这两份资料已经是同一个人了，不用再合并。请刷新列表。')
  const looked = await lookAt(ctx, [first.row.id, second.row.id])
  const one = await wholeOf(ctx, looked.get(first.row.id), first.row)
  const other = await wholeOf(ctx, looked.get(second.row.id), second.row)
  const together = await togetherOf(ctx, first.row.id, second.row.id)
  return { one, other, ...weigh(ctx, one.looked, other.looked, together) }
}

async function wholeOf(ctx: Context, looked: Looked | undefined, row: PersonRow): Promise<Whole> {
  const { rows } = await sql<PersonRow>`
    select * from person where county_id in (select county_id from org) and id = ${row.id} and voided_at is null
    order by county_id = ${row.countyId} desc, county_id`.execute(ctx.db)
  const ties = (await tiesOf(ctx, [row.id])).get(row.id) ?? []
  if (!looked) throw new Error('a person found is a person looked at')
  return {
    looked: { ...looked, row },
    rows,
    ties,
    memberships: await spansOf(ctx, 'membership', row.id),
    appointments: await spansOf(ctx, 'appointment', row.id),
    traits: await traitsOf(ctx, row.id),
    participations: await countOf(ctx, row.id),
    account: await accountOf(ctx, row.id),
  }
}

async function spansOf(ctx: Context, table: TieTable, personId: string): Promise<HeldSpan[]> {
  const what = table === 'membership' ? sql`'团员', null::text` : sql`m.post_title, m.post`
  const { rows } = await sql<HeldSpan>`
    select v.* from (select m.id, m.county_id, m.org_id, ${orgNameAt(sql`m.org_id`, moment(ctx.now))}, ${what},
        m.valid_from, m.valid_to
      from ${sql.id(table)} m where m.county_id in (select county_id from org)
        and m.person_id = ${personId} and m.voided_at is null) as v(id, county_id, org_id, org_name, what, post, "from", "to")
    order by v."from", v.id`.execute(ctx.db)
  return rows
}

async function traitsOf(ctx: Context, personId: string): Promise<HeldTrait[]> {
  const { rows } = await sql<HeldTrait>`
    select id, county_id, trait, value, detail, valid_from as "from", valid_to as "to" from person_trait
    where county_id in (select county_id from org) and person_id = ${personId} and voided_at is null
    order by trait, valid_from, id`.execute(ctx.db)
  return rows
}

async function countOf(ctx: Context, personId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(distinct p.record_id) as n from participation p
    join record r on r.county_id = p.county_id and r.id = p.record_id and r.voided_at is null
    where p.county_id in (select county_id from org) and p.person_id = ${personId}`.execute(ctx.db)
  return rows[0]?.n ?? 0
}

async function accountOf(ctx: Context, personId: string): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('account')
    .select('username')
    .where('personId', '=', personId)
    .where('closedAt', 'is', null)
    .executeTakeFirst()
  return row?.username ?? null
}

/**
 * What stands in the way of this caller: a merge moves memberships and posts, and with them rights, so it takes the
 * right to change wherever either stands now, and in each county somewhere.
 */
export async function whyNot(ctx: Context, { one, other }: Pair): Promise<string | null> {
  const outside = [one, other].flatMap((w) => outsideOf(ctx, w))
  const [first] = outside
  if (!first) return postBeyond(ctx, [one.looked.row.id, other.looked.row.id])
  const superior = await superiorOf(
    ctx,
    [one, other].flatMap((w) => standing(w).map((t) => t.pathNow)),
  )
  const by = superior ? `要由${superior}来合并` : '要由两边共同的上级来合并'
  return `${first.name}${first.where}，您对那里没有更改权限，${by}；可以先“提请上级”。`
}

/** Now or later; without any, the last. */
const standing = ({ ties }: Whole): Tie[] => {
  const now = ties.filter((t) => t.state !== 'past')
  return now.some((t) => t.state === 'inForce') ? now : holding(ties)
}

function outsideOf(ctx: Context, whole: Whole): { name: string; where: string }[] {
  const { name } = whole.looked
  const mayChange = (t: Tie) => may(ctx.actor.grants, 'structure.change', t.pathNow)
  const barred = whole.ties.find((t) => t.state !== 'past' && !mayChange(t))
  if (barred) return [{ name, where: `在“${barred.orgName}”` }]
  if (tieFor(ctx, 'structure.change', whole.ties)) return []
  return [{ name, where: whole.ties[0] ? `登记在“${whole.ties[0].orgName}”` : '登记在别处' }]
}

/** The lowest organisation above all of them. */
async function superiorOf(ctx: Context, paths: string[]): Promise<string | null> {
  const codes = paths.map(codesOf)
  const shared = (codes[0] ?? []).filter((code, at) => codes.every((c) => c[at] === code))
  const lowest = shared.at(-1)
  if (!lowest) return null
  const { rows } = await sql<{ name: string }>`
    select s.name from org o join org_span s on s.org_id = o.id where o.code = ${lowest}
    order by s.valid_from desc limit 1`.execute(ctx.db)
  return rows[0]?.name ?? null
}
