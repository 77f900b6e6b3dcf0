import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { book, idOf } from '../domain/records/import/sheet/fixtures/build.ts'
import { openWorld, type TestWorld } from '../kernel/testing.ts'
import { migrations } from '../migrations/index.ts'

let world: TestWorld
const dataDir = mkdtempSync(join(tmpdir(), 'mingzhang-cli-import-'))

beforeAll(async () => {
  world = await openWorld(migrations)
})
afterAll(async () => {
  await world.close()
  rmSync(dataDir, { recursive: true })
})

async function mz(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const command = ['--disable-warning=ExperimentalWarning', 'server/cli.ts', ...args, '--data', dataDir]
  const env = { ...process.env, DATABASE_URL: world.url }
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, command, { env })
    return { code: 0, out: stdout, err: stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, out: stdout, err: stderr }
  }
}

test('imports a roster: looks, refuses, takes the good rows, gives the others back', {
  timeout: 60_000,
}, async () => {
  await mz('setup', '--name', '白鹭镇', '--level', 'township', '--code', '990101')
  await mz('org', 'open', '--name', '桃源村团支部', '--parent', '990101')
  const file = join(dataDir, '花名册.xlsx')
  const rows = [
    ['姓名', '性别', '身份证号', '所在团支部'],
    ['赵一鸣', '男', idOf(1), '桃源村'],
    ['钱晓', '男', idOf(2), '不知村'],
  ]
  writeFileSync(file, book(rows))
  const into = ['import', file, '--org', '白鹭镇', '--json']
  const looked = await mz(...into, '--dry-run')
  expect(looked.code).toBe(1)
  expect(JSON.parse(looked.out)).toMatchObject({ rows: 2, imported: 1, written: false, batch: null })
  const refused = await mz(...into)
  expect(refused.code).toBe(1)
  expect(JSON.parse(refused.out)).toMatchObject({ imported: 0, failed: [{ row: 3, column: '所在团支部' }] })
  const out = join(dataDir, '没有导入.xlsx')
  const taken = await mz(...into, '--only-good', '--failed-out', out)
  expect(taken.code).toBe(0)
  expect(JSON.parse(taken.out)).toMatchObject({ imported: 1, written: true, duplicateOf: null })
  expect(readFileSync(out).length).toBeGreaterThan(1000)
  const again = await mz(...into, '--only-good')
  expect(again.code).toBe(1)
  expect(JSON.parse(again.out).duplicateOf.id).toBe(JSON.parse(taken.out).batch)
  expect((await mz('import', join(dataDir, 'x.xlsx'), '--org', '白鹭镇')).err).toMatch(/读不到文件/)
})

test('takes the header and a day in the title on the caller’s word, and refuses a row that is none', {
  timeout: 60_000,
}, async () => {
  const file = join(dataDir, '获奖.xlsx')
  const rows = [
    ['2023年度获奖情况'],
    ['奖项名称', '获奖者', '颁奖单位', '级别'],
    ['写全称', '姓名', '写全称', '县级以上'],
    ['奖项名称', '获奖者', '级别', null],
    ['优秀团员', '陈一', '县级', null],
  ]
  writeFileSync(file, book(rows))
  const into = ['import', file, '--org', '白鹭镇', '--as', 'award', '--json']
  const asked = await mz(...into, '--header-row', '4')
  expect(asked.code).toBe(1)
  expect(JSON.parse(asked.out)).toMatchObject({ rows: 1, imported: 0, failed: [{ row: 5 }] })
  expect(JSON.parse(asked.out).failed[0].reason).toContain('2023年')
  for (const none of ['0', '表头', '99']) {
    const refused = await mz(...into, '--header-row', none)
    expect([refused.code, refused.err + refused.out]).toEqual([1, expect.stringContaining(none)])
  }
  const taken = await mz(...into, '--header-row', '4', '--title-day')
  expect(JSON.parse(taken.out)).toMatchObject({ imported: 1, written: true })
})
