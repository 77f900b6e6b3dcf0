/** Rosters as files: at once, and in the background under the rights of the moment in which they are written. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../../kernel/context.ts'
import { getJob, getJobFile } from '../../../kernel/jobs/contract.ts'
import { startRunner } from '../../../kernel/jobs/runner.ts'
import type { Download } from '../../../kernel/route.ts'
import { readWorkbook } from '../../../kernel/spreadsheet/read.ts'
import { type OwnWorld, plantOwnWorld } from '../../../test/worlds/ownLedgers.ts'
import { inTransaction } from '../../../test/worlds/tree.ts'
import { jobKinds } from '../../index.ts'
import * as appointments from '../appointments/contract.ts'
import { enterOfficers } from '../appointments/enter.ts'
import * as memberships from '../memberships/contract.ts'
import { enterMembers } from '../memberships/enter.ts'

let w: OwnWorld
let secretary: Actor
beforeAll(async () => {
  w = await plantOwnWorld()
  secretary = w.at('north')
  const person = (name: string) => ({ orgId: w.tree.willow.id, name, phone: '19900001111' })
  await inTransaction(w.world.services, async (ctx) => {
    const [entered] = await enterMembers(
      ctx,
      [
        { person: person('林一舟'), from: '2021-01-01' },
        { person: { orgId: w.tree.peach.id, name: '陆星河' }, from: '2021-01-01' },
      ],
      { statedOn: ctx.today },
    )
    const known = {
      orgId: w.tree.willow.id,
      personId: entered?.person?.personId ?? '',
      countyId: w.tree.county.id,
    }
    const posts = ['secretary', 'committeeMember'].map((post) => ({
      person: known,
      post,
      from: '2022-01-01',
    }))
    await enterOfficers(ctx, posts, { statedOn: ctx.today })
  })
})
afterAll(() => w.world.close())

/** `actor`: what the one who asked may do by then. */
async function made(job: string, actor = secretary) {
  const runner = startRunner(w.world.services, jobKinds, async () => actor)
  const look = () => w.call(secretary, getJob, { params: { id: job } })
  await expect.poll(async () => (await look()).endedAt, { timeout: 10_000 }).not.toBeNull()
  await runner.stop()
  return look()
}

async function linesOf(job: string): Promise<string[][]> {
  const file = (await w.call(secretary, getJobFile, { params: { id: job } })) as unknown as Download
  const parts: Uint8Array[] = []
  for await (const part of file.body as AsyncIterable<Uint8Array>) parts.push(part)
  const book = await readWorkbook(Buffer.concat(parts), { fileName: file.name })
  return book.sheets[0]?.rows.map((row) => row.map((cell) => cell.shown)) ?? []
}

describe('in the background', () => {
  test('members of the subtree, without whole numbers', async () => {
    const { job } = await w.call(secretary, memberships.startMembersExport, {
      body: { org: w.tree.north.id },
    })
    expect(await made(job)).toMatchObject({
      state: 'done',
      title: '导出“团员花名册”，青石镇',
      result: { rows: 1 },
    })
    const [head, ...lines] = await linesOf(job)
    expect(head?.slice(0, 2)).toEqual(['姓名', '性别'])
    expect(lines.map(([name]) => name)).toEqual(['林一舟'])
    expect(JSON.stringify(lines)).not.toContain('19900001111')
  })

  test('officers, a line for each post', async () => {
    const { job } = await w.call(secretary, appointments.startOfficersExport, {
      body: { org: w.tree.north.id },
    })
    expect(await made(job)).toMatchObject({ state: 'done', result: { rows: 1 } })
    expect((await linesOf(job)).slice(1).map(([name]) => name)).toEqual(['林一舟', '林一舟'])
  })

  test('is refused where one may not read, when asked and when written', async () => {
    const elsewhere = { body: { org: w.tree.south.id } }
    for (const begin of [memberships.startMembersExport, appointments.startOfficersExport])
      await expect(w.call(secretary, begin, elsewhere)).rejects.toMatchObject({ kind: 'notFound' })
    const { job } = await w.call(secretary, memberships.startMembersExport, {
      body: { org: w.tree.north.id },
    })
    expect(await made(job, { ...w.at('south'), accountId: secretary.accountId })).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('没有找到'),
    })
  })
})
