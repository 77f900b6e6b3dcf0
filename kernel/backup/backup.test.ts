import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import { openFiles } from '../files.ts'
import { newId } from '../id.ts'
import { keyFileOf, openSecrets } from '../secrets.ts'
import { openWorld, type TestWorld } from '../testing.ts'
import { backup, restore, verify } from './backup.ts'

const NOW = '2024-06-18 09:30:00'
/** An Office document is a zip itself, with marks like those of the archive around it. */
const DOCUMENT = zipSync({ 'word/document.xml': Buffer.from('<w:document/>') }, { level: 0 })
const folder = mkdtempSync(join(tmpdir(), 'mingzhang-backup-'))
const from = join(folder, 'from')
const to = join(folder, 'to')
let world: TestWorld
let empty: TestWorld

beforeAll(async () => {
  world = await openWorld(migrations)
  empty = await openWorld(migrations)
  for (const place of [from, to]) mkdirSync(place)
  openSecrets(from)
  const id = newId()
  await world.owner
    .insertInto('setting')
    .values({ key: '名称', value: JSON.stringify({ words: '明账“引号”\n换行', size: 52600.5 }) })
    .execute()
  await world.owner
    .insertInto('org')
    .values({
      id,
      countyId: id,
      code: '9901',
      openedAt: '0001-01-01 00:00:00',
      openedPrecision: 'unknown',
      closeReason: null,
      successorId: null,
      batchId: null,
      version: 1,
      recordedBy: id,
      recordedAt: NOW,
    })
    .execute()
  await sql`insert into record (county_id, id, ledger, org_id, path, day, day_precision, title, fields, version,
    recorded_by, recorded_at, changed_at) values (${id}, ${newId()}, 'award', ${id}, '/9901/', '2024-05-04', 'day',
    '五四红旗团委', '{"level":"city"}', 1, ${id}, ${NOW}, ${NOW})`.execute(world.owner)
  await openFiles(from).put(Buffer.from('a photograph'))
  await openFiles(from).put(DOCUMENT)
})

afterAll(async () => {
  await Promise.all([world.close(), empty.close()])
  rmSync(folder, { recursive: true })
})

test('what is backed up is what is restored, with its files and its key', async () => {
  const file = join(folder, 'whole.zip')
  const written = await backup({ owner: world.owner, dataDir: from, now: NOW }, file)
  expect(written.tables.org?.rows).toBe(1)
  await restore({ owner: empty.owner, dataDir: to, now: NOW }, file)
  expect(await empty.owner.selectFrom('org').selectAll().execute()).toEqual(
    await world.owner.selectFrom('org').selectAll().execute(),
  )
  expect(await empty.owner.selectFrom('setting').selectAll().execute()).toEqual(
    await world.owner.selectFrom('setting').selectAll().execute(),
  )
  const records = sql`select * from record`
  expect((await records.execute(empty.owner)).rows).toEqual((await records.execute(world.owner)).rows)
  expect((await records.execute(empty.owner)).rows).toHaveLength(1)
  expect(readFileSync(keyFileOf(to), 'utf8')).toBe(readFileSync(keyFileOf(from), 'utf8'))
  expect(written.files).toBe(2)
  const sha256 = createHash('sha256').update(DOCUMENT).digest('hex')
  expect(Buffer.from(openFiles(to).get(sha256) ?? [])).toEqual(Buffer.from(DOCUMENT))
})

test('a system that holds data, a changed file and a foreign file are refused', async () => {
  const file = join(folder, 'refused.zip')
  await backup({ owner: world.owner, dataDir: from, now: NOW }, file)
  await expect(restore({ owner: world.owner, dataDir: from, now: NOW }, file)).rejects.toThrow('已经有数据')
  await expect(backup({ owner: world.owner, dataDir: from, now: NOW }, file)).rejects.toThrow('已存在')
  const bytes = readFileSync(file)
  bytes[200] = (bytes[200] ?? 0) ^ 0xff
  writeFileSync(join(folder, 'changed.zip'), bytes)
  await expect(verify(join(folder, 'changed.zip'))).rejects.toThrow(/备份/)
  writeFileSync(join(folder, 'foreign.zip'), 'no zip at all')
  await expect(verify(join(folder, 'foreign.zip'))).rejects.toThrow('不是')
})
