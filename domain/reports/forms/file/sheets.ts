/** An Excel form: its sheets as tables, and its cells written in place. */
import type { Element } from '@xmldom/xmldom'
import type { CellFill, FormCell, FormFile, FormTable, ListFill } from './model.ts'
import { child, children, descendants, openParts, type Parts, unreadable } from './parts.ts'
import { type Area, areaOf, cellOf } from './references.ts'
import { fillSheets } from './sheetFill.ts'
import { type Styles, stylesIn } from './styles.ts'

/** More is no form but a data file; what lies beyond is kept and not shown. */
const ROWS_SHOWN = 400
const COLUMNS_SHOWN = 80
const MOST_MERGED = 2_000
const USUAL_WIDTH = 8.43
/** A cell that holds nothing and looks like nothing ends the form. */
const WIDTH_IN_PIXELS = 7

export interface SheetPart {
  id: string
  name: string
  /** Its part in the file. */
  part: string
}

/** @throws invalid `formFile` */
export function openSheets(bytes: Uint8Array): FormFile {
  const parts = openParts(bytes)
  if (!parts.has('xl/workbook.xml')) throw unreadable('这不是 Excel 表')
  const sheets = sheetsIn(parts)
  const styles = stylesIn(parts)
  const texts = sharedTexts(parts)
  const tables = sheets.map((sheet) => tableOf(parts, sheet, { styles, texts }))
  return {
    document: { format: 'xlsx', tables },
    fill(cells: CellFill[], lists: ListFill[] = []) {
      // Opened anew: a form is filled more than once.
      const fresh = openParts(bytes)
      fillSheets(fresh, sheets, { cells, lists, tables })
      return fresh.pack()
    },
  }
}

function sheetsIn(parts: Parts): SheetPart[] {
  const targets = new Map(
    descendants(parts.xml('xl/_rels/workbook.xml.rels'), 'Relationship').map((r) => [
      r.getAttribute('Id') ?? '',
      (r.getAttribute('Target') ?? '').replace(/^\/?(xl\/)?/, 'xl/'),
    ]),
  )
  const sheets = descendants(parts.xml('xl/workbook.xml'), 'sheet')
  return sheets.flatMap((sheet, at) => {
    const relation = [...sheet.attributes].find((a) => a.localName === 'id' && a.prefix)?.value ?? ''
    const part = targets.get(relation)
    const hidden = sheet.getAttribute('state')?.includes('idden')
    if (!part?.startsWith('xl/worksheets/') || hidden) return []
    return [{ id: `s${at}`, name: sheet.getAttribute('name') ?? '', part }]
  })
}

const textIn = (element: Element): string =>
  descendants(element, 't')
    .filter((t) => (t.parentNode as Element | null)?.localName !== 'rPh')
    .map((t) => t.textContent ?? '')
    .join('')

const sharedTexts = (parts: Parts): string[] =>
  parts.has('xl/sharedStrings.xml') ? descendants(parts.xml('xl/sharedStrings.xml'), 'si').map(textIn) : []

interface Reading {
  styles: Styles
  texts: string[]
}

function tableOf(parts: Parts, { id, name, part }: SheetPart, reading: Reading): FormTable {
  const sheet = child(parts.xml(part), 'worksheet')
  const rows = children(child(sheet, 'sheetData'), 'row')
  const merged = descendants(child(sheet, 'mergeCells'), 'mergeCell').map((m) =>
    areaOf(m.getAttribute('ref') ?? 'A1'),
  )
  const written = rows.flatMap((row) => children(row, 'c')).map((c) => cellIn(c, reading))
  const shown = written.filter((c) => c.row < ROWS_SHOWN && c.column < COLUMNS_SHOWN)
  const extent = extentOf(shown, merged)
  return {
    id,
    title: name,
    ...extent,
    widths: widthsOf(sheet, extent.columns),
    cells: laidOut(shown, merged, extent),
  }
}

function cellIn(c: Element, { styles, texts }: Reading): FormCell {
  const { row, column } = cellOf(c.getAttribute('r') ?? 'A1')
  const formula = child(c, 'f')
  const style = styles.of(c.getAttribute('s'))
  return {
    row,
    column,
    rowSpan: 1,
    columnSpan: 1,
    text: shownText(c, texts),
    ...style,
    ...(formula && { formula: formula.textContent ?? '' }),
  }
}

function shownText(c: Element, texts: string[]): string {
  const value = child(c, 'v')?.textContent ?? ''
  const type = c.getAttribute('t')
  if (type === 's') return texts[Number(value)] ?? ''
  if (type === 'inlineStr') return textIn(c)
  return value
}

function extentOf(cells: FormCell[], merged: Area[]): { rows: number; columns: number } {
  const within = merged.filter((m) => m.bottom < ROWS_SHOWN * 2)
  const furthest = (ends: number[], limit: number) =>
    Math.min(
      ends.reduce((far, end) => Math.max(far, end + 1), 1),
      limit,
    )
  const rows = [...cells.map((c) => c.row), ...within.map((m) => m.bottom)]
  const columns = [...cells.map((c) => c.column), ...within.map((m) => m.right)]
  return { rows: furthest(rows, ROWS_SHOWN), columns: furthest(columns, COLUMNS_SHOWN) }
}

/** Every place of the extent is a cell, or lies in a merged one. */
function laidOut(
  written: FormCell[],
  merged: Area[],
  { rows, columns }: { rows: number; columns: number },
): FormCell[] {
  const at = new Map(written.map((c) => [`${c.row} ${c.column}`, c]))
  const cells: FormCell[] = []
  const covered = new Set<string>()
  if (merged.length > MOST_MERGED) throw unreadable(`合并的格子超过 ${MOST_MERGED} 处`)
  for (const area of merged)
    for (let row = area.top; row <= Math.min(area.bottom, rows - 1); row++)
      for (let column = area.left; column <= Math.min(area.right, columns - 1); column++)
        if (row > area.top || column > area.left) covered.add(`${row} ${column}`)
  const spans = new Map(merged.map((m) => [`${m.top} ${m.left}`, m]))
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const key = `${row} ${column}`
      if (covered.has(key)) continue
      const area = spans.get(key)
      const empty: FormCell = { row, column, rowSpan: 1, columnSpan: 1, text: '', format: 'general' }
      cells.push({
        ...(at.get(key) ?? empty),
        rowSpan: area ? Math.min(area.bottom, rows - 1) - row + 1 : 1,
        columnSpan: area ? Math.min(area.right, columns - 1) - column + 1 : 1,
      })
    }
  return cells
}

function widthsOf(sheet: Element | undefined, columns: number): number[] {
  const usual = Number(child(sheet, 'sheetFormatPr')?.getAttribute('defaultColWidth') ?? USUAL_WIDTH)
  const widths = Array.from({ length: columns }, () => usual)
  for (const col of children(child(sheet, 'cols'), 'col')) {
    const last = Math.min(Number(col.getAttribute('max')), columns)
    const width = col.getAttribute('hidden') === '1' ? 0 : Number(col.getAttribute('width') ?? usual)
    widths.fill(width, Number(col.getAttribute('min')) - 1, last)
  }
  return widths.map((width) => Math.round(width * WIDTH_IN_PIXELS) + 5)
}
