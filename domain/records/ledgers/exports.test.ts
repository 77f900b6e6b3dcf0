import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getJob, getJobFile } from '../../../kernel/jobs/contract.ts'
import { routes as jobRoutes } from '../../../kernel/jobs/handlers.ts'
import { startRunner } from '../../../kernel/jobs/runner.ts'
import { type Download, type Route, run } from '../../../kernel/route.ts'
import { readWorkbook } from '../../../kernel/spreadsheet/read.ts'
import { plantRecordWorld, type RecordWorld } from '../../../test/worlds/records.ts'
import { createRecord } from './contract.ts'
import { exportRecords, startExport } from './exportContract.ts'
import { jobs } from './handlers.ts'

let w: RecordWorld
const params = { ledger: 'volunteering' }

beforeAll(async () => {
  w = await plantRecordWorld()
  const at = (day: string, title: string, personTimes: number, hours: number) =>
    w.call(w.secretary, createRecord, {
      params,
      body: { ...w.planting(), day, title, personTimes, fields: { kind: 'disaster', hours } },
    })
  await at('2024-01-05', '=1+1', 10, 20)
  await at('2024-03-05', '-敬老', 5, 7.5)
  await at('2024-05-04', '植树', 40, 80)
})
afterAll(() => w.world.close())

const textOf = async (bytes: AsyncIterable<Uint8Array> | Uint8Array): Promise<Buffer> => {
  if (bytes instanceof Uint8Array) return Buffer.from(bytes)
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts)
}

/** Runs what waits, and answers what came of it. */
async function made(job: string, actor = w.secretary) {
  const runner = startRunner(w.world.services, jobs, async () => actor)
  const found = jobRoutes.find((r) => r.endpoint.id === getJob.id) as Route<typeof getJob>
  const look = () => run(w.world.services, actor, found, { params: { id: job } })
  await expect.poll(async () => (await look()).endedAt, { timeout: 10_000 }).not.toBeNull()
  await runner.stop()
  return look()
}

async function fileOf(job: string) {
  const found = jobRoutes.find((r) => r.endpoint.id === getJobFile.id) as Route<typeof getJobFile>
  return (await run(w.world.services, w.secretary, found, { params: { id: job } })) as unknown as Download
}

describe('in the background', () => {
  test('writes the filter, in the order and with the columns of the list, and keeps the file', async () => {
    const body = {
      from: '2024-02-01',
      sort: '-personTimes',
      columns: 'title,hours,_named',
      format: 'xlsx' as const,
    }
    const { job } = await w.call(w.secretary, startExport, { params, body })
    const done = await made(job)
    expect(done).toMatchObject({ state: 'done', result: { rows: 2 }, title: '导出“志愿服务”，青石镇' })
    for (const _again of [1, 2]) {
      const file = await fileOf(job)
      expect(file.name).toBe('志愿服务 2024-02-01 至 2024-06-18.xlsx')
      const book = await readWorkbook(await textOf(file.body), { fileName: file.name })
      const shown = book.sheets[0]?.rows.map((row) => row.map((c) => c.shown))
      expect(shown).toEqual([
        ['活动名称', '服务时长', '志愿者'],
        ['植树', '80', ''],
        ['-敬老', '7.5', ''],
      ])
    }
  })

  test('no cell of a CSV becomes a formula', async () => {
    const body = { format: 'csv' as const, columns: 'title,personTimes' }
    const { job } = await w.call(w.secretary, startExport, { params, body })
    expect((await made(job)).state).toBe('done')
    const text = (await textOf((await fileOf(job)).body)).toString()
    expect(text).toBe(`\uFEFF活动名称,志愿者人次\r\n'=1+1,10\r\n'-敬老,5\r\n植树,40\r\n`)
  })

  test('is refused where one may not read, when asked and when written', async () => {
    const body = { org: w.tree.north.id }
    await expect(w.call(w.neighbour, startExport, { params, body })).rejects.toMatchObject({
      kind: 'notFound',
    })
    const { job } = await w.call(w.secretary, startExport, { params, body })
    const stranger = { ...w.neighbour, accountId: w.secretary.accountId }
    expect(await made(job, stranger)).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('没有找到'),
    })
  })
})

test('at once, in the order and with the columns asked', async () => {
  const query = { sort: '-hours', columns: 'hours,title', format: 'csv' as const }
  const file = (await w.call(w.secretary, exportRecords, { params, query })) as unknown as Download
  expect((await textOf(file.body as Uint8Array)).toString().split('\r\n')[1]).toBe('80,植树')
})
