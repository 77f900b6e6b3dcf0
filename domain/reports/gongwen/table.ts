/** Tables in absolute widths: WPS reads the grid, Word the cells, so both are written and both add up. */
import {
  AlignmentType,
  BorderStyle,
  Paragraph as DocxParagraph,
  Table as DocxTable,
  type ParagraphChild,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import type { Align, Cell, Run, Table } from './model.ts'
import { TEXT_WIDTH } from './page.ts'
import { STYLE } from './styles.ts'

/** Makes runs in the face of a style; the writer gives its own. */
export type SetRuns = (runs: Run[], style: string) => ParagraphChild[]

const ALIGN: Record<Align, (typeof AlignmentType)[keyof typeof AlignmentType]> = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
}

/** Column widths in twips that add up to the text's width exactly. */
function columnTwips(widthsMm: number[]): number[] {
  const total = widthsMm.reduce((a, b) => a + b, 0)
  let before = 0
  return widthsMm.map((_, i) => {
    const upTo = widthsMm.slice(0, i + 1).reduce((a, b) => a + b, 0)
    const edge = Math.round((upTo / total) * TEXT_WIDTH)
    const width = edge - before
    before = edge
    return width
  })
}

export function tableOf(table: Table, set: SetRuns): DocxTable {
  const widths = columnTwips(table.columnWidthsMm)
  const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
  const rows = (cells: Cell[][], head: boolean) =>
    placed(cells).map((row) => rowOf(row, { widths, head, set }))
  return new DocxTable({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    margins: { top: 28, bottom: 28, left: 85, right: 85, marginUnitType: WidthType.DXA },
    borders: {
      top: line,
      bottom: line,
      left: line,
      right: line,
      insideHorizontal: line,
      insideVertical: line,
    },
    rows: [...rows(table.headerRows, true), ...rows(table.rows, false)],
  })
}

interface PlacedCell extends Cell {
  column: number
}

/** The column in which each cell begins, with room left for those that reach down from above. */
function placed(rows: Cell[][]): PlacedCell[][] {
  const takenUntil = new Map<number, number>()
  return rows.map((row, at) => {
    let column = 0
    const free = () => {
      while ((takenUntil.get(column) ?? 0) > at) column += 1
    }
    return row.map((each) => {
      free()
      const span = each.columnSpan ?? 1
      const found = { ...each, column }
      for (let c = column; c < column + span; c++) takenUntil.set(c, at + (each.rowSpan ?? 1))
      column += span
      return found
    })
  })
}

function rowOf(row: PlacedCell[], how: { widths: number[]; head: boolean; set: SetRuns }): TableRow {
  const { widths, head, set } = how
  const style = head ? STYLE.tableHead : STYLE.tableCell
  return new TableRow({
    tableHeader: head,
    cantSplit: true,
    children: row.map(({ runs, align, column, columnSpan = 1, rowSpan = 1 }) => {
      const size = widths.slice(column, column + columnSpan).reduce((a, b) => a + b, 0)
      return new TableCell({
        width: { size, type: WidthType.DXA },
        columnSpan,
        rowSpan,
        verticalAlign: VerticalAlignTable.CENTER,
        children: [
          new DocxParagraph({ style, ...(align && { alignment: ALIGN[align] }), children: set(runs, style) }),
        ],
      })
    }),
  })
}
