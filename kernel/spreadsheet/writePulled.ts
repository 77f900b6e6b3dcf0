/** A long workbook, its rows asked for part by part. Runs apart only. */
import { type SheetToWrite, written } from './write.ts'

type Rows = SheetToWrite['rows']

interface Calls {
  /** From a row on; none when there are no more. */
  rows(at: { sheet: number; from: number }): Promise<Rows>
}

export async function writePulled(heads: SheetToWrite[], calls: Calls): Promise<Uint8Array> {
  for (const [sheet, { rows }] of heads.entries())
    for (;;) {
      const part = await calls.rows({ sheet, from: rows.length })
      if (part.length === 0) break
      rows.push(...part)
    }
  return written(heads)
}
