/** What the server answers beneath and around its endpoints: strange addresses and sites, impossible values, failures. */
import { openSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import Type from 'typebox'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { endpoint } from '../kernel/endpoint.ts'
import { route, stepwise } from '../kernel/route.ts'
import { createApp } from '../kernel/serve.ts'
import { Day, LooseDate, Moment } from '../kernel/shapes.ts'
import { openWorld, type TestWorld } from '../kernel/testing.ts'
import { migrations } from '../migrations/index.ts'

const Question = Type.Object({
  day: Type.Optional(Day),
  at: Type.Optional(Moment),
  loose: Type.Optional(LooseDate),
  count: Type.Optional(Type.Integer()),
  share: Type.Optional(Type.Number()),
  text: Type.Optional(Type.String()),
  any: Type.Optional(Type.Unknown()),
  person: Type.Optional(Type.Object({ name: Type.String(), birth: Type.Optional(LooseDate) })),
  part: Type.Optional(
    Type.Union([
      Type.Object({ kind: Type.Literal('share'), of: Type.String() }),
      Type.Object({ kind: Type.Literal('day'), day: Day }),
      Type.Null(),
    ]),
  ),
  named: Type.Optional(Type.Record(Type.String(), Type.String())),
})
const asking = { summary: '试', right: 'public' as const }
const ask = endpoint({ ...asking, id: 'try.ask', method: 'GET', path: '/try', query: Question })
const tell = endpoint({ ...asking, id: 'try.tell', method: 'POST', path: '/try', body: Question })
const form = endpoint({
  ...asking,
  id: 'try.form',
  method: 'POST',
  path: '/try/form',
  raw: 'upload',
  body: Type.Object({ a: Type.Optional(Type.String()) }),
})
const raised = endpoint({
  ...asking,
  id: 'try.raise',
  method: 'POST',
  path: '/try/raised/:code',
  params: Type.Object({ code: Type.String() }),
})
const full = endpoint({ ...asking, id: 'try.full', method: 'POST', path: '/try/full' })
const paper = endpoint({ ...asking, id: 'try.paper', method: 'GET', path: '/try/paper', raw: 'download' })

const killed = endpoint({ ...asking, id: 'try.killed', method: 'POST', path: '/try/killed' })
const endless = endpoint({ ...asking, id: 'try.endless', method: 'POST', path: '/try/endless' })

let world: TestWorld
let app: FastifyInstance
beforeAll(async () => {
  world = await openWorld(migrations)
  const routes = [
    route(ask, async (_, { query }) => query),
    route(tell, async (_, { body }) => body),
    route(form, async (_, { body }) => body),
    route(raised, async (ctx, { params }) => {
      await sql
        .raw(`do $$ begin raise exception 'row of 张三' using errcode = '${params.code}'; end $$`)
        .execute(ctx.db)
    }),
    route(killed, async (ctx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(ctx.db)
      await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(world.owner)
      await sql`select 1`.execute(ctx.db)
    }),
    route(full, async () => writeSync(openSync('/dev/full', 'w'), 'x')),
    route(paper, async () => ({
      name: '证明.pdf',
      mediaType: 'application/pdf',
      body: new Uint8Array(3),
      inline: true,
    })),
  ]
  app = await createApp({
    services: world.services,
    routes,
    actorOf: async () => null,
    version: '0',
    front: { hostNames: ['mz.example.cn'] },
  })
})
afterAll(async () => {
  await app.close()
  await world.close()
})

const post = (url: string, payload: unknown, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: `/api${url}`,
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    headers: { 'content-type': 'application/json', ...headers },
  })

describe('by which name', () => {
  const statusAt = async (host: string) =>
    (await app.inject({ url: '/api/try', headers: { host } })).statusCode
  test.each([
    'localhost:3000',
    '127.0.0.1',
    '[::1]:3000',
    `${hostname()}:3000`,
    hostname().toUpperCase(),
    `${hostname()}.local`,
    'mz.example.cn',
    'MZ.example.cn.:443',
  ])('%s is answered', async (host) => expect(await statusAt(host)).toBe(200))

  test.each([
    'evil.example',
    'evil.example:3000',
    '203.0.113.9',
    'localhost.evil.example',
    '[2001:db8::9]',
    '0x7f.1',
  ])('%s is refused', async (host) => expect(await statusAt(host)).toBe(403))

  test('and says what to set', async () => {
    const answer = await app.inject({ url: '/anything', headers: { host: 'evil.example' } })
    expect(answer.json()).toMatchObject({ code: 'foreignHost' })
    expect(answer.json().title).toContain('--host-name evil.example')
  })
})

describe('from which site', () => {
  const from = async (headers: Record<string, string>) =>
    (await post('/try', {}, { host: 'localhost:3000', ...headers })).statusCode
  test.each<[Record<string, string>, number]>([
    [{}, 200],
    [{ origin: 'http://localhost:3000' }, 200],
    [{ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }, 200],
    [{ 'sec-fetch-site': 'none' }, 200],
    [{ origin: 'http://localhost:4000' }, 403],
    [{ origin: 'http://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'not an origin' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
  ])('%j: %i', async (headers, status) => expect(await from(headers)).toBe(status))

  test('reading is not asked where it comes from', async () => {
    const headers = { host: 'localhost', origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' }
    expect((await app.inject({ url: '/api/try', headers })).statusCode).toBe(200)
  })
})

describe('every answer of the API', () => {
  test.each(['/api/try', '/api/try?day=2024-02-30', '/api/nothing'])(
    '%s is kept, guessed at and framed nowhere',
    async (url) => {
      const { headers } = await app.inject(url)
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
      expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
    },
  )

  test('a file that somebody sent in is shown in a sandbox', async () => {
    const { headers } = await app.inject('/api/try/paper')
    expect(headers['content-security-policy']).toMatch(/^sandbox;/)
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'content-type': 'application/pdf' })
  })
})

describe('what cannot be is refused with words', () => {
  const long = '9'.repeat(400)
  test.each([
    'day=2024-02-30',
    'day=2024-13-01',
    'day=0000-01-01',
    'day=9999-12-31',
    'at=2024-06-18%2024:00',
    'at=2024-06-31',
    'loose=2024-00',
    'loose=0000',
    'count=Infinity',
    'count=1e21',
    'count=2147483648',
    `count=${long}`,
    'share=1e300',
    'text=a%00b',
    'text%00=b',
  ])('GET %s', async (query) => {
    const answer = await app.inject(`/api/try?${query}`)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().title).toMatch(/请/)
  })

  test.each([
    'day=2024-02-29',
    'at=2024-06-18%2023:59',
    'loose=2024',
    'count=2147483647',
    'share=0.5',
    'text=%F0%A0%AE%B7',
  ])('GET %s is taken', async (query) => expect((await app.inject(`/api/try?${query}`)).statusCode).toBe(200))

  test.each([
    ['half of a pair', '{"any": {"deep": ["\\ud800"]}}', 'unwritable'],
    ['NUL as a key', '{"any": {"\\u0000": 1}}', 'unwritable'],
    ['too deep', `{"any": ${'['.repeat(5000)}${']'.repeat(5000)}}`, 'tooDeep'],
    ['a number too large', '{"count": 1e21}', 'shape'],
    ['no JSON', '{"any": ', 'request'],
    ['a prototype', '{"__proto__": {"any": 1}}', 'request'],
  ])('POST %s', async (_, payload, code) => {
    const answer = await post('/try', payload)
    expect([answer.statusCode, answer.json().code]).toEqual([400, code])
  })

  test.each(['/api/try/%', '/api/%E0%A4%A', '/%ff'])('the address %s', async (url) => {
    const answer = await app.inject(url)
    expect([400, 404]).toContain(answer.statusCode)
    expect(answer.json().title).toMatch(/[一-龥]/)
  })

  const multipart = { 'content-type': 'multipart/form-data; boundary=xx' }
  const field = (name: string, value: string) =>
    `--xx\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  test.each([
    ['cut off', '--xx\r\ncontent-disposition: form-data; name="a"; filename="b"\r\n\r\nhalf', multipart],
    ['without a boundary', `${field('a', 'b')}--xx--`, { 'content-type': 'multipart/form-data' }],
    ['not a form', '{}', { 'content-type': 'application/json' }],
    ['holding NUL', `${field('a', 'b\0')}--xx--`, multipart],
  ])('a form %s', async (_, payload, headers) => {
    const answer = await post('/try/form', payload, headers)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().title).toMatch(/请|格式不对/)
  })

  test('a form that is whole is taken', async () => {
    const answer = await post('/try/form', `${field('a', '青石镇')}--xx--\r\n`, multipart)
    expect([answer.statusCode, answer.json()]).toEqual([200, { a: '青石镇' }])
  })
})

describe('what no contract knows is refused, with the name that may have been meant', () => {
  const problemsOf = async (asked: Promise<LightMyRequestResponse>) => {
    const answer = await asked
    return [answer.statusCode, answer.json().problems]
  }
  const unknown = (field: string, reason: string, remedy: string) => [400, [{ field, reason, remedy }]]

  test('in an address', async () => {
    expect(await problemsOf(app.inject('/api/try?days=2024-02-01'))).toEqual(
      unknown('days', '没有“days”这一项', '是不是“day”？请改过来'),
    )
    const [status, [problem]] = await problemsOf(app.inject('/api/try?zzz=1'))
    expect([status, problem.remedy]).toEqual([400, expect.stringMatching(/^请去掉它。可用：day、at、loose/)])
  })

  test.each([
    [{ person: { name: '尤小', birthDate: '2011-01-01' } }, 'person.birthDate', 'birth'],
    [{ texts: 'a' }, 'texts', 'text'],
    [{ part: { kind: 'day', day: '2024-02-01', off: 'a' } }, 'part.off', 'of'],
    [{ named: { any: 'a' }, nammed: {} }, 'nammed', 'named'],
  ])('in a body: %j', async (body, field, meant) => {
    const [status, problems] = await problemsOf(post('/try', JSON.stringify(body)))
    expect([status, problems[0].field, problems[0].remedy]).toEqual([
      400,
      field,
      `是不是“${meant}”？请改过来`,
    ])
  })

  test('what is known is taken, in every shape that may be meant', async () => {
    const body = {
      person: { name: '尤小', birth: '2011' },
      part: { kind: 'day', day: '2024-02-01' },
      named: { x: '1' },
    }
    expect((await post('/try', JSON.stringify(body))).json()).toEqual(body)
    expect((await post('/try', JSON.stringify({ part: null }))).json()).toEqual({ part: null })
  })

  test('where nothing is asked for', async () => {
    expect((await app.inject('/api/try/paper')).statusCode).toBe(200)
    expect(await problemsOf(app.inject('/api/try/paper?page=2'))).toEqual(
      unknown('page', '没有“page”这一项', '请去掉它。这里不需要任何内容'),
    )
    const [status, problems] = await problemsOf(post('/try/full', '{"reason": "试"}'))
    expect([status, problems[0].field]).toEqual([400, 'reason'])
  })
})

describe('failures beneath', () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const raise = (code: string) => post(`/try/raised/${code}`, {})
  test.each([
    ['22008', 400],
    ['22P02', 400],
    ['22003', 400],
    ['22021', 400],
    ['23502', 400],
    ['23505', 409],
    ['40001', 503],
    ['57P01', 503],
    ['53300', 503],
    ['53100', 507],
    ['42601', 500],
  ])('%s of the database: %i', async (code, status) => {
    const answer = await raise(code)
    expect(answer.statusCode).toBe(status)
    expect(answer.json().title).toMatch(/请/)
    expect(Number(answer.headers['retry-after'] ?? 0) > 0).toBe(status === 503)
    expect(answer.body).not.toContain('张三')
    expect(said.mock.lastCall?.[0]).toContain(code)
    expect(said.mock.lastCall?.[0]).not.toContain('张三')
  })

  test('a disk that is full says what to do', async () => {
    const answer = await post('/try/full', {})
    expect([answer.statusCode, answer.json().code]).toEqual([507, 'diskFull'])
    expect(answer.json().title).toMatch(/磁盘已满.*请告诉管理员/)
  })
})

test('a connection that is killed while it is in use costs its request alone', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const answer = await post('/try/killed', {})
  expect([answer.statusCode, answer.json().code]).toEqual([503, 'databaseAway'])
  expect((await app.inject('/api/try?count=1')).statusCode).toBe(200)
  said.mockRestore()
})

test('the end comes in time: who waits is told, and so is who comes', async () => {
  const reached = Promise.withResolvers<void>()
  const never = () => new Promise<never>(() => reached.resolve())
  const routes = [stepwise(endless, never)]
  const ending = await createApp({
    services: world.services,
    routes,
    actorOf: async () => null,
    version: '0',
  })
  const url = await ending.listen({ port: 0, host: '127.0.0.1' })
  const waiting = fetch(`${url}/api/try/endless`, { method: 'POST' })
  await reached.promise
  const begun = performance.now()
  const closed = ending.close()
  const late = await fetch(`${url}/api/try/endless`, { method: 'POST' })
  for (const answer of [late, await waiting]) {
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ code: 'stopping' })
  }
  await closed
  expect(performance.now() - begun).toBeLessThan(3000)
})
