import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { unzipSync, zipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import { openFiles } from '../files.ts'
import { newId } from '../id.ts'
import { keyFileOf, openSecrets } from '../keyFile.ts'
import { openWorld, type TestWorld } from '../testing.ts'
import { backup } from './backup.ts'
import { type Manifest, verify } from './manifest.ts'
import { restore } from './restore.ts'

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
  const secrets = await openSecrets(world.owner, from)
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
  await sql`insert into person (county_id, id, name, name_key, phone_sealed, identity_state, version, recorded_by,
    recorded_at) values (${id}, ${newId()}, '周岚', 'zhoulan', ${secrets.seal('13900000000')}, 'none', 1, ${id},
    ${NOW})`.execute(world.owner)
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

test('a system that holds data, a file that is there and a foreign file are refused', async () => {
  const file = join(folder, 'refused.zip')
  await backup({ owner: world.owner, dataDir: from, now: NOW }, file)
  await expect(restore({ owner: world.owner, dataDir: from, now: NOW }, file)).rejects.toThrow('已经有数据')
  await expect(backup({ owner: world.owner, dataDir: from, now: NOW }, file)).rejects.toThrow('已存在')
  writeFileSync(join(folder, 'foreign.zip'), 'no zip at all')
  await expect(verify(join(folder, 'foreign.zip'))).rejects.toThrow('不是')
  await expect(verify(join(folder, 'nowhere.zip'))).rejects.toThrow('没有找到')
})

describe('what was changed on its way', () => {
  const whole = () => readFileSync(join(folder, 'whole.zip'))
  const trial = join(folder, 'trial.zip')
  const judged = (bytes: Uint8Array) => {
    writeFileSync(trial, bytes)
    return verify(trial)
  }
  /** Packed anew by somebody with another program. */
  const repacked = (change: (entries: Record<string, Uint8Array>) => void) => {
    const entries = unzipSync(whole())
    change(entries)
    return judged(zipSync(entries, { level: 0 }))
  }
  const photo = (entries: Record<string, Uint8Array>) =>
    Object.keys(entries).find((name) => Buffer.from(entries[name] ?? []).toString() === 'a photograph') ?? ''
  const asManifest = (entries: Record<string, Uint8Array>, change: (manifest: Manifest) => void) => {
    const manifest = JSON.parse(Buffer.from(entries['manifest.json'] ?? []).toString()) as Manifest
    change(manifest)
    entries['manifest.json'] = Buffer.from(JSON.stringify(manifest))
  }
  const otherKey = Buffer.from('ab'.repeat(32))

  test('passes when nothing was', async () => {
    expect((await judged(whole())).warnings).toEqual([])
  })

  test.each<[string, (entries: Record<string, Uint8Array>) => void, RegExp]>([
    ['a photo left out', (e) => delete e[photo(e)], /少了 files/],
    ['the key left out', (e) => delete e['keys/secret.key'], /少了 keys/],
    ['a table left out', (e) => delete e['tables/org.ndjson'], /少了 tables\/org/],
    ['a photo added', (e) => (e['files/extra'] = DOCUMENT), /多出了.*files\/extra/],
    ['a photo exchanged', (e) => (e[photo(e)] = DOCUMENT), /不符/],
    ['another key', (e) => (e['keys/secret.key'] = otherKey), /secret\.key 与清单不符/],
    ['nothing but the packing', () => undefined, /不一样了/],
    ['no manifest', (e) => delete e['manifest.json'], /不是明账的备份/],
  ])('%s is refused', async (_, change, words) => {
    await expect(repacked(change)).rejects.toThrow(words)
  })

  test('another key is refused although the manifest agrees with it', async () => {
    const forged = repacked((entries) => {
      entries['keys/secret.key'] = otherKey
      asManifest(entries, (m) => {
        const sha256 = createHash('sha256').update(otherKey).digest('hex')
        Object.assign(m.entries ?? {}, { 'keys/secret.key': { size: otherKey.length, sha256 } })
        delete m.keyFingerprint
      })
    })
    await expect(forged).rejects.toThrow('不是加密这些')
  })

  test('no bit can change, no end can be missing, nothing can follow', async () => {
    const bytes = whole()
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
        const flipped = Buffer.from(bytes)
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
        await expect(judged(flipped)).rejects.toThrow(/备份/)
        await expect(judged(bytes.subarray(0, at))).rejects.toThrow(/备份/)
      }),
      { numRuns: 60 },
    )
    await expect(judged(Buffer.concat([bytes, Buffer.from('more')]))).rejects.toThrow(/备份/)
  })

  describe('of an older version', () => {
    const older = (change: (entries: Record<string, Uint8Array>) => void = () => undefined) =>
      repacked((entries) => {
        asManifest(entries, (m) => {
          m.format = 'mingzhang-backup-1'
          for (const later of ['keyFingerprint', 'entries', 'lacking'] as const) delete m[later]
        })
        change(entries)
      })

    test('is restored, with a warning', async () => {
      expect((await older()).warnings.join()).toContain('旧版本')
      const target = await openWorld(migrations)
      const dataDir = join(folder, 'older')
      const { warnings } = await restore({ owner: target.owner, dataDir, now: NOW }, trial)
      expect(warnings).toHaveLength(1)
      expect(await target.owner.selectFrom('org').selectAll().execute()).toHaveLength(1)
      expect((await openSecrets(target.owner, dataDir)).fingerprint).toBe(
        (await openSecrets(world.owner, from)).fingerprint,
      )
      await target.close()
    })

    test('is refused without its photos, without its key, with another key', async () => {
      await expect(older((e) => delete e[photo(e)])).rejects.toThrow('1 个照片附件')
      await expect(older((e) => delete e['keys/secret.key'])).rejects.toThrow('没有密钥')
      await expect(older((e) => (e['keys/secret.key'] = Buffer.from('abc')))).rejects.toThrow('已损坏')
      await expect(older((e) => (e['keys/secret.key'] = otherKey))).rejects.toThrow('不是加密这些')
    })
  })
})

test('a photo that is gone or damaged is told by its name, and the rest is kept', async () => {
  const dataDir = join(folder, 'lacking')
  const store = openFiles(dataDir)
  const attached = async (name: string) => {
    const sha256 = await store.put(Buffer.from(name))
    await sql`insert into attachment (county_id, id, record_id, sha256, name, media_type, size, recorded_by, recorded_at)
      values (${newId()}, ${newId()}, ${newId()}, ${sha256}, ${name}, 'image/jpeg', 1, ${newId()}, ${NOW})`.execute(
      world.owner,
    )
    return { sha256, name, place: join(dataDir, 'files', sha256.slice(0, 2), sha256) }
  }
  const [gone, damaged, kept] = [
    await attached('合影.jpg'),
    await attached('会场.jpg'),
    await attached('签到.jpg'),
  ]
  rmSync(gone.place)
  writeFileSync(damaged.place, 'noise')
  mkdirSync(join(dataDir, 'keys'))
  writeFileSync(keyFileOf(dataDir), readFileSync(keyFileOf(from)), { mode: 0o600 })
  const file = join(folder, 'lacking.zip')
  const told = [
    { sha256: damaged.sha256, name: '会场.jpg', why: 'damaged' },
    { sha256: gone.sha256, name: '合影.jpg', why: 'missing' },
  ]
  expect((await backup({ owner: world.owner, dataDir, now: NOW }, file)).lacking).toEqual(told)

  const target = await openWorld(migrations)
  const there = join(folder, 'lacking-restored')
  expect((await restore({ owner: target.owner, dataDir: there, now: NOW }, file)).manifest.lacking).toEqual(
    told,
  )
  expect(await openFiles(there).list()).toEqual([kept.sha256])
  await target.close()
})

test('what fails half-way leaves nothing: no backup without its key, no restored photo without its row', async () => {
  const file = join(folder, 'half.zip')
  const keyless = join(folder, 'keyless')
  await expect(backup({ owner: world.owner, dataDir: keyless, now: NOW }, file)).rejects.toThrow(
    '没有密钥文件',
  )
  expect(readdirSync(folder).filter((name) => name.startsWith('half'))).toEqual([])

  const target = await openWorld(migrations)
  await sql`alter table setting add constraint full_disk check (key = 'no such')`.execute(target.owner)
  const dataDir = join(folder, 'half-restored')
  const restored = restore({ owner: target.owner, dataDir, now: NOW }, join(folder, 'whole.zip'))
  await expect(restored).rejects.toThrow('full_disk')
  expect(await openFiles(dataDir).list()).toEqual([])
  expect(existsSync(keyFileOf(dataDir))).toBe(false)
  expect(await target.owner.selectFrom('org').selectAll().execute()).toEqual([])
  await target.close()
})
