/** The XML of an Office file judged by its tags alone, before any parser builds something from it. */
import { invalid, type Refusal } from '../errors.ts'
import { LIMITS, tooLarge } from './limits.ts'
import type { ZipParts } from './zip.ts'

const [LESS, GREATER, SLASH, BANG, QUESTION, COLON] = [0x3c, 0x3e, 0x2f, 0x21, 0x3f, 0x3a]
/** Of one character: &#x20000; is the longest usual way to write it. */
const BYTES_A_CHARACTER = 9

const suspect = () =>
  invalid('notSpreadsheet', '文件里有不该有的内容（外部实体）。请用 WPS 或 Excel 打开后另存为 .xlsx 再导入。')

const longText = () => tooLarge(`有一格的文字超过 ${LIMITS.cellText} 个字`)

interface Tag {
  /** Without prefix. */
  name: string
  from: number
  to: number
}

/** Calls back with every opening tag. @throws Refusal for texts without end, deep nesting, declarations of entities. */
export function eachTag(part: Uint8Array, onTag: (tag: Tag) => void): void {
  const xml = Buffer.from(part.buffer, part.byteOffset, part.byteLength)
  let depth = 0
  for (let at = 0; ; ) {
    const from = xml.indexOf(LESS, at)
    const text = (from < 0 ? xml.length : from) - at
    if (text > LIMITS.cellText * BYTES_A_CHARACTER) throw longText()
    if (from < 0) return
    const second = xml[from + 1]
    if (second === BANG && /^<!DOCTYPE/i.test(xml.toString('latin1', from, from + 9))) throw suspect()
    const to = xml.indexOf(GREATER, from)
    if (to < 0) return
    at = to + 1
    if (second === SLASH) depth--
    else if (second !== BANG && second !== QUESTION) {
      if (xml[to - 1] !== SLASH && ++depth > LIMITS.depth) throw tooLarge('内容一层套一层，套得太深')
      onTag({ name: nameAt(xml, from + 1), from, to })
    }
  }
}

/** Space, slash and the bracket end a name. */
function nameAt(xml: Buffer, start: number): string {
  let from = start
  let to = start
  for (; ; to++) {
    const byte = xml[to] ?? GREATER
    if (byte === COLON) from = to + 1
    else if (byte <= 0x20 || byte === SLASH || byte === GREATER) return xml.toString('latin1', from, to)
  }
}

const CELL_OR_TEXT = /^\/?xl\/(worksheets\/[^/]+|sharedStrings)\.xml$/i

/** @throws Refusal with what there is too much of */
export function judgeParts(parts: ZipParts): void {
  let cells = 0
  for (const [name, part] of parts) {
    if (!/\.(xml|rels)$/i.test(name)) continue
    if (!CELL_OR_TEXT.test(name) && name !== 'content.xml' && part.byteLength > LIMITS.otherPartBytes)
      throw tooLarge('样式、名称或图形太多')
    if (/^\/?xl\/worksheets\/[^/]+\.xml$/i.test(name)) cells = judgeSheet(part, cells)
    else eachTag(part, countOf(name))
  }
}

const DOCUMENT = /^word\/document\.xml$/
const COUNTED = [
  { part: /^\/?xl\/workbook\.xml$/i, tag: 'sheet', most: LIMITS.sheets, words: '工作表' },
  { part: DOCUMENT, tag: 'tbl', most: LIMITS.documentTables, words: '文档里的表' },
  { part: DOCUMENT, tag: 'tc', most: LIMITS.documentCells, words: '文档里的格子' },
]

function countOf(name: string): (tag: Tag) => void {
  const counted = COUNTED.filter(({ part }) => part.test(name)).map((one) => ({ ...one, count: 0 }))
  return ({ name: tag }) => {
    for (const one of counted)
      if (tag === one.tag && ++one.count > one.most) throw tooLarge(`${one.words}超过 ${one.most} 个`)
  }
}

const CONTENT = new Set(['v', 'is', 'f'])

/** Rows and columns count as far as something stands in them: programs format whole sheets down to the last row. */
function judgeSheet(part: Uint8Array, before: number): number {
  const xml = Buffer.from(part.buffer, part.byteOffset, part.byteLength)
  let written = before
  let row = 0
  let merges = 0
  let cell: Tag | null = null
  eachTag(part, (tag) => {
    if (tag.name === 'row') row = Number(attribute(xml, tag, 'r') ?? row + 1)
    if (tag.name === 'row' || tag.name === 'c') written++
    if (tag.name === 'mergeCell') merges++
    if (tag.name === 'c') cell = tag
    else if (cell && CONTENT.has(tag.name)) {
      checkPlace(row, attribute(xml, cell, 'r'))
      cell = null
    }
    if (written > LIMITS.writtenCells) throw tooLarge(`超过 ${LIMITS.writtenCells / 10_000} 万格（空格也算）`)
    if (merges > LIMITS.merges) throw tooLarge(`合并的格子超过 ${LIMITS.merges} 处`)
  })
  return written
}

function attribute(xml: Buffer, { from, to }: Tag, name: string): string | undefined {
  return new RegExp(`\\s${name}=["']([^"']*)`).exec(
    xml.toString('latin1', from, Math.min(to, from + 200)),
  )?.[1]
}

function checkPlace(row: number, reference = ''): void {
  if (row > LIMITS.rows) throw tooManyRows(row)
  const letters = /^[A-Z]{1,3}/i.exec(reference)?.[0].toUpperCase() ?? 'A'
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
  if (column > LIMITS.columns) throw tooManyColumns(column)
}

export const tooManyRows = (row: number): Refusal => tooLarge(`第 ${row} 行还有内容，上限 ${LIMITS.rows} 行`)
export const tooManyColumns = (column: number): Refusal =>
  tooLarge(`第 ${column} 列还有内容，上限 ${LIMITS.columns} 列`)
