/** Joint hosts over HTTP: nobody's figures grow by another's word. */
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/id.ts'
import { createApp } from '../../../kernel/serve.ts'
import { plantRecordWorld, type RecordBody, type RecordWorld } from '../../../test/worlds/records.ts'
import { inTransaction, type TreeName } from '../../../test/worlds/tree.ts'
import { routes } from '../../index.ts'
import { moveOrg } from '../../structure/organisations/operations.ts'

let w: RecordWorld
let app: FastifyInstance
const actors = new Map<string, Actor>()

beforeAll(async () => {
  w = await plantRecordWorld()
  const actorOf = async (token: string) => actors.get(token) ?? null
  app = await createApp({ services: w.world.services, routes, actorOf, version: 'test' })
})
afterAll(async () => {
  await app.close()
  await w.world.close()
})

interface Said {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: whatever HTTP answers, looked into by the expectations.
  body: any
}

/** A request of somebody who runs the work of that organisation, or only reads there. */
async function as(
  who: TreeName,
  method: 'GET' | 'POST' | 'PATCH',
  url: string,
  payload?: object,
  role: 'manager' | 'reader' = 'manager',
): Promise<Said> {
  const token = `${who} ${role}`
  if (!actors.has(token)) actors.set(token, w.at(who, role))
  const headers = { authorization: `Bearer ${token}` }
  const answer = await app.inject({ method, url: `/api${url}`, headers, ...(payload && { payload }) })
  return { status: answer.statusCode, body: answer.body ? answer.json() : null }
}

const ids = (...names: TreeName[]) => names.map((name) => w.tree[name].id)

async function record(more: Partial<RecordBody>, who: TreeName = 'willow'): Promise<string> {
  const body = w.planting({ title: `联合 ${newId()}`, orgId: w.tree[who].id, ...more })
  const { status, body: made } = await as(who, 'POST', '/ledgers/themeActivity/records', body)
  expect([status, made]).toMatchObject([200, { version: 1 }])
  return made.id
}

const answer = (who: TreeName, id: string, host: TreeName, said: string, version = 1) =>
  as(who, 'POST', `/records/${id}/hosts/${w.tree[host].id}/answer`, { answer: said, version })

const change = (id: string, body: object, who: TreeName = 'willow') =>
  as(who, 'PATCH', `/records/${id}`, body)

const open = async (who: TreeName, id: string) => (await as(who, 'GET', `/records/${id}`)).body
const statesOf = async (id: string, who: TreeName = 'willow') =>
  Object.fromEntries(
    (await open(who, id)).standings.map((s: { name: string; state: string }) => [s.name, s.state]),
  )

/** Every figure, list and count that reads hosts, of one organisation. */
async function seenBy(who: TreeName) {
  const org = w.tree[who].id
  const figure = async (measure: string) => {
    const url = `/figures?measure=${measure}&org=${org}&from=2024-01-01&to=2024-06-30`
    return (await as(who, 'GET', url)).body.value ?? 0
  }
  const list = (await as(who, 'GET', `/ledgers/themeActivity/records?org=${org}`)).body
  const ledgers = (await as(who, 'GET', `/ledgers?org=${org}&from=2024-01-01&to=2024-06-30`)).body.ledgers
  const counted = ledgers.find((l: { definition: { id: string } }) => l.definition.id === 'themeActivity')
  const recent = (await as(who, 'GET', `/records/recent?org=${org}&limit=100`)).body.records
  return {
    count: await figure('themeActivity.count'),
    times: await figure('themeActivity.personTimes'),
    records: await figure('record.count'),
    listed: list.total,
    summed: list.figures.personTimes ?? 0,
    counted: [counted?.records ?? 0, counted?.personTimes ?? 0],
    recent: recent.length,
  }
}

const waitingFor = async (who: TreeName, depth = '0') =>
  (await as(who, 'GET', `/hosts/waiting?org=${w.tree[who].id}&depth=${depth}`)).body.records

describe('a host beyond the neighbours', () => {
  test.each(['south', 'district'] as const)(
    '%s counts it only between its yes and its leaving',
    async (host) => {
      const before = await seenBy(host)
      const id = await record({ hosts: ids(host), personTimes: 100_000 })
      expect(await seenBy(host)).toEqual(before)
      expect(await statesOf(id)).toEqual({ [w.tree[host].name]: 'invited' })
      expect((await waitingFor(host)).map((r: { id: string }) => r.id)).toContain(id)

      expect(await answer(host, id, host, 'agree')).toMatchObject({ status: 200, body: { state: 'agreed' } })
      const agreed = await seenBy(host)
      expect(agreed).toEqual({
        count: before.count + 1,
        times: before.times + 100_000,
        records: before.records + 1,
        listed: before.listed + 1,
        summed: before.summed + 100_000,
        counted: [before.counted[0] + 1, before.counted[1] + 100_000],
        recent: before.recent + 1,
      })
      expect(await waitingFor(host)).toEqual([])
      await as('willow', 'POST', `/records/${id}/void`, { reason: '试一试' })
      expect(await seenBy(host)).toEqual(before)
      await as('willow', 'POST', `/records/${id}/restore`)
      expect(await seenBy(host)).toEqual(agreed)

      expect(await answer(host, id, host, 'leave', 3)).toMatchObject({ status: 200 })
      expect(await seenBy(host)).toEqual(before)
      expect((await as(host, 'GET', `/records/${id}`)).status).toBe(404)
      const { history } = await open('willow', id)
      expect(history.map((h: { verb: string; by: string }) => [h.verb, h.by]).slice(1)).toEqual([
        ['agree', `${w.tree[host].name}的人`],
        ['void', '柳河村团支部的人'],
        ['restore', '柳河村团支部的人'],
        ['leave', `${w.tree[host].name}的人`],
      ])
    },
  )

  test('counts once above both, before and after', async () => {
    const before = await seenBy('city')
    const id = await record({ hosts: ids('district', 'south'), personTimes: 7 })
    const after = await seenBy('city')
    expect([after.count - before.count, after.times - before.times]).toEqual([1, 7])
    await answer('district', id, 'district', 'agree')
    await answer('south', id, 'south', 'agree')
    expect(await seenBy('city')).toEqual(after)
  })

  test('is named in sentences only once it agrees', async () => {
    const body = w.planting({ title: '登山', hosts: ids('peach', 'district') })
    const made = (await as('willow', 'POST', '/ledgers/themeActivity/records', body)).body
    expect([made.sentence.includes('联合'), made.asked]).toEqual([false, ['桃源村团支部', '江北区']])
    await answer('peach', made.id, 'peach', 'agree')
    const seen = await open('willow', made.id)
    expect(seen.sentence).toContain('联合桃源村团支部')
    expect(seen.sentence).not.toContain('江北区')
    expect(seen.hosts.map((h: { state: string }) => h.state)).toEqual(['agreed', 'invited'])
  })
})

test('neighbours under one superior, the superior and what is below are hosts at once', async () => {
  const before = await seenBy('class1')
  const id = await record({ hosts: ids('school', 'class1', 'north'), personTimes: 5 })
  expect(Object.values(await statesOf(id))).toEqual(['agreed', 'agreed', 'agreed'])
  expect((await seenBy('class1')).times).toBe(before.times + 5)
  const below = await record({ hosts: ids('willow') }, 'north')
  expect(await statesOf(below, 'north')).toEqual({ 柳河村团支部: 'agreed' })
  const byBoth = await record({ orgId: w.tree.willow.id, hosts: ids('peach') }, 'county')
  // Who of another office answered is told to those who may answer for it, and to nobody else.
  const told = async (who: TreeName) => (await open(who, byBoth)).standings
  expect(await told('willow')).toMatchObject([{ state: 'agreed', answeredBy: null }])
  expect(await told('peach')).toMatchObject([{ state: 'agreed', answeredBy: '云溪县的人' }])
})

test('who lies in another county is found by code or whole name, and by nothing less', async () => {
  const found = async (q: string) =>
    (await as('willow', 'GET', `/hosts/search?q=${encodeURIComponent(q)}`)).body.organisations.map(
      (o: { name: string }) => o.name,
    )
  expect(await found('桃')).toEqual(['桃源村团支部'])
  for (const less of ['江北', '江北区', '北区', '市/江北区']) expect(await found(less)).toEqual([])
  for (const whole of ['云州市/江北区', '云州市 / 江北区', w.tree.district.code])
    expect(await found(whole)).toEqual(['江北区'])
  for (const whole of ['云州市/云溪县/白鹭镇', w.tree.south.code])
    expect(await found(whole)).toEqual(['白鹭镇'])
})

describe('who answers', () => {
  test('the host, or somebody above it; nobody else', async () => {
    const id = await record({ hosts: ids('south') })
    for (const [who, status] of [
      ['willow', 403],
      ['north', 403],
      ['school', 404],
      ['class1', 404],
      ['peach', 404],
      ['district', 404],
    ] as const)
      expect([who, (await answer(who, id, 'south', 'agree')).status]).toEqual([who, status])
    const reading = { answer: 'agree', version: 1 }
    const url = `/records/${id}/hosts/${w.tree.south.id}/answer`
    expect((await as('south', 'POST', url, reading, 'reader')).status).toBe(403)
    expect(await statesOf(id)).toEqual({ 白鹭镇: 'invited' })
    expect((await answer('county', id, 'south', 'agree')).status).toBe(200)
  })

  test('only for a host that is one, of a record that is there', async () => {
    const id = await record({ hosts: ids('south') })
    expect((await answer('south', newId(), 'south', 'agree')).status).toBe(404)
    expect((await answer('county', id, 'plum', 'agree')).status).toBe(404)
    expect((await answer('south', id, 'south', 'leave')).body).toMatchObject({ code: 'answered' })
    await as('willow', 'POST', `/records/${id}/void`, { reason: '没有办' })
    expect((await waitingFor('south')).map((r: { id: string }) => r.id)).not.toContain(id)
    expect((await answer('south', id, 'south', 'agree', 2)).body).toMatchObject({ code: 'voided' })
  })

  test('once: of two at the same moment one is told that it was answered', async () => {
    const id = await record({ hosts: ids('district') })
    const two = await Promise.all([
      answer('district', id, 'district', 'agree'),
      answer('city', id, 'district', 'agree'),
    ])
    expect(two.map((t) => t.status).sort()).toEqual([200, 409])
    expect((await open('willow', id)).history).toHaveLength(2)
    const mirrors = await w.world.owner
      .selectFrom('record')
      .select('homeCountyId')
      .where('id', '=', id)
      .where('homeCountyId', 'is not', null)
      .execute()
    expect(mirrors).toHaveLength(1)
  })

  test('sees the facts before, and nobody’s name; strangers see nothing', async () => {
    const id = await record({
      hosts: ids('south'),
      participants: [{ name: '林一舟' }],
      fields: { place: '村口' },
    })
    const seen = await open('south', id)
    expect(seen).toMatchObject({
      personTimes: 32,
      named: 1,
      fields: { place: '村口' },
      invited: true,
      mine: false,
      participants: [],
      attachments: [],
      history: [],
    })
    expect(JSON.stringify([seen, await waitingFor('south')])).not.toContain('林一舟')
    expect((await as('plum', 'GET', `/records/${id}`)).status).toBe(404)
    await answer('south', id, 'south', 'agree')
    expect((await open('south', id)).participants).toMatchObject([{ name: '林一舟' }])
  })
})

describe('a change', () => {
  test('of what it says asks again whoever had to be asked: 8 do not become 100,000', async () => {
    const before = await seenBy('south')
    const id = await record({ hosts: ids('south', 'school'), personTimes: 8 })
    await answer('south', id, 'south', 'agree')
    const school = await seenBy('school')
    expect((await change(id, { version: 1, personTimes: 100_000 })).body.asked).toEqual(['白鹭镇'])
    expect(await seenBy('south')).toEqual(before)
    expect((await seenBy('school')).times).toBe(school.times + 99_992)
    const { history } = await open('willow', id)
    expect(history.at(-1).changes).toContainEqual(
      expect.objectContaining({ field: 'hosts', after: '青石中学团总支、白鹭镇（待同意）' }),
    )
    expect((await answer('south', id, 'south', 'agree')).body).toMatchObject({ code: 'changedMeanwhile' })
    await answer('south', id, 'south', 'agree', 2)
    expect((await seenBy('south')).times).toBe(before.times + 100_000)
    await answer('south', id, 'south', 'leave', 2)
  })

  test.each([
    ['people', { participants: [{ name: '甲', hours: 9000 }] }],
    ['day', { day: '2024-04-01' }],
    ['fields', { fields: { beneficiaries: 90_000 } }],
    ['quantities', { quantities: [{ what: '植树', amount: '90000', unit: '株' }] }],
    ['title', { title: '另一件事' }],
  ])('asks again when it is of %s', async (_what, more) => {
    const id = await record({ hosts: ids('south'), participants: [{ name: '甲', hours: 1 }] })
    await answer('south', id, 'south', 'agree')
    expect((await change(id, { version: 1, ...more })).status).toBe(200)
    expect(await statesOf(id)).toEqual({ 白鹭镇: 'invited' })
  })

  test('of nothing, of the other hosts, or by somebody above both asks nobody', async () => {
    const id = await record({ hosts: ids('south', 'school') })
    await answer('south', id, 'south', 'agree')
    await change(id, { version: 1, personTimes: 32, title: (await open('willow', id)).title })
    await change(id, { version: 2, hosts: ids('south', 'plum') })
    await change(id, { version: 3, personTimes: 40 }, 'county')
    expect(await statesOf(id)).toEqual({ 白鹭镇: 'agreed', 李家村团支部: 'invited' })
  })

  test('takes an invitation back; a no is remembered, and asked again only by name', async () => {
    const id = await record({ hosts: ids('south', 'peach', 'school') })
    await change(id, { version: 1, hosts: ids('peach', 'school') })
    expect((await waitingFor('south')).map((r: { id: string }) => r.id)).not.toContain(id)
    expect((await answer('south', id, 'south', 'agree', 2)).status).toBe(404)
    await answer('peach', id, 'peach', 'decline', 2)
    await answer('school', id, 'school', 'leave', 2)
    await change(id, { version: 2, personTimes: 9 })
    expect(await statesOf(id)).toEqual({ 桃源村团支部: 'declined', 青石中学团总支: 'left' })
    await change(id, { version: 3, hosts: [] })
    await change(id, { version: 4, hosts: ids('peach', 'school') })
    expect(await statesOf(id)).toEqual({ 桃源村团支部: 'invited', 青石中学团总支: 'invited' })
  })

  test('of many at once asks as well, and its undo does not agree for anybody', async () => {
    const id = await record({ hosts: ids('south') })
    await answer('south', id, 'south', 'agree')
    const body = { ids: [id], deed: { kind: 'set', field: 'personTimes', value: 90_000 } }
    const preview = await as('willow', 'POST', '/ledgers/themeActivity/bulk/preview', body)
    expect(preview.body.sample[0].changes).toContainEqual(
      expect.objectContaining({ title: '联合组织', after: '白鹭镇（待同意）' }),
    )
    const { body: done } = await as('willow', 'POST', '/ledgers/themeActivity/bulk', body)
    expect(await statesOf(id)).toEqual({ 白鹭镇: 'invited' })
    await as('willow', 'POST', `/bulk/${done.result.bulk}/undo`)
    expect(await statesOf(id)).toEqual({ 白鹭镇: 'invited' })
  })
})

test('a merge of two records keeps who agreed to neither asked, and its undo gives every answer back', async () => {
  const one = await record({ title: '清河行动', hosts: ids('south') })
  const other = await record({ title: '清河行动', orgId: w.tree.school.id, hosts: ids('peach') }, 'school')
  await answer('south', one, 'south', 'agree')
  await answer('peach', other, 'peach', 'agree')
  const seen = (await as('north', 'GET', `/duplicates/records/${one}/${other}`)).body
  const merged = await as('north', 'POST', `/duplicates/records/${one}/${other}/merge`, {
    keep: 'one',
    seen: seen.seen,
  })
  expect(merged.status).toBe(200)
  expect(await statesOf(one)).toEqual({ 青石中学团总支: 'agreed', 白鹭镇: 'agreed', 桃源村团支部: 'invited' })
  await as('north', 'POST', `/duplicates/record-merges/${merged.body.merge}/undo`)
  expect([await statesOf(one), await statesOf(other, 'school')]).toEqual([
    { 白鹭镇: 'agreed' },
    { 桃源村团支部: 'agreed' },
  ])
})

test('a move makes nobody’s answer another; what is changed after it is asked by where they stand then', async () => {
  const id = await record({ hosts: ids('school') })
  expect(await statesOf(id)).toEqual({ 青石中学团总支: 'agreed' })
  await inTransaction(w.world.services, (ctx) => moveOrg(ctx, w.tree.willow, w.tree.south, '2024-06-01'))
  const moved = { ...w.tree.willow, path: `${w.tree.south.path}${w.tree.willow.code}/` }
  w.tree.willow = moved
  actors.clear()
  expect(await statesOf(id)).toEqual({ 青石中学团总支: 'agreed' })
  await change(id, { version: 1, personTimes: 33 })
  expect(await statesOf(id)).toEqual({ 青石中学团总支: 'invited' })
})
