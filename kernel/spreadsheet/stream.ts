/** Sheets of any length, written row after row: what is held does not grow with their number. */
import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import { type ColumnDef, writeXlsxStream } from 'hucre/xlsx'
import { csvLine, NUMBER_FORMATS, type SheetColumn, safeSheetName, widthOf } from './write.ts'

export type StreamedRow = (string | number | null)[]

/** Numbers stay numbers; every text is stored as text, so none can become a formula. */
export function streamWorkbook(
  name: string,
  columns: SheetColumn[],
  rows: AsyncIterable<StreamedRow>,
): Readable {
  const defined = columns.map(
    (column, at): ColumnDef => ({
      key: String(at),
      header: column.title,
      width: widthOf(column),
      numFmt: NUMBER_FORMATS[column.format ?? 'text'],
    }),
  )
  const bytes = writeXlsxStream(rows, {
    name: safeSheetName(name),
    columns: defined,
    freezePane: { rows: 1 },
  })
  return Readable.fromWeb(bytes as WebStream<Uint8Array>)
}

const TOGETHER = 64 * 1024

/** UTF-8 with its mark; texts that look like formulas are disarmed. */
export function streamCsv(columns: SheetColumn[], rows: AsyncIterable<StreamedRow>): Readable {
  return Readable.from(pieces(columns, rows), { objectMode: false })
}

async function* pieces(columns: SheetColumn[], rows: AsyncIterable<StreamedRow>): AsyncGenerator<Buffer> {
  let held = `\uFEFF${csvLine(columns.map((c) => c.title))}`
  for await (const row of rows) {
    held += csvLine(row)
    if (held.length < TOGETHER) continue
    yield Buffer.from(held)
    held = ''
  }
  yield Buffer.from(held)
}
