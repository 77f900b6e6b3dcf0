/** Mappings of headers to fields, and by what a sheet's own is known again. Pure. */
import { createHash } from 'node:crypto'
import { headerKey } from './sheet/headerText.ts'
import type { SheetColumn } from './sheet/reading.ts'

/** Normalised header → field id, or '' for a column left out. */
export type Mapping = Record<string, string>

/** One for each kind and set of headers, whatever their order. */
export function signatureOf(kind: string, columns: SheetColumn[]): string {
  const headers = columns.map((column) => headerKey(column.header)).filter((header) => header !== '')
  return createHash('sha256')
    .update([kind, ...headers.sort()].join('\n'))
    .digest('hex')
}

export const mappingOf = (columns: SheetColumn[]): Mapping =>
  Object.fromEntries(
    columns
      .filter((column) => column.header !== '' && !column.sequence)
      .map((column) => [headerKey(column.header), column.field ?? '']),
  )
