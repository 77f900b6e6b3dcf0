import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Download } from '../../../../kernel/route.ts'
import {
  bloodDonation,
  EVERYBODY,
  faultsOf,
  type OwnWorld,
  plantOwnWorld,
} from '../../../../test/worlds/ownLedgers.ts'
import { getMeasures } from '../../../indicators/contract.ts'
import * as records from '../contract.ts'
import type { LedgerField } from '../definition.ts'
import { exportRecords } from '../exportContract.ts'
import * as contract from './contract.ts'

let w: OwnWorld

beforeAll(async () => {
  w = await plantOwnWorld()
})
afterAll(() => w.world.close())

const get = (id: string, actor = w.at('county')) => w.call(actor, contract.getOwn, { params: { id } })

describe('who', () => {
  test('a manager declares; staff and readers do not', async () => {
    const body = { definition: w.blood() }
    await expect(w.call(w.at('county', 'staff'), contract.createOwn, { body })).rejects.toMatchObject({
      kind: 'forbidden',
    })
    await expect(w.call(w.at('county', 'reader'), contract.createOwn, { body })).rejects.toMatchObject({
      kind: 'forbidden',
    })
    const { id } = await w.call(w.at('county'), contract.createOwn, { body })
    expect(await get(id)).toMatchObject({ state: 'draft', mine: true, published: null })
    await expect(w.record(id)).rejects.toMatchObject({ kind: 'notFound' })
  })

  test('it is seen at, below and above its owner, and nowhere else', async () => {
    const id = await w.declare(w.at('north'), w.blood())
    await w.record(id)
    const seen = async (at: Parameters<OwnWorld['at']>[0]) =>
      (await w.call(w.at(at, 'reader'), contract.listOwn, {})).ledgers.some((l) => l.id === id)
    expect([await seen('north'), await seen('willow'), await seen('county'), await seen('city')]).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect([await seen('south'), await seen('peach'), await seen('district')]).toEqual([false, false, false])
    expect(await w.figure(`${id}.count`)).toBe(1)
    await expect(w.figure(`${id}.count`, w.at('city', 'reader'))).resolves.toBe(1)
    await expect(w.figure(`${id}.count`, w.at('district'))).rejects.toMatchObject({ code: 'unknownMeasure' })
    for (const at of ['south', 'district'] as const) {
      await expect(get(id, w.at(at))).rejects.toMatchObject({ kind: 'notFound' })
      await expect(w.call(w.at(at), records.getLedger, { params: { ledger: id } })).rejects.toMatchObject({
        kind: 'notFound',
      })
      const { measures } = await w.call(w.at(at), getMeasures, {})
      expect(measures.filter((m) => m.id.startsWith(id))).toEqual([])
    }
    const { version } = await get(id)
    await expect(
      w.call(w.at('willow'), contract.closeOwn, { params: { id }, body: { version } }),
    ).rejects.toMatchObject({ kind: 'forbidden' })
  })

  test('seen from above it bears the name of its owner, as two townships may call theirs the same', async () => {
    const title = '夜校'
    const ids = await Promise.all(
      (['north', 'south'] as const).map((at) => w.declare(w.at(at), w.blood({ title }))),
    )
    const titles = async (at: 'county' | 'north' | 'willow') => {
      const { measures } = await w.call(w.at(at), getMeasures, {})
      return measures.filter((m) => ids.some((id) => m.id === `${id}.count`)).map((m) => m.title)
    }
    expect(await titles('north')).toEqual(['夜校场数'])
    expect(await titles('willow')).toEqual(['夜校场数'])
    expect((await titles('county')).sort()).toEqual(['夜校（白鹭镇）场数', '夜校（青石镇）场数'])
  })

  test('it stays with whoever takes its owner’s place', async () => {
    const id = await w.declare(w.at('south'), w.blood())
    await w.world.owner
      .updateTable('org')
      .set({ successorId: w.tree.north.id })
      .where('id', '=', w.tree.south.id)
      .execute()
    expect((await get(id, w.at('north'))).owner.name).toBe('青石镇')
    expect((await w.record(id)).version).toBe(1)
    await w.world.owner
      .updateTable('org')
      .set({ successorId: null })
      .where('id', '=', w.tree.south.id)
      .execute()
    await expect(get(id, w.at('north'))).rejects.toMatchObject({ kind: 'notFound' })
  })

  test('only the kinds of organisations for which it is meant record in it', async () => {
    const id = await w.declare(w.at('county'), w.blood(), { ...EVERYBODY, sectors: ['school'] })
    await w.record(id, { orgId: w.tree.class1.id })
    expect(await faultsOf(w.record(id))).toEqual(['orgId'])
    const own = await w.declare(w.at('north'), w.blood())
    expect(await faultsOf(w.record(own, { orgId: w.tree.peach.id }, w.at('county')))).toEqual(['orgId'])
    const listed = async (org: 'willow' | 'class1' | 'south') =>
      (await w.call(w.at('county'), records.listLedgers, { query: { org: w.tree[org].id } })).ledgers.some(
        (l) => l.definition.id === id,
      )
    expect([await listed('class1'), await listed('willow'), await listed('south')]).toEqual([
      true,
      false,
      true,
    ])
  })
})

describe('versions', () => {
  test('a field that is left out is retired: old records keep it, it is still counted and exported', async () => {
    const id = await w.declare(w.at('county'), w.blood())
    await w.record(id, { fields: { volume: 400, place: '广场' } })
    await w.change(w.at('county'), id, (d) => ({
      ...d,
      fields: [
        ...d.fields.filter((f) => f.id !== 'place'),
        { id: 'team', title: '采血车', type: 'text', usedBy: '对账' },
      ],
      sentences: d.sentences.map((s) => ({ ...s, text: s.text.replace('[在{place}]', '[由{team}]') })),
    }))
    await w.record(id, { day: '2024-04-01', fields: { volume: 200, team: '一号车' } })
    const [old, next] = await w.rows(id)
    expect([old?.fields, next?.fields]).toEqual([
      { volume: 400, place: '广场' },
      { volume: 200, team: '一号车' },
    ])
    const changed = await w.call(w.at('north'), records.changeRecord, {
      params: { id: old?.id ?? '' },
      body: { version: 1, fields: { volume: 300 } },
    })
    expect(changed.version).toBe(2)
    expect((await w.rows(id))[0]?.fields).toEqual({ volume: 300, place: '广场' })
    const file = (await w.call(w.at('north'), exportRecords, {
      params: { ledger: id },
      query: { format: 'csv' },
    })) as unknown as Download
    expect(Buffer.from(file.body as Uint8Array).toString()).toMatch(/地点[^广]*\n.*广场/)
    const found = await w.call(w.at('north'), records.listRecords, {
      params: { ledger: id },
      query: { where: '{"place":"*"}' },
    })
    expect([found.total, await w.figure(`${id}.volume`)]).toEqual([1, 500])
    expect((await get(id)).versions.map((v) => v.version)).toEqual([2, 1])
  })

  test('type and unit of a field stay; a new name keeps the id; options are retired', async () => {
    const kind: LedgerField = {
      id: 'kind',
      title: '方式',
      type: 'choice',
      usedBy: '总结',
      options: [
        { value: 'whole', title: '全血' },
        { value: 'part', title: '成分血' },
      ],
    }
    const id = await w.declare(w.at('county'), w.blood({ fields: [...bloodDonation.fields, kind] }))
    await w.record(id, { fields: { kind: '成分血', volume: 200 } })
    const changed = (how: (f: LedgerField) => LedgerField) =>
      w.change(w.at('county'), id, (d) => ({ ...d, fields: d.fields.map(how) }))
    expect(await faultsOf(changed((f) => (f.id === 'place' ? { ...f, type: 'integer' } : f)))).toContain(
      'fields.place.type',
    )
    expect(
      await faultsOf(changed((f) => (f.id === 'volume' ? { ...f, unit: '升', title: '献血' } : f))),
    ).toContain('fields.volume.unit')
    await w.change(w.at('county'), id, () => ({
      ...w.blood(),
      fields: [
        ...bloodDonation.fields.map((f) => (f.id === 'volume' ? { ...f, title: '总献血量' } : f)),
        {
          ...kind,
          options: [
            { value: 'whole', title: '全血' },
            { value: 'double', title: '双份' },
          ],
        },
      ],
    }))
    const { definition } = await get(id)
    expect(definition.fields.find((f) => f.id === 'kind')?.options).toContainEqual({
      value: 'part',
      title: '成分血',
      retired: true,
    })
    expect(await w.figure(`${id}.volume`)).toBe(200)
  })

  test('what another wrote meanwhile is not covered up, and nothing is published twice', async () => {
    const id = await w.declare(w.at('county'), w.blood())
    const { definition, users, version } = await get(id)
    const write = () =>
      w.call(w.at('county'), contract.writeOwn, { params: { id }, body: { definition, users, version } })
    const first = await write()
    await expect(write()).rejects.toMatchObject({ code: 'changedMeanwhile' })
    await w.call(w.at('county'), contract.discardOwn, { params: { id } })
    await expect(
      w.call(w.at('county'), contract.publishOwn, { params: { id }, body: { version: first.version + 1 } }),
    ).rejects.toMatchObject({ code: 'nothingToPublish' })
  })

  test('retired, it takes no new records and keeps its figures; reopened, it goes on', async () => {
    const id = await w.declare(w.at('county'), w.blood())
    await w.record(id, { fields: { volume: 400 } })
    await w.call(w.at('county'), contract.closeOwn, {
      params: { id },
      body: { version: (await get(id)).version },
    })
    expect(await faultsOf(w.record(id, { day: '2024-04-01' }))).toEqual(['orgId'])
    expect(await w.figure(`${id}.volume`)).toBe(400)
    await w.call(w.at('county'), contract.reopenOwn, {
      params: { id },
      body: { version: (await get(id)).version },
    })
    await w.record(id, { day: '2024-04-01', fields: { volume: 100 } })
    expect(await w.figure(`${id}.volume`)).toBe(500)
    expect((await get(id)).history.map((h) => h.verb)).toEqual(['reopen', 'close', 'publish', 'declare'])
  })

  test('what is wrong is told at its place', async () => {
    const wrong = w.blood({
      title: '志愿服务',
      measureWord: '',
      fields: [
        { id: 'a', title: '甲', type: 'integer', usedBy: '总结' },
        { id: 'b', title: '甲', type: 'calculated', usedBy: '总结', formula: '{a} × {later}' },
        { id: 'later', title: '后', type: 'integer', usedBy: '总结' },
      ],
      rules: [{ kind: 'notBefore', field: 'a', other: 'day' }],
      sentences: [{ id: 'record', of: 'record', text: '{ghost}' }],
      measures: [],
    })
    expect(await faultsOf(w.declare(w.at('county'), wrong))).toEqual(
      expect.arrayContaining([
        'title',
        'measureWord',
        'fields.b.formula',
        'fields.b.title',
        'rules.0',
        'sentences.record',
      ]),
    )
  })
})
