/** What a file may ask of us, and how we say that it asks for more. Numbers and why: docs/decisions/0028-guarded-files.md. */
import { invalid } from '../errors.ts'

export const LIMITS = {
  packedBytes: 20 * 1024 * 1024,
  unpackedBytes: 200 * 1024 * 1024,
  /** Of a part that holds neither cells nor texts: styles, names, relations. */
  otherPartBytes: 24 * 1024 * 1024,
  zipEntries: 2_000,
  sheets: 256,
  documentTables: 500,
  /** Those that a merge has swallowed count as well. */
  documentCells: 20_000,
  rows: 100_000,
  columns: 256,
  /** Of one sheet, laid out. */
  cells: 4_000_000,
  /** Written in the file, empty ones too. */
  writtenCells: 2_000_000,
  merges: 100_000,
  /** As in every spreadsheet program. */
  cellText: 32_767,
  depth: 256,
  /** Time grows with the file: a small one that takes long is not what it seems. */
  milliseconds: (bytes: number) => 4_000 + Math.min(90_000, Math.round((bytes / 1048576) * 15_000)),
}

export const tooLarge = (what: string) =>
  invalid('spreadsheetTooLarge', `表格太大：${what}。请拆成几个文件，或删去多余的工作表、图片和空行后再传。`)
