/** The one way in for a spreadsheet: its bytes are judged and parsed apart, within limits. */
import { invalid } from '../errors.ts'
import { type GuardOptions, guarded } from '../guard/guard.ts'
import { LIMITS, tooLarge } from './limits.ts'
import type { parseWorkbook } from './parse.ts'
import type { Workbook } from './workbook.ts'

export interface ReadOptions {
  fileName: string
  /** Read this sheet only. */
  sheet?: string
  signal?: AbortSignal
  milliseconds?: number
}

const parsed = guarded<typeof parseWorkbook>(new URL('./parse.ts', import.meta.url), 'parseWorkbook')

/** Refuses with a code: notSpreadsheet, emptyFile, spreadsheetLocked, spreadsheetTooLarge, sheetNotFound. */
export async function readWorkbook(bytes: Uint8Array, options: ReadOptions): Promise<Workbook> {
  const { fileName, sheet, ...rest } = options
  checkSize(bytes, fileName)
  return parsed(
    { bytes, fileName, ...(sheet !== undefined && { sheet }) },
    { ...guardOf(bytes, fileName), ...rest },
  )
}

/** Limits and words for work on one spreadsheet. */
export const guardOf = (bytes: Uint8Array, fileName: string): GuardOptions<undefined> => ({
  milliseconds: LIMITS.milliseconds(bytes.byteLength),
  words: {
    tooLarge,
    broken: () =>
      invalid(
        'notSpreadsheet',
        `“${fileName}”读不出来，可能已损坏。请用 WPS 或 Excel 打开后另存为 .xlsx 再导入。`,
      ),
  },
})

/** What needs no look inside. */
export function checkSize({ byteLength }: Uint8Array, fileName: string): void {
  if (byteLength === 0) throw invalid('emptyFile', `“${fileName}”是空文件，请重新选择。`)
  if (byteLength > LIMITS.packedBytes)
    throw tooLarge(`文件有 ${Math.round(byteLength / 1048576)} MB，上限 ${LIMITS.packedBytes / 1048576} MB`)
}
