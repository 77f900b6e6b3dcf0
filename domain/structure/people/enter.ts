/**
 * Enters people, known or new, many at once. Only empty fields are filled; what contradicts is told, never written.
 * Callers act: this writes no history of its own.
 */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { insertRows, updateRows } from '../../../kernel/database/bulk.ts'
import { conflict } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import { EDUCATION_LEVELS, ETHNICITIES, POLITICAL_STATUSES, SEXES, titleOf } from './codes.ts'
import { INFINITY } from './dated.ts'
import { type Directory, type How, type Known, openDirectory } from './directory.ts'
import { type PersonEntry, type PersonRow, type Prepared, prepare, type StatedTrait } from './entry.ts'
import { apart } from './mask.ts'
import { type Hold, holdOn, tiesOf } from './ties.ts'

export interface FieldConflict {
  /** As in PersonEntry. */
  field: string
  /** In the offices' words; numbers hidden. Null: not the caller's to know. */
  known: string | null
  given: string
}

export interface Entered {
  personId: string
  countyId: string
  /** How the person was recognised; 'new': nobody fitted. */
  how: How
  /** Stands now in organisations beyond the caller's: nothing was filled, nothing is told of what is registered. */
  beyond: boolean
  /** Empty fields that this entry filled, as in PersonEntry. */
  filled: string[]
  conflicts: FieldConflict[]
}

/**
 * A membership or post gives its organisation the person, with card, numbers and correction: whoever stands elsewhere is
 * given by who covers both. An ID number is known to many, and is no right.
 */
export const BEYOND =
  '这个人现在在您管理范围以外的团组织，没有登记。请两边共同的上级登记，或先在原来的组织办理转出、离任。'

export interface EnterOptions {
  /** The day to which the entries speak: stated ages count from it, changed traits begin on it. */
  statedOn: string
  batchId?: string | null
}

/** Answers in the order of the entries. Entries must be valid (rules.ts, or the sheet's own checks). */
export async function enterPeople(
  ctx: Context,
  entries: PersonEntry[],
  options: EnterOptions,
): Promise<Entered[]> {
  if (entries.length === 0) return []
  const prepared = entries.map((e) => prepare(e, ctx.services.secrets, options.statedOn))
  const directory = await openDirectory(ctx, prepared)
  const work: Work = { ctx, options, directory, drafts: new Map(), traits: new Map() }
  const placed = prepared.map((p) => place(work, p))
  await readTraits(work)
  const holds = await holdsOn(work)
  const entered = placed.map((one) => mergeWithin(work, one, holds.get(one.draft.known.row.id)))
  await write(work)
  return entered
}

/** Somebody known already, by id; `countyId` is that of the organisation. */
export interface GivenPerson {
  orgId: string
  personId: string
  countyId: string
}

/** For memberships and posts: people by id are taken as they are, the others are entered. In order. */
export async function takePeople(
  ctx: Context,
  people: (PersonEntry | GivenPerson)[],
  options: EnterOptions,
): Promise<Entered[]> {
  const stated = people.filter((p): p is PersonEntry => !('personId' in p))
  const entered = await enterPeople(ctx, stated, options)
  const taken = people.map((p): Entered => {
    if ('personId' in p)
      return {
        personId: p.personId,
        countyId: p.countyId,
        how: 'given',
        beyond: false,
        filled: [],
        conflicts: [],
      }
    const next = entered.shift()
    if (!next) throw new Error('every entry is answered')
    return next
  })
  await lockPeople(ctx, taken)
  return taken
}

/** Two requests must not give one person two memberships or the same post twice. */
async function lockPeople(ctx: Context, people: Entered[]): Promise<void> {
  const counties = [...new Set(people.map((p) => p.countyId))]
  const ids = [...new Set(people.map((p) => p.personId))]
  await sql`select 1 from person where county_id = any(${counties}::uuid[]) and id = any(${ids}::uuid[])
    order by id for update`.execute(ctx.db)
}

/** A person while the entries are gone through; `before` holds what was there in the columns that changed. */
interface Draft {
  known: Known
  before: Partial<PersonRow>
  /** An ID number that the register did not hold. */
  newDigest: string | null
}

interface HeldTrait {
  id: string
  trait: string
  value: string
  inForce: boolean
  /** To be written. */
  fresh: ReturnType<typeof traitRow> | null
}

interface Work {
  ctx: Context
  options: EnterOptions
  directory: Directory
  drafts: Map<string, Draft>
  traits: Map<string, HeldTrait[]>
}

interface Placed {
  prepared: Prepared
  draft: Draft
  how: How
}

const keyOf = (row: PersonRow) => row.countyId + row.id

function place(work: Work, prepared: Prepared): Placed {
  const found = work.directory.find(prepared)
  const known = found?.known ?? newcomer(work, prepared)
  if (known.digest === null) known.digest = prepared.digest
  const held = work.drafts.get(keyOf(known.row))
  const draft = held ?? { known, before: {}, newDigest: null }
  work.drafts.set(keyOf(known.row), draft)
  if (prepared.digest && !work.directory.idOfNumber(prepared)) draft.newDigest = prepared.digest
  work.directory.add(known, prepared.entry.orgId)
  return { prepared, draft, how: found?.how ?? 'new' }
}

function newcomer({ ctx, options, directory }: Work, { entry, stated, digest, ...rest }: Prepared): Known {
  const elsewhere = directory.idOfNumber({ entry, stated, digest, ...rest })
  const row: PersonRow = {
    countyId: directory.countyOf(entry.orgId),
    id: elsewhere ?? newId(),
    ...stated,
    batchId: options.batchId ?? null,
    version: 1,
    recordedBy: ctx.actor.accountId,
    recordedAt: ctx.now,
    voidedAt: null,
  }
  return { row, isNew: true, digest, orgIds: new Set() }
}

/** Fields whose columns are filled together, and how they are said. */
const FIELDS: { field: string; columns: (keyof PersonRow)[]; say?: (row: Partial<PersonRow>) => string }[] = [
  { field: 'sex', columns: ['sex'], say: (r) => titleOf(SEXES, r.sex ?? '') },
  { field: 'ethnicity', columns: ['ethnicity'], say: (r) => titleOf(ETHNICITIES, r.ethnicity ?? '') },
  { field: 'nativePlace', columns: ['nativePlace'] },
  { field: 'idNumber', columns: ['idNoMasked', 'idNoSealed', 'identityState'] },
  { field: 'phone', columns: ['phoneDigest', 'phoneSealed', 'phoneMasked'], say: (r) => r.phoneMasked ?? '' },
  { field: 'occupation', columns: ['occupation'] },
  {
    field: 'joinedLeague',
    columns: ['joinedLeagueOn', 'joinedLeaguePrecision'],
    say: (r) => loose(r.joinedLeagueOn, r.joinedLeaguePrecision),
  },
  { field: 'reportedAge', columns: ['reportedAge', 'reportedOn'] },
]

/** Every column that an entry may fill. */
export const FILLED: string[] = [...FIELDS.flatMap((f) => f.columns), 'birthDate', 'birthPrecision']

const LENGTHS: Record<string, number> = { year: 4, month: 7 }
const loose = (day: string | null | undefined, precision: string | null | undefined) =>
  (day ?? '').slice(0, LENGTHS[precision ?? 'day'] ?? 10)

/** Whose the people known already are. */
async function holdsOn({ ctx, drafts }: Work): Promise<Map<string, Hold>> {
  const known = [...drafts.values()].flatMap(({ known }) => (known.isNew ? [] : [known.row.id]))
  const ties = await tiesOf(ctx, known)
  return new Map(known.map((id) => [id, holdOn(ctx, ties.get(id))]))
}

/** What is registered of somebody who is not the caller's is neither changed nor told. */
function mergeWithin(work: Work, placed: Placed, hold: Hold = 'mine'): Entered {
  const entered = hold === 'beyond' ? named(placed, true) : merge(work, placed)
  if (hold === 'mine') return entered
  return { ...entered, conflicts: entered.conflicts.map((one) => ({ ...one, known: null })) }
}

/** Who it is; another name is told. */
function named({ prepared, draft, how }: Placed, beyond = false): Entered {
  const { id: personId, countyId, name: known } = draft.known.row
  const { name: given } = prepared.stated
  const conflicts = known === given ? [] : [{ field: 'name', known, given }]
  return { personId, countyId, how, beyond, filled: [], conflicts }
}

function merge(work: Work, placed: Placed): Entered {
  const { prepared, draft } = placed
  const entered = named(placed)
  for (const field of FIELDS) fill(draft, prepared, field, entered)
  fillDate(draft, prepared, entered)
  for (const trait of prepared.traits) fillTrait(work, draft.known, trait, entered)
  return entered
}

function fill(draft: Draft, { stated }: Prepared, field: (typeof FIELDS)[number], entered: Entered): void {
  const { row } = draft.known
  const [first] = field.columns
  if (!first) return
  const given: unknown = (stated as Partial<PersonRow>)[first]
  if (given === null || given === undefined) return
  if (row[first] === null) {
    if (first === 'reportedAge' && row.birthDate) return
    for (const column of field.columns) set(draft, column, (stated as Partial<PersonRow>)[column])
    entered.filled.push(field.field)
    return
  }
  // Ages of two days differ by nature; two ID numbers are two people.
  if (row[first] === given || first === 'reportedAge' || first === 'idNoMasked') return
  if (first === 'joinedLeagueOn' && agree(row.joinedLeagueOn, row.joinedLeaguePrecision, stated)) return
  const say = field.say ?? ((r: Partial<PersonRow>) => String(r[first]))
  const known = say(row)
  entered.conflicts.push({ field: field.field, known, given: apart(known, say(stated)) ?? '' })
}

const agree = (day: string | null, precision: string | null, stated: Prepared['stated']) => {
  const [a, b] = [loose(day, precision), loose(stated.joinedLeagueOn, stated.joinedLeaguePrecision)]
  return a.startsWith(b) || b.startsWith(a)
}

/** A birth date known to the month is made exact by one that agrees with it. */
function fillDate(draft: Draft, { stated }: Prepared, entered: Entered): void {
  if (!stated.birthDate) return
  const { row } = draft.known
  const [held, given] = [
    loose(row.birthDate, row.birthPrecision),
    loose(stated.birthDate, stated.birthPrecision),
  ]
  if (held.startsWith(given)) return
  if (!given.startsWith(held)) {
    entered.conflicts.push({ field: 'birth', known: held, given })
    return
  }
  set(draft, 'birthDate', stated.birthDate)
  set(draft, 'birthPrecision', stated.birthPrecision)
  entered.filled.push('birth')
}

function set(draft: Draft, column: keyof PersonRow, value: unknown): void {
  const { row, isNew } = draft.known
  if (!isNew && !(column in draft.before)) Object.assign(draft.before, { [column]: row[column] })
  Object.assign(row, { [column]: value })
}

const TRAIT_TITLES: Record<string, (value: string) => string> = {
  education: (v) => titleOf(EDUCATION_LEVELS, v),
  party: (v) => titleOf(POLITICAL_STATUSES, v),
  politics: (v) => titleOf(POLITICAL_STATUSES, v),
}
/** Two traits under one field of an entry. */
const fieldOf = (trait: string) => (trait === 'party' ? 'politics' : trait)

function fillTrait(work: Work, known: Known, given: StatedTrait, entered: Entered): void {
  const key = keyOf(known.row)
  const all = work.traits.get(key) ?? []
  const same = all.filter((t) => t.trait === given.trait)
  const inForce = same.find((t) => t.inForce) ?? rival(all, given)
  const say = (trait: string, value: string | null) =>
    value === null ? '否' : (TRAIT_TITLES[trait]?.(value) ?? (value === 'yes' ? '是' : value))
  if (inForce) {
    if (inForce.trait === given.trait && inForce.value === given.value) return
    const known = say(inForce.trait, inForce.value)
    entered.conflicts.push({ field: fieldOf(given.trait), known, given: say(given.trait, given.value) })
    return
  }
  if (given.value === null) return
  const fresh = traitRow(work, known.row, given, same.length > 0)
  work.traits.set(key, [
    ...all,
    { id: fresh.id, trait: given.trait, value: given.value, inForce: true, fresh },
  ])
  entered.filled.push(fieldOf(given.trait))
}

/** 群众 said of somebody in the Party, or Party membership said of somebody registered as 群众. */
const rival = (all: HeldTrait[], given: StatedTrait) =>
  given.trait === 'politics'
    ? all.find((t) => t.inForce && t.trait === 'party')
    : given.trait === 'party'
      ? all.find((t) => t.inForce && t.trait === 'politics')
      : undefined

/** What was so before and ended begins again on the day stated; otherwise its start is the one given or unknown. */
function traitRow({ ctx, options }: Work, row: PersonRow, given: StatedTrait, again: boolean) {
  const unknown = given.from.precision === 'unknown'
  return {
    countyId: row.countyId,
    id: newId(),
    personId: row.id,
    trait: given.trait,
    value: given.value,
    detail: given.detail,
    validFrom: unknown && again ? `${options.statedOn} 00:00:00` : given.from.at,
    fromPrecision: unknown && again ? 'day' : given.from.precision,
    validTo: INFINITY,
    batchId: options.batchId ?? null,
    recordedBy: ctx.actor.accountId,
    recordedAt: ctx.now,
    voidedAt: null,
  }
}

async function readTraits(work: Work): Promise<void> {
  const ids = [...work.drafts.values()].filter((d) => !d.known.isNew).map((d) => d.known.row.id)
  if (ids.length === 0) return
  const counties = [...new Set([...work.drafts.values()].map((d) => d.known.row.countyId))]
  const { rows } = await sql<HeldTrait & { countyId: string; personId: string }>`
    select county_id, person_id, id, trait, value, valid_to = 'infinity' as in_force
    from person_trait where county_id = any(${counties}::uuid[]) and person_id = any(${ids}::uuid[])
    and voided_at is null`.execute(work.ctx.db)
  for (const { countyId, personId, ...held } of rows) {
    const key = countyId + personId
    work.traits.set(key, [...(work.traits.get(key) ?? []), { ...held, fresh: null }])
  }
}

async function write(work: Work): Promise<void> {
  const { db } = work.ctx
  const drafts = [...work.drafts.values()]
  await writeIdentities(work, drafts)
  const made = drafts.filter((d) => d.known.isNew).map((d) => d.known.row)
  await insertRows(db, 'person', made)
  const changed = drafts.filter((d) => !d.known.isNew && Object.keys(d.before).length > 0)
  await keepBefore(work, changed)
  const rows = changed.map((d) => ({ ...d.known.row, version: d.known.row.version + 1 }))
  if ((await updateRows(db, 'person', FILLED, rows)) < rows.length) throw changedMeanwhile()
  const traits = [...work.traits.values()].flat().flatMap((t) => t.fresh ?? [])
  await insertRows(db, 'personTrait', traits)
}

const changedMeanwhile = () =>
  conflict('changedMeanwhile', '有人同时在登记或更正这些人，这一次没有写入。请再提交一次。')

async function writeIdentities({ ctx }: Work, drafts: Draft[]): Promise<void> {
  const rows = drafts.flatMap((d) => (d.newDigest ? [{ digest: d.newDigest, personId: d.known.row.id }] : []))
  if (rows.length === 0) return
  const { numAffectedRows } = await sql`
    insert into identity select * from jsonb_to_recordset(${JSON.stringify(rows.map(snaked))}::jsonb)
      as v(digest text, person_id uuid) on conflict do nothing`.execute(ctx.db)
  if (Number(numAffectedRows ?? 0) < rows.length) throw changedMeanwhile()
}

const snaked = (row: { digest: string; personId: string }) => ({
  digest: row.digest,
  person_id: row.personId,
})

/** The state before, so that an import can be undone; sealed values stay sealed. */
async function keepBefore({ ctx, options }: Work, changed: Draft[]): Promise<void> {
  const { batchId } = options
  if (!batchId) return
  await insertRows(
    ctx.db,
    'batchChange',
    changed.map((d) => ({
      countyId: d.known.row.countyId,
      id: newId(),
      batchId,
      subject: 'person',
      subjectId: d.known.row.id,
      // The version tells an undo whether somebody has worked on the row since.
      before: { ...d.before, version: d.known.row.version },
    })),
  )
}
