/** Records are entered here, one by hand or ten thousand from a sheet: the same rules, few statements. */
import { sql } from 'kysely'
import { type Context, require } from '../../../kernel/context.ts'
import { type FieldProblem, Refusal } from '../../../kernel/errors.ts'
import { isDay } from '../../../kernel/period.ts'
import type { KnownPerson } from '../participation/contract.ts'
import { namesakesOf, namesOfPeople } from '../participation/queries.ts'
import type { Written } from './contract.ts'
import type { LedgerDefinition } from './definition.ts'
import { type HostedRecord, namesAsked, withHosts } from './hosts.ts'
import { livesOf } from './lives.ts'
import { barredFrom } from './own/users.ts'
import { type OrgLife, placeOn } from './places.ts'
import { homeRecords, viewsOf, writtenOf } from './queries.ts'
import { withReferences } from './references.ts'
import { ledger } from './registry.ts'
import { type Ground, prepare, type RecordDraft } from './rules.ts'
import { insertAll, joined, rowsOf, stampOf } from './store.ts'

export interface EnterOptions {
  batchId?: string
  /** Names that one person alone bore in the organisation's subtree on the record's day become that person. */
  recognise?: boolean
  /** Says what would happen, and writes nothing. */
  dryRun?: boolean
}

export interface Entered {
  /** In the order of the drafts; null where there are problems. A draft whose id is already there is that record. */
  written: (Written | null)[]
  problems: { row: number; problems: FieldProblem[] }[]
  /** Names that stay names because several bear them: nobody but the office knows who is meant. */
  twins: Twins[]
}

export interface Twins {
  row: number
  name: string
  people: KnownPerson[]
}

/**
 * Writes the good rows and returns what is wrong with the others. Rights are asked for each row; history is the
 * caller's, who wraps this in one `act` (an import, a single record).
 */
export async function enterRecords(
  ctx: Context,
  ledgerId: string,
  drafts: RecordDraft[],
  options: EnterOptions = {},
): Promise<Entered> {
  const definition = await ledger(ctx, ledgerId)
  const ground = await groundOf(ctx, definition, drafts)
  const { drafts: named, twins } = options.recognise
    ? await recognised(ctx, ground, drafts)
    : { drafts, twins: [] }
  const known = await withReferences(ctx, definition, named)
  const there = await alreadyThere(ctx, definition, known)
  const barred = await barredFrom(ctx, definition, ground.lives)
  const good: HostedRecord[] = []
  const result: Entered = { written: [], problems: [], twins: [] }
  for (const [row, draft] of known.entries()) {
    const checked = there.get(draft.id ?? '') ?? barred.get(draft.orgId) ?? checkedDraft(ctx, ground, draft)
    if ('problems' in checked) result.problems.push({ row, problems: checked.problems })
    const made = 'record' in checked ? withHosts(ctx, ground, checked.record) : null
    if (made) {
      good.push(made)
      result.twins.push(...twins.filter((one) => one.row === row))
    }
    result.written.push(made ? newlyWritten(made) : 'version' in checked ? checked : null)
  }
  if (options.dryRun || good.length === 0) return result
  const stamp = stampOf(ctx, definition.id, options.batchId)
  await insertAll(ctx.db, joined(good.map((record) => rowsOf(record, stamp))))
  await withdrawContradicted(ctx, definition, good)
  return result
}

const newlyWritten = ({ id, sentence, hosts }: HostedRecord): Written => ({
  id,
  version: 1,
  sentence,
  asked: namesAsked(hosts),
})

export async function groundOf(
  ctx: Context,
  definition: LedgerDefinition,
  drafts: RecordDraft[],
): Promise<Ground> {
  const orgs = drafts.flatMap((d) => [d.orgId, ...(d.hosts ?? [])])
  const people = drafts.flatMap((d) => (d.participants ?? []).flatMap((p) => p.personId ?? []))
  return {
    definition,
    today: ctx.today,
    lives: await livesOf(ctx.db, orgs),
    people: await namesOfPeople(ctx.db, people),
  }
}

function checkedDraft(ctx: Context, ground: Ground, draft: RecordDraft): ReturnType<typeof prepare> {
  const life = ground.lives.get(draft.orgId)
  const refusal = life && refusalOf(ctx, life)
  return refusal ? { problems: [refusal] } : prepare(ground, draft)
}

function refusalOf(ctx: Context, life: OrgLife): FieldProblem | null {
  try {
    require(ctx, 'records.write', life.path)
    return null
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { field: 'orgId', reason: error.message, remedy: '请改选自己管理的组织' }
  }
}

/** A retried record is the one that is there. The lock makes a retry that races the first attempt wait for it. */
export async function alreadyThere(
  ctx: Context,
  definition: LedgerDefinition,
  drafts: RecordDraft[],
): Promise<Map<string, Written | { problems: FieldProblem[] }>> {
  const ids = drafts.flatMap((d) => d.id ?? [])
  if (ids.length === 0) return new Map()
  if (ids.length === 1)
    await sql`select pg_advisory_xact_lock(hashtextextended(${ids[0]}::text, 0))`.execute(ctx.db)
  const rows = await homeRecords(ctx.db, ids)
  const orgOf = new Map(drafts.map((d) => [d.id, d.orgId]))
  const ours = rows.filter((r) => r.ledger === definition.id && r.orgId === orgOf.get(r.id))
  const taken = [{ field: 'id', reason: '这个编号已经用在别的记录上', remedy: '请换一个编号再提交' }]
  const found = new Map<string, Written | { problems: FieldProblem[] }>(
    rows.map((r) => [r.id, { problems: taken }]),
  )
  for (const view of await viewsOf(ctx, ours)) found.set(view.id, writtenOf(view))
  return found
}

async function recognised(
  ctx: Context,
  ground: Ground,
  drafts: RecordDraft[],
): Promise<{ drafts: RecordDraft[]; twins: Twins[] }> {
  const open = drafts.flatMap((draft, row) => {
    const life = ground.lives.get(draft.orgId)
    const place = life && isDay(draft.day) ? placeOn(life, draft.day, draft.dayPrecision ?? 'day') : undefined
    if (!life || !place) return []
    const scope = { countyId: life.countyId, path: place.path }
    return (draft.participants ?? []).flatMap(({ name, personId }, at) =>
      name && !personId ? [{ row, at, name: name.trim(), day: draft.day, scope }] : [],
    )
  })
  const found = await namesakesOf(ctx.db, open)
  const meant = new Map<string, string>()
  const twins: Twins[] = []
  for (const [i, { row, at, name }] of open.entries()) {
    const people = found[i] ?? []
    const [only, ...others] = people
    if (others.length > 0) twins.push({ row, name, people })
    else if (only) {
      meant.set(`${row} ${at}`, only.personId)
      ground.people.set(only.personId, only.name)
    }
  }
  const told = drafts.map((draft, row) => ({
    ...draft,
    ...(draft.participants && {
      participants: draft.participants.map((p, at) => {
        const personId = p.personId ?? meant.get(`${row} ${at}`)
        return personId ? { ...p, personId } : p
      }),
    }),
  }))
  return { drafts: told, twins }
}

/** Who has declared 本期无 and records something after all has taken the declaration back. */
async function withdrawContradicted(
  ctx: Context,
  definition: LedgerDefinition,
  good: HostedRecord[],
): Promise<void> {
  const orgs = good.map((r) => r.orgId)
  const days = good.map((r) => r.day)
  await sql`update nil_declaration n set voided_at = ${ctx.now}::timestamp
    from unnest(${orgs}::uuid[], ${days}::date[]) as made(org_id, day)
    where n.ledger = ${definition.id} and n.voided_at is null and n.org_id = made.org_id
    and made.day between n.from_day and n.to_day`.execute(ctx.db)
}
