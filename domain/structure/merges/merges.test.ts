import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Context } from '../../../kernel/context.ts'
import type { Endpoint, Output } from '../../../kernel/endpoint.ts'
import { newId } from '../../../kernel/id.ts'
import { type Call, type Route, run } from '../../../kernel/route.ts'
import { actorWith, openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { everywhere, inTransaction, plantTree, type Tree, type TreeName } from '../../../test/worlds/tree.ts'
import { routes } from '../../index.ts'
import { askFigures } from '../../indicators/contract.ts'
import { enterRecords } from '../../records/ledgers/enter.ts'
import { enterOfficers } from '../appointments/enter.ts'
import { enterMembers } from '../memberships/enter.ts'
import { correctPerson, getPerson, setTrait } from '../people/contract.ts'
import type { PersonEntry } from '../people/entry.ts'
import { makeCheckDigit } from '../people/idNumber.ts'
import * as contract from './contract.ts'
import { PERSON_APART, PERSON_LINKS, RECORD_APART, RECORD_LINKS } from './links.ts'

let world: TestWorld
let tree: Tree

beforeAll(async () => {
  world = await openWorld(migrations)
  tree = await plantTree(world.services)
})
afterAll(() => world.close())

const idNumber = (body: string) => body + makeCheckDigit(body)
const at = (name: TreeName, role: 'manager' | 'reader' = 'manager'): Actor => {
  const { id, countyId, path } = tree[name]
  return actorWith([{ orgId: id, countyId: name === 'city' ? null : countyId, path, role }])
}

function call<E extends Endpoint>(
  actor: Actor,
  endpoint: E,
  input: Partial<Call<E>>,
  key: string | null = null,
): Promise<Output<E>> {
  const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>
  return run(world.services, actor, found, input, key)
}

const working = <T>(work: (ctx: Context) => Promise<T>) => inTransaction(world.services, work)

/** A member of a branch, as a person id. */
async function member(
  name: TreeName,
  person: Omit<PersonEntry, 'orgId'>,
  from: string | undefined = '2022-01-01',
): Promise<string> {
  const entry = { person: { orgId: tree[name].id, ...person }, from }
  const [answer] = await working((ctx) => enterMembers(ctx, [entry], { statedOn: '2024-06-01' }))
  if (answer?.state !== 'entered') throw new Error(JSON.stringify(answer))
  return answer.person?.personId ?? ''
}

const pairs = async (actor: Actor, name: TreeName, state?: 'open' | 'distinct') =>
  (await call(actor, contract.listPeoplePairs, { query: { org: tree[name].id, ...(state && { state }) } }))
    .pairs
const compare = (actor: Actor, one: string, other: string) =>
  call(actor, contract.comparePeople, { params: { one, other } })

async function merge(
  actor: Actor,
  [one, other]: [string, string],
  choices: {
    keep?: 'one' | 'other'
    fields?: Record<string, 'one' | 'other'>
    spans?: Record<string, contract.SpanChoice>
  } = {},
  key: string | null = null,
) {
  const { seen } = await compare(actor, one, other)
  const body = { seen, keep: 'one' as const, ...choices }
  return call(actor, contract.mergePeople, { params: { one, other }, body }, key)
}
const undo = (actor: Actor, id: string) => call(actor, contract.undoPeopleMerge, { params: { id } })

/** Every row of every table that a merge may touch, as PostgreSQL writes it. */
async function everyRow(): Promise<string[]> {
  const found: string[] = []
  for (const table of ['person', ...PERSON_LINKS.map((l) => l.table)]) {
    const { rows } = await sql<{ row: string }>`
      select t::text as row from ${sql.id('public', table)} t order by 1`.execute(world.owner)
    found.push(...rows.map((r) => `${table} ${r.row}`))
  }
  return found.sort()
}

async function figure(measure: string, name: TreeName = 'north'): Promise<string | number | null> {
  const question = { org: tree[name].id, measure, from: '2024-01-01', to: '2024-06-18' }
  const { answers } = await call(everywhere(), askFigures, { body: { questions: [question] } })
  return answers[0]?.value ?? null
}

describe('every table that names a person or a record', () => {
  const naming = async (column: string) => {
    const { rows } = await sql<{ tableName: string }>`
      select table_name from information_schema.columns
      where table_schema = 'public' and column_name = ${column} order by 1`.execute(world.owner)
    return rows.map((r) => r.tableName)
  }

  test('is declared with what a merge does to it', async () => {
    const people = [...PERSON_LINKS.map((l) => l.table), ...Object.keys(PERSON_APART)].sort()
    expect(await naming('person_id')).toEqual(people)
    const records = [...RECORD_LINKS.map((l) => l.table), ...Object.keys(RECORD_APART)].sort()
    expect(await naming('record_id')).toEqual(records)
  })
})

describe('finding', () => {
  test('by phone, sound, birth, place; not by name alone, not two with right numbers, not twins', async () => {
    const born = { birth: '2001-05-04', sex: 'male' }
    const a = await member('willow', { name: '卓远山', ...born })
    const b = await member('class1', { name: '卓远珊', ...born })
    await member('willow', { name: '费一鸣', birth: '2001-01-01' })
    await member('class1', { name: '费一鸣', birth: '2003-09-09' })
    await member('willow', { name: '闵大双', birth: '2004-02-03', idNumber: idNumber('99010120040203001') })
    await member('willow', { name: '闵小双', birth: '2004-02-03', idNumber: idNumber('99010120040203003') })
    const bare = await member('willow', { name: '聂小满' })
    const whole = await member('willow', {
      name: '聂小满',
      phone: '19900007001',
      idNumber: idNumber('99010120020506001'),
    })
    const found = await pairs(at('north'), 'north')
    const ids = found.map((p) => [p.one.personId, p.other.personId].sort())
    expect(ids).toContainEqual([a, b].sort())
    expect(ids).toContainEqual([bare, whole].sort())
    expect(found).toHaveLength(2)
    expect(found[0]?.reasons.map((r) => r.words)).toContain('姓名相同')
    expect(JSON.stringify(found)).not.toContain('19900007001')
    expect(await pairs(at('south'), 'south')).toEqual([])
    await expect(pairs(at('south'), 'north')).rejects.toMatchObject({ kind: 'notFound' })
  })

  test('“不是同一人” is remembered until it is taken back; a reader may not say so', async () => {
    const [one, other] = [
      await member('peach', { name: '左思齐' }),
      await member('peach', { name: '左思齐', sex: 'male' }),
    ]
    const judged = (actor: Actor, verdict: 'distinct' | 'none') =>
      call(actor, contract.judgePeople, { params: { one, other }, body: { verdict } })
    expect(await pairs(at('south'), 'south')).toHaveLength(1)
    await expect(judged(at('south', 'reader'), 'distinct')).rejects.toMatchObject({ kind: 'forbidden' })
    await judged(at('south'), 'distinct')
    expect(await pairs(at('south'), 'south')).toEqual([])
    expect(await pairs(at('south'), 'south', 'distinct')).toHaveLength(1)
    await judged(at('south'), 'none')
    expect(await pairs(at('south'), 'south')).toHaveLength(1)
  })

  test('before somebody is entered, those who look the same are told', async () => {
    await member('plum', { name: '蓝若溪', phone: '19900007777', birth: '2003-03-03' })
    const like = (actor: Actor, body: object) =>
      call(actor, contract.likePeople, { body: { name: '蓝若溪', orgId: tree.plum.id, ...body } })
    const { people } = await like(at('south'), {})
    expect(people.map((p) => p.person.name)).toEqual(['蓝若溪'])
    expect(
      (await like(at('south'), { name: '蓝若溪', phone: '19900007777', orgId: undefined })).people,
    ).toHaveLength(1)
    expect((await like(at('south'), { birth: '1999-01-01' })).people).toEqual([])
    expect((await like(at('north'), { orgId: undefined, phone: '19900007777' })).people).toEqual([])
  })
})

describe('merging', () => {
  test('all links follow, people fall by one, person-times stay; the undo gives every row back', async () => {
    const one = await member(
      'willow',
      { name: '席慕晴', birth: '2002-03', phone: '19900001001', education: 'college' },
      '2021-05-04',
    )
    const other = await member('willow', {
      name: '席暮晴',
      birth: '2002-03-09',
      idNumber: idNumber('99010120020309002'),
      education: 'bachelor',
    })
    const post = { person: { orgId: tree.willow.id, personId: other, countyId: tree.willow.countyId } }
    await working((ctx) =>
      enterOfficers(ctx, [{ ...post, post: 'committeeMember', from: '2023-01-01' } as never], {
        statedOn: '2024-06-01',
      }),
    )
    await world.services.db
      .insertInto('account')
      .values({
        id: newId(),
        personId: other,
        name: '席暮晴',
        username: newId(),
        passwordHash: null,
        failedAttempts: 0,
        lockedUntil: null,
        createdAt: '2024-01-01 00:00:00',
        closedAt: null,
      })
      .execute()
    await working(async (ctx) => {
      const people = (ids: string[]) => ids.map((personId) => ({ personId }))
      const drafts = [
        {
          orgId: tree.willow.id,
          day: '2024-03-12',
          title: '植树',
          personTimes: 9,
          participants: people([one, other]),
        },
        {
          orgId: tree.willow.id,
          day: '2024-03-13',
          title: '清河',
          personTimes: 5,
          participants: people([other]),
        },
      ]
      const { problems } = await enterRecords(ctx, 'themeActivity', drafts)
      expect(problems).toEqual([])
    })
    const before = await everyRow()
    const figures = () =>
      Promise.all(
        ['themeActivity.people', 'themeActivity.personTimes', 'members.count'].map((m) => figure(m)),
      )
    const [people, times, members] = await figures()
    const seen = await compare(at('north'), one, other)
    expect(seen).toMatchObject({ keep: 'other', may: { merge: true } })
    expect(seen.clashes.map((c) => c.proposed)).toEqual(['join'])
    const done = await merge(at('north'), [one, other], { keep: 'other', fields: { name: 'one' } })
    expect(done.personId).toBe(other)
    expect(await figures()).toEqual([Number(people) - 1, times, Number(members) - 1])
    const { person, participations, history } = await call(at('north'), getPerson, {
      params: { id: one },
      query: {},
    })
    expect(person).toMatchObject({
      personId: other,
      name: '席慕晴',
      birthDate: '2002-03-09',
      phoneMasked: expect.any(String),
      education: 'bachelor',
    })
    expect(person.memberships.map((m) => m.from)).toEqual(['2021-05-04'])
    expect([person.appointments.length, participations]).toEqual([1, 2])
    expect(JSON.stringify(history)).not.toContain('19900001001')
    await undo(at('north'), done.merge)
    expect(await everyRow()).toEqual(before)
    expect(await figures()).toEqual([people, times, members])
    await expect(undo(at('north'), done.merge)).resolves.toMatchObject({ id: done.merge })
  })

  test('two memberships at one time must be settled; one after the other is a transfer', async () => {
    const one = await member('willow', { name: '燕归来', birth: '2003-01-01' }, '2020-06-01')
    const other = await member('class1', { name: '燕归来', birth: '2003-01-01' }, '2022-09-01')
    await expect(merge(at('north'), [one, other])).rejects.toMatchObject({ code: 'chooseSpan' })
    const [clash] = (await compare(at('north'), one, other)).clashes
    expect(clash?.options.map((o) => o.choice)).toEqual(['sequence', 'one', 'other'])
    await merge(at('north'), [one, other], { spans: { [clash?.id ?? '']: 'sequence' } })
    const { person } = await call(at('north'), getPerson, { params: { id: one }, query: {} })
    expect(person.memberships.map((m) => [m.orgId, m.from, m.to])).toEqual([
      [tree.class1.id, '2022-09-01', null],
      [tree.willow.id, '2020-06-01', '2022-09-01'],
    ])
  })

  test('whoever reads only one side, or the other is out of reach, is told by whom it is to be done', async () => {
    const one = await member('willow', { name: '乔两边', phone: '19900003131' })
    const other = await member(
      'peach',
      { name: '乔两边', phone: '19900003131', sex: 'male' },
      undefined,
    ).catch(() => '')
    // The register recognises name and phone by itself: the second is entered without, and mended later.
    const apart = other || (await member('peach', { name: '乔两边', birth: '2001-01-01' }))
    const both = actorWith([...at('north').grants, ...at('south', 'reader').grants])
    const { may } = await compare(both, one, apart)
    expect(may.merge).toBe(false)
    expect(may.why).toContain('要由云溪县来合并')
    await expect(merge(both, [one, apart])).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(compare(at('north'), one, apart)).rejects.toMatchObject({ kind: 'notFound' })
    const { verdict } = await call(both, contract.judgePeople, {
      params: { one, other: apart },
      body: { verdict: 'proposed', note: '请县里核实' },
    })
    expect(verdict?.verdict).toBe('proposed')
  })

  test('nobody takes over rights: a post above the caller bars the merge', async () => {
    const mine = await member('willow', { name: '祝小吏', birth: '2000-05-05' })
    const boss = await member('class1', { name: '祝小吏', birth: '2000-05-05' })
    const post = { orgId: tree.county.id, personId: boss, countyId: tree.county.countyId }
    await working((ctx) =>
      enterOfficers(ctx, [{ person: post, post: 'secretary', from: '2023-01-01' } as never], {
        statedOn: '2024-06-01',
      }),
    )
    await expect(merge(at('north'), [mine, boss])).rejects.toThrow('在“云溪县”')
  })

  test('across counties the person is one, and each county keeps its row', async () => {
    const here = await member('willow', { name: '越江行', birth: '2001-08-08' }, '2020-01-01')
    const there = await working(async (ctx) => {
      const [answer] = await enterOfficers(
        ctx,
        [
          {
            person: { orgId: tree.district.id, name: '越江行', birth: '2001-08-08' },
            post: 'staff',
            from: '2023-01-01',
          } as never,
        ],
        { statedOn: '2024-06-01' },
      )
      return answer?.person?.personId ?? ''
    })
    const before = await everyRow()
    expect(
      (await pairs(at('city'), 'city')).some((p) => [p.one.personId, p.other.personId].includes(there)),
    ).toBe(true)
    const done = await merge(at('city'), [here, there])
    const { rows } = await sql<{ countyId: string }>`
      select county_id from person where id = ${here} and voided_at is null`.execute(world.owner)
    expect(rows.map((r) => r.countyId).sort()).toEqual([tree.county.id, tree.district.id].sort())
    await expect(undo(at('north'), done.merge)).rejects.toMatchObject({ kind: 'notFound' })
    await undo(at('city'), done.merge)
    expect(await everyRow()).toEqual(before)
  })

  test('what was seen must still be so; a repeated request gets its first answer', async () => {
    const twice = { name: '元重复', birth: '2002-12-12' }
    const one = await member('willow', twice)
    const other = await member('class1', { ...twice, sex: 'male' }, '2023-09-01')
    const { seen, clashes } = await compare(at('north'), one, other)
    const spans = { [clashes[0]?.id ?? '']: 'sequence' as const }
    await call(at('north'), setTrait, {
      params: { id: one },
      body: { trait: 'education', value: 'bachelor' },
    })
    const body = { seen, keep: 'one' as const, spans }
    await expect(
      call(at('north'), contract.mergePeople, { params: { one, other }, body }),
    ).rejects.toMatchObject({
      code: 'changedMeanwhile',
    })
    const actor = at('north')
    const done = await merge(actor, [one, other], { spans }, 'a key')
    expect(await call(actor, contract.mergePeople, { params: { one, other }, body }, 'a key')).toEqual(done)
  })

  test('later work stands in the way of an undo, in words', async () => {
    const one = await member('willow', { name: '后来改', birth: '1999-09-09' })
    const other = await member('willow', { name: '后来盖', birth: '1999-09-09' })
    const done = await merge(at('north'), [one, other])
    const { person } = await call(at('north'), getPerson, { params: { id: one }, query: {} })
    await call(at('north'), correctPerson, {
      params: { id: one },
      body: { version: person.version, occupation: '教师' },
    })
    const { obstacles } = await call(at('north'), contract.getPeopleMerge, { params: { id: done.merge } })
    expect(obstacles).toEqual([expect.stringMatching(/^后来改.*的资料后来又改过$/)])
    await expect(undo(at('north'), done.merge)).rejects.toMatchObject({ code: 'dependsOn' })
    const { merges } = await call(at('north'), contract.listPeopleMerges, { query: { org: tree.north.id } })
    expect(merges[0]).toMatchObject({ id: done.merge, undoneAt: null })
    expect(
      (await call(at('south'), contract.listPeopleMerges, { query: { org: tree.south.id } })).merges,
    ).toEqual([])
  })
})

describe('merge, then undo', () => {
  let numbers = 0
  const nextNumber = () => idNumber(`99010120010504${String(++numbers).padStart(3, '0')}`)
  const withNumber = ({ numbered, ...rest }: { numbered?: boolean }) => ({
    ...rest,
    ...(numbered && { idNumber: nextNumber() }),
  })
  const side = fc.constantFrom('one' as const, 'other' as const)
  const someone = fc.record(
    {
      sex: fc.constantFrom('male', 'female'),
      birth: fc.constantFrom('1998', '1999-02', '2001-05-04'),
      ethnicity: fc.constantFrom('01', '02'),
      occupation: fc.constantFrom('农民', '教师'),
      education: fc.constantFrom('college', 'bachelor'),
      politics: fc.constantFrom('partyMember', 'masses'),
      joinedLeague: fc.constantFrom('2015', '2016-05'),
      phone: fc.integer({ min: 0, max: 99_999 }).map((n) => `199000${String(n).padStart(5, '0')}`),
      numbered: fc.constant(true),
    },
    { requiredKeys: [] },
  )
  const given = fc.record({
    people: fc.tuple(someone, someone),
    branches: fc.tuple(
      fc.constantFrom('willow' as const, 'class1' as const),
      fc.constantFrom('willow' as const, 'class1' as const),
    ),
    from: fc.tuple(
      fc.constantFrom('2021', '2021-05-04', '2022-09'),
      fc.constantFrom('2020-01-01', '2021-05-04'),
    ),
    attended: fc.array(fc.constantFrom('one', 'other', 'both'), { maxLength: 3 }),
    keep: side,
    span: fc.constantFrom('one' as const, 'other' as const, 'join' as const, 'sequence' as const),
    fields: fc.dictionary(fc.constantFrom('name', 'phone', 'occupation', 'trait.education'), side),
  })

  test('is as if nothing had been', async () => {
    let merged = 0
    await fc.assert(
      fc.asyncProperty(given, async ({ people, branches, from, attended, keep, span, fields }) => {
        const name = `易${newId().slice(-6)}`
        const one = await member(branches[0], { name, ...withNumber(people[0]) }, from[0])
        const other = await member(
          branches[1],
          { name: `${name}二`, ...withNumber(people[1]) },
          from[1],
        ).catch(() => one)
        if (one === other) return
        const who = { one: [one], other: [other], both: [one, other] }
        await working((ctx) =>
          enterRecords(
            ctx,
            'volunteering',
            attended.map((key) => ({
              ...{ orgId: tree.willow.id, day: '2024-04-04', title: name },
              participants: who[key as 'both'].map((personId) => ({ personId, hours: 1.5 })),
            })),
          ),
        )
        const before = await everyRow()
        const { clashes } = await compare(at('north'), one, other)
        const spans = Object.fromEntries(clashes.map((c) => [c.id, span]))
        const done = await merge(at('north'), [one, other], { keep, fields, spans }).catch(() => null)
        if (done) {
          merged++
          await undo(at('north'), done.merge)
        }
        expect(await everyRow()).toEqual(before)
      }),
      { numRuns: 60 },
    )
    expect(merged).toBeGreaterThan(5)
  }, 60_000)
})
