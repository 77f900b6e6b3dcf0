/**
 * Who of those below has most, least, none, or so many: all of them in one reading, by the one reader. What is not known
 * of somebody is said beside the answer, and never taken for 0.
 */
import type { Context } from '../../../kernel/context.ts'
import { invalid, Refusal } from '../../../kernel/errors.ts'
import { asked as askedOf } from '../../../kernel/filters.ts'
import type { Catalogue } from '../../../kernel/measures.ts'
import type { Org } from '../../structure/organisations/queries.ts'
import { dimensionOf, measureOf, sourceOf } from '../catalogue.ts'
import type { FigureAnswer, FigureQuestion } from '../contract.ts'
import { frameOf } from '../frame.ts'
import { lacking } from '../lacking/lacking.ts'
import { selectOver, wholeByUnit } from '../overview/compared.ts'
import { ask, askEach } from '../query.ts'
import { sayByUnit } from '../readings/read.ts'
import { display } from '../readings/said.ts'
import { unitsIn } from '../readings/units.ts'
import type { Told } from './contract.ts'
import type { Bounds } from './lexicon.ts'
import type { Among, Wish } from './turned.ts'
import { AMONG, type AmongKind } from './words.ts'

export interface Standing {
  ctx: Context
  all: Catalogue
  /** Everything that the caller covers. */
  tree: Org[]
}

/** One of those that are asked about. */
interface Item {
  title: string
  question: FigureQuestion
  display: string
  value: number | null
  atLeast: boolean
  /** How many rows are behind it. */
  rows: number
}

const MOST_ITEMS = 30
const MOST_UNITS = 400

/** @throws Refusal as `ask` does, and where those below are too many to be asked one by one */
export async function whoOf(at: Standing, question: FigureQuestion, among: Among): Promise<Told> {
  const whole = await ask(at.ctx, question, at.all)
  const title = `${whole.asked}，${saidAs(among, whole.unit)}`
  if (among.kind === 'member') return membersWithout(at, question, title)
  const items = among.kind === 'month' ? byMonth(whole, question) : await eachOf(at, question, among.kind)
  const timing = sourceOf(at.all, measureOf(at.all, question.measure)).timing
  return { title, ...tell(items, among, timing) }
}

const KINDS: Record<Exclude<AmongKind, 'unit' | 'month' | 'member'>, (org: Org) => boolean> = {
  branch: ({ type }) => type === 'branch',
  generalBranch: ({ type }) => type === 'generalBranch',
  village: ({ sector }) => sector === 'village',
  school: ({ sector }) => sector === 'school',
  community: ({ sector }) => sector === 'community',
  enterprise: ({ sector }) => sector === 'enterprise',
  town: ({ level }) => level === 'township',
  county: ({ level }) => level === 'county',
}
const NOT_OURS = new Set(['pioneersCommittee', 'group'])

/** Of organisations of one kind that stand in each other, the uppermost: a school, not its classes. */
function unitsOf(tree: Org[], top: string, kind: AmongKind): Org[] {
  const root = tree.find((one) => one.id === top)
  if (!root) return []
  const below = tree.filter((o) => o !== root && o.path.startsWith(root.path) && !NOT_OURS.has(o.type))
  if (kind === 'unit') return below.filter((one) => one.parentId === top)
  const fits = kind === 'month' || kind === 'member' ? () => false : KINDS[kind]
  const found = below.filter(fits)
  return found.filter((one) => !found.some((other) => other !== one && one.path.startsWith(other.path)))
}

async function eachOf(at: Standing, question: FigureQuestion, kind: AmongKind): Promise<Item[]> {
  const units = unitsOf(at.tree, question.org, kind)
  const [called = ''] = AMONG[kind]
  if (units.length === 0) throw invalid('noneBelow', `这里的下级里没有${called}，请换一个组织，或换个问法。`)
  if (units.length > MOST_UNITS)
    throw invalid('tooMany', `这里的${called}有${units.length}个，一次比不过来。请写上是哪个县、哪个镇。`)
  return (await inOneReading(at, question, units)) ?? (await oneByOne(at, question, units))
}

/** Null where the measure cannot be told apart so. */
async function inOneReading(
  { ctx, all }: Standing,
  question: FigureQuestion,
  list: Org[],
): Promise<Item[] | null> {
  if (question.depth) return null
  const measure = measureOf(all, question.measure)
  const source = sourceOf(all, measure)
  const { frame, percent } = await frameOf(ctx, question, measure, source)
  const below = list.map((org) => ({ ...org, parentId: org.parentId ?? '' }))
  const units = await unitsIn(ctx, question.org, below, frame)
  const where = await askedOf(ctx, question.where ?? {}, (key) => dimensionOf(source, key))
  const selections = units && selectOver(all, measure, units, frame, where)
  if (!units || !selections) return null
  const wholes = wholeByUnit(measure, selections, units, await sayByUnit(ctx, selections, units))
  return list.flatMap(({ id, code, name }): Item[] => {
    const whole = wholes.get(code)
    if (!whole) return []
    const { value, doubt, partial, parts } = whole
    return [
      {
        title: name,
        question: { ...question, org: id },
        display: display(measure, whole, percent),
        value: typeof value === 'number' && !doubt ? value : null,
        atLeast: partial,
        rows: parts.reduce((total, p) => total + p.count, 0),
      },
    ]
  })
}

async function oneByOne({ ctx, all }: Standing, question: FigureQuestion, units: Org[]): Promise<Item[]> {
  const questions = units.map((one) => ({ ...question, org: one.id }))
  const answers = await askEach(ctx, questions, all)
  return units.flatMap(({ name }, i): Item[] => {
    const answer = answers[i]
    const asked = questions[i]
    if (answer instanceof Refusal) throw answer
    return answer && asked ? [itemOf(name, asked, answer)] : []
  })
}

const itemOf = (title: string, question: FigureQuestion, answer: FigureAnswer): Item => ({
  title,
  question,
  display: answer.display,
  value: typeof answer.value === 'number' && !answer.doubtful ? answer.value : null,
  atLeast: answer.bound === 'atLeast',
  rows: answer.evidence.count,
})

const byMonth = (whole: FigureAnswer, question: FigureQuestion): Item[] =>
  (whole.groups ?? []).map(({ label, display, value, count }) => ({
    title: label.replace(/^(\d{4})-0?(\d+)$/, '$1年$2月'),
    question,
    display,
    value: typeof value === 'number' ? value : null,
    atLeast: display.startsWith('至少'),
    rows: count,
  }))

/** A share is high, a number is many. */
function saidAs({ kind, wish }: Among, unit: string): string {
  const [called = ''] = AMONG[kind]
  if (wish.is === 'none') return `没有的${called}`
  if (wish.is === 'some') return `有的${called}`
  if (wish.is === 'each') return `各${called}`
  if (wish.is === 'than') return `${inBounds(wish.bounds)}的${called}`
  const ends = unit === '%' || unit === '岁' ? ['最高', '最低'] : ['最多', '最少']
  const end = ends[wish.order === 'most' ? 0 : 1]
  if (wish.top === null) return `按多少排的${called}`
  return wish.top === 1 ? `${end}的${called}` : `${end}的${wish.top}个${called}`
}

function inBounds({ from, to, beyond }: Bounds): string {
  if (from !== undefined) return beyond ? `超过${from}` : `${from}及以上`
  return beyond ? `不到${to}` : `${to}及以下`
}

type Telling = Omit<Told, 'title'>

function tell(items: Item[], { kind, wish }: Among, timing: 'flow' | 'stock'): Telling {
  if (wish.is === 'ranked' || wish.is === 'each') return inOrder(items, wish)
  const [called = ''] = AMONG[kind]
  const found = items.map((item) => [item, fits(item, wish, timing)] as const)
  const those = found.flatMap(([item, yes]) => (yes ? [item] : []))
  const unknown = found.filter(([, yes]) => yes === null).length
  const unsaid =
    unknown > 0 ? `另有${unknown}个没有记录或只知道至少是多少，看不出` : `共${items.length}个${called}`
  return {
    said: `${unknown > 0 && those.length > 0 ? '至少' : ''}${those.length === 0 && unknown > 0 ? '—' : `${those.length}个`}`,
    note: unsaid,
    items: shown(those),
  }
}

/** Null where nobody can tell. */
function fits({ value, atLeast, rows }: Item, wish: Wish, timing: 'flow' | 'stock'): boolean | null {
  // Of what takes place, nothing recorded is what 没有 asks for; of what stands, it says nothing.
  if (wish.is === 'none')
    return timing === 'flow' ? rows === 0 || value === 0 : value === null ? null : value === 0
  if (wish.is === 'some')
    return timing === 'flow' ? rows > 0 && value !== 0 : value === null ? null : value > 0
  if (wish.is !== 'than') return null
  const { from, to, beyond } = wish.bounds
  if (value === null) return timing === 'flow' && rows === 0 && from !== undefined && from > 0 ? false : null
  if (from !== undefined) return value > from || (!beyond && value === from) || (atLeast ? null : false)
  if (to === undefined) return null
  const within = value < to || (!beyond && value === to)
  return within && atLeast ? null : within
}

function inOrder(items: Item[], wish: Extract<Wish, { is: 'ranked' | 'each' }>): Telling {
  const known = items.filter((one) => one.value !== null)
  const least = wish.is === 'ranked' && wish.order === 'least'
  const sorted = [...known].sort((a, b) => ((a.value ?? 0) - (b.value ?? 0)) * (least ? 1 : -1))
  const top = wish.is === 'each' ? null : wish.top
  const [first] = sorted
  const last = sorted[(top ?? sorted.length) - 1]
  const chosen = top === null ? sorted : sorted.filter((one, i) => i < top || one.value === last?.value)
  const missing = items.length - known.length
  const note = [
    ...(missing > 0 ? [`另有${missing}个没有记录，不在其中`] : []),
    ...(known.some((one) => one.atLeast) ? ['有的只知道至少是多少，次序不一定准'] : []),
  ].join('；')
  const names = chosen.map((one) => one.title).join('、')
  const said = !first
    ? '—'
    : top === 1 && chosen.length > 5
      ? `${chosen.length}个并列，${first.display}`
      : top === 1
        ? `${names}，${first.display}`
        : chosen
            .slice(0, Math.max(top ?? 0, 5))
            .map((one) => `${one.title}${one.display}`)
            .join('、')
  return { said, ...(note && { note }), items: shown(top === null ? sorted : chosen) }
}

const shown = (items: Item[]) =>
  items.slice(0, MOST_ITEMS).map(({ title, display, question }) => ({ title, display, question }))

/** 没参加志愿服务的团员: as the list of who has not. */
async function membersWithout({ ctx }: Standing, question: FigureQuestion, title: string): Promise<Told> {
  const { count, considered, unnamed } = await lacking(ctx, question, 'members')
  const unsaid = unnamed.length > 0
  return {
    title,
    said: unsaid && count === 0 ? '—' : `${unsaid ? '至少' : ''}${count}人`,
    note: unsaid
      ? `${considered}名团员中；${unnamed.length}个组织没有登记全部姓名，那里的看不出`
      : `共${considered}名团员`,
    items: [{ title: '已有的', display: '', question }],
  }
}
