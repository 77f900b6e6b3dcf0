/** A summary on its way out: the official document and the workbook of its evidence. */
import type { Context } from '../../../kernel/context.ts'
import { type SheetToWrite, writeWorkbook } from '../../../kernel/spreadsheet/write.ts'
import { type FrozenPart, rowsBehind } from '../../indicators/kept/rows.ts'
import type { Org } from '../../structure/organisations/queries.ts'
import { type AnnexFigure, annexSheets } from '../gongwen/annex.ts'
import { writeDocx } from '../gongwen/writer.ts'
import { displayIn, type Figures } from './checks.ts'
import { documentOf } from './document.ts'
import type { Resolving } from './figures.ts'
import { frozenOf } from './frozen.ts'
import { bodyWithoutGone } from './gone.ts'
import { type Body, figuresIn, type SummarySettings, sentenceOf } from './model.ts'
import type { SummaryRow } from './queries.ts'

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A text with its figures, saved or only drafted. */
export interface Delivered {
  title: string
  body: Body
  settings: SummarySettings
  org: Pick<Org, 'name'>
  figures: Figures
  /** The day under the text where the settings name none. */
  day: string
}

export function docxOf(summary: Delivered, withAnnex = false): Promise<Uint8Array> {
  const { title, settings, org, figures, day } = summary
  const body = bodyWithoutGone(summary.body, (ref) => figures.get(ref))
  const displayOf = displayIn(figures)
  const document = documentOf({ title, body, settings, orgName: org.name, today: day, displayOf }, withAnnex)
  return writeDocx(document, { day: settings.day ?? day, organ: settings.organ || org.name })
}

/** The rows behind a figure, by its ref. */
export type RowsOf = (ref: string) => Promise<FrozenPart[]>

/** Of a draft: as they are now. */
export const rowsNow =
  (ctx: Context, figures: Figures, how: Resolving): RowsOf =>
  async (ref) => {
    const figure = figures.get(ref)
    return figure && figure.evidence.parts.length > 0 ? rowsBehind(ctx, figure.question, how.all) : []
  }

/** Of what was handed in: as they were. */
export async function rowsAsFrozen(ctx: Context, row: SummaryRow): Promise<RowsOf> {
  const frozen = new Map((await frozenOf(ctx, row)).map((f) => [f.ref, f]))
  return async (ref) => {
    const figure = frozen.get(ref)
    return figure ? figure.rows() : []
  }
}

export async function annexOf(
  summary: Delivered,
  rowsOf: RowsOf,
  definitionOf: (measure: string) => string | undefined,
): Promise<Uint8Array> {
  const { title, figures } = summary
  const body = bodyWithoutGone(summary.body, (ref) => figures.get(ref))
  const displayOf = displayIn(figures)
  const listed: AnnexFigure[] = []
  for (const p of body.sections.flatMap((s) => s.paragraphs))
    for (const { ref } of figuresIn(p.runs)) {
      const f = figures.get(ref)
      if (!f) continue
      listed.push({
        no: listed.length + 1,
        sentence: sentenceOf(p.runs, ref, displayOf),
        text: f.display,
        measureTitle: f.measure.title,
        question: f.asked,
        definition: definitionOf(f.measure.id),
        value: f.missing ? null : f.exact,
        unit: f.unit,
        digest: f.evidence.digest ?? '',
        parts: (await rowsOf(ref)).map(annexPart),
      })
    }
  const sheets: SheetToWrite[] = annexSheets({ title, figures: listed })
  return writeWorkbook(sheets)
}

const annexPart = ({ role, title, columns, rows, total }: FrozenPart) => ({
  role,
  title,
  count: total,
  columns: columns.map((c) => ({ title: c.title })),
  rows: rows.map((r) => r.cells),
})
