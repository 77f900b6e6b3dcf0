/** What the built-in ledgers declare, read as plain data: the files themselves, none of the code that works with them. */
import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'

export interface Field {
  id: string
  type: string
  required?: boolean
  options?: { value: string; title?: string; implies?: string }[]
  minimum?: number
  maximum?: number
  future?: boolean
  formula?: string
  appliesWhen?: Record<string, string>
  blank?: 'none' | 'unknown'
  precision?: string
  ledger?: string
  unitIn?: string
}

export interface Role {
  id: string
  attends?: boolean
  hours?: boolean
  unit?: string
  counted?: Record<string, number>
  blank?: 'none'
}

export interface Counted {
  id: string
  title: string
  unit: string
  kind: string
  field?: string
  per?: string
  among?: Record<string, string>
  began?: boolean
  where?: Record<string, string>
  at?: { field: string; states: string }
  role?: string
  numerator?: string
  denominator?: string
  from?: { ledger: string; field: string }
}

export interface Ledger {
  id: string
  title: string
  measureWord: string
  day: { span?: boolean; precision?: string }
  personTimes?: unknown
  standing?: { until?: string }
  roles: Role[]
  joint?: boolean
  base?: boolean
  fields: Field[]
  measures: Counted[]
  rules?: { kind: string; field?: string; other?: string; times?: number }[]
}

const FOLDER = resolve(import.meta.dirname, '../../domain/records/definitions')

export async function declaredLedgers(): Promise<Ledger[]> {
  const files = readdirSync(FOLDER).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts'))
  const modules = await Promise.all(files.map((f) => import(`${FOLDER}/${f}`)))
  return modules.map((m) => (m as { definition: Ledger }).definition).sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** All that can be asked of a ledger: what follows from its shape, and what it declares. */
export function measuresOf(ledger: Ledger): Counted[] {
  const own = (id: string, unit: string, kind: string, more: Partial<Counted> = {}): Counted => ({
    id,
    title: id,
    unit,
    kind,
    ...more,
  })
  return [
    own('count', ledger.measureWord, 'count'),
    ...(ledger.standing ? [own('added', ledger.measureWord, 'count', { began: true })] : []),
    ...(ledger.personTimes ? [own('personTimes', '人次', 'sum', { field: 'personTimes', began: true })] : []),
    ...(ledger.roles.some((r) => r.attends !== false) ? [own('people', '人', 'people')] : []),
    own('quantity', '', 'quantity'),
    ...ledger.measures,
  ]
}
