/** Sends many odd requests to every endpoint and tells which were answered as they should not be. */
import { Ajv } from 'ajv'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { routes } from '../../domain/index.ts'
import { builtInLedgers } from '../../domain/records/ledgers/registry.ts'
import type { Actor } from '../../kernel/context.ts'
import type { Endpoint } from '../../kernel/endpoint.ts'
import { newId } from '../../kernel/id.ts'
import { createApp } from '../../kernel/serve.ts'
import { FORMATS } from '../../kernel/shapes.ts'
import { actorWith, type TestWorld } from '../../kernel/testing.ts'
import { plantTownship } from '../worlds/township.ts'
import { requestsOf, type Sent } from './requests.ts'
import type { Known } from './values.ts'

export interface Found {
  fault: string
  sent: Sent
  answer: string
}

export interface Told {
  sent: number
  byStatus: Record<string, number>
  found: Found[]
  slowestMs: number
  /** Of another user's `/api/me` meanwhile. */
  besideMs: number
}

const AT_ONCE = 4
const LONGEST_MS = 10_000

export async function openFuzzed(world: TestWorld): Promise<{ app: FastifyInstance; known: Known }> {
  const town = await plantTownship(world)
  const grant = (org: typeof town.county, role: 'administrator' | 'manager') =>
    actorWith([{ orgId: org.id, countyId: org.countyId, path: org.pathNow, role }])
  const actors: Record<string, Actor> = {
    county: grant(town.county, 'administrator'),
    town: grant(town.town, 'manager'),
  }
  const app = await createApp({
    services: world.services,
    routes,
    actorOf: async (token) => actors[token] ?? null,
    version: '0',
  })
  // The first request of a process compiles what all others use.
  await app.inject('/api/me')
  return { app, known: await knownOf(world) }
}

async function knownOf(world: TestWorld): Promise<Known> {
  const rows = async (table: 'org' | 'person' | 'record' | 'membership' | 'appointment' | 'participation') =>
    (await world.owner.selectFrom(table).select('id').limit(5).execute()).map((row) => row.id)
  const ids = [...(await rows('org')), ...(await rows('person')), ...(await rows('record'))]
  ids.push(...(await rows('membership')), ...(await rows('appointment')))
  const codes = (await world.owner.selectFrom('org').select('code').execute()).map((row) => row.code)
  const measures = [
    'members.count',
    'members.share',
    'records.count',
    'org.count',
    'themeActivity.count',
    'officers.count',
  ]
  const words = [
    ...codes.slice(0, 3),
    '青石镇团委',
    '赵甲',
    ...measures,
    ...builtInLedgers.slice(0, 4).map((one) => one.id),
  ]
  return {
    ids,
    words: [
      ...words,
      '2024H1',
      '2024-03',
      '2024',
      'male',
      '女',
      'title',
      'day',
      'place',
      'org',
      'own',
      'all',
      '1',
      '主题团日',
    ],
  }
}

/** `seed` gives the same requests again, as far as the world is the same. */
export async function fuzz(
  { app, known }: { app: FastifyInstance; known: Known },
  { count, seed }: { count: number; seed: number },
): Promise<Told> {
  const told: Told = { sent: 0, byStatus: {}, found: [], slowestMs: 0, besideMs: 0 }
  const each = Math.ceil(count / routes.length)
  const waiting = routes.flatMap(({ endpoint }: { endpoint: Endpoint }, i) =>
    fc
      .sample(requestsOf(endpoint, known), { seed: seed + i, numRuns: each })
      .map((sent, n) => ({ endpoint, sent, n })),
  )
  const inTurn = waiting.sort((a, b) => a.n - b.n)
  const hand = async () => {
    for (let next = inTurn.shift(); next; next = inTurn.shift()) await sendOne(app, next, told)
  }
  const beside = besides(app, told)
  await Promise.all(Array.from({ length: AT_ONCE }, hand))
  await beside.stop()
  return told
}

async function sendOne(
  app: FastifyInstance,
  { endpoint, sent, n }: { endpoint: Endpoint; sent: Sent; n: number },
  told: Told,
): Promise<void> {
  const begun = performance.now()
  // As the pages do, every write has a key of its own.
  const key = endpoint.method === 'GET' ? {} : { 'idempotency-key': newId() }
  const headers = { authorization: `Bearer ${n % 3 === 2 ? 'town' : 'county'}`, ...key, ...sent.headers }
  const answer = await app.inject({ ...sent, headers } as never)
  const took = performance.now() - begun
  told.sent++
  told.byStatus[answer.statusCode] = (told.byStatus[answer.statusCode] ?? 0) + 1
  told.slowestMs = Math.max(told.slowestMs, took)
  const fault = faultOf(endpoint, answer, took)
  if (fault) told.found.push({ fault, sent, answer: answer.body.slice(0, 300) })
}

const ajv = new Ajv({ strict: false })
for (const [name, check] of Object.entries(FORMATS)) ajv.addFormat(name, check)
ajv.addFormat('uuid', true)

type Answer = { statusCode: number; body: string; headers: Record<string, unknown>; json: () => unknown }

function faultOf(endpoint: Endpoint, answer: Answer, took: number): string | null {
  if (answer.statusCode >= 500) return `answered ${answer.statusCode}`
  if (took > LONGEST_MS) return `took ${Math.round(took)} ms`
  if (answer.statusCode >= 400) return hasWords(answer) ? null : 'no words'
  if (endpoint.raw === 'download' || !endpoint.response || answer.body === '') return null
  if (ajv.validate(endpoint.response, answer.json())) return null
  return `answer does not fit: ${ajv.errorsText().slice(0, 200)}`
}

const hasWords = (answer: Answer) =>
  /[一-龥]/.test(String((answer.json() as { title?: unknown } | null)?.title))

/** Another user goes on working. */
function besides(app: FastifyInstance, told: Told) {
  let going = true
  const ask = async () => {
    while (going) {
      const begun = performance.now()
      await app.inject({ url: '/api/me', headers: { authorization: 'Bearer town' } })
      told.besideMs = Math.max(told.besideMs, performance.now() - begun)
      await new Promise((next) => setTimeout(next, 20))
    }
  }
  const asked = ask()
  return {
    async stop() {
      going = false
      await asked
    },
  }
}
