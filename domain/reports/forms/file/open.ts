/** Opens a blank form by what its bytes are: .xlsx or .docx. Runs apart only (`apart.ts`): a hostile file may be endless. */
import { type Carried, carry } from '../carry.ts'
import { type At, askingIn } from '../labels.ts'
import type { Mapped } from '../mapping.ts'
import { type CellFill, type FormDocument, type FormFile, isDocument, type ListFill } from './model.ts'
import { unreadable } from './parts.ts'
import { openSheets } from './sheets.ts'
import { openTables } from './tables.ts'

export interface FormBytes {
  bytes: Uint8Array
  fileName: string
}

/** More is a data file, and nobody points at its cells. */
const MOST_TABLES = 200
const MOST_CELLS = 12_000

/** @throws invalid `formFile` with a remedy, for what is neither. */
export async function openForm({ bytes, fileName }: FormBytes): Promise<FormFile> {
  const form = isDocument(fileName) ? openTables(bytes) : openSheets(bytes)
  const { tables } = form.document
  if (tables.length > MOST_TABLES) throw unreadable(`有 ${tables.length} 张表，最多 ${MOST_TABLES} 张`)
  const cells = tables.reduce((sum, table) => sum + table.cells.length, 0)
  if (cells > MOST_CELLS)
    throw unreadable(`要填的地方有 ${cells} 格，最多 ${MOST_CELLS} 格，请把不用填的工作表和空行删去`)
  return form
}

/** With the cells that ask for something. */
export async function documentOf(form: FormBytes): Promise<{ document: FormDocument; asking: At[] }> {
  const { document } = await openForm(form)
  return { document, asking: askingIn(document) }
}

export const carriedOver = ({ before, mapping, now }: Editions): Carried =>
  carry({ document: before, mapping }, now)

interface Editions {
  before: FormDocument
  mapping: Mapped[]
  now: FormDocument
}

export async function filledFile({
  cells,
  lists,
  ...form
}: FormBytes & { cells: CellFill[]; lists: ListFill[] }): Promise<Uint8Array> {
  return (await openForm(form)).fill(cells, lists)
}
