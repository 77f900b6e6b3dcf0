/** A request that is sent again under its key happens once, and a key never opens another request's answer. */
import type { FastifyInstance } from 'fastify'
import type { TSchema } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../domain/index.ts'
import { turnDemoOn } from '../domain/structure/accounts/demo.ts'
import { addAccount, addHolder } from '../domain/structure/accounts/setup.ts'
import { forgetKeys } from '../kernel/once.ts'
import { openWorld, type TestWorld } from '../kernel/testing.ts'
import { migrations } from '../migrations/index.ts'
import { inTransaction, plantTree, type Tree } from '../test/worlds/tree.ts'
import { buildApp } from './app.ts'

let world: TestWorld
let tree: Tree
let app: FastifyInstance
let token = ''
const ids: Record<'first' | 'second' | 'appointment', string> = { first: '', second: '', appointment: '' }
const numbers = ['990101200203040019', '990101200305060029']

beforeAll(async () => {
  world = await openWorld(migrations)
  tree = await plantTree(world.services)
  await inTransaction(world.services, async (ctx) => {
    const personId = await addHolder(ctx, tree.north, { name: '林一', post: 'secretary', postTitle: '书记' })
    const accountId = await addAccount(ctx, { personId, name: '林一', username: 'lin' })
    const role = { id: 'township', title: '乡镇团委书记', name: '林一', errand: '记', start: '/' }
    await turnDemoOn(ctx.db, { roles: [{ ...role, accountId }] })
  })
  app = await buildApp(world.services, { pages: '/nowhere' })
  token = (
    await app.inject({ method: 'POST', url: '/api/demo/session', payload: { role: 'township' } })
  ).json().token
  ids.first = (await enter('赵甲', 0)).personId
  ids.second = (await enter('钱乙', 1)).personId
})
afterAll(async () => {
  await app.close()
  await world.close()
})

type Method = 'POST' | 'PATCH' | 'PUT' | 'DELETE'
const send = async (
  key: string | null,
  method: Method,
  path: string,
  payload: object | string,
  more = {},
) => {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(key !== null && { 'idempotency-key': key }),
    ...more,
  }
  const answer = await app.inject({ method, url: `/api${path}`, headers, payload })
  return { status: answer.statusCode, ...answer.json() }
}

const enter = (name: string, which: number) =>
  send(null, 'POST', '/members', {
    orgId: tree.willow.id,
    person: {
      name,
      sex: which === 0 ? 'male' : 'female',
      idNumber: numbers[which],
      phone: `1990000111${which}`,
    },
    startReason: 'roster',
    from: '2021-05-04',
  })

const activity = (title: string) => ({ orgId: tree.willow.id, day: '2024-05-04', title, personTimes: 3 })
const record = (key: string | null, body: object) => send(key, 'POST', '/ledgers/themeActivity/records', body)
const titled = (title: string) =>
  world.owner.selectFrom('record').select('id').where('title', '=', title).execute()
const traces = (subjectId: string, verb: string) =>
  world.owner
    .selectFrom('history')
    .select('detail')
    .where('subjectId', '=', subjectId)
    .where('verb', '=', verb)
    .execute()

describe('a key is bound to what was asked under it', () => {
  test('the same again is answered the same and written once, also when both come at once', async () => {
    const body = activity('植树')
    const both = await Promise.all(Array.from({ length: 5 }, () => record('tree', body)))
    expect(both[0]?.status).toBe(200)
    expect(new Set(both.map((one) => JSON.stringify(one))).size).toBe(1)
    const { title, ...turned } = body
    expect(await record('tree', { title, ...turned })).toEqual(both[0])
    expect(await titled('植树')).toHaveLength(1)
  })

  test('another body, another path, another method: refused with words, and nothing is written', async () => {
    const first = await record('bound', activity('清明祭扫'))
    const others = [
      await record('bound', activity('登高')),
      await send('bound', 'POST', `/records/${first.id}/void`, { reason: '记重了' }),
      await send('bound', 'PATCH', `/records/${first.id}`, { version: 1, title: '登高' }),
    ]
    for (const other of others) {
      expect(other).toMatchObject({ status: 422, code: 'keyUsed' })
      expect(other.title).toMatch(/没有保存.*请/)
    }
    expect(await titled('登高')).toEqual([])
    expect(await record('bound', activity('清明祭扫'))).toEqual(first)
  })

  test('what was refused may be mended and sent under the same key', async () => {
    expect((await record('mended', { ...activity('观影'), day: '2031-01-01' })).status).toBe(400)
    expect((await record('mended', activity('观影'))).status).toBe(200)
  })

  test('files are part of the question', async () => {
    const { id } = await record(null, activity('摄影'))
    const attach = (content: string) =>
      send('photo', 'POST', `/records/${id}/attachments`, form('照片.pdf', `%PDF-1.4 ${content}`), multipart)
    const one = await attach('一')
    expect(one.status).toBe(200)
    expect(await attach('一')).toEqual(one)
    expect(await attach('二')).toMatchObject({ status: 422, code: 'keyUsed' })
    const kept = await world.owner.selectFrom('attachment').select('id').where('recordId', '=', id).execute()
    expect(kept).toHaveLength(1)
  })

  test('two acts of one request are done once together', async () => {
    const correct = () =>
      send('both', 'POST', `/organisations/${tree.willow.id}/corrections`, {
        facts: { name: '柳河新村团支部' },
        openedOn: '2020-03-01',
        reason: '原名有误',
      })
    const before = await world.owner.selectFrom('history').select('id').execute()
    const first = await correct()
    expect(first.status).toBe(200)
    const after = await world.owner.selectFrom('history').select('id').execute()
    expect(after.length - before.length).toBe(2)
    expect(await correct()).toEqual(first)
    expect(await world.owner.selectFrom('history').select('id').execute()).toHaveLength(after.length)
  })

  test('a key that is too long is refused rather than passed over', async () => {
    expect(await record('k'.repeat(201), activity('夜跑'))).toMatchObject({ status: 400, code: 'badKey' })
    expect(await titled('夜跑')).toEqual([])
  })

  test('another account has keys of its own', async () => {
    const stranger = await inTransaction(world.services, async (ctx) => {
      const personId = await addHolder(ctx, tree.south, {
        name: '白二',
        post: 'secretary',
        postTitle: '书记',
      })
      return addAccount(ctx, { personId, name: '白二', username: 'bai' })
    })
    await record('shared', activity('晨读'))
    const kept = await world.owner
      .selectFrom('idempotency')
      .select('accountId')
      .where('key', '=', 'shared')
      .execute()
    expect(kept.map((one) => one.accountId)).not.toContain(stranger)
  })
})

describe('numbers, tokens and links', () => {
  const reveal = (id: string) => send('look', 'POST', `/people/${id}/reveal`, { reason: '办理转接' })

  test('are opened anew each time and leave their trace, and a used key opens nobody else', async () => {
    expect(await reveal(ids.first)).toMatchObject({ status: 200, idNumber: numbers[0] })
    expect(await reveal(ids.first)).toMatchObject({ status: 200, idNumber: numbers[0] })
    expect(await traces(ids.first, '查看证件号和电话')).toHaveLength(2)
    const other = await reveal(ids.second)
    expect(other).toMatchObject({ status: 422, code: 'keyUsed' })
    expect(other).not.toHaveProperty('idNumber')
    expect(await traces(ids.second, '查看证件号和电话')).toEqual([])
  })

  test('lie in no kept answer', async () => {
    const kept = JSON.stringify(await world.owner.selectFrom('idempotency').selectAll().execute())
    for (const secret of [...numbers, '19900001110', token]) expect(kept).not.toContain(secret)
  })

  test('every endpoint whose answer could hold one says so', () => {
    const telling = routes
      .map(({ endpoint }) => endpoint)
      .filter(
        (e) => e.method !== 'GET' && namesIn(e.response).some((n) => /^(token|link|idNumber|phone)$/.test(n)),
      )
    expect(telling.map((e) => e.id)).toContain('people.reveal')
    expect(telling.filter((e) => !e.secret).map((e) => e.id)).toEqual([])
  })
})

describe('a record that the phone has named', () => {
  const id = '018f0000-0000-7000-8000-00000000abcd'

  test('is the one that is there when it comes again, even after it was changed', async () => {
    const body = { ...activity('义诊'), id }
    expect(await record('one', body)).toMatchObject({ status: 200, id, version: 1 })
    expect(await record(null, body)).toMatchObject({ status: 200, id })
    expect((await send(null, 'PATCH', `/records/${id}`, { version: 1, personTimes: 4 })).status).toBe(200)
    expect(await record('two', body)).toMatchObject({ status: 200, id, version: 2 })
  })

  test('does not swallow another content, nor another ledger’s or organisation’s', async () => {
    const other = await record('three', { ...activity('义演'), id })
    expect(other).toMatchObject({ status: 409, code: 'idUsed' })
    expect(other.title).toMatch(/没有保存.*请/)
    const elsewhere = await record(null, { ...activity('义诊'), id, orgId: tree.north.id })
    expect(elsewhere).toMatchObject({ status: 409, code: 'idUsed' })
    expect(await titled('义演')).toEqual([])
  })
})

test('keys are let go after a fortnight, and not before', async () => {
  await record('old', activity('旧事'))
  const left = () => world.owner.selectFrom('idempotency').select('key').execute()
  world.setNow('2024-07-01')
  await forgetKeys(world.services)
  expect(await left()).toContainEqual({ key: 'old' })
  world.setNow('2024-07-03')
  await forgetKeys(world.services)
  expect(await left()).toEqual([])
})

const multipart = { 'content-type': 'multipart/form-data; boundary=xx' }
const form = (name: string, content: string) =>
  `--xx\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/pdf\r\n\r\n${content}\r\n--xx--\r\n`

function namesIn(schema: TSchema | undefined): string[] {
  if (!schema || typeof schema !== 'object') return []
  const inner = Object.values(schema).flatMap((part) =>
    Array.isArray(part) ? part.flatMap((one) => namesIn(one as TSchema)) : namesIn(part as TSchema),
  )
  return [...Object.keys((schema as { properties?: object }).properties ?? {}), ...inner]
}
