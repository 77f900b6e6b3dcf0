/** The head of a spreadsheet as texts, from which fields are guessed. Runs apart only. */
import { type ParseRequest, parseWorkbook } from '../../../../kernel/spreadsheet/parse.ts'

const SHOWN_ROWS = 40
const SHOWN_COLUMNS = 60

export async function headOf(request: ParseRequest): Promise<string[][]> {
  const book = await parseWorkbook(request)
  const sheet = book.sheets.find((s) => !s.hidden && s.rows.some((r) => r.length > 0)) ?? book.sheets[0]
  return (sheet?.rows ?? [])
    .slice(0, SHOWN_ROWS)
    .map((row) => row.slice(0, SHOWN_COLUMNS).map((cell) => cell.shown.slice(0, 200)))
}
