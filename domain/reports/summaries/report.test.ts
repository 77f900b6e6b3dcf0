import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Route, run } from '../../../kernel/route.ts'
import { openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { plantTownship, type Township } from '../../../test/worlds/township.ts'
import { everywhere, inTransaction } from '../../../test/worlds/tree.ts'
import { createSummary } from './contract.ts'
import { routes } from './handlers.ts'
import { type ReportRequest, report } from './report.ts'

let world: TestWorld
let place: Township

beforeAll(async () => {
  world = await openWorld(migrations, '2024-07-01 09:30')
  place = await plantTownship(world)
})
afterAll(() => world.close())

const asked = (more: Partial<ReportRequest> = {}) =>
  inTransaction(world.services, (ctx) => report(ctx, { org: '青石镇团委', period: '2024H1', ...more }))

test('drafts without saving, and says what is stated and what is missing', async () => {
  const { title, source, figures, missing } = await asked()
  expect([title, source]).toEqual(['青石镇团委2024年上半年工作总结', 'draft'])
  expect(figures.find((f) => f.measure === 'funding.raised')).toMatchObject({
    text: '5万余元',
    value: 52600,
    exact: '52600',
    unit: '元',
    evidence: { count: 1 },
  })
  expect(missing.map((m) => m.measure)).toContain('training.count')
  expect(figures.some((f) => f.value === null)).toBe(false)
  await expect(asked({ org: '没有的镇' })).rejects.toMatchObject({ kind: 'notFound' })
  await expect(asked({ cutOff: '2023-12-31' })).rejects.toMatchObject({ code: 'cutOff' })
})

test('uses the saved one, unless a cut-off asks for another', async () => {
  const create = routes.find((r) => r.endpoint.id === createSummary.id) as Route<typeof createSummary>
  await run(world.services, everywhere(), create, { body: { org: place.town.id, period: '2024H1' } })
  expect((await asked()).source).toBe('saved')
  const cut = await asked({ cutOff: '2024-03-01' })
  expect(cut.source).toBe('draft')
  expect(cut.figures.some((f) => f.measure.startsWith('volunteering.'))).toBe(false)
})

test('writes a document in which every figure can be found, and the rows of each', async () => {
  const { figures, files } = await inTransaction(world.services, async (ctx) => {
    const made = await report(ctx, { org: place.town.code, period: '2024H1' })
    return { figures: made.figures, files: [await made.docx(true), await made.annex()] }
  })
  const [docx, xlsx] = files.map((f) => unzipSync(f))
  const words = new TextDecoder().decode(docx?.['word/document.xml'])
  expect(words.match(/<w:bookmarkStart [^>]*fig_/g)?.length).toBe(figures.length)
  const sheets = Object.keys(xlsx ?? {}).filter((name) => name.startsWith('xl/worksheets/sheet'))
  expect(sheets.length).toBe(figures.length + 1)
})
