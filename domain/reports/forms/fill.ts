/** A form is filled for a period: its values and the rows behind them are kept, and the file is written. */
import { act } from '../../../kernel/act.ts'
import type { Context } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/id.ts'
import { digestOf } from '../../../kernel/once.ts'
import { cutAt, parsePeriod } from '../../../kernel/period.ts'
import type { Call } from '../../../kernel/route.ts'
import { apart } from '../../../kernel/transaction.ts'
import { catalogue } from '../../indicators/catalogue.ts'
import { keepRows } from '../../indicators/kept/rows.ts'
import { type Org, treeAt } from '../../structure/organisations/queries.ts'
import type { fillForm } from './contract.ts'
import { filledForm } from './file/apart.ts'
import type { CellFill, FormDocument, ListFill } from './file/model.ts'
import { captionOf, isCaption, labelsOf } from './labels.ts'
import { cellKey, type Mapped } from './mapping.ts'
import { fileOf, formFor, type KeptCell, type KeptForm } from './queries.ts'
import { placesIn } from './suggest.ts'
import { valuesFor } from './values.ts'

export const isMissing = (cell: KeptCell): boolean => cell.value === null && cell.source !== 'text'

export async function fill(ctx: Context, { params, body }: Call<typeof fillForm>) {
  const { row: form, org } = await formFor(ctx, params.id, 'summaries.write')
  const period = cutAt(parsePeriod(body.period), body.cutOff)
  const id = newId()
  const place = { id: org.id, countyId: org.countyId, path: org.pathNow }
  const detail = { title: form.title, period: body.period }
  const deed = {
    action: 'summaries.write',
    verb: 'fill',
    org: place,
    subject: 'form',
    subjectId: form.id,
    detail,
  }
  return act(ctx, { ...deed, action: 'summaries.write' }, async () => {
    const blank = await fileOf(ctx, form.fileSha256, form.fileName)
    const all = await catalogue(ctx)
    const placeOf = await placesOf(ctx, blank.document, org)
    const cells = await valuesFor(ctx, form.mapping, { document: blank.document, org, period, all, placeOf })
    await ctx.db
      .insertInto('filledForm')
      .values({
        countyId: org.countyId,
        id,
        formId: form.id,
        orgId: org.id,
        path: org.pathNow,
        period: parsePeriod(body.period).id,
        cutOff: body.cutOff ?? null,
        title: form.title,
        sender: form.sender,
        fileName: form.fileName,
        blankSha256: form.fileSha256,
        fileSha256: await ctx.services.files.put(await written(ctx, blank, cells)),
        cells: JSON.stringify(cells),
        rowsSha256: await keepRows(
          ctx,
          cells.flatMap(({ question, answer }) => (question && answer ? [question] : [])),
          all,
        ),
        version: 1,
        recordedBy: ctx.actor.accountId,
        recordedByName: ctx.actor.name,
        recordedAt: ctx.now,
        submittedOn: null,
        submittedTo: null,
      })
      .execute()
    return { id, missing: cells.filter(isMissing).length }
  })
}

/** Organisations below that the form's labels may name. */
export async function below(ctx: Context, org: Org): Promise<{ id: string; name: string }[]> {
  const tree = await treeAt(ctx, { root: org.id, asOf: ctx.now })
  return tree.map(({ id, name }) => ({ id, name }))
}

async function placesOf(ctx: Context, document: FormDocument, org: Org) {
  const places = placesIn(document, await below(ctx, org))
  const labels = labelsOf(document)
  return (cell: Mapped, by: 'row' | 'column'): string | undefined => {
    const words = labels.get(cellKey(cell))?.[by] ?? []
    return [...words].reverse().flatMap((word) => places[word]?.id ?? [])[0]
  }
}

/** The blank with the values in it. What is missing stays as the superior left it. */
export function written(
  ctx: Context,
  { document, ...form }: KeptForm,
  cells: KeptCell[],
): Promise<Uint8Array> {
  const texts = new Map(
    document.tables.flatMap((t) => t.cells.map((c) => [cellKey({ ...c, table: t.id }), c.text])),
  )
  const fills = cells.flatMap((cell): CellFill[] => {
    const { table, row, column, value, list } = cell
    if (value === null || list) return []
    const before = texts.get(cellKey(cell)) ?? ''
    return [{ table, row, column, value: isCaption(before) ? `${captionOf(before)}：${value}` : value }]
  })
  const lists = cells.flatMap(({ table, row, list }): ListFill[] =>
    list && list.lines.length > 0 ? [{ table, row, ...list }] : [],
  )
  return apart(ctx, `filled ${digestOf(ctx, { fills, lists })}`, () =>
    filledForm({ ...form, cells: fills, lists }),
  )
}
