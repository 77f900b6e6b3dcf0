/** Calls made up from contracts: every reference of an endpoint filled with things of a place, the rest plausibly. */
import fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { routes } from '../../domain/index.ts'
import type { Role } from '../../kernel/actions.ts'
import type { Actor, Services } from '../../kernel/context.ts'
import type { Endpoint } from '../../kernel/endpoint.ts'
import { Refusal } from '../../kernel/errors.ts'
import { newId } from '../../kernel/id.ts'
import { referencesOf } from '../../kernel/references.ts'
import { type AnyRoute, admit, run } from '../../kernel/route.ts'
import { OPENED, RESOLVED } from '../../kernel/shapes.ts'
import type { Place, ReferenceWorld } from './world.ts'

export type Target = Place | 'nothing'
type Json = Record<string, unknown>

/** Endpoints that name anything; who is signed in is nobody's reference. */
export const asking: AnyRoute[] = routes.filter(({ endpoint }) => referencesOf(endpoint).length > 0)

/** What a shape alone does not tell: texts by name, and bodies that hang together. */
const TEXTS: Json = {
  period: '2024H1',
  measure: 'volunteering.count',
  until: '2024-06-18',
  text: '志愿服务几次',
  table: 's0',
  post: 'secretary',
  startReason: 'roster',
  username: 'somebody',
  list: 'records',
  part: 'whole',
  seen: 'seen',
  type: 'branch',
  name: '李一',
  columns: 'title',
  sort: 'title',
  group: 'org',
}
const SKIPPED = new Set([
  'sheet',
  'kind',
  'headerRow',
  'statementDate',
  'corrections',
  'picks',
  'voided',
  'code',
])
const BODIES: Record<string, Json> = {
  'bulk.preview': { deed: { kind: 'move' } },
  'bulk.start': { deed: { kind: 'move' } },
  'appointments.appoint': { person: undefined },
  'memberships.enter': { person: undefined },
}

/** Two things of a place, told apart by how often the noun was asked for. */
function namer(w: ReferenceWorld, targets: (at: string) => Target) {
  const asked = new Map<string, number>()
  return function name(noun: string, at: string): string {
    if (noun === 'filter') return name('org', at)
    if (noun === 'where') return JSON.stringify({ org: name('org', at) })
    const target = targets(at)
    const before = asked.get(noun) ?? 0
    asked.set(noun, before + 1)
    if (target === 'nothing')
      return noun === 'upload'
        ? 'f'.repeat(64)
        : noun === 'ownLedger' || noun === 'ledger'
          ? 'ownnothing'
          : newId()
    const ids = w.things[target][noun]
    if (!ids) throw new Error(`no ${noun} is planted`)
    return ids[before % ids.length] ?? ''
  }
}

type Name = (noun: string, at: string) => string

function filled(shape: Json, at: string[], name: Name): unknown {
  const noun = (shape[RESOLVED] ?? shape[OPENED]) as string | undefined
  if (noun) return name(noun, at.join('.'))
  if (shape.const !== undefined) return shape.const
  if (Array.isArray(shape.enum)) return shape.enum[0]
  if (Array.isArray(shape.anyOf)) return filled(holding(shape.anyOf as Json[]), at, name)
  if (shape.type === 'object') return objectOf(shape, at, name)
  if (shape.type === 'array') return [filled(shape.items as Json, [...at, '*'], name)]
  if (shape.type === 'string') return textOf(shape, at.at(-1) ?? '')
  if (shape.type === 'boolean') return false
  return shape.minimum ?? 1
}

/** Of several shapes the one that names something, else the first. */
const holding = (shapes: Json[]): Json =>
  shapes.find((s) => /x-(refers-to|opens)/.test(JSON.stringify(s))) ?? shapes[0] ?? {}

function objectOf(shape: Json, at: string[], name: Name): Json {
  if (shape.patternProperties) return filtersOf(shape, at, name)
  const needed = new Set((shape.required ?? []) as string[])
  return Object.fromEntries(
    Object.entries((shape.properties ?? {}) as Record<string, Json>)
      .filter(
        ([key, of]) =>
          needed.has(key) || (!SKIPPED.has(key) && /x-(refers-to|opens)/.test(JSON.stringify(of))),
      )
      .map(([key, of]) => [key, filled(of, [...at, key], name)]),
  )
}

/** Every source can be filtered by organisation. */
function filtersOf({ patternProperties }: Json, at: string[], name: Name): Json {
  const [of] = Object.values(patternProperties as Record<string, Json>)
  return of?.[OPENED] === 'filter' ? { org: name('filter', [...at, '*'].join('.')) } : {}
}

function textOf(shape: Json, name: string): string {
  const pattern = String(shape.pattern ?? '')
  if (['day', 'moment', 'looseDate'].includes(String(shape.format)))
    return name === 'to' || name === 'cutOff' ? '2024-06-18' : '2024-03-12'
  if (pattern.includes('0-9a-f')) return newId()
  return String(TEXTS[name] ?? '甲')
}

export function inputFor(w: ReferenceWorld, endpoint: Endpoint, targets: (at: string) => Target): Json {
  const name = namer(w, targets)
  const part = (of: unknown, at: string) => (of ? objectOf(of as Json, [at], name) : {})
  const body = part(endpoint.body, 'body')
  const more = BODIES[endpoint.id] ?? {}
  const merged = Object.fromEntries(
    Object.entries({ ...body, ...more }).map(([key, value]) => [
      key,
      value && typeof value === 'object' && !Array.isArray(value)
        ? { ...(body[key] as Json), ...value }
        : value,
    ]),
  )
  // Where ids are named, the filter beside them is not looked at.
  if (targets('body.ids.*') === 'own') delete merged.ids
  return { params: part(endpoint.params, 'params'), query: part(endpoint.query, 'query'), body: merged }
}

/** What was named, and what a call makes, reads alike. */
const plain = (text: string) =>
  text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}|own[a-z0-9]{7,8}/g, '·')

/** A workbook without the hour at which it was written. */
function shown(answer: unknown): string {
  const { body } = (answer ?? {}) as { body?: unknown }
  if (!(body instanceof Uint8Array)) return JSON.stringify(answer) ?? ''
  if (body[0] !== 0x50 || body[1] !== 0x4b) return strFromU8(body)
  const parts = Object.entries(unzipSync(body)).filter(([name]) => !name.startsWith('docProps'))
  return parts.map(([, part]) => strFromU8(part)).join('\n')
}

export interface Told {
  kind: string
  words: string
}

/** What a call comes to; nothing of it stays. */
export async function told(w: ReferenceWorld, actor: Actor, asked: AnyRoute, input: object): Promise<Told> {
  const services: Services = { ...w.world.services, db: rolledBack(w.world.services.db) }
  try {
    // Of an upload, what is named is looked for before its file is read.
    if (asked.endpoint.raw === 'upload') {
      await admit(services, actor, asked, input as never)
      return { kind: 'done', words: '' }
    }
    const answer = await run(services, actor, asked, structuredClone(input))
    return { kind: 'done', words: plain(shown(answer)) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { kind: error.kind, words: plain(error.message + JSON.stringify(error.problems)) }
  }
}

const BACK = new Error('taken back')

/** Every transaction does its work and is undone, so that a thousand calls meet the same world. */
function rolledBack(db: Services['db']): Services['db'] {
  type Begun = ReturnType<Services['db']['transaction']>
  const undone = (begun: Begun): Begun =>
    new Proxy(begun, {
      get(of, key) {
        if (key === 'execute') return (work: Parameters<Begun['execute']>[0]) => andBack(of, work)
        const value: unknown = Reflect.get(of, key)
        return typeof value === 'function'
          ? (...given: unknown[]) => undone(value.apply(of, given) as Begun)
          : value
      },
    })
  return new Proxy(db, {
    get: (of, key) => {
      if (key === 'transaction') return () => undone(of.transaction())
      const value: unknown = Reflect.get(of, key, of)
      return typeof value === 'function' ? value.bind(of) : value
    },
  })
}

async function andBack<T>(
  begun: ReturnType<Services['db']['transaction']>,
  work: (db: never) => Promise<T>,
): Promise<T> {
  const answers: T[] = []
  const taken = begun.execute(async (db) => {
    answers.push(await work(db as never))
    throw BACK
  })
  await taken.catch((error: unknown) => {
    if (error !== BACK) throw error
  })
  return answers[0] as T
}

export interface Case {
  asked: AnyRoute
  role: Role
  /** Where the things stand that are named beyond reach, and which references name them. */
  alien: Target
  beyond: string[]
}

export const placesOf = ({ endpoint }: AnyRoute): string[] =>
  referencesOf(endpoint).map((d) => d.at.join('.'))
export const ALIENS: Target[] = ['neighbour', 'county', 'abroad']

export const cases: fc.Arbitrary<Case> = fc.constantFrom(...asking).chain((asked) =>
  fc.record({
    asked: fc.constant(asked),
    role: fc.constantFrom<Role>('administrator', 'administrator', 'manager', 'staff', 'reader'),
    alien: fc.constantFrom(...ALIENS),
    beyond: fc.subarray(placesOf(asked), {
      minLength: 1,
      maxLength: Math.min(2, placesOf(asked).length),
    }),
  }),
)

/**
 * Where unknown ids are left aside rather than refused: what a list is narrowed by, many at once, and questions that are
 * only stored, for each reader asks them anew within their own reach.
 */
const LEFT_ASIDE = /(^|\.)(ids|batch)(\.\*)?$|\.(question|entry)\.where\.\*$/
/** Anybody may be invited to hold a record together: rules of their own (`records/ledgers`). */
const INVITED = /\.hosts\.\*$/
/** A superior's own ledgers are its subordinates' as well, and records that it holds with them stand in their lists. */
const HANDED_DOWN = new Set(['ledger', 'ownLedger', 'filter', 'where'])

/** Whether what lies beyond reach is answered as nothing at all; words where it is not. */
export async function faultOf(
  w: ReferenceWorld,
  { asked, role, alien, beyond }: Case,
): Promise<string | null> {
  const nouns = new Map(referencesOf(asked.endpoint).map((d) => [d.at.join('.'), d.noun]))
  const wrong = new Set(
    beyond.filter((at) => !INVITED.test(at) && !(alien === 'county' && HANDED_DOWN.has(nouns.get(at) ?? ''))),
  )
  const answer = (target: Target) =>
    told(
      w,
      w.caller(role),
      asked,
      inputFor(w, asked.endpoint, (at) => (wrong.has(at) ? target : 'own')),
    )
  if (wrong.size === 0) return null
  const [there, nothing] = [await answer(alien), await answer('nothing')]
  const said = `${asked.endpoint.id} ${role} ${[...wrong]} ${alien}: ${there.kind} ${there.words} / ${nothing.kind} ${nothing.words}`
  const aside = [...wrong].every((at) => LEFT_ASIDE.test(at))
  if (nothing.kind === 'done' && !aside && asked.endpoint.method !== 'GET')
    return `done with nothing: ${said}`
  // A superior's name is known to those below it.
  if (alien === 'county' && ['notFound', 'forbidden'].includes(there.kind) && nothing.kind === 'notFound')
    return null
  return there.kind === nothing.kind && there.words === nothing.words ? null : said
}
