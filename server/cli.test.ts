import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type TestWorld } from '../kernel/testing.ts'
import { migrations } from '../migrations/index.ts'

let world: TestWorld
const dataDir = mkdtempSync(join(tmpdir(), 'mingzhang-cli-'))

beforeAll(async () => {
  world = await openWorld(migrations)
})
afterAll(async () => {
  await world.close()
  rmSync(dataDir, { recursive: true })
})

interface Ended {
  code: number
  out: string
  err: string
}

async function mz(...args: string[]): Promise<Ended> {
  const command = ['--disable-warning=ExperimentalWarning', 'server/cli.ts', ...args, '--data', dataDir]
  const env = { ...process.env, DATABASE_URL: world.url, NODE_COMPILE_CACHE: join(dataDir, 'compiled') }
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, command, { env })
    return { code: 0, out: stdout, err: stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, out: stdout, err: stderr }
  }
}

test('builds a tree, moves it about, and says what is wrong', { timeout: 180_000 }, async () => {
  expect((await mz('orgs')).err).toMatch(/先用 mz setup/)
  const top = await mz('setup', '--name', '云溪县团委', '--level', 'county', '--code', '990101', '--json')
  expect(JSON.parse(top.out)).toMatchObject({ organisation: { code: '990101', level: 'county' } })
  const again = await mz('setup', '--name', '甲', '--level', 'county', '--code', '1', '--json')
  expect(again).toMatchObject({ code: 1, err: expect.stringMatching(/已经设置过/) })
  expect(JSON.parse(again.out)).toMatchObject({ error: { code: 'alreadySetUp' } })

  const town = ['--parent', '990101', '--level', '乡镇', '--sector', 'territory', '--on', '2020-01-01']
  await mz('org', 'open', '--name', '青石镇团委', ...town)
  await mz('org', 'open', '--name', '白鹭镇团委', ...town)
  await mz('org', 'open', '--name', '柳河村团支部', '--parent', '青石镇团委', '--on', '2021')
  const move = ['org', 'move', '青石镇团委/柳河村团支部', '--to', '白鹭镇团委']
  expect(await mz(...move)).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/缺少参数 --on/) })
  expect(await mz(...move, '--on', '2024-05-01')).toMatchObject({ code: 0, err: '' })
  const places = async (day: string) =>
    (
      JSON.parse((await mz('orgs', '--as-of', day, '--json')).out).organisations as { fullName: string }[]
    ).map((o) => o.fullName)
  expect(await places('2024-04-30')).toContain('云溪县团委/青石镇团委/柳河村团支部')
  expect(await places('2024-05-01')).toContain('云溪县团委/白鹭镇团委/柳河村团支部')
  const wrong = await mz('org', 'open', '--name', '乙团支部', '--parent', '白鹭镇团委', '--kind', '大')
  expect(wrong).toMatchObject({ code: 1, err: expect.stringMatching(/联合团支部/) })
  expect((await mz('nonsense')).code).toBe(2)
})
