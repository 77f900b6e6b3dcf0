/** A disk that is full, for real: the data folder with its database lies on a small one of its own. Needs root on Linux. */
import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeDatabase } from '../kernel/database/embedded.ts'
import { type Server, startServer } from '../test/setup/server.ts'

const may = process.platform === 'linux' && process.getuid?.() === 0
const ATTEMPTS = 400

describe.skipIf(!may)('on a full disk', () => {
  let disk: string
  let dataDir: string
  let server: Server
  let headers: Record<string, string> = {}
  let day: string
  let org: string
  let record: string

  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${server.url}/api${path}`, { ...init, headers: { ...headers, ...init.headers } })
  const json = (body: object): RequestInit => ({
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })
  const file = (name: string, text: string, fields: Record<string, string> = {}): RequestInit => {
    const body = new FormData()
    for (const [field, value] of Object.entries(fields)) body.set(field, value)
    body.set('file', new Blob([text]), name)
    return { method: 'POST', body }
  }
  const doors = (): [string, RequestInit][] => [
    [`/records/${record}/attachments`, file('a.pdf', `%PDF-1.7\n${'x'.repeat(3_000_000)}`)],
    ['/imports/files', file('表.csv', `姓名,性别\n${'张三,男\n'.repeat(50_000)}`, { org })],
  ]
  const write = (title: string) => ask('/ledgers/themeActivity/records', json({ day, title, personTimes: 1 }))
  const written = async (): Promise<number> => {
    const answer = await ask(
      `/ledgers/themeActivity/records?text=${encodeURIComponent('满盘')}&from=${day}&to=${day}`,
    )
    return ((await answer.json()) as { total: number }).total
  }
  const backup = (name: string) =>
    spawnSync(process.execPath, ['server/cli.ts', 'backup', '--data', dataDir, '--out', join(disk, name)], {
      encoding: 'utf8',
    })
  const files = () =>
    readdirSync(join(dataDir, 'files'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)

  beforeAll(async () => {
    disk = mkdtempSync(join(tmpdir(), 'mingzhang-disk-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=700m,mode=711', 'tmpfs', disk])
    dataDir = join(disk, 'data')
    server = await startServer(dataDir)
    const { token } = (await (await ask('/demo/session', json({ role: 'townshipSecretary' }))).json()) as {
      token: string
    }
    headers = { authorization: `Bearer ${token}` }
    const me = (await (await ask('/me')).json()) as { today: string; posts: { orgId: string }[] }
    day = me.today
    org = me.posts[0]?.orgId ?? ''
    record = ((await (await write('先记一笔')).json()) as { id: string }).id
  }, 180_000)
  afterAll(async () => {
    await server.stop()
    removeDatabase(dataDir)
    execFileSync('umount', ['-l', disk])
    rmSync(disk, { recursive: true, force: true })
  })

  test('nothing is half written, each is told what to do, and work goes on once there is room', async () => {
    const before = files()
    fill(join(disk, 'filler'))
    for (const [path, init] of doors()) await expectFull(await ask(path, init))
    const failed = backup('full.zip')
    expect([failed.status, failed.stderr]).toEqual([1, expect.stringContaining('换一块空间够的磁盘')])
    expect(readdirSync(disk).sort()).toEqual(['data', 'filler'])
    expect(files()).toEqual(before)
    let kept = 0
    let refused = 0
    for (let n = 0; n < ATTEMPTS; n++) {
      const answer = await write(`满盘第${n}场`)
      if (answer.ok) kept++
      else {
        await expectFull(answer)
        refused++
      }
    }
    expect(refused).toBeGreaterThan(0)
    expect(await written()).toBe(kept)
    rmSync(join(disk, 'filler'))
    for (const [path, init] of doors()) expect((await ask(path, init)).status).toBe(200)
    expect((await write('满盘之后')).status).toBe(200)
    expect(await written()).toBe(kept + 1)
    expect(backup('room.zip').status).toBe(0)
    expect(existsSync(join(disk, 'room.zip'))).toBe(true)
    expect(server.process.exitCode).toBeNull()
  })
})

async function expectFull(answer: Response): Promise<void> {
  expect(answer.status).toBe(507)
  expect(await answer.json()).toMatchObject({ code: 'diskFull', title: expect.stringContaining('旧备份') })
}

/** To the last byte. */
function fill(path: string): void {
  const handle = openSync(path, 'a')
  for (const size of [1 << 20, 4096, 1]) {
    const piece = Buffer.alloc(size)
    for (;;)
      try {
        writeSync(handle, piece)
      } catch {
        break
      }
  }
  closeSync(handle)
}
