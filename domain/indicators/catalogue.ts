/** Every source and measure, gathered from the slices before this one. */
import type { Context } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import type { Catalogue, Dimension, Measure, Source } from '../../kernel/measures.ts'
import { own } from '../../kernel/own.ts'
import type { LedgerDefinition } from '../records/ledgers/definition.ts'
import { ledgerMeasures } from '../records/ledgers/measures.ts'
import { ledgers } from '../records/ledgers/registry.ts'
import * as appointments from '../structure/appointments/measures.ts'
import * as memberships from '../structure/memberships/measures.ts'
import * as organisations from '../structure/organisations/measures.ts'

const structure = [organisations, memberships, appointments]

const made = new WeakMap<readonly LedgerDefinition[], Catalogue>()

/** Made once for a list of ledgers; the registry gives out the same list until one of them changes. */
export async function catalogue(ctx: Context): Promise<Catalogue> {
  const definitions = await ledgers(ctx)
  const found = made.get(definitions) ?? catalogueOf(definitions)
  made.set(definitions, found)
  return found
}

/** What can be counted where these ledgers are kept. */
export function catalogueOf(definitions: readonly LedgerDefinition[]): Catalogue {
  const fromLedgers = ledgerMeasures(definitions)
  const parts = [...structure, fromLedgers]
  return {
    sources: new Map(parts.flatMap((p) => p.sources.map((s): [string, Source] => [s.id, s]))),
    measures: new Map(parts.flatMap((p) => p.measures.map((m): [string, Measure] => [m.id, m]))),
    renamed: new Map(
      parts.flatMap((p) =>
        p.measures.flatMap((m) => (m.formerly ?? []).map((id): [string, string] => [id, m.id])),
      ),
    ),
  }
}

export function measureOf(all: Catalogue, id: string): Measure {
  const found = all.measures.get(id) ?? all.measures.get(all.renamed.get(id) ?? '')
  if (found) return found
  const near = [...all.measures.values()].filter(
    (m) => m.id.startsWith(`${id.split('.')[0]}.`) || m.title.includes(id),
  )
  const hint =
    near.length > 0
      ? `相近的有：${near
          .slice(0, 8)
          .map((m) => `${m.id}（${m.title}）`)
          .join('、')}。`
      : '用 measures 命令或“数据”页查看全部指标。'
  throw invalid('unknownMeasure', `没有指标“${id}”。${hint}`, [
    { field: 'measure', reason: '没有这个指标', remedy: hint },
  ])
}

/** The source of a measure; of a ratio or difference, that of its first part. */
export function sourceOf(all: Catalogue, measure: Measure): Source {
  const id = measure.source ?? all.measures.get(measure.parts?.[0]?.measure ?? '')?.source
  const source = all.sources.get(id ?? '')
  if (!source) throw new Error(`measure ${measure.id} names no known source`)
  return source
}

export function dimensionOf(source: Source, key: string): Dimension {
  const found = own(source.dimensions, key)
  if (found) return found
  const list = Object.entries(source.dimensions).map(([id, d]) => `${id}（${d.title}）`)
  throw invalid('unknownFilter', `“${source.title}”不能按“${key}”筛选或分组。可用：${list.join('、')}。`, [
    { field: key, reason: '没有这个筛选项', remedy: `可用：${list.join('、')}` },
  ])
}
