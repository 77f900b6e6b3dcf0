/** A1 and what comes of it when rows are inserted. Rows and columns count from 0. */

export function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

export function lettersOf(column: number): string {
  const rest = Math.floor(column / 26)
  return (rest > 0 ? lettersOf(rest - 1) : '') + String.fromCharCode(65 + (column % 26))
}

export function cellOf(reference: string): { row: number; column: number } {
  const [, letters = 'A', digits = '1'] = /^\$?([A-Z]+)\$?(\d+)$/.exec(reference) ?? []
  return { column: columnOf(letters), row: Number(digits) - 1 }
}

export const referenceTo = (row: number, column: number) => `${lettersOf(column)}${row + 1}`

export interface Area {
  top: number
  left: number
  bottom: number
  right: number
}

export function areaOf(reference: string): Area {
  const [first = 'A1', last = first] = reference.split(':')
  const [from, to] = [cellOf(first), cellOf(last)]
  return { top: from.row, left: from.column, bottom: to.row, right: to.column }
}

/** `count` rows come in below row `after`. */
export interface Insertion {
  after: number
  count: number
}

/**
 * A range that ends on the row grows with it, as an office expects of a sum over the list; `grows` false says that it
 * lies within that row and stays as it is.
 */
export function shiftArea(reference: string, { after, count }: Insertion, grows = true): string {
  if (!reference.includes(':')) return shiftCell(reference, { after, count })
  const [first = '', last = ''] = reference.split(':')
  const end = rowIn(last)
  const moves = end !== null && (grows ? end >= after : end > after)
  return `${shiftCell(first, { after, count })}:${moves ? withRow(last, end + count) : last}`
}

function shiftCell(reference: string, { after, count }: Insertion): string {
  const row = rowIn(reference)
  return row !== null && row > after ? withRow(reference, row + count) : reference
}

const rowIn = (reference: string): number | null => {
  const digits = /(\d+)$/.exec(reference)?.[1]
  return digits ? Number(digits) - 1 : null
}

const withRow = (reference: string, row: number) => reference.replace(/\d+$/, String(row + 1))

/** Texts, a sheet's name, a range, one cell; names of functions and of other things are left alone. */
const TOKEN =
  /"(?:[^"]|"")*"|(?:('(?:[^']|'')+'|[\p{L}_][\p{L}\p{N}_.]*)!)?(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)(?![\p{L}\p{N}_(.])/gu

/** `sheet`: its name as said before the reference, or null. */
type Rewriting = (reference: string, sheet: string | null) => string

function rewrite(formula: string, each: Rewriting): string {
  return formula.replace(
    TOKEN,
    (whole, sheet: string | undefined, reference: string | undefined, at: number) => {
      if (!reference) return whole
      if (!sheet && /[\p{L}\p{N}_.]/u.test(formula[at - 1] ?? '')) return whole
      const named = sheet ? sheet.replace(/^'|'$/g, '').replaceAll("''", "'") : null
      return (sheet ? `${sheet}!` : '') + each(reference, named)
    },
  )
}

/** A formula of sheet `home` after rows came into sheet `changed`. References to other sheets stay. */
export function shiftFormula(
  formula: string,
  sheets: { home: string; changed: string },
  insertion: Insertion,
  grows = true,
): string {
  return rewrite(formula, (reference, sheet) =>
    (sheet ?? sheets.home) === sheets.changed ? shiftArea(reference, insertion, grows) : reference,
  )
}

/** A formula as it reads when copied so many rows down and columns to the right; what has a $ stays. */
export const copied = (formula: string, rows: number, columns: number): string =>
  rewrite(formula, (reference) =>
    reference
      .split(':')
      .map((one) => {
        const [, fixedColumn = '', letters = 'A', fixedRow = '', digits = '1'] =
          /^(\$?)([A-Z]+)(\$?)(\d+)$/.exec(one) ?? []
        const column = fixedColumn ? letters : lettersOf(Math.max(0, columnOf(letters) + columns))
        const row = fixedRow ? digits : String(Math.max(1, Number(digits) + rows))
        return fixedColumn + column + fixedRow + row
      })
      .join(':'),
  )
