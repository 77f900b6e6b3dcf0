/** What the list's state asks: of the list of members, and of the figures above it. */
import type { MemberFilter } from '../../domain/structure/memberships/contract.ts'
import type { ListState } from '../kit/list.ts'
import { ageFilter, nameFilter } from '../people/filters.tsx'

const CHOSEN = ['sex', 'ethnicity', 'education', 'politics', 'identityState'] as const
const YES_NO = ['mobile', 'minority', 'officer'] as const

export function queryOf(list: ListState, org: string, asOf: string): MemberFilter {
  const f = list.filters
  const chosen = [...CHOSEN, ...YES_NO].filter((key) => f[key]).map((key) => [key, f[key]])
  const { from, to } = ageFilter(f.age)
  return {
    org,
    asOf,
    depth: f.depth === '0' || f.depth === '1' ? f.depth : 'all',
    ...(list.text ? { q: list.text } : {}),
    ...Object.fromEntries(chosen),
    ...(from === null ? {} : { ageFrom: from }),
    ...(to === null ? {} : { ageTo: to }),
    sort: sortOf(list),
  }
}

const SORTS = ['name', '-name', 'birth', '-birth', 'joined', '-joined', 'org'] as const

function sortOf({ sort }: ListState): (typeof SORTS)[number] {
  const asked = `${sort?.descending && sort.column !== 'org' ? '-' : ''}${sort?.column ?? 'org'}`
  return SORTS.find((s) => s === asked) ?? 'org'
}

/** In the figures' syntax; null where the measures do not know what is asked: pinyin, holding a post. */
export function whereOf(list: ListState): Record<string, string> | null {
  const f = list.filters
  const name = nameFilter(list)
  if (!name || f.officer) return null
  const keys = [...CHOSEN, 'mobile', 'minority', 'age']
  return { ...name, ...Object.fromEntries(keys.flatMap((key) => (f[key] ? [[key, f[key] ?? '']] : []))) }
}
