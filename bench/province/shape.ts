/** The tree: a province, cities of ten counties, counties of 20 townships, townships of 20 branches. */
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../../kernel/database/tables.ts'
import { termKey } from '../../kernel/pinyin.ts'
import { FIRST_DAY, idOf, letter, NOBODY } from './numbers.ts'
import type { Step } from './steps.ts'

export const MEMBERS_OF_COUNTY = 10_000
export const BRANCHES_OF_COUNTY = 400
const COUNTIES_OF_CITY = 10
export const TOWNSHIPS_OF_COUNTY = 20
export const BRANCHES_OF_TOWNSHIP = 20

export interface Shape {
  members: number
  counties: number
  cities: number
  /** So many to each branch. */
  perBranch: number
}

export function shapeOf(members: number): Shape {
  const counties = Math.max(1, Math.round(members / MEMBERS_OF_COUNTY))
  const perBranch = Math.ceil(members / (counties * BRANCHES_OF_COUNTY))
  return { members, counties, cities: Math.ceil(counties / COUNTIES_OF_CITY), perBranch }
}

/** `n` is the organisation's number among those of its kind, `up` that of its superior. */
interface Kind {
  kind: 'province' | 'city' | 'county' | 'township' | 'branch'
  count: number
  up: { kind: Kind['kind']; each: number } | null
  ending: string
  type: string
  sector: RawBuilder<string>
  level: string | null
}

const kindsOf = ({ counties, cities }: Shape): Kind[] => {
  const committee = { type: 'committee', sector: sql<string>`'territory'` }
  const townships = counties * TOWNSHIPS_OF_COUNTY
  const township = { kind: 'township', each: BRANCHES_OF_TOWNSHIP } as const
  return [
    { kind: 'province', count: 1, up: null, ending: '省团委', ...committee, level: 'province' },
    {
      kind: 'city',
      count: cities,
      up: { kind: 'province', each: cities },
      ending: '市团委',
      ...committee,
      level: 'city',
    },
    {
      kind: 'county',
      count: counties,
      up: { kind: 'city', each: COUNTIES_OF_CITY },
      ending: '县团委',
      ...committee,
      level: 'county',
    },
    {
      kind: 'township',
      count: townships,
      up: { kind: 'county', each: TOWNSHIPS_OF_COUNTY },
      ending: '镇团委',
      ...committee,
      level: 'township',
    },
    {
      kind: 'branch',
      count: townships * BRANCHES_OF_TOWNSHIP,
      up: township,
      ending: '团支部',
      type: 'branch',
      sector: BRANCH_SECTOR,
      level: null,
    },
  ]
}

const BRANCH_SECTOR = sql<string>`(array['village','village','village','community','school'])[1 + n % 5]`

const FIRST = [...'青柳石白松云竹梅清金玉平长南北东西上下新']
const SECOND = [...'河山桥湖林田坪湾岭塘源泉溪岗寨沟坝湖里庄']
const keysOf = (letters: string[]) => letters.map((one) => termKey(one).split(' /')[0] ?? '')

/** Organisations with their numbers, for the steps that follow. */
export function shapeSteps(shape: Shape): Step[] {
  return [
    { name: 'numbers of organisations', write: writeNumbers },
    ...kindsOf(shape).map((kind) => ({
      name: `organisations: ${kind.kind}`,
      write: (db: Transaction<Database>) => writeKind(db, kind),
    })),
  ]
}

async function writeNumbers(db: Transaction<Database>): Promise<void> {
  await sql`create table bench.org (kind text, n int, id uuid not null, county_id uuid not null, code text not null,
    path text collate "C" not null, up uuid, primary key (kind, n))`.execute(db)
}

async function writeKind(db: Transaction<Database>, kind: Kind): Promise<void> {
  const id = idOf(kind.kind, sql`v.n`)
  const numbers = sql`generate_series(0, ${sql.lit(kind.count - 1)}) v(n)`
  if (kind.up === null)
    await sql`insert into bench.org select ${kind.kind}, v.n, ${id}, ${id}, '99', '/99/', null from ${numbers}`.execute(
      db,
    )
  else {
    const code = sql`u.code || lpad((v.n % ${sql.lit(kind.up.each)} + 1)::text, 3, '0')`
    const county = kind.up.kind === 'province' || kind.up.kind === 'city' ? id : sql`u.county_id`
    await sql`insert into bench.org
      select ${kind.kind}, v.n, ${id}, ${county}, ${code}, u.path || ${code} || '/', u.id
      from ${numbers} join bench.org u on u.kind = ${kind.up.kind} and u.n = v.n / ${sql.lit(kind.up.each)}`.execute(
      db,
    )
  }
  await writeRows(db, kind)
}

async function writeRows(db: Transaction<Database>, kind: Kind): Promise<void> {
  const first = sql`n % ${sql.lit(FIRST.length)}`
  const second = sql`n / ${sql.lit(FIRST.length)} % ${sql.lit(SECOND.length)}`
  const [endingKey, endingInitials] = termKey(kind.ending).split(' /')
  const key = sql`${letter(keysOf(FIRST), first)} || ' ' || ${letter(keysOf(SECOND), second)} || ' '
    || ${endingKey}::text || ' /' || left(${letter(keysOf(FIRST), first)}, 1) || left(${letter(keysOf(SECOND), second)}, 1)
    || ${endingInitials}::text`
  const ofKind = sql`from bench.org where kind = ${kind.kind}`
  await sql`insert into org (id, county_id, code, opened_at, opened_precision, version, recorded_by, recorded_at)
    select id, county_id, code, ${FIRST_DAY}, 'day', 1, ${NOBODY}, ${FIRST_DAY} ${ofKind}`.execute(db)
  await sql`insert into org_span (id, org_id, county_id, name, name_key, type, sector, level, parent_id, path, valid_from)
    select ${idOf(`span ${kind.kind}`, sql`n`)}, id, county_id,
      ${letter(FIRST, first)} || ${letter(SECOND, second)} || ${kind.ending}::text, ${key}, ${kind.type},
      ${kind.sector}, ${kind.level}, up, path, ${FIRST_DAY} ${ofKind}`.execute(db)
}
