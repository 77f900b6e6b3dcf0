/**
 * Sentences of the ledgers: `{slots}` filled in, `[bracketed parts]` dropped when anything in them is missing.
 * `{slot:words}` prints the words where a yes-no field says yes. `{slot?key=value&key=value}` filters a figure.
 * Browser-safe: the form shows the sentence while it is being typed.
 */
import { invalid } from '../../../kernel/errors.ts'
import { dateInWords, isDay, rangeInWords } from '../../../kernel/period.ts'
import type { DayPrecision, LedgerDefinition } from './definition.ts'
import { isYesNo } from './fields/types.ts'
import { sayField } from './fields.ts'
import { type Quantity, saidQuantities } from './quantities.ts'

export type SentencePart =
  | { text: string }
  | { slot: string; words?: string; where?: Record<string, string> }
  | { optional: SentencePart[] }

/** @throws invalid `sentence` when brackets or braces do not match. */
export function parseSentence(text: string): SentencePart[] {
  const open: SentencePart[][] = [[]]
  for (const token of text.match(/\{[^{}]*\}|[[\]]|[^{}[\]]+|[{}]/g) ?? []) {
    const inner = open.at(-1) ?? []
    if (token === '[') open.push([])
    else if (token === ']') {
      if (open.length === 1) throw unmatched(text, ']')
      open.pop()
      open.at(-1)?.push({ optional: inner })
    } else if (token === '{' || token === '}') throw unmatched(text, token)
    else inner.push(token.startsWith('{') ? slotOf(token.slice(1, -1)) : { text: token })
  }
  if (open.length > 1) throw unmatched(text, '[')
  return open[0] ?? []
}

const unmatched = (text: string, mark: string) =>
  invalid('sentence', `句子“${text}”里的 ${mark} 没有配对，请补上或删去。`)

function slotOf(inside: string): SentencePart {
  const [head = '', words] = inside.split(/[:：](.*)/s)
  const [slot = '', filters] = head.split('?')
  const where = filters && Object.fromEntries(new URLSearchParams(filters))
  return { slot: slot.trim(), ...(words && { words }), ...(where && { where }) }
}

/** Every slot of a sentence, also those in brackets. */
export const slotsOf = (parts: SentencePart[]): Extract<SentencePart, { slot: string }>[] =>
  parts.flatMap((p) => ('slot' in p ? [p] : 'optional' in p ? slotsOf(p.optional) : []))

type ValueAt = (slot: string, where?: Record<string, string>) => string | boolean | null

/** `placeholder`: what stands where a value is missing outside brackets; nothing when left out. */
export function fillSentence(
  parts: SentencePart[],
  valueAt: ValueAt,
  placeholder: (slot: string) => string = () => '',
): string {
  return parts
    .map((part) => fillPart(part, valueAt) ?? ('slot' in part ? placeholder(part.slot) : ''))
    .join('')
}

/** Null when something in it is missing. */
function fillPart(part: SentencePart, valueAt: ValueAt): string | null {
  if ('text' in part) return part.text
  if ('optional' in part) {
    const filled = part.optional.map((p) => fillPart(p, valueAt))
    return filled.includes(null) ? '' : filled.join('')
  }
  const value = valueAt(part.slot, part.where)
  if (part.words !== undefined) return value ? part.words : null
  return value === null || value === '' || typeof value === 'boolean' ? null : value
}

/** A record as far as it is filled in. */
export interface SentenceRecord {
  org: string
  day: string
  dayPrecision?: DayPrecision
  dayTo?: string | null
  title?: string | null
  personTimes?: number | null
  fields: Record<string, unknown>
  /** Free quantities, said behind the ledger's own words. */
  quantities?: readonly Quantity[]
  /** Names of the other organisations that held it. */
  hosts?: string[]
  participants?: { name: string; role: string }[]
}

const NAMES_SHOWN = 5

/** The sentence that this record puts into a summary; the year is left to the document. */
export function recordSentence(
  definition: LedgerDefinition,
  record: SentenceRecord,
  placeholder?: (slot: string) => string,
): string {
  const sentence = definition.sentences.find((s) => s.of === 'record')
  const said = sentence
    ? fillSentence(parseSentence(sentence.text), (slot) => slotValue(definition, record, slot), placeholder)
    : (record.title ?? '')
  return [said, saidQuantities(record.quantities ?? [])].filter(Boolean).join('，')
}

/** The name of a record that nobody named, e.g. 3月团费; empty when the ledger has no such rule. */
export function fallbackTitle(definition: LedgerDefinition, record: SentenceRecord): string {
  if (!definition.name.fallback) return ''
  return fillSentence(parseSentence(definition.name.fallback), (slot) => slotValue(definition, record, slot))
}

function slotValue(
  definition: LedgerDefinition,
  record: SentenceRecord,
  slot: string,
): string | boolean | null {
  const field = definition.fields.find((f) => f.id === slot)
  if (field && isYesNo(field)) return record.fields[slot] === true
  if (field) return record.fields[slot] == null ? null : sayField(field, record.fields[slot])
  if (definition.roles.some((r) => r.id === slot)) return namesIn(record, slot)
  if (slot === 'org') return record.org
  if (slot === 'title') return record.title ?? null
  if (slot === 'hosts') return record.hosts?.join('、') ?? null
  if (slot === 'personTimes') return record.personTimes == null ? null : String(record.personTimes)
  if (slot === 'people') return record.participants?.length ? String(record.participants.length) : null
  return slot === 'day' && isDay(record.day) ? daysInWords(record) : null
}

function daysInWords({ day, dayTo, dayPrecision }: SentenceRecord): string {
  const around = { withinYear: Number(day.slice(0, 4)) }
  if (dayTo && isDay(dayTo) && dayTo > day) return rangeInWords(day, dayTo, around)
  return dateInWords(day, dayPrecision ?? 'day', around)
}

function namesIn(record: SentenceRecord, role: string): string | null {
  const names = (record.participants ?? []).filter((p) => p.role === role).map((p) => p.name)
  if (names.length === 0) return null
  return names.length <= NAMES_SHOWN
    ? names.join('、')
    : `${names.slice(0, NAMES_SHOWN).join('、')}等${names.length}人`
}

/** The measure that states what a field says in one record; another of its name counts it in many. */
export const statedId = ({ measures }: Pick<LedgerDefinition, 'measures'>, field: string): string =>
  measures.some((m) => m.id === field) ? `${field}Stated` : field
