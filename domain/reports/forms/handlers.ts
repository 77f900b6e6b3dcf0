import { act } from '../../../kernel/act.ts'
import { breathing } from '../../../kernel/breath.ts'
import type { Context } from '../../../kernel/context.ts'
import { conflict, invalid } from '../../../kernel/errors.ts'
import { addDays, parsePeriod, periodOf } from '../../../kernel/period.ts'
import { type AnyRoute, admitting, type Call, route } from '../../../kernel/route.ts'
import { catalogue } from '../../indicators/catalogue.ts'
import { ledgers } from '../../records/ledgers/registry.ts'
import { findOrg, type Org, requireOrg } from '../../structure/organisations/queries.ts'
import * as contract from './contract.ts'
import { isDocument } from './file/model.ts'
import { below, fill } from './fill.ts'
import { amend, download, drift, listingOf, rightsOf, rowsThen, shown, submit } from './kept.ts'
import { type At, openCellsOf } from './labels.ts'
import { cellKey, type Mapped, orgsOf, type Rhythm } from './mapping.ts'
import {
  type FilledRow,
  type FormRow,
  fileOf,
  filledFor,
  fillingsIn,
  formFor,
  formsIn,
  type Of,
} from './queries.ts'
import { placesIn, suggest } from './suggest.ts'
import { orgToFill, upload } from './upload.ts'

async function list(ctx: Context, { query }: Call<typeof contract.listForms>) {
  const org = await findOrg(ctx, query.org)
  requireOrg(ctx, 'figures.read', org)
  const rows = await formsIn(ctx)
    .where('countyId', '=', org.countyId)
    .where('orgId', '=', org.id)
    .orderBy('changedAt', 'desc')
    .execute()
  const forms: contract.FormListed[] = []
  for (const row of rows) forms.push(await listed(ctx, { row, org }, await fillings(ctx, row)))
  return { forms }
}

const fillings = (ctx: Context, form: FormRow): Promise<FilledRow[]> =>
  fillingsIn(ctx)
    .where('countyId', '=', form.countyId)
    .where('formId', '=', form.id)
    .orderBy('recordedAt', 'desc')
    .orderBy('id', 'desc')
    .execute()

async function listed(
  ctx: Context,
  { row, org }: Of<FormRow>,
  filled: FilledRow[],
): Promise<contract.FormListed> {
  const [last] = filled
  const label = (period: string) => parsePeriod(period).label
  const next = nextOf(row.rhythm, ctx.today, new Set(filled.map((f) => f.period)))
  return {
    id: row.id,
    org: { id: org.id, code: org.code, name: org.name },
    title: row.title,
    sender: row.sender,
    fileName: row.fileName,
    format: isDocument(row.fileName) ? 'docx' : 'xlsx',
    rhythm: row.rhythm,
    mapped: row.mapping.length,
    open: row.openCells ?? (await openCells(ctx, row, row.mapping)).length,
    last: last
      ? {
          id: last.id,
          period: last.period,
          periodLabel: label(last.period),
          recordedAt: last.recordedAt,
          submittedOn: last.submittedOn,
        }
      : null,
    next: { period: next, label: label(next) },
    changedAt: row.changedAt,
    version: row.version,
    may: rightsOf(ctx, org),
  }
}

async function openCells(ctx: Context, { fileSha256, fileName }: FormRow, mapping: Mapped[]): Promise<At[]> {
  const { document } = await fileOf(ctx, fileSha256, fileName)
  return openCellsOf(document, mapping)
}

/** The period in which today lies; where it is filled already, the one after it. */
function nextOf(rhythm: Rhythm, today: string, filled: Set<string>): string {
  const at = (day: string) => {
    const [year, month] = [day.slice(0, 4), Number(day.slice(5, 7))]
    if (rhythm === 'month') return day.slice(0, 7)
    if (rhythm === 'quarter') return `${year}Q${Math.ceil(month / 3)}`
    return rhythm === 'half' ? periodOf(day) : year
  }
  const now = at(today)
  return filled.has(now) ? at(addDays(parsePeriod(now).to, 1)) : now
}

async function opened(ctx: Context, found: Of<FormRow>): Promise<contract.Form> {
  const { row, org } = found
  const filled = await fillings(ctx, row)
  const { document } = await fileOf(ctx, row.fileSha256, row.fileName)
  return {
    ...(await listed(ctx, found, filled)),
    document,
    mapping: row.mapping,
    places: placesIn(document, await below(ctx, org)),
    openCells: openCellsOf(document, row.mapping),
    filled: filled.map(listingOf),
  }
}

async function suggestions(ctx: Context, id: string) {
  const { row, org } = await formFor(ctx, id)
  const { document } = await fileOf(ctx, row.fileSha256, row.fileName)
  const breath = breathing()
  const cells: contract.Suggested[] = []
  for (const one of suggest(document, await catalogue(ctx), await below(ctx, org), await ledgers(ctx))) {
    cells.push(one)
    await breath()
  }
  return { cells }
}

const deedOn = (org: Org, id: string, verb: string, detail: Record<string, unknown>) =>
  ({
    action: 'summaries.write',
    verb,
    org: { id: org.id, countyId: org.countyId, path: org.pathNow },
    subject: 'form',
    subjectId: id,
    detail,
  }) as const

async function save(ctx: Context, { params, body }: Call<typeof contract.saveForm>) {
  const { row, org } = await formFor(ctx, params.id, 'summaries.write')
  const { version, mapping, ...rest } = body
  if (mapping) await checkMapping(ctx, row, mapping)
  return act(ctx, deedOn(org, row.id, 'change', { title: body.title ?? row.title }), async () => {
    const done = await ctx.db
      .updateTable('form')
      .set({
        ...rest,
        ...(mapping && {
          mapping: JSON.stringify(mapping),
          lost: '[]',
          openCells: (await openCells(ctx, row, mapping)).length,
        }),
        version: version + 1,
        changedAt: ctx.now,
      })
      .where('countyId', '=', row.countyId)
      .where('id', '=', row.id)
      .where('version', '=', version)
      .executeTakeFirst()
    if (done.numUpdatedRows === 0n)
      throw conflict('changed', '这张报表刚被别人改过，您的改动没有保存。请刷新后再改。')
    return { version: version + 1 }
  })
}

/** Each cell once, in the form, and none that the form reckons itself. */
async function checkMapping(ctx: Context, row: FormRow, mapping: Mapped[]): Promise<void> {
  const { document } = await fileOf(ctx, row.fileSha256, row.fileName)
  const cells = new Map(
    document.tables.flatMap((t) => t.cells.map((c) => [cellKey({ ...c, table: t.id }), c] as const)),
  )
  const seen = new Set<string>()
  for (const one of mapping) {
    const key = cellKey(one)
    const cell = cells.get(key)
    const place = `第 ${one.row + 1} 行第 ${one.column + 1} 列`
    if (!cell) throw invalid('noCell', `表里没有${place}这一格，或者它在合并的格子里。`)
    if (cell.formula !== undefined && one.entry.kind !== 'blank')
      throw invalid('formulaCell', `${place}是公式，由表自己算，不用填。`)
    if (seen.has(key)) throw invalid('twice', `${place}指定了两次，请只留一个。`)
    seen.add(key)
  }
}

async function retire(ctx: Context, id: string) {
  const { row, org } = await formFor(ctx, id, 'summaries.write')
  return act(ctx, deedOn(org, row.id, 'void', { title: row.title }), async () => {
    await ctx.db
      .updateTable('form')
      .set({ voidedAt: ctx.now, version: row.version + 1 })
      .where('countyId', '=', row.countyId)
      .where('id', '=', row.id)
      .execute()
    return { id: row.id }
  })
}

export const routes: AnyRoute[] = [
  route(contract.listForms, list),
  admitting(
    route(contract.uploadForm, (ctx, { body, uploads }) => upload(ctx, body, uploads)),
    async (ctx, { body }) => void (await orgToFill(ctx, body.org)),
  ),
  route(contract.getForm, async (ctx, { params }) => opened(ctx, await formFor(ctx, params.id))),
  route(contract.suggestEntries, (ctx, { params }) => suggestions(ctx, params.id)),
  route(contract.saveForm, save, async (ctx, { params }) =>
    orgsOf((await formFor(ctx, params.id, 'summaries.write')).row.mapping),
  ),
  route(contract.voidForm, (ctx, { params }) => retire(ctx, params.id)),
  route(contract.fillForm, fill),
  route(contract.getFilled, async (ctx, { params }) => shown(ctx, await filledFor(ctx, params.id))),
  route(contract.amendFilled, amend),
  route(contract.submitFilled, submit),
  route(contract.downloadFilled, (ctx, { params }) => download(ctx, params.id)),
  route(contract.getFilledRows, rowsThen),
  route(contract.getFilledDrift, drift),
]
