/** What was decided about one edition of a form, laid over the next. Pure. */
import type { FormDocument } from './file/model.ts'
import { type At, blankThrough, captionOf, headsOf, isLabel, labelsOf, timeless } from './labels.ts'
import { cellKey, type ListEntry, type Mapped } from './mapping.ts'

/** Cells by the words that they stand under and beside, in reading order. */
function known(document: FormDocument): { keyOf: Map<string, string>; cells: Map<string, At[]> } {
  const keyOf = new Map<string, string>()
  const cells = new Map<string, At[]>()
  const labels = labelsOf(document)
  for (const table of document.tables)
    for (const { row, column } of table.cells) {
      const at = { table: table.id, row, column }
      const said = labels.get(cellKey(at))
      if (!said) continue
      const own = said.row.length + said.column.length > 0 ? '' : `${row} ${column}`
      const key = [timeless(table.title), said.row.join('/'), said.column.join('/'), own].join('|')
      keyOf.set(cellKey(at), key)
      cells.set(key, [...(cells.get(key) ?? []), at])
    }
  return { keyOf, cells }
}

export interface Carried {
  mapping: Mapped[]
  /** Entries whose cell is no longer in the form, or cannot be told from another. */
  lost: Mapped[]
  /** How many of the labels both have, 0 to 1. */
  alike: number
}

/** What was decided about one form, laid over its next edition by the words beside the cells. */
export function carry(before: { document: FormDocument; mapping: Mapped[] }, now: FormDocument): Carried {
  const [then, today] = [known(before.document), known(now)]
  const mapping: Mapped[] = []
  const lost: Mapped[] = []
  for (const mapped of before.mapping) {
    const key = then.keyOf.get(cellKey(mapped)) ?? ''
    const old = then.cells.get(key) ?? []
    const found = today.cells.get(key) ?? []
    const place = old.findIndex((at) => cellKey(at) === cellKey(mapped))
    // Blank lines are alike, and a list begins in the first, however many there are.
    const certain = old.length === found.length || (mapped.entry.kind === 'list' && place === 0)
    const at = certain ? found[place] : undefined
    const moved = at && movedTo(mapped, at, { before: before.document, now })
    if (moved) mapping.push(moved)
    else lost.push(mapped)
  }
  return { mapping, lost, alike: alikeness(before.document, now) }
}

function movedTo(
  mapped: Mapped,
  at: At,
  documents: { before: FormDocument; now: FormDocument },
): Mapped | undefined {
  if (formulaAt(documents.now, at)) return undefined
  const { entry } = mapped
  if (entry.kind !== 'list') return { ...at, entry }
  const list = movedList(mapped, entry, at, documents)
  return list && { ...at, entry: list }
}

const formulaAt = (document: FormDocument, { table, row, column }: At): boolean =>
  document.tables
    .find((t) => t.id === table)
    ?.cells.some((c) => c.row === row && c.column === column && c.formula !== undefined) ?? false

/** Columns of a list are found again by their heads. */
function movedList(
  mapped: Mapped,
  entry: ListEntry,
  at: At,
  { before, now }: { before: FormDocument; now: FormDocument },
): ListEntry | undefined {
  const [then, today] = [headsOf(before, mapped), headsOf(now, at)]
  const columns = entry.columns.flatMap(({ column, from }) => {
    const head = then.get(column)
    const [found] = [...today].find(([, words]) => words === head) ?? []
    return found === undefined ? [] : [{ column: found, from }]
  })
  const table = now.tables.find((t) => t.id === at.table)
  return columns.length > 0 && table ? { ...entry, columns, through: blankThrough(table, at.row) } : undefined
}

/** Shared labels over all, each as often as it stands there. */
function alikeness(one: FormDocument, other: FormDocument): number {
  const words = ({ tables }: FormDocument) =>
    tables.flatMap((t) => t.cells.filter(isLabel).map((c) => timeless(captionOf(c.text))))
  const [mine, theirs] = [words(one), words(other)]
  const left = new Map<string, number>()
  for (const word of theirs) left.set(word, (left.get(word) ?? 0) + 1)
  let shared = 0
  for (const word of mine) {
    const count = left.get(word) ?? 0
    if (count > 0) shared++
    left.set(word, count - 1)
  }
  return mine.length + theirs.length === 0 ? 0 : (2 * shared) / (mine.length + theirs.length)
}
