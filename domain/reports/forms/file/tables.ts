/** A Word form: its tables, and the lines outside them; cells written in the form's own type. */
import type { Element } from '@xmldom/xmldom'
import { invalid } from '../../../../kernel/errors.ts'
import type { CellFill, CellValue, FormCell, FormFile, FormTable, ListFill } from './model.ts'
import { child, children, descendants, made, openParts, type Parts, unreadable } from './parts.ts'

const PART = 'word/document.xml'
const PIXELS_PER_TWIP = 1 / 15
const USUAL_WIDTH = 90
/** Wider than any paper. */
const MOST_COLUMNS = 256

/** @throws invalid `formFile` */
export function openTables(bytes: Uint8Array): FormFile {
  const parts = openParts(bytes)
  if (!parts.has(PART)) throw unreadable('这不是 Word 文档')
  if (parts.names().some((name) => name.endsWith('vbaProject.bin'))) throw unreadable('文件里有宏')
  const tables = tablesIn(parts).map(({ id, title, element }) => tableOf(id, title, element))
  if (tables.length === 0) throw unreadable('这个文档里没有表格')
  return {
    document: { format: 'docx', tables },
    fill(cells: CellFill[], lists: ListFill[] = []) {
      const fresh = openParts(bytes)
      const found = new Map(tablesIn(fresh).map((t) => [t.id, t.element]))
      const places = new Map([...found].map(([id, element]) => [id, placesIn(element)]))
      for (const cell of cells) write(cellIn(places.get(cell.table), cell), cell.value)
      for (const list of [...lists].sort((a, b) => b.row - a.row)) fillList(found.get(list.table), list)
      return fresh.pack()
    },
  }
}

interface Found {
  id: string
  title: string
  element: Element
}

/** Tables in the body, each with the last words before it. */
function tablesIn(parts: Parts): Found[] {
  const body = child(child(parts.xml(PART), 'document'), 'body')
  const found: Found[] = []
  let said = ''
  for (const block of blocksIn(body)) {
    if (block.localName === 'p') said = textOf(block).trim() || said
    if (block.localName !== 'tbl') continue
    found.push({ id: `t${found.length}`, title: said, element: block })
    said = ''
  }
  return found
}

/** Content controls are looked into. */
const blocksIn = (parent: Element | undefined): Element[] =>
  children(parent).flatMap((e) => (e.localName === 'sdt' ? blocksIn(child(e, 'sdtContent')) : [e]))

const textOf = (element: Element): string =>
  descendants(element, 'p').length > 0
    ? descendants(element, 'p').map(runText).filter(Boolean).join('\n')
    : runText(element)

const runText = (paragraph: Element): string =>
  descendants(paragraph, 't')
    .map((t) => t.textContent ?? '')
    .join('')

interface Place {
  row: number
  column: number
  element: Element
  columnSpan: number
  /** Goes on what stands above it. */
  continues: boolean
}

const rowsOf = (table: Element) => blocksIn(table).filter((e) => e.localName === 'tr')

function numberAt(parent: Element | undefined, name: string): number {
  const number = Number(valOf(child(parent, name)) ?? 0)
  if (number > MOST_COLUMNS) throw tooWide()
  return number
}

const tooWide = () => unreadable(`有一张表超过 ${MOST_COLUMNS} 列`)

const valOf = (element: Element | undefined): string | null =>
  [...(element?.attributes ?? [])].find((a) => a.localName === 'val')?.value ?? null

function placesOf(table: Element): Place[] {
  return rowsOf(table).flatMap((tr, row) => {
    let column = numberAt(child(tr, 'trPr'), 'gridBefore')
    return blocksIn(tr)
      .filter((e) => e.localName === 'tc')
      .map((element) => {
        const properties = child(element, 'tcPr')
        const columnSpan = numberAt(properties, 'gridSpan') || 1
        const merge = child(properties, 'vMerge')
        const place = { row, column, element, columnSpan, continues: !!merge && valOf(merge) !== 'restart' }
        column += columnSpan
        return place
      })
  })
}

function tableOf(id: string, title: string, element: Element): FormTable {
  const places = placesOf(element)
  const columns = places.reduce((most, p) => Math.max(most, p.column + p.columnSpan), 1)
  if (columns > MOST_COLUMNS) throw tooWide()
  const grid = children(child(element, 'tblGrid'), 'gridCol').map((g) =>
    Number([...g.attributes].find((a) => a.localName === 'w')?.value ?? 0),
  )
  const widths = Array.from(
    { length: columns },
    (_, at) => Math.round((grid[at] ?? 0) * PIXELS_PER_TWIP) || USUAL_WIDTH,
  )
  const continued = new Set(places.filter((p) => p.continues).map(placeKey))
  const cells = places.filter((p) => !p.continues).map((p) => cellOf(p, continued))
  return { id, title, rows: rowsOf(element).length, columns, widths, cells }
}

const placeKey = ({ row, column }: Pick<Place, 'row' | 'column'>) => `${row} ${column}`

function cellOf({ row, column, columnSpan, element }: Place, continued: Set<string>): FormCell {
  let rowSpan = 1
  while (continued.has(placeKey({ row: row + rowSpan, column }))) rowSpan++
  const formula = descendants(element, 'instrText')
    .map((i) => i.textContent ?? '')
    .concat(
      descendants(element, 'fldSimple').map(
        (f) => [...f.attributes].find((a) => a.localName === 'instr')?.value ?? '',
      ),
    )
    .find((said) => said.trim().startsWith('='))
  const align = valOf(descendants(element, 'jc')[0])
  return {
    row,
    column,
    rowSpan,
    columnSpan,
    text: textOf(element),
    format: 'text',
    ...(formula && { formula: formula.trim() }),
    ...(descendants(element, 'b').length > 0 && { bold: true }),
    ...((align === 'left' || align === 'center' || align === 'right') && { align }),
  }
}

/** Those that can be written to. */
const placesIn = (table: Element): Map<string, Place> =>
  new Map(placesOf(table).flatMap((p) => (p.continues ? [] : [[placeKey(p), p] as const])))

function cellIn(
  places: Map<string, Place> | undefined,
  { row, column }: Pick<CellFill, 'row' | 'column'>,
): Element {
  const place = places?.get(placeKey({ row, column }))
  if (!place)
    throw invalid('noCell', `表里没有第 ${row + 1} 行第 ${column + 1} 列这一格，或者它在合并的格子里。`)
  if (cellOf(place, new Set()).formula)
    throw invalid('formulaCell', `第 ${row + 1} 行第 ${column + 1} 列是公式，由文档自己算，不能填。`)
  return place.element
}

/** The first paragraph stays with its look, and the type of its first run; what else stood in the cell goes. */
function write(cell: Element, value: CellValue): void {
  const paragraphs = children(cell, 'p')
  const first = paragraphs[0] ?? (cell.appendChild(made(cell, 'p')) as Element)
  const look = child(descendants(first, 'r')[0], 'rPr') ?? child(child(first, 'pPr'), 'rPr')
  const kept = look?.cloneNode(true) as Element | undefined
  for (const more of paragraphs.slice(1)) cell.removeChild(more)
  for (const old of children(first)) if (old.localName !== 'pPr') first.removeChild(old)
  if (value === null || value === '') return
  const run = made(first, 'r')
  if (kept) run.appendChild(kept)
  for (const [at, line] of String(value).split('\n').entries()) {
    if (at > 0) run.appendChild(made(first, 'br'))
    const text = made(first, 't')
    text.setAttribute('xml:space', 'preserve')
    text.textContent = line
    run.appendChild(text)
  }
  first.appendChild(run)
}

function fillList(table: Element | undefined, list: ListFill): void {
  const pattern = table && rowsOf(table)[list.through]
  if (!table || !pattern) throw invalid('noCell', '文档里没有要填名单的那一行。')
  const blank = pattern.cloneNode(true) as Element
  for (const cell of blocksIn(blank).filter((e) => e.localName === 'tc')) write(cell, null)
  let behind = pattern.nextSibling
  for (let more = list.lines.length - (list.through - list.row + 1); more > 0; more--) {
    const row = blank.cloneNode(true) as Element
    pattern.parentNode?.insertBefore(row, behind)
    behind = row.nextSibling
  }
  const places = placesIn(table)
  for (const [at, line] of list.lines.entries())
    for (const [place, column] of list.columns.entries())
      write(cellIn(places, { row: list.row + at, column }), line[place] ?? null)
}
