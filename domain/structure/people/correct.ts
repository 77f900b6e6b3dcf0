/** Puts wrong data right, and writes down what changes with time. Both keep a trace without ID or phone numbers. */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { insertRows } from '../../../kernel/database/bulk.ts'
import type { Input } from '../../../kernel/endpoint.ts'
import { conflict } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import { nameKey } from '../../../kernel/pinyin.ts'
import { ETHNICITIES, SEXES } from './codes.ts'
import type { correctPerson, Warning } from './contract.ts'
import { type Dated, dated, INFINITY, UNKNOWN_START } from './dated.ts'
import { calendar, cleanName, idColumns, type PersonRow, phoneColumns } from './entry.ts'
import {
  agreeing,
  idWarnings,
  problem,
  readCode,
  readIdNumber,
  readPhone,
  requireConfirmed,
} from './rules.ts'
import { tieFor, tiesOf } from './ties.ts'

type Body = Input<typeof correctPerson>['body']
type Columns = Partial<PersonRow>

export interface Correction {
  columns: Columns
  /** Digest of the new ID number; null when it is taken away, undefined when it stays. */
  digest: string | null | undefined
  warnings: Warning[]
}

/** From the form to the columns. @throws Refusal naming the field; conflict `confirm:checkDigit` */
export function correctionFrom(ctx: Context, row: PersonRow, body: Body): Correction {
  const id = body.idNumber ? readIdNumber(body.idNumber) : null
  const warnings = id ? idWarnings(id) : []
  requireConfirmed(warnings, body.confirmed)
  if (id && body.birth) agreeing(body.birth, id.birth)
  const { secrets } = ctx.services
  const taken = body.idNumber === null
  const right = id && warnings.length === 0
  return {
    warnings,
    digest: id ? secrets.digest(id.idNumber) : taken ? null : undefined,
    columns: {
      ...(right && { sex: id.sex, birthDate: id.birth, birthPrecision: 'day' }),
      ...plainColumns(body),
      ...((id || taken) && idColumns(id, secrets, taken && row.identityState === 'pending')),
      ...(body.phone !== undefined && phoneColumns(body.phone ? readPhone(body.phone) : undefined, secrets)),
    },
  }
}

function plainColumns(body: Body): Columns {
  const name = body.name === undefined ? undefined : cleanName(body.name)
  if (name === '') throw problem('name', '姓名不能为空')
  const { sex, ethnicity, birth, joinedLeague, occupation, nativePlace } = body
  return {
    ...(name !== undefined && { name, nameKey: nameKey(name) }),
    ...(sex !== undefined && { sex: sex && readCode('sex', '性别', SEXES, sex) }),
    ...(ethnicity !== undefined && {
      ethnicity: ethnicity && readCode('ethnicity', '民族', ETHNICITIES, ethnicity),
    }),
    ...(birth !== undefined && dateColumns('birthDate', 'birthPrecision', birth, '出生日期')),
    ...(joinedLeague !== undefined &&
      dateColumns('joinedLeagueOn', 'joinedLeaguePrecision', joinedLeague, '入团时间')),
    ...(occupation !== undefined && { occupation: occupation?.trim() || null }),
    ...(nativePlace !== undefined && { nativePlace: nativePlace?.trim() || null }),
  }
}

function dateColumns(
  day: 'birthDate' | 'joinedLeagueOn',
  precision: 'birthPrecision' | 'joinedLeaguePrecision',
  text: string | null,
  title: string,
): Columns {
  const at = text ? dated(text, { id: day, title }) : null
  return { [day]: at?.at.slice(0, 10) ?? null, [precision]: at ? calendar(at) : null }
}

/** What history keeps: old and new, but of ID and phone only that they changed. */
export function traceOf(row: PersonRow, columns: Columns): Record<string, unknown> {
  const open = [
    'name',
    'sex',
    'birthDate',
    'ethnicity',
    'occupation',
    'nativePlace',
    'joinedLeagueOn',
  ] as const
  const changed = open.flatMap((key) =>
    columns[key] !== undefined && columns[key] !== row[key] ? [[key, [row[key], columns[key]]]] : [],
  )
  return {
    ...Object.fromEntries(changed),
    ...('idNoSealed' in columns && { idNumber: '已更正' }),
    ...('phoneSealed' in columns && { phone: '已更正' }),
  }
}

export async function writeCorrection(ctx: Context, row: PersonRow, correction: Correction): Promise<void> {
  if (correction.digest !== undefined) await changeIdentity(ctx, row, correction.digest)
  const { numUpdatedRows } = await ctx.db
    .updateTable('person')
    .set({ ...correction.columns, version: row.version + 1 })
    .where('countyId', '=', row.countyId)
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw staleVersion()
}

export const staleVersion = () =>
  conflict('changedMeanwhile', '这份资料刚被别人改过，请刷新后在新内容上再改。')

async function changeIdentity(ctx: Context, row: PersonRow, digest: string | null): Promise<void> {
  const { secrets } = ctx.services
  const old = row.idNoSealed && secrets.digest(secrets.open(row.idNoSealed))
  if (old === digest) return
  if (old)
    await ctx.db.deleteFrom('identity').where('digest', '=', old).where('personId', '=', row.id).execute()
  if (!digest) return
  await ctx.db
    .insertInto('identity')
    .values({ digest, personId: row.id })
    .onConflict((c) => c.doNothing())
    .execute()
  const holder = await ctx.db
    .selectFrom('identity')
    .select('personId')
    .where('digest', '=', digest)
    .executeTakeFirst()
  if (holder && holder.personId !== row.id) throw await taken(ctx, holder.personId)
}

/** Within the caller's organisations it says who; elsewhere only that there is somebody. */
async function taken(ctx: Context, personId: string) {
  const { rows } = await sql<{ countyId: string; name: string }>`
    select county_id, name from person where id = ${personId} and voided_at is null`.execute(ctx.db)
  const tie = tieFor(ctx, 'structure.read', (await tiesOf(ctx, [personId])).get(personId) ?? [])
  for (const { countyId, name } of rows) {
    if (tie?.countyId === countyId)
      return conflict(
        'idNumberTaken',
        `这个身份证号已经登记在${tie.orgName}的${name}名下。请核对证件；如果是同一个人，请在那份资料上登记，不要重复建档。`,
      )
  }
  return conflict(
    'idNumberTaken',
    '这个身份证号已经登记在您管理范围以外的一个人名下。请核对证件；确实无误的，请与上级团委联系。',
  )
}

export interface TraitChange {
  trait: string
  /** null: it ends. */
  value: string | null
  detail?: string | null | undefined
  /** Left out: the value held now was wrong from its own start; where none is held, since always. */
  from?: Dated | undefined
}

interface TraitSpan {
  id: string
  validFrom: string
  validTo: string
  fromPrecision: string
}

/** From that moment until the next change that is known already. */
export async function changeTrait(ctx: Context, row: PersonRow, change: TraitChange): Promise<void> {
  const spans = await traitSpans(ctx, row, change.trait)
  const now = spans.find((s) => s.validFrom <= ctx.now && s.validTo > ctx.now)
  const start = change.from ?? startWithout(ctx, change, now)
  for (const span of spans) {
    if (span.validFrom === start.at) await touch(ctx, row, span.id, { voidedAt: ctx.now })
    else if (span.validFrom < start.at && span.validTo > start.at)
      await touch(ctx, row, span.id, { validTo: start.at })
  }
  if (change.value === null) return
  const next = spans.map((s) => s.validFrom).filter((at) => at > start.at)
  await insertRows(ctx.db, 'personTrait', [
    {
      countyId: row.countyId,
      id: newId(),
      personId: row.id,
      trait: change.trait,
      value: change.value,
      detail: change.detail?.trim() || null,
      validFrom: start.at,
      fromPrecision: start.precision,
      validTo: next[0] ?? INFINITY,
      batchId: null,
      recordedBy: ctx.actor.accountId,
      recordedAt: ctx.now,
      voidedAt: null,
    },
  ])
}

function startWithout(ctx: Context, change: TraitChange, now: TraitSpan | undefined): Dated {
  if (change.value === null) return { at: `${ctx.today} 00:00:00`, precision: 'day' }
  return now ? { at: now.validFrom, precision: now.fromPrecision as Dated['precision'] } : UNKNOWN_START
}

async function traitSpans(ctx: Context, row: PersonRow, trait: string): Promise<TraitSpan[]> {
  return ctx.db
    .selectFrom('personTrait')
    .select(['id', 'validFrom', 'validTo', 'fromPrecision'])
    .where('countyId', '=', row.countyId)
    .where('personId', '=', row.id)
    .where('trait', '=', trait)
    .where('voidedAt', 'is', null)
    .orderBy('validFrom')
    .forUpdate()
    .execute()
}

const touch = (ctx: Context, row: PersonRow, id: string, set: { validTo?: string; voidedAt?: string }) =>
  ctx.db
    .updateTable('personTrait')
    .set(set)
    .where('countyId', '=', row.countyId)
    .where('id', '=', id)
    .execute()

/** A person's version also moves when a trait does, so that frozen evidence can tell. */
export async function bumpPerson(ctx: Context, row: PersonRow): Promise<void> {
  await sql`update person set version = version + 1 where county_id = ${row.countyId} and id = ${row.id}`.execute(
    ctx.db,
  )
}
