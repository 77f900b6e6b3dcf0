/** Things that a field may name, found by typing: for both screens. */
import { useEffect, useState } from 'react'
import { searchRecords } from '../../../domain/records/ledgers/contract.ts'
import type { LedgerField } from '../../../domain/records/ledgers/definition.ts'
import { nounOf } from '../../../domain/records/ledgers/fields/meant.ts'
import { type Given, isGiven, writtenIn } from '../../../domain/records/ledgers/fields/reference.ts'
import { searchOrganisations } from '../../../domain/structure/organisations/contract.ts'
import { searchPeople } from '../../../domain/structure/people/contract.ts'
import { call } from '../../app/client.ts'

export interface Thing {
  id: string
  name: string
  /** Where it belongs, to tell it from others of its name. */
  about: string
}

const aboveOf = (fullName: string) => fullName.split('/').slice(-2, -1).join('')

/** Nothing is offered before something is typed, but records of a ledger, which are few. */
export async function thingsLike(field: LedgerField, text: string): Promise<Thing[]> {
  const q = text.trim()
  const noun = nounOf(field)
  if (noun === 'record') {
    const { records } = await call(searchRecords, { params: { ledger: field.ledger ?? '' }, query: { q } })
    return records.map((r) => ({ id: r.id, name: r.title, about: r.org }))
  }
  if (q === '') return []
  if (noun === 'org') {
    const { organisations } = await call(searchOrganisations, { query: { q } })
    return organisations.map((o) => ({ id: o.id, name: o.name, about: aboveOf(o.fullName) }))
  }
  const { people } = await call(searchPeople, { query: { q } })
  return people.map((p) => ({ id: p.personId, name: p.name, about: p.orgName ?? '' }))
}

const WAIT_MS = 200

/** Null while nobody knows. */
export function useThings(field: LedgerField, text: string, wanted: boolean): Thing[] | null {
  const [told, setTold] = useState<{ text: string; things: Thing[] } | null>(null)
  useEffect(() => {
    if (!wanted) return undefined
    let late = false
    const asked = setTimeout(() => {
      thingsLike(field, text)
        .then((things) => !late && setTold({ text, things }))
        // Without an answer a name stays a name.
        .catch(() => undefined)
    }, WAIT_MS)
    return () => {
      late = true
      clearTimeout(asked)
    }
  }, [field, text, wanted])
  return told && told.text === text ? told.things : null
}

/** What stands in the field: chosen, typed, or nothing. */
export const nameOf = (value: unknown): string =>
  value === undefined || value === null ? '' : writtenIn(value)

export const chosenId = (value: unknown): string | null => (isGiven(value) ? (value.id ?? null) : null)

export const choiceOf = ({ id, name }: Thing): Given => ({ id, name })

/** What was not chosen is looked for by its name when it is saved; this says whether it would be found. */
export type Met = 'chosen' | 'found' | 'several' | 'unknown' | 'open'

export function metBy(value: unknown, things: Thing[] | null): Met {
  const name = nameOf(value).trim()
  if (name === '') return 'open'
  if (chosenId(value)) return 'chosen'
  if (things === null) return 'open'
  const bearers = things.filter((t) => t.name === name)
  return bearers.length === 0 ? 'unknown' : bearers.length === 1 ? 'found' : 'several'
}

export const MET_WORDS: Record<Met, string> = {
  chosen: '已对上',
  found: '已对上',
  several: '有几个同名的，请从列表里选',
  unknown: '未对上，照写的名称登记',
  open: '',
}
