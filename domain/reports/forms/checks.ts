/** What a careful eye would find in a filled form before it goes up. Pure. */
import { subtract, sum } from '../../../kernel/decimal.ts'
import type { FilledCell, FormCheck } from './contract.ts'
import type { FormDocument } from './file/model.ts'
import { type At, type Known, type Labels, labelsOf } from './labels.ts'
import { cellKey } from './mapping.ts'

const TOTAL = /^(合计|总计|共计|小计|总数)$/
const PART = /^(其中|含)/

interface Numbered extends At {
  value: number
  labels: Labels
  /** Shares and averages do not add up, and nothing adds two units. */
  adds: boolean
  unit: string
}

export function checksOf(document: FormDocument, cells: FilledCell[]): FormCheck[] {
  const labels = labelsOf(document)
  const numbers = cells.flatMap((cell): Numbered[] => {
    const said = labels.get(cellKey(cell))
    if (typeof cell.value !== 'number' || !said) return []
    const kind = cell.answer?.measure.kind
    const adds = kind !== 'ratio' && kind !== 'average' && cell.answer?.unit !== '%'
    const { table, row, column } = cell
    return [{ table, row, column, value: cell.value, labels: said, adds, unit: cell.answer?.unit ?? '' }]
  })
  return [...missing(cells, labels), ...totals(numbers), ...parts(numbers)]
}

const at = ({ table, row, column }: At): At => ({ table, row, column })

const nameOf = ({ row, column }: Labels) => [...row, ...column].join(' · ') || '这一格'

function missing(cells: FilledCell[], labels: Known): FormCheck[] {
  return cells
    .filter((c) => c.value === null && c.source !== 'text')
    .map((c) => {
      const said = labels.get(cellKey(c))
      const message = `${said ? nameOf(said) : '这一格'}：${c.missingReason ?? '没有数据'}，表里空着`
      return { kind: 'missing', message, cells: [at(c)] }
    })
}

/** A total in the last row of its column, or in a column of its row, against all that it stands for. */
function totals(numbers: Numbered[]): FormCheck[] {
  return numbers
    .filter((n) => n.adds)
    .flatMap((total) => {
      const down = TOTAL.test(total.labels.row.at(-1) ?? '')
      const across = TOTAL.test(total.labels.column.at(-1) ?? '')
      if (down === across) return []
      const summands = numbers.filter(
        (n) =>
          n.table === total.table &&
          n !== total &&
          (n.unit === total.unit || n.unit === '' || total.unit === '') &&
          (down || sameChapter(n, total)) &&
          (down ? n.column === total.column : n.row === total.row) &&
          !isPart(n, down) &&
          !TOTAL.test((down ? n.labels.row : n.labels.column).at(-1) ?? ''),
      )
      if (summands.length < 2 || summands.some((n) => !n.adds)) return []
      const added = sum(summands.map((n) => n.value))
      if (Number(subtract(added, total.value)) === 0) return []
      const message = `${nameOf(total.labels)}是 ${total.value}，各项相加是 ${added}。有联合开展的活动、或一人几处时会这样；不是的请核对`
      return { kind: 'sum', message, cells: [at(total), ...summands.map(at)] }
    })
}

/** 团员 over 总数 says nothing about the columns of another chapter. */
const sameChapter = (one: Numbered, total: Numbered) =>
  total.labels.column.length < 2 || one.labels.column[0] === total.labels.column[0]

const isPart = ({ labels }: Numbered, down: boolean) =>
  PART.test((down ? labels.row : labels.column).at(-1) ?? '')

/** 其中：女 is never more than what it is a part of. */
function parts(numbers: Numbered[]): FormCheck[] {
  const byLabels = new Map(numbers.map((n) => [keyOf(n.table, n.labels.row, n.labels.column), n]))
  return numbers.flatMap((part) => {
    const { row, column } = part.labels
    const whole = PART.test(row.at(-1) ?? '')
      ? byLabels.get(keyOf(part.table, row.slice(0, -1), column))
      : PART.test(column.at(-1) ?? '')
        ? byLabels.get(keyOf(part.table, row, column.slice(0, -1)))
        : undefined
    if (!whole || !part.adds || !whole.adds || part.value <= whole.value) return []
    const message = `${nameOf(part.labels)}是 ${part.value}，比${nameOf(whole.labels)}的 ${whole.value} 还多，请核对`
    return { kind: 'part', message, cells: [at(part), at(whole)] }
  })
}

const keyOf = (table: string, row: string[], column: string[]) =>
  [table, row.join('/'), column.join('/')].join('|')
