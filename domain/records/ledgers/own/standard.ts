/** The measures and sentences that most ledgers want, from their fields. Browser-safe. */
import { isAdditive } from '../declared.ts'
import type { LedgerDefinition, LedgerField, LedgerMeasure, LedgerSentence } from '../definition.ts'
import { isNumber, isPlace, unitOf } from '../fields/types.ts'

const asked = (d: LedgerDefinition) => d.fields.filter((f) => !f.retired)

/** The sum of each number that may be added. Ids stand apart from those of fields. */
export const standardMeasures = (d: LedgerDefinition): LedgerMeasure[] =>
  asked(d)
    .filter(isAdditive)
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
  const place = asked(d).find(isPlace)
  const numbers = asked(d).filter(isNumber)
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

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/**
 * After a change of fields: measures and sentences that nobody has touched follow it, and what refers to a field that
 * is gone goes with it.
 */
export function follow(before: LedgerDefinition, after: LedgerDefinition): LedgerDefinition {
  const gone = before.fields.filter((f) => !after.fields.some((one) => one.id === f.id)).map((f) => f.id)
  const next = without(after, gone)
  const measured = { ...next, measures: followedMeasures(before, next) }
  const untouched =
    same(before.sentences, standardSentences(before)) && same(after.sentences, before.sentences)
  return untouched ? { ...measured, sentences: standardSentences(measured) } : measured
}

function followedMeasures(before: LedgerDefinition, after: LedgerDefinition): LedgerMeasure[] {
  const wasNumber = (id: string) => before.fields.some((f) => f.id === id && isAdditive(f))
  const numbers = asked(after).filter(isAdditive)
  const kept = after.measures.flatMap((m) => {
    const old = before.fields.find((f) => f.id === m.field)
    if (!old || !same(m, sumOf(before, old))) return [m]
    const now = numbers.find((f) => f.id === old.id)
    return now ? [sumOf(after, now)] : []
  })
  const fresh = numbers.filter((f) => !wasNumber(f.id) && !kept.some((m) => m.field === f.id))
  return [...kept, ...fresh.map((f) => sumOf(after, f))]
}

function without(d: LedgerDefinition, gone: string[]): LedgerDefinition {
  if (gone.length === 0) return d
  const measures = d.measures.filter((m) => !gone.includes(m.field ?? ''))
  const lost = [...gone, ...d.measures.filter((m) => !measures.includes(m)).map((m) => m.id)]
  return {
    ...d,
    measures,
    rules:
      d.rules?.filter((r) => !('field' in r && (gone.includes(r.field) || gone.includes(r.other)))) ?? [],
    sentences: d.sentences.map((s) => ({ ...s, text: lost.reduce(withoutSlot, s.text) })),
  }
}

/** With its bracket, where it stands in one. */
const withoutSlot = (text: string, id: string): string =>
  text
    .replace(new RegExp(`\\[[^\\[\\]]*\\{${id}[^{}]*\\}[^\\[\\]]*\\]`, 'g'), '')
    .replace(new RegExp(`\\{${id}([?:][^{}]*)?\\}`, 'g'), '')
