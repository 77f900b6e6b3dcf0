/**
 * 200,000 records of one ledger in one county: how long a filtered page, its count and a figure take, and how long and
 * how heavy an export of 100,000 is. Run with `npm run bench`; prints milliseconds, the median and the 95th percentile
 * of 40 askings, and of exports what the process grew by.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { sql } from 'kysely'
import { getFigure } from '../domain/indicators/contract.ts'
import { routes as indicatorRoutes } from '../domain/indicators/handlers.ts'
import { listLedgers, listRecords } from '../domain/records/ledgers/contract.ts'
import { enterRecords } from '../domain/records/ledgers/enter.ts'
import { writeExport } from '../domain/records/ledgers/exportJob.ts'
import { getFilterFigures } from '../domain/records/ledgers/figuresContract.ts'
import { routes } from '../domain/records/ledgers/handlers.ts'
import { openOrg } from '../domain/structure/organisations/operations.ts'
import { clockAt } from '../kernel/clock.ts'
import { type Actor, type Context, contextOf, type Services } from '../kernel/context.ts'
import { APP_ROLE, connect } from '../kernel/database/connect.ts'
import { openEmbedded, removeDatabase } from '../kernel/database/embedded.ts'
import { migrate } from '../kernel/database/migrate.ts'
import { openFiles } from '../kernel/files.ts'
import { openSecrets } from '../kernel/keyFile.ts'
import { type Route, run } from '../kernel/route.ts'
import { migrations } from '../migrations/index.ts'

const ROWS = 200_000
const TOWNSHIPS = 20
const BRANCHES = 20
const CHUNK = 20_000
const ASKINGS = 40
const KINDS = ['themeDay', 'treePlanting', 'care', 'study', 'recreation']

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
  branches: string[]
}

const plantCounty = (services: Services): Promise<County> =>
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
    const branches: string[] = []
    let township = ''
    for (let t = 0; t < TOWNSHIPS; t++) {
      const name = `第${t}镇`
      const town = await openOrg(ctx, {
        parent: county,
        name,
        type: 'committee',
        sector: 'territory',
        level: 'township',
        on,
      })
      township = town.id
      for (let b = 0; b < BRANCHES; b++) {
        const village = { name: `${name}第${b}村`, type: 'branch', sector: 'village', on }
        branches.push((await openOrg(ctx, { ...village, parent: town })).id)
      }
    }
    return { county: county.id, township, branches }
  })

async function fill(services: Services, branches: string[]): Promise<void> {
  for (let from = 0; from < ROWS; from += CHUNK) {
    const started = performance.now()
    const drafts = Array.from({ length: CHUNK }, (_, i) => draftOf(from + i, branches))
    await within(services, (ctx) => enterRecords(ctx, 'themeActivity', drafts))
    if (from === 0) console.log(`enter ${CHUNK} rows: ${(performance.now() - started).toFixed(0)} ms`)
  }
}

const draftOf = (n: number, branches: string[]) => ({
  orgId: branches[n % branches.length] ?? '',
  day: new Date(Date.UTC(2020, 0, 1 + (n % 1500))).toISOString().slice(0, 10),
  title: `活动${n}`,
  personTimes: n % 60,
  fields: {
    kind: KINDS[n % KINDS.length],
    leadersPresent: n % 7 === 0,
    place: `第${n % 50}号活动室`,
    beneficiaries: n % 40,
  },
  ...(n % 50 === 0 && { hosts: [branches[(n + 21) % branches.length] ?? ''] }),
})

async function time(name: string, ask: () => Promise<unknown>): Promise<void> {
  await ask()
  const taken: number[] = []
  for (let i = 0; i < ASKINGS; i++) {
    const started = performance.now()
    await ask()
    taken.push(performance.now() - started)
  }
  taken.sort((a, b) => a - b)
  const at = (share: number) => (taken[Math.floor(taken.length * share)] ?? 0).toFixed(0).padStart(5)
  console.log(`${name.padEnd(44)} median ${at(0.5)} ms, 95th ${at(0.95)} ms`)
}

async function measure(services: Services, { county, township }: County): Promise<void> {
  const listing = routes.find((r) => r.endpoint.id === listRecords.id) as Route<typeof listRecords>
  const figure = indicatorRoutes.find((r) => r.endpoint.id === getFigure.id) as Route<typeof getFigure>
  const summing = routes.find((r) => r.endpoint.id === getFilterFigures.id) as Route<typeof getFilterFigures>
  const index = routes.find((r) => r.endpoint.id === listLedgers.id) as Route<typeof listLedgers>
  const list = (query: Record<string, unknown>) => () =>
    run(services, everywhere, listing, {
      params: { ledger: 'themeActivity' },
      query: { ...query, figures: 'no' },
    })
  const sums = (query: Record<string, unknown>) => () =>
    run(services, everywhere, summing, { params: { ledger: 'themeActivity' }, query })
  const ask = (query: Record<string, unknown>) => () =>
    run(services, everywhere, figure, { query: { measure: 'themeActivity.count', ...query } as never })
  const year = { from: '2023-01-01', to: '2023-12-31' }
  console.log(`load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`)
  await time('county, all, newest 50', list({ org: county }))
  await time('county, sums of all', sums({ org: county }))
  await time('county, one kind, one year', list({ org: county, where: '{"kind":"treePlanting"}', ...year }))
  await time('county, text in title or place', list({ org: county, text: '7号活动室', ...year }))
  await time('township, one year', list({ org: township, ...year }))
  const where = (filters: Record<string, string>) => ({ where: JSON.stringify(filters) })
  await time('county, number in a range', list({ org: county, ...where({ beneficiaries: '30..35' }) }))
  await time('county, several choices', list({ org: county, ...where({ kind: 'care,study' }) }))
  await time('county, part of a place', list({ org: county, ...where({ place: '~7号' }) }))
  await time('county, a field left empty', list({ org: county, ...where({ content: '空' }) }))
  await time(
    'county, yes or no, and a range',
    list({ org: county, ...where({ leadersPresent: '是', beneficiaries: '10..' }) }),
  )
  await time('county, by a number field', list({ org: county, sort: '-beneficiaries' }))
  await time('county, by a text field', list({ org: county, sort: 'place' }))
  await time('county, by title', list({ org: county, sort: 'title' }))
  await time('county, by organisation', list({ org: county, sort: 'org' }))
  await time('county, page 1,000', list({ org: county, page: 1000 }))
  await time('county, last page of 50', list({ org: county, page: ROWS / 50 }))
  await time('all ledgers with their counts', () =>
    run(services, everywhere, index, { query: { org: county, ...year } }),
  )
  await time('county, figure of a year by kind', ask({ org: county, where: '{"kind":"care"}', ...year }))
  await time(
    'county, figure of all, by township',
    ask({ org: county, from: '2020-01-01', to: '2024-12-31', group: 'org' }),
  )
}

/** What the process holds at most while it writes, beyond what it held before. */
async function exporting(services: Services, { county }: County, format: 'xlsx' | 'csv'): Promise<void> {
  const half = { org: county, from: '2020-01-01', to: '2022-01-19' }
  const input = { ledger: 'themeActivity', ...half, format }
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 20)
  const started = performance.now()
  const { rows, file } = await writeExport({
    id: '',
    input,
    actor: everywhere,
    services,
    progress: async () => {},
  })
  clearInterval(watch)
  const [seconds, grown] = [(performance.now() - started) / 1000, (most - before) / 2 ** 20]
  const size = file.size / 2 ** 20
  console.log(
    `export ${rows} rows as ${format}: ${seconds.toFixed(1)} s, ${size.toFixed(1)} MB, grew by ${grown.toFixed(0)} MB`,
  )
}

const dataDir = mkdtempSync(join(tmpdir(), 'mingzhang-bench-'))
const database = await openEmbedded(dataDir)
try {
  const owner = connect(database.ownerUrl, { size: 1 })
  await migrate(owner, migrations)
  const db = connect(database.ownerUrl, { role: APP_ROLE, size: 4 })
  const services = {
    db,
    clock: clockAt(0),
    secrets: await openSecrets(db, dataDir),
    files: openFiles(dataDir),
  }
  const county = await plantCounty(services)
  await fill(services, county.branches)
  await sql`vacuum analyze`.execute(owner)
  await measure(services, county)
  for (const format of ['xlsx', 'csv', 'xlsx'] as const) await exporting(services, county, format)
  await Promise.all([db.destroy(), owner.destroy()])
} finally {
  await database.close()
  removeDatabase(dataDir)
  rmSync(dataDir, { recursive: true, force: true })
}
