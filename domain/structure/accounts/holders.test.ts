/** An account is touched by who covers all posts of its holder, and nobody hands out more than they hold. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../../kernel/context.ts'
import type { Endpoint, Input, Output } from '../../../kernel/endpoint.ts'
import { newId } from '../../../kernel/id.ts'
import { type Route, run } from '../../../kernel/route.ts'
import { openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { makeKnown } from '../../../test/worlds/known.ts'
import { inTransaction, plantTree, type Tree, type TreeName } from '../../../test/worlds/tree.ts'
import { appoint, correctAppointment } from '../appointments/contract.ts'
import * as appointments from '../appointments/handlers.ts'
import { actorOfAccount } from './actors.ts'
import * as contract from './contract.ts'
import * as accounts from './handlers.ts'
import { addAccount, addHolder } from './setup.ts'

let world: TestWorld
let tree: Tree

beforeAll(async () => {
  world = await openWorld(migrations)
  tree = await plantTree(world.services)
})
afterAll(() => world.close())

const routes = [...accounts.routes, ...appointments.routes]

function call<E extends Endpoint>(actor: Actor, endpoint: E, input: Partial<Input<E>>): Promise<Output<E>> {
  const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>
  return run(world.services, actor, found, input)
}

const done = async (attempt: Promise<unknown>) =>
  (await Promise.allSettled([attempt]))[0]?.status === 'fulfilled'

interface Held {
  at: TreeName
  post: string
  from: string
  to: string
  voided?: boolean
}

const NOW = '2024-06-18 09:30:00'
const ever = { from: '2020-05-01 00:00:00', to: 'infinity' }

/** A person who holds these posts, and the account of that person. */
async function holder(posts: Held[]): Promise<{ personId: string; accountId: string }> {
  return inTransaction(world.services, async (ctx) => {
    const personId = await addHolder(ctx, tree.willow, { name: '林一', post: 'staff', postTitle: '干事' })
    await ctx.db.deleteFrom('appointment').where('personId', '=', personId).execute()
    const rows = posts.map(({ at, post, from, to, voided }) => ({
      countyId: tree[at].countyId,
      id: newId(),
      personId,
      orgId: tree[at].id,
      termId: null,
      post,
      postTitle: post,
      officerKind: null,
      mode: null,
      validFrom: from,
      fromPrecision: 'day',
      validTo: to,
      toPrecision: null,
      endReason: null,
      batchId: null,
      version: 1,
      recordedBy: newId(),
      recordedAt: ctx.now,
      voidedAt: voided ? ctx.now : null,
    }))
    for (const row of rows) await makeKnown(ctx.db, row.countyId, personId)
    if (rows.length > 0) await ctx.db.insertInto('appointment').values(rows).execute()
    return { personId, accountId: await addAccount(ctx, { personId, name: '林一', username: newId() }) }
  })
}

async function signedIn(posts: Held[]): Promise<Actor> {
  const actor = await actorOfAccount(world.services, (await holder(posts)).accountId)
  if (!actor) throw new Error('no account')
  return actor
}

const chief = (at: TreeName) => signedIn([{ at, post: 'administrator', ...ever }])

describe('the county’s secretary', () => {
  const past: Held = {
    at: 'north',
    post: 'secretary',
    from: '2018-01-01 00:00:00',
    to: '2021-03-01 00:00:00',
  }
  const county: Held = { at: 'county', post: 'secretary', ...ever }

  test('is out of a township’s reach, whatever post there has ended or is given', async () => {
    const { personId, accountId } = await holder([past, county])
    const north = await chief('north')
    const params = { id: accountId }
    const attempts = [
      () => call(north, contract.inviteAgain, { params }),
      () => call(north, contract.closeAccount, { params }),
      () => call(north, contract.endAccountSessions, { params }),
      () => call(north, contract.createAccount, { body: { personId, username: 'second' } }),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ kind: 'notFound' })
    const body = { orgId: tree.north.id, post: 'staff', from: '2024-06-01', personId }
    // Not even findable: the post there has ended; whoever can, appoints.
    await done(call(north, appoint, { body }))
    await holderAlso(personId, { at: 'north', post: 'staff', ...ever })
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow(/管不到的组织任职/)
    const listed = await call(north, contract.listAccounts, {})
    expect(listed.accounts.map((a) => a.id)).not.toContain(accountId)
    const above = await chief('county')
    expect((await call(above, contract.listAccounts, {})).accounts.map((a) => a.id)).toContain(accountId)
    expect(await call(above, contract.inviteAgain, { params })).toMatchObject({ id: accountId })
  })

  test('without a post in force is with whoever covers the last one', async () => {
    const ended = { ...county, to: '2023-01-01 00:00:00' }
    const { accountId } = await holder([past, ended])
    const params = { id: accountId }
    await expect(call(await chief('north'), contract.inviteAgain, { params })).rejects.toMatchObject({
      kind: 'notFound',
    })
    expect(await call(await chief('county'), contract.inviteAgain, { params })).toMatchObject({
      id: accountId,
    })
  })
})

async function holderAlso(personId: string, { at, post, from, to }: Held) {
  await makeKnown(world.owner, tree[at].countyId, personId)
  await world.owner
    .insertInto('appointment')
    .values({
      countyId: tree[at].countyId,
      id: newId(),
      personId,
      orgId: tree[at].id,
      termId: null,
      post,
      postTitle: post,
      officerKind: null,
      mode: null,
      validFrom: from,
      fromPrecision: 'day',
      validTo: to,
      toPrecision: null,
      endReason: null,
      batchId: null,
      version: 1,
      recordedBy: newId(),
      recordedAt: NOW,
      voidedAt: null,
    })
    .execute()
}

test('nobody raises what they may do themselves', async () => {
  const secretary = await signedIn([{ at: 'north', post: 'secretary', ...ever }])
  const personId = secretary.personId ?? ''
  const orgId = tree.north.id
  const body = { orgId, personId, post: 'administrator', from: '2024-06-01' }
  await expect(call(secretary, appoint, { body })).rejects.toThrow(/系统管理员只能由系统管理员/)
  const own = await world.owner
    .selectFrom('appointment')
    .select(['id', 'version'])
    .where('personId', '=', personId)
    .executeTakeFirstOrThrow()
  const change = { params: { id: own.id }, body: { version: own.version, post: 'administrator' } }
  await expect(call(secretary, correctAppointment, change)).rejects.toThrow(/系统管理员只能由系统管理员/)
  const staff = await call(secretary, appoint, {
    body: { ...body, post: 'staff', confirmed: ['secretaryHeld'] },
  })
  expect(staff).toMatchObject({ personId })
})

const place = fc.constantFrom<TreeName>(
  'city',
  'county',
  'district',
  'north',
  'south',
  'school',
  'willow',
  'peach',
)
const POSTS = ['administrator', 'secretary', 'staff', 'reviewer', 'groupLeader']
const moments = [
  '2019-01-01 00:00:00',
  '2021-03-01 00:00:00',
  '2023-01-01 00:00:00',
  '2024-09-01 00:00:00',
  'infinity',
]
const span = fc
  .tuple(fc.nat(moments.length - 1), fc.nat(moments.length - 1))
  .filter(([from, to]) => from < to)
  .map(([from, to]) => ({ from: moments[from] ?? '', to: moments[to] ?? '' }))
const heldPost = fc
  .tuple(place, fc.constantFrom(...POSTS), span, fc.boolean(), fc.boolean())
  .map(([at, post, dates, voided, also]): Held => ({ at, post, ...dates, voided: voided && also }))
const held = fc.array(heldPost, { maxLength: 3 })
const givers = fc.array(
  fc.tuple(place, fc.constantFrom('administrator', 'administrator', 'secretary')).map(
    ([at, post]): Held => ({
      at,
      post,
      ...ever,
    }),
  ),
  { minLength: 1, maxLength: 2 },
)

const alive = (posts: Held[]) => posts.filter((p) => !p.voided && p.to > NOW)

/** The rule as one would tell it. */
function mayTouch(giver: Held[], posts: Held[]): boolean {
  const standing = posts.filter((p) => !p.voided)
  const last = standing
    .map((p) => p.to)
    .sort()
    .at(-1)
  const deciding = alive(posts).length > 0 ? alive(posts) : standing.filter((p) => p.to === last)
  const covered = ({ at }: Held) =>
    giver.some((g) => g.post === 'administrator' && tree[at].path.startsWith(tree[g.at].path))
  return deciding.length > 0 && deciding.every(covered)
}

const STRENGTH: Record<string, number> = {
  administrator: 3,
  secretary: 2,
  staff: 1,
  reviewer: 0,
  groupLeader: -1,
}

const mayAppoint = (giver: Held[], at: TreeName, post: string): boolean =>
  giver.some(
    (g) => tree[at].path.startsWith(tree[g.at].path) && (STRENGTH[g.post] ?? 0) >= (STRENGTH[post] ?? 0),
  )

test('any posts of holder and giver: touched and listed as the rule says', async () => {
  await fc.assert(
    fc.asyncProperty(held, givers, async (posts, giver) => {
      const [{ accountId }, actor] = [await holder(posts), await signedIn(giver)]
      const expected = mayTouch(giver, posts)
      expect(await done(call(actor, contract.inviteAgain, { params: { id: accountId } }))).toBe(expected)
      const listed = await call(actor, contract.listAccounts, {}).catch(() => ({ accounts: [] }))
      expect(listed.accounts.some((a) => a.id === accountId)).toBe(expected)
    }),
    { numRuns: 60 },
  )
})

test('any post at any place is given by who holds as much there, by nobody else', async () => {
  await fc.assert(
    fc.asyncProperty(givers, place, fc.constantFrom(...POSTS), async (giver, at, post) => {
      const actor = await signedIn(giver)
      const person = { name: `新${newId().slice(-6)}` }
      const body = { orgId: tree[at].id, person, post, from: '2024-06-01', confirmed: ['secretaryHeld'] }
      expect(await done(call(actor, appoint, { body }))).toBe(mayAppoint(giver, at, post))
    }),
    { numRuns: 40 },
  )
})
