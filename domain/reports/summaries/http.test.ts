import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Route, run } from '../../../kernel/route.ts'
import { createApp } from '../../../kernel/serve.ts'
import { openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { plantTownship, type Township } from '../../../test/worlds/township.ts'
import { everywhere } from '../../../test/worlds/tree.ts'
import { getSummary, type Summary } from './contract.ts'
import { routes } from './handlers.ts'
import { type Body, figure, paragraph, text } from './model.ts'

let world: TestWorld
let place: Township
let app: Awaited<ReturnType<typeof createApp>>
const me = everywhere()

beforeAll(async () => {
  world = await openWorld(migrations, '2024-07-01 09:30')
  place = await plantTownship(world)
  app = await createApp({ services: world.services, routes, actorOf: async () => me, version: '0' })
})
afterAll(async () => {
  await app.close()
  await world.close()
})

async function send(method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) {
  const headers = { 'x-requested-with': 'mingzhang' }
  const cookies = { mz_session: 'token' }
  const answer = await app.inject({
    method,
    url: `/api${url}`,
    headers,
    cookies,
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, json: answer.json() }
}

test('every kind of run and value survives the way to the browser and back', async () => {
  const made = await send('POST', '/summaries', { org: place.town.id, period: '2024H1' })
  expect(made.status).toBe(200)
  const summary = made.json as Summary
  const route = routes.find((r) => r.endpoint.id === getSummary.id) as Route<typeof getSummary>
  const direct = await run(world.services, me, route, { params: { id: summary.id } })
  expect((await send('GET', `/summaries/${summary.id}`)).json).toEqual(JSON.parse(JSON.stringify(direct)))

  const runs = [
    text('植树在'),
    figure({ measure: 'volunteering.day', where: { record: place.records.planting } }, { withinYear: 2024 }),
    figure({
      measure: 'members.count',
      org: place.willow.id,
      period: { asOf: '2024-05-01 12:00' },
      depth: '0',
    }),
    figure(
      { measure: 'themeActivity.count', period: { from: '2023-01-01', to: '2023-12-31' } },
      { bound: 'notLess' },
    ),
    figure({ measure: 'training.personTimes' }, { unitWord: false, style: 'over', decimals: 1 }),
  ]
  const body: Body = { sections: [{ id: 's', level: 1, title: '试', paragraphs: [paragraph(runs)] }] }
  const saved = await send('PUT', `/summaries/${summary.id}`, { version: summary.version, body })
  expect(saved.status).toBe(200)
  const again = (await send('GET', `/summaries/${summary.id}`)).json as Summary
  expect(again.body).toEqual(body)
  expect(again.figures.map((f) => [f.value, f.display])).toEqual([
    ['2024-03-12', '3月12日'],
    [2, '2人'],
    [1, '不少于1场'],
    [null, '—'],
  ])
})

test('a text of another shape is refused before it is read', async () => {
  const { json } = await send('GET', `/summaries?org=${place.town.code}&period=2024H1`)
  const [{ id, version }] = (json as { summaries: [{ id: string; version: number }] }).summaries
  const body = { sections: [{ id: 's', level: 7, title: '试', paragraphs: [] }] }
  expect((await send('PUT', `/summaries/${id}`, { version, body })).status).toBe(400)
  expect((await send('GET', `/summaries/${id}`)).json).toMatchObject({ version })
})
