import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Context } from '../../../kernel/context.ts'
import type { Endpoint, Input, Output } from '../../../kernel/endpoint.ts'
import { type Route, run } from '../../../kernel/route.ts'
import { actorWith, openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { everywhere, inTransaction, plantTree, type Tree } from '../../../test/worlds/tree.ts'
import { enterMembers } from '../memberships/enter.ts'
import * as contract from './contract.ts'
import { enterPeople } from './enter.ts'
import type { PersonEntry } from './entry.ts'
import { routes } from './handlers.ts'
import { makeCheckDigit } from './idNumber.ts'
import { undoPeople } from './undo.ts'

let world: TestWorld
let tree: Tree

beforeAll(async () => {
  world = await openWorld(migrations)
  tree = await plantTree(world.services)
})
afterAll(() => world.close())

const idNumber = (body: string) => body + makeCheckDigit(body)
const at = (path: string, role: 'manager' | 'staff' | 'reader' = 'manager'): Actor =>
  actorWith([{ orgId: '', countyId: tree.county.id, path, role }])

function call<E extends Endpoint>(actor: Actor, endpoint: E, input: Partial<Input<E>>): Promise<Output<E>> {
  const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>
  return run(world.services, actor, found, input)
}

const working = <T>(work: (ctx: Context) => Promise<T>) => inTransaction(world.services, work)
const enter = (entries: PersonEntry[], batchId?: string) =>
  working((ctx) => enterPeople(ctx, entries, { statedOn: '2024-06-01', batchId: batchId ?? null }))

/** A member of a branch, as a person id. */
async function member(orgId: string, person: Omit<PersonEntry, 'orgId'>): Promise<string> {
  const [answer] = await working((ctx) =>
    enterMembers(ctx, [{ person: { orgId, ...person }, from: '2022-01-01' }], { statedOn: '2024-06-01' }),
  )
  return answer?.person?.personId ?? ''
}

describe('entering people', () => {
  test('recognises by ID number, by name and phone, by name, birth and organisation; never by name alone', async () => {
    const orgId = tree.willow.id
    const number = idNumber('99010119990102003')
    const first = await member(orgId, { name: '王一', idNumber: number, phone: '19900001234' })
    const second = await member(orgId, { name: '王二', phone: '199 0000 5678' })
    const third = await member(orgId, { name: '王三', birth: '2001-05-04' })
    const answers = await enter([
      { orgId: tree.peach.id, name: '王一', idNumber: number.toLowerCase() },
      { orgId: tree.peach.id, name: '王二', phone: '+86 19900005678' },
      { orgId, name: '王三', birth: '2001-05' },
      { orgId: tree.north.id, name: '王三', birth: '2001-05-04' },
      { orgId: tree.peach.id, name: '王三', birth: '2001-05-04' },
      { orgId, name: '王三' },
      { orgId, name: '王三', birth: '2001-05-05' },
      { orgId, name: '王二', phone: '19900005678', idNumber: idNumber('99010119990102005') },
    ])
    expect(answers.map((a) => a.how)).toEqual([
      'id',
      'phone',
      'birthAndOrg',
      'birthAndOrg',
      'new',
      'new',
      'new',
      'phone',
    ])
    expect(answers.slice(0, 4).map((a) => a.personId)).toEqual([first, second, third, third])
    expect(new Set(answers.map((a) => a.personId)).size).toBe(6)
  })

  test('another ID number or another sex is another person, whatever else agrees', async () => {
    const orgId = tree.willow.id
    const one = { orgId, name: '赵同', birth: '2000-01-01', phone: '19900002222', sex: 'male' }
    await member(orgId, { ...one, idNumber: idNumber('99010120000101001') })
    const [other, woman] = await enter([
      { ...one, idNumber: idNumber('99010120000101003') },
      { ...one, sex: 'female' },
    ])
    expect([other?.how, woman?.how]).toEqual(['new', 'new'])
  })

  test('fills what is empty, reports what contradicts, overwrites nothing', async () => {
    const orgId = tree.willow.id
    const id = await member(orgId, {
      name: '李满',
      phone: '19900003333',
      birth: '2000-03',
      education: 'college',
    })
    const [answer] = await enter([
      {
        orgId,
        name: '李满',
        phone: '19900003333',
        birth: '2000-03-09',
        ethnicity: '03',
        education: 'bachelor',
        politics: 'partyMember',
      },
    ])
    expect(answer).toMatchObject({ personId: id, how: 'phone', filled: ['ethnicity', 'birth', 'politics'] })
    expect(answer?.conflicts).toEqual([{ field: 'education', known: '大学专科', given: '大学本科' }])
    const { person } = await call(at('/990100/'), contract.getPerson, { params: { id } })
    expect(person).toMatchObject({
      birthDate: '2000-03-09',
      ethnicity: '03',
      education: 'college',
      politics: 'partyMember',
      dualMember: true,
      age: 24,
    })
    const [again] = await enter([{ orgId, name: '李满', phone: '19900003333', birth: '2000-04' }])
    expect(again?.conflicts).toEqual([{ field: 'birth', known: '2000-03-09', given: '2000-04' }])
  })

  test('two rows of one batch are one person, and two counties share one id', async () => {
    const number = idNumber('99010119980808008')
    const [a, b, c] = await enter([
      { orgId: tree.willow.id, name: '周双', idNumber: number },
      { orgId: tree.peach.id, name: '周双', idNumber: number, nativePlace: '云溪' },
      { orgId: tree.district.id, name: '周双', idNumber: number },
    ])
    expect([a?.how, b?.how, b?.filled]).toEqual(['new', 'id', ['nativePlace']])
    expect(b?.personId).toBe(a?.personId)
    expect(c?.countyId).toBe(tree.district.id)
    const [later] = await enter([{ orgId: tree.district.id, name: '周双', idNumber: number }])
    expect(later?.personId).toBe(c?.personId)
    expect(c?.personId).toBe(a?.personId)
  })

  test('keeps the state before of what a batch filled', async () => {
    const batchId = '00000000-0000-7000-8000-0000000000aa'
    await member(tree.willow.id, { name: '钱批', phone: '19900004444' })
    const [answer] = await enter(
      [{ orgId: tree.willow.id, name: '钱批', phone: '19900004444', sex: 'female' }],
      batchId,
    )
    const kept = await world.owner
      .selectFrom('batchChange')
      .selectAll()
      .where('batchId', '=', batchId)
      .execute()
    expect(kept).toMatchObject([{ subjectId: answer?.personId, before: { sex: null, version: 1 } }])
  })
})

describe('a person', () => {
  test('is found by name, initials, pinyin and phone, only within the caller’s organisations', async () => {
    await member(tree.peach.id, { name: '单晓桃', phone: '19900009876' })
    const search = async (actor: Actor, q: string) =>
      (await call(actor, contract.searchPeople, { query: { q } })).people.map((p) => p.name)
    for (const q of ['晓桃', 'sxt', 'shanxiao', 'shan x', '19900009876', '+86 199-0000-9876'])
      expect(await search(at(tree.south.path), q)).toEqual(['单晓桃'])
    expect(await search(at(tree.south.path), '9876')).toEqual([])
    expect(await search(at(tree.north.path), '19900009876')).toEqual([])
    expect(await search(at(tree.north.path), 'sxt')).toEqual([])
  })

  test('is not there for those who have nothing to do with them', async () => {
    const id = await member(tree.willow.id, { name: '吴隐' })
    await expect(call(at(tree.south.path), contract.getPerson, { params: { id } })).rejects.toMatchObject({
      kind: 'notFound',
    })
  })

  test('wrong data is corrected with a trace, without numbers in it', async () => {
    const id = await member(tree.willow.id, { name: '郑误', birth: '2001-01-01' })
    const number = idNumber('99010120020202002')
    const body = { version: 1, name: '郑正', idNumber: number, reason: '照户口簿' }
    const { person } = await call(at(tree.north.path), contract.correctPerson, { params: { id }, body })
    expect(person).toMatchObject({
      name: '郑正',
      birthDate: '2002-02-02',
      identityState: 'verified',
      version: 2,
    })
    expect(person.idNoMasked).toBe('已登记')
    const stale = call(at(tree.north.path), contract.correctPerson, { params: { id }, body })
    await expect(stale).rejects.toMatchObject({ code: 'changedMeanwhile' })
    const { history } = await call(at(tree.north.path), contract.getPerson, { params: { id } })
    expect(history[0]).toMatchObject({
      verb: '更正',
      detail: { name: ['郑误', '郑正'], birthDate: ['2001-01-01', '2002-02-02'], reason: '照户口簿' },
    })
    const rows = await world.owner.selectFrom('history').select('detail').execute()
    expect(JSON.stringify(rows)).not.toContain(number)
    await expect(
      call(at(tree.north.path, 'staff'), contract.correctPerson, { params: { id }, body: { version: 2 } }),
    ).rejects.toMatchObject({ kind: 'forbidden' })
  })

  test('an ID number held by somebody else is refused: named within the scope, not beyond it', async () => {
    const number = idNumber('99010120010303004')
    await member(tree.willow.id, { name: '冯有', idNumber: number })
    const id = await member(tree.peach.id, { name: '陈无' })
    const body = { version: 1, idNumber: number }
    const within = call(at(tree.county.path), contract.correctPerson, { params: { id }, body })
    await expect(within).rejects.toThrow(/柳河村团支部的冯有/)
    const beyond = call(at(tree.south.path), contract.correctPerson, { params: { id }, body })
    await expect(beyond).rejects.toThrow(/请与上级团委联系/)
    await expect(beyond).rejects.not.toThrow(/冯有/)
  })

  test('a wrong check digit is taken only when confirmed; what cannot be a number, never', async () => {
    const id = await member(tree.willow.id, { name: '褚校' })
    const right = idNumber('99010120010405006')
    const wrong = right.slice(0, 17) + (right.endsWith('1') ? '2' : '1')
    const correct = (body: object) =>
      call(at(tree.north.path), contract.correctPerson, { params: { id }, body: { version: 1, ...body } })
    await expect(correct({ idNumber: wrong })).rejects.toMatchObject({ code: 'confirm:checkDigit' })
    await expect(correct({ idNumber: '9901012001040500' })).rejects.toMatchObject({ code: 'idNumber' })
    await expect(correct({ idNumber: right, birth: '2001-04-06' })).rejects.toMatchObject({ code: 'birth' })
    const { person, warnings } = await correct({ idNumber: wrong, confirmed: ['checkDigit'] })
    expect([person.identityState, warnings.map((w) => w.code)]).toEqual(['unverified', ['checkDigit']])
  })

  test('traits hold from a day; as-of answers know what held then', async () => {
    const id = await member(tree.willow.id, { name: '卫学', education: 'college' })
    const actor = at(tree.north.path)
    const set = (body: Input<typeof contract.setTrait>['body']) =>
      call(actor, contract.setTrait, { params: { id }, body })
    await set({ trait: 'education', value: '本科', from: '2023-07-01' })
    await set({ trait: 'party', value: 'probationaryPartyMember', from: '2023-07' })
    await set({ trait: 'party', value: 'partyMember', from: '2024-07-01' })
    await set({ trait: 'mobile', value: 'yes', detail: '江北区', from: '2024-03-01' })
    await set({ trait: 'mobile', value: null, from: '2024-05-01' })
    const then = async (asOf: string) =>
      (await call(actor, contract.getPerson, { params: { id }, query: { asOf } })).person
    expect(await then('2023-06-30')).toMatchObject({
      education: 'college',
      politics: 'leagueMember',
      mobile: null,
    })
    expect(await then('2023-07-01')).toMatchObject({
      education: 'bachelor',
      politics: 'probationaryPartyMember',
      dualMember: true,
    })
    expect(await then('2024-04-30')).toMatchObject({ mobile: { place: '江北区' } })
    expect(await then('2024-05-01')).toMatchObject({ mobile: null })
    expect(await then('2024-08-01')).toMatchObject({ politics: 'partyMember' })
    expect(await then('2021-01-01')).toMatchObject({ education: 'college', politics: null })
    await expect(set({ trait: 'education', value: '博士后流动站' })).rejects.toMatchObject({ code: 'value' })
  })

  test('ID and phone are revealed for a reason, which is kept; retries keep no numbers', async () => {
    const number = idNumber('99010120010607008')
    const id = await member(tree.willow.id, { name: '蒋秘', idNumber: number, phone: '19900007777' })
    const reveal = (actor: Actor) =>
      run(
        world.services,
        actor,
        routes.find((r) => r.endpoint.id === 'people.reveal') as Route<typeof contract.revealPerson>,
        { params: { id }, body: { reason: '办理转接' } },
        'key-1',
      )
    expect(await reveal(at(tree.north.path, 'staff'))).toEqual({ idNumber: number, phone: '19900007777' })
    await expect(reveal(at(tree.north.path, 'reader'))).rejects.toMatchObject({ kind: 'forbidden' })
    const kept = [
      await world.owner.selectFrom('idempotency').select('answer').execute(),
      await world.owner.selectFrom('history').select(['verb', 'detail']).execute(),
      await world.owner.selectFrom('person').selectAll().where('id', '=', id).execute(),
    ]
    expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${number}|19900007777`))
    const { history } = await call(everywhere(), contract.getPerson, { params: { id } })
    expect(history[0]).toMatchObject({ verb: '查看证件号和电话', detail: { reason: '办理转接' } })
  })
})

test('a batch is undone: what it made goes, what it filled is empty again, what was worked on since stays', async () => {
  const batchId = '00000000-0000-7000-8000-0000000000bb'
  const orgId = tree.plum.id
  const [held, later, made, used] = ['沈甲', '沈乙', '沈丙', '沈丁'].map((name, i) => ({
    orgId,
    name,
    phone: `1990000880${i}`,
    idNumber: idNumber(`9901012003030${i}001`),
  })) as [PersonEntry, PersonEntry, PersonEntry, PersonEntry]
  const heldId = await member(orgId, { name: '沈甲', phone: '19900008800' })
  const laterId = await member(orgId, { name: '沈乙', phone: '19900008801' })
  await enter([held, later, made, used], batchId)
  await enter([{ ...held, education: 'college', ethnicity: '01' }], batchId)
  await member(orgId, used)
  await call(at(tree.south.path), contract.correctPerson, {
    params: { id: laterId },
    body: { version: 2, nativePlace: '云溪' },
  })
  const undone = await working((ctx) => undoPeople(ctx, batchId))
  expect(undone).toMatchObject({ voided: 1, restored: 1 })
  expect(undone.kept.map((k) => k.name).sort()).toEqual(['沈丁', '沈乙'])
  const { person } = await call(everywhere(), contract.getPerson, { params: { id: heldId } })
  expect(person).toMatchObject({
    idNoMasked: null,
    ethnicity: null,
    education: null,
    identityState: 'unverified',
  })
  const [again, fresh, known] = await enter([held, made, used])
  expect([again?.how, fresh?.how, known?.how]).toEqual(['phone', 'new', 'id'])
})
