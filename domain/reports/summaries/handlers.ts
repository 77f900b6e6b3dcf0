import type { Context } from '../../../kernel/context.ts'
import { require } from '../../../kernel/context.ts'
import { parsePeriod } from '../../../kernel/period.ts'
import { type AnyRoute, type Call, type Download, route } from '../../../kernel/route.ts'
import { catalogue } from '../../indicators/catalogue.ts'
import { findOrg, type Org, orgAt, treeAt } from '../../structure/organisations/queries.ts'
import { readable } from './access.ts'
import * as contract from './contract.ts'
import { annexOf, type Delivered, DOCX, docxOf, rowsAsFrozen, rowsNow, XLSX } from './deliver.ts'
import { correct, drift, rowsThen, submit } from './handing.ts'
import { figuresOf } from './model.ts'
import { type Found, lastHands, listed, type SummaryRow } from './queries.ts'
import { figuresFor, listing, resolvingFor, shown } from './views.ts'
import { create, discard, problems, refresh, save, tryFigures } from './writing.ts'

async function list(ctx: Context, { query }: Call<typeof contract.listSummaries>) {
  const org = await findOrg(ctx, query.org)
  require(ctx, 'summaries.read', org.pathNow, `组织“${query.org}”`)
  const period = query.period === undefined ? undefined : parsePeriod(query.period)
  const rows = await listed(ctx, org, { period: period?.id, state: query.state })
  const hands = await lastHands(
    ctx,
    rows.map((r) => r.id),
  )
  const summaries: contract.SummaryListed[] = []
  for (const row of rows) {
    const owner = await orgAt(ctx.db, row.orgId, ctx.now)
    if (owner) summaries.push(listing(ctx, { row, org: owner, hand: hands.get(row.id) }))
  }
  return { summaries, notYet: period ? await notYet(ctx, org, period) : [] }
}

/** A branch is not asked for a summary of its own: its records are in its committee's. */
const WRITERS = ['committee', 'workCommittee']

/** Direct subordinates, as they stood at the period's end, that have handed in nothing for it. */
async function notYet(ctx: Context, org: Org, { id, to }: { id: string; to: string }) {
  const all = await listed(ctx, org, { period: id })
  const byOrg = new Map(all.map((r) => [r.orgId, r]))
  const tree = await treeAt(ctx, { root: org.id, asOf: to < ctx.today ? to : ctx.today })
  return tree
    .filter((o) => o.parentId === org.id && WRITERS.includes(o.type))
    .filter((o) => !handedIn(byOrg.get(o.id)))
    .map((o) => ({ id: o.id, code: o.code, name: o.name, draft: byOrg.has(o.id) }))
}

/** A correction being written does not undo what was handed in. */
const handedIn = (row: SummaryRow | undefined) => row?.state === 'submitted' || (row?.edition ?? 0) > 1

async function delivered(ctx: Context, { row, org }: Found): Promise<Delivered> {
  const { title, body, settings } = row
  const day = row.submittedAt?.slice(0, 10) ?? ctx.today
  return { title, body, settings, org, figures: await figuresFor(ctx, row), day }
}

async function exportDocx(ctx: Context, { params }: Call<typeof contract.exportSummary>): Promise<Download> {
  const found = await readable(ctx, params.id)
  const body = await docxOf(await delivered(ctx, found))
  return { name: `${found.row.title}.docx`, mediaType: DOCX, body }
}

async function exportAnnex(ctx: Context, { params }: Call<typeof contract.exportAnnex>): Promise<Download> {
  const found = await readable(ctx, params.id)
  const summary = await delivered(ctx, found)
  const body = await annexOf(summary, await rowsFor(ctx, found.row, summary), await definitions(ctx))
  return { name: `${found.row.title}（数据佐证表）.xlsx`, mediaType: XLSX, body }
}

export const rowsFor = async (ctx: Context, row: SummaryRow, { figures }: Pick<Delivered, 'figures'>) =>
  row.state === 'submitted' ? rowsAsFrozen(ctx, row) : rowsNow(ctx, figures, await resolvingFor(ctx, row))

export async function definitions(ctx: Context): Promise<(measure: string) => string | undefined> {
  const all = await catalogue(ctx)
  return (measure) => all.measures.get(measure)?.definition
}

/** A text is sent whole: organisations whose figures stand in it already may stay. */
async function orgsStanding(ctx: Context, { params }: { params: { id: string } }): Promise<Set<string>> {
  const { row } = await readable(ctx, params.id)
  return new Set(figuresOf(row.body).flatMap((f) => f.question.org ?? []))
}

export const routes: AnyRoute[] = [
  route(contract.listSummaries, list),
  route(contract.createSummary, create),
  route(contract.getSummary, async (ctx, { params }) => shown(ctx, await readable(ctx, params.id))),
  route(contract.saveSummary, save, orgsStanding),
  route(contract.tryFigures, tryFigures, orgsStanding),
  route(contract.refreshSummary, refresh, orgsStanding),
  route(contract.proposeProblems, problems),
  route(contract.submitSummary, submit),
  route(contract.correctSummary, correct),
  route(contract.getDrift, drift),
  route(contract.voidSummary, discard),
  route(contract.exportSummary, exportDocx),
  route(contract.exportAnnex, exportAnnex),
  route(contract.getFrozenRows, rowsThen),
]
