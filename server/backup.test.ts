/** The drill: the demo is backed up by one machine and restored on another, and everything says the same. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadDemo } from '../demo/load.ts'
import { report } from '../domain/reports/summaries/report.ts'
import { localActor } from '../domain/structure/accounts/actors.ts'
import { revealPerson } from '../domain/structure/people/contract.ts'
import { contextOf } from '../kernel/context.ts'
import { openWorld, type TestWorld } from '../kernel/testing.ts'
import { migrations } from '../migrations/index.ts'
import { call } from './command.ts'
import { type Opened, openServices } from './services.ts'

const LONG = 240_000
const folder = mkdtempSync(join(tmpdir(), 'mingzhang-drill-'))
const file = join(folder, '备份.zip')

interface Machine {
  world: TestWorld
  dataDir: string
}

let here: Machine
let there: Machine

beforeAll(async () => {
  here = { world: await openWorld(migrations), dataDir: join(folder, 'here') }
  there = { world: await openWorld(migrations), dataDir: join(folder, 'there') }
  await on(here, ({ services }) => loadDemo(services))
}, LONG)

afterAll(async () => {
  await Promise.all([here.world.close(), there.world.close()])
  rmSync(folder, { recursive: true })
})

async function on<T>({ world, dataDir }: Machine, work: (opened: Opened) => Promise<T>): Promise<T> {
  const opened = await openServices({ dataDir, databaseUrl: world.url })
  try {
    return await work(opened)
  } finally {
    await opened.close()
  }
}

function mz({ world, dataDir }: Machine, ...args: string[]): Promise<{ stdout: string }> {
  const command = ['--disable-warning=ExperimentalWarning', 'server/cli.ts', ...args, '--data', dataDir]
  const env = { ...process.env, DATABASE_URL: world.url, NODE_COMPILE_CACHE: join(folder, 'compiled') }
  return promisify(execFile)(process.execPath, command, { env })
}

/** Every figure of every summary, as saved and as drafted anew, with the digests of its rows. */
const figuresOf = (machine: Machine) =>
  on(machine, async ({ services }) => {
    const actor = await localActor(services)
    const summaries = await services.db
      .selectFrom('summary')
      .select(['orgId', 'period'])
      .distinct()
      .orderBy('orgId')
      .orderBy('period')
      .execute()
    const asked = summaries.flatMap(({ orgId: org, period }) => [
      { org, period },
      { org, period, cutOff: `${period.slice(0, 4)}-06-15` },
    ])
    return services.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (db) => {
        const told = []
        for (const request of asked) {
          const { figures, missing } = await report(contextOf(services, db, actor), request)
          told.push({ ...request, figures, missing })
        }
        return told
      })
  })

const someIdNumber = (machine: Machine) =>
  on(machine, async (opened) => {
    const { id } = await opened.services.db
      .selectFrom('person')
      .select('id')
      .where('idNoSealed', 'is not', null)
      .orderBy('id')
      .limit(1)
      .executeTakeFirstOrThrow()
    const line = { ...opened, actor: await localActor(opened.services), positionals: [], values: {} }
    return call(line, revealPerson, { params: { id }, body: { reason: '备份演练' } })
  })

test('a township moves to another machine whole, and only into an empty one', { timeout: LONG }, async () => {
  await mz(here, 'backup', '--out', file)
  await expect(mz(here, 'restore', file)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('已经有数据'),
  })
  const restored = JSON.parse((await mz(there, 'restore', file, '--json')).stdout) as { files: number }

  const before = await figuresOf(here)
  expect(before.flatMap((s) => s.figures).length).toBeGreaterThan(100)
  expect(await figuresOf(there)).toEqual(before)
  expect(await someIdNumber(there)).toEqual(await someIdNumber(here))
  expect((await someIdNumber(there)).idNumber).toMatch(/^9901\d{13}[\dX]$/)
  const stored = readdirSync(join(there.dataDir, 'files'), { recursive: true, withFileTypes: true })
  expect(stored.filter((entry) => entry.isFile())).toHaveLength(restored.files)
})
