import { act } from '../../../kernel/act.ts'
import { type Context, require } from '../../../kernel/context.ts'
import type { Input } from '../../../kernel/endpoint.ts'
import { conflict, type FieldProblem, invalid, notFound, saying } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import type { JobKind } from '../../../kernel/jobs/runner.ts'
import { digestOf } from '../../../kernel/once.ts'
import type { ReferenceKind } from '../../../kernel/references.ts'
import { type AnyRoute, admitting, route, stepwise } from '../../../kernel/route.ts'
import { getMyParticipation, getParticipation } from '../participation/contract.ts'
import { activitiesOf, myActivities } from './activities.ts'
import { attach, detach, download } from './attachments.ts'
import { change, restore, voidOne } from './change.ts'
import * as contract from './contract.ts'
import { broken, ledgersWithCounts, recent, silent, suggestions } from './desk.ts'
import { alreadyThere, enterRecords } from './enter.ts'
import { exportSheet } from './export.ts'
import { exportRecords, startExport } from './exportContract.ts'
import { beginExport, EXPORT_JOB, writeExport } from './exportJob.ts'
import { getFilterFigures } from './figuresContract.ts'
import { answer, search, waiting } from './hostAnswers.ts'
import { answerHost, listWaiting, searchHosts } from './hostsContract.ts'
import { getLinked } from './linkedContract.ts'
import { linkedTo } from './linkedRecords.ts'
import { livesOf, ownOrg } from './lives.ts'
import { declareNil, withdrawNil } from './nil.ts'
import { detailOf, openForReading, openToSee, standingIn } from './opened.ts'
import { search as searchRecords } from './pick.ts'
import { countOf, figuresOf, frameOf, listed, pageOf } from './queries.ts'
import { recordKind } from './references.ts'
import { ledger } from './registry.ts'
import { templateOf } from './template.ts'

async function record(
  ctx: Context,
  { params, body }: Input<typeof contract.createRecord>,
): Promise<contract.Written> {
  const definition = await ledger(ctx, params.ledger)
  const draft = { ...body, id: body.id ?? newId(), orgId: body.orgId ?? ownOrg(ctx) }
  const org = (await livesOf(ctx.db, [draft.orgId])).get(draft.orgId)
  if (!org) throw notFound('这个组织')
  require(ctx, 'records.write', org.path, '这个组织')
  const said = digestOf(ctx, draft)
  const before = body.id ? (await alreadyThere(ctx, definition, [draft])).get(body.id) : undefined
  if (before) return sentAgain(ctx, org.countyId, before, said)
  const detail = { ledger: definition.id, title: draft.title, day: draft.day, said }
  return act(
    ctx,
    { action: 'records.write', verb: 'record', org, subject: 'record', subjectId: draft.id, detail },
    async () => {
      const { written, problems } = await enterRecords(ctx, definition.id, [draft], { recognise: true })
      if (written[0]) return written[0]
      throw invalid('record', '这条记录有误，请改正后再保存。', problems[0]?.problems)
    },
  )
}

/** A phone that lost the answer sends the record again, perhaps after somebody has changed it. @throws conflict `idUsed` */
async function sentAgain(
  ctx: Context,
  countyId: string,
  before: contract.Written | { problems: FieldProblem[] },
  said: string,
): Promise<contract.Written> {
  if ('problems' in before) throw conflict('idUsed', before.problems.map(saying).join(''))
  const { id } = before
  const entered = await ctx.db
    .selectFrom('history')
    .select('detail')
    .where('countyId', '=', countyId)
    .where('subjectId', '=', id)
    .where('verb', '=', 'record')
    .executeTakeFirst()
  if (entered?.detail.said === said) return before
  throw conflict(
    'idUsed',
    `这条已经保存过（${before.sentence}），内容与这次提交的不同，这次的没有保存。请在台账里打开那条记录修改；确是另一件事的，请重新记一条。`,
  )
}

async function list(ctx: Context, { params, query }: Input<typeof contract.listRecords>) {
  const definition = await ledger(ctx, params.ledger)
  const frame = await frameOf(ctx, query)
  const from = await listed(ctx, definition, query, frame)
  const figures = await (query.figures === 'no' ? countOf(ctx, from) : figuresOf(ctx, definition, from))
  const total = figures.count
  return { rows: await pageOf(ctx, definition, from, { ...query, total }), total, figures }
}

async function sums(ctx: Context, { params, query }: Input<typeof getFilterFigures>) {
  const definition = await ledger(ctx, params.ledger)
  return figuresOf(ctx, definition, await listed(ctx, definition, query, await frameOf(ctx, query)))
}

async function template(ctx: Context, id: string) {
  const definition = await ledger(ctx, id)
  return {
    name: `${definition.title}台账.xlsx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: await templateOf(definition),
  }
}

export const routes: AnyRoute[] = [
  route(contract.listLedgers, ledgersWithCounts),
  route(contract.getLedger, (ctx, { params }) => ledger(ctx, params.ledger)),
  route(contract.getTemplate, (ctx, { params }) => template(ctx, params.ledger)),
  route(contract.listRecords, list),
  route(getFilterFigures, sums),
  route(exportRecords, exportSheet),
  route(startExport, beginExport),
  route(contract.searchRecords, searchRecords),
  route(contract.createRecord, record, (ctx, { body }) => standingIn(ctx, body.id)),
  route(contract.countBroken, broken),
  route(contract.recentRecords, recent),
  route(contract.silentOrgs, silent),
  route(contract.getRecord, async (ctx, { params }) => detailOf(ctx, await openToSee(ctx, params.id))),
  route(contract.changeRecord, change, (ctx, { params }) => standingIn(ctx, params.id)),
  route(getLinked, (ctx, { params }) => linkedTo(ctx, params.id)),
  route(answerHost, answer),
  route(listWaiting, waiting),
  route(searchHosts, search),
  route(contract.voidRecord, voidOne),
  route(contract.restoreRecord, restore),
  route(contract.declareNil, declareNil),
  route(contract.withdrawNil, (ctx, { params }) => withdrawNil(ctx, params.id)),
  admitting(
    stepwise(contract.addAttachments, (steps, { params, uploads }) => attach(steps, params.id, uploads)),
    async (ctx, { params }) => {
      const { life } = await openForReading(ctx, params.id)
      require(ctx, 'records.write', life.path, '这条记录')
    },
  ),
  route(contract.getAttachment, (ctx, { params, query }) => download(ctx, params.id, query.size)),
  route(contract.removeAttachment, (ctx, { params }) => detach(ctx, params.id)),
  route(contract.getSuggestions, suggestions),
  route(getParticipation, activitiesOf),
  route(getMyParticipation, (ctx, { query }) => myActivities(ctx, query)),
]

export const references: ReferenceKind[] = [recordKind]

export const jobs: JobKind[] = [{ kind: EXPORT_JOB, run: writeExport }]
