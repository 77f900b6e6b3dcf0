/** Before a version is published its measures are tried: one that cannot be asked would fail for everybody who may. */
import { sql } from 'kysely'
import type { Context } from '../../../../kernel/context.ts'
import { type FieldProblem, invalid, Refusal } from '../../../../kernel/errors.ts'
import { condition, fixed } from '../../../../kernel/filters.ts'
import type { Frame, Measure, Source } from '../../../../kernel/measures.ts'
import { own } from '../../../../kernel/own.ts'
import * as appointments from '../../../structure/appointments/measures.ts'
import * as memberships from '../../../structure/memberships/measures.ts'
import * as organisations from '../../../structure/organisations/measures.ts'
import type { LedgerDefinition } from '../definition.ts'
import { ledgerMeasures } from '../measures.ts'
import { builtInLedgers } from '../registry.ts'

const structure = [organisations, memberships, appointments].flatMap((slice) => slice.measures)

/** @throws invalid `ledger`, naming the measure that cannot be worked out. */
export async function tryMeasures(
  ctx: Context,
  definition: LedgerDefinition,
  org: Frame['org'],
): Promise<void> {
  const { measures, sources } = ledgerMeasures([...builtInLedgers, definition])
  const unitOf = new Map([...structure, ...measures].map((m) => [m.id, m.unit]))
  const frame = frameOn(ctx.today, org)
  for (const measure of measures.filter((m) => m.id.startsWith(`${definition.id}.`))) {
    const unknown = measure.parts?.find((p) => !unitOf.has(p.measure))
    if (unknown) throw refused(definition, measure, `要用的指标“${unknown.measure}”不存在`)
    const units = new Set((measure.parts ?? []).map((p) => unitOf.get(p.measure)))
    if (measure.unit === '%' && units.size > 1)
      throw refused(definition, measure, `分子、分母的单位不同（${[...units].join('、')}）`)
    const source = sources.find((s) => s.id === measure.source)
    if (source) await tryOne(ctx, definition, { measure, source, frame })
  }
}

interface Trial {
  measure: Measure
  source: Source
  frame: Frame
}

async function tryOne(ctx: Context, definition: LedgerDefinition, trial: Trial): Promise<void> {
  const { measure, source, frame } = trial
  try {
    const value = measure.value?.(frame) ?? source.person ?? source.rowId
    const filters = Object.entries(measure.where ?? {}).map(([key, text]) => {
      const dimension = own(source.dimensions, key)
      if (!dimension) throw invalid('unknownFilter', `没有“${key}”这一栏`)
      return condition(key, dimension, fixed(key, dimension, text), frame)
    })
    const applies = measure.applies ? [measure.applies(frame)] : []
    const rows = sql.join([source.where(frame), ...filters, ...applies], sql` and `)
    await sql`select (${value})::text as value from ${source.from(frame)} where ${rows} limit 0`.execute(
      ctx.db,
    )
  } catch (error) {
    throw refused(definition, measure, error instanceof Refusal ? error.message : '数据库不认它的算法')
  }
}

function refused(definition: LedgerDefinition, { id, title }: Measure, why: string): Refusal {
  const problem: FieldProblem = {
    field: `measures.${id.slice(definition.id.length + 1)}`,
    reason: `指标“${title}”算不出来：${why}`,
    remedy: '请改正它的算法、筛选或所用的指标',
  }
  return invalid('ledger', '还有 1 处要改，改好再发布。', [problem])
}

const frameOn = (today: string, org: Frame['org']): Frame => ({
  org,
  scopes: [{ countyId: org.countyId, path: '/' }],
  depth: 'all',
  from: `${today} 00:00:00`,
  to: `${today} 23:59:59`,
  asOf: `${today} 23:59:59`,
})
