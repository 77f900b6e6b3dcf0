import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { type Embedded, openEmbedded, removeDatabase } from './embedded.ts'

const folders: string[] = []
const opened: Embedded[] = []
const children: ChildProcess[] = []

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const database of opened.splice(0)) await database.close()
  for (const folder of folders.splice(0)) {
    removeDatabase(folder)
    rmSync(folder, { recursive: true, force: true })
  }
})

/** A data folder that any account may walk into. */
function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mingzhang-embedded-'))
  chmodSync(folder, 0o711)
  folders.push(folder)
  return folder
}

async function open(folder: string, role: 'server' | 'user' = 'user'): Promise<Embedded> {
  const database = await openEmbedded(folder, { role })
  opened.push(database)
  return database
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<Record<string, unknown>>({ text: sql }).finally(() => client.end())
  return rows.flatMap((row) => Object.values(row))
}

/** What a running server writes about itself. */
const announce = (folder: string) =>
  writeFileSync(
    join(folder, 'server.json'),
    JSON.stringify({ pid: process.pid, url: 'http://127.0.0.1:3000' }),
  )

const postmasterOf = (folder: string) =>
  Number.parseInt(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8'), 10)

/** Another process that opens the folder as its server, answers once with the address, and stays. */
async function serverProcess(folder: string): Promise<{ child: ChildProcess; url: string }> {
  const module = new URL('embedded.ts', import.meta.url).href
  const script = `
    const { openEmbedded } = await import(${JSON.stringify(module)})
    const database = await openEmbedded(${JSON.stringify(folder)}, { role: 'server' })
    process.stdout.write(database.ownerUrl)
  `
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const [chunk] = await once(child.stdout, 'data')
  return { child, url: String(chunk) }
}

async function kill(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

describe('coming and going', () => {
  test('starts, lets others in, and stops when the last one leaves', async () => {
    const folder = openFolder()
    const first = await open(folder, 'server')
    expect(first.startedHere).toBe(true)
    const second = await open(folder)
    expect(second.startedHere).toBe(false)
    expect(second.ownerUrl).toBe(first.ownerUrl)

    await first.close()
    expect(await ask(second.ownerUrl, "select current_setting('fsync')")).toEqual(['on'])
    await second.close()
    await expect(ask(second.ownerUrl, 'select 1')).rejects.toThrow('ECONNREFUSED')

    const again = await open(folder)
    expect(again.startedHere).toBe(true)
  })

  test('of several that start at once one makes the database and all get in', async () => {
    const folder = openFolder()
    const all = await Promise.all([open(folder), open(folder), open(folder, 'server')])
    expect(all.filter((database) => database.startedHere)).toHaveLength(1)
    expect(new Set(all.map((database) => database.ownerUrl)).size).toBe(1)
    await Promise.all(all.map((database) => database.close()))
    await expect(ask(all[0].ownerUrl, 'select 1')).rejects.toThrow('ECONNREFUSED')
  })

  test('refuses a second server and names the address of the first', async () => {
    const folder = openFolder()
    const first = await open(folder, 'server')
    announce(folder)
    await expect(open(folder, 'server')).rejects.toMatchObject({
      kind: 'conflict',
      code: 'serverRunning',
      message: expect.stringContaining('http://127.0.0.1:3000'),
    })
    expect(await ask(first.ownerUrl, 'select 1')).toEqual([1])
  })
})

describe('what it is', () => {
  test('keeps text in UTF-8 by code order, pages with checksums, and personal data out of its log', async () => {
    const folder = openFolder()
    const { ownerUrl } = await open(folder)
    for (const [name, value] of Object.entries({
      server_encoding: 'UTF8',
      data_checksums: 'on',
      listen_addresses: '127.0.0.1',
      log_min_error_statement: 'panic',
    }))
      expect(await ask(ownerUrl, `select current_setting('${name}')`)).toEqual([value])
    expect(
      await ask(ownerUrl, 'select datcollate from pg_database where datname = current_database()'),
    ).toEqual(['C'])

    await expect(ask(ownerUrl, "select '王小明'::int")).rejects.toThrow('王小明')
    expect(readFileSync(join(folder, 'postgres', 'postgres.log'), 'utf8')).not.toContain('王小明')
  })

  test('asks for a password that only the owner of the folder can read', async () => {
    const folder = openFolder()
    const { ownerUrl } = await open(folder)
    const wrong = Object.assign(new URL(ownerUrl), { password: 'guess' })
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow('password authentication failed')
    expect(statSync(join(folder, 'keys', 'database-password')).mode & 0o777).toBe(0o600)
  })

  test.runIf(process.getuid?.() === 0)('as root works in a folder that only root may enter', async () => {
    const parent = mkdtempSync(join(tmpdir(), 'mingzhang-private-'))
    const folder = join(parent, 'data')
    mkdirSync(folder)
    folders.push(folder, parent)
    const database = await open(folder)
    await ask(database.ownerUrl, 'create table kept as select 7 as n')
    const elsewhere = readFileSync(join(folder, 'postgres.path'), 'utf8').trim()
    expect(statSync(elsewhere).uid).not.toBe(0)
    expect(existsSync(join(folder, 'postgres'))).toBe(false)
    await database.close()

    const again = await open(folder)
    expect(await ask(again.ownerUrl, 'select n from kept')).toEqual([7])
    await again.close()
    removeDatabase(folder)
    expect(existsSync(elsewhere)).toBe(false)
  })
})

describe('what is killed', () => {
  test('a database that dies comes back at the same address, with what it had confirmed', async () => {
    const folder = openFolder()
    const database = await open(folder, 'server')
    await ask(database.ownerUrl, 'create table kept as select 7 as n')
    announce(folder)
    const back = new Promise<void>((resolve) => database.onRestart(resolve))
    process.kill(postmasterOf(folder), 'SIGKILL')
    await back
    expect(await ask(database.ownerUrl, 'select n from kept')).toEqual([7])
    await expect(open(folder, 'server')).rejects.toMatchObject({ code: 'serverRunning' })
  })

  test('a killed server leaves its database running, and the next one goes on with it', async () => {
    const folder = openFolder()
    const { child, url } = await serverProcess(folder)
    await kill(child)
    const next = await open(folder, 'server')
    expect(next.startedHere).toBe(false)
    expect(next.ownerUrl).toBe(url)
    await next.close()
    await expect(ask(url, 'select 1')).rejects.toThrow('ECONNREFUSED')
  })

  test('server and database killed together: nothing confirmed is lost, although the process id is taken', async () => {
    const folder = openFolder()
    const { child, url } = await serverProcess(folder)
    await ask(url, 'create table kept as select 7 as n')
    process.kill(postmasterOf(folder), 'SIGSTOP')
    await kill(child)
    process.kill(postmasterOf(folder), 'SIGKILL')
    const file = join(folder, 'postgres', 'postmaster.pid')
    const [, ...rest] = readFileSync(file, 'utf8').split('\n')
    writeFileSync(file, [process.pid, ...rest].join('\n'))

    const begun = performance.now()
    const next = await open(folder, 'server')
    expect(performance.now() - begun).toBeLessThan(5000)
    expect(next.startedHere).toBe(true)
    expect(await ask(next.ownerUrl, 'select n from kept')).toEqual([7])
  })

  test('a start that was killed half-way does not block the next', async () => {
    const folder = openFolder()
    const starter = spawn(process.execPath, ['--eval', ''])
    await once(starter, 'exit')
    writeFileSync(join(folder, 'postgres.starting'), `${starter.pid} 1`)
    expect((await open(folder)).startedHere).toBe(true)
  })
})
