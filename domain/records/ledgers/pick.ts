/** Records of one ledger found by typing, to be named by others: by a part of the title, or by its pinyin. */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { lettersOf, soundsLike } from '../../../kernel/pinyin.ts'
import { reach } from '../../../kernel/scope.ts'
import type { searchRecords } from './contract.ts'
import { livesOf, ownOrg } from './lives.ts'
import { nameOn } from './places.ts'
import { ledgerOf } from './registry.ts'

const OFFERED = 20
/** Of larger ledgers the latest are looked through by pinyin. */
const MOST_READ_ALOUD = 2000

interface Row {
  id: string
  title: string
  day: string
  orgId: string
  path: string
}

export async function search(
  ctx: Context,
  { params, query }: Input<typeof searchRecords>,
): Promise<Output<typeof searchRecords>> {
  const { id: ledger } = await ledgerOf(ctx, params.ledger)
  const text = query.q.trim()
  const letters = lettersOf(text)
  const near = await placeOf(ctx, query.org ?? ownOrg(ctx))
  const { rows } = await sql<Row>`
    select r.id, r.title, r.day, r.org_id, r.path from record r
    where r.ledger = ${ledger} and r.voided_at is null and r.home_county_id is null
      and ${reach(ctx.actor.grants, 'records.read', { countyId: 'r.county_id', path: 'r.path' })}
      and ${letters === null ? sql`position(${text} in r.title) > 0` : sql`true`}
    order by r.path = ${near} desc, left(r.path, length(${near})) = ${near} desc, r.day desc, r.id desc
    limit ${letters === null ? OFFERED : MOST_READ_ALOUD}`.execute(ctx.db)
  const found = rows.filter((r) => letters === null || r.title.includes(text) || soundsLike(r.title, letters))
  const offered = found.slice(0, OFFERED)
  const lives = await livesOf(
    ctx.db,
    offered.map((r) => r.orgId),
  )
  return {
    records: offered.map(({ id, title, day, orgId }) => ({
      id,
      title,
      day,
      org: nameOn(lives.get(orgId), day),
    })),
  }
}

const placeOf = async (ctx: Context, orgId: string): Promise<string> =>
  (await livesOf(ctx.db, [orgId])).get(orgId)?.path ?? '/'
