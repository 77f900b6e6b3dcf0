/** A record is changed, voided and restored: each with its version, its history and its mirrors. */
import { isDeepStrictEqual } from 'node:util'
import { act } from '../../../kernel/act.ts'
import type { Context } from '../../../kernel/context.ts'
import type { Input } from '../../../kernel/endpoint.ts'
import { conflict, type FieldProblem, invalid, notFound } from '../../../kernel/errors.ts'
import { mergeOfGone } from '../../structure/merges/done.ts'
import type { changeRecord, restoreRecord, voidRecord, Written } from './contract.ts'
import type { Stated } from './declared.ts'
import type { DayPrecision, LedgerDefinition } from './definition.ts'
import { groundOf } from './enter.ts'
import { coursesOf } from './fields/course.ts'
import { idIn, type Referred } from './fields/meant.ts'
import { laidOver } from './fields/stage.ts'
import { isReference, isStaged } from './fields/types.ts'
import { showValue } from './fields.ts'
import { type HostedRecord, hostsOf, isNamed, namesAsked, type StandingHost, withHosts } from './hosts.ts'
import { hostName } from './hostWords.ts'
import {
  deedOn,
  type Opened,
  openForWriting,
  participantsOfRecords,
  type StoredParticipant,
} from './opened.ts'
import { nameOn } from './places.ts'
import { QUANTITIES, QUANTITIES_TITLE, shownQuantities } from './quantities.ts'
import { type StoredRecord, viewsOf, writtenOf } from './queries.ts'
import { withReferences } from './references.ts'
import { referencesOf } from './referred.ts'
import { attending, type Ground, type PreparedRecord, prepare, type RecordDraft } from './rules.ts'
import type { HistoryEntry } from './shapes.ts'
import { insertAll, joined, removeRows, rowsOf } from './store.ts'

type Change = Input<typeof changeRecord>['body']
/** What is laid over a record. Another organisation: it was recorded at the wrong one. */
export type Overlay = Omit<Change, 'version'> & {
  orgId?: string
  /** What stands elsewhere already (in the record that is merged into this one), and may be taken over. */
  standing?: Referred[]
}

export async function change(ctx: Context, { params, body }: Input<typeof changeRecord>): Promise<Written> {
  const opened = await openForWriting(ctx, params.id)
  const laid = await layOver(ctx, opened, body)
  return act(ctx, deedOn(opened, 'change', { changes: laid.changes }), async () => {
    refuseStale(opened, body.version)
    return rewrite(ctx, opened, laid)
  })
}

export interface Laid {
  before: State
  after: HostedRecord
  changes: HistoryEntry['changes']
}

/** The record with what is changed laid over it, checked as a new one is. @throws invalid `record` */
export async function layOver(ctx: Context, opened: Opened, body: Overlay): Promise<Laid> {
  const [laid] = await layOverMany(ctx, opened.definition, [opened.record], () => body)
  if (!laid || 'problems' in laid)
    throw invalid('record', '这条记录有误，请改正后再保存。', laid?.problems ?? [])
  return laid
}

/** Records of one ledger, in their order: each as it will stand, or what is wrong with it. Few statements. */
export async function layOverMany(
  ctx: Context,
  definition: LedgerDefinition,
  records: StoredRecord[],
  bodyOf: (record: StoredRecord) => Overlay,
): Promise<(Laid | { problems: FieldProblem[] })[]> {
  const states = await statesOf(ctx, definition, records)
  const bodies = records.map(bodyOf)
  const merged = bodies.map((body, at) => mergedDraft(definition, states[at] as State, body))
  const drafts = await withReferences(
    ctx,
    definition,
    merged,
    bodies.map((body, at) => [...(states[at]?.references ?? []), ...(body.standing ?? [])]),
  )
  const ground = await groundOf(ctx, definition, drafts)
  return records.map((record, at) => {
    const before = states[at] as State
    const checked = prepare(ground, drafts[at] as RecordDraft, statedOf(before))
    if ('problems' in checked) return checked
    const fields = { ...retired(definition, record), ...checked.record.fields }
    const said = { ...checked.record, fields }
    const after = withHosts(ctx, ground, said, { hosts: before.hosts, changed: saysOther(before, said) })
    return { before, after, changes: differences(definition, before, after, ground) }
  })
}

const statedOf = ({ day, dayTo, personTimes, participants, fields, stages }: State): Stated => ({
  day,
  dayTo,
  personTimes,
  fields,
  stages,
  named: participants.length,
})

/** Checked inside the act, so that a repeated request gets its answer rather than a conflict with itself. */
function refuseStale({ record }: Opened, version: number): void {
  if (record.voidedAt) throw conflict('voided', '这条记录已经作废，请先恢复再修改。')
  if (record.version !== version)
    throw conflict(
      'changedMeanwhile',
      `这条记录在您打开之后（${record.changedAt.slice(0, 16)}）被别人改过。请刷新，看过新内容再改，以免盖掉别人的修改。`,
    )
}

interface State extends Omit<PreparedRecord, 'participants' | 'hosts' | 'path' | 'countyId'> {
  hosts: StandingHost[]
  participants: StoredParticipant[]
}

async function statesOf(
  ctx: Context,
  definition: LedgerDefinition,
  records: StoredRecord[],
): Promise<State[]> {
  const views = new Map((await viewsOf(ctx, records)).map((v) => [v.id, v]))
  const people = await participantsOfRecords(ctx, records)
  const hosts = await hostsOf(ctx.db, records)
  const references = await referencesOf(ctx, records)
  return records.map((record) => {
    const view = views.get(record.id)
    const dayPrecision = record.dayPrecision as DayPrecision
    const fields = record.fields as PreparedRecord['fields']
    return {
      id: record.id,
      orgId: record.orgId,
      org: view?.org.name ?? '',
      day: record.day,
      dayPrecision,
      dayTo: record.dayTo,
      title: record.title,
      personTimes: record.personTimes,
      fields,
      stages: coursesOf(definition, { day: record.day, dayPrecision, fields }),
      references: references.get(record.id) ?? [],
      quantities: record.quantities ?? [],
      hosts: hosts.get(record.id) ?? [],
      participants: people.get(record.id) ?? [],
    }
  })
}

/** The record as it was, with what is changed laid over it. */
function mergedDraft(definition: LedgerDefinition, before: State, body: Overlay): RecordDraft {
  const known = new Set(definition.fields.map((f) => f.id))
  const kept = Object.fromEntries(Object.entries(before.fields).filter(([id]) => known.has(id)))
  return {
    id: before.id,
    orgId: body.orgId ?? before.orgId,
    day: body.day ?? before.day,
    dayPrecision: body.dayPrecision ?? (body.day ? (definition.day.precision ?? 'day') : before.dayPrecision),
    dayTo: body.dayTo === undefined ? before.dayTo : body.dayTo,
    title: body.title ?? before.title,
    personTimes:
      body.personTimes === undefined ? keptPersonTimes(definition, before, body) : body.personTimes,
    fields: { ...kept, ...laidOverStages(definition, before, body.fields) },
    references: before.references.filter((r) => stays(r, before, body.fields)),
    quantities: body.quantities ?? before.quantities,
    hosts: body.hosts ?? before.hosts.filter(isNamed).map((h) => h.orgId),
    participants:
      body.participants ??
      before.participants.map(({ personId, ...p }) => ({ ...p, ...(personId && { personId }) })),
  }
}

/** What a field means stays while nothing else is written there. */
const stays = ({ field }: Referred, { fields }: State, given: Overlay['fields'] = {}): boolean =>
  !(field in given) || given[field] === fields[field]

/** What a field says, as it has to be given to say it again: words that meant nothing mean nothing again. */
export function givenAgain(
  { fields: declared }: LedgerDefinition,
  { fields, references }: Pick<State, 'fields' | 'references'>,
  id: string,
): unknown {
  const field = declared.find((f) => f.id === id)
  const value = fields[id] ?? null
  if (!field || !isReference(field) || value === null) return value
  const meant = references.find((r) => r.field === id)
  return { name: value, ...(meant && { id: idIn(meant) }) }
}

/** A state alone is the next step of a course. */
const laidOverStages = (definition: LedgerDefinition, { fields }: State, given: Overlay['fields'] = {}) =>
  Object.fromEntries(
    Object.entries(given).map(([id, value]) => {
      const field = definition.fields.find((f) => f.id === id)
      return [id, field && isStaged(field) ? laidOver(fields[id], value) : value]
    }),
  )

/** A number that only counted the names counts the new ones; a stated number stays. */
function keptPersonTimes(definition: LedgerDefinition, before: State, body: Overlay): number | null {
  if (!body.participants) return before.personTimes
  return before.personTimes === attending(definition, before.participants) ? null : before.personTimes
}

/** Whether anything is another, beside the hosts: day, words, numbers, people. */
function saysOther(before: State, after: PreparedRecord): boolean {
  const facts = ({ orgId, day, dayPrecision, dayTo, title, personTimes, fields, ...r }: Facts) => ({
    orgId,
    day,
    dayPrecision,
    dayTo,
    title,
    personTimes,
    fields,
    references: r.references,
    quantities: r.quantities,
    people: r.participants.map((p) => [p.personId, p.name, p.role, p.hours, p.points, p.amount]),
  })
  return !isDeepStrictEqual(facts(before), facts(after))
}

type Facts = Omit<PreparedRecord, 'hosts' | 'org' | 'path' | 'countyId'>

/** Values of fields that the ledger no longer has: kept, not shown. */
function retired(definition: LedgerDefinition, record: StoredRecord): PreparedRecord['fields'] {
  const known = new Set(definition.fields.map((f) => f.id))
  const stored = record.fields as PreparedRecord['fields']
  return Object.fromEntries(Object.entries(stored).filter(([id]) => !known.has(id)))
}

/** Written anew in every county, one version on. The caller acts. */
export async function rewrite(
  ctx: Context,
  { record }: Opened,
  laid: Omit<Laid, 'changes'>,
): Promise<Written> {
  await rewriteMany(ctx, [{ record, laid }])
  const { sentence, hosts } = laid.after
  return { id: record.id, version: record.version + 1, sentence, asked: namesAsked(hosts) }
}

export async function rewriteMany(
  ctx: Context,
  all: { record: StoredRecord; laid: Omit<Laid, 'changes'> }[],
): Promise<void> {
  const rows = all.map(({ record, laid: { before, after } }) => {
    const { ledger, batchId, recordedBy, recordedAt } = record
    const stamp = { ledger, batchId, version: record.version + 1, recordedBy, recordedAt, changedAt: ctx.now }
    return rowsOf(after, stamp, keptIds(before.participants, after))
  })
  await removeRows(
    ctx.db,
    all.map(({ record }) => record.id),
  )
  await insertAll(ctx.db, joined(rows))
}

/** Who was there before keeps the row's id: the evidence of a figure about people names it. */
function keptIds(before: StoredParticipant[], after: HostedRecord): (string | undefined)[] {
  const free = [...before]
  return after.participants.map((p) => {
    const at = free.findIndex((b) => b.personId === p.personId && b.name === p.name && b.role === p.role)
    return at < 0 ? undefined : free.splice(at, 1)[0]?.id
  })
}

const ROLE_NAMES_SHOWN = 20

/** `means`: the id of the thing that the words mean. */
interface ShownPart {
  field: string
  title: string
  shown: string
  means?: string
}

interface Shown extends Omit<State, 'participants'> {
  participants: { name: string; role: string }[]
}

function shownState(definition: LedgerDefinition, state: Shown): ShownPart[] {
  const named = state.participants.slice(0, ROLE_NAMES_SHOWN).map((p) => p.name)
  const rest = state.participants.length > ROLE_NAMES_SHOWN ? `等${state.participants.length}人` : ''
  return [
    { field: 'org', title: '组织', shown: state.org },
    { field: 'day', title: definition.day.label, shown: state.day },
    { field: 'dayTo', title: '结束日期', shown: state.dayTo ?? '' },
    { field: 'title', title: definition.name.label, shown: state.title },
    {
      field: 'personTimes',
      title: definition.personTimes?.label ?? '人次',
      shown: String(state.personTimes ?? ''),
    },
    ...definition.fields.map((f) => {
      const meant = state.references.find((r) => r.field === f.id)
      const shown = showValue(f, state.fields[f.id])
      return { field: f.id, title: f.title, shown, ...(meant && { means: idIn(meant) }) }
    }),
    { field: QUANTITIES, title: QUANTITIES_TITLE, shown: shownQuantities(state.quantities) },
    { field: 'hosts', title: '联合组织', shown: state.hosts.filter(isNamed).map(hostName).join('、') },
    { field: 'participants', title: '人员', shown: named.join('、') + rest },
  ]
}

function differences(
  definition: LedgerDefinition,
  before: State,
  after: HostedRecord,
  { lives }: Ground,
): HistoryEntry['changes'] {
  const was = shownState(definition, before)
  const moved = after.orgId !== before.orgId
  const org = moved ? nameOn(lives.get(after.orgId), after.day) : before.org
  return shownState(definition, { ...after, org }).flatMap(({ field, title, shown, means }, at) => {
    const old = was[at]
    if (old?.shown !== shown) return [{ field, title, before: old?.shown ?? '', after: shown }]
    if (old.means === means) return []
    // The same words, and another thing.
    return [{ field, title, before: meaning(shown, old.means), after: meaning(shown, means) }]
  })
}

const meaning = (shown: string, means: string | undefined) => `${shown}${means ? '' : '（未对上）'}`

export async function voidOne(ctx: Context, { params, body }: Input<typeof voidRecord>): Promise<Written> {
  const opened = await openForWriting(ctx, params.id)
  return act(ctx, deedOn(opened, 'void', { reason: body.reason }), async () => {
    if (opened.record.voidedAt) throw conflict('voided', '这条记录已经作废了。')
    const { accountId } = ctx.actor
    return mark(ctx, opened, { voidedAt: ctx.now, voidedBy: accountId, voidReason: body.reason })
  })
}

export async function restore(ctx: Context, { params }: Input<typeof restoreRecord>): Promise<Written> {
  const opened = await openForWriting(ctx, params.id)
  return act(ctx, deedOn(opened, 'restore'), async () => {
    if (!opened.record.voidedAt) throw conflict('notVoided', '这条记录没有作废，不用恢复。')
    const merged = await mergeOfGone(ctx, opened.record.id)
    if (merged)
      throw conflict(
        'merged',
        `这条记录已经并入“${merged.keptTitle}”，单独恢复会算两次。要分开，请到“查重—合并过的”撤销那次合并。`,
      )
    return mark(ctx, opened, { voidedAt: null, voidedBy: null, voidReason: null })
  })
}

/** At home and in every mirror. */
async function mark(
  ctx: Context,
  { record }: Opened,
  state: { voidedAt: string | null; voidedBy: string | null; voidReason: string | null },
): Promise<Written> {
  const version = record.version + 1
  await ctx.db
    .updateTable('record')
    .set({ ...state, version, changedAt: ctx.now })
    .where('countyId', 'in', ctx.db.selectFrom('org').select('countyId'))
    .where('id', '=', record.id)
    .execute()
  const [view] = await viewsOf(ctx, [record])
  if (!view) throw notFound('这条记录')
  return { ...writtenOf(view), version }
}
