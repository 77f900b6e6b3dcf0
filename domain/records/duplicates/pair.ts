/** Two records of one ledger opened side by side, and who may make them one. */
import type { Context } from '../../../kernel/context.ts'
import { conflict, invalid } from '../../../kernel/errors.ts'
import { may } from '../../../kernel/scope.ts'
import { codesOf } from '../../structure/organisations/queries.ts'
import { livesOf } from '../ledgers/lives.ts'
import {
  type Opened,
  openForReading,
  participantsOfRecord,
  type StoredParticipant,
} from '../ledgers/opened.ts'
import { nameOn } from '../ledgers/places.ts'
import { type Looked, lookAt, sharedBy } from './candidates.ts'
import { type Likeness, likeness } from './rules.ts'

export interface File {
  id: string
  sha256: string
  name: string
}

export interface Whole {
  opened: Opened
  looked: Looked
  participants: StoredParticipant[]
  files: File[]
}

export interface Pair extends Likeness {
  one: Whole
  other: Whole
}

/** @throws notFound unless both may be read; conflict `voided`; invalid `otherLedger` */
export async function openPair(ctx: Context, ids: { one: string; other: string }): Promise<Pair> {
  const [first, second] = [await openForReading(ctx, ids.one), await openForReading(ctx, ids.other)]
  const gone = [first, second].find((o) => o.record.voidedAt)
  if (gone) throw conflict('voided', `“${gone.record.title}”已经作废或合并过了，不用再比对。请刷新列表。`)
  if (first.record.ledger !== second.record.ledger || ids.one === ids.other)
    throw invalid('otherLedger', '两条记录不在同一本台账，不能合并。')
  const looked = await lookAt(ctx, [ids.one, ids.other])
  const one = await wholeOf(ctx, first, looked)
  const other = await wholeOf(ctx, second, looked)
  const shared = await sharedBy(ctx, [[ids.one, ids.other]])
  const counted = shared.get(`${ids.one},${ids.other}`) ?? { people: 0, fewest: 0, photos: 0 }
  const joint = first.definition.joint === true
  return { one, other, ...likeness(one.looked, other.looked, { ...counted, joint }) }
}

async function wholeOf(ctx: Context, opened: Opened, all: Map<string, Looked>): Promise<Whole> {
  const { record } = opened
  const looked = all.get(record.id)
  if (!looked) throw new Error('a record opened is a record looked at')
  const files = await ctx.db
    .selectFrom('attachment')
    .select(['id', 'sha256', 'name'])
    .where('countyId', '=', record.countyId)
    .where('recordId', '=', record.id)
    .where('voidedAt', 'is', null)
    .orderBy('id')
    .execute()
  return { opened, looked, participants: await participantsOfRecord(ctx, record), files }
}

/** A merge changes what both recorded, so it takes the right to write at both. */
export async function whyNot(ctx: Context, { one, other }: Pair): Promise<string | null> {
  const barred = [one, other].find((w) => !may(ctx.actor.grants, 'records.write', w.opened.life.path))
  if (!barred) return null
  const codes = [one, other].map((w) => codesOf(w.opened.life.path))
  const shared = (codes[0] ?? []).filter((code, at) => codes[1]?.[at] === code)
  const superior = await nameOfCode(ctx, shared.at(-1))
  return `“${barred.looked.title}”是${barred.looked.orgName}记的，您不能改；要由${superior ?? '两边共同的上级'}来合并，可以先“提请上级”。`
}

async function nameOfCode(ctx: Context, code: string | undefined): Promise<string | null> {
  if (!code) return null
  const org = await ctx.db.selectFrom('org').select('id').where('code', '=', code).executeTakeFirst()
  return org ? nameOn((await livesOf(ctx.db, [org.id])).get(org.id), ctx.today) : null
}
