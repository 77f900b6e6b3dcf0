/** What is being recorded, as typed so far: the same for the desktop and the phone. No widgets in here. */
import type { ParticipantInput, RecordBody, RecordDetail } from '../../domain/records/ledgers/contract.ts'
import { askedFields, wantsPhoto, withCalculated } from '../../domain/records/ledgers/declared.ts'
import type {
  FieldOption,
  LedgerDefinition,
  LedgerField,
  ParticipantRole,
} from '../../domain/records/ledgers/definition.ts'
import type { FieldValue } from '../../domain/records/ledgers/fields/kit.ts'
import { isOneOf, isPlace, isWorkedOut } from '../../domain/records/ledgers/fields/types.ts'
import { normaliseFields } from '../../domain/records/ledgers/fields.ts'
import { readQuantities, shownQuantities } from '../../domain/records/ledgers/quantities.ts'
import { attending, type PreparedParticipant, prepare } from '../../domain/records/ledgers/rules.ts'
import {
  fallbackTitle,
  parseSentence,
  recordSentence,
  slotsOf,
} from '../../domain/records/ledgers/sentences.ts'
import type { KnownPerson, RecognisedName } from '../../domain/records/participation/contract.ts'
import type { FieldProblem } from '../../kernel/errors.ts'
import { newId } from '../../kernel/id.ts'
import type { DatePrecision } from '../../kernel/period.ts'
import { Problem } from '../app/client.ts'

export interface OrgChoice {
  id: string
  name: string
  fullName: string
  /** Of a host: it has to agree before anything counts there. */
  asks?: boolean
}

/** Somebody in the record. `choices`: people of this name, one of whom has to be chosen. */
export interface NamedPerson extends PreparedParticipant {
  about: string
  choices: KnownPerson[]
}

export interface RecordValues {
  /** Made here, so that sending twice records once. */
  id: string
  org: OrgChoice
  day: string
  dayPrecision: DatePrecision
  dayTo: string | null
  title: string
  /** Null: as many as are named. */
  personTimes: number | null
  fields: Record<string, unknown>
  /** In one line of words; absent in drafts of before. */
  quantities?: string
  hosts: OrgChoice[]
  people: NamedPerson[]
}

export function blankValues(definition: LedgerDefinition, org: OrgChoice, today: string): RecordValues {
  const dayPrecision = definition.day.precision ?? 'day'
  return {
    id: newId(),
    org,
    day: dayPrecision === 'day' ? today : `${today.slice(0, 7)}-01`,
    dayPrecision,
    dayTo: null,
    title: '',
    personTimes: null,
    fields: {},
    hosts: [],
    people: [],
  }
}

/** For the one after it: day, organisation and place stay. */
export function nextValues(definition: LedgerDefinition, now: RecordValues): RecordValues {
  const places = definition.fields.filter((f) => isPlace(f) && now.fields[f.id])
  return {
    ...blankValues(definition, now.org, now.day),
    day: now.day,
    dayPrecision: now.dayPrecision,
    fields: Object.fromEntries(places.map((f) => [f.id, now.fields[f.id]])),
  }
}

export function valuesOf(detail: RecordDetail): RecordValues {
  const { id, day, dayPrecision, dayTo, title, personTimes } = detail
  const orgChoice = (o: { id: string; name: string }): OrgChoice => ({ ...o, fullName: o.name })
  return {
    id,
    org: orgChoice(detail.org),
    day,
    dayPrecision,
    dayTo,
    title,
    personTimes,
    fields: withMeant(detail),
    quantities: shownQuantities(detail.quantities),
    hosts: detail.hosts.map((h) => ({
      ...orgChoice(h),
      asks: detail.standings.some((s) => s.id === h.id && s.asks),
    })),
    people: detail.participants.map(({ id: _, ...p }) => ({ ...p, about: '', choices: [] })),
  }
}

/** What is known to be meant stays so while its words are not typed anew. */
const withMeant = ({ fields, references }: RecordDetail): Record<string, unknown> => ({
  ...fields,
  ...Object.fromEntries(references.map((r) => [r.field, { id: r.id, name: String(fields[r.field] ?? '') }])),
})

/** 照上一笔: everything but the day and the number of that day. */
export const copyOf = (
  definition: LedgerDefinition,
  last: RecordDetail,
  now: RecordValues,
): RecordValues => ({
  ...blankValues(definition, now.org, now.day),
  day: now.day,
  dayPrecision: now.dayPrecision,
  title: last.title,
  fields: withMeant(last),
  hosts: valuesOf(last).hosts,
  people: valuesOf(last).people,
})

const participantOf = (p: NamedPerson): ParticipantInput => ({
  ...(p.personId ? { personId: p.personId } : {}),
  name: p.name,
  role: p.role,
  hours: p.hours,
  points: p.points,
  amount: p.amount,
})

/** What a change may carry; a record's id and organisation stay. */
export const changeOf = (definition: LedgerDefinition, values: RecordValues) => ({
  day: values.day,
  dayPrecision: values.dayPrecision,
  dayTo: values.dayTo,
  title: values.title.trim(),
  personTimes: definition.personTimes ? values.personTimes : null,
  fields: withNulls(definition, values.fields),
  quantities: readQuantities(values.quantities ?? '').quantities,
  hosts: values.hosts.map((h) => h.id),
  participants: values.people.map(participantOf),
})

const withNulls = (definition: LedgerDefinition, fields: Record<string, unknown>) =>
  Object.fromEntries(definition.fields.map((f) => [f.id, fields[f.id] ?? null]))

export const bodyOf = (definition: LedgerDefinition, values: RecordValues): RecordBody => ({
  ...changeOf(definition, values),
  id: values.id,
  orgId: values.org.id,
  fields: values.fields,
})

/** How many were there by name. */
export const namedThere = (definition: LedgerDefinition, values: RecordValues): number =>
  attending(definition, values.people)

/**
 * What can be seen to be wrong before the server is asked, by the server's own rules. Null: nothing. `photos`: how
 * many there are, left out where pictures are added elsewhere.
 */
export function faultsIn(
  definition: LedgerDefinition,
  values: RecordValues,
  today: string,
  photos?: number,
): Problem | null {
  const life = ({ id, name }: OrgChoice) => ({
    id,
    countyId: '',
    path: '/',
    spans: [{ name, path: '/', validFrom: '', validTo: 'infinity' }],
  })
  const checked = prepare(
    {
      definition,
      today,
      lives: new Map([values.org, ...values.hosts].map((o) => [o.id, life(o)])),
      people: new Map(values.people.flatMap((p) => (p.personId ? [[p.personId, p.name]] : []))),
    },
    { ...bodyOf(definition, values), orgId: values.org.id },
  )
  const unread = readQuantities(values.quantities ?? '').problems
  const told = 'problems' in checked ? checked.problems : []
  const found: FieldProblem[] = [...unread, ...told.filter((p) => !unread.some((u) => u.field === p.field))]
  if (photos === 0 && wantsPhoto(definition))
    found.push({ field: 'photos', reason: '还没有照片', remedy: '这本台账每条至少要一张照片' })
  return found.length > 0 ? new Problem(`还差 ${found.length} 处`, { code: 'record', problems: found }) : null
}

/** Around the name of what is missing, so that the screens can set it apart. */
export const GAP = ['〔', '〕'] as const

/** The sentence as it would stand in the summary now; what must not be missing stands in 〔〕. */
export function sentenceNow(definition: LedgerDefinition, values: RecordValues): string {
  const fields = workedOut(definition, values)
  const said = {
    org: values.org.name,
    day: values.day,
    dayPrecision: values.dayPrecision,
    dayTo: values.dayTo,
    personTimes: definition.personTimes
      ? (values.personTimes ?? (namedThere(definition, values) || null))
      : null,
    fields,
    quantities: readQuantities(values.quantities ?? '').quantities,
    hosts: values.hosts.filter((h) => !h.asks).map((h) => h.name),
    participants: values.people,
  }
  const title = values.title.trim() || fallbackTitle(definition, said) || null
  return recordSentence(
    definition,
    { ...said, title },
    (slot) => `${GAP[0]}${slotTitle(definition, slot)}${GAP[1]}`,
  )
}

/** The fields as they would be kept, with what is calculated from them. */
export function workedOut(definition: LedgerDefinition, values: RecordValues): Record<string, FieldValue> {
  const { fields } = normaliseFields(definition, values.fields)
  const { day, dayTo, people } = values
  const personTimes = values.personTimes ?? (namedThere(definition, values) || null)
  return withCalculated(definition, { day, dayTo, personTimes, named: people.length, fields })
}

const COMMON: Record<string, string> = { day: '日期', org: '组织', hosts: '联合单位', people: '人数' }

function slotTitle(definition: LedgerDefinition, slot: string): string {
  if (slot === 'title') return definition.name.label
  if (slot === 'personTimes') return definition.personTimes?.label ?? '人次'
  return (
    definition.fields.find((f) => f.id === slot)?.title ??
    definition.roles.find((r) => r.id === slot)?.title ??
    COMMON[slot] ??
    slot
  )
}

/** Ids of what the record's sentence says; `needed`: outside brackets. */
function slotsInSentence(definition: LedgerDefinition, which: 'all' | 'needed' = 'all'): string[] {
  const sentence = definition.sentences.find((s) => s.of === 'record')
  const parts = sentence ? parseSentence(sentence.text) : []
  const kept = which === 'all' ? parts : parts.filter((p) => !('optional' in p))
  return [...new Set(slotsOf(kept).map((s) => s.slot))]
}

/** What would still enter the sentence if it were filled in: names of fields. */
export function stillOpen(definition: LedgerDefinition, values: RecordValues): string[] {
  const isEmpty = (slot: string) => {
    if (slot === 'personTimes') return values.personTimes === null && namedThere(definition, values) === 0
    if (definition.roles.some((r) => r.id === slot)) return !values.people.some((p) => p.role === slot)
    if (definition.fields.some((f) => f.id === slot && !isWorkedOut(f)))
      return values.fields[slot] === undefined || values.fields[slot] === null || values.fields[slot] === ''
    return false
  }
  return slotsInSentence(definition)
    .filter(isEmpty)
    .map((slot) => slotTitle(definition, slot))
}

/**
 * What is asked for in which place: first what says which kind of thing it was and what its sentence cannot do
 * without, then what sentences and measures use, last what is only kept.
 */
export function arranged(definition: LedgerDefinition): Record<'first' | 'next' | 'rest', LedgerField[]> {
  const fields = askedFields(definition)
  const ofPeriods = definition.sentences.flatMap((s) => slotsOf(parseSentence(s.text)))
  const used = new Set([
    ...slotsInSentence(definition),
    ...definition.measures.flatMap((m) => [m.field ?? '', m.at?.field ?? '', ...Object.keys(m.where ?? {})]),
    ...ofPeriods.flatMap((s) => Object.keys(s.where ?? {})),
  ])
  // Where nobody is counted, the fields themselves are what the record is for.
  const said = new Set(slotsInSentence(definition, definition.personTimes ? 'needed' : 'all'))
  const kind = fields.find(isOneOf)
  const isFirst = (f: LedgerField) =>
    f.required || f === kind || said.has(f.id) || (used.has(f.id) && isPlace(f))
  return {
    first: fields.filter(isFirst),
    next: fields.filter((f) => used.has(f.id) && !isFirst(f)),
    rest: fields.filter((f) => !used.has(f.id) && !isFirst(f)),
  }
}

/** Options without what is retired, except where it stands in this record. */
export const offeredOf = ({ options = [] }: LedgerField, value: unknown): FieldOption[] =>
  options.filter((o) => !o.retired || (Array.isArray(value) ? value.includes(o.value) : value === o.value))

export const personAbout = (p: KnownPerson): string => [p.orgName, bornIn(p)].filter(Boolean).join(' · ')

const bornIn = ({ birthMonth, birthYear }: KnownPerson): string =>
  birthMonth ? `${birthMonth.replace('-', '年')}月生` : birthYear ? `${birthYear}年生` : ''

export const named = (name: string, role: string, person: KnownPerson | null = null): NamedPerson => ({
  personId: person?.personId ?? null,
  name: person?.name ?? name,
  role,
  hours: null,
  points: null,
  amount: null,
  about: person ? personAbout(person) : '',
  choices: [],
})

/** 请假 behind a name is the role of that name, where the ledger has one. */
function roleSaid(roles: ParticipantRole[], note: string): ParticipantRole | undefined {
  const wordsOf = (role: ParticipantRole) =>
    [role.title, ...(role.synonyms ?? []).map((s) => s.replace(/人员|名单/g, ''))].filter(Boolean)
  return note ? roles.find((role) => wordsOf(role).some((word) => note.includes(word))) : undefined
}

const ABSENT = /请假|缺席|未到|不参加|来不了|去不了/

/** Lays recognised names behind those that are there already. `absent`: named, but not there, and no role for it. */
export function withRecognised(
  definition: LedgerDefinition,
  values: RecordValues,
  found: RecognisedName[],
  role: string,
): { patch: Pick<RecordValues, 'people' | 'personTimes'>; absent: string[] } {
  const people = [...values.people]
  const absent: string[] = []
  for (const one of found) {
    const said = roleSaid(definition.roles, one.note)
    if (!said && ABSENT.test(one.note)) {
      absent.push(one.name)
      continue
    }
    const as = said?.id ?? role
    const [only, ...others] = one.people
    const person = {
      ...named(one.name, as, only && others.length === 0 ? only : null),
      choices: others.length > 0 ? one.people : [],
    }
    if (!people.some((p) => p.role === as && p.personId === person.personId && p.name === person.name))
      people.push(person)
  }
  const extra = found.reduce((sum, one) => sum + one.extra, 0)
  const there = attending(definition, people) + extra
  const grown = values.personTimes !== null && values.personTimes < there
  return { patch: { people, personTimes: extra > 0 || grown ? there : values.personTimes }, absent }
}

/** What the number and the names will be counted as. */
export function countedAs(definition: LedgerDefinition, values: RecordValues): string {
  const names = namedThere(definition, values)
  const times = values.personTimes ?? names
  if (times === 0) return '可以只填人次，也可以登记名单；有名单才算得出多少“人”。'
  if (names === 0) return `计 ${times} 人次。没有名单，是哪些人不详，“人数”不计。`
  if (times > names) return `计 ${times} 人次；名单 ${names} 人，另有 ${times - names} 人次没有姓名。`
  return `计 ${times} 人次、${names} 人，名单齐全。`
}

/** Several names at once: lines, or a list divided by 、 and commas. */
export const looksLikeList = (text: string): boolean =>
  /[\n\r]/.test(text.trim()) || text.split(/[、,，;；\s]+/).filter(Boolean).length > 2

/** A body that was not accepted, back into the form. */
export const draftFrom = (body: RecordBody, orgName: string): RecordValues => ({
  id: body.id ?? newId(),
  org: { id: body.orgId ?? '', name: orgName, fullName: orgName },
  day: body.day,
  dayPrecision: body.dayPrecision ?? 'day',
  dayTo: body.dayTo ?? null,
  title: body.title ?? '',
  personTimes: body.personTimes ?? null,
  fields: body.fields ?? {},
  quantities: shownQuantities(body.quantities ?? []),
  hosts: (body.hosts ?? []).map((id) => ({ id, name: '', fullName: '' })),
  people: (body.participants ?? []).map((p) => ({
    ...named(p.name ?? '', p.role ?? ''),
    personId: p.personId ?? null,
    hours: p.hours ?? null,
    points: p.points ?? null,
    amount: p.amount ?? null,
  })),
})
