/** What is done to a declaration while it is being written. No widgets in here. */
import type {
  LedgerDefinition,
  LedgerField,
  LedgerMeasure,
  ParticipantRole,
} from '../../../domain/records/ledgers/definition.ts'
import {
  FIELD_TYPES,
  type FieldType,
  isChosen,
  isNumber,
  isWorkedOut,
  kitOf,
} from '../../../domain/records/ledgers/fields/types.ts'

export type Design = LedgerDefinition

/** As the cards call them; `more` begins a field of that type. */
export const TYPES = FIELD_TYPES.map((type) => {
  const { title, begins } = kitOf(type)
  return { type, title, more: begins }
})

export const typeTitle = (type: FieldType): string => kitOf(type).title

/** The first free one of f1, f2 …; `before`: ids that older records know. */
export function freeId(d: Design, before: Design | null, letter = 'f'): string {
  const taken = new Set(
    [d, before].flatMap((one) => [...(one?.fields ?? []), ...(one?.roles ?? [])].map((f) => f.id)),
  )
  for (let n = 1; ; n++) if (!taken.has(`${letter}${n}`)) return `${letter}${n}`
}

export function withField(d: Design, before: Design | null, type: FieldType): Design {
  const { title, begins } = kitOf(type)
  const named = d.fields.filter((f) => f.title.startsWith(title)).length
  const field = {
    id: freeId(d, before),
    title: named > 0 ? `${title}${named + 1}` : title,
    type,
    usedBy: '统计、备查',
    ...begins,
  }
  return { ...d, fields: [...d.fields, field] }
}

/** `undefined` takes a property away. */
export type Patch<T> = { [K in keyof T]?: T[K] | undefined }

export function patched<T extends object>(one: T, patch: Patch<T>): T {
  const merged = { ...one, ...patch }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)) as T
}

export const changeField = (d: Design, id: string, patch: Patch<LedgerField>): Design => ({
  ...d,
  fields: d.fields.map((f) => (f.id === id ? patched(f, patch) : f)),
})

/** A number whose unit is for the office to say. */
export const hasUnit = ({ type }: Pick<LedgerField, 'type'>): boolean =>
  isNumber({ type }) && !kitOf(type).unit

/** Another type keeps what still makes sense. */
export function changeType(field: LedgerField, type: FieldType): LedgerField {
  const { id, title, usedBy, required, synonyms, hint, unit, options } = field
  return patched({ id, title, usedBy, type } as LedgerField, {
    ...kitOf(type).begins,
    required: isWorkedOut({ type }) ? undefined : required,
    synonyms,
    hint,
    ...(hasUnit({ type }) && unit && { unit }),
    ...(isChosen({ type }) && options && { options }),
  })
}

export const removeField = (d: Design, id: string): Design => ({
  ...d,
  fields: d.fields.filter((f) => f.id !== id),
})

/** To stand before the one that now has this place among those that are asked for. */
export function moveField(d: Design, id: string, to: number): Design {
  const moved = d.fields.find((f) => f.id === id)
  if (!moved) return d
  const rest = d.fields.filter((f) => f.id !== id)
  const at = Math.max(0, Math.min(rest.length, to))
  return { ...d, fields: [...rest.slice(0, at), moved, ...rest.slice(at)] }
}

/** One option a line; further words behind a colon stand for the same: 全血：全血捐献、献全血. */
export function optionsOf(text: string, before: LedgerField['options'] = []): LedgerField['options'] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const taken = new Set(before.map((o) => o.value))
  const fresh = () => {
    for (let n = 1; ; n++) {
      const value = `o${n}`
      if (!taken.has(value)) {
        taken.add(value)
        return value
      }
    }
  }
  return lines.map((line, at) => {
    const [title = '', words = ''] = line.split(/[:：](.*)/s)
    const synonyms = wordsOf(words)
    const old = before.find((o) => o.title === title.trim()) ?? byPlace(before, lines, at)
    return {
      value: old?.value ?? fresh(),
      title: title.trim(),
      ...(synonyms.length > 0 && { synonyms }),
      ...(old?.retired && { retired: true }),
    }
  })
}

/** A line that is being typed anew keeps the value of the option that stood there. */
function byPlace(before: NonNullable<LedgerField['options']>, lines: string[], at: number) {
  const old = before[at]
  const titles = lines.map((line) => line.split(/[:：]/)[0]?.trim())
  return lines.length === before.length && old && !titles.includes(old.title) ? old : undefined
}

export const optionsText = (options: LedgerField['options'] = []): string =>
  options.map((o) => (o.synonyms?.length ? `${o.title}：${o.synonyms.join('、')}` : o.title)).join('\n')

export const wordsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[、,，;；\n]/)
      .map((w) => w.trim())
      .filter(Boolean),
  ),
]

export const changeRole = (d: Design, id: string, patch: Patch<ParticipantRole>): Design => ({
  ...d,
  roles: d.roles.map((r) => (r.id === id ? patched(r, patch) : r)),
})

/** A ledger that names people counts their attendances, too, unless somebody takes that out. */
export function withRole(d: Design, before: Design | null): Design {
  const role = {
    id: freeId(d, before, 'p'),
    title: d.roles.length === 0 ? '参加' : `人员${d.roles.length + 1}`,
  }
  const personTimes = d.personTimes ?? (d.roles.length === 0 ? { label: '参加人次' } : undefined)
  return { ...d, roles: [...d.roles, role], ...(personTimes && { personTimes }) }
}

export const changeMeasure = (d: Design, id: string, patch: Patch<LedgerMeasure>): Design => ({
  ...d,
  measures: d.measures.map((m) => (m.id === id ? patched(m, patch) : m)),
})

export function withMeasure(d: Design): Design {
  const taken = new Set(d.measures.map((m) => m.id))
  let n = 1
  while (taken.has(`m${n}`)) n += 1
  const one = {
    id: `m${n}`,
    title: `${d.title}${d.measureWord}数`,
    unit: d.measureWord,
    kind: 'count' as const,
    definition: '符合条件的记录条数。',
  }
  return { ...d, measures: [...d.measures, one] }
}
