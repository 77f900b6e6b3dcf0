/**
 * A field that no header names may still have its column: the only one left whose header ends with the field's kind
 * of word (讲座题目, 获得时间, 听众人数) and whose values read as the field.
 */
import type { Target, TargetField } from '../../../../kernel/spreadsheet/target.ts'
import { type Bid, FOREIGN, type HeaderPath, LEAST_CONFIDENCE, NARROWING } from './bids.ts'
import { readHeader } from './headerText.ts'

interface Settled {
  target: Target
  taken: Map<number, Bid>
  ignored: Set<number>
  agrees: (index: number, field: TargetField) => boolean
}

const COUNTED = new Set(['integer', 'number', 'money'])

/** Numbers that are no attendance. */
const OTHER_COUNT = /应到|应参|缺席|请假|未|计划|邀请|总人口|工作人员|获奖|就业/

export function leftOver(columns: HeaderPath[], settled: Settled): Bid[] {
  const found: Bid[] = []
  for (const field of settled.target.fields) {
    const known = [...settled.taken.values(), ...found].some((bid) => bid.field.id === field.id)
    const index = known ? undefined : columnFor(columns, field, settled)
    if (index !== undefined && !found.some((bid) => bid.index === index))
      found.push({ index, field, confidence: LEAST_CONFIDENCE })
  }
  return found
}

/** By the first ending that tells one column from all others; several are none. */
function columnFor(columns: HeaderPath[], field: TargetField, settled: Settled): number | undefined {
  // 近百人 among numbers is to be refused, not a reason to leave the numbers out.
  const reads = ({ index }: HeaderPath) => COUNTED.has(field.kind) || settled.agrees(index, field)
  const fits = (column: HeaderPath) => maySay(column, field) && reads(column)
  const open = columns.filter(({ index }) => !settled.taken.has(index) && !settled.ignored.has(index))
  for (const ending of field.endings ?? []) {
    const ended = open.filter((column) => leafOf(column).endsWith(ending) && fits(column))
    if (ended.length > 0) return ended.length === 1 ? ended[0]?.index : undefined
  }
  return undefined
}

const leafOf = ({ path }: HeaderPath) => readHeader(path[path.length - 1] ?? '').forms[0] ?? ''

function maySay({ path }: HeaderPath, field: TargetField): boolean {
  const text = path.join('')
  return !FOREIGN.test(text) && !(COUNTED.has(field.kind) && (NARROWING.test(text) || OTHER_COUNT.test(text)))
}
