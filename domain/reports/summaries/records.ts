/** What the ledgers put into a summary: a sentence for the period, and one for each record that the office itself held. */
import { dateInWords, isDay, rangeInWords } from '../../../kernel/period.ts'
import type { FigureAnswer } from '../../indicators/contract.ts'
import type {
  DayPrecision,
  LedgerDefinition,
  LedgerField,
  LedgerSentence,
} from '../../records/ledgers/definition.ts'
import { isDate, isNumber, isYesNo, unitOf } from '../../records/ledgers/fields/types.ts'
import { sayField } from '../../records/ledgers/fields.ts'
import { parseSentence, type SentencePart, slotsOf, statedId } from '../../records/ledgers/sentences.ts'
import {
  type FigureRun,
  type FigureSpec,
  figure,
  figuresIn,
  type Paragraph,
  paragraph,
  type Run,
  text,
} from './model.ts'
import type { ToldRecord } from './queries.ts'
import { compose, type Filling, joined, type WhenMissing } from './sentences.ts'

type Slot = Extract<SentencePart, { slot: string }>

/** Answers a question of the summary. */
export type Answer = (
  run: FigureRun,
) => Promise<{ value: number | string | null; unit: string; stated?: FigureAnswer['stated'] }>

export interface Telling {
  orgName: string
  periodLabel: string
  /** Measures that exist. */
  knows: (measure: string) => boolean
  answer: Answer
  /** Which things a ledger's free quantities count in the period, the most recorded first. */
  things: (measure: string) => Promise<{ what: string; unit: string }[]>
}

/** Records of a ledger that are told one by one; the rest is in the period's sentence. */
const TOLD = 12
const NAMES_SHOWN = 5

export async function ledgerParagraphs(
  definition: LedgerDefinition,
  records: ToldRecord[],
  telling: Telling,
): Promise<Paragraph[]> {
  const told: Paragraph[] = []
  const said: Run[] = []
  for (const sentence of definition.sentences.filter((s) => s.of === 'period')) {
    const parts = parseSentence(sentence.text)
    const runs = await composed(parts, (slot) => ofPeriod(definition, slot, telling))
    if (runs && !(await allZero(runs, telling)) && (await isKnown(runs, sentence, telling)))
      said.push(...runs, text('。'))
  }
  const counted = await quantitiesOf(definition, telling)
  if (counted.length > 0) said.push(...counted, text('。'))
  if (said.length > 0) told.push(paragraph(joined(said), { kind: 'ledger', key: definition.id }))
  const sentence = definition.sentences.find((s) => s.of === 'record')
  if (!sentence || sentence.listed) return told
  const parts = parseSentence(sentence.text)
  for (const record of notable(records)) {
    const runs = await composed(parts, (slot) => ofRecord({ definition, record, slot }, telling))
    const more = countedIn(definition, record)
    if (runs) told.push(paragraph(joined([...runs, ...more, text('。')]), { kind: 'record', key: record.id }))
  }
  return told
}

/** 义务植树400株，清理垃圾3吨: each a figure of its own unit. */
async function quantitiesOf({ id }: LedgerDefinition, { things }: Telling): Promise<Run[]> {
  const measure = `${id}.quantity`
  const found = await things(measure)
  return listed(found.map(({ what, unit }) => [text(what), figure({ measure, where: { what, unit } })]))
}

const countedIn = ({ id }: LedgerDefinition, record: ToldRecord): Run[] =>
  record.quantities.flatMap(({ what, unit }) => [
    text(`，${what}`),
    figure({ measure: `${id}.quantity`, where: { record: record.id, what, unit } }),
  ])

const listed = (parts: Run[][]): Run[] =>
  parts.flatMap((part, at) => (at === 0 ? part : [text('，'), ...part]))

/** The young people of one village do not stand for the county's. */
async function isKnown(runs: Run[], { needs }: LedgerSentence, { answer }: Telling): Promise<boolean> {
  if (needs === undefined) return true
  const answers = await Promise.all(figuresIn(runs).map(answer))
  return answers.every(({ stated }) => !stated || isEnough(stated, needs))
}

export const isEnough = ({ by, of }: { by: number; of: number }, needs: number): boolean =>
  by * 100 >= of * needs

/** 建成阵地0个 is true, and nobody writes it. */
async function allZero(runs: Run[], { answer }: Telling): Promise<boolean> {
  const values = await Promise.all(figuresIn(runs).map(async (run) => (await answer(run)).value))
  return values.length > 0 && values.every((value) => value === 0)
}

/** Those of a day that the calendar knows (五四, 六一) first, then the largest; told in order of date. */
function notable(records: ToldRecord[]): ToldRecord[] {
  const rank = (r: ToldRecord) => (r.fields.occasion ? 1e9 : 0) + (r.personTimes ?? 0)
  const bySize = [...records].sort((a, b) => rank(b) - rank(a))
  const chosen = new Set(bySize.slice(0, TOLD))
  return records.filter((r) => chosen.has(r))
}

/** Fills the slots first, which asks questions, then composes. */
export async function composed(
  parts: SentencePart[],
  fill: (slot: Slot) => Promise<Filling>,
  whenMissing: WhenMissing = 'drop',
) {
  const filled = new Map<Slot, Filling>()
  for (const slot of slotsOf(parts)) filled.set(slot, await fill(slot))
  return compose(parts, (slot) => filled.get(slot) ?? null, whenMissing)
}

const words = (said: string | null | undefined): Filling => (said ? { words: said } : null)

async function asFigure(question: FigureSpec, { answer, knows }: Telling): Promise<Filling> {
  if (!knows(question.measure)) return null
  const run = figure(question)
  return { run, ...(await answer(run)) }
}

async function ofPeriod(definition: LedgerDefinition, slot: Slot, telling: Telling): Promise<Filling> {
  if (slot.slot === 'org') return words(telling.orgName)
  if (slot.slot === 'period') return words(telling.periodLabel)
  const measure = slot.slot.includes('.') ? slot.slot : `${definition.id}.${slot.slot}`
  return asFigure({ measure, ...(slot.where && { where: slot.where }) }, telling)
}

interface Of {
  definition: LedgerDefinition
  record: ToldRecord
  slot: Slot
}

async function ofRecord(of: Of, telling: Telling): Promise<Filling> {
  const { definition, record, slot } = of
  const field = definition.fields.find((f) => f.id === slot.slot)
  if (field) return ofField(of, field, telling)
  if (definition.roles.some((r) => r.id === slot.slot)) return words(namesIn(record, slot.slot))
  if (slot.slot === 'org') return words(record.orgName)
  if (slot.slot === 'title') return words(record.title)
  if (slot.slot === 'hosts') return words(record.hosts.join('、'))
  if (slot.slot === 'day' && record.dayTo && record.dayTo > record.day)
    return words(rangeInWords(record.day, record.dayTo, { withinYear: Number(record.day.slice(0, 4)) }))
  if (slot.slot === 'personTimes' && record.personTimes === null) return null
  const filled = await asFigure(
    { measure: `${definition.id}.${slot.slot}`, where: { record: record.id } },
    telling,
  )
  return filled ?? (slot.slot === 'day' ? words(dayWords(record)) : null)
}

async function ofField(
  { definition, record, slot }: Of,
  field: LedgerField,
  telling: Telling,
): Promise<Filling> {
  const value = record.fields[field.id]
  if (isYesNo(field)) return value === true ? words(slot.words ?? '是') : null
  if (value === null || value === undefined) return null
  const measure = stating(definition, field)
  const filled = measure && (await asFigure({ measure, where: { record: record.id } }, telling))
  if (filled) return filled
  const dated = isDate(field) && isDay(String(value))
  return words(dated ? dateInWords(String(value), field.precision) : sayField(field, value) + unitOf(field))
}

/** The measure that, of a single record, is what the field says. */
function stating(definition: LedgerDefinition, field: LedgerField): string | undefined {
  if (!isNumber(field) && !isDate(field)) return undefined
  const plain = definition.measures.filter((m) => m.field === field.id && !m.role && !m.where)
  const found = plain.find((m) => m.kind === 'only') ?? plain.find((m) => m.kind === 'sum')
  return `${definition.id}.${found?.id ?? statedId(definition, field.id)}`
}

function dayWords(record: ToldRecord): string {
  const around = { withinYear: Number(record.day.slice(0, 4)) }
  return dateInWords(record.day, record.dayPrecision as DayPrecision, around)
}

function namesIn(record: ToldRecord, role: string): string {
  const names = record.participants.filter((p) => p.role === role).map((p) => p.name)
  if (names.length <= NAMES_SHOWN) return names.join('、')
  return `${names.slice(0, NAMES_SHOWN).join('、')}等`
}
