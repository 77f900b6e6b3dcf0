import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/id.ts'
import { actorWith } from '../../../kernel/testing.ts'
import { idNumber, type MergeWorld, plantMergeWorld } from '../../../test/worlds/merging.ts'
import { everywhere, type TreeName } from '../../../test/worlds/tree.ts'
import { askFigures } from '../../indicators/contract.ts'
import { enterRecords } from '../../records/ledgers/enter.ts'
import { enterOfficers } from '../appointments/enter.ts'
import { correctPerson, getPerson, setTrait } from '../people/contract.ts'
import * as contract from './contract.ts'

let w: MergeWorld

beforeAll(async () => {
  w = await plantMergeWorld()
})
afterAll(() => w.world.close())

const pairs = async (actor: Actor, name: TreeName, state?: 'open' | 'distinct') =>
  (
    await w.call(actor, contract.listPeoplePairs, {
      query: { org: w.tree[name].id, ...(state && { state }) },
    })
  ).pairs

async function figure(measure: string, name: TreeName = 'north'): Promise<string | number | null> {
  const question = { org: w.tree[name].id, measure, from: '2024-01-01', to: '2024-06-18' }
  const { answers } = await w.call(everywhere(), askFigures, { body: { questions: [question] } })
  return answers[0]?.value ?? null
}

describe('finding', () => {
  test('by phone, sound, birth, place; not by name alone, not two with right numbers, not twins', async () => {
    const born = { birth: '2001-05-04', sex: 'male' }
    const a = await w.member('willow', { name: '卓远山', ...born })
    const b = await w.member('class1', { name: '卓远珊', ...born })
    await w.member('willow', { name: '费一鸣', birth: '2001-01-01' })
    await w.member('class1', { name: '费一鸣', birth: '2003-09-09' })
    await w.member('willow', { name: '闵大双', birth: '2004-02-03', idNumber: idNumber('99010120040203001') })
    await w.member('willow', { name: '闵小双', birth: '2004-02-03', idNumber: idNumber('99010120040203003') })
    const bare = await w.member('willow', { name: '聂小满' })
    const whole = await w.member('willow', {
      name: '聂小满',
      phone: '19900007001',
      idNumber: idNumber('99010120020506001'),
    })
    const found = await pairs(w.at('north'), 'north')
    const ids = found.map((p) => [p.one.personId, p.other.personId].sort())
    expect(ids).toContainEqual([a, b].sort())
    expect(ids).toContainEqual([bare, whole].sort())
    expect(found).toHaveLength(2)
    expect(found[0]?.reasons.map((r) => r.words)).toContain('姓名相同')
    expect(JSON.stringify(found)).not.toContain('19900007001')
    expect(await pairs(w.at('south'), 'south')).toEqual([])
    await expect(pairs(w.at('south'), 'north')).rejects.toMatchObject({ kind: 'notFound' })
  })

  test('“不是同一人” is remembered until it is taken back; a reader may not say so', async () => {
    const [one, other] = [
      await w.member('peach', { name: '左思齐' }),
      await w.member('peach', { name: '左思齐', sex: 'male' }),
    ]
    const judged = (actor: Actor, verdict: 'distinct' | 'none') =>
      w.call(actor, contract.judgePeople, { params: { one, other }, body: { verdict } })
    expect(await pairs(w.at('south'), 'south')).toHaveLength(1)
    await expect(judged(w.at('south', 'reader'), 'distinct')).rejects.toMatchObject({ kind: 'forbidden' })
    await judged(w.at('south'), 'distinct')
    expect(await pairs(w.at('south'), 'south')).toEqual([])
    expect(await pairs(w.at('south'), 'south', 'distinct')).toHaveLength(1)
    await judged(w.at('south'), 'none')
    expect(await pairs(w.at('south'), 'south')).toHaveLength(1)
  })

  test('before somebody is entered, those who look the same are told', async () => {
    await w.member('plum', { name: '蓝若溪', phone: '19900007777', birth: '2003-03-03' })
    const like = (actor: Actor, body: object) =>
      w.call(actor, contract.likePeople, { body: { name: '蓝若溪', orgId: w.tree.plum.id, ...body } })
    const { people } = await like(w.at('south'), {})
    expect(people.map((p) => p.person.name)).toEqual(['蓝若溪'])
    expect(
      (await like(w.at('south'), { name: '蓝若溪', phone: '19900007777', orgId: undefined })).people,
    ).toHaveLength(1)
    expect((await like(w.at('south'), { birth: '1999-01-01' })).people).toEqual([])
    expect((await like(w.at('north'), { orgId: undefined, phone: '19900007777' })).people).toEqual([])
  })
})

describe('merging', () => {
  test('all links follow, people fall by one, person-times stay; the undo gives every row back', async () => {
    const one = await w.member(
      'willow',
      { name: '席慕晴', birth: '2002-03', phone: '19900001001', education: 'college' },
      '2021-05-04',
    )
    const other = await w.member('willow', {
      name: '席暮晴',
      birth: '2002-03-09',
      idNumber: idNumber('99010120020309002'),
      education: 'bachelor',
    })
    const post = { person: { orgId: w.tree.willow.id, personId: other, countyId: w.tree.willow.countyId } }
    await w.working((ctx) =>
      enterOfficers(ctx, [{ ...post, post: 'committeeMember', from: '2023-01-01' } as never], {
        statedOn: '2024-06-01',
      }),
    )
    await w.world.services.db
      .insertInto('account')
      .values({
        id: newId(),
        personId: other,
        name: '席暮晴',
        username: newId(),
        passwordHash: null,
        createdAt: '2024-01-01 00:00:00',
        closedAt: null,
      })
      .execute()
    await w.working(async (ctx) => {
      const people = (ids: string[]) => ids.map((personId) => ({ personId }))
      const drafts = [
        {
          orgId: w.tree.willow.id,
          day: '2024-03-12',
          title: '植树',
          personTimes: 9,
          participants: people([one, other]),
        },
        {
          orgId: w.tree.willow.id,
          day: '2024-03-13',
          title: '清河',
          personTimes: 5,
          participants: people([other]),
        },
      ]
      const { problems } = await enterRecords(ctx, 'themeActivity', drafts)
      expect(problems).toEqual([])
    })
    const before = await w.everyRow()
    const figures = () =>
      Promise.all(
        ['themeActivity.people', 'themeActivity.personTimes', 'members.count'].map((m) => figure(m)),
      )
    const [people, times, members] = await figures()
    const seen = await w.compare(w.at('north'), one, other)
    expect(seen).toMatchObject({ keep: 'other', may: { merge: true } })
    expect(seen.clashes.map((c) => c.proposed)).toEqual(['join'])
    const done = await w.merge(w.at('north'), [one, other], { keep: 'other', fields: { name: 'one' } })
    expect(done.personId).toBe(other)
    expect(await figures()).toEqual([Number(people) - 1, times, Number(members) - 1])
    const { person, participations, history } = await w.call(w.at('north'), getPerson, {
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
    await w.undo(w.at('north'), done.merge)
    expect(await w.everyRow()).toEqual(before)
    expect(await figures()).toEqual([people, times, members])
    await expect(w.undo(w.at('north'), done.merge)).resolves.toMatchObject({ id: done.merge })
  })

  test('two memberships at one time must be settled; one after the other is a transfer', async () => {
    const one = await w.member('willow', { name: '燕归来', birth: '2003-01-01' }, '2020-06-01')
    const other = await w.member('class1', { name: '燕归来', birth: '2003-01-01' }, '2022-09-01')
    await expect(w.merge(w.at('north'), [one, other])).rejects.toMatchObject({ code: 'chooseSpan' })
    const [clash] = (await w.compare(w.at('north'), one, other)).clashes
    expect(clash?.options.map((o) => o.choice)).toEqual(['sequence', 'one', 'other'])
    await w.merge(w.at('north'), [one, other], { spans: { [clash?.id ?? '']: 'sequence' } })
    const { person } = await w.call(w.at('north'), getPerson, { params: { id: one }, query: {} })
    expect(person.memberships.map((m) => [m.orgId, m.from, m.to])).toEqual([
      [w.tree.class1.id, '2022-09-01', null],
      [w.tree.willow.id, '2020-06-01', '2022-09-01'],
    ])
  })

  test('whoever reads only one side, or the other is out of reach, is told by whom it is to be done', async () => {
    const one = await w.member('willow', { name: '乔两边', birth: '2001-01-01' })
    const apart = await w.member('peach', { name: '乔两边', birth: '2001-01-01' })
    const both = actorWith([...w.at('north').grants, ...w.at('south', 'reader').grants])
    const { may } = await w.compare(both, one, apart)
    expect(may.merge).toBe(false)
    expect(may.why).toContain('要由云溪县来合并')
    await expect(w.merge(both, [one, apart])).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(w.compare(w.at('north'), one, apart)).rejects.toMatchObject({ kind: 'notFound' })
    const { verdict } = await w.call(both, contract.judgePeople, {
      params: { one, other: apart },
      body: { verdict: 'proposed', note: '请县里核实' },
    })
    expect(verdict?.verdict).toBe('proposed')
  })

  test('nobody takes over rights: a post above the caller bars the merge', async () => {
    const mine = await w.member('willow', { name: '祝小吏', birth: '2000-05-05' })
    const boss = await w.member('class1', { name: '祝小吏', birth: '2000-05-05' })
    const post = { orgId: w.tree.county.id, personId: boss, countyId: w.tree.county.countyId }
    await w.working((ctx) =>
      enterOfficers(ctx, [{ person: post, post: 'secretary', from: '2023-01-01' } as never], {
        statedOn: '2024-06-01',
      }),
    )
    await expect(w.merge(w.at('north'), [mine, boss])).rejects.toThrow('在“云溪县”')
  })

  test('across counties the person is one, and each county keeps its row', async () => {
    const here = await w.member('willow', { name: '越江行', birth: '2001-08-08' }, '2020-01-01')
    const there = await w.working(async (ctx) => {
      const [answer] = await enterOfficers(
        ctx,
        [
          {
            person: { orgId: w.tree.district.id, name: '越江行', birth: '2001-08-08' },
            post: 'staff',
            from: '2023-01-01',
          } as never,
        ],
        { statedOn: '2024-06-01' },
      )
      return answer?.person?.personId ?? ''
    })
    const before = await w.everyRow()
    expect(
      (await pairs(w.at('city'), 'city')).some((p) => [p.one.personId, p.other.personId].includes(there)),
    ).toBe(true)
    const done = await w.merge(w.at('city'), [here, there])
    const { rows } = await sql<{ countyId: string }>`
      select county_id from person where id = ${here} and voided_at is null`.execute(w.world.owner)
    expect(rows.map((r) => r.countyId).sort()).toEqual([w.tree.county.id, w.tree.district.id].sort())
    await expect(w.undo(w.at('north'), done.merge)).rejects.toMatchObject({ kind: 'notFound' })
    await w.undo(w.at('city'), done.merge)
    expect(await w.everyRow()).toEqual(before)
  })

  test('what was seen must still be so; a repeated request gets its first answer', async () => {
    const twice = { name: '元重复', birth: '2002-12-12' }
    const one = await w.member('willow', twice)
    const other = await w.member('class1', { ...twice, sex: 'male' }, '2023-09-01')
    const { seen, clashes } = await w.compare(w.at('north'), one, other)
    const spans = { [clashes[0]?.id ?? '']: 'sequence' as const }
    await w.call(w.at('north'), setTrait, {
      params: { id: one },
      body: { trait: 'education', value: 'bachelor' },
    })
    const body = { seen, keep: 'one' as const, spans }
    await expect(
      w.call(w.at('north'), contract.mergePeople, { params: { one, other }, body }),
    ).rejects.toMatchObject({
      code: 'changedMeanwhile',
    })
    const actor = w.at('north')
    const now = { ...body, seen: (await w.compare(actor, one, other)).seen }
    const merge = (asked: typeof body) =>
      w.call(actor, contract.mergePeople, { params: { one, other }, body: asked }, 'a key')
    const done = await merge(now)
    expect(await merge(now)).toEqual(done)
    await expect(merge(body)).rejects.toMatchObject({ kind: 'mismatch', code: 'keyUsed' })
  })

  test('two who merge at once merge once', async () => {
    const one = await w.member('willow', { name: '同时并', birth: '2001-11-11' })
    const other = await w.member('willow', { name: '同时饼', birth: '2001-11-11' })
    const { seen } = await w.compare(w.at('north'), one, other)
    const params = { one, other }
    const ask = (keep: 'one' | 'other') =>
      w.call(w.at('north'), contract.mergePeople, { params, body: { seen, keep } }).catch(() => null)
    const done = (await Promise.all([ask('one'), ask('other'), ask('one')])).flatMap((d) => d?.merge ?? [])
    expect(new Set(done).size).toBe(1)
    const { merges } = await w.call(w.at('north'), contract.listPeopleMerges, {
      query: { org: w.tree.north.id },
    })
    expect(merges.filter((m) => [m.keptId, m.goneId].includes(one))).toHaveLength(1)
  })

  test('later work stands in the way of an undo, in words', async () => {
    const one = await w.member('willow', { name: '后来改', birth: '1999-09-09' })
    const other = await w.member('willow', { name: '后来盖', birth: '1999-09-09' })
    const done = await w.merge(w.at('north'), [one, other])
    const { person } = await w.call(w.at('north'), getPerson, { params: { id: one }, query: {} })
    await w.call(w.at('north'), correctPerson, {
      params: { id: one },
      body: { version: person.version, occupation: '教师' },
    })
    const { obstacles } = await w.call(w.at('north'), contract.getPeopleMerge, { params: { id: done.merge } })
    expect(obstacles).toEqual([expect.stringMatching(/^后来改.*的资料后来又改过$/)])
    await expect(w.undo(w.at('north'), done.merge)).rejects.toMatchObject({ code: 'dependsOn' })
    const { merges } = await w.call(w.at('north'), contract.listPeopleMerges, {
      query: { org: w.tree.north.id },
    })
    expect(merges[0]).toMatchObject({ id: done.merge, undoneAt: null })
    expect(
      (await w.call(w.at('south'), contract.listPeopleMerges, { query: { org: w.tree.south.id } })).merges,
    ).toEqual([])
  })
})
