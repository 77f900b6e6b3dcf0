/** Separated text: comma, tab, semicolon, full-width comma or bar, with quotes as in RFC 4180. */
import { tooManyColumns, tooManyRows } from './judge.ts'
import { LIMITS } from './limits.ts'
import { type Cell, EMPTY_CELL, type Sheet } from './workbook.ts'

const SEPARATORS = [',', '\t', ';', '，', '|']

/** The separator that splits the first lines into the most columns, and equally often. */
function guessSeparator(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim())
    .slice(0, 30)
  const score = (separator: string) => {
    const counts = lines.map((line) => line.replace(/"[^"]*"/g, '').split(separator).length - 1)
    const most = Math.max(0, ...counts)
    return most * counts.filter((count) => count > 0 && count === most).length
  }
  const scored = SEPARATORS.map((separator) => ({ separator, score: score(separator) }))
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).separator
}

/** Rows of raw texts, as many as may be. A quote inside a bare field is a character like any other. */
export function splitCsv(text: string, separator: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at <= text.length) {
    const field = text[at] === '"' ? quotedField(text, at, separator) : bareField(text, at, separator)
    if (row.push(field.value) > LIMITS.columns) throw tooManyColumns(row.length)
    const stop = text[field.end]
    at = field.end + 1
    if (stop === separator) continue
    if (stop === '\r' && text[at] === '\n') at++
    if (rows.push(row) > LIMITS.rows) throw tooManyRows(rows.length)
    row = []
    if (stop === undefined || at >= text.length) break
  }
  return rows
}

interface Field {
  value: string
  end: number
}

function bareField(text: string, start: number, separator: string): Field {
  let end = start
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++
  return { value: text.slice(start, end), end }
}

/** What follows the closing quote, up to the separator, still belongs to the field. */
function quotedField(text: string, start: number, separator: string): Field {
  let value = ''
  let at = start + 1
  while (at < text.length) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return { value: value + text.slice(at), end: text.length }
    value += text.slice(at, quote)
    if (text[quote + 1] !== '"') {
      const rest = bareField(text, quote + 1, separator)
      return { value: value + rest.value.trimEnd(), end: rest.end }
    }
    value += '"'
    at = quote + 2
  }
  return { value, end: text.length }
}

export function sheetOfText(text: string, name: string): Sheet {
  const body = text.replace(/^\uFEFF/, '')
  const named = /^sep=(.)\r?\n/.exec(body)
  const content = named ? body.slice(named[0].length) : body
  const rows = splitCsv(content, named?.[1] ?? guessSeparator(content)).map((row) => row.map(cellOfText))
  return { name, typed: false, rows, merges: [] }
}

/** ="0123" is how exports keep a spreadsheet program from reading a text as a number. */
function cellOfText(raw: string): Cell {
  const guarded = /^="(.*)"$/s.exec(raw)
  const value = guarded?.[1] ?? raw
  return value.trim() === '' ? EMPTY_CELL : { kind: 'text', value, shown: value }
}
