/** From a question to the rows that it selects: those it takes, those of which nobody can tell, and all of their kind. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { invalid } from '../../../kernel/errors.ts'
import { asked as askedOf, condition, type Filters, fixed, type Meant } from '../../../kernel/filters.ts'
import type { Catalogue, Frame, Measure, Part, Source } from '../../../kernel/measures.ts'
import { dimensionOf, measureOf, sourceOf } from '../catalogue.ts'
import type { FigureQuestion } from '../contract.ts'
import { frameOf, shifted } from '../frame.ts'

/** A plain measure with everything that selects its rows. */
export interface Selection {
  measure: Measure
  source: Source
  frame: Frame
  /** A row must meet these; one whose attribute is unknown does not. */
  conditions: RawBuilder<SqlBool>[]
  /** These leave a row open where nobody can tell (true, false, null). */
  open: RawBuilder<SqlBool>[]
  /** Of shares: does the row carry both sides? Rows that do not are left out of either. */
  paired?: RawBuilder<SqlBool>
  filtered: boolean
}

type Filter = [key: string, text: Meant]

/** The selections of a question, one for each part of its measure. */
export async function selectionsOf(
  ctx: Context,
  all: Catalogue,
  question: FigureQuestion,
): Promise<Selection[]> {
  const measure = measureOf(all, question.measure)
  const chosen: Chosen[] = []
  for (const part of partsOf(measure)) chosen.push(await choose(ctx, all, question, part))
  return paired(measure, chosen)
}

/** The selection of one part of a measure; of a plain measure, its own. */
export async function selectPart(
  ctx: Context,
  all: Catalogue,
  question: FigureQuestion,
  role: string,
): Promise<Selection> {
  const measure = measureOf(all, question.measure)
  const selections = await selectionsOf(ctx, all, question)
  const at = (measure.parts ?? []).findIndex((p) => p.role === role)
  const found = selections[Math.max(at, 0)]
  if (!found) throw invalid('unknownPart', `“${measure.title}”没有“${role}”这一部分。`)
  return found
}

type AnyPart = Pick<Part, 'measure' | 'where' | 'shift' | 'unfiltered'>

export const partsOf = (measure: Measure): AnyPart[] => measure.parts ?? [{ measure: measure.id }]

/** A selection with the texts of its filters, by which the sides of a share are held against each other. */
interface Chosen {
  selection: Selection
  filters: Filter[]
}

async function choose(
  ctx: Context,
  all: Catalogue,
  question: FigureQuestion,
  part: AnyPart,
): Promise<Chosen> {
  const measure = measureOf(all, part.measure)
  const when = { today: ctx.today, timing: sourceOf(all, measure).timing }
  const moved = part.shift ? shifted(question, part.shift, when) : question
  const source = sourceOf(all, measure)
  const { frame } = await frameOf(ctx, { ...moved, measure: part.measure }, measure, source)
  const wanted = part.unfiltered ? {} : (question.where ?? {})
  const filters = await askedOf(ctx, wanted, (key) => dimensionOf(source, key))
  return chosenIn(all, measure, frame, filtersOf(source, part, filters))
}

const filtersOf = (source: Source, part: AnyPart, asked: Filters): Filter[] => [
  ...Object.entries(part.unfiltered ? {} : asked),
  ...fixedIn(source, part.where),
]

const fixedIn = (source: Source, where: Record<string, string> = {}): Filter[] =>
  Object.entries(where).map(([key, text]) => [key, fixed(key, dimensionOf(source, key), text)])

/** The selections of all parts of a measure, each in the frame that its source asks for. */
export function selectionsIn(
  all: Catalogue,
  measure: Measure,
  frameFor: (source: Source) => Frame,
  where: Filters = {},
): Selection[] {
  const chosen = partsOf(measure).map((part) => {
    const plain = measureOf(all, part.measure)
    const source = sourceOf(all, plain)
    return chosenIn(all, plain, frameFor(source), filtersOf(source, part, where))
  })
  return paired(measure, chosen)
}

/** The rows of a plain measure in a frame. */
export const selectIn = (all: Catalogue, measure: Measure, frame: Frame): Selection =>
  chosenIn(all, measure, frame, []).selection

function chosenIn(all: Catalogue, measure: Measure, frame: Frame, asked: Filter[]): Chosen {
  const source = sourceOf(all, measure)
  const filters = [...fixedIn(source, measure.where), ...asked]
  const conditions: RawBuilder<SqlBool>[] = []
  const open: RawBuilder<SqlBool>[] = []
  for (const [key, text] of filters) {
    const list = dimensionOf(source, key).unknownWhen ? open : conditions
    list.push(metBy(source, frame, [key, text]))
  }
  if (measure.meets) open.push(measure.meets(frame) as RawBuilder<SqlBool>)
  if (source.unsure) open.push(sql<SqlBool>`case when ${source.unsure(frame)} then null else true end`)
  if (measure.applies) conditions.push(measure.applies(frame))
  if (measure.belowOnly && frame.depth !== 0) conditions.push(belowOnly(source, frame))
  const selection: Selection = { measure, source, frame, conditions, open, filtered: filters.length > 0 }
  if (measure.recorded) selection.paired = measure.recorded.sql(frame)
  return { selection, filters }
}

/** True, false, or null where nobody can tell. A row without the attribute does not meet it; of a share, nobody knows. */
function metBy(source: Source, frame: Frame, [key, text]: Filter, blank: 'no' | 'unknown' = 'no') {
  const dimension = dimensionOf(source, key)
  const met = condition(key, dimension, text, frame)
  const unknown = dimension.unknownWhen?.(frame, text)
  if (!unknown) return met
  const told = blank === 'no' ? sql<SqlBool>`coalesce(${met}, false)` : met
  return sql<SqlBool>`case when ${unknown} then null else ${told} end`
}

function belowOnly(source: Source, frame: Frame): RawBuilder<SqlBool> {
  const itself = frame.scopes.map((s) => s.path)
  const paths = source.joint?.(frame).paths ?? sql<string[]>`array[${source.path}]`
  return sql<SqlBool>`not (${paths} && ${itself}::text[])`
}

/**
 * A share whose sides come from the same rows divides only rows that carry both: the attribute by which a side is
 * filtered is known, and what a side adds up is stated. Sides from different rows are left as they are.
 */
function paired(measure: Measure, chosen: Chosen[]): Selection[] {
  const selections = chosen.map((c) => c.selection)
  const [one, other] = selections
  if (measure.kind !== 'ratio' || !one || !other || !sameRows(one, other)) return selections
  const carried = chosen.map(({ selection, filters }) => carries(selection, filters))
  const both = sql<SqlBool>`(${sql.join(carried, sql` and `)})`
  return selections.map((s) => ({ ...s, paired: both }))
}

const sameRows = (one: Selection, other: Selection): boolean =>
  one.source.id === other.source.id && JSON.stringify(one.frame) === JSON.stringify(other.frame)

/** Can it be told whether the row is of this side, and does it then state the value? */
function carries({ measure, source, frame }: Selection, filters: Filter[]): RawBuilder<SqlBool> {
  const met = filters.map((filter) => metBy(source, frame, filter, 'unknown'))
  const taken = met.length > 0 ? sql<SqlBool>`(${sql.join(met, sql` and `)})` : sql<SqlBool>`true`
  const adds = (measure.kind === 'sum' || measure.kind === 'average') && !measure.blank
  const added = adds ? measure.value?.(frame) : undefined
  const applies = measure.applies ? sql`and ${measure.applies(frame)}` : sql``
  const stated = added ? sql`and (not (${taken} ${applies}) or (${added}) is not null)` : sql``
  return sql<SqlBool>`(${taken} is not null ${stated})`
}
