/**
 * Who holds a record together with its organisation, and who is only asked to (decision 0026). Where it counts is
 * asked of the record's day; who may put it there is asked of today.
 */
import { type Kysely, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { Database } from '../../../kernel/database/tables.ts'
import { covers, may } from '../../../kernel/scope.ts'
import { livesOf } from './lives.ts'
import { nameOn, type OrgLife } from './places.ts'
import type { Ground, PreparedHost, PreparedRecord } from './rules.ts'
import { recordSentence } from './sentences.ts'
import type { HostStanding, HostState } from './shapes.ts'

/** The hosts that count: every figure, list and sentence reads these and no others. */
export const HOSTS = sql`(select county_id, record_id, org_id, path from record_host where state = 'agreed')`

/** With those who have not answered yet: two records may be one activity before anybody agrees. */
export const HOSTS_NAMED = sql`(select county_id, record_id, org_id, path from record_host
  where state in ('agreed', 'invited'))`

/** A host and what it answered; `askedAt` is null where nobody needed to be asked. */
export interface StandingHost extends PreparedHost {
  state: HostState
  askedAt: string | null
  answeredAt: string | null
  answeredBy: string | null
  answeredByName: string | null
}

export interface HostedRecord extends Omit<PreparedRecord, 'hosts'> {
  hosts: StandingHost[]
  sentence: string
}

const AGREED_AT_ONCE = {
  state: 'agreed' as const,
  askedAt: null,
  answeredAt: null,
  answeredBy: null,
  answeredByName: null,
}

/** Held by it, or it is asked to: those whom a list of hosts names. Who said no is remembered beside. */
export const isNamed = ({ state }: { state: HostState }): boolean => state === 'agreed' || state === 'invited'

export const agrees = ({ state }: { state: HostState }): boolean => state === 'agreed'

/** Names of those whose answer is awaited. */
export const namesAsked = (hosts: StandingHost[]): string[] =>
  hosts.filter((h) => h.state === 'invited').map((h) => h.name)

interface Before {
  hosts: StandingHost[]
  /** Does the record say something else than before, beside its hosts? */
  changed: boolean
}

/**
 * The record with what each of its hosts has said. Somebody new is asked, unless it is near or the writer may answer
 * for it. Who agreed is asked again when the record says something else now: eight people are not a hundred thousand.
 * Who said no stays remembered, and is always asked when it is named again.
 */
export function withHosts(
  ctx: Context,
  { definition, lives }: Pick<Ground, 'definition' | 'lives'>,
  record: PreparedRecord,
  before: Before = { hosts: [], changed: true },
): HostedRecord {
  const known = new Map(before.hosts.map((h) => [h.orgId, h]))
  const named = new Set([record.orgId, ...record.hosts.map((h) => h.orgId)])
  const recorder = lives.get(record.orgId)
  const hosts = record.hosts.map((host): StandingHost => {
    const was = known.get(host.orgId)
    const speaks = maySpeak(ctx, recorder, lives.get(host.orgId))
    if (was && isNamed(was) && (was.state === 'invited' || speaks || !before.changed))
      return { ...was, ...host }
    if (speaks === 'answers')
      return {
        ...host,
        ...AGREED_AT_ONCE,
        answeredAt: ctx.now,
        answeredBy: ctx.actor.accountId,
        answeredByName: ctx.actor.name,
      }
    if (speaks === 'near' && (!was || isNamed(was))) return { ...host, ...AGREED_AT_ONCE }
    return { ...host, ...AGREED_AT_ONCE, state: 'invited', askedAt: ctx.now }
  })
  const sentence = recordSentence(definition, { ...record, hosts: hosts.filter(agrees).map((h) => h.name) })
  const saidNo = before.hosts.filter((h) => !isNamed(h) && !named.has(h.orgId))
  return { ...record, hosts: [...hosts, ...saidNo], sentence }
}

/** By what the writer's word counts at the host: as its neighbour, as one who may answer for it, or not at all. */
function maySpeak(
  ctx: Context,
  recorder: OrgLife | undefined,
  host: OrgLife | undefined,
): 'near' | 'answers' | false {
  if (!recorder || !host) return false
  if (isNear(recorder, host)) return 'near'
  return may(ctx.actor.grants, 'records.write', host.path) && 'answers'
}

/** Under the same superior: beside or below the recorder, or the superior itself. */
export const isNear = (recorder: Pick<OrgLife, 'path'>, host: Pick<OrgLife, 'path'>): boolean =>
  covers({ countyId: null, path: superiorPath(recorder.path) }, host.path)

/** The top of a deployment has no superior: what is below it is its own. */
export const superiorPath = (path: string): string => {
  const above = path.replace(/[^/]+\/$/, '')
  return above === '/' ? path : above
}

/** All that were ever asked, by record, of records at home. */
export async function hostsOf(
  db: Kysely<Database>,
  records: { countyId: string; id: string; day: string }[],
): Promise<Map<string, StandingHost[]>> {
  const rows = await db
    .selectFrom('recordHost')
    .selectAll()
    .where(sql<boolean>`county_id = any(${[...new Set(records.map((r) => r.countyId))]}::uuid[])`)
    .where(sql<boolean>`record_id = any(${records.map((r) => r.id)}::uuid[])`)
    .orderBy('path')
    .execute()
  const lives = await livesOf(
    db,
    rows.map((r) => r.orgId),
  )
  const days = new Map(records.map((r) => [r.id, r.day]))
  const found = new Map<string, StandingHost[]>(records.map((r) => [r.id, []]))
  for (const { recordId, countyId: _home, ...row } of rows) {
    const life = lives.get(row.orgId)
    const place = { countyId: life?.countyId ?? '', name: nameOn(life, days.get(recordId) ?? '') }
    found.get(recordId)?.push({ ...row, ...place })
  }
  return found
}

/** As the record's page shows them. */
export function standingsOf(
  ctx: Context,
  recorder: OrgLife,
  hosts: StandingHost[],
  lives: Map<string, OrgLife>,
): HostStanding[] {
  return hosts.map(({ orgId, name, state, askedAt, answeredAt, answeredByName }) => {
    const host = lives.get(orgId)
    const mayAnswer = host !== undefined && may(ctx.actor.grants, 'records.write', host.path)
    return {
      id: orgId,
      name,
      state,
      askedAt,
      answeredAt,
      // Who of another office it was is that office's own affair.
      answeredBy: mayAnswer ? answeredByName : null,
      asks: maySpeak(ctx, recorder, host) === false,
      mayAnswer,
    }
  })
}
