import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { turnDemoOn } from '../domain/structure/accounts/demo.ts'
import { addAccount, addHolder } from '../domain/structure/accounts/setup.ts'
import { openWorld, type TestWorld } from '../kernel/testing.ts'
import { migrations } from '../migrations/index.ts'
import { inTransaction, plantTree, type Tree } from '../test/worlds/tree.ts'
import { buildApp } from './app.ts'

let world: TestWorld
let tree: Tree
let app: FastifyInstance
const pages = mkdtempSync(join(tmpdir(), 'mingzhang-pages-'))

beforeAll(async () => {
  mkdirSync(join(pages, 'assets'))
  writeFileSync(join(pages, 'index.html'), '<title>desk</title>')
  writeFileSync(join(pages, 'm.html'), '<title>phone</title>')
  writeFileSync(join(pages, 'assets/app-1a2b.js'), 'plain')
  writeFileSync(join(pages, 'assets/app-1a2b.js.br'), 'pressed')
  world = await openWorld(migrations)
  tree = await plantTree(world.services)
  await inTransaction(world.services, async (ctx) => {
    const personId = await addHolder(ctx, tree.north, { name: '林一', post: 'secretary', postTitle: '书记' })
    const accountId = await addAccount(ctx, { personId, name: '林一', username: 'lin' })
    const role = { id: 'township', title: '乡镇团委书记', name: '林一', errand: '记', start: '/' }
    await turnDemoOn(ctx.db, { roles: [{ ...role, accountId }] })
  })
  app = await buildApp(world.services, { pages })
})
afterAll(async () => {
  await app.close()
  await world.close()
  rmSync(pages, { recursive: true })
})

const signIn = () => app.inject({ method: 'POST', url: '/api/demo/session', payload: { role: 'township' } })

describe('the API', () => {
  test('knows a caller by cookie or by token, and nobody without', async () => {
    expect((await app.inject('/api/organisations')).statusCode).toBe(401)
    const answer = await signIn()
    const { token } = answer.json() as { token: string }
    const cookie = answer.cookies.find((c) => c.name === 'mz_session')
    expect(cookie).toMatchObject({ value: token, httpOnly: true, sameSite: 'Lax' })
    const ways = [{ headers: { authorization: `Bearer ${token}` } }, { cookies: { mz_session: token } }]
    for (const way of ways) {
      const { organisations, total } = (await app.inject({ url: '/api/organisations', ...way })).json()
      expect([organisations[0].name, total]).toEqual(['青石镇', 4])
      expect(organisations[0]).not.toHaveProperty('pathNow')
    }
  })

  test('counts the tree for the figures that everybody asks', async () => {
    const { token } = (await signIn()).json() as { token: string }
    const ask = async (measure: string, more = '') =>
      (
        await app.inject({
          url: `/api/figures?org=${tree.north.code}&asOf=2024-06-01&measure=${measure}${more}`,
          headers: { authorization: `Bearer ${token}` },
        })
      ).json().value
    const values = [
      await ask('org.subordinates'),
      await ask('org.below'),
      await ask('org.count'),
      await ask('org.count', '&depth=0'),
      await ask('org.branches'),
      await ask('org.villageBranches'),
      await ask('org.committees'),
      await ask('org.opened', '&from=2020-01-01'),
      await ask('pioneers.committees'),
    ]
    expect(values).toEqual([2, 3, 4, 1, 2, 1, 0, 3, 0])
  })
})

describe('an ID number', () => {
  const number = '99010120010101109X'
  const asked = async (method: 'POST' | 'PATCH', url: string, payload: object) => {
    const { token } = (await signIn()).json() as { token: string }
    const answer = await app.inject({ method, url, payload, headers: { authorization: `Bearer ${token}` } })
    const { code, problems = [] } = answer.json() as { code: string; problems?: { field: string }[] }
    return [answer.statusCode, code, problems.map((p) => p.field)]
  }

  test('is taken where it is asked for, and in no other text of any call', async () => {
    const orgId = tree.willow.id
    const entered = { orgId, startReason: 'roster', from: '2024-01-01' }
    const refused = (...fields: string[]) => [400, 'idNumber', fields]
    expect(
      await asked('POST', '/api/members', { ...entered, person: { name: `赵一${number}`, note: '无' } }),
    ).toEqual(refused('person.name'))
    expect(await asked('POST', '/api/views', { list: 'members', name: number })).toEqual(refused('name'))
    expect(await asked('PATCH', `/api/people/${orgId}`, { version: 1, occupation: `工 ${number}` })).toEqual(
      refused('occupation'),
    )
    expect(
      await asked('POST', `/api/records/${orgId}/void`, {
        version: 1,
        reason: '重了，见 990101-20010101-109x',
      }),
    ).toEqual(refused('reason'))
    expect(
      (await asked('POST', '/api/members', { ...entered, person: { name: '赵一', idNumber: number } }))[0],
    ).toBe(200)
  })
})

describe('the pages', () => {
  test.each([
    ['/', 200, 'desk', 'no-cache'],
    ['/organisations/123?asOf=2024-01-01', 200, 'desk', 'no-cache'],
    ['/m', 200, 'phone', 'no-cache'],
    ['/m/record', 200, 'phone', 'no-cache'],
    ['/measures', 200, 'desk', 'no-cache'],
    ['/assets/app-1a2b.js', 200, 'plain', 'public, max-age=31536000, immutable'],
    ['/assets/gone.js', 404, '没有这个页面', undefined],
    ['/api/nothing', 404, '没有这个接口', 'no-store'],
  ])('%s', async (url, status, text, caching) => {
    const answer = await app.inject(url)
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([status, caching])
    expect(answer.body).toContain(text)
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.anything(),
    })
  })

  test('are sent compressed where they were built so', async () => {
    const url = '/assets/app-1a2b.js'
    const answer = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } })
    expect([answer.body, answer.headers['content-encoding']]).toEqual(['pressed', 'br'])
  })

  test('the server says that it is well', async () => {
    expect((await app.inject('/healthz')).json()).toEqual({ ok: true })
  })
})
