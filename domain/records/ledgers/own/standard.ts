/** The measures and sentences that most ledgers want, from their fields. Browser-safe. */
import type { LedgerDefinition, LedgerField, LedgerMeasure, LedgerSentence } from '../definition.ts'

const NUMBERS = new Set(['integer', 'number', 'money', 'calculated'])

const asked = (d: LedgerDefinition) => d.fields.filter((f) => !f.retired)
const unitOf = ({ type, unit }: LedgerField) => (type === 'money' ? '元' : (unit ?? ''))

/** The sum of each number that no measure sums yet. Ids stand apart from those of fields by themselves. */
export const standardMeasures = (d: LedgerDefinition): LedgerMeasure[] =>
  asked(d)
    .filter((f) => NUMBERS.has(f.type))
    .map((f) => sumOf(d, f))

export const sumOf = (d: LedgerDefinition, field: LedgerField): LedgerMeasure => ({
  id: `${field.id}Sum`,
  title: field.title,
  unit: unitOf(field),
  kind: 'sum',
  field: field.id,
  definition: `各${d.measureWord}的${field.title}相加，没有填的不计。`,
})

/** What one record and what a period put into a summary; what is missing is left out with its bracket. */
export function standardSentences(d: LedgerDefinition): LedgerSentence[] {
  const place = asked(d).find((f) => f.type === 'place')
  const numbers = asked(d).filter((f) => NUMBERS.has(f.type))
  const what = d.name.fallback ? d.title : '{title}'
  const record = [
    '{day}，{org}',
    place ? `[在{${place.id}}]` : '',
    `开展${what}`,
    d.personTimes ? '[，{personTimes}人次参加]' : '',
    ...numbers.map((f) => `[，${f.title}{${f.id}}${unitOf(f)}]`),
  ].join('')
  const sums = d.measures.filter((m) => m.kind === 'sum' && m.field)
  const period = [
    `开展${d.title}{count}${d.measureWord}`,
    d.personTimes ? '[，{personTimes}人次参加]' : '',
    ...sums.map((m) => `[，${m.title}{${m.id}}${m.unit}]`),
  ].join('')
  return [
    { id: 'record', of: 'record', text: record },
    { id: 'period', of: 'period', text: period },
  ]
}
