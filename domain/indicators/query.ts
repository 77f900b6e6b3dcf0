/** The one figure query. Every number of the product is an answer of the reader behind `ask`. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/errors.ts'
import { inWords } from '../../kernel/filters.ts'
import type { Catalogue, Measure, Source } from '../../kernel/measures.ts'
import { shownCells } from '../structure/people/mask.ts'
import { catalogue, dimensionOf, measureOf, sourceOf } from './catalogue.ts'
import type { EvidencePart, EvidenceRows, FigureAnswer, FigureGroup, FigureQuestion } from './contract.ts'
import { type Framed, frameOf, inOneBatch } from './frame.ts'
import { groupsOf, overlapOf } from './groups.ts'
import { definitionOf } from './kept/definition.ts'
import { sayAll } from './readings/read.ts'
import { display, fractionOf, noteOf, type Said, type Whole, wholeOf } from './readings/said.ts'
import { type Selection, selectionsOf, selectPart } from './readings/selection.ts'
import { digestOf, rowsOf } from './readings/statement.ts'

export interface AskOptions {
  /** The answer will be kept: its rows are sealed as well. */
  digest?: boolean
}

/** Asks one question. @throws Refusal when measure, organisation, filter or dates are not understood. */
export async function ask(
  ctx: Context,
  question: FigureQuestion,
  known?: Catalogue,
  options: AskOptions = {},
): Promise<FigureAnswer> {
  const [answer] = await askEach(ctx, [question], known ?? (await catalogue(ctx)), options)
  if (!answer || answer instanceof Refusal) throw answer ?? new Error('a question was lost')
  return answer
}

/** Asks many questions; those that look at the same rows share a statement. What is not understood is a refusal. */
export async function askEach(
  caller: Context,
  questions: FigureQuestion[],
  all: Catalogue,
  options: AskOptions = {},
): Promise<(FigureAnswer | Refusal)[]> {
  // The whole, its parts and its groups stand in the same place: that is looked up once.
  const ctx = inOneBatch(caller)
  const prepared: (Prepared | Refusal)[] = []
  for (const question of questions) prepared.push(await orRefusal(prepare(ctx, all, question)))
  const understood = prepared.flatMap((p) => (p instanceof Refusal ? [] : p.selections))
  const said = await sayAll(ctx, understood)
  const answers: (FigureAnswer | Refusal)[] = []
  for (const p of prepared)
    answers.push(p instanceof Refusal ? p : await orRefusal(answerOf(ctx, all, p, { said, ...options })))
  return answers
}

async function orRefusal<T>(work: Promise<T>): Promise<T | Refusal> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

interface Prepared {
  question: FigureQuestion
  measure: Measure
  source: Source
  framed: Framed
  selections: Selection[]
}

async function prepare(ctx: Context, all: Catalogue, question: FigureQuestion): Promise<Prepared> {
  const measure = measureOf(all, question.measure)
  const source = sourceOf(all, measure)
  const framed = await frameOf(ctx, question, measure, source)
  return { question, measure, source, framed, selections: await selectionsOf(ctx, all, question) }
}

async function answerOf(
  ctx: Context,
  all: Catalogue,
  asked: Prepared,
  { said, digest }: AskOptions & { said: Map<Selection, Said> },
): Promise<FigureAnswer> {
  const { question, measure, source, framed, selections } = asked
  const parts = selections.flatMap((s) => said.get(s) ?? [])
  refuseSeveral(asked, parts)
  const plain = wholeOf(measure, parts)
  const groups = question.group ? await groupsOf(ctx, { ...asked, group: question.group }) : undefined
  const whole = measure.kind === 'falls' ? { ...plain, value: await fallen(ctx, asked, plain) } : plain
  const { value, partial, missingReason } = whole
  const note = noteOf(measure, whole)
  const overlap = groups && question.group === 'org' ? overlapOf(measure, whole, groups) : 0
  return {
    measure: describe(measure),
    org: { id: framed.org.id, code: framed.org.code, name: framed.org.name },
    asked: inWordsOf(question, measure, source, framed),
    value,
    missing: value === null,
    ...(value === null && { missingReason: missingReason ?? '没有可计算的数据' }),
    ...(partial && { bound: 'atLeast' as const }),
    ...(note && { note }),
    ...statedIn(whole),
    ...(whole.doubt && { doubtful: true as const }),
    unit: parts.find((p) => p.unit)?.unit ?? measure.unit,
    exact: value === null ? '' : (fractionOf(measure, whole)?.join('/') ?? String(value)),
    display: display(measure, whole, framed.percent),
    evidence: await evidenceOf(ctx, all, asked, { parts, digest: digest === true }),
    ...(groups && { groups }),
    ...(overlap > 0 && { overlap }),
  }
}

function statedIn({ value, parts }: Whole): Pick<FigureAnswer, 'stated'> {
  const stated = value === null ? undefined : parts.find((p) => p.stated)?.stated
  return stated ? { stated } : {}
}

/** @throws Refusal where the rows hold several answers, and the question does not tell them apart */
function refuseSeveral({ measure, question: { group = '' } }: Prepared, parts: Said[]): void {
  if (measure.unitOf?.apartBy.includes(group)) return
  const several = parts.find((p) => p.several)?.several
  if (several) throw several
}

const describe = ({ id, title, unit, kind, definition }: Measure) => ({ id, title, unit, kind, definition })

/** In how many groups the difference is below 0. */
async function fallen(ctx: Context, asked: Prepared, plain: Whole): Promise<FigureAnswer['value']> {
  if (plain.value === null) return null
  const groups: FigureGroup[] = await groupsOf(ctx, { ...asked, group: asked.measure.falls?.by ?? '' })
  return groups.filter((g) => typeof g.value === 'number' && g.value < 0).length
}

async function evidenceOf(
  ctx: Context,
  all: Catalogue,
  { measure, selections }: Prepared,
  { parts, digest }: { parts: Said[]; digest: boolean },
): Promise<FigureAnswer['evidence']> {
  const listed: EvidencePart[] = []
  for (const [i, s] of selections.entries()) {
    const part = measure.parts?.[i] ?? { role: 'rows', title: measure.title }
    const { value = null, count = 0 } = parts[i] ?? {}
    const sealed = digest ? { digest: await sealOf(ctx, s) } : {}
    listed.push({ role: part.role, title: part.title, value, count, ...sealed })
  }
  const [only] = listed
  const together = listed.length === 1 ? only?.digest : digestOfTexts(listed.map((p) => p.digest ?? ''))
  return {
    count: listed.reduce((total, p) => total + p.count, 0),
    parts: listed,
    ...(digest && { digest: together ?? '', definition: definitionOf(all, measure) }),
  }
}

async function sealOf(ctx: Context, s: Selection): Promise<string> {
  const { rows } = await sql<{ digest: string }>`${digestOf(s)}`.execute(ctx.db)
  return rows[0]?.digest ?? ''
}

const digestOfTexts = (texts: string[]) => createHash('sha256').update(texts.join()).digest('hex')

function inWordsOf(question: FigureQuestion, measure: Measure, source: Source, framed: Framed): string {
  const filters = Object.entries(question.where ?? {}).map(([key, text]) =>
    inWords(dimensionOf(source, key), text),
  )
  const reach = reachOf(measure, framed)
  const whose = `${framed.org.name}${reach && `（${reach}）`}`
  return `${whose}，${framed.when}，${measure.title}${filters.length > 0 ? `（${filters.join('；')}）` : ''}`
}

/** Of whom it speaks; nothing where it is the organisation with all that is below it, as usual. */
function reachOf({ belowOnly }: Measure, { frame: { depth } }: Framed): string {
  if (belowOnly) return depth === 'all' ? '各级下级' : depth === 1 ? '直接下级' : '本级'
  return depth === 'all' ? '' : depth === 1 ? '本级和直接下级' : '本级'
}

export interface EvidencePage {
  part?: string | undefined
  page: number
  size: number
}

/** The very rows behind a figure, a page at a time, always in the same order. */
export async function evidence(
  ctx: Context,
  question: FigureQuestion,
  wanted: EvidencePage,
  known?: Catalogue,
): Promise<EvidenceRows> {
  const all = known ?? (await catalogue(ctx))
  const s = await selectPart(ctx, all, question, wanted.part ?? '')
  const { source, frame } = s
  const cells = source.columns.map((c) => sql`(${c.sql(frame)})::text`)
  const { rows } = await sql<{
    id: string
    version: number
    countyId: string
    cells: (string | null)[]
    total: number
    opensId?: string
  }>`
    select ${source.rowId}::text as id, ${source.version} as version, ${source.countyId}::text as county_id,
           array[${sql.join(cells)}] as cells, count(*) over () as total
           ${source.opensId ? sql`, ${source.opensId}::text as opens_id` : sql``}
    ${rowsOf(s)} order by ${source.rowId}::text
    limit ${wanted.size} offset ${(wanted.page - 1) * wanted.size}`.execute(ctx.db)
  return {
    columns: source.columns.map(({ id, title }) => ({ id, title })),
    rows: rows.map(({ total: _total, cells, ...row }) => ({
      ...row,
      cells: shownCells(cells),
      opens: source.opens,
    })),
    total: rows[0]?.total ?? 0,
  }
}
