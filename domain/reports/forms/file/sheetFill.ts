/** Writes into sheets: values into cells, lines into lists, rows in between where a list is longer than its place. */
import type { Element } from '@xmldom/xmldom'
import { invalid } from '../../../../kernel/errors.ts'
import type { CellFill, CellValue, FormTable, ListFill } from './model.ts'
import { child, children, descendants, made, type Parts } from './parts.ts'
import { areaOf, cellOf, copied, type Insertion, referenceTo, shiftArea, shiftFormula } from './references.ts'
import type { SheetPart } from './sheets.ts'

interface Filling {
  cells: CellFill[]
  lists: ListFill[]
  tables: FormTable[]
}

export function fillSheets(parts: Parts, sheets: SheetPart[], { cells, lists, tables }: Filling): void {
  for (const cell of cells) checkCell(tables, cell)
  for (const { id, part } of sheets) {
    const data = child(child(parts.xml(part), 'worksheet'), 'sheetData')
    if (!data) continue
    for (const { row, column, value } of cells.filter((c) => c.table === id))
      write(cellAt(data, row, column), value)
  }
  // From the last upwards, so that rows which come in move no list that is still to be written.
  for (const list of [...lists].sort((a, b) => b.row - a.row)) fillList(parts, sheets, list)
  recalculate(parts)
}

function checkCell(tables: FormTable[], { table, row, column }: CellFill): void {
  const cell = tables.find((t) => t.id === table)?.cells.find((c) => c.row === row && c.column === column)
  if (!cell) throw invalid('noCell', `表里没有 ${referenceTo(row, column)} 这一格，或者它在合并的格子里。`)
  if (cell.formula !== undefined)
    throw invalid(
      'formulaCell',
      `${referenceTo(row, column)} 是公式，由表自己算，请不要填它，填它引用的格子。`,
    )
}

function fillList(parts: Parts, sheets: SheetPart[], list: ListFill): void {
  const sheet = sheets.find((s) => s.id === list.table)
  const data = sheet && child(child(parts.xml(sheet.part), 'worksheet'), 'sheetData')
  if (!sheet || !data) throw invalid('noCell', '表里没有要填名单的那一张工作表。')
  const room = list.through - list.row + 1
  const more = list.lines.length - room
  if (more > 0) insertRows(parts, sheets, sheet, { after: list.through, count: more })
  for (const [at, line] of list.lines.entries())
    for (const [place, column] of list.columns.entries())
      write(cellAt(data, list.row + at, column), line[place] ?? null)
}

function rowAt(data: Element, row: number): Element {
  const rows = children(data, 'row')
  const found = rows.find((r) => Number(r.getAttribute('r')) === row + 1)
  if (found) return found
  const added = made(data, 'row')
  added.setAttribute('r', String(row + 1))
  data.insertBefore(added, rows.find((r) => Number(r.getAttribute('r')) > row + 1) ?? null)
  return added
}

function cellAt(data: Element, row: number, column: number): Element {
  const line = rowAt(data, row)
  const reference = referenceTo(row, column)
  const cells = children(line, 'c')
  const found = cells.find((c) => c.getAttribute('r') === reference)
  if (found) return found
  const added = made(line, 'c')
  added.setAttribute('r', reference)
  const behind = cells.find((c) => cellOf(c.getAttribute('r') ?? 'A1').column > column)
  line.insertBefore(added, behind ?? null)
  return added
}

/** The cell's style stays; its content becomes the value. */
function write(cell: Element, value: CellValue): void {
  if (child(cell, 'f')) throw invalid('formulaCell', `${cell.getAttribute('r')} 是公式，不能填。`)
  for (const old of children(cell)) cell.removeChild(old)
  cell.removeAttribute('t')
  if (value === null || value === '') return
  if (typeof value === 'number') {
    const v = made(cell, 'v')
    v.textContent = String(value)
    cell.appendChild(v)
    return
  }
  cell.setAttribute('t', 'inlineStr')
  const inline = made(cell, 'is')
  const text = made(cell, 't')
  text.setAttribute('xml:space', 'preserve')
  text.textContent = value
  inline.appendChild(text)
  cell.appendChild(inline)
}

function insertRows(parts: Parts, sheets: SheetPart[], sheet: SheetPart, insertion: Insertion): void {
  const worksheet = child(parts.xml(sheet.part), 'worksheet')
  const data = child(worksheet, 'sheetData')
  if (!worksheet || !data) return
  sayEachFormula(data)
  moveFormulas(parts, sheets, sheet, insertion)
  moveRows(data, insertion)
  repeatRow(data, insertion)
  mergeAgain(worksheet, insertion)
  for (const kept of ['conditionalFormatting', 'dataValidation'])
    for (const one of descendants(worksheet, kept)) moveList(one, 'sqref', insertion)
  for (const one of [...descendants(worksheet, 'hyperlink'), ...children(worksheet, 'autoFilter')])
    moveList(one, 'ref', insertion)
  moveList(child(worksheet, 'dimension'), 'ref', insertion)
  for (const breaks of children(child(worksheet, 'rowBreaks'), 'brk'))
    if (Number(breaks.getAttribute('id')) > insertion.after + 1)
      breaks.setAttribute('id', String(Number(breaks.getAttribute('id')) + insertion.count))
  parts.remove('xl/calcChain.xml')
  forgetCalcChain(parts)
}

function moveRows(data: Element, { after, count }: Insertion): void {
  for (const row of children(data, 'row')) {
    const at = Number(row.getAttribute('r')) - 1
    if (at <= after) continue
    row.setAttribute('r', String(at + count + 1))
    for (const cell of children(row, 'c')) {
      const { column } = cellOf(cell.getAttribute('r') ?? 'A1')
      cell.setAttribute('r', referenceTo(at + count, column))
    }
  }
}

/** New rows look like the last of the list: height, styles, formulas of its own line. */
function repeatRow(data: Element, { after, count }: Insertion): void {
  const pattern = rowAt(data, after)
  const behind = children(data, 'row').find((r) => Number(r.getAttribute('r')) > after + 1) ?? null
  for (let at = 1; at <= count; at++) {
    const row = pattern.cloneNode(true) as Element
    row.setAttribute('r', String(after + at + 1))
    for (const cell of children(row, 'c')) {
      const { column } = cellOf(cell.getAttribute('r') ?? 'A1')
      cell.setAttribute('r', referenceTo(after + at, column))
      for (const old of children(cell)) if (old.localName !== 'f') cell.removeChild(old)
      const formula = child(cell, 'f')
      if (formula) formula.textContent = copied(formula.textContent ?? '', at, 0)
      else cell.removeAttribute('t')
    }
    data.insertBefore(row, behind)
  }
}

/** A formula that stands for several cells is said at each, so that each can move by itself. */
function sayEachFormula(data: Element): void {
  const shared = descendants(data, 'f').filter((f) => f.getAttribute('t') === 'shared')
  const placeOf = (f: Element) => cellOf((f.parentNode as Element).getAttribute('r') ?? 'A1')
  const first = new Map(shared.filter((f) => f.textContent).map((f) => [f.getAttribute('si'), f]))
  const said = shared.map((f) => {
    const origin = first.get(f.getAttribute('si')) ?? f
    const [from, to] = [placeOf(origin), placeOf(f)]
    return copied(origin.textContent ?? '', to.row - from.row, to.column - from.column)
  })
  for (const [at, f] of shared.entries()) {
    f.textContent = said[at] ?? ''
    for (const attribute of ['t', 'si', 'ref']) f.removeAttribute(attribute)
  }
}

/** Merged areas below move; those within the pattern's own line are merged in each new line, too. */
function mergeAgain(worksheet: Element, { after, count }: Insertion): void {
  const list = child(worksheet, 'mergeCells')
  for (const area of children(list, 'mergeCell')) {
    const reference = area.getAttribute('ref') ?? 'A1'
    const { top, bottom, left, right } = areaOf(reference)
    const inLine = top === after && bottom === after
    if (!inLine) area.setAttribute('ref', shiftArea(reference, { after, count }))
    if (!inLine || !list) continue
    for (let at = 1; at <= count; at++) {
      const again = area.cloneNode(false) as Element
      again.setAttribute('ref', `${referenceTo(after + at, left)}:${referenceTo(after + at, right)}`)
      list.appendChild(again)
    }
  }
  list?.setAttribute('count', String(children(list, 'mergeCell').length))
}

function moveList(element: Element | undefined, attribute: string, insertion: Insertion): void {
  const said = element?.getAttribute(attribute)
  if (element && said)
    element.setAttribute(
      attribute,
      said
        .split(' ')
        .map((one) => shiftArea(one, insertion))
        .join(' '),
    )
}

function moveFormulas(parts: Parts, sheets: SheetPart[], changed: SheetPart, insertion: Insertion): void {
  for (const { id, name, part } of sheets)
    for (const formula of descendants(parts.xml(part), 'f')) {
      const said = formula.textContent ?? ''
      const place = cellOf((formula.parentNode as Element).getAttribute('r') ?? 'A1')
      const inLine = id === changed.id && place.row === insertion.after
      const sheetsNamed = { home: name, changed: changed.name }
      if (said) formula.textContent = shiftFormula(said, sheetsNamed, insertion, !inLine)
      if (id === changed.id) moveList(formula, 'ref', insertion)
    }
  for (const name of descendants(parts.xml('xl/workbook.xml'), 'definedName'))
    name.textContent = shiftFormula(name.textContent ?? '', { home: '', changed: changed.name }, insertion)
}

/** The order of reckoning is worked out anew by whoever opens the file. */
function forgetCalcChain(parts: Parts): void {
  const about = [
    ...descendants(parts.xml('xl/_rels/workbook.xml.rels'), 'Relationship').filter((r) =>
      r.getAttribute('Target')?.endsWith('calcChain.xml'),
    ),
    ...descendants(parts.xml('[Content_Types].xml'), 'Override').filter((o) =>
      o.getAttribute('PartName')?.endsWith('calcChain.xml'),
    ),
  ]
  for (const one of about) one.parentNode?.removeChild(one)
}

/** Values that formulas had before would be wrong now: they are dropped, and reckoned when the file is opened. */
function recalculate(parts: Parts): void {
  for (const name of parts.names().filter((n) => /^xl\/worksheets\/[^/]+\.xml$/.test(n)))
    for (const formula of descendants(parts.xml(name), 'f')) {
      const cell = formula.parentNode as Element
      const value = child(cell, 'v')
      if (value) cell.removeChild(value)
      if (cell.getAttribute('t') !== 'str') cell.removeAttribute('t')
    }
  const workbook = child(parts.xml('xl/workbook.xml'), 'workbook')
  if (!workbook) return
  let settings = child(workbook, 'calcPr')
  if (!settings) {
    settings = made(workbook, 'calcPr')
    const later = ['oleSize', 'customWorkbookViews', 'pivotCaches', 'fileRecoveryPr', 'extLst']
    workbook.insertBefore(settings, children(workbook).find((e) => later.includes(e.localName ?? '')) ?? null)
  }
  settings.setAttribute('fullCalcOnLoad', '1')
}
