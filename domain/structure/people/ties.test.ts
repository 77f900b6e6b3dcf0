/** Who may do what with whom, against a plain reading of decision 0027. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insertRows } from '../../../kernel/database/bulk.ts'
import type { Endpoint, Output } from '../../../kernel/endpoint.ts'
import { Refusal } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import type { Call } from '../../../kernel/route.ts'
import { actorWith } from '../../../kernel/testing.ts'
import { type MergeWorld, plantMergeWorld } from '../../../test/worlds/merging.ts'
import type { TreeName } from '../../../test/worlds/tree.ts'
import { appoint, correctAppointment } from '../appointments/contract.ts'
import { correctMembership, enterMember } from '../memberships/contract.ts'
import { mergePeople } from '../merges/contract.ts'
import { correctPerson, getPerson, revealPerson, setTrait } from './contract.ts'

let w: MergeWorld

beforeAll(async () => {
  w = await plantMergeWorld()
})
afterAll(() => w.world.close())

const NOW = '2024-06-18 09:30:00'
const MOMENTS = [
  '2021-03-01',
  '2022-09-01',
  '2023-06-18',
  '2024-06-18',
  '2024-06-19',
  '2025-01-01',
  'infinity',
]
const BRANCHES: TreeName[] = ['willow', 'peach', 'plum', 'class1']
const PLACES: TreeName[] = ['city', 'county', 'district', 'north', 'south', 'school', ...BRANCHES]
const ROLES = ['administrator', 'manager', 'staff', 'reader'] as const

interface Stay {
  place: TreeName
  kind: 'membership' | 'appointment'
  from: string
  to: string
  voided: boolean
}

interface Post {
  place: TreeName
  role: (typeof ROLES)[number]
}

const stay: fc.Arbitrary<Stay> = fc
  .record({
    place: fc.constantFrom(...PLACES),
    kind: fc.constantFrom('membership', 'appointment'),
    days: fc.uniqueArray(fc.constantFrom(...MOMENTS.keys()), { minLength: 2, maxLength: 2 }),
    voided: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  })
  .map(({ days, ...rest }) => {
    const [from = 0, to = 1] = days.sort((a, b) => a - b)
    return { ...rest, from: MOMENTS[from] ?? '', to: MOMENTS[to] ?? '' }
  })

const caller = fc.array(fc.record({ place: fc.constantFrom(...PLACES), role: fc.constantFrom(...ROLES) }), {
  minLength: 1,
  maxLength: 2,
})

const ACTS = ['reveal', 'correct', 'trait', 'end', 'appoint', 'readmit', 'merge'] as const

/** The plain reading: nothing of the product's own but the paths of the tree. */
function oracle(stays: Stay[], posts: Post[]) {
  const alive = stays.filter((s) => !s.voided)
  const state = (s: Stay) => (s.from > NOW ? 'toCome' : s.to > NOW ? 'inForce' : 'past')
  const over = (place: TreeName, roles: readonly string[] = ROLES) =>
    posts.some((p) => roles.includes(p.role) && w.tree[place].path.startsWith(w.tree[p.place].path))
  const inForce = alive.filter((s) => state(s) === 'inForce')
  const past = alive.filter((s) => state(s) === 'past')
  const last = past
    .map((s) => s.to)
    .sort()
    .at(-1)
  const holders = inForce.length > 0 ? inForce : past.length > 0 ? past.filter((s) => s.to === last) : alive
  const changing = ['administrator', 'manager'] as const
  const changes = (place: TreeName) => over(place, changing)
  return {
    whole: holders.some((s) => over(s.place)),
    knows: alive.some((s) => over(s.place)),
    reveal: inForce.some((s) => over(s.place, [...changing, 'staff'])),
    correct: holders.some((s) => changes(s.place)),
    unites:
      alive.every((s) => state(s) === 'past' || changes(s.place)) && holders.some((s) => changes(s.place)),
    changes,
    state,
    over,
  }
}

const day = (moment: string) => (moment === 'infinity' ? moment : `${moment} 00:00:00`)

/** Rows as they may lie in the register, whatever the forms would say of them. */
async function plant(stays: Stay[]): Promise<{ id: string; spans: string[] }> {
  const [id, accountId] = [newId(), newId()]
  const trace = { batchId: null, version: 1, recordedBy: accountId, recordedAt: NOW }
  const counties = [...new Set(stays.map((s) => w.tree[s.place].countyId))]
  const spans = stays.map(() => newId())
  await w.working(async ({ db, services: { secrets } }) => {
    const number = {
      idNoSealed: secrets.seal('99010120010101001X'),
      idNoMasked: '已登记',
      phoneSealed: secrets.seal('19900001234'),
      phoneMasked: '*********34',
    }
    const people = counties.map((countyId) => ({
      countyId,
      id,
      name: '游子',
      nameKey: 'youzi',
      identityState: 'verified',
      occupation: '新单位',
      ...number,
      ...trace,
    }))
    await insertRows(db, 'person', people)
    for (const kind of ['membership', 'appointment'] as const)
      await insertRows(
        db,
        kind,
        stays.flatMap((s, i) => {
          const { id: orgId, countyId } = w.tree[s.place]
          const what =
            kind === 'membership' ? { startReason: 'roster' } : { post: 'committeeMember', postTitle: '委员' }
          const when = { validFrom: day(s.from), fromPrecision: 'day', validTo: day(s.to) }
          const row = { countyId, id: spans[i], personId: id, orgId, ...what, ...when, ...trace }
          return s.kind === kind ? [{ ...row, voidedAt: s.voided ? NOW : null }] : []
        }),
      )
  })
  return { id, spans }
}

const call = <E extends Endpoint>(posts: Post[], endpoint: E, input: Partial<Call<E>>): Promise<Output<E>> =>
  w.call(
    actorWith(
      posts.map(({ place, role }) => {
        const { id, path, countyId } = w.tree[place]
        return { orgId: id, path, role, countyId: place === 'city' ? null : countyId }
      }),
    ),
    endpoint,
    input,
  )

type Told = { kind: string; message: string } | null

/** Null: not refused for want of a right. */
async function toldBy(work: Promise<unknown>): Promise<Told> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return ['notFound', 'forbidden'].includes(error.kind)
      ? { kind: error.kind, message: error.message }
      : null
  }
  return null
}

describe('any ties and any posts', () => {
  test('give what the plain reading gives, and what is refused to a stranger reads as nothing at all', async () => {
    const one = fc.record({
      stays: fc.array(stay, { minLength: 1, maxLength: 3 }),
      posts: caller,
      act: fc.constantFrom(...ACTS),
      place: fc.constantFrom(...BRANCHES),
    })
    await fc.assert(
      fc.asyncProperty(one, async ({ stays, posts, act, place }) => {
        const { id, spans } = await plant(stays)
        const may = oracle(stays, posts)
        const card = await opened(posts, id)
        expect(card ? (card.until === null ? 'whole' : 'then') : 'nothing').toBe(
          may.whole ? 'whole' : may.knows ? 'then' : 'nothing',
        )
        if (card && !may.whole) checkThen(card, stays, may.over)
        const first = stays[0] as Stay
        const acts = actsOn(posts, id, { place, span: spans[0] ?? '', kind: first.kind })
        const wanted = {
          reveal: may.reveal,
          correct: may.correct,
          trait: may.correct,
          end: may.changes(first.place) && (may.state(first) !== 'past' || may.correct),
          appoint: may.changes(place) && may.correct,
          readmit: may.changes(place) && may.correct,
          merge: may.unites && may.changes(posts[0]?.place ?? 'north'),
        }
        const told = await toldBy(acts[act]())
        expect([act, told === null]).toEqual([act, wanted[act]])
        if (told && !may.knows)
          expect(told).toEqual(
            await toldBy(actsOn(posts, newId(), { place, span: newId(), kind: first.kind })[act]()),
          )
      }),
      { numRuns: 60 },
    )
  }, 120_000)
})

const opened = (posts: Post[], id: string) =>
  call(posts, getPerson, { params: { id } }).catch((error: unknown) => {
    expect(error).toMatchObject({ kind: 'notFound', message: '没有找到这个人。' })
    return null
  })

/** Name and own spans; no number, no organisation of others. */
function checkThen(card: Output<typeof getPerson>, stays: Stay[], over: (place: TreeName) => boolean): void {
  const foreign = stays.filter((s) => !over(s.place)).map((s) => w.tree[s.place].id)
  const { person } = card
  expect([...person.memberships, ...person.appointments].filter((s) => foreign.includes(s.orgId))).toEqual([])
  expect(person).toMatchObject({ name: '游子', phoneMasked: null, idNoMasked: null, occupation: null })
  expect(card.may).toEqual({ change: false, reveal: false })
}

interface Aim {
  place: TreeName
  span: string
  kind: Stay['kind']
}

function actsOn(posts: Post[], id: string, { place, span, kind }: Aim) {
  const params = { id }
  const org = w.tree[place].id
  return {
    reveal: () => call(posts, revealPerson, { params, body: { reason: '核对' } }),
    correct: () => call(posts, correctPerson, { params, body: { version: 1, nativePlace: '云溪' } }),
    trait: () => call(posts, setTrait, { params, body: { trait: 'education', value: 'college' } }),
    end: () =>
      kind === 'membership'
        ? call(posts, correctMembership, { params: { id: span }, body: { version: 1, memberNo: '7' } })
        : call(posts, correctAppointment, {
            params: { id: span },
            body: { version: 1, postTitle: '组织委员' },
          }),
    appoint: () =>
      call(posts, appoint, {
        body: { orgId: org, personId: id, post: 'committeeMember', from: '2024-06-01' },
      }),
    readmit: () =>
      call(posts, enterMember, {
        body: { orgId: org, personId: id, startReason: 'transferIn', from: '2024-06-01' },
      }),
    merge: async () => {
      const other = await w.working(async () => plant([{ ...HOME, place: posts[0]?.place ?? 'north' }]))
      return call(posts, mergePeople, {
        params: { one: id, other: other.id },
        body: { seen: 'of another day', keep: 'one' },
      })
    },
  }
}

const HOME: Stay = { place: 'north', kind: 'appointment', from: '2021-03-01', to: 'infinity', voided: false }

describe('a person whom several counties know', () => {
  const stays: Stay[] = [
    { ...HOME, place: 'city', kind: 'membership' },
    { ...HOME, place: 'north', kind: 'membership' },
  ]
  const posts: Post[] = [
    { place: 'north', role: 'administrator' },
    { place: 'city', role: 'staff' },
  ]

  test('is acted on in the county where the caller may, whichever row is newer', async () => {
    for (const order of [stays, [...stays].reverse()]) {
      const { id, spans } = await plant(order)
      for (const act of ['correct', 'appoint', 'readmit'] as const) {
        const acts = actsOn(posts, id, { place: 'willow', span: spans[0] ?? '', kind: 'membership' })
        expect([act, await toldBy(acts[act]())]).toEqual([act, null])
      }
    }
  })
})
