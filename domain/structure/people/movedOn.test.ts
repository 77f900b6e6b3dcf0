/** Who has moved on, stands nowhere, is to come, or only took part (decision 0027). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../../kernel/id.ts'
import { idNumber, type MergeWorld, plantMergeWorld } from '../../../test/worlds/merging.ts'
import { everywhere, type TreeName } from '../../../test/worlds/tree.ts'
import { createRecord, getRecord } from '../../records/ledgers/contract.ts'
import { getParticipation } from '../../records/participation/contract.ts'
import { appoint, dismiss } from '../appointments/contract.ts'
import {
  correctMembership,
  endMembership,
  enterMember,
  listMembers,
  setMobile,
} from '../memberships/contract.ts'
import { enterMembers } from '../memberships/enter.ts'
import { likePeople, listPeoplePairs } from '../merges/contract.ts'
import { openOrg } from '../organisations/operations.ts'
import { mergeOrganisation } from '../restructuring/contract.ts'
import { correctPerson, getPerson, revealPerson, searchPeople, setTrait } from './contract.ts'

let w: MergeWorld

beforeAll(async () => {
  w = await plantMergeWorld()
})
afterAll(() => w.world.close())

describe('who has moved on', () => {
  const born = '2001-05-04'

  /** From 柳河村 to 桃源村 on the first of March, with what the new branch wrote down since. */
  async function moved(name: string): Promise<{ id: string; membership: string }> {
    const id = await w.member('willow', { name, birth: born, phone: '19900004321', education: 'college' })
    const { person } = await w.call(w.at('north'), getPerson, { params: { id } })
    const membership = person.memberships[0]?.id ?? ''
    const left = { version: 1, on: '2024-03-01', reason: 'transferOut' }
    await w.call(w.at('north'), endMembership, { params: { id: membership }, body: left })
    const entry = { personId: id, startReason: 'transferIn', from: '2024-03-01', orgId: w.tree.peach.id }
    await w.call(w.at('county'), enterMember, { body: entry })
    const { version } = (await w.call(w.at('south'), getPerson, { params: { id } })).person
    const news = { version, phone: '19900008765', occupation: '桃源小学教师' }
    await w.call(w.at('south'), correctPerson, { params: { id }, body: news })
    const degree = { trait: 'education' as const, value: 'bachelor', from: '2024-05-01' }
    await w.call(w.at('south'), setTrait, { params: { id }, body: degree })
    const post = { orgId: w.tree.peach.id, personId: id, post: 'committeeMember', from: '2024-04-01' }
    await w.call(w.at('south'), appoint, { body: post })
    return { id, membership }
  }

  test('is read by the old branch as they were then; the new one and superiors of both see the whole', async () => {
    const { id } = await moved('童远')
    const then = await w.call(w.at('willow'), getPerson, { params: { id } })
    expect(then).toMatchObject({
      until: '2024-02-29',
      person: { name: '童远', education: 'college', phoneMasked: null, occupation: null, appointments: [] },
      may: { change: false, reveal: false },
    })
    expect(then.person.memberships).toMatchObject([{ orgName: '柳河村团支部', to: '2024-03-01' }])
    expect(then.history.map((h) => h.verb)).toEqual(['办理离开'])
    expect(JSON.stringify(then)).not.toMatch(/桃源|bachelor|更正/)
    for (const name of ['peach', 'south', 'county'] as const) {
      const now = await w.call(w.at(name), getPerson, { params: { id } })
      expect(now).toMatchObject({ until: null, may: { change: true, reveal: true } })
      expect(now.person).toMatchObject({ education: 'bachelor', phoneMasked: '*********65' })
      expect(now.person.memberships).toHaveLength(2)
    }
  })

  test('is not theirs to reveal, correct, appoint, mark or take back, nor found by the new phone', async () => {
    const { id, membership } = await moved('佟行')
    const old = w.at('north')
    const span = { params: { id: membership } }
    const refused = [
      () => w.call(old, revealPerson, { params: { id }, body: { reason: '核对' } }),
      () => w.call(old, correctPerson, { params: { id }, body: { version: 2, name: '佟某' } }),
      () => w.call(old, setTrait, { params: { id }, body: { trait: 'mobile', value: 'yes' } }),
      () => w.call(old, correctMembership, { ...span, body: { version: 2, to: null } }),
      () => w.call(old, setMobile, { ...span, body: { mobile: true } }),
      () =>
        w.call(old, appoint, {
          body: { orgId: w.tree.north.id, personId: id, post: 'staff', from: '2024-06-01' },
        }),
    ]
    for (const work of refused) await expect(work()).rejects.toMatchObject({ kind: 'forbidden' })
    const search = async (name: TreeName, q: string) =>
      (await w.call(w.at(name), searchPeople, { query: { q } })).people
    expect(await search('north', '佟行')).toMatchObject([{ orgName: '柳河村团支部', phoneMasked: null }])
    expect(await search('north', '19900008765')).toEqual([])
    expect(await search('peach', '19900008765')).toHaveLength(2)
    const roster = { org: w.tree.willow.id, asOf: '2024-02-01', q: '佟行' }
    expect((await w.call(old, listMembers, { query: roster })).rows).toMatchObject([
      { education: 'college', phoneMasked: null, occupation: null },
    ])
    const like = { name: '佟行', orgId: w.tree.willow.id, birth: born, phone: '19900008765' }
    expect((await w.call(old, likePeople, { body: like })).people).toEqual([])
    await w.member('willow', { name: '佟行', birth: '2001' })
    const pairs = async (name: TreeName) =>
      (await w.call(w.at(name), listPeoplePairs, { query: { org: w.tree[name].id } })).pairs.filter(
        (p) => p.one.name === '佟行',
      )
    expect([(await pairs('north')).length, (await pairs('county')).length]).toEqual([0, 1])
  })

  test('and stands nowhere stays with the last organisation: corrected, received again, not revealed', async () => {
    const id = await w.member('class1', { name: '毕业', phone: '19900002468' })
    const { person } = await w.call(w.at('school'), getPerson, { params: { id } })
    const span = { params: { id: person.memberships[0]?.id ?? '' } }
    // Over since this midnight: over.
    await w.call(w.at('school'), endMembership, {
      ...span,
      body: { version: 1, on: '2024-06-18', reason: 'transferOut' },
    })
    const page = await w.call(w.at('school'), getPerson, { params: { id } })
    expect(page).toMatchObject({ until: null, may: { change: true, reveal: false } })
    await expect(
      w.call(w.at('school'), revealPerson, { params: { id }, body: { reason: '核对' } }),
    ).rejects.toThrow(/毕业已经离开/)
    await w.call(w.at('school'), correctPerson, { params: { id }, body: { version: 1, nativePlace: '云溪' } })
    const again = { personId: id, startReason: 'restored', from: '2024-06-18', orgId: w.tree.class1.id }
    await w.call(w.at('school'), enterMember, { body: again })
    expect(
      await w.call(w.at('school'), revealPerson, { params: { id }, body: { reason: '核对' } }),
    ).toMatchObject({ phone: '19900002468' })
  })

  test('of an organisation that was merged goes to the successor; its old superior reads what was then', async () => {
    const small = await w.working((ctx) =>
      openOrg(ctx, {
        parent: w.tree.south,
        name: '石桥村团支部',
        type: 'branch',
        sector: 'territory',
        on: '2020-01-01',
      }),
    )
    const stated = { name: '并行', birth: '2002-02-02', orgId: small.id }
    const [entered] = await w.working((ctx) =>
      enterMembers(ctx, [{ person: stated, from: '2021-01-01' }], { statedOn: '2024-06-01' }),
    )
    const id = entered?.person?.personId ?? ''
    const { person } = await w.call(w.at('south'), getPerson, { params: { id } })
    const left = { version: 1, on: '2023-01-01', reason: 'transferOut' }
    await w.call(w.at('south'), endMembership, {
      params: { id: person.memberships[0]?.id ?? '' },
      body: left,
    })
    const body = { into: w.tree.willow.id, on: '2024-06-01' }
    await w.call(w.at('county'), mergeOrganisation, { params: { id: small.id }, body })
    const seen = async (name: TreeName) => (await w.call(w.at(name), getPerson, { params: { id } })).until
    expect([await seen('willow'), await seen('north'), await seen('south')]).toEqual([
      null,
      null,
      '2022-12-31',
    ])
  })

  test('to come is read, and held once the day is there; a post that ended gives nothing from its last moment', async () => {
    const id = await w.member('willow', { name: '候任', phone: '19900001357' })
    const body = { orgId: w.tree.south.id, personId: id, post: 'staff', from: '2024-07-01' }
    const { id: post } = await w.call(w.at('county'), appoint, { body })
    const seen = async () => (await w.call(w.at('south'), getPerson, { params: { id } })).may
    expect(await seen()).toEqual({ change: false, reveal: false })
    w.world.setNow('2024-07-01 00:00')
    expect(await seen()).toEqual({ change: true, reveal: true })
    const left = { version: 1, on: '2024-07-02', reason: 'transferred' }
    await w.call(w.at('south'), dismiss, { params: { id: post }, body: left })
    w.world.setNow('2024-07-02 00:00')
    expect(await seen()).toEqual({ change: false, reveal: false })
    w.world.setNow('2024-06-18 09:30')
  })
})

describe('taking part in a record', () => {
  test('gives no right over the person; the name stays readable in one’s own record', async () => {
    const id = await w.member('willow', { name: '客串', idNumber: idNumber('99010120010909001') })
    const record = {
      id: newId(),
      orgId: w.tree.peach.id,
      day: '2024-05-04',
      title: '五四联谊',
      participants: [{ personId: id, role: 'participant' }],
    }
    await w.call(everywhere(), createRecord, { params: { ledger: 'themeActivity' }, body: record })
    const south = w.at('south')
    for (const work of [
      () => w.call(south, getPerson, { params: { id } }),
      () => w.call(south, revealPerson, { params: { id }, body: { reason: '核对' } }),
      () => w.call(south, correctPerson, { params: { id }, body: { version: 1, name: '改名' } }),
    ])
      await expect(work()).rejects.toMatchObject({ kind: 'notFound', message: '没有找到这个人。' })
    await expect(w.call(south, getParticipation, { params: { id } })).rejects.toMatchObject({
      kind: 'notFound',
    })
    const { participants } = await w.call(south, getRecord, { params: { id: record.id } })
    expect(participants).toMatchObject([{ name: '客串' }])
  })
})
