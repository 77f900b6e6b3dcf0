/** The doors: how often they may be tried, and that no stranger shuts them for whoever has the key. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Endpoint, Input, Output } from '../../../kernel/endpoint.ts'
import { type From, type Route, run } from '../../../kernel/route.ts'
import { nobody } from '../../../kernel/serve.ts'
import { openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { inTransaction, plantTree, type Tree } from '../../../test/worlds/tree.ts'
import { actorOfToken } from './actors.ts'
import * as contract from './contract.ts'
import { routes } from './handlers.ts'
import { invite } from './invitations.ts'
import { hashPassword } from './password.ts'
import type { SignedIn } from './sessions.ts'
import { addAccount, addHolder, setUpLink } from './setup.ts'

let world: TestWorld
let tree: Tree

// One connection: whoever held it and asked for a second would wait for good.
const open = async () => {
  world = await openWorld(migrations, '2024-06-18 09:30', 1)
  tree = await plantTree(world.services)
}

const RIGHT = 'songshu-7-baohu'
const office: From = { address: '10.0.0.8', agent: 'Mozilla/5.0 (Windows NT 10.0) Chrome/120', device: '' }
const stranger: From = { ...office, address: '10.9.9.9' }

function call<E extends Endpoint>(endpoint: E, input: Partial<Input<E>>, from = office): Promise<Output<E>> {
  const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>
  return run(world.services, nobody, found, { ...input, from })
}

const signIn = (username: string, password: string, from = office) =>
  call(contract.signIn, { body: { username, password } }, from) as unknown as Promise<SignedIn>

async function outcome(attempt: Promise<unknown>) {
  const [result] = await Promise.allSettled([attempt])
  if (result.status === 'fulfilled') return { kind: 'in' }
  const { kind, message, retryAfter } = result.reason as {
    kind: string
    message: string
    retryAfter?: number
  }
  return { kind, message, retryAfter }
}

/** As if so many tries had failed before, and nothing else: hashing that often takes long. */
async function failedBefore(username: string, from: From, failures: number) {
  await world.owner.deleteFrom('attempt').execute()
  await outcome(signIn(username, 'wrong', from))
  await world.owner.updateTable('attempt').set({ failures }).execute()
}

describe('signing in', () => {
  beforeAll(async () => {
    await open()
    await inTransaction(world.services, async (ctx) => {
      for (const name of ['lin', 'mei', 'shan', 'tao']) {
        const personId = await addHolder(ctx, tree.north, { name, post: 'secretary', postTitle: '书记' })
        await addAccount(ctx, { personId, name, username: name, passwordHash: await hashPassword(RIGHT) })
      }
    })
  })
  afterAll(() => world.close())

  test('wrong tries at once are counted each, and leave the server whole', async () => {
    const tries = await Promise.all(
      Array.from({ length: 10 }, () => outcome(signIn('lin', 'wrong', stranger))),
    )
    const of = (kind: string) => tries.filter((one) => one.kind === kind).length
    const refused = of('unauthenticated')
    // On a slow machine some pass the gates and find no turn to be looked at: those are told so, and are no tries.
    const busy = of('unavailable')
    expect(refused).toBeGreaterThanOrEqual(1)
    expect(refused + busy).toBeGreaterThanOrEqual(5)
    expect(refused).toBeLessThan(10)
    expect(of('tooMany')).toBe(10 - refused - busy)
    const counted = await world.owner.selectFrom('attempt').select('failures').execute()
    expect(counted.map((one) => one.failures)).toEqual([refused, refused, refused])
    expect((await signIn('lin', RIGHT)).name).toBe('lin')
  })

  test('the wait grows with every failure, to a quarter of an hour', async () => {
    const waits = []
    for (const failures of [4, 5, 6, 7, 20]) {
      await failedBefore('mei', stranger, failures)
      await outcome(signIn('mei', 'wrong', stranger))
      const { retryAfter, kind } = await outcome(signIn('mei', RIGHT, stranger))
      waits.push(retryAfter ?? kind)
    }
    expect(waits).toEqual(['in', 1, 2, 4, 900])
  })

  test('what is answered, and after which try, is alike for a name that nobody has', async () => {
    const series = async (username: string) => {
      await failedBefore(username, stranger, 5)
      return [
        await outcome(signIn(username, 'wrong', stranger)),
        await outcome(signIn(username, 'wrong', stranger)),
      ]
    }
    const told = await series('shan')
    expect(told).toMatchObject([{ kind: 'unauthenticated' }, { kind: 'tooMany', retryAfter: 1 }])
    expect(await series('nobody-of-this-name')).toEqual(told)
  })

  test('a browser known to the account is not held up by strangers, and waits for its own failures', async () => {
    const first = await signIn('tao', RIGHT)
    const known = { ...stranger, device: first.setDevice }
    await failedBefore('tao', stranger, 9)
    await outcome(signIn('tao', 'wrong', stranger))
    const waiting = { kind: 'tooMany' }
    expect(await outcome(signIn('tao', RIGHT, stranger))).toMatchObject(waiting)
    expect((await signIn('tao', RIGHT, known)).name).toBe('tao')
    const forged = { ...stranger, device: `${first.setDevice.slice(0, -2)}xx` }
    expect(await outcome(signIn('tao', RIGHT, forged))).toMatchObject(waiting)
    await failedBefore('tao', known, 10)
    await outcome(signIn('tao', 'wrong', known))
    expect(await outcome(signIn('tao', RIGHT, known))).toMatchObject(waiting)
    // The mark is the account's, not the browser's.
    await failedBefore('shan', stranger, 9)
    await outcome(signIn('shan', 'wrong', stranger))
    expect(await outcome(signIn('shan', RIGHT, known))).toMatchObject(waiting)
  })

  test('one who tries many names from one place is slowed down as well, others are not', async () => {
    const from = { ...stranger, address: '2001:db8:1:2::77' }
    await failedBefore('name-1', from, 50)
    const next = { ...from, address: '2001:db8:1:2::99' }
    await outcome(signIn('name-2', 'wrong', next))
    expect(await outcome(signIn('mei', RIGHT, next))).toMatchObject({ kind: 'tooMany', retryAfter: 1 })
    expect((await signIn('mei', RIGHT)).name).toBe('mei')
  })

  test('however many failed at one place, whoever is right there waits two seconds', async () => {
    const guesser = { ...stranger, address: '10.4.4.4' }
    await failedBefore('name-1', guesser, 5_000)
    await outcome(signIn('name-2', 'wrong', guesser))
    expect(await outcome(signIn('mei', RIGHT, guesser))).toMatchObject({ kind: 'tooMany', retryAfter: 2 })
    world.setNow('2024-06-18 09:31')
    expect((await signIn('mei', RIGHT, guesser)).name).toBe('mei')
    // Who guesses at one name waits longer, there as well.
    await failedBefore('name-1', guesser, 5_000)
    world.setNow('2024-06-18 09:32')
    await outcome(signIn('name-1', 'wrong', guesser))
    world.setNow('2024-06-18 09:33')
    expect(await outcome(signIn('name-1', 'wrong', guesser))).toMatchObject({ retryAfter: 840 })
    world.setNow('2024-06-18 09:30')
  })

  test('what was typed as a name is kept nowhere', async () => {
    await outcome(signIn('my-password-by-mistake', 'x'))
    const kept = await world.owner.selectFrom('attempt').select('key').execute()
    expect(JSON.stringify(kept)).not.toMatch(/my-password|10\.0\.0\.8/)
  })

  test('a sign-in ends the session that the browser had before', async () => {
    const before = await signIn('lin', RIGHT)
    const actor = await actorOfToken(world.services, before.token)
    if (!actor) throw new Error('signed out')
    const found = routes.find((r) => r.endpoint.id === contract.signIn.id) as Route<typeof contract.signIn>
    const input = { body: { username: 'lin', password: RIGHT }, from: office }
    const after = (await run(world.services, actor, found, input)) as unknown as SignedIn
    expect(await actorOfToken(world.services, before.token)).toBeNull()
    expect(await actorOfToken(world.services, after.token)).toMatchObject({ name: 'lin' })
  })

  test('guessing at links is slowed down, using one is not', async () => {
    const account = await world.owner
      .selectFrom('account')
      .select('id')
      .where('username', '=', 'shan')
      .executeTakeFirstOrThrow()
    const { token } = await inTransaction(world.services, (ctx) => invite(ctx.services, ctx.db, account.id))
    for (let n = 0; n < 21; n++)
      await outcome(call(contract.getInvitation, { params: { token: `guess-guess-guess-${n}` } }, stranger))
    const read = (from: From) => outcome(call(contract.getInvitation, { params: { token } }, from))
    expect(await read(stranger)).toMatchObject({ kind: 'tooMany' })
    for (let n = 0; n < 25; n++) expect(await read(office)).toEqual({ kind: 'in' })
    const accept = { params: { token }, body: { password: 'gouqi-mianbao-42' } }
    expect(await outcome(call(contract.acceptInvitation, accept))).toEqual({ kind: 'in' })
    expect(await outcome(call(contract.acceptInvitation, accept))).toMatchObject({ kind: 'invalid' })
  })
})

describe('an empty system', () => {
  beforeAll(async () => {
    world = await openWorld(migrations, '2024-06-18 09:30', 1)
  })
  afterAll(() => world.close())

  test('is set up over one connection', async () => {
    const token = (await setUpLink(world.services))?.split('/').at(-1) ?? ''
    const organisation = { name: '青石镇团委', level: 'township' as const, code: '990102' }
    const administrator = { name: '王一', username: 'wang', password: RIGHT }
    expect(await outcome(call(contract.setUp, { body: { token, organisation, administrator } }))).toEqual({
      kind: 'in',
    })
  })
})
