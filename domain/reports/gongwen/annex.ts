/** The evidence annex (佐证) of a document as sheets: a list of its figures, then the very rows of each. Pure. */
import { isDecimal } from '../../../kernel/decimal.ts'
import type { SheetColumn, SheetToWrite } from '../../../kernel/spreadsheet/write.ts'
import { MISSING } from '../../indicators/wording.ts'

export type AnnexCell = string | number | null

export interface AnnexPart {
  /** 'numerator', 'denominator', 'now', 'before', or '' where there is only one. */
  role: string
  /** In words, where a figure has several parts. */
  title?: string | undefined
  count: number
  columns: { title: string }[]
  /** In the order of `columns`. */
  rows: AnnexCell[][]
}

export interface AnnexFigure {
  no: number
  /** The sentence of the text that states it. */
  sentence: string
  /** As worded there. */
  text: string
  measureTitle: string
  /** The question in words. */
  question: string
  definition?: string | undefined
  /** Exact; a fraction such as 17/39 for shares; null when missing. */
  value: AnnexCell
  unit: string
  /** SHA-256 over the ids and versions of the rows. */
  digest: string
  parts: AnnexPart[]
}

export interface AnnexInput {
  /** Of the document that the annex belongs to. */
  title?: string | undefined
  figures: AnnexFigure[]
}

const LIST = '佐证目录'
/** A spreadsheet's own limit, in UTF-16 units. */
const NAME_LENGTH = 31
const WIDEST = 48
/** Enough rows to judge a column's width by. */
const SAMPLE = 200

/** First the list, then one sheet a figure; a missing figure has no sheet. */
export function annexSheets({ title, figures }: AnnexInput): SheetToWrite[] {
  const taken = new Set([LIST])
  const sheets = figures.map((figure) => (figure.value === null ? undefined : sheetOf(figure, taken)))
  const list: SheetToWrite = {
    name: LIST,
    title: title ? `${title}　${LIST}` : LIST,
    columns: [
      { title: '序号', width: 6, format: 'number' },
      { title: '正文中的句子', width: 50 },
      { title: '写法', width: 14 },
      { title: '准确值', width: 14, format: 'number' },
      { title: '单位', width: 8 },
      { title: '口径', width: 50 },
      { title: '行数', width: 8, format: 'number' },
      { title: '佐证表名', width: 30 },
    ],
    rows: figures.map((figure, i) => [
      figure.no,
      figure.sentence,
      figure.text,
      exactValue(figure.value),
      figure.unit,
      scopeOf(figure),
      rowCount(figure),
      sheets[i]?.name ?? MISSING,
    ]),
  }
  return [list, ...sheets.filter((sheet) => sheet !== undefined)]
}

const rowCount = (figure: AnnexFigure) => figure.parts.reduce((sum, part) => sum + part.count, 0)

const scopeOf = ({ question, definition }: AnnexFigure) =>
  definition ? `${question}。${definition}` : question

/** A number where a spreadsheet can hold it exactly, text otherwise. */
function exactValue(value: AnnexCell): AnnexCell {
  if (value === null) return MISSING
  if (typeof value === 'number' || !isDecimal(value)) return value
  return value.replace(/\D/g, '').length <= 15 ? Number(value) : value
}

function sheetOf(figure: AnnexFigure, taken: Set<string>): SheetToWrite {
  const several = figure.parts.length > 1
  const titles = [...new Set(figure.parts.flatMap((part) => part.columns.map((column) => column.title)))]
  const rows = figure.parts.flatMap((part) => {
    const places = titles.map((each) => part.columns.findIndex((column) => column.title === each))
    const lead = several ? [part.title ?? part.role] : []
    return part.rows.map((row) => [...lead, ...places.map((place) => row[place] ?? null)])
  })
  const heads = several ? ['部分', ...titles] : titles
  return {
    name: sheetName(`${figure.no} ${figure.measureTitle}`, taken),
    title: `${figure.no}. ${figure.measureTitle}：${figure.text}`,
    notes: [
      `口径：${scopeOf(figure)}`,
      `正文：${figure.sentence}`,
      ...countNotes(figure),
      `校验码：${figure.digest}`,
    ],
    columns: heads.map((head, i) => columnOf(head, rows, i)),
    rows,
  }
}

/** How many rows there are, and whether all of them are here. */
function countNotes(figure: AnnexFigure): string[] {
  return figure.parts.map((part) => {
    const name = figure.parts.length > 1 ? `${part.title ?? part.role}：` : '行数：'
    return `${name}${part.count}${part.rows.length < part.count ? `，以下列出前${part.rows.length}行` : ''}`
  })
}

function columnOf(title: string, rows: AnnexCell[][], at: number): SheetColumn {
  const widest = rows
    .slice(0, SAMPLE)
    .reduce((most, row) => Math.max(most, displayWidth(row[at])), displayWidth(title))
  const numeric = rows.length > 0 && rows.every((row) => typeof row[at] === 'number' || row[at] === null)
  return { title, width: Math.min(WIDEST, widest + 2), ...(numeric && { format: 'number' as const }) }
}

/** A Chinese character counts two. */
const displayWidth = (value: AnnexCell | undefined): number =>
  [...String(value ?? '')].reduce((sum, char) => sum + (/[\u0020-\u007e]/.test(char) ? 1 : 2), 0)

/** Legal and new: no []:*?/\, no quote at an end, 31 units at most, different from the others whatever the case. */
export function sheetName(wanted: string, taken: Set<string>): string {
  const clean = wanted.replace(/[[\]:*?/\\\p{Cc}]/gu, ' ').replace(/^['\s]+|['\s]+$/g, '') || '佐证'
  for (let n = 1; ; n++) {
    const suffix = n > 1 ? `(${n})` : ''
    const name = cutTo(clean, NAME_LENGTH - suffix.length) + suffix
    const key = name.toLowerCase()
    if (taken.has(key) || key === 'history') continue
    taken.add(key)
    return name
  }
}

/** Never through the middle of a character of two units, and without an end that is not allowed. */
function cutTo(text: string, units: number): string {
  let cut = ''
  for (const char of text) {
    if (cut.length + char.length > units) break
    cut += char
  }
  return cut.replace(/['\s]+$/, '')
}
