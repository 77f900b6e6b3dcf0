import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '../../../kernel/actions.ts'
import type { Actor } from '../../../kernel/context.ts'
import type { Endpoint, Input, Output } from '../../../kernel/endpoint.ts'
import { newId } from '../../../kernel/id.ts'
import { type Download, type Route, run } from '../../../kernel/route.ts'
import { actorWith, openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { plantTownship, type Township } from '../../../test/worlds/township.ts'
import { everywhere } from '../../../test/worlds/tree.ts'
import { restoreRecord, voidRecord } from '../../records/ledgers/contract.ts'
import { routes as recordRoutes } from '../../records/ledgers/handlers.ts'
import * as contract from './contract.ts'
import { routes } from './handlers.ts'
import { type Body, figure, figuresOf, paragraph, text, wordsOf } from './model.ts'

const wordsIn = (docx: unknown): string =>
  strFromU8(unzipSync(docx as Uint8Array)['word/document.xml'] ?? new Uint8Array()).replace(/<[^>]+>/g, '')

let world: TestWorld
let place: Township

beforeAll(async () => {
  world = await openWorld(migrations, '2024-06-18 09:30')
  place = await plantTownship(world)
})
afterAll(() => world.close())

/** Under a key of its own, as the pages call. */
function call<E extends Endpoint>(
  endpoint: E,
  input: Partial<Input<E>>,
  actor: Actor = everywhere(),
): Promise<Output<E>> {
  const found = [...routes, ...recordRoutes].find((r) => r.endpoint.id === endpoint.id) as Route<E>
  return run(world.services, actor, found, input, newId())
}

const at = (orgId: string, path: string, role: Role) =>
  actorWith([{ orgId, countyId: place.county.countyId, path, role }], '李书记')

const paragraphsOf = (summary: contract.Summary): string[] => {
  const byRef = new Map(summary.figures.map((f) => [f.ref, f.display]))
  return summary.body.sections.flatMap((s) =>
    s.paragraphs.map((p) => wordsOf(p.runs, (ref) => byRef.get(ref) ?? '?')),
  )
}

const create = (period = '2024H1', actor = everywhere()) =>
  call(contract.createSummary, { body: { org: place.town.id, period, cutOff: '2024-06-18' } }, actor)

const latest = async () => {
  const { summaries } = await call(contract.listSummaries, {
    query: { org: place.town.code, period: '2024H1' },
  })
  const found = summaries.find((s) => s.org.id === place.town.id)
  if (!found) throw new Error('no summary')
  return call(contract.getSummary, { params: { id: found.id } })
}

const save = (id: string, version: number, body: Body) =>
  call(contract.saveSummary, { params: { id }, body: { version, body } })

const voidOne = (id: string) => call(voidRecord, { params: { id }, body: { reason: '重复' } })
const restoreOne = (id: string) => call(restoreRecord, { params: { id } })

describe('a draft', () => {
  test('states what is recorded, leaves out what is not, and prints no 0 for what is missing', async () => {
    const summary = await create()
    const words = paragraphsOf(summary).join('\n')
    expect(summary.title).toBe('青石镇团委2024年上半年工作总结')
    expect(words).toContain('（截至6月18日）')
    expect(words).toContain('下辖团组织5个，其中镇直团支部1个，村团支部3个，学校团总支1个。')
    expect(words).toContain('所属各级团组织共6个，其中团总支1个，团支部5个。')
    expect(words).toContain('现有团员6人，其中女团员2人，流动团员2人。')
    expect(words).toContain('团委委员1人，其中本科1人；党员1人，占100%。')
    expect(words).toContain('团干部2人，其中本科1人，大专1人；女团干部1人，占团干部人数的50%')
    expect(words).toContain('大学生村官1人担任团支部书记')
    expect(words).toContain('筹集资金5万余元')
    expect(words).toContain('3月12日，青石镇团委开展植树志愿服务，40人次参加，植树200棵。')
    expect(words).toContain('开展主题活动3场，参与102人次。')
    expect(words).not.toContain('举办培训')
    expect(words).not.toMatch(/(?<![\d.])0[人个场次]/)
    expect(summary.checks.filter((c) => c.level === 'error')).toEqual([])
  })

  test('proposes problems with figures and the organisations concerned', async () => {
    const { id } = await latest()
    const { problems } = await call(contract.proposeProblems, { params: { id } })
    const said = new Map(problems.map((p) => [p.key, p]))
    expect(said.get('mobileArrears')?.words).toBe('2名流动团员中，有1名欠缴团费。')
    expect(said.get('mobileArrears')?.orgs.map((o) => o.name)).toEqual(['桃源村团支部'])
    expect(said.get('silentSubordinates')?.words).toBe(
      '有2个直接下级团组织没有开展工作的记录，其中村团组织1个。',
    )
    expect(said.get('silentSubordinates')?.orgs.map((o) => o.name)).toEqual(['镇直团支部', '李家村团支部'])
    // Where no officer was ever registered, nobody knows of a vacancy.
    expect(said.get('vacancies')).toBeUndefined()
    // One that was never kept is no shortcoming.
    expect(said.get('missingLedgers')?.words).toBe('“培训讲座”台账没有记录，也没有声明“本期无”。')
    expect(said.has('fewerAdmissions')).toBe(false)
  })

  test('shows the same period a year earlier', async () => {
    const summary = await latest()
    const activities = summary.figures.find((f) => f.measure.id === 'themeActivity.count')
    expect(activities?.comparison).toMatchObject({ value: 1, change: '增加2场' })
  })

  test('strikes the sentence of a record that is voided, and prints it no more', async () => {
    const before = await latest()
    const docx = async () =>
      wordsIn(((await call(contract.exportSummary, { params: { id: before.id } })) as Download).body)
    const found = (summary: contract.Summary) => summary.checks.filter((c) => c.kind === 'gone')
    expect(found(before)).toEqual([])
    expect(await docx()).toContain('植树200棵')
    await voidOne(place.records.planting)
    const after = await latest()
    const told = after.body.sections
      .flatMap((s) => s.paragraphs)
      .find((p) => p.origin?.key === place.records.planting)
    expect(found(after)).toMatchObject([{ level: 'error', paragraphId: told?.id }])
    expect(after.checks.filter((c) => c.kind === 'missing' && c.paragraphId === told?.id)).toEqual([])
    const printed = await docx()
    expect(printed).not.toContain('开展植树志愿服务')
    expect(printed).toContain('开展主题活动3场')
    await restoreOne(place.records.planting)
    expect(found(await latest())).toEqual([])
  })

  test('is one for an organisation and period', async () => {
    await expect(create()).rejects.toMatchObject({ kind: 'conflict', code: 'summaryExists' })
    await expect(create('2024X')).rejects.toMatchObject({ kind: 'invalid', code: 'period' })
  })

  test('keeps what was written by hand through a refresh, and loses nothing to another writer', async () => {
    const before = await latest()
    const body = structuredClone(before.body)
    const told = body.sections
      .flatMap((s) => s.paragraphs)
      .find((p) => p.origin?.key === place.records.planting)
    if (!told) throw new Error('no paragraph')
    told.runs = [text('三月植树，我来改写。')]
    told.edited = true
    const { version } = await save(before.id, before.version, body)
    await expect(save(before.id, before.version, before.body)).rejects.toMatchObject({
      code: 'versionConflict',
    })
    expect((await latest()).body).toEqual(body)
    const { changes } = await call(contract.refreshSummary, { params: { id: before.id }, body: {} })
    expect(changes).toMatchObject([{ kind: 'changed', edited: true, before: '三月植树，我来改写。' }])
    expect(changes[0]?.after).toContain('植树200棵')
    told.runs = changes[0]?.paragraph?.runs ?? []
    await save(before.id, version, body)
  })

  test('a paragraph copied with its names is refused, copied with new ones it is kept', async () => {
    const { id, version, body } = await latest()
    const [first, ...rest] = body.sections[1]?.paragraphs ?? []
    if (!first) throw new Error('no paragraph')
    const twice = structuredClone(body)
    twice.sections[1]?.paragraphs.push(first)
    await expect(save(id, version, twice)).rejects.toMatchObject({ code: 'repeatedNames' })
    const renamed = structuredClone(body)
    const copy = paragraph(first.runs.map((r) => (r.type === 'text' ? r : figure(r.question, r.wording))))
    renamed.sections[1]?.paragraphs.splice(0, rest.length + 1, first, ...rest, copy)
    const saved = await save(id, version, renamed)
    expect(saved.figures).toHaveLength(figuresOf(renamed).length)
    await save(id, saved.version, body)
  })

  test('of a county and of a branch say what there is of them, and no 0 of what they cannot have', async () => {
    const words = async (org: string) => {
      const body = { org, period: '2024Q1' }
      return paragraphsOf(await call(contract.createSummary, { body }))
    }
    expect(await words(place.county.id)).toContain('云溪县团委下辖团组织1个，其中乡镇（街道）团委1个。')
    const branch = (await words(place.willow.id)).join('\n')
    expect(branch).toContain('团干部1人，其中大专1人')
    expect(branch).not.toContain('下辖')
    expect(branch).not.toContain('团委委员')
  })

  test('a voided record is gone from the refresh, and added again when restored', async () => {
    const { id } = await latest()
    await voidOne(place.records.planting)
    const gone = await call(contract.refreshSummary, { params: { id }, body: {} })
    expect(gone.changes.map((c) => c.kind)).toContain('gone')
    await restoreOne(place.records.planting)
    const again = await call(contract.refreshSummary, { params: { id }, body: {} })
    expect(again.changes).toEqual([])
  })
})

describe('rights', () => {
  test('staff write, managers hand in, readers read, others see nothing', async () => {
    const { town, peach, county } = place
    const { id, version } = await latest()
    const staff = at(town.id, town.path, 'staff')
    const submit = (actor: Actor) =>
      call(contract.submitSummary, { params: { id }, body: { version } }, actor)
    expect((await call(contract.getSummary, { params: { id } }, staff)).may).toEqual({
      write: true,
      submit: false,
    })
    await expect(submit(staff)).rejects.toMatchObject({ kind: 'forbidden' })
    const reader = at(county.id, county.path, 'reader')
    expect((await call(contract.getSummary, { params: { id } }, reader)).may.write).toBe(false)
    await expect(
      call(contract.saveSummary, { params: { id }, body: { version, title: '改' } }, reader),
    ).rejects.toMatchObject({ kind: 'forbidden' })
    const branch = at(peach.id, peach.path, 'manager')
    await expect(call(contract.getSummary, { params: { id } }, branch)).rejects.toMatchObject({
      kind: 'notFound',
    })
  })
})

describe('handed in', () => {
  test('a missing figure stops it unless that is wanted, and then it stands as missing', async () => {
    const { id, version, body } = await latest()
    const more = structuredClone(body)
    const missing = figure({ measure: 'training.personTimes' })
    more.sections[1]?.paragraphs.push(paragraph([text('培训'), missing, text('。')]))
    const saved = await save(id, version, more)
    expect(saved.checks[0]).toMatchObject({ kind: 'missing', refs: [missing.ref] })
    expect(saved.figures.find((f) => f.ref === missing.ref)?.display).toBe('—')
    await expect(
      call(contract.submitSummary, { params: { id }, body: { version: saved.version } }),
    ).rejects.toMatchObject({ code: 'missingFigures' })
    const manager = at(place.town.id, place.town.path, 'manager')
    const handIn = () =>
      call(
        contract.submitSummary,
        { params: { id }, body: { version: saved.version, withMissing: true } },
        manager,
      )
    const outcomes = await Promise.allSettled([handIn(), handIn()])
    const done = outcomes.filter((o) => o.status === 'fulfilled').map((o) => o.value.figures)
    expect(done).toEqual([figuresOf(more).length])
    expect(outcomes.find((o) => o.status === 'rejected')?.reason).toMatchObject({ code: 'submitted' })
    expect(paragraphsOf(await latest())).toContain('培训—。')
  })

  test('stays as it was; drift names exactly the figures that would differ, and the rows', async () => {
    const before = await latest()
    expect((await call(contract.getDrift, { params: { id: before.id } })).drifted).toEqual([])
    await voidOne(place.records.funds)
    const after = await latest()
    expect(paragraphsOf(after)).toEqual(paragraphsOf(before))
    const { drifted } = await call(contract.getDrift, { params: { id: before.id } })
    const touching = before.figures.filter((f) => f.measure.id.startsWith('funding.'))
    expect(drifted.map((d) => d.ref)).toEqual(touching.map((f) => f.ref))
    expect(drifted[0]).toMatchObject({
      frozen: { display: '5万余元' },
      today: { display: '—' },
      why: 'value',
    })
    expect(drifted[0]?.rows).toMatchObject([{ kind: 'removed', id: place.records.funds, opens: 'records' }])
    const rows = await call(contract.getFrozenRows, {
      params: { id: before.id, ref: drifted[0]?.ref ?? '' },
      query: {},
    })
    expect(rows.total).toBe(1)
    await restoreOne(place.records.funds)
    const again = await call(contract.getDrift, { params: { id: before.id } })
    expect(again.drifted.map((d) => [d.ref, d.why])).toEqual(touching.map((f) => [f.ref, 'rows']))
  })

  test('is not written again; a correction is another edition', async () => {
    const { id, version, body } = await latest()
    await expect(save(id, version, body)).rejects.toMatchObject({ code: 'submitted' })
    const next = await call(contract.correctSummary, { params: { id } })
    expect(next.edition).toBe(2)
    await expect(call(contract.correctSummary, { params: { id } })).rejects.toMatchObject({
      code: 'newerEdition',
    })
    const opened = await call(contract.getSummary, { params: { id: next.id } })
    expect(opened.editions.map((e) => [e.edition, e.state])).toEqual([
      [2, 'draft'],
      [1, 'submitted'],
    ])
    expect(opened.body).toEqual(body)
    await call(contract.voidSummary, { params: { id: next.id } })
    expect((await latest()).id).toBe(id)
  })

  test('the superior sees who has not', async () => {
    const { notYet, summaries } = await call(contract.listSummaries, {
      query: { org: place.county.id, period: '2024H1' },
    })
    expect(notYet).toEqual([])
    expect(summaries.map((s) => s.state)).toEqual(['submitted'])
    const year = await call(contract.listSummaries, { query: { org: place.county.id, period: '2024' } })
    expect(year.notYet.map((o) => o.name)).toEqual(['青石镇团委'])
    const own = await call(contract.listSummaries, { query: { org: place.town.id, period: '2024' } })
    expect(own.notYet).toEqual([])
  })

  test('goes out as a document and a workbook', async () => {
    const { id } = await latest()
    const docx = await call(contract.exportSummary, { params: { id } })
    expect(docx).toMatchObject({ name: '青石镇团委2024年上半年工作总结.docx' })
    const annex = await call(contract.exportAnnex, { params: { id } })
    expect(annex).toMatchObject({ name: expect.stringContaining('.xlsx') })
  })
})
