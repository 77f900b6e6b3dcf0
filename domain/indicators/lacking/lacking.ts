/**
 * Who has not: what stands below an organisation on the period's last day, or who is a member then, less those behind
 * the rows of a measure. A list to help with, not a ranking; only members ever stand on a list of people.
 */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { invalid } from '../../../kernel/errors.ts'
import type { Catalogue, Frame, Measure } from '../../../kernel/measures.ts'
import { termKey } from '../../../kernel/pinyin.ts'
import { type Org, requireOrg, treeAt } from '../../structure/organisations/queries.ts'
import { scopeAt } from '../../structure/organisations/rules.ts'
import { catalogue, measureOf, sourceOf } from '../catalogue.ts'
import type { FigureQuestion } from '../contract.ts'
import { frameOf, inOneBatch } from '../frame.ts'
import { nilsOf, ofBranches, ofPlace } from '../readings/nil.ts'
import { type Selection, selectPart } from '../readings/selection.ts'
import { everyRowOf, rowsOf } from '../readings/statement.ts'
import type { Among, Group, LackingAnswer, Named } from './contract.ts'
import { textOf } from './text.ts'

interface Found {
  considered: number
  groups: Group[]
  declared: Named[]
  unnamed: Named[]
}

/** @throws invalid `nobodyNamed` when members are asked by a measure that knows no people */
export async function lacking(
  caller: Context,
  asked: FigureQuestion,
  among: Among = 'direct',
): Promise<LackingAnswer> {
  const ctx = inOneBatch(caller)
  const all = await catalogue(ctx)
  const question: FigureQuestion = { ...asked, depth: 'all' }
  const measure = measureOf(all, question.measure)
  const framed = await frameOf(ctx, question, measure, sourceOf(all, measure))
  const people = peopleOf(all, measure)
  const counted = among === 'members' && people ? people : measure
  const selection = await selectPart(
    ctx,
    all,
    { ...question, measure: counted.id },
    counted.parts?.[0]?.role ?? 'rows',
  )
  const look = { ctx, all, selection, measure, tree: await standing(ctx, framed.frame) }
  const found = among === 'members' ? await members(look) : await organisations(look, among)
  const answer = {
    title: `${nameOf(measure)}，${framed.org.name}，${framed.when}`,
    asOf: ctx.now.slice(0, 16),
    among,
    byName: people !== undefined,
    ...found,
    count: found.groups.reduce((sum, { items }) => sum + items.length, 0),
  }
  return { ...answer, text: textOf(answer) }
}

/** The measure by which members are told apart: its own people, or those of the same ledger. */
function peopleOf(all: Catalogue, measure: Measure): Measure | undefined {
  const [own] = measure.parts
    ? []
    : [measure, all.measures.get(`${measure.id.split('.')[0]}.people`)].filter(
        (one) => one && sourceOf(all, one).person !== undefined && one.source !== ROSTER,
      )
  return own
}

const ROSTER = 'members'

/** 主题活动场数 is asked of those who held none: 主题活动. */
const nameOf = ({ group, title }: Measure): string => (title.startsWith(group) ? group : title)

interface Look {
  ctx: Context
  all: Catalogue
  measure: Measure
  selection: Selection
  /** Superiors first, the organisation itself at the top. */
  tree: Org[]
}

/** On the last day of the period, or now where that is still to come. */
function standing(ctx: Context, { org, asOf }: Frame): Promise<Org[]> {
  return treeAt(ctx, { root: org.id, asOf: earlier(asOf, ctx.now) })
}

const earlier = (a: string, b: string): string => [a, b].sort()[0] ?? a

const NOT_OURS = new Set(['pioneersCommittee', 'group'])

async function organisations({ ctx, selection, tree }: Look, among: Among): Promise<Found> {
  const [top] = tree
  const below = tree.filter((one) => !NOT_OURS.has(one.type) && one !== top)
  const wanted =
    among === 'direct'
      ? below.filter((one) => one.parentId === top?.id)
      : below.filter((one) => one.type === 'branch')
  const reached = ancestorsOf(await pathsOf(ctx, selection))
  const stood = await pathsDuringAll(ctx, wanted, selection.frame)
  const without = wanted.filter((one) => !(stood.get(one.id) ?? [one.path]).some((path) => reached.has(path)))
  const nil = await declaredBy(ctx, selection, without)
  return {
    considered: wanted.length,
    groups: grouped(
      without.filter((one) => !nil.has(one.id)),
      (one) => (among === 'direct' ? '' : titleAbove(tree, one)),
    ),
    declared: inOrder(without.filter((one) => nil.has(one.id)).map(named)),
    unnamed: [],
  }
}

/** Of each row the paths to which it belongs. */
async function pathsOf(ctx: Context, s: Selection): Promise<string[]> {
  const own = sql`select distinct ${s.source.path} as path ${rowsOf(s)}`
  const joint = s.source.joint?.(s.frame)
  const held = joint
    ? sql`union select distinct unnest(${joint.paths}) as path ${rowsOf(s)} and ${joint.rows}`
    : sql``
  const { rows } = await sql<{ path: string }>`${own} ${held}`.execute(ctx.db)
  return rows.map((row) => row.path)
}

/** '/a/b/c/' stands below '/a/', '/a/b/' and '/a/b/c/'. */
function ancestorsOf(paths: string[]): Set<string> {
  const found = new Set<string>()
  for (const path of paths)
    for (let end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1))
      found.add(path.slice(0, end + 1))
  return found
}

/** Who moved within the period has recorded under the old path as well. */
async function pathsDuringAll(ctx: Context, orgs: Org[], frame: Frame): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ orgId: string; paths: string[] }>`
    select org_id, array_agg(distinct path) as paths from org_span
    where org_id = any(${orgs.map((one) => one.id)}::uuid[])
      and valid_from <= ${frame.asOf}::timestamp and valid_to > ${frame.from}::timestamp
    group by org_id`.execute(ctx.db)
  return new Map(rows.map((row) => [row.orgId, row.paths]))
}

/** Whose silence is an answer: what it was declared to be, by itself, by who stands above, or by all its branches. */
async function declaredBy(ctx: Context, { source, frame }: Selection, orgs: Org[]): Promise<Set<string>> {
  const found = new Set<string>()
  if (!source.ledger) return found
  const declared = (await nilsOf(ctx, [source.ledger], frame)).get(source.ledger) ?? []
  if (declared.length === 0) return found
  for (const one of orgs) {
    const alone: Frame = { ...frame, org: one, depth: 'all', scopes: [scopeAt(one, one.path)] }
    const said = ofPlace(alone, declared) ?? (await ofBranches(ctx, source, alone, declared)).get('')
    if (said?.all) found.add(one.id)
  }
  return found
}

async function members({ ctx, all, measure, selection, tree }: Look): Promise<Found> {
  const { source } = selection
  const roster = all.sources.get(ROSTER)
  if (!source.person || source.id === ROSTER || !roster)
    throw invalid(
      'nobodyNamed',
      `“${measure.title}”不按人登记，列不出哪些团员还没有。请改查按人数统计的指标，或只看哪些组织还没有。`,
    )
  const [top] = tree
  if (top) requireOrg(ctx, 'structure.read', top)
  const frame = { ...selection.frame, asOf: earlier(selection.frame.asOf, ctx.now) }
  const { rows } = await sql<{ id: string; name: string; path: string; done: boolean }>`
    with done as (select distinct ${source.person} as person_id ${rowsOf(selection)})
    select m.person_id as id, p.name, s.path, exists (select 1 from done where done.person_id = m.person_id) as done
    from ${roster.from(frame)} where ${roster.where(frame)} order by s.path, p.name_key, p.name`.execute(
    ctx.db,
  )
  const open = rows.filter((row) => !row.done)
  const blurred = await withoutAllNames(ctx, selection)
  const told = open.filter((row) => !blurred.has(row.path))
  const titles = new Map(tree.map((one) => [one.path, pathTitle(tree, one)]))
  const paths = [...new Set(open.filter((row) => blurred.has(row.path)).map((row) => row.path))]
  return {
    considered: rows.length,
    groups: grouped(told, (row) => titles.get(row.path) ?? '', false),
    declared: [],
    unnamed: tree.filter((one) => paths.includes(one.path)).map(named),
  }
}

/** Organisations whose records count people without naming each: whoever is not named may have been there. */
async function withoutAllNames(ctx: Context, s: Selection): Promise<Set<string>> {
  const lacks = s.source.names?.unnamed ?? sql`${s.source.person} is null`
  const { rows } = await sql<{ path: string }>`
    select distinct ${s.source.path} as path ${everyRowOf(s)} and ${lacks}`.execute(ctx.db)
  return new Set(rows.map((row) => row.path))
}

const named = ({ id, name }: { id: string; name: string }): Named => ({ id, name })

/** 青石中学团总支 一班团支部: there is a first class in every school. */
const pathTitle = (tree: Org[], one: Org): string =>
  [...tree.filter((other) => other !== tree[0] && other !== one && one.path.startsWith(other.path)), one]
    .map(({ name }) => name)
    .join(' ')

/** 青石镇团委 for its branches; a branch directly below the organisation stands under no title. */
function titleAbove(tree: Org[], one: Org): string {
  const [top] = tree
  const line = tree.filter((other) => other !== top && other !== one && one.path.startsWith(other.path))
  return line[0]?.name ?? ''
}

function grouped<T extends { id: string; name: string }>(
  all: T[],
  titleOf: (one: T) => string,
  sorted = true,
): Group[] {
  const groups = new Map<string, T[]>()
  for (const one of all) groups.set(titleOf(one), [...(groups.get(titleOf(one)) ?? []), one])
  return [...groups].map(([title, items]) => ({
    title,
    items: sorted ? inOrder(items.map(named)) : items.map(named),
  }))
}

const inOrder = (all: Named[]): Named[] => {
  const keys = new Map(all.map((one) => [one, termKey(one.name)]))
  return [...all].sort((a, b) => ((keys.get(a) ?? '') < (keys.get(b) ?? '') ? -1 : 1))
}
