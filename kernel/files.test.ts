import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { migrations } from '../migrations/index.ts'
import { type FileStore, openFiles } from './files.ts'
import { newId } from './id.ts'
import { FILES_LOCK, sweepFiles } from './sweep.ts'
import { openWorld, type TestWorld } from './testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingzhang-files-'))
let dataDir: string
let files: FileStore

beforeEach(() => {
  dataDir = join(folder, newId())
  files = openFiles(dataDir)
})
afterAll(() => rmSync(folder, { recursive: true }))

const bytes = (text: string) => Buffer.from(text)
const placeOf = (sha: string) => join(dataDir, 'files', sha.slice(0, 2), sha)
const names = () =>
  readdirSync(join(dataDir, 'files'), { recursive: true, withFileTypes: true }).flatMap((e) =>
    e.isFile() ? [e.name] : [],
  )
const LONG_AGO = new Date('2001-01-01')
const grown = (place: string) => utimesSync(place, LONG_AGO, LONG_AGO)

describe('the store', () => {
  test('keeps one file for the same bytes, however they come, and leaves nothing beside it', async () => {
    const sha = await files.put(bytes('a photograph'))
    expect(await files.putStream(Readable.from([bytes('a photo'), bytes('graph')]))).toEqual({
      sha256: sha,
      size: 12,
    })
    expect(await Promise.all([files.put(bytes('twice')), files.put(bytes('twice'))])).toHaveLength(2)
    expect(names().sort()).toEqual(await files.list())
    expect(files.get(sha)).toEqual(bytes('a photograph'))
    expect(statSync(placeOf(sha)).mode & 0o077).toBe(0)
  })

  test('leaves nothing of a stream that breaks', async () => {
    const broken = Readable.from(
      (function* () {
        yield bytes('half')
        throw new Error('gone')
      })(),
    )
    await expect(files.putStream(broken)).rejects.toThrow('gone')
    expect(names()).toEqual([])
  })

  test('writes anew what a power cut had shortened', async () => {
    const sha = await files.put(bytes('a photograph'))
    writeFileSync(placeOf(sha), '')
    await files.put(bytes('a photograph'))
    expect(files.get(sha)).toEqual(bytes('a photograph'))
  })

  test('gives nothing for what is no digest', () => {
    expect(files.get('../../keys/secret.key')).toBeNull()
    expect(files.stream('')).toBeNull()
  })
})

describe('sweeping', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await openWorld(migrations)
  })
  afterAll(() => world.close())
  afterEach(() => world.owner.deleteFrom('job').execute())

  const services = () => ({ ...world.services, files })
  const NOW = new Date('2024-06-18T09:30:00+08:00')
  const put = async (text: string, old = true) => {
    const sha = await files.put(bytes(text))
    if (old) grown(placeOf(sha))
    return sha
  }

  const attached = (sha256: string) =>
    world.owner
      .insertInto('attachment')
      .values({
        countyId: newId(),
        id: newId(),
        recordId: newId(),
        sha256,
        name: '合影.jpg',
        mediaType: 'image/jpeg',
        size: 1,
        recordedBy: newId(),
        recordedAt: '2024-06-01 09:00:00',
        voidedAt: '2024-06-02 09:00:00',
      })
      .execute()

  const made = (sha256: string, endedAt: string | null) =>
    world.owner
      .insertInto('job')
      .values({
        id: newId(),
        countyId: newId(),
        orgId: newId(),
        accountId: newId(),
        kind: 'records.export',
        title: '导出',
        state: endedAt ? 'done' : 'running',
        done: 0,
        input: '{}',
        cancelAsked: false,
        result: JSON.stringify({ file: { sha256 } }),
        createdAt: '2024-06-01 09:00:00',
        endedAt,
      } as never)
      .execute()

  test('takes what nothing refers to for seven days, and nothing else', async () => {
    const kept = [
      await put('of an attachment that was removed'),
      await put('of an export of yesterday'),
      await put('just uploaded', false),
      await put('being exported'),
    ]
    await attached(kept[0] ?? '')
    await made(kept[1] ?? '', '2024-06-17 09:30:00')
    await made(kept[3] ?? '', null)
    const old = await put('of an export of last week')
    await made(old, '2024-06-10 09:30:00')
    await put('of a row that never committed')
    writeFileSync(join(dataDir, 'files', newId()), 'half')
    writeFileSync(`${placeOf(old)}.${newId()}`, 'half')
    for (const name of readdirSync(join(dataDir, 'files'), { recursive: true, withFileTypes: true }))
      if (name.isFile() && name.name.includes('-')) grown(join(name.parentPath, name.name))
    expect(await sweepFiles(services(), NOW)).toBe(4)
    expect(names().sort()).toEqual(kept.sort())
    expect(await sweepFiles(services(), NOW)).toBe(0)
  })

  test('leaves a file that is put again at that moment', async () => {
    const sha = await put('the same picture')
    await files.put(bytes('the same picture'))
    expect(await files.sweep([sha], NOW)).toBe(0)
    expect(files.get(sha)).not.toBeNull()
  })

  test('waits while a backup reads', async () => {
    await put('left over')
    await world.owner.connection().execute(async (backup) => {
      await sql`select pg_advisory_lock_shared(${FILES_LOCK})`.execute(backup)
      expect(await sweepFiles(services(), NOW)).toBe(0)
      await sql`select pg_advisory_unlock_shared(${FILES_LOCK})`.execute(backup)
    })
    expect(await sweepFiles(services(), NOW)).toBe(1)
  })
})
