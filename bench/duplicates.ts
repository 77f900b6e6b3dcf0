/**
 * 200,000 records and 60,000 people of one county, a hundredth of both written down twice: how long 查重 takes for the
 * county, for one township, and for somebody who is typing. Run with `node bench/duplicates.ts`; prints milliseconds,
 * the median and the slowest of the askings.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { sql } from 'kysely'
import { routes } from '../domain/index.ts'
import { countDuplicates, likeRecords, listRecordPairs } from '../domain/records/duplicates/contract.ts'
import { likePeople, listPeoplePairs } from '../domain/structure/merges/contract.ts'
import { forgetCounts } from '../domain/structure/merges/counts.ts'
import { openOrg } from '../domain/structure/organisations/operations.ts'
import { clockAt } from '../kernel/clock.ts'
import { type Actor, type Context, contextOf, type Services } from '../kernel/context.ts'
import { APP_ROLE, connect } from '../kernel/database/connect.ts'
import { openEmbedded, removeDatabase } from '../kernel/database/embedded.ts'
import { migrate } from '../kernel/database/migrate.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { openFiles } from '../kernel/files.ts'
import { openSecrets } from '../kernel/keyFile.ts'
import { type Call, type Route, run } from '../kernel/route.ts'
import { migrations } from '../migrations/index.ts'

const PEOPLE = 60_000
const RECORDS = 200_000
const NAMED = 8
const TOWNSHIPS = 20
const BRANCHES = 20
const ASKINGS = 5
const TODAY = '2024-06-18T09:00:00+08:00'

const everywhere: Actor = {
  accountId: '00000000-0000-7000-8000-000000000001',
  personId: null,
  name: 'bench',
  grants: [{ orgId: '', countyId: null, path: '/', role: 'administrator' }],
}

const within = <T>(services: Services, work: (ctx: Context) => Promise<T>): Promise<T> =>
  services.db.transaction().execute((db) => work(contextOf(services, db, everywhere)))

interface County {
  county: string
  township: string
  branch: string
}

const plantOrgs = (services: Services): Promise<County> =>
  within(services, async (ctx) => {
    const on = '2015-01-01'
    const top = {
      name: '测速县',
      type: 'committee',
      sector: 'territory',
      level: 'county',
      code: '990199',
      on,
    }
    const county = await openOrg(ctx, { ...top, parent: null })
    let [township, branch] = ['', '']
    for (let t = 0; t < TOWNSHIPS; t++) {
      const place = { type: 'committee', sector: 'territory', level: 'township' }
      const town = await openOrg(ctx, { parent: county, name: `第${t}镇团委`, ...place, on })
      township = town.id
      for (let b = 0; b < BRANCHES; b++) {
        const village = { name: `${t}镇${b}村团支部`, type: 'branch', sector: 'village', on }
        branch = (await openOrg(ctx, { parent: town, ...village })).id
      }
    }
    return { county: county.id, township, branch }
  })

/** A number below `n` that looks like chance, the same at each run. */
const chance = (seed: string, n: number) =>
  sql`(abs(hashint4extended(v.k::int, ${sql.lit(seed.length * 7919)}::bigint)) % ${sql.lit(n)})::int`

/** Names of 100 surnames and 1,600 given names; every hundredth person twice, the second time without a phone. */
async function plantPeople(services: Services): Promise<void> {
  await sql`create temporary table branch as
    select o.id, o.county_id, s.path, row_number() over (order by s.path) - 1 as n
    from org o join org_span s on s.org_id = o.id where s.type = 'branch'`.execute(services.db)
  await sql`insert into person (county_id, id, name, name_key, sex, birth_date, birth_precision, phone_digest,
      identity_state, version, recorded_by, recorded_at)
    select b.county_id, gen_random_uuid(), chr(19968 + x) || chr(21000 + y) || chr(23000 + z), x || ' ' || y || ' ' || z,
      'male', date '1996-01-01' + ${chance('birth', 5000)}, 'day', case when k = i then 'p' || i end, 'unverified', 1,
      gen_random_uuid(), now()::timestamp
    from (select *, ${chance('a', 100)} as x, ${chance('bb', 40)} as y, ${chance('ccc', 40)} as z
      from (select i, case when i % 100 = 0 then i - 1 else i end as k from generate_series(1, ${sql.lit(PEOPLE)}) i) v) v
    join branch b on b.n = v.k % ${sql.lit(TOWNSHIPS * BRANCHES)}`.execute(services.db)
  await sql`insert into membership (county_id, id, person_id, org_id, start_reason, valid_from, from_precision, version,
      recorded_by, recorded_at)
    select p.county_id, gen_random_uuid(), p.id, b.id, 'roster', '2020-01-01', 'day', 1, p.recorded_by, p.recorded_at
    from (select *, row_number() over (order by id) as i from person) p
    join branch b on b.n = p.i % ${sql.lit(TOWNSHIPS * BRANCHES)}`.execute(services.db)
}

/** Five years of ten ledgers; every hundredth record a second time, by the township above. */
async function plantRecords(services: Services): Promise<void> {
  await sql`create temporary table made as
    select gen_random_uuid() as id, i, case when i % 100 = 0 then i - 1 else i end as k
    from generate_series(1, ${sql.lit(RECORDS)}) i`.execute(services.db)
  await sql`insert into record (county_id, id, ledger, org_id, path, day, day_precision, title, person_times, fields,
      version, recorded_by, recorded_at, changed_at)
    select b.county_id, v.id, 'themeActivity',
      case when i = k then b.id else t.id end, case when i = k then b.path else t.path end,
      date '2019-07-01' + ${chance('day', 1810)}, 'day',
      (array['学雷锋志愿服务','主题团日活动','河道清理','防溺水宣传','读书分享会','敬老慰问','植树造林','团课学习',
        '反诈宣传','趣味运动会'])[1 + ${chance('title', 10)}],
      5 + ${chance('times', 60)}, jsonb_build_object('place', '地点' || ${chance('place', 3000)}),
      1, gen_random_uuid(), now()::timestamp, now()::timestamp
    from made v join branch b on b.n = ${chance('org', TOWNSHIPS * BRANCHES)}
    join (select o.id, s.path from org o join org_span s on s.org_id = o.id where s.level = 'township') t
      on t.path = regexp_replace(b.path, '[^/]+/$', '') collate "C"`.execute(services.db)
  await sql`update record v set ledger = (array['themeActivity','volunteering','training','publicity','meeting','award',
    'visit','survey','pairing','jobPost'])[1 + m.n] from (select id, ${chance('ledger', 10)} as n from made v) m
    where m.id = v.id`.execute(services.db)
  await sql`insert into record_host (county_id, record_id, org_id, path, state)
    select county_id, id, org_id, path, 'agreed' from record`.execute(services.db)
  await sql`create temporary table who as select county_id, id, name, row_number() over (order by id) as n from person`.execute(
    services.db,
  )
  await sql`create index on who (n)`.execute(services.db)
  await sql`insert into participation (county_id, id, record_id, person_id, name, role)
    select w.county_id, gen_random_uuid(), v.id, w.id, w.name, 'participant'
    from (select m.id, m.k * 16 + j as k from made m cross join generate_series(1, ${sql.lit(NAMED)}) j) v
    join who w on w.n = 1 + ${chance('who', PEOPLE)}`.execute(services.db)
}

async function time(what: string, ask: () => Promise<unknown>): Promise<void> {
  const times: number[] = []
  let answer: unknown
  for (let i = 0; i < ASKINGS; i++) {
    const start = performance.now()
    answer = await ask()
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  const total = (answer as { total?: number }).total
  const [median, slowest] = [times[Math.floor(ASKINGS / 2)], times.at(-1)]
  process.stdout.write(
    `${what.padEnd(28)} ${median?.toFixed(0)} ms, slowest ${slowest?.toFixed(0)} ms${total === undefined ? '' : `, ${total} pairs`}\n`,
  )
}

async function measure(services: Services, { county, township, branch }: County): Promise<void> {
  const ask = <E extends Endpoint>(endpoint: E, input: Partial<Call<E>>) =>
    run(services, everywhere, routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>, input)
  for (const [name, org] of [
    ['county', county],
    ['township', township],
  ] as const) {
    const count = () => ask(countDuplicates, { query: { org } })
    await time(`the desk's count, ${name}`, () => {
      forgetCounts({ services })
      return count()
    })
    await time(`people, ${name}`, () => ask(listPeoplePairs, { query: { org } }))
    await time(`records of a year, ${name}`, () => ask(listRecordPairs, { query: { org } }))
    const from = '2019-01-01'
    await time(`records of 5 years, ${name}`, () => ask(listRecordPairs, { query: { org, from } }))
  }
  const { rows } = await sql<{ name: string }>`select name from person limit 1`.execute(services.db)
  await time('like a person', () =>
    ask(likePeople, { body: { orgId: branch, name: rows[0]?.name ?? '', birth: '2001-01-01' } }),
  )
  await time('like a record', () =>
    ask(likeRecords, {
      body: {
        ledger: 'themeActivity',
        orgId: branch,
        day: '2024-05-04',
        title: '主题团日活动',
        personTimes: 30,
      },
    }),
  )
}

const folder = mkdtempSync(join(tmpdir(), 'mingzhang-bench-'))
const embedded = await openEmbedded(folder)
const owner = connect(embedded.ownerUrl, { size: 1 })
await migrate(owner, migrations)
const db = connect(embedded.ownerUrl, { role: APP_ROLE, size: 1 })
const services: Services = {
  db,
  clock: clockAt(Date.parse(TODAY) - Date.now()),
  secrets: await openSecrets(db, folder),
  files: openFiles(folder),
}
try {
  const orgs = await plantOrgs(services)
  await sql`set role none`.execute(services.db)
  await plantPeople(services)
  await plantRecords(services)
  await sql`vacuum analyze`.execute(owner)
  await measure(services, orgs)
} finally {
  await services.db.destroy()
  await owner.destroy()
  await embedded.close()
  await removeDatabase(folder)
  rmSync(folder, { recursive: true, force: true })
}
