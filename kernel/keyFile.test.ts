import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { migrations } from '../migrations/index.ts'
import { newId } from './id.ts'
import { KEY_CHECK, keyFileOf, openSecrets } from './keyFile.ts'
import type { Secrets } from './secrets.ts'
import { openWorld, type TestWorld } from './testing.ts'

const NOW = '2024-06-18 09:30:00'
const folder = mkdtempSync(join(tmpdir(), 'mingzhang-key-'))
let world: TestWorld
let dataDir: string
let file: string

beforeAll(async () => {
  world = await openWorld(migrations)
})
beforeEach(async () => {
  await world.owner.deleteFrom('person').execute()
  await forget()
  dataDir = join(folder, newId())
  file = keyFileOf(dataDir)
})
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true })
})

const open = () => openSecrets(world.services.db, dataDir)
const write = (text: string) => {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text, { mode: 0o600 })
}
const anotherKey = () => randomBytes(32).toString('hex')

async function sealSomebody(secrets: Secrets): Promise<void> {
  const id = newId()
  await world.owner
    .insertInto('person')
    .values({
      countyId: id,
      id,
      name: '周岚',
      nameKey: 'zhoulan',
      phoneSealed: secrets.seal('13900000000'),
      identityState: 'none',
      version: 1,
      recordedBy: id,
      recordedAt: NOW,
    } as never)
    .execute()
}

const forget = () => world.owner.deleteFrom('setting').where('key', '=', KEY_CHECK).execute()

describe('an empty database', () => {
  test('makes a key once, whole and for its owner alone, and uses it from then on', async () => {
    const [one, other] = await Promise.all([open(), open()])
    expect(readFileSync(file, 'utf8')).toMatch(/^[0-9a-f]{64}$/)
    expect(other.fingerprint).toBe(one.fingerprint)
    expect((await open()).open(one.seal('甲'))).toBe('甲')
    expect(readdirSync(dirname(file))).toEqual(['secret.key'])
  })

  test('takes a key that is there, and another one while nothing is sealed', async () => {
    const key = anotherKey()
    write(key)
    const first = await open()
    expect(readFileSync(file, 'utf8')).toBe(key)
    write(anotherKey())
    expect((await open()).fingerprint).not.toBe(first.fingerprint)
  })
})

describe('a database with sealed numbers', () => {
  test.each(['with its known value', 'of an older version, without'])(
    '%s opens with its key only',
    async (kind) => {
      await sealSomebody(await open())
      const key = readFileSync(file, 'utf8')
      const again = async () => {
        if (kind !== 'with its known value') await forget()
        return open()
      }
      await expect(again()).resolves.toBeDefined()
      rmSync(file)
      await expect(again()).rejects.toThrow(/没有密钥文件.*从备份/)
      expect(existsSync(file)).toBe(false)
      const other = anotherKey()
      write(other)
      await expect(again()).rejects.toThrow(/不是加密这些.*从备份/)
      expect(readFileSync(file, 'utf8')).toBe(other)
      write(`${key}\n`)
      await expect(again()).resolves.toBeDefined()
    },
  )
})

test.each([
  ['an empty file', '', '是空的'],
  ['a short key', 'abc123', '已损坏'],
  ['a key cut in half', anotherKey().slice(32), '已损坏'],
  ['a key with a wrong letter', `g${anotherKey().slice(1)}`, '已损坏'],
  ['two keys', anotherKey() + anotherKey(), '已损坏'],
])('%s is refused and left as it is', async (_, text, words) => {
  write(text)
  await expect(open()).rejects.toThrow(words)
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('a folder in place of the key is refused', async () => {
  mkdirSync(file, { recursive: true })
  await expect(open()).rejects.toThrow('读不出来')
})

test('a key that others may read is warned about', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  write(anotherKey())
  await open()
  expect(warned).not.toHaveBeenCalled()
  chmodSync(file, 0o644)
  await open()
  expect(warned).toHaveBeenCalledWith(expect.stringContaining(`chmod 600 ${file}`))
  warned.mockRestore()
})
