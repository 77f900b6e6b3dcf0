/** What the demo is made with: the product's own acts, at the time and by the hand that each would have had. */
import { routes } from '../domain/index.ts'
import { enterRecords } from '../domain/records/ledgers/enter.ts'
import type { RecordDraft } from '../domain/records/ledgers/rules.ts'
import { enterOfficers, type OfficerEntry } from '../domain/structure/appointments/enter.ts'
import { enterMembers, type MemberEntry } from '../domain/structure/memberships/enter.ts'
import type { Org } from '../domain/structure/organisations/queries.ts'
import { act } from '../kernel/act.ts'
import type { Clock } from '../kernel/clock.ts'
import { type Actor, type Context, contextOf, type Services } from '../kernel/context.ts'
import type { Endpoint, Output } from '../kernel/endpoint.ts'
import { newId } from '../kernel/id.ts'
import type { Call, Route } from '../kernel/route.ts'
import type { InTransaction } from '../kernel/transaction.ts'

/** The day on which the demo begins; nothing in it is later. */
const TODAY = '2024-06-18'
export const MORNING = `${TODAY} 09:00:00`

export interface Stage {
  /** Work at a moment, 'YYYY-MM-DD HH:MM:SS', by this hand. */
  at(moment: string, by?: Actor): Context
}

export const instantOf = (moment: string): Date => new Date(`${moment.replace(' ', 'T')}+08:00`)

const standingAt = (moment: string): Clock => ({ now: () => instantOf(moment) })

export function stageOn(services: Services, db: Context['db'], founder: Actor): Stage {
  return {
    at: (moment, by = founder) => contextOf({ ...services, clock: standingAt(moment) }, db, by),
  }
}

/** The same handler that the server runs. */
export function call<E extends Endpoint>(
  ctx: Context,
  endpoint: E,
  input: Partial<Call<E>>,
): Promise<Output<E>> {
  const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<E> | undefined
  if (!found) throw new Error(`no route ${endpoint.id}`)
  const whole = { params: {}, query: {}, body: {}, uploads: [], ...input } as unknown as Call<E>
  const { actor, services } = ctx
  const here: InTransaction = (work) => work(ctx)
  return found.handler({ actor, services, whole: here, part: here }, whole) as Promise<Output<E>>
}

const deedOf = (org: Org, verb: string, subject: string, detail: Record<string, unknown>) => ({
  verb,
  org: { id: org.id, countyId: org.countyId, path: org.pathNow },
  subject,
  subjectId: newId(),
  detail,
})

/** Ids of the people, in the order of the entries. @throws Error where one is not taken */
export async function settle(ctx: Context, under: Org, entries: MemberEntry[]): Promise<string[]> {
  const deed = deedOf(under, '登记团员', 'membership', { count: entries.length })
  return act(ctx, { ...deed, action: 'structure.change' }, async () => {
    const entered = await enterMembers(ctx, entries, { statedOn: ctx.today })
    return entered.map(({ state, person, message }) => {
      if (state !== 'entered' || !person) throw new Error(`demo member ${state}: ${message}`)
      return person.personId
    })
  })
}

/** Ids of the people, in the order of the entries. @throws Error where one is not taken */
export async function appoint(ctx: Context, under: Org, entries: OfficerEntry[]): Promise<string[]> {
  const deed = deedOf(under, '任职', 'appointment', { count: entries.length })
  return act(ctx, { ...deed, action: 'structure.change' }, async () => {
    const entered = await enterOfficers(ctx, entries, { statedOn: ctx.today })
    return entered.map(({ state, person, message }) => {
      if (state !== 'entered' || !person) throw new Error(`demo officer ${state}: ${message}`)
      return person.personId
    })
  })
}

export type Records = Record<string, RecordDraft[]>

/** Each month's records are written down in that month. Ids in the order of the drafts of each ledger. */
export async function record(stage: Stage, by: Actor | undefined, records: Records): Promise<void> {
  for (const [ledger, drafts] of Object.entries(records))
    for (const [moment, some] of byMonth(drafts)) {
      const { problems } = await enterRecords(stage.at(moment, by), ledger, some)
      if (problems.length > 0) throw new Error(`demo ${ledger}: ${JSON.stringify(problems[0])}`)
    }
}

function byMonth(drafts: RecordDraft[]): Map<string, RecordDraft[]> {
  const found = new Map<string, RecordDraft[]>()
  for (const draft of drafts) {
    const [, later = ''] = [`${draft.day.slice(0, 7)}-28`, draft.dayTo ?? draft.day].sort()
    const moment = later < TODAY ? `${later} 17:30:00` : MORNING
    found.set(moment, [...(found.get(moment) ?? []), draft])
  }
  return found
}
