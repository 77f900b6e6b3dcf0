/** What the outside sees of the doors: cookies, addresses, waits. */
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword } from '../domain/structure/accounts/password.ts'
import { addAccount, addHolder } from '../domain/structure/accounts/setup.ts'
import type { Front } from '../kernel/serve.ts'
import { openWorld, type TestWorld } from '../kernel/testing.ts'
import { migrations } from '../migrations/index.ts'
import { inTransaction, plantTree, type Tree } from '../test/worlds/tree.ts'
import { buildApp } from './app.ts'

const PASSWORD = 'songshu-7-baohu'
const PHONE = 'Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0'

let world: TestWorld
let tree: Tree
let person: string
const apps: FastifyInstance[] = []

beforeAll(async () => {
  world = await openWorld(migrations, '2024-06-18 09:30', 2)
  tree = await plantTree(world.services)
  person = await inTransaction(world.services, async (ctx) => {
    const personId = await addHolder(ctx, tree.north, { name: '林一', post: 'secretary', postTitle: '书记' })
    const passwordHash = await hashPassword(PASSWORD)
    await addAccount(ctx, { personId, name: '林一', username: 'lin', passwordHash })
    return personId
  })
})
afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()))
  await world.close()
})

async function served(front?: Front): Promise<FastifyInstance> {
  const app = await buildApp(world.services, { pages: '/no-pages', front })
  apps.push(app)
  return app
}

interface Ask {
  password?: string
  headers?: Record<string, string>
  cookies?: Record<string, string>
}

const signIn = (app: FastifyInstance, { password = PASSWORD, ...rest }: Ask = {}) =>
  app.inject({ method: 'POST', url: '/api/session', payload: { username: 'lin', password }, ...rest })

const FROM_PROXY = { 'x-forwarded-for': '10.1.2.3', 'x-forwarded-proto': 'https' }

describe('cookies', () => {
  test('are bare over plain HTTP, and a stranger’s word for TLS is not taken', async () => {
    const { cookies, headers } = await signIn(await served(), { headers: FROM_PROXY })
    expect(cookies.map((c) => [c.name, c.secure, c.httpOnly])).toEqual([
      ['mz_session', undefined, true],
      ['mz_device', undefined, true],
    ])
    expect(headers).not.toHaveProperty('strict-transport-security')
  })

  test('are bound to the host and to TLS behind a proxy that is known, or where it is set', async () => {
    const known = await served({ proxies: ['127.0.0.1'], hstsDays: 180 })
    const set = await served({ https: true })
    const [behind, always] = [await signIn(known, { headers: FROM_PROXY }), await signIn(set)]
    for (const { cookies } of [behind, always])
      expect(cookies.map((c) => [c.name, c.secure, c.path])).toEqual([
        ['__Host-mz_session', true, '/'],
        ['__Host-mz_device', true, '/'],
      ])
    expect(behind.headers['strict-transport-security']).toBe(`max-age=${180 * 86_400}`)
    const token = (behind.json() as { token: string }).token
    const ask = (name: string) =>
      known.inject({ url: '/api/me/sessions', headers: FROM_PROXY, cookies: { [name]: token } })
    expect((await ask('mz_session')).statusCode).toBe(401)
    expect((await ask('__Host-mz_session')).json()).toMatchObject({
      sessions: expect.arrayContaining([expect.objectContaining({ current: true, address: '10.1.2.3' })]),
    })
  })
})

test('a wait is told in the answer, and spares the known browser', async () => {
  const app = await served()
  const { cookies } = await signIn(app)
  const device = cookies.find((c) => c.name === 'mz_device')?.value ?? ''
  for (let n = 0; n < 6; n++) await signIn(app, { password: 'wrong' })
  const refused = await signIn(app)
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '1'])
  expect(refused.json()).toMatchObject({ code: 'wait', title: expect.stringMatching(/请等 1 秒再试/) })
  expect((await signIn(app, { cookies: { mz_device: device } })).statusCode).toBe(200)
  world.setNow('2024-06-18 09:31')
})

describe('one’s sessions', () => {
  test('are listed, ended one by one or all but this, and are nobody else’s', async () => {
    const app = await served()
    const here = (await signIn(app)).json() as { token: string }
    const phone = (await signIn(app, { headers: { 'user-agent': PHONE } })).json() as { token: string }
    const ask = async (token: string, url = '/api/me/sessions', method: 'GET' | 'DELETE' = 'GET') => {
      const answer = await app.inject({ method, url, headers: { authorization: `Bearer ${token}` } })
      return {
        status: answer.statusCode,
        sessions: (answer.json().sessions ?? []) as { id: string; device: string; current: boolean }[],
      }
    }
    const listed = await ask(here.token)
    const other = listed.sessions.find((s) => s.device === '微信 · 安卓手机')
    expect(listed.sessions[0]).toMatchObject({ current: true })
    expect((await ask(here.token, `/api/me/sessions/${other?.id}`, 'DELETE')).status).toBe(200)
    expect((await ask(here.token, `/api/me/sessions/${other?.id}`, 'DELETE')).status).toBe(404)
    expect((await ask(phone.token)).status).toBe(401)
    expect((await ask(here.token, '/api/me/sessions', 'DELETE')).sessions).toMatchObject([{ current: true }])
  })

  test('end unused, on a phone later than on a computer, and as the setting says', async () => {
    const app = await served()
    world.setNow('2024-06-18 10:00')
    const desk = (await signIn(app)).json() as { token: string }
    const phone = (await signIn(app, { headers: { 'user-agent': PHONE } })).json() as { token: string }
    const alive = async ({ token }: { token: string }) =>
      (await app.inject({ url: '/api/me', headers: { authorization: `Bearer ${token}` } })).statusCode === 200
    world.setNow('2024-06-18 21:59')
    expect([await alive(desk), await alive(phone)]).toEqual([true, true])
    world.setNow('2024-06-19 10:00')
    expect([await alive(desk), await alive(phone)]).toEqual([false, true])
    const value = JSON.stringify({ desktopHours: 12, phoneDays: 2, longestDays: 90 })
    await world.owner.insertInto('setting').values({ key: 'sessions', value }).execute()
    world.setNow('2024-06-21 10:01')
    expect(await alive(phone)).toBe(false)
  })

  test('lose their rights the moment a post ends, in a second server as well', async () => {
    world.setNow('2024-06-21 10:02')
    const [one, two] = [await served(), await served()]
    const { token } = (await signIn(one)).json() as { token: string }
    const ask = (app: FastifyInstance) =>
      app.inject({ url: '/api/organisations', headers: { authorization: `Bearer ${token}` } })
    expect([(await ask(one)).statusCode, (await ask(two)).statusCode]).toEqual([200, 200])
    await world.owner
      .updateTable('appointment')
      .set({ validTo: '2024-06-21 10:02:00' })
      .where('personId', '=', person)
      .execute()
    expect([(await ask(one)).statusCode, (await ask(two)).statusCode]).toEqual([403, 403])
  })
})
