/**
 * What the fields of records mean: given by id, or by a code or name that only one thing near the record bears. What is
 * beyond the caller's reach is not there (decision 0023); a name that nothing bears, or several do, stays words.
 */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { FieldProblem } from '../../../kernel/errors.ts'
import { isId } from '../../../kernel/id.ts'
import {
  type Bearer,
  bearersOf,
  kindOf,
  type ReferenceKind,
  type Titled,
} from '../../../kernel/references.ts'
import { covers, reach } from '../../../kernel/scope.ts'
import type { LedgerDefinition, LedgerField } from './definition.ts'
import type { Noun } from './fields/kit.ts'
import { idIn, nounOf, type Referred, referencesIn, referredTo } from './fields/meant.ts'
import { isGiven, writtenIn } from './fields/reference.ts'
import { superiorPath } from './hosts.ts'
import { livesOf } from './lives.ts'
import { readableAmong } from './opened.ts'
import type { OrgLife } from './places.ts'
import { homeRecords } from './queries.ts'
import type { RecordDraft } from './rules.ts'

/** What one field of one draft was given. */
interface Said {
  field: LedgerField
  id: string | null
  name: string
  /** The name alone, whatever bears it. */
  wordsOnly: boolean
}

function saidIn(definition: LedgerDefinition, { fields = {}, references = [] }: RecordDraft): Said[] {
  return referencesIn(definition).flatMap((field) => {
    const given = fields[field.id]
    if (references.some((r) => r.field === field.id) || given === undefined || given === null) return []
    const name = writtenIn(given)
    const chosen = isGiven(given) ? (given.id ?? null) : isId(name) ? name : null
    const wordsOnly = isGiven(given) && chosen === null
    return [{ field, id: chosen, name: chosen === name ? '' : name, wordsOnly }]
  })
}

interface Found {
  /** By noun: of the ids given, what each means. */
  meant: Map<Noun, Map<string, string>>
  titled: Map<Noun, Map<string, Titled>>
  bearers: Map<string, Map<string, Bearer[]>>
}

const kindKey = (field: LedgerField) => `${nounOf(field)} ${field.ledger ?? ''}`

/**
 * The drafts with what their fields mean. What was given by id alone is written by its name of today. `standing`: what
 * stood in each before, which whoever changes it may leave though it lies beyond reach.
 */
export async function withReferences(
  ctx: Context,
  definition: LedgerDefinition,
  drafts: RecordDraft[],
  standing: Referred[][] = [],
): Promise<RecordDraft[]> {
  if (referencesIn(definition).length === 0) return drafts
  const said = drafts.map((draft) => saidIn(definition, draft))
  const all = said.flat()
  if (all.length === 0) return drafts
  const found: Found = { meant: new Map(), titled: new Map(), bearers: new Map() }
  for (const [noun, those] of Map.groupBy(all, (s) => nounOf(s.field)))
    await findById(ctx, noun, those, found)
  for (const [key, those] of Map.groupBy(all, (s) => kindKey(s.field)))
    await findByName(ctx, key, those, found)
  const lives = await livesOf(
    ctx.db,
    drafts.map((d) => d.orgId),
  )
  return drafts.map((draft, at) => {
    const stood = new Set((standing[at] ?? []).map(idIn))
    return settled(draft, said[at] ?? [], { found, stood, life: lives.get(draft.orgId) })
  })
}

async function findById(ctx: Context, noun: Noun, said: Said[], { meant, titled }: Found): Promise<void> {
  const ids = [...new Set(said.flatMap((s) => s.id ?? []))].filter(isId)
  const kind = kindOf(noun)
  const known = ids.length > 0 ? await kind.resolve(ctx, ids) : new Map<string, string>()
  meant.set(noun, known)
  const nameless = said.flatMap((s) => (s.id !== null && s.name === '' ? (known.get(s.id) ?? []) : []))
  if (nameless.length > 0) titled.set(noun, await kind.titled(ctx, [...new Set(nameless)]))
}

async function findByName(ctx: Context, key: string, said: Said[], { bearers }: Found): Promise<void> {
  const names = [...new Set(said.flatMap((s) => (s.id === null && !s.wordsOnly && s.name ? [s.name] : [])))]
  const [first] = said
  if (names.length === 0 || !first) return
  bearers.set(key, await kindOf(nounOf(first.field)).called(ctx, names, first.field.ledger))
}

interface Scene {
  found: Found
  stood: Set<string>
  life: OrgLife | undefined
}

function settled(draft: RecordDraft, said: Said[], { found, stood, life }: Scene): RecordDraft {
  const fields = { ...draft.fields }
  const references = [...(draft.references ?? [])]
  const unknown: FieldProblem[] = []
  for (const { field, id, name, wordsOnly } of said) {
    const noun = nounOf(field)
    const { title } = kindOf(noun)
    const meant =
      id === null
        ? !wordsOnly && nearest(found.bearers.get(kindKey(field))?.get(name) ?? [], life)
        : (found.meant.get(noun)?.get(id) ?? (stood.has(id) && id))
    if (id !== null && !meant)
      unknown.push({ field: field.id, reason: `“${field.title}”没有找到${title}`, remedy: '请重新选择' })
    else if (!meant && field.known && name !== '')
      unknown.push({
        field: field.id,
        reason: `“${field.title}”的“${name}”对不上`,
        remedy: '这一栏只能写已经登记的，请从列表里选，或先去登记',
      })
    if (!meant) continue
    references.push(referredTo(field.id, noun, meant))
    fields[field.id] = name || (found.titled.get(noun)?.get(meant)?.title ?? '')
  }
  return { ...draft, fields, references, unknown }
}

/** The only one below the record's organisation, else below its superior, else at all; of several, none. */
function nearest(bearers: Bearer[], life: OrgLife | undefined): string | null {
  const around = life ? [life.path, superiorPath(life.path), '/'] : ['/']
  for (const path of around) {
    const here = bearers.filter((b) => covers({ countyId: null, path }, b.path))
    if (here.length > 0) return here.length === 1 ? (here[0]?.id ?? null) : null
  }
  return null
}

/** Records that the caller may read; what was merged into another is that other. */
async function resolve(ctx: Context, ids: string[]): Promise<Map<string, string>> {
  const records = (await homeRecords(ctx.db, ids)).filter((r) => r.voidedAt === null)
  const lives = await livesOf(
    ctx.db,
    records.map((r) => r.orgId),
  )
  const found = new Map((await readableAmong(ctx, records, lives)).map((r) => [r.id, r.id]))
  const gone = ids.filter((id) => !found.has(id))
  if (gone.length === 0) return found
  const { rows } = await sql<{ goneId: string; keptId: string }>`
    select gone_id, kept_id from merge
    where gone_id = any(${gone}::uuid[]) and subject = 'record' and undone_at is null`.execute(ctx.db)
  if (rows.length === 0) return found
  const meant = await resolve(ctx, [...new Set(rows.map((r) => r.keptId))])
  for (const { goneId, keptId } of rows) {
    const id = meant.get(keptId)
    if (id) found.set(goneId, id)
  }
  return found
}

/** By title, of one ledger. */
async function called(ctx: Context, names: string[], among = '') {
  const { rows } = await sql<Bearer & { name: string }>`
    select r.id, r.path, r.title as name from record r
    where r.ledger = ${among} and r.title = any(${names}::text[]) and r.voided_at is null and r.home_county_id is null
      and ${reach(ctx.actor.grants, 'records.read', { countyId: 'r.county_id', path: 'r.path' })}
    order by r.id`.execute(ctx.db)
  return bearersOf(rows)
}

async function titled(ctx: Context, ids: string[]): Promise<Map<string, Titled>> {
  const readable = new Set((await resolve(ctx, ids)).values())
  const { rows } = await sql<{ id: string; title: string; day: string; org: string }>`
    select r.id, r.title, r.day, (select s.name from org_span s where s.org_id = r.org_id
      order by s.valid_from desc limit 1) as org
    from record r where r.county_id in (select county_id from org) and r.id = any(${[...readable]}::uuid[])
      and r.home_county_id is null`.execute(ctx.db)
  return new Map(rows.map(({ id, title, org }) => [id, { title, about: org }]))
}

export const recordKind: ReferenceKind = { noun: 'record', title: '这条记录', resolve, called, titled }
