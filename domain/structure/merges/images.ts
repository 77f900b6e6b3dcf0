/**
 * What rows were before and after a merge. Images are the rows as PostgreSQL writes them in jsonb, handled as text:
 * nothing is rounded or reordered on the way, so that an undo gives them back exactly.
 */
import { createHash } from 'node:crypto'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/id.ts'
import { ALL_LINKED, type Linked } from './links.ts'

export interface Watched {
  linked: Linked
  /** Over the alias t. */
  where: RawBuilder<SqlBool>
}

interface Image {
  linked: Linked
  key: string
  countyId: string | null
  row: string
}

type Images = Map<string, Image>

const tableOf = (name: string) => sql.id('public', name)
const keyOf = ({ key }: Linked) => sql`concat_ws(' ', ${sql.join(key.map((k) => sql.ref(`t.${k}`)))})`

export async function imagesOf(ctx: Context, watched: Watched[], lock = false): Promise<Images> {
  const images: Images = new Map()
  for (const { linked, where } of watched) {
    const county = linked.key.includes('county_id') ? sql`t.county_id::text` : sql`null`
    const { rows } = await sql<{ key: string; countyId: string | null; row: string }>`
      select ${keyOf(linked)} as key, ${county} as county_id, to_jsonb(t)::text as row
      from ${tableOf(linked.table)} t where ${where} order by 1 ${lock ? sql`for update` : sql``}`.execute(
      ctx.db,
    )
    for (const one of rows) images.set(`${linked.table} ${one.key}`, { linked, ...one })
  }
  return images
}

/** Changes when any of the rows does: who merges says what was seen. */
export const digestOf = (images: Images): string =>
  createHash('sha256')
    .update([...images].map(([key, { row }]) => `${key} ${row}`).join('\n'))
    .digest('hex')
    .slice(0, 32)

/** Does the work and keeps, under the merge, how each of the rows watched was before and is after. */
export async function keepingImages<T>(
  ctx: Context,
  merge: { id: string; countyId: string },
  watch: () => Watched[],
  work: () => Promise<T>,
): Promise<T> {
  const before = await imagesOf(ctx, watch(), true)
  const done = await work()
  const after = await imagesOf(ctx, watch())
  const keys = [...new Set([...before.keys(), ...after.keys()])]
  const changes = keys.flatMap((key, place) => {
    const [was, is] = [before.get(key), after.get(key)]
    const one = was ?? is
    if (!one || was?.row === is?.row) return []
    const { countyId } = merge
    const said = {
      subject: one.linked.table,
      rowKey: one.key,
      before: was?.row ?? null,
      after: is?.row ?? null,
    }
    return [{ countyId, id: newId(), mergeId: merge.id, place, ...said }]
  })
  for (let i = 0; i < changes.length; i += 500)
    await ctx.db
      .insertInto('mergeChange')
      .values(changes.slice(i, i + 500))
      .execute()
  return done
}

export interface Kept {
  subject: string
  rowKey: string
  before: string | null
  after: string | null
  /** The row as it is now. */
  now: string | null
}

/** Ways that do not matter: a change of the tree writes paths anew, and an undo does so too. */
const PASSING = ['path']

/** Every change of a merge beside the row as it is now. */
export async function keptOf(ctx: Context, merge: { id: string; countyId: string }): Promise<Kept[]> {
  const found: Kept[] = []
  for (const linked of ALL_LINKED) {
    const { rows } = await sql<Kept>`
      select c.subject, c.row_key, c.before::text as before, c.after::text as after, to_jsonb(t)::text as now
      from merge_change c left join ${tableOf(linked.table)} t on ${keyMatches(linked)}
      where c.county_id = ${merge.countyId} and c.merge_id = ${merge.id} and c.subject = ${linked.table}
      order by c.place`.execute(ctx.db)
    found.push(...rows)
  }
  return found
}

/** Columns of keys that are no ids. */
const TEXTS = new Set(['digest', 'field', 'state'])

/** By its typed columns, so that the primary key is used. */
function keyMatches({ key }: Linked): RawBuilder<SqlBool> {
  const parts = key.map(
    (column, at) =>
      sql<SqlBool>`${sql.ref(`t.${column}`)} = split_part(c.row_key, ' ', ${sql.lit(at + 1)})${TEXTS.has(column) ? sql`` : sql`::uuid`}`,
  )
  return sql<SqlBool>`${sql.join(parts, sql` and `)}`
}

/** Those on which somebody has worked since. */
export const workedOn = (kept: Kept[]): Kept[] =>
  kept.filter(({ subject, after, now }) => !same(linkedOf(subject), after, now))

const linkedOf = (table: string): Linked => {
  const found = ALL_LINKED.find((l) => l.table === table)
  if (!found) throw new Error(`no table ${table} among the links`)
  return found
}

export const wordsOf = (table: string): string => linkedOf(table).words

function same({ only }: Linked, after: string | null, now: string | null): boolean {
  if (after === now) return true
  if (after === null || now === null) return false
  const [a, b] = [JSON.parse(after), JSON.parse(now)] as Record<string, unknown>[]
  const columns = only ?? Object.keys(a ?? {}).filter((c) => !PASSING.includes(c))
  return columns.every((c) => JSON.stringify(a?.[c]) === JSON.stringify(b?.[c]))
}

/** Puts every row back as it was before the merge. */
export async function putBack(ctx: Context, merge: { id: string; countyId: string }): Promise<void> {
  for (const linked of ALL_LINKED) {
    const { rows } = await sql<{ before: string | null }>`
      select distinct on (before is null, after is null) before::text from merge_change
      where county_id = ${merge.countyId} and merge_id = ${merge.id} and subject = ${linked.table}`.execute(
      ctx.db,
    )
    if (rows.length === 0) continue
    const ofTable = sql`c.county_id = ${merge.countyId} and c.merge_id = ${merge.id} and c.subject = ${linked.table}`
    const table = tableOf(linked.table)
    await sql`delete from ${table} t using merge_change c
      where ${ofTable} and c.before is null and ${keyMatches(linked)}`.execute(ctx.db)
    await sql`insert into ${table} select v.* from merge_change c
      cross join lateral jsonb_populate_record(null::${table}, c.before) v
      where ${ofTable} and c.after is null`.execute(ctx.db)
    const columns = linked.only ?? columnsIn(rows)
    if (columns.length === 0) continue
    const sets = columns.map((column) => sql`${sql.id(column)} = ${sql.ref(`v.${column}`)}`)
    await sql`update ${table} t set ${sql.join(sets)} from merge_change c
      cross join lateral jsonb_populate_record(null::${table}, c.before) v
      where ${ofTable} and c.before is not null and c.after is not null and ${keyMatches(linked)}`.execute(
      ctx.db,
    )
  }
}

/** Columns that a later release added keep what they hold. */
const columnsIn = (rows: { before: string | null }[]): string[] => {
  const image = rows.find((r) => r.before !== null)?.before
  return image ? Object.keys(JSON.parse(image) as object) : []
}
