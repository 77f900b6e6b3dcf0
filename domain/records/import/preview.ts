/** What the screen shows before anything is checked: the sheet as it stands, and what it is taken for. */
import type { Context } from '../../../kernel/context.ts'
import { requireOrg } from '../../structure/organisations/queries.ts'
import { sameFileBefore } from './batches.ts'
import { type ImportRequest, type Kind, PREVIEW_ROWS, type Preview } from './contract.ts'
import type { Understood } from './understand.ts'

export async function previewOf(
  ctx: Context,
  understood: Understood,
  { file }: ImportRequest,
): Promise<Preview> {
  const { stored, org, sheets, sheet, target, reading, dataRows, remembered, dayAbove } = understood
  requireOrg(ctx, 'records.import', org)
  return {
    file,
    fileName: stored.name,
    org: { id: org.id, name: org.name },
    sheets,
    sheet: reading.sheet,
    kind: reading.kind,
    kindTitle: target?.title ?? '',
    confidence: reading.confidence,
    candidates: reading.candidates,
    headerRows: reading.headerRows,
    title: reading.title.text,
    unit: reading.title.unit ?? null,
    statementDate: dayAbove,
    columns: reading.columns.map(({ index: _index, ...column }) => column),
    fields: target ? fieldsOf(target.fields) : [],
    unmapped: reading.unmapped,
    rows: sheet.rows
      .slice(0, PREVIEW_ROWS)
      .map((cells, i) => ({ row: i + 1, cells: cells.map((cell) => cell.shown) })),
    dataRows,
    notes: reading.notes,
    remembered,
    duplicateOf: await sameFileBefore(ctx, understood),
  }
}

export const fieldsOf = (
  fields: { id: string; title: string; kind: string; required?: boolean }[],
): Kind['fields'] =>
  fields.map(({ id, title, kind, required }) => ({ id, title, kind, required: required === true }))
