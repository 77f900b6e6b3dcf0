/** Opens a blank form by what its bytes are: .xlsx or .docx. */
import type { FormFile } from './model.ts'
import { openSheets } from './sheets.ts'
import { openTables } from './tables.ts'

/** @throws invalid `formFile` with a remedy, for what is neither. */
export async function openForm(bytes: Uint8Array, fileName: string): Promise<FormFile> {
  return /\.docx$/i.test(fileName) ? openTables(bytes) : openSheets(bytes)
}
