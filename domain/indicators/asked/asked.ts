import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { Refusal } from '../../../kernel/errors.ts'
import { within } from '../../../kernel/scope.ts'
import { ownOrg } from '../../records/ledgers/lives.ts'
import { ledgers } from '../../records/ledgers/registry.ts'
import {
  ancestorsOf,
  findOrg,
  type Org,
  orgAt,
  requireOrg,
  treeAt,
} from '../../structure/organisations/queries.ts'
import { scopeAt } from '../../structure/organisations/rules.ts'
import { catalogue } from '../catalogue.ts'
import { inOneBatch } from '../frame.ts'
import { ask } from '../query.ts'
import { changeSince } from './changed.ts'
import type { Asked } from './contract.ts'
import { lexiconOf, type NamedPlace, type Thing } from './lexicon.ts'
import { type ReadClause, readText } from './read.ts'
import { type Standing, whoOf } from './who.ts'
import type { OwnKind } from './words.ts'

interface Request {
  text: string
  org?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

/** Each question of the text with its answer; what is refused says why, and the others are answered all the same. */
export async function askedIn(
  caller: Context,
  { text, org: reference, from, to }: Request,
): Promise<{ asked: Asked[] }> {
  const ctx = inOneBatch(caller)
  const org = await findOrg(ctx, reference ?? ownOrg(ctx))
  requireOrg(ctx, 'figures.read', org)
  const all = await catalogue(ctx)
  const tree = await treeAt(ctx)
  const lexicon = lexiconOf(all, await ledgers(ctx), {
    places: tree.map(placeOf),
    things: await thingsIn(ctx, org),
  })
  const levels = await levelsAbove(ctx, org)
  const { type, sector, level } = org
  const owns: Record<OwnKind, boolean> = {
    any: true,
    branch: type === 'branch',
    village: sector === 'village',
    school: sector === 'school',
  }
  const read = readText(text, {
    all,
    lexicon,
    today: ctx.today,
    own: org.id,
    ownLevel: level ?? null,
    isOwn: (kind) => owns[kind],
    atLevel: (level) => levels.get(level) ?? null,
    usual: from && to ? { from, to } : null,
  })
  const asked: Asked[] = []
  for (const clause of read) asked.push(await answered({ ctx, all, tree }, clause))
  return { asked }
}

const placeOf = ({ id, name, path, fullName }: Org): NamedPlace => ({ id, name, path, fullName })

async function answered(at: Standing, clause: ReadClause): Promise<Asked> {
  const { ctx, all } = at
  const { words, question, unknown, choices, refused, among, against } = clause
  const base = { words, question, unknown, choices, ...(refused && { refused }) }
  if (!question) return { ...base, answer: null }
  try {
    if (among) return { ...base, answer: null, told: await whoOf(at, question, among) }
    if (against) return { ...base, answer: null, told: await changeSince(at, question, against) }
    return { ...base, answer: await ask(ctx, question, all) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // Amounts of several units are listed, each with its own.
    if (error.code === 'severalUnits' && question.group === undefined)
      return answered(at, { ...clause, question: { ...question, group: 'thing' } })
    return { ...base, answer: null, refused: error.message }
  }
}

const MOST_THINGS = 300

/** What the free quantities of this organisation's records are about. */
async function thingsIn(ctx: Context, org: Org): Promise<Thing[]> {
  const scope = within(scopeAt(org, org.path), { countyId: 'r.county_id', path: 'r.path' })
  const { rows } = await sql<Thing>`select distinct e->>'what' as what, e->>'unit' as unit
    from record r cross join lateral jsonb_array_elements(r.quantities) e
    where r.quantities is not null and r.voided_at is null and ${scope} limit ${MOST_THINGS}`.execute(ctx.db)
  return rows
}

/** Ids of the organisation and those above it, by level. */
async function levelsAbove(ctx: Context, org: Org): Promise<Map<string, string>> {
  const levels = new Map<string, string>()
  const above = await ancestorsOf(ctx.db, org.path, ctx.now)
  for (const { id } of above) {
    const one = await orgAt(ctx.db, id, ctx.now)
    if (one?.level) levels.set(one.level, id)
  }
  if (org.level) levels.set(org.level, org.id)
  return levels
}
