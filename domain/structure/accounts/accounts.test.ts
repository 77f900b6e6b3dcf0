import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../../kernel/context.ts'
import type { Endpoint, Input, Output } from '../../../kernel/endpoint.ts'
import { type Route, run } from '../../../kernel/route.ts'
import { nobody } from '../../../kernel/serve.ts'
import { actorWith, openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { inTransaction, plantTree, type Tree } from '../../../test/worlds/tree.ts'
import { actorOfAccount, actorOfToken, localActor } from './actors.ts'
import * as contract from './contract.ts'
import { turnDemoOn } from './demo.ts'
import { routes } from './handlers.ts'
import { addAccount, addHolder, setUpLink } from './setup.ts'

let world: TestWorld

function call<E extends Endpoint>(actor: Actor, endpoint: E, input: Partial<Input<E>>): Promise<Output<E>> {
  const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>
  return run(world.services, actor, found, input)
}

const signIn = (username: string, password: string) =>
  call(nobody, contract.signIn, { body: { username, password } })

async function actorFor(token: string): Promise<Actor> {
  const actor = await actorOfToken(world.services, token)
  if (!actor) throw new Error('signed out')
  return actor
}

describe('an empty system', () => {
  beforeAll(async () => {
    world = await openWorld(migrations)
  })
  afterAll(() => world.close())

  test('is set up once, by a link that works once', async () => {
    const link = await setUpLink(world.services)
    const token = link?.split('/').at(-1) ?? ''
    const body = {
      token,
      organisation: { name: '青石镇团委', level: 'township' as const, code: '990102' },
      administrator: { name: '王一', username: 'Wang', password: 'songshu-7-baohu' },
    }
    const weak = { ...body, administrator: { ...body.administrator, password: 'qingshi-2024' } }
    await expect(call(nobody, contract.setUp, { body: weak })).rejects.toThrow(/容易猜到/)
    const signedIn = await call(nobody, contract.setUp, { body })
    const actor = await actorFor(signedIn.token)
    expect(actor.grants).toMatchObject([{ path: '/990102/', role: 'administrator' }])
    expect(await call(actor, contract.getMe, {})).toMatchObject({
      home: { name: '青石镇团委' },
      hasPassword: true,
    })
    expect(await setUpLink(world.services)).toBeNull()
    await expect(call(nobody, contract.setUp, { body })).rejects.toThrow(/已经用过/)
    expect((await localActor(world.services)).grants).toMatchObject([{ path: '/990102/' }])
  })
})

describe('a system at work', () => {
  let tree: Tree
  let admin: Actor
  let secretary: { personId: string; accountId: string }

  beforeAll(async () => {
    world = await openWorld(migrations)
    tree = await plantTree(world.services)
    const made = await inTransaction(world.services, async (ctx) => {
      const chief = await addHolder(ctx, tree.county, {
        name: '陈一',
        post: 'administrator',
        postTitle: '管理员',
      })
      const chiefAccount = await addAccount(ctx, { personId: chief, name: '陈一', username: 'chen' })
      const personId = await addHolder(ctx, tree.north, {
        name: '林一',
        post: 'secretary',
        postTitle: '书记',
      })
      const far = await addHolder(ctx, tree.district, { name: '远一', post: 'secretary', postTitle: '书记' })
      return { chiefAccount, personId, far }
    })
    const found = await actorOfAccount(world.services, made.chiefAccount)
    if (!found) throw new Error('no administrator')
    admin = found
    secretary = { personId: made.personId, accountId: '' }
    await expect(
      call(admin, contract.createAccount, { body: { personId: made.far, username: 'far' } }),
    ).rejects.toThrow(/没有找到/)
  })
  afterAll(() => world.close())

  test('an account without a password says so', async () => {
    expect(await call(admin, contract.getMe, {})).toMatchObject({ username: 'chen', hasPassword: false })
  })

  test('an account begins with a link, and works where its post is', async () => {
    const { id, link } = await call(admin, contract.createAccount, {
      body: { personId: secretary.personId, username: 'lin' },
    })
    secretary.accountId = id
    await expect(signIn('lin', '')).rejects.toThrow(/用户名或密码不对/)
    const token = link.split('/').at(-1) ?? ''
    expect(await call(nobody, contract.getInvitation, { params: { token } })).toMatchObject({
      username: 'lin',
    })
    await call(nobody, contract.acceptInvitation, { params: { token }, body: { password: 'liuxi-8-hao' } })
    const actor = await actorFor((await signIn(' LIN ', 'liuxi-8-hao')).token)
    expect(actor.grants).toEqual([
      { orgId: tree.north.id, countyId: tree.county.id, path: tree.north.path, role: 'manager' },
    ])
    await expect(call(actor, contract.listAccounts, {})).rejects.toThrow(/没有这项权限/)
    const { accounts } = await call(admin, contract.listAccounts, {})
    expect(accounts.map((a) => [a.username, a.posts])).toEqual([
      ['lin', ['青石镇：书记']],
      ['chen', ['云溪县：管理员']],
    ])
  })

  test('a changed password ends the other sessions; signing out ends this one', async () => {
    const [here, there] = [await signIn('lin', 'liuxi-8-hao'), await signIn('lin', 'liuxi-8-hao')]
    const actor = await actorFor(here.token)
    const change = (current: string) =>
      call(actor, contract.changePassword, { body: { current, next: 'gouqi-mianbao-42' } })
    await expect(change('wrong')).rejects.toThrow(/现在的密码不对/)
    const weak = { current: 'liuxi-8-hao', next: 'linyi-19980312' }
    await expect(call(actor, contract.changePassword, { body: weak })).rejects.toThrow(/容易猜到/)
    await change('liuxi-8-hao')
    expect(await actorOfToken(world.services, there.token)).toBeNull()
    expect(await actorOfToken(world.services, here.token)).not.toBeNull()
    await call(actor, contract.signOut, {})
    expect(await actorOfToken(world.services, here.token)).toBeNull()
  })

  test('a right ends with its post, a session unused for twelve hours, an account when it is closed', async () => {
    world.setNow('2024-06-18 18:00')
    const { token } = await signIn('lin', 'gouqi-mianbao-42')
    await world.owner
      .updateTable('appointment')
      .set({ validTo: '2024-06-19' })
      .where('personId', '=', secretary.personId)
      .execute()
    world.setNow('2024-06-18 23:59')
    expect((await actorFor(token)).grants).toHaveLength(1)
    world.setNow('2024-06-19 00:00')
    expect((await actorFor(token)).grants).toHaveLength(0)
    world.setNow('2024-06-19 12:00')
    await expect(actorFor(token)).rejects.toThrow('signed out')
    const again = await signIn('lin', 'gouqi-mianbao-42')
    await call(admin, contract.closeAccount, { params: { id: secretary.accountId } })
    expect(await actorOfToken(world.services, again.token)).toBeNull()
    await expect(signIn('lin', 'gouqi-mianbao-42')).rejects.toThrow(/用户名或密码不对/)
  })

  test('roles can be tried only where the demo was loaded', async () => {
    const tryOut = () => call(nobody, contract.signInAs, { body: { role: 'county' } })
    await expect(tryOut()).rejects.toThrow(/没有找到/)
    const role = { id: 'county', title: '县团委书记', name: '陈一', errand: '看', start: '/' }
    await turnDemoOn(world.owner, { roles: [{ ...role, accountId: admin.accountId }] })
    expect(await call(nobody, contract.getRoles, {})).toEqual({ roles: [role] })
    expect((await actorFor((await tryOut()).token)).name).toBe('陈一')
  })

  test('how long sessions last is decided at the top, and others are told so', async () => {
    const body = { desktopHours: 8, phoneDays: 2, longestDays: 90 }
    const of = (place: Tree[keyof Tree]) =>
      actorWith([{ orgId: place.id, countyId: null, path: place.path, role: 'administrator' }])
    await expect(call(of(tree.north), contract.setSessionLengths, { body })).rejects.toMatchObject({
      kind: 'forbidden',
      message: '登录的时限对所有人一样，要由最上级组织的管理员来改。',
    })
    expect(await call(of(tree.city), contract.setSessionLengths, { body })).toMatchObject(body)
    expect(await call(of(tree.north), contract.getSessionLengths, {})).toMatchObject({
      ...body,
      may: { change: false },
    })
  })
})
