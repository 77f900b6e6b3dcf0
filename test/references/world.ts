/** Two counties with their townships and branches, and one thing of every noun in each of several places. */
import { writeXlsx } from 'hucre/xlsx'
import { routes } from '../../domain/index.ts'
import * as bulk from '../../domain/records/bulk/contract.ts'
import { keepFile } from '../../domain/records/import/uploads.ts'
import * as records from '../../domain/records/ledgers/contract.ts'
import type { LedgerDefinition } from '../../domain/records/ledgers/definition.ts'
import { startExport } from '../../domain/records/ledgers/exportContract.ts'
import { createOwn, publishOwn } from '../../domain/records/ledgers/own/contract.ts'
import { saveView } from '../../domain/records/views/contract.ts'
import * as forms from '../../domain/reports/forms/contract.ts'
import { createSummary } from '../../domain/reports/summaries/contract.ts'
import { createAccount } from '../../domain/structure/accounts/contract.ts'
import { appoint } from '../../domain/structure/appointments/contract.ts'
import { enterMember } from '../../domain/structure/memberships/contract.ts'
import { openOrg } from '../../domain/structure/organisations/operations.ts'
import type { Org } from '../../domain/structure/organisations/queries.ts'
import type { Role } from '../../kernel/actions.ts'
import { type Actor, type Context, contextOf } from '../../kernel/context.ts'
import type { Endpoint, Output } from '../../kernel/endpoint.ts'
import { newId } from '../../kernel/id.ts'
import { type Call, type Route, run } from '../../kernel/route.ts'
import { actorWith, type TestWorld } from '../../kernel/testing.ts'
import { plantOwnWorld } from '../worlds/ownLedgers.ts'
import { inTransaction } from '../worlds/tree.ts'

/** Ids by noun; every two things of a pair are of one place. */
export type Things = Record<string, string[]>

export const PLACES = ['own', 'neighbour', 'county', 'abroad'] as const
export type Place = (typeof PLACES)[number]

export interface ReferenceWorld {
  world: TestWorld
  things: Record<Place, Things>
  /** Somebody of 青石镇. */
  caller(role: Role): Actor
  close(): Promise<void>
}

export async function plantReferenceWorld(): Promise<ReferenceWorld> {
  const { world, tree, blood } = await plantOwnWorld()
  const { town, branch, office } = await inTransaction(world.services, async (ctx) => {
    const more = { sector: 'territory', on: '2020-01-01' }
    const town = await openOrg(ctx, {
      ...more,
      parent: tree.district,
      name: '滨江镇',
      type: 'committee',
      level: 'township',
    })
    const branch = await openOrg(ctx, {
      ...more,
      parent: town,
      name: '渔村团支部',
      type: 'branch',
      sector: 'village',
    })
    const office = await openOrg(ctx, {
      ...more,
      parent: tree.county,
      name: '县直团支部',
      type: 'branch',
      sector: 'village',
    })
    return { town, branch, office }
  })
  const plant = (top: Org, branch: Org) => plantThings(world, { top, branch, definition: blood() })
  const own = await plant(tree.north, tree.willow)
  return {
    world,
    things: {
      own,
      neighbour: await plant(tree.south, tree.peach),
      county: await plant(tree.county, office),
      abroad: await plant(town, branch),
    },
    caller(role) {
      const { id, countyId, path } = tree.north
      const accountId = own.account?.[0] ?? ''
      return { ...actorWith([{ orgId: id, countyId, path, role }]), accountId }
    },
    close: () => world.close(),
  }
}

interface Planting {
  top: Org
  branch: Org
  definition: LedgerDefinition
}

async function plantThings(world: TestWorld, { top, branch, definition }: Planting): Promise<Things> {
  const { services } = world
  const { id: orgId, countyId, pathNow: path } = top
  const actor = actorWith([{ orgId, countyId, path, role: 'administrator' }])
  const call = <E extends Endpoint>(endpoint: E, input: Partial<Call<E>>): Promise<Output<E>> => {
    const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>
    return run(services, actor, found, input)
  }
  const work = <T>(of: (ctx: Context) => Promise<T>) =>
    services.db.transaction().execute((db) => of(contextOf(services, db, actor)))
  const person = { name: `甲${top.name}`, sex: '男', birth: '2001-02-03' }
  const [one, other, holder] = [
    await call(enterMember, member(branch, person)),
    await call(enterMember, member(branch, { ...person, name: `乙${top.name}`, birth: '2002-02-03' })),
    await call(enterMember, member(branch, { ...person, name: `丙${top.name}`, birth: '2003-02-03' })),
  ]
  const { id: appointment } = await call(appoint, {
    body: { orgId: branch.id, personId: holder.personId, post: 'secretary', from: '2022-01-01' },
  })
  await call(appoint, {
    body: { orgId, personId: one.personId, post: 'deputySecretary', from: '2022-01-01' },
  })
  const account = await call(createAccount, {
    body: { personId: holder.personId, username: `a${newId().slice(-12)}` },
  })
  // Jobs, uploads, views and sessions are their account's own.
  actor.accountId = account.id
  const params = { ledger: 'volunteering' }
  const record = async (title: string) =>
    (await call(records.createRecord, { params, body: { orgId, day: '2024-03-12', title } })).id
  const [first, second, third] = [await record('植树'), await record('清扫'), await record('作废的')]
  const form = await blankForm(call, orgId)
  const own = await call(createOwn, { body: { orgId, definition } })
  await call(publishOwn, { params: { id: own.id }, body: { version: own.version } })
  const changed = await call(bulk.startBulk, {
    params,
    body: { ids: [third], deed: { kind: 'void', reason: '记重了' } },
  })
  return {
    org: [branch.id, orgId],
    host: [orgId],
    person: [one.personId, other.personId],
    membership: [one.id],
    appointment: [appointment],
    account: [account.id],
    record: [first, second],
    session: [await work((ctx) => sessionOf(ctx))],
    attachment: [await work((ctx) => attachTo(ctx, top, first))],
    batch: [await work((ctx) => batchOf(ctx, top))],
    upload: [await keepFile(services, actor, { name: '表.csv', bytes: Buffer.from('姓名\n李一\n') })],
    job: [(await call(startExport, { params, body: { org: orgId } })).job],
    ledger: top.name === '青石镇' ? ['volunteering'] : [own.id],
    ownLedger: [own.id],
    form: [form],
    filledForm: [(await call(forms.fillForm, { params: { id: form }, body: { period: '2024-03' } })).id],
    view: [
      (
        await call(saveView, {
          body: { list: 'records', name: '我的', shared: false, state: { search: {} } } as never,
        })
      ).id,
    ],
    summary: [(await call(createSummary, { body: { org: orgId, period: '2024H1' } })).id],
    nilDeclaration: [
      (
        await call(records.declareNil, {
          params: { ledger: 'training' },
          body: { orgId: branch.id, from: '2024-01-01', to: '2024-03-31' },
        })
      ).id,
    ],
    bulkChange: [changed.result?.bulk ?? ''],
    merge: [await work((ctx) => mergeOf(ctx, top, 'record'))],
    personMerge: [await work((ctx) => mergeOf(ctx, top, 'person'))],
  }
}

const member = (branch: Org, person: object) => ({
  body: { orgId: branch.id, person, startReason: 'roster', from: '2021-05-04', confirmed: [] } as never,
})

async function blankForm(
  call: <E extends Endpoint>(endpoint: E, input: Partial<Call<E>>) => Promise<Output<E>>,
  org: string,
): Promise<string> {
  const bytes = await writeXlsx({
    sheets: [
      {
        name: '月报',
        rows: [
          ['2024年3月情况统计表', null],
          ['志愿服务次数', null],
        ],
      },
    ],
  })
  const uploads = [{ name: '月报.xlsx', mediaType: '', bytes }]
  return (await call(forms.uploadForm, { body: { org, sender: '县团委' } as never, uploads })).id
}

async function attachTo(ctx: Context, { countyId }: Org, recordId: string): Promise<string> {
  const sha256 = await ctx.services.files.put(Buffer.from('%PDF-1.4'))
  const id = newId()
  const file = { sha256, name: '签到.pdf', mediaType: 'application/pdf', size: 8 }
  const stamp = { recordedBy: ctx.actor.accountId, recordedAt: ctx.now, voidedAt: null }
  await ctx.db
    .insertInto('attachment')
    .values({ countyId, id, recordId, ...file, ...stamp })
    .execute()
  return id
}

async function batchOf(ctx: Context, { id: orgId, countyId, pathNow: path }: Org): Promise<string> {
  const id = newId()
  const file = { kind: 'members', fileName: '团员.xlsx', fileDigest: id, sheet: '表', counts: '{}' }
  const stamp = { recordedBy: ctx.actor.accountId, recordedAt: ctx.now, undoneAt: null, undoneBy: null }
  await ctx.db
    .insertInto('batch')
    .values({ countyId, id, orgId, path, ...file, ...stamp })
    .execute()
  return id
}

async function mergeOf(
  ctx: Context,
  { id: orgId, countyId, pathNow: path }: Org,
  subject: string,
): Promise<string> {
  const id = newId()
  const sides = { keptId: newId(), goneId: newId(), keptTitle: '甲', goneTitle: '乙' }
  const stamp = { recordedBy: ctx.actor.accountId, recordedByName: ctx.actor.name, recordedAt: ctx.now }
  const open = { undoneAt: null, undoneByName: null, detail: '{}' }
  await ctx.db
    .insertInto('merge')
    .values({ countyId, id, subject, orgId, path, otherPath: path, ...sides, ...stamp, ...open })
    .execute()
  return id
}

async function sessionOf({ db, actor, now }: Context): Promise<string> {
  const id = newId()
  const used = { createdAt: now, lastUsedAt: now, expiresAt: '2030-01-01 00:00:00' }
  const of = { accountId: actor.accountId, kind: 'desktop' as const, agent: '', address: '' }
  await db
    .insertInto('session')
    .values({ id, tokenDigest: id, ...of, ...used })
    .execute()
  return id
}
