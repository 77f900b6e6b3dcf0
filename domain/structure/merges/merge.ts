/** Two rows of one person become one: every link follows to the one who is kept; laws hold afterwards. */
import { type SqlBool, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { insertRows } from '../../../kernel/database/bulk.ts'
import { conflict } from '../../../kernel/errors.ts'
import type { PersonRow } from '../people/entry.ts'
import { checkIdNumber } from '../people/idNumber.ts'
import { agreeing } from '../people/rules.ts'
import type { TieTable } from '../people/ties.ts'
import { looseDate } from '../people/words.ts'
import { clashesOf, comparedFields, FIELDS, later, type Side, spanWords, traitLine } from './compare.ts'
import type { ComparedField, SpanChoice } from './contract.ts'
import type { Watched } from './images.ts'
import { PERSON_LINKS, PERSON_ROWS } from './links.ts'
import type { HeldSpan, Pair, Whole } from './pair.ts'
import { overlaps } from './rules.ts'

export interface Choices {
  keep: Side
  fields: Record<string, Side>
  spans: Record<string, SpanChoice>
}

/** Everything that names one of the two. */
export const watchedOf = (ids: string[]): Watched[] => {
  const those = (column: string) => sql<SqlBool>`t.${sql.id(column)} = any(${ids}::uuid[])`
  const inCounties = sql<SqlBool>`t.county_id in (select county_id from org)`
  return [
    { linked: PERSON_ROWS, where: sql<SqlBool>`${inCounties} and ${those('id')}` },
    ...PERSON_LINKS.map((linked) => ({
      linked,
      where: linked.key.includes('county_id')
        ? sql<SqlBool>`${inCounties} and ${those('person_id')}`
        : those('person_id'),
    })),
  ]
}

/** What the caller looked at: rows and spans, but not sign-ins or attendances, which change by themselves. */
export const seenOf = (watched: Watched[]): Watched[] =>
  watched.filter((w) => !['account', 'participation', 'record_reference'].includes(w.linked.table))

/** @throws conflict `chooseSpan`, `overlap`; invalid `birth` */
export async function mergeRows(ctx: Context, pair: Pair, choices: Choices): Promise<void> {
  const kept = pair[choices.keep]
  const gone = pair[choices.keep === 'one' ? 'other' : 'one']
  const fields = comparedFields(pair).map((f) => ({ ...f, proposed: choices.fields[f.field] ?? f.proposed }))
  const columns = columnsFrom(pair, fields)
  await settleSpans(ctx, pair, choices)
  await settleTraits(ctx, pair, fields)
  await follow(ctx, kept, gone)
  await moveNumbers(ctx, kept, gone, columns)
  await writePeople(ctx, kept, gone, columns)
}

/** Each field from the side chosen, or from the only one that says something. */
function columnsFrom(pair: Pair, fields: ComparedField[]): Partial<PersonRow> {
  const columns: Partial<PersonRow> = {}
  for (const field of FIELDS) {
    const chosen = fields.find((f) => f.field === field.field)
    const { row } = pair[chosen?.proposed ?? 'one'].looked
    for (const column of field.columns) Object.assign(columns, { [column]: row[column] })
  }
  return columns
}

async function settleSpans(ctx: Context, pair: Pair, { keep, spans }: Choices): Promise<void> {
  const held = new Map(
    (['memberships', 'appointments'] as const)
      .flatMap((kind) => [...pair.one[kind], ...pair.other[kind]])
      .map((s) => [s.id, { ...s, voided: false }]),
  )
  for (const clash of clashesOf(pair)) {
    const [one, other] = clash.id.split(',').map((id) => held.get(id))
    if (!one || !other || one.voided || other.voided || !overlaps(one, other)) continue
    const choice = spans[clash.id] ?? clash.proposed
    if (!choice || !clash.options.some((o) => o.choice === choice))
      throw conflict('chooseSpan', `“${clash.one}”和“${clash.other}”时间重叠，请先选哪一段对，再合并。`)
    const [stays, goes] =
      choice === 'other' || (choice === 'join' && keep === 'other') ? [other, one] : [one, other]
    if (choice === 'sequence') {
      const [first, then] = one.from < other.from ? [one, other] : [other, one]
      await endSpan(ctx, clash.kind, first, then)
      first.to = then.from
      continue
    }
    if (choice === 'join') await joinSpans(ctx, clash.kind, stays, goes)
    await voidSpan(ctx, clash.kind, goes)
    goes.voided = true
  }
  refuseOverlap([...held.values()].filter((s) => !s.voided && s.post === null))
}

function refuseOverlap(memberships: HeldSpan[]): void {
  for (const [at, a] of memberships.entries())
    for (const b of memberships.slice(at + 1))
      if (overlaps(a, b))
        throw conflict(
          'overlap',
          `合并后同一时间会有两处团籍：“${spanWords(a)}”和“${spanWords(b)}”。请在团籍一栏另选，或先更正起止日期。`,
        )
}

const ofSpan = (s: HeldSpan) => sql<SqlBool>`county_id = ${s.countyId} and id = ${s.id}`

const voidSpan = (ctx: Context, kind: TieTable, s: HeldSpan) =>
  sql`update ${sql.id(kind)} set voided_at = ${ctx.now}::timestamp, version = version + 1 where ${ofSpan(s)}`.execute(
    ctx.db,
  )

const endSpan = (ctx: Context, kind: TieTable, first: HeldSpan, then: HeldSpan) =>
  sql`update ${sql.id(kind)} m set valid_to = n.valid_from, to_precision = n.from_precision,
      end_reason = ${kind === 'membership' ? 'transferOut' : 'other'}, version = m.version + 1
    from ${sql.id(kind)} n where m.county_id = ${first.countyId} and m.id = ${first.id}
      and n.county_id = ${then.countyId} and n.id = ${then.id}`.execute(ctx.db)

/** From the earlier start to the later end; what only the other knew is taken over. */
async function joinSpans(ctx: Context, kind: TieTable, stays: HeldSpan, goes: HeldSpan): Promise<void> {
  const own = kind === 'membership' ? ['member_no'] : ['term_id', 'officer_kind', 'mode']
  const filled = own.map((c) => sql`${sql.id(c)} = coalesce(${sql.ref(`m.${c}`)}, ${sql.ref(`n.${c}`)})`)
  const earlier = goes.from < stays.from
  const longer = goes.to !== stays.to && later(goes.to, stays.to) === goes.to
  await sql`update ${sql.id(kind)} m set ${sql.join([
    ...filled,
    ...(earlier ? [sql`valid_from = n.valid_from`, sql`from_precision = n.from_precision`] : []),
    ...(longer
      ? [sql`valid_to = n.valid_to`, sql`to_precision = n.to_precision`, sql`end_reason = n.end_reason`]
      : []),
    ...(earlier && kind === 'membership' ? [sql`start_reason = n.start_reason`] : []),
    sql`version = m.version + 1`,
  ])} from ${sql.id(kind)} n where m.county_id = ${stays.countyId} and m.id = ${stays.id}
    and n.county_id = ${goes.countyId} and n.id = ${goes.id}`.execute(ctx.db)
  Object.assign(stays, { from: earlier ? goes.from : stays.from, to: later(goes.to, stays.to) })
}

/** Where both have a line of one trait, the line not chosen is void. */
async function settleTraits(ctx: Context, pair: Pair, fields: ComparedField[]): Promise<void> {
  const lost = fields
    .filter((f) => f.field.startsWith('trait.') && f.one !== null && f.other !== null)
    .flatMap((f) => traitLine(pair[f.proposed === 'one' ? 'other' : 'one'], f.field.slice('trait.'.length)))
  await sql`update person_trait set voided_at = ${ctx.now}::timestamp
    where county_id in (select county_id from org) and id = any(${lost.map((t) => t.id)}::uuid[])`.execute(
    ctx.db,
  )
}

/** Memberships, posts, traits, attendances and the account are the kept person's from now on. */
async function follow(ctx: Context, kept: Whole, gone: Whole): Promise<void> {
  const [to, from] = [kept.looked.row.id, gone.looked.row.id]
  await sql`update participation k set hours = greatest(k.hours, g.hours), points = greatest(k.points, g.points),
      amount = greatest(k.amount, g.amount)
    from participation g where g.county_id in (select county_id from org) and g.person_id = ${from}
      and k.county_id = g.county_id and k.record_id = g.record_id and k.person_id = ${to} and k.role = g.role`.execute(
    ctx.db,
  )
  await sql`delete from participation g using participation k
    where g.county_id in (select county_id from org) and g.person_id = ${from} and k.county_id = g.county_id
      and k.record_id = g.record_id and k.person_id = ${to} and k.role = g.role`.execute(ctx.db)
  for (const table of ['membership', 'appointment'])
    await sql`update ${sql.id(table)} set person_id = ${to},
        version = version + case when voided_at is null then 1 else 0 end
      where county_id in (select county_id from org) and person_id = ${from}`.execute(ctx.db)
  for (const table of ['person_trait', 'participation', 'record_reference'])
    await sql`update ${sql.id(table)} set person_id = ${to}
      where county_id in (select county_id from org) and person_id = ${from}`.execute(ctx.db)
  await sql`update account set person_id = ${to} where person_id = ${from}`.execute(ctx.db)
}

/** One person, one number: the other may be entered again for whomever it really belongs to. */
async function moveNumbers(
  ctx: Context,
  kept: Whole,
  gone: Whole,
  { idNoSealed, birthDate, birthPrecision }: Partial<PersonRow>,
): Promise<void> {
  const { secrets } = ctx.services
  const [to, from] = [kept.looked.row.id, gone.looked.row.id]
  const number = idNoSealed ? secrets.open(idNoSealed) : null
  const check = number ? checkIdNumber(number) : null
  const birth = looseDate(birthDate ?? null, birthPrecision ?? null)
  if (check?.ok && check.warnings.length === 0 && birth) agreeing(birth, check.birth)
  const digest = number && secrets.digest(number)
  await sql`delete from identity where person_id = any(${[to, from]}::uuid[]) and digest is distinct from ${digest}`.execute(
    ctx.db,
  )
  await sql`update identity set person_id = ${to} where person_id = ${from}`.execute(ctx.db)
}

/** The given-up row is void in every county; where only it was known, the kept person is now. */
async function writePeople(
  ctx: Context,
  kept: Whole,
  gone: Whole,
  columns: Partial<PersonRow>,
): Promise<void> {
  const { id } = kept.looked.row
  const concerned = new Set([kept.looked.row.countyId, ...gone.rows.map((r) => r.countyId)])
  for (const row of kept.rows.filter((r) => concerned.has(r.countyId)))
    await ctx.db
      .updateTable('person')
      .set({ ...columns, version: row.version + 1 })
      .where('countyId', '=', row.countyId)
      .where('id', '=', id)
      .execute()
  const known = new Set(kept.rows.map((r) => r.countyId))
  const fresh = gone.rows.filter((r) => !known.has(r.countyId))
  await insertRows(
    ctx.db,
    'person',
    fresh.map((r) => ({ ...r, ...columns, id, version: 1 })),
  )
  await sql`update person set voided_at = ${ctx.now}::timestamp, version = version + 1
    where county_id in (select county_id from org) and id = ${gone.looked.row.id} and voided_at is null`.execute(
    ctx.db,
  )
}
