/**
 * Every hostile file at every door of a real server, in a process of its own: the verdict, how long it took, how long the
 * request thread was held, and what memory it and its readers took. Restoring is a command, in a process of its own.
 */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bookParts, hostileFiles, rows } from '../kernel/spreadsheet/fixtures/hostile.ts'
import { hostileWords } from '../kernel/spreadsheet/fixtures/hostileWords.ts'
import { zipOf } from '../kernel/spreadsheet/fixtures/zips.ts'
import type { Held } from '../test/setup/delays.ts'
import { type Server, startServer, temporaryFolder } from '../test/setup/server.ts'

const HELD_MS = 50
const ANSWER_MS = 3_000
const READER_MB = 1_024
const GROWTH_MB = 300

const folder = temporaryFolder()
let server: Server
let headers: Record<string, string>
let org: string
let doors: Record<string, string>
/** Doors whose forms say for which organisation. */
const NAMING_ORG = new Set(['import', 'form'])

async function ask<T>(path: string, body?: object): Promise<T> {
  const json = body && { method: 'POST', body: JSON.stringify(body) }
  const type = body && { 'content-type': 'application/json' }
  const answer = await fetch(`${server.url}/api${path}`, { ...json, headers: { ...headers, ...type } })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}

beforeAll(async () => {
  server = await startServer(folder.dataDir, 0, 'test/setup/delays.ts')
  headers = {}
  const { token } = await ask<{ token: string }>('/demo/session', { role: 'townshipSecretary' })
  headers = { authorization: `Bearer ${token}` }
  const me = await ask<{ today: string; posts: { orgId: string }[] }>('/me')
  org = me.posts[0]?.orgId ?? ''
  const record = { day: me.today, title: '照片的门', personTimes: 1 }
  const { id } = await ask<{ id: string }>('/ledgers/themeActivity/records', record)
  doors = {
    import: 'imports/files',
    form: 'forms',
    columns: 'own-ledgers/columns',
    photos: `records/${id}/attachments`,
  }
  // What is compiled, opened and started at its first use is no fault of a file.
  for (const door of Object.keys(doors)) for (const file of GOOD) await send(door, file)
  await held()
}, 180_000)
afterAll(async () => {
  await server.stop()
  folder.remove()
})

const sheet = (body: string) => zipOf(bookParts({ sheet: `<sheetData>${body}</sheetData>` }))
const GOOD = [
  {
    fileName: '表.xlsx',
    bytes: sheet(rows(3, (r) => `<c r="A${r}" t="inlineStr"><is><t>姓名${r}</t></is></c>`)),
  },
  ...[...hostileWords()].slice(0, 1),
]

async function send(door: string, { bytes, fileName }: { bytes: Uint8Array; fileName: string }) {
  const body = new FormData()
  if (NAMING_ORG.has(door)) body.set('org', org)
  body.set('file', new Blob([new Uint8Array(bytes)]), fileName)
  const begun = performance.now()
  const answer = await fetch(`${server.url}/api/${doors[door]}`, { method: 'POST', headers, body })
  const { code = 'read' } = (await answer.json()) as { code?: string }
  return { status: answer.status, code, milliseconds: Math.round(performance.now() - begun) }
}

/** Since the last question. */
async function held(): Promise<Held> {
  const told = once(server.process, 'message')
  server.process.send?.('held')
  return ((await told) as [Held])[0]
}

/** Of the processes that read for the server, the largest now. */
function largestReader(): number {
  const told = execFileSync('ps', ['-eo', 'ppid=,rss=,args='], { encoding: 'utf8' })
  const sizes = told
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)/.exec(line))
    .filter((found) => Number(found?.[1]) === server.process.pid && found?.[3]?.includes('guard/child.ts'))
  return Math.max(0, ...sizes.map((found) => Number(found?.[2]) / 1024))
}

async function pictures() {
  const large = { width: 9_000, height: 9_000, channels: 3 as const, background: '#345' }
  const [jpeg, png] = await Promise.all([
    sharp({ create: large }).jpeg().toBuffer(),
    sharp({ create: { ...large, width: 20_000, height: 20_000 }, limitInputPixels: false })
      .png()
      .toBuffer(),
  ])
  return [
    { name: '81 million points', fileName: 'a.jpg', bytes: new Uint8Array(jpeg) },
    { name: '400 million points', fileName: 'a.png', bytes: new Uint8Array(png) },
    {
      name: 'a picture cut short',
      fileName: 'a.jpg',
      bytes: new Uint8Array(jpeg.subarray(0, jpeg.length >> 1)),
    },
    { name: '20 MB of nothing', fileName: 'a.jpg', bytes: new Uint8Array(20 * 1024 * 1024 - 10) },
  ]
}

interface Sent {
  door: string
  name: string
  right?: string
  file: { bytes: Uint8Array; fileName: string }
}

/** @returns what is not as it should be */
async function tried({ door, name, right = 'any', file }: Sent): Promise<string[]> {
  const { status, code, milliseconds } = await send(door, file)
  const { delay, work, megabytes } = await held()
  const told = `${name} at ${door}: ${status} ${code}, ${milliseconds} ms, thread ${work} ms, loop ${delay} ms, ${megabytes} MB`
  console.log(told)
  const good =
    status < 500 && milliseconds <= ANSWER_MS && work <= HELD_MS && (right === 'any' || code === right)
  return good ? [] : [`${told}; right: ${right}`]
}

describe('hostile files', () => {
  test('in Word at every door', async () => {
    const wrong: string[] = []
    for (const { name, right, ...file } of hostileWords())
      for (const door of Object.keys(doors))
        wrong.push(...(await tried({ door, name, right: door === 'form' ? right : 'any', file })))
    expect(wrong).toEqual([])
  })

  test('in Excel and text at every door', async () => {
    const wrong: string[] = []
    for (const { name, right: _, ...file } of hostileFiles())
      for (const door of Object.keys(doors)) wrong.push(...(await tried({ door, name, file })))
    expect(wrong).toEqual([])
  })

  test('as pictures', async () => {
    const wrong: string[] = []
    for (const { name, ...file } of await pictures())
      wrong.push(...(await tried({ door: 'photos', name, file })))
    expect(wrong).toEqual([])
  })
})

test('a million cells are read within a gigabyte, and the server does not grow with them', async () => {
  const line = (r: number) =>
    Array.from({ length: 100 }, (_, c) => `<c t="inlineStr"><is><t>第${r}行${c}</t></is></c>`).join('')
  const bytes = sheet(rows(10_000, line))
  const before = await held()
  let most = 0
  const look = setInterval(() => {
    most = Math.max(most, largestReader())
  }, 50)
  const sent = await send('import', { bytes, fileName: '百万格.xlsx' })
  clearInterval(look)
  const after = await held()
  console.log(
    `a million cells (${bytes.length} bytes): ${sent.status} ${sent.code}, ${sent.milliseconds} ms; reader ${Math.round(most)} MB, server ${before.megabytes} → ${after.megabytes} MB, thread ${after.work} ms, loop ${after.delay} ms`,
  )
  expect(sent.status).toBeLessThan(500)
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThan(READER_MB)
  expect(after.megabytes - before.megabytes).toBeLessThan(GROWTH_MB)
  expect(after.work).toBeLessThanOrEqual(HELD_MS)
})
