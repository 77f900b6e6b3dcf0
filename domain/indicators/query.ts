/** The one figure query. Every number of the product is an answer of `ask`. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '../../kernel/context.ts'
import { inWords } from '../../kernel/filters.ts'
import type { Catalogue, Measure, Source } from '../../kernel/measures.ts'
import { shownCells } from '../structure/people/mask.ts'
import { catalogue, dimensionOf, measureOf, sourceOf } from './catalogue.ts'
import type { EvidencePart, EvidenceRows, FigureAnswer, FigureQuestion } from './contract.ts'
import { type Framed, frameOf, inOneBatch } from './frame.ts'
import { groupsOf } from './groups.ts'
import { type Counted, count, rowsOf, selectPart } from './selection.ts'
import { type FigureValue, sayValue, shareOf } from './words.ts'

/** Asks one question. @throws Refusal when measure, organisation, filter or dates are not understood. */
export async function ask(
  caller: Context,
  question: FigureQuestion,
  known?: Catalogue,
): Promise<FigureAnswer> {
  // The whole, its parts and its groups stand in the same place: that is looked up once.
  const ctx = inOneBatch(caller)
  const all = known ?? (await catalogue(ctx))
  const measure = measureOf(all, question.measure)
  const source = sourceOf(all, measure)
  const framed = await frameOf(ctx, question, measure, source)
  const parts = await partsOf(ctx, all, question)
  const asked = { all, question, measure, framed }
  const value =
    measure.kind === 'falls'
      ? await fallen(ctx, asked, parts)
      : combined(
          measure,
          parts.map((p) => p.counted.value),
        )
  const unit = parts.find((p) => p.counted.unit)?.counted.unit ?? measure.unit
  const groups = question.group ? await groupsOf(ctx, { ...asked, whole: value }) : undefined
  const missing = value === null
  const partial = parts.some((p) => p.counted.partial)
  return {
    measure: {
      id: measure.id,
      title: measure.title,
      unit: measure.unit,
      kind: measure.kind,
      definition: measure.definition,
    },
    org: { id: framed.org.id, code: framed.org.code, name: framed.org.name },
    asked: inWordsOf(question, measure, source, framed),
    value,
    missing,
    ...(missing && {
      missingReason: parts.find((p) => p.counted.missingReason)?.counted.missingReason ?? '没有可计算的数据',
    }),
    ...(partial && !missing && { bound: 'atLeast' as const }),
    unit,
    exact: missing ? '' : exactOf(measure, parts, value),
    display: display({ ...measure, unit }, parts, value, { percent: framed.percent, partial }),
    evidence: evidenceOf(parts),
    ...(groups && { groups: groups.groups }),
    ...(groups?.overlap && { overlap: groups.overlap }),
  }
}

interface AnsweredPart {
  role: string
  title: string
  counted: Counted
}

/** A plain measure has one part; a ratio or difference one for each of its sides. */
async function partsOf(ctx: Context, all: Catalogue, question: FigureQuestion): Promise<AnsweredPart[]> {
  const measure = measureOf(all, question.measure)
  if (!measure.parts) {
    return [
      {
        role: 'rows',
        title: measure.title,
        counted: await count(ctx, await selectPart(ctx, all, question, 'rows')),
      },
    ]
  }
  const answered: AnsweredPart[] = []
  for (const role of measure.parts.map((p) => p.role)) {
    const selection = await selectPart(ctx, all, question, role)
    const title = measure.parts.find((p) => p.role === role)?.title ?? role
    answered.push({ role, title, counted: await count(ctx, selection) })
  }
  return answered
}

/** In how many groups the difference is below 0. */
async function fallen(
  ctx: Context,
  asked: Omit<Parameters<typeof groupsOf>[1], 'whole'>,
  parts: AnsweredPart[],
): Promise<FigureValue> {
  if (parts.some((p) => p.counted.value === null)) return null
  const question = { ...asked.question, group: asked.measure.falls?.by ?? '' }
  const { groups } = await groupsOf(ctx, { ...asked, question, whole: null })
  return groups.filter((g) => typeof g.value === 'number' && g.value < 0).length
}

/** The value of a measure from those of its parts, in their order. */
export function combined(measure: Measure, values: FigureValue[]): FigureValue {
  const [first, second] = values
  if (!measure.parts) return first ?? null
  if (typeof first !== 'number' || typeof second !== 'number') return null
  if (measure.kind !== 'ratio') return first - second
  return second === 0 ? null : shareOf(first, second, measure.unit)
}

const display = (
  measure: Measure,
  parts: AnsweredPart[],
  value: FigureValue,
  how: { percent?: 'cut' | 'round' | undefined; partial: boolean },
) =>
  sayValue({
    value,
    measure,
    fraction: fractionOf(measure, parts),
    percent: how.percent,
    partial: how.partial,
  })

const fractionOf = (measure: Measure, parts: AnsweredPart[]): [number, number] | undefined =>
  measure.kind === 'ratio'
    ? [Number(parts[0]?.counted.value ?? 0), Number(parts[1]?.counted.value ?? 0)]
    : undefined

function exactOf(measure: Measure, parts: AnsweredPart[], value: FigureValue): string {
  const fraction = fractionOf(measure, parts)
  return fraction ? fraction.join('/') : String(value)
}

function evidenceOf(parts: AnsweredPart[]): FigureAnswer['evidence'] {
  const listed: EvidencePart[] = parts.map((p) => ({
    role: p.role,
    title: p.title,
    value: p.counted.value,
    count: p.counted.count,
    digest: p.counted.digest,
  }))
  const [only] = listed
  const digest =
    listed.length === 1 && only
      ? only.digest
      : createHash('sha256')
          .update(listed.map((p) => p.digest).join())
          .digest('hex')
  return { count: listed.reduce((sum, p) => sum + p.count, 0), digest, parts: listed }
}

function inWordsOf(question: FigureQuestion, measure: Measure, source: Source, framed: Framed): string {
  const filters = Object.entries(question.where ?? {}).map(([key, text]) =>
    inWords(dimensionOf(source, key), text),
  )
  const reach = framed.frame.depth === 0 ? '本级' : framed.frame.depth === 1 ? '本级和直接下级' : ''
  const whose = measure.belowOnly ? framed.org.name : `${framed.org.name}${reach && `（${reach}）`}`
  return `${whose}，${framed.when}，${measure.title}${filters.length > 0 ? `（${filters.join('；')}）` : ''}`
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
