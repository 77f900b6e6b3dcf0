/** Filters of a ledger as they stand in the address, said in words. */
import type { LedgerDefinition, LedgerField } from '../../domain/records/ledgers/definition.ts'
import { isChosen, isDate, isNumber, unitOf } from '../../domain/records/ledgers/fields/types.ts'

/** Filters beside the fields; none is an id that a field may have. */
export const APART = {
  depth: '_depth',
  from: '_from',
  to: '_to',
  photos: '_photos',
  voided: '_voided',
  batch: '_batch',
  broken: '_broken',
} as const

export const EMPTY = '空'
export const FILLED = '*'

const DEPTHS: Record<string, string> = { '0': '只看本级', '1': '本级和直接下级' }

export interface FilterWords {
  /** What is taken off together. */
  keys: string[]
  words: string
}

/** Each filter in use, in the order of the form. */
export function filtersInWords(
  definition: LedgerDefinition,
  filters: Record<string, string>,
  text: string,
): FilterWords[] {
  const { depth, from, to, photos, voided, batch, broken } = APART
  const days = [filters[from], filters[to]]
  const said: (FilterWords | false | undefined)[] = [
    text !== '' && { keys: [TEXT], words: `含“${text}”` },
    (days[0] || days[1]) && {
      keys: [from, to],
      words: `${definition.day.label}：${rangeInWords(days[0] ?? '', days[1] ?? '', true)}`,
    },
    filters[depth] && { keys: [depth], words: DEPTHS[filters[depth]] ?? '' },
    ...columnsOf(definition).map(
      ({ id, title, field }) =>
        filters[id] && { keys: [id], words: `${title}：${valueInWords(field, filters[id])}` },
    ),
    filters[photos] && { keys: [photos], words: filters[photos] === 'yes' ? '有照片' : '没有照片' },
    filters[batch] && { keys: [batch], words: '一次导入的' },
    filters[broken] && { keys: [broken], words: '不合台账规则的（不限日期）' },
    filters[voided] && { keys: [voided], words: '只看作废的' },
  ].map((one) => one || undefined)
  return said.filter((one): one is FilterWords => Boolean(one))
}

/** The searched words, among the keys of filters. */
export const TEXT = '_text'

/** What is typed beside the fields, as a field would be. */
export function columnsOf(definition: LedgerDefinition): { id: string; title: string; field: LedgerField }[] {
  const { name, personTimes, fields } = definition
  const plain = (id: string, title: string, type: LedgerField['type'], unit = '') => ({
    id,
    title,
    field: { id, title, type, unit, usedBy: '' },
  })
  return [
    plain('title', name.label, 'text'),
    ...(personTimes ? [plain('personTimes', personTimes.label, 'integer', '人次')] : []),
    ...fields.map((field) => ({ id: field.id, title: field.title, field })),
  ]
}

export function valueInWords(field: LedgerField, value: string): string {
  if (value === EMPTY) return '未填写'
  if (value === FILLED) return '已填写'
  if (isChosen(field))
    return value
      .split(',')
      .map((v) => field.options?.find((o) => o.value === v)?.title ?? v)
      .join('、')
  if (value.includes('..') && (isNumber(field) || isDate(field))) {
    const [low = '', high = ''] = value.split('..')
    return rangeInWords(low, high, isDate(field), unitOf(field))
  }
  return value.startsWith('~') ? `含“${value.slice(1)}”` : value
}

function rangeInWords(low: string, high: string, ofDays: boolean, unit = ''): string {
  const tail = unit ? ` ${unit}` : ''
  if (low && high) return low === high ? `${low}${tail}` : `${low} 至 ${high}${tail}`
  if (low) return ofDays ? `${low} 起` : `${low}${tail}及以上`
  return ofDays ? `${high} 止` : `${high}${tail}及以下`
}
