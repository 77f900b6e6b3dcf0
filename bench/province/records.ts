/** What the branches of a county recorded: 0.3 records a member over five years, seven people in most of them. */
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../../kernel/database/tables.ts'
import { chance, idOf, letter, NOBODY, skewed } from './numbers.ts'
import { BRANCHES_OF_COUNTY, type Shape } from './shape.ts'
import type { Step } from './steps.ts'

const SHARE = 0.3
const NAMED = 14
const TITLES = [
  ...[
    '主题团日活动',
    '学雷锋志愿服务',
    '河道清理',
    '防溺水宣传',
    '读书分享会',
    '敬老慰问',
    '植树造林',
    '团课学习',
  ],
  ...['反诈宣传', '趣味运动会', '义务献血', '垃圾分类', '红色观影', '技能培训', '暑期托管'],
]

/** Ledgers as often as they are used, the role in which people stand there, and the kind of the event. */
const LEDGERS = [
  { ledger: 'themeActivity', role: 'participant', kind: 'themeDay' },
  { ledger: 'volunteering', role: 'volunteer', kind: 'environment' },
  { ledger: 'meeting', role: 'participant', kind: 'branchMeeting' },
  { ledger: 'themeActivity', role: 'participant', kind: 'care' },
  { ledger: 'training', role: 'trainee', kind: 'skills' },
]

export const recordSteps = (shape: Shape): Step[] =>
  Array.from({ length: shape.counties }, (_, county) => ({
    name: `records of county ${county + 1}`,
    write: (db: Transaction<Database>) => writeRecords(db, shape, county),
  }))

async function writeRecords(db: Transaction<Database>, shape: Shape, county: number): Promise<void> {
  const size = Math.round((shape.members / shape.counties) * SHARE)
  const numbers = sql`generate_series(${sql.lit(county * size)}, ${sql.lit((county + 1) * size - 1)}) n`
  const branch = sql`${sql.lit(county * BRANCHES_OF_COUNTY)} + ${chance(sql`n`, 31, BRANCHES_OF_COUNTY)}`
  const records = sql`(select v.n, v.used, b.n as branch, b.id as branch_id, b.county_id, b.path, b.up from
    (select n, ${branch} as branch, ${chance(sql`n`, 32, LEDGERS.length)} as used from ${numbers}) v
    join bench.org b on b.kind = 'branch' and b.n = v.branch)`
  await writeRows(db, records)
  await writeHosts(db, records)
  await writePeople(db, records, shape)
}

const used = (part: 'ledger' | 'role' | 'kind') =>
  letter(
    LEDGERS.map((one) => one[part]),
    sql`r.used`,
  )

async function writeRows(db: Transaction<Database>, records: RawBuilder<unknown>): Promise<void> {
  const n = sql`r.n`
  await sql`insert into record (county_id, id, ledger, org_id, path, day, day_precision, title, person_times, fields,
      version, recorded_by, recorded_at, changed_at)
    select r.county_id, ${idOf('record', n)}, ${used('ledger')}, r.branch_id, r.path,
      date '2024-06-18' - ${skewed(n, 33, 1800)}, 'day',
      ${letter(TITLES, chance(n, 34, TITLES.length))} || case when r.n % 3 = 0 then '（第' || r.n % 12 + 1 || '期）' else '' end,
      5 + ${skewed(n, 35, 80)},
      jsonb_build_object('kind', ${used('kind')}, 'place', '活动室' || ${chance(n, 36, 3000)}, 'hours', 1 + ${chance(n, 37, 4)}),
      1, ${NOBODY}, now()::timestamp, now()::timestamp from ${records} r`.execute(db)
}

/** One in thirty was held together with the township. */
async function writeHosts(db: Transaction<Database>, records: RawBuilder<unknown>): Promise<void> {
  await sql`insert into record_host (county_id, record_id, org_id, path, state)
    select r.county_id, ${idOf('record', sql`r.n`)}, r.up, regexp_replace(r.path, '[^/]+/$', ''), 'agreed'
    from ${records} r where r.n % 30 = 0`.execute(db)
}

/** Members of the branch that held it. */
async function writePeople(
  db: Transaction<Database>,
  records: RawBuilder<unknown>,
  { perBranch }: Shape,
): Promise<void> {
  const member = sql`r.branch * ${sql.lit(perBranch)} + (${chance(sql`r.n`, 38, 1000)} + j) % ${sql.lit(perBranch)}`
  await sql`insert into participation (county_id, id, record_id, person_id, name, role)
    select r.county_id, ${idOf('participation', sql`r.n * ${sql.lit(NAMED)} + j`)}, ${idOf('record', sql`r.n`)},
      p.id, p.name, ${used('role')}
    from ${records} r cross join generate_series(0, ${sql.lit(Math.min(NAMED, perBranch) - 1)}) j
    join person p on p.county_id = r.county_id and p.id = ${idOf('person', member)}
    where j <= ${chance(sql`r.n`, 39, NAMED)}`.execute(db)
}
