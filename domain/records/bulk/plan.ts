/** What becomes of each record of a bulk change: the same for looking before and for doing. */
import type { Context } from '../../../kernel/context.ts'
import { saying } from '../../../kernel/errors.ts'
import { may } from '../../../kernel/scope.ts'
import { mergeOfGone } from '../../structure/merges/done.ts'
import { givenAgain, type Laid, layOverMany, type Overlay } from '../ledgers/change.ts'
import type { LedgerDefinition } from '../ledgers/definition.ts'
import { isStaged } from '../ledgers/fields/types.ts'
import { livesOf } from '../ledgers/lives.ts'
import { readableAmong } from '../ledgers/opened.ts'
import type { OrgLife } from '../ledgers/places.ts'
import { homeRecords, type StoredRecord } from '../ledgers/queries.ts'
import type { BulkDeed, Left } from './contract.ts'

/** Changed, marked, or left as it is for a reason. `back`: what laid over it undoes a change. */
export type Planned =
  | { record: StoredRecord; reason: string }
  | { record: StoredRecord; mark: 'void' | 'restore' }
  | { record: StoredRecord; laid: Laid; back: Overlay }

export interface Wanted {
  deed: BulkDeed
  /** Of an undo: what to lay over each, instead of the deed's own. */
  backOf?: (record: StoredRecord) => Overlay
}

/** In the order of the ids. Nothing is said of what is no record of the ledger, or none that the caller may read. */
export async function planFor(
  ctx: Context,
  definition: LedgerDefinition,
  ids: string[],
  wanted: Wanted,
): Promise<Planned[]> {
  const stored = (await homeRecords(ctx.db, ids)).filter((r) => r.ledger === definition.id)
  if (stored.length === 0) return []
  const lives = await livesOf(
    ctx.db,
    stored.map((r) => r.orgId),
  )
  const found = new Map((await readableAmong(ctx, stored, lives)).map((r) => [r.id, r]))
  const records = ids.flatMap((id) => found.get(id) ?? [])
  const refused = new Map<string, string | null>()
  for (const r of records)
    refused.set(
      r.id,
      refusalOf(ctx, wanted.deed, r, lives.get(r.orgId)) ?? (await mergedAway(ctx, wanted.deed, r)),
    )
  const { kind } = wanted.deed
  if (kind === 'void' || kind === 'restore')
    return records.map((record) => {
      const reason = refused.get(record.id)
      return reason ? { record, reason } : { record, mark: kind }
    })
  const open = records.filter((r) => !refused.get(r.id))
  const changed = await changesOf(ctx, definition, open, wanted)
  return records.map((record) => changed.get(record.id) ?? { record, reason: refused.get(record.id) ?? '' })
}

function refusalOf(
  ctx: Context,
  deed: BulkDeed,
  record: StoredRecord,
  life: OrgLife | undefined,
): string | null {
  if (!life || !may(ctx.actor.grants, 'records.write', life.path))
    return '不归您的组织管，只能由记录的组织修改'
  if (deed.kind === 'restore') return record.voidedAt ? null : '没有作废，不用恢复'
  return record.voidedAt ? '已经作废' : null
}

/** Restoring what was merged into another would count it twice. */
async function mergedAway(ctx: Context, deed: BulkDeed, record: StoredRecord): Promise<string | null> {
  const merged = deed.kind === 'restore' ? await mergeOfGone(ctx, record.id) : undefined
  return merged ? `已经并入“${merged.keptTitle}”，要分开请撤销那次合并` : null
}

async function changesOf(
  ctx: Context,
  definition: LedgerDefinition,
  records: StoredRecord[],
  { deed, backOf }: Wanted,
): Promise<Map<string, Planned>> {
  const overlay = backOf ?? (() => overlayOf(definition, deed))
  const laid = records.length > 0 ? await layOverMany(ctx, definition, records, overlay) : []
  return new Map(
    records.map((record, at): [string, Planned] => {
      const one = laid[at]
      if (!one) return [record.id, { record, reason: '' }]
      if ('problems' in one) return [record.id, { record, reason: one.problems.map(saying).join('') }]
      if (one.changes.length === 0) return [record.id, { record, reason: '本来就是这样，不用改' }]
      return [record.id, { record, laid: one, back: backTo(definition, overlay(record), one.before) }]
    }),
  )
}

const COLUMNS = new Set(['day', 'title', 'personTimes'])

function overlayOf({ fields }: LedgerDefinition, { kind, field = '', value, orgId }: BulkDeed): Overlay {
  if (kind === 'move') return { orgId: orgId ?? '' }
  if (COLUMNS.has(field)) return { [field]: value } as Overlay
  const staged = fields.some((f) => f.id === field && isStaged(f))
  // Each record keeps what it went through before.
  return { fields: { [field]: staged && Array.isArray(value) ? { next: value } : (value ?? null) } }
}

/** The same parts as they are now. */
function backTo(definition: LedgerDefinition, overlay: Overlay, before: Laid['before']): Overlay {
  const { day, dayPrecision, title, personTimes, orgId, references } = before
  const now = { day, title, personTimes, orgId }
  const kept = Object.entries(now).filter(([key]) => key in overlay)
  const fields = Object.keys(overlay.fields ?? {}).map((id) => [id, givenAgain(definition, before, id)])
  return {
    ...(Object.fromEntries(kept) as Overlay),
    ...('day' in overlay && { dayPrecision }),
    ...(overlay.fields && { fields: Object.fromEntries(fields), standing: references }),
  }
}

const EXAMPLES = 5

/** The same reason once, with how many and the first of them. */
export class Leftovers {
  readonly #byReason = new Map<string, Left>()

  add(reason: string, { id, title, day }: StoredRecord): void {
    const one = this.#byReason.get(reason) ?? { reason, count: 0, examples: [] }
    one.count += 1
    if (one.examples.length < EXAMPLES) one.examples.push({ id, title, day })
    this.#byReason.set(reason, one)
  }

  /** Ids of which nothing can be told, not even whether they are records. */
  addUnknown(count: number): void {
    const reason = '没有找到这条记录'
    if (count === 0) return
    this.#byReason.set(reason, {
      reason,
      count: count + (this.#byReason.get(reason)?.count ?? 0),
      examples: [],
    })
  }

  list(): Left[] {
    return [...this.#byReason.values()].sort((a, b) => b.count - a.count)
  }
}
