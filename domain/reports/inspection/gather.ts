/** What goes into a bundle, read at once: records with their people, their files and who recorded them. */
import { type SqlBool, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { invalid } from '../../../kernel/errors.ts'
import type { Frame } from '../../../kernel/measures.ts'
import { dateInWords } from '../../../kernel/period.ts'
import type { LedgerDefinition } from '../../records/ledgers/definition.ts'
import { isProse } from '../../records/ledgers/fields/types.ts'
import { showValue } from '../../records/ledgers/fields.ts'
import { agrees } from '../../records/ledgers/hosts.ts'
import { listed, type StoredRecord, viewsOf } from '../../records/ledgers/queries.ts'
import { kindOf } from './selfCheck.ts'

/** More would make a book that nobody opens, and a file that no mail takes. */
export const RECORDS_LIMIT = 1500

export interface BundledFile {
  sha256: string
  name: string
  mediaType: string
  /** A smaller JPEG of a picture: enough for a page. */
  page: string | null
}

export interface BundledRecord {
  org: string
  orgPath: string
  ledger: LedgerDefinition
  /** 支部大会, or the ledger's own name where it knows no kinds. */
  kind: string
  day: string
  title: string
  /** Short facts, one line each: label and words. */
  facts: [string, string][]
  /** Long texts: minutes, contents. */
  minutes: [string, string][]
  files: BundledFile[]
  /** 2024年3月13日由张三记入 */
  recorded: string
}

export async function recordsFor(
  ctx: Context,
  definitions: readonly LedgerDefinition[],
  frame: Frame,
): Promise<BundledRecord[]> {
  const all: BundledRecord[] = []
  for (const definition of definitions) {
    const { rows } = await sql<StoredRecord>`select r.* ${await listed(ctx, definition, {}, frame)}
      order by r.path, r.day, r.id limit ${RECORDS_LIMIT + 1 - all.length}`.execute(ctx.db)
    all.push(...(await bundled(ctx, definition, rows)))
    if (all.length > RECORDS_LIMIT)
      throw invalid(
        'tooMuch',
        `这段时间超过 ${RECORDS_LIMIT} 条记录，一本装不下。请缩短时间、少选几本台账，或分支部来做。`,
      )
  }
  return all.sort((a, b) => (a.orgPath < b.orgPath ? -1 : a.orgPath > b.orgPath ? 1 : 0))
}

async function bundled(
  ctx: Context,
  definition: LedgerDefinition,
  rows: StoredRecord[],
): Promise<BundledRecord[]> {
  if (rows.length === 0) return []
  const ids = rows.map((r) => r.id)
  const ofThese = sql<SqlBool>`county_id = any(${[...new Set(rows.map((r) => r.homeCountyId ?? r.countyId))]}::uuid[])
    and record_id = any(${ids}::uuid[])`
  const people = await ctx.db
    .selectFrom('participation')
    .select(['recordId', 'role', 'name'])
    .where(ofThese)
    .orderBy('id')
    .execute()
  const files = await ctx.db
    .selectFrom('attachment')
    .leftJoin('picture', 'photo', 'sha256')
    .select(['recordId', 'sha256', 'name', 'mediaType', 'mediumSha256 as page'])
    .where(ofThese)
    .where('voidedAt', 'is', null)
    .orderBy('id')
    .execute()
  const by = await namesOf(
    ctx,
    rows.map((r) => r.recordedBy),
  )
  return (await viewsOf(ctx, rows)).map((view, at) => ({
    org: view.org.name,
    orgPath: view.org.path,
    ledger: definition,
    kind: kindTitle(definition, view.fields),
    day: view.day,
    title: view.title,
    facts: factsOf(definition, view, people),
    minutes: textsOf(definition, view.fields),
    files: files.filter((f) => f.recordId === view.id),
    recorded: `${dateInWords(view.recordedAt.slice(0, 10))}${by.get(rows[at]?.recordedBy ?? '') ? `由${by.get(rows[at]?.recordedBy ?? '')}` : ''}记入`,
  }))
}

function kindTitle(definition: LedgerDefinition, fields: Record<string, unknown>): string {
  const field = kindOf(definition)
  return (field && showValue(field, fields[field.id])) || definition.title
}

async function namesOf(ctx: Context, ids: string[]): Promise<Map<string, string>> {
  const rows = await ctx.db
    .selectFrom('account')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((r) => [r.id, r.name]))
}

type View = Awaited<ReturnType<typeof viewsOf>>[number]
type Named = { recordId: string; role: string; name: string }

function factsOf(definition: LedgerDefinition, view: View, people: Named[]): [string, string][] {
  const span = view.dayTo ? `至${dateInWords(view.dayTo)}` : ''
  const others = view.hosts.filter((h) => agrees(h) && h.id !== view.org.id).map((h) => h.name)
  const roles = definition.roles.map((role): [string, string] => {
    const names = people.filter((p) => p.recordId === view.id && p.role === role.id).map((p) => p.name)
    return [role.title, names.join('、')]
  })
  const facts: [string, string][] = [
    [definition.day.label, `${dateInWords(view.day, view.dayPrecision)}${span}`],
    ['开展单位', view.org.name],
    ['联合单位', others.join('、')],
    ...definition.fields
      .filter((f) => !isProse(f))
      .map((f): [string, string] => [f.title, withUnit(showValue(f, view.fields[f.id]), f.unit)]),
    ...(definition.personTimes && view.personTimes !== null
      ? [[definition.personTimes.label, String(view.personTimes)] as [string, string]]
      : []),
    ...roles,
  ]
  return facts.filter(([, words]) => words !== '')
}

const withUnit = (words: string, unit: string | undefined) => (words && unit ? `${words}${unit}` : words)

const textsOf = (definition: LedgerDefinition, fields: Record<string, unknown>): [string, string][] =>
  definition.fields.filter((f) => isProse(f) && fields[f.id]).map((f) => [f.title, String(fields[f.id])])
