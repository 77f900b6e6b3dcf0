/** Which records may be one activity: found by keys that such records share, then weighed one pair at a time. */
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { reach, type Scope, within } from '../../../kernel/scope.ts'
import type { LedgerDefinition } from '../ledgers/definition.ts'
import { isPlace } from '../ledgers/fields/types.ts'
import { HOSTS_NAMED } from '../ledgers/hosts.ts'
import { livesOf } from '../ledgers/lives.ts'
import { nameOn } from '../ledgers/places.ts'
import { ledgers } from '../ledgers/registry.ts'
import type { RecordSide } from './contract.ts'
import { type Activity, type Likeness, likeness, MANY, type Shared, WORTH } from './rules.ts'

export interface Looked extends Activity {
  id: string
  countyId: string
  ledger: string
  dayTo: string | null
}

export interface Found extends Likeness {
  one: Looked
  other: Looked
}

interface Asked {
  scope: Scope
  from: string
  to: string
  ledger?: string | undefined
}

const MOST_PAIRS = 50_000
/** Days by which one of two may have written another day. */
const NEAR = 2

/** The first place field that is filled, whatever the ledger. */
function placeOf(definitions: readonly LedgerDefinition[]): RawBuilder<string | null> {
  const ids = definitions.flatMap((d) => d.fields.filter(isPlace).map((f) => f.id))
  const each = [...new Set(ids)].map((id) => sql`r.fields->>${sql.lit(id)}`)
  return each.length === 0 ? sql`null::text` : sql`coalesce(${sql.join(each)})`
}

/** Ledger and place in the tree as one number: joins on numbers are quick, and what collides is weighed anyway. */
const spotOf = (path: RawBuilder<unknown>) => sql`hashtextextended(r.ledger || ' ' || ${path}, 0)`

/**
 * Pairs of one ledger: by the same organisation, its superior or a host within a few days; by the same place or
 * number on a day; by a person on a day; by a picture. Every arm joins on equal keys, each side made once.
 */
const keyed = ({ scope, from, to, ledger }: Asked, definitions: readonly LedgerDefinition[]) => sql<{
  one: string
  other: string
  pictured: boolean
}>`
  with these as materialized (
    select r.county_id, r.id, r.ledger, r.day, r.person_times, ${placeOf(definitions)} as place,
      ${spotOf(sql`r.path`)} as spot, ${spotOf(sql`regexp_replace(r.path, '[^/]+/$', '')`)} as above
    from record r where r.voided_at is null and r.home_county_id is null
      and ${within(scope, { countyId: 'r.county_id', path: 'r.path' })}
      and r.day between ${from}::date and ${to}::date ${ledger ? sql`and r.ledger = ${ledger}` : sql``}),
  spots as (
    select id, spot, day from these union all select id, above, day from these
    union all select r.id, ${spotOf(sql`h.path`)}, r.day from these r
      join ${HOSTS_NAMED} h on h.county_id = r.county_id and h.record_id = r.id),
  near as (select t.id, t.spot, t.day + k as day from these t, generate_series(${sql.lit(-NEAR)}, ${sql.lit(NEAR)}) k),
  named as materialized (
    select t.id, t.ledger, t.day, p.person_id from these t
    join participation p on p.county_id = t.county_id and p.record_id = t.id where p.person_id is not null),
  pictures as materialized (
    select t.id, t.ledger, a.sha256 from these t
    join attachment a on a.county_id = t.county_id and a.record_id = t.id where a.voided_at is null),
  pairs as (
    select least(a.id, b.id) as one, greatest(a.id, b.id) as other, false as pictured from spots a
      join near b on a.spot = b.spot and a.day = b.day and a.id <> b.id
    union
    select a.id, b.id, false from these a join these b
      on a.ledger = b.ledger and a.day = b.day and a.place = b.place and a.id < b.id
    union
    select a.id, b.id, false from these a join these b
      on a.ledger = b.ledger and a.day = b.day and a.person_times = b.person_times and a.id < b.id
        and a.person_times >= ${sql.lit(MANY)}
    union
    select a.id, b.id, false from named a join named b
      on a.person_id = b.person_id and a.ledger = b.ledger and a.day = b.day and a.id < b.id
    union
    select a.id, b.id, true from pictures a join pictures b
      on a.sha256 = b.sha256 and a.ledger = b.ledger and a.id < b.id)
  select one, other, bool_or(pictured) as pictured from pairs group by one, other limit ${sql.lit(MOST_PAIRS)}`

/** Pairs below an organisation that are worth a look, the likeliest first. */
export async function pairsWithin(ctx: Context, asked: Asked): Promise<Found[]> {
  const definitions = await ledgers(ctx)
  const { rows } = await keyed(asked, definitions).execute(ctx.db)
  const records = await lookAt(ctx, [...new Set(rows.flatMap((r) => [r.one, r.other]))])
  const joint = new Set(definitions.filter((d) => d.joint).map((d) => d.id))
  const hopeful = rows.flatMap(({ one, other, pictured }) => {
    const [a, b] = [records.get(one), records.get(other)]
    if (!a || !b || a.ledger !== b.ledger) return []
    // As if everybody named were the same: who is, is asked only where that could matter.
    const most = { people: 1, fewest: 1, photos: pictured ? 1 : 0, joint: joint.has(a.ledger) }
    return likeness(a, b, most).score >= WORTH ? [{ a, b }] : []
  })
  const shared = await sharedBy(
    ctx,
    hopeful.map(({ a, b }) => [a.id, b.id]),
  )
  return hopeful
    .map(({ a, b }) => {
      const known = shared.get(`${a.id},${b.id}`) ?? { people: 0, fewest: 0, photos: 0 }
      return { one: a, other: b, ...likeness(a, b, { ...known, joint: joint.has(a.ledger) }) }
    })
    .filter((f) => f.score >= WORTH)
    .sort((x, y) => y.score - x.score || (x.one.day < y.one.day ? 1 : -1))
}

type Counted = Omit<Shared, 'joint'>

/** People and pictures on both sides, by 'one,other'. Known people by id, others by name. */
export async function sharedBy(ctx: Context, pairs: string[][]): Promise<Map<string, Counted>> {
  if (pairs.length === 0) return new Map()
  const { rows } = await sql<{ one: string; other: string } & Counted>`
    with v as materialized (
      select one, other from unnest(${pairs.map((p) => p[0])}::uuid[], ${pairs.map((p) => p[1])}::uuid[]) as u(one, other)),
    ids as (select one as id from v union select other from v),
    named as materialized (
      select p.record_id, p.name as who from participation p
      join record r on r.county_id = p.county_id and r.id = p.record_id and r.home_county_id is null
      where p.county_id in (select county_id from org) and p.record_id in (select id from ids)
      group by p.record_id, p.name),
    pictured as materialized (
      select distinct a.record_id, a.sha256 from attachment a
      where a.county_id in (select county_id from org) and a.record_id in (select id from ids) and a.voided_at is null),
    counts as (select record_id, count(*)::int as n from named group by record_id),
    people as (select v.one, v.other, count(*)::int as n from v join named a on a.record_id = v.one
      join named b on b.record_id = v.other and b.who = a.who group by v.one, v.other),
    photos as (select v.one, v.other, count(*)::int as n from v join pictured a on a.record_id = v.one
      join pictured b on b.record_id = v.other and b.sha256 = a.sha256 group by v.one, v.other)
    select v.one, v.other, coalesce(p.n, 0) as people, least(coalesce(x.n, 0), coalesce(y.n, 0)) as fewest,
      coalesce(f.n, 0) as photos
    from v left join people p using (one, other) left join photos f using (one, other)
    left join counts x on x.record_id = v.one left join counts y on y.record_id = v.other`.execute(ctx.db)
  return new Map(rows.map(({ one, other, ...counted }) => [`${one},${other}`, counted]))
}

interface Row extends Omit<Looked, 'orgName' | 'exact'> {
  dayPrecision: string
}

/** Records at home, not void. Whoever asks has asked for the right before. */
export async function lookAt(ctx: Context, ids: string[]): Promise<Map<string, Looked>> {
  return shownBy(ctx, sql`r.county_id in (select county_id from org) and r.id = any(${ids}::uuid[])`)
}

async function shownBy(ctx: Context, where: RawBuilder<unknown>): Promise<Map<string, Looked>> {
  const { rows } = await sql<Row>`
    select r.county_id, r.id, r.ledger, r.org_id, r.path, r.day, r.day_to, r.day_precision, r.title, r.person_times,
      ${placeOf(await ledgers(ctx))} as place,
      array(select h.org_id::text from ${HOSTS_NAMED} h where h.county_id = r.county_id and h.record_id = r.id) as hosts
    from record r where r.voided_at is null and r.home_county_id is null and ${where}`.execute(ctx.db)
  const lives = await livesOf(
    ctx.db,
    rows.map((r) => r.orgId),
  )
  return new Map(
    rows.map(({ dayPrecision, ...r }) => [
      r.id,
      { ...r, exact: dayPrecision === 'day', orgName: nameOn(lives.get(r.orgId), r.day) },
    ]),
  )
}

interface Draft extends Activity {
  id: string | null
  countyId: string
  ledger: string
}

/** Readable records of the ledger around the day that look like the one about to be written. */
export async function likeDraft(
  ctx: Context,
  draft: Draft,
  joint: boolean,
): Promise<(Likeness & { record: Looked })[]> {
  const mayRead = reach(ctx.actor.grants, 'records.read', { countyId: 'r.county_id', path: 'r.path' })
  const near = await shownBy(
    ctx,
    sql`r.county_id = ${draft.countyId} and r.ledger = ${draft.ledger} and ${mayRead}
      and r.day between ${draft.day}::date - ${sql.lit(NEAR)} and ${draft.day}::date + ${sql.lit(NEAR)}
      and r.id is distinct from ${draft.id}`,
  )
  return [...near.values()]
    .map((record) => ({ record, ...likeness(draft, record, { people: 0, fewest: 0, photos: 0, joint }) }))
    .filter((found) => found.score >= WORTH)
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
}

/** With counts of names and ids of pictures, as lists show them. */
export async function sidesOf(ctx: Context, records: Looked[]): Promise<Map<string, RecordSide>> {
  const ids = [...new Set(records.map((r) => r.id))]
  const titles = new Map((await ledgers(ctx)).map((d) => [d.id, d.title]))
  const { rows } = await sql<{ id: string; named: number; photos: string[] }>`
    select v.id, (select count(*)::int from participation p join record r on r.county_id = p.county_id
        and r.id = p.record_id and r.home_county_id is null
        where p.county_id in (select county_id from org) and p.record_id = v.id) as named,
      array(select a.id::text from attachment a where a.county_id in (select county_id from org)
        and a.record_id = v.id and a.voided_at is null and a.media_type like 'image/%' order by a.id) as photos
    from unnest(${ids}::uuid[]) as v(id)`.execute(ctx.db)
  const beside = new Map(rows.map((r) => [r.id, r]))
  return new Map(
    records.map((r) => [
      r.id,
      {
        id: r.id,
        ledger: r.ledger,
        ledgerTitle: titles.get(r.ledger) ?? r.ledger,
        orgId: r.orgId,
        orgName: r.orgName,
        day: r.day,
        dayTo: r.dayTo,
        title: r.title,
        personTimes: r.personTimes,
        place: r.place,
        named: beside.get(r.id)?.named ?? 0,
        photos: beside.get(r.id)?.photos ?? [],
      },
    ]),
  )
}
