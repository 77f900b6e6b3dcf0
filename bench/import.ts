/**
 * A roster of 10,000 members in 100 branches taken in from .xlsx: how long until the first progress, until the end,
 * and how long a stop takes. The fsync of the database is on. Run with `npm run bench`; prints seconds.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { sql } from 'kysely'
import type { CommitRequest, ImportReport } from '../domain/records/import/contract.ts'
import { importFile } from '../domain/records/import/importFile.ts'
import { keepFile } from '../domain/records/import/uploads.ts'
import { openOrg } from '../domain/structure/organisations/operations.ts'
import { makeCheckDigit } from '../domain/structure/people/idNumber.ts'
import { clockAt } from '../kernel/clock.ts'
import { type Actor, contextOf, type Services } from '../kernel/context.ts'
import { APP_ROLE, connect } from '../kernel/database/connect.ts'
import { openEmbedded, removeDatabase } from '../kernel/database/embedded.ts'
import { migrate } from '../kernel/database/migrate.ts'
import { openFiles } from '../kernel/files.ts'
import { openSecrets } from '../kernel/keyFile.ts'
import { writeWorkbook } from '../kernel/spreadsheet/write.ts'
import { migrations } from '../migrations/index.ts'

const ROWS = 10_000
const BRANCHES = 100

const everywhere: Actor = {
  accountId: '00000000-0000-7000-8000-000000000001',
  personId: null,
  name: 'bench',
  grants: [{ orgId: '', countyId: null, path: '/', role: 'administrator' }],
}

const plant = (services: Services): Promise<string> =>
  services.db.transaction().execute(async (db) => {
    const ctx = contextOf(services, db, everywhere)
    const top = { name: '测速镇', type: 'committee', sector: 'territory', level: 'township', code: '990199' }
    const parent = await openOrg(ctx, { ...top, parent: null })
    for (let i = 0; i < BRANCHES; i++)
      await openOrg(ctx, { parent, name: `${i + 1}号村团支部`, type: 'branch', sector: 'village' })
    return parent.id
  })

const SURNAMES = '赵钱孙李周吴郑王冯陈'
const GIVEN = '一鸣思远雨桐浩然子涵明秀英晓佳'

function memberRow(i: number): string[] {
  const day = new Date(Date.UTC(1994, 0, 1) + (i % 3000) * 86_400_000).toISOString().slice(0, 10)
  const body = `990101${day.replaceAll('-', '')}${String(Math.floor(i / 3000) * 2 + 101)}`
  const name = `${SURNAMES[i % 10]}${GIVEN[i % 15]}${GIVEN[(i * 7) % 15]}`
  const phone = `199${String(i).padStart(8, '0')}`
  const village = `${(i % BRANCHES) + 1}号村`
  return [name, '男', `${body}${makeCheckDigit(body)}`, '汉族', '大专', phone, village, '2016年5月']
}

const roster = () =>
  writeWorkbook([
    {
      name: '团员花名册',
      title: '测速镇团员花名册',
      columns: ['姓名', '性别', '身份证号', '民族', '学历', '联系电话', '所在团支部', '入团时间'].map(
        (title) => ({ title }),
      ),
      rows: Array.from({ length: ROWS }, (_, i) => memberRow(i)),
    },
  ])

interface Timed {
  first: number
  longest: number
  whole: number
  stages: string[]
  report: ImportReport | null
}

async function timed(
  services: Services,
  request: CommitRequest,
  stopAt = Number.POSITIVE_INFINITY,
): Promise<Timed> {
  const started = performance.now()
  const moments = [started]
  const stages = new Set<string>()
  const progress = async (stage: string, done: number) => {
    moments.push(performance.now())
    stages.add(stage)
    if (stage === '写入' && done >= stopAt) throw new Error('stopped')
  }
  const report = await importFile({ services, actor: everywhere, request, progress }).catch(
    (error: Error) => {
      if (error.message !== 'stopped') throw error
      return null
    },
  )
  const gaps = moments.slice(1).map((at, i) => at - (moments[i] ?? at))
  const seconds = (ms: number) => Math.round(ms) / 1000
  return {
    first: seconds((moments[1] ?? 0) - started),
    longest: seconds(Math.max(...gaps)),
    whole: seconds(performance.now() - started),
    stages: [...stages],
    report,
  }
}

async function measure(services: Services): Promise<void> {
  const org = await plant(services)
  const name = '花名册.xlsx'
  const file = await keepFile(services, everywhere, { name, bytes: await roster() })
  const stopped = await timed(services, { file, org }, ROWS / 2)
  const { rows } = await sql<{ n: number }>`select count(*) as n from membership`.execute(services.db)
  console.log(`stopped half-way after ${stopped.whole} s; memberships left behind: ${rows[0]?.n}`)
  const whole = await timed(services, { file, org })
  console.log(
    `${ROWS} rows: first progress after ${whole.first} s, longest silence ${whole.longest} s, whole ${whole.whole} s`,
  )
  console.log(
    `stages ${whole.stages.join('、')}; new ${whole.report?.counts.new}, failed ${whole.report?.counts.refused}`,
  )
  const again = await timed(services, { file, org, accepted: ['sameFile'] })
  console.log(`again: ${again.whole} s, unchanged ${again.report?.counts.unchanged}`)
  console.log(`heap ${Math.round(process.memoryUsage().rss / 1048576)} MB`)
}

const folder = mkdtempSync(join(tmpdir(), 'mingzhang-bench-'))
const database = await openEmbedded(folder)
try {
  const owner = connect(database.ownerUrl, { size: 1 })
  await migrate(owner, migrations)
  const db = connect(database.ownerUrl, { role: APP_ROLE, size: 4 })
  await measure({ db, clock: clockAt(0), secrets: await openSecrets(db, folder), files: openFiles(folder) })
  await Promise.all([db.destroy(), owner.destroy()])
} finally {
  await database.close()
  removeDatabase(folder)
  rmSync(folder, { recursive: true, force: true })
}
