/** 概览: every line of work's headline figures, with an earlier period's and the siblings' median. */
import type { Context } from '../../../kernel/context.ts'
import type { Input } from '../../../kernel/endpoint.ts'
import type { Measure } from '../../../kernel/measures.ts'
import type { Period } from '../../../kernel/period.ts'
import type { LedgerDefinition } from '../../records/ledgers/definition.ts'
import { ledgers } from '../../records/ledgers/registry.ts'
import { measureOf } from '../catalogue.ts'
import { sayAll, sayByUnit } from '../readings/read.ts'
import { display, noteOf, type Said, wholeOf } from '../readings/said.ts'
import { type Selection, selectionsOf } from '../readings/selection.ts'
import { siblingsOf, type Units, unitsIn, unitsUnder } from '../readings/units.ts'
import { sayValue } from '../words.ts'
import { selectOver, wholeByUnit } from './compared.ts'
import type { getOverview, Overview, OverviewBlock, OverviewFigure } from './contract.ts'
import { ledgersInUse } from './ledgers.ts'
import { frameOfRecords, type Looked, lookAt } from './looking.ts'
import { headlinesOf, heldAgainst, LEAST_SIBLINGS, medianOf, STRUCTURE, structureHeadlines } from './rules.ts'

interface Looking extends Looked {
  before: Period
}

export async function overview(caller: Context, { query }: Input<typeof getOverview>): Promise<Overview> {
  const looked = await lookAt(caller, query)
  const looking = { ...looked, before: heldAgainst(looked.period, query.against) }
  const { ctx, org, framed, period, before } = looking
  const definitions = await ledgers(ctx)
  const { used, below } = await inUse(looking, definitions)
  const shown = definitions.filter((d) => used.has(d.id))
  const figures = await figuresOf(looking, [...structureHeadlines(org.type), ...shown.flatMap(headlinesOf)])
  const structure = {
    ...STRUCTURE,
    figures: figures.filter((f) => STRUCTURE.measures.includes(f.measure.id)),
    recorded: null,
  }
  const blocks = shown.map((d) => ({
    ...d,
    figures: figures.filter((f) => f.measure.id.startsWith(`${d.id}.`)),
    recorded: below ? recordedBelow(below, used.get(d.id)) : null,
  }))
  return {
    org: { id: framed.org.id, code: framed.org.code, name: framed.org.name },
    period: spanOf(period),
    before: spanOf(before),
    lines: inLines([structure, ...blocks]),
    quiet: definitions
      .filter((d) => !used.has(d.id) && !d.own?.closed)
      .map(({ id, title, line }) => ({ id, title, line })),
  }
}

const spanOf = ({ from, to, label }: Period) => ({ from, to, label })

/** Lines in the order in which their first ledger stands; the structure comes first. */
function inLines(blocks: (OverviewBlock & { line: string })[]): Overview['lines'] {
  const lines = [...new Set(blocks.map((b) => b.line))]
  return lines.map((title) => ({
    title,
    blocks: blocks
      .filter((b) => b.line === title)
      .map(({ id, title: name, figures, recorded }) => ({ id, title: name, figures, recorded })),
  }))
}

/** Ledgers with rows in this period or the one before; of this one, who below has any. */
async function inUse({ ctx, all, org, framed, before }: Looking, definitions: readonly LedgerDefinition[]) {
  const { frame } = framed
  const list = await unitsUnder(ctx, [org.id], frame.asOf)
  const below = list.length > 0 ? await unitsIn(ctx, org.id, list, frame) : null
  const lasting = definitions.filter((d) => d.standing).map((d) => d.id)
  const used = await ledgersInUse(ctx, { all, frame, units: below, lasting })
  const earlier = await frameOfRecords(ctx, all, org.id, before)
  for (const id of (await ledgersInUse(ctx, { all, frame: earlier.frame, lasting })).keys())
    if (!used.has(id)) used.set(id, new Set())
  return { used, below }
}

const recordedBelow = (below: Units, recorded: Set<string> = new Set()) => ({
  count: below.list.filter((u) => recorded.has(u.code)).length,
  of: below.list.length,
})

/** A measure with the selections of its parts: of this period, of the one before, and over all siblings. */
interface Headline {
  measure: Measure
  now: Selection[]
  before: Selection[]
  siblings: Selection[]
}

async function figuresOf(looking: Looking, ids: string[]): Promise<OverviewFigure[]> {
  const { ctx, all, org, framed } = looking
  const siblings = await siblingsOf(ctx, org, framed.frame)
  const compared = siblings && siblings.list.length >= LEAST_SIBLINGS ? siblings : null
  const headlines: Headline[] = []
  for (const id of ids) if (all.measures.has(id)) headlines.push(await headlineOf(looking, id, compared))
  const own = await sayAll(
    ctx,
    headlines.flatMap((h) => [...h.now, ...h.before]),
  )
  const others =
    compared &&
    (await sayByUnit(
      ctx,
      headlines.flatMap((h) => h.siblings),
      compared,
    ))
  return headlines.map((h) => ({
    measure: describe(h.measure),
    ...sayOwn(h, h.now, own, framed.percent),
    before: withoutReason(sayOwn(h, h.before, own, framed.percent)),
    siblings: compared && others ? medianAmong(looking, h, compared, others) : null,
  }))
}

const describe = ({ id, title, unit, kind, definition }: Measure) => ({ id, title, unit, kind, definition })

const withoutReason = ({ value, display, missing }: ReturnType<typeof sayOwn>) => ({
  value,
  display,
  missing,
})

async function headlineOf(looking: Looking, id: string, siblings: Units | null): Promise<Headline> {
  const { ctx, all, org, framed, period, before } = looking
  const measure = measureOf(all, id)
  const select = (days: Period) =>
    selectionsOf(ctx, all, { org: org.id, measure: id, from: days.from, to: days.to })
  const others = siblings && selectOver(all, measure, siblings, framed.frame)
  return { measure, now: await select(period), before: await select(before), siblings: others ?? [] }
}

function sayOwn(
  { measure }: Headline,
  parts: Selection[],
  said: Map<Selection, Said>,
  percent: 'cut' | 'round',
) {
  const whole = wholeOf(
    measure,
    parts.flatMap((s) => said.get(s) ?? []),
  )
  const { value, partial, missingReason } = whole
  const note = noteOf(measure, whole)
  return {
    value,
    missing: value === null,
    display: display(measure, whole, percent),
    ...(value === null && { missingReason: missingReason ?? '没有可计算的数据' }),
    ...(partial && { bound: 'atLeast' as const }),
    ...(note && { note }),
  }
}

/** Of those siblings that have a value. Only the median leaves this function, and how many it is of. */
function medianAmong(
  { framed }: Looking,
  { measure, siblings }: Headline,
  units: Units,
  said: Map<Selection, Map<string | null, Said>>,
): OverviewFigure['siblings'] {
  if (siblings.length === 0) return null
  const answers = wholeByUnit(measure, siblings, units, said)
  const values = [...answers.values()].flatMap(({ value }) => (typeof value === 'number' ? [value] : []))
  const median = medianOf(values)
  if (median === null) return null
  return {
    median,
    display: sayValue({ value: median, measure, percent: framed.percent }),
    count: values.length,
  }
}
