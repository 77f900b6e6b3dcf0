/** What the tree allows. Pure: spans in, spans out. */
import { invalid } from '../../../kernel/errors.ts'
import { isDay } from '../../../kernel/period.ts'
import type { Scope } from '../../../kernel/scope.ts'

/** The end of a named day; of an hour or a minute, its start: 2024-05-01 14:00 is 14:00:00. */
export const endOf = (moment: string): string => whole(moment, '23:59:59')

/** An event of a day takes effect as the day begins; one with an hour, at that hour. */
export const startOf = (moment: string): string => whole(moment, '00:00:00')

function whole(text: string, time: string): string {
  const [day = '', clock = ''] = text.trim().replace('T', ' ').split(' ')
  const shown = clock === '' ? time : clock + ':00:00'.slice(clock.length - 2)
  if (!isDay(day) || !/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(shown))
    throw invalid('badMoment', `“${text}”不是日期，请写成 2024-06-18 或 2024-06-18 14:00 的样子。`)
  return `${day} ${shown}`
}

/** Names compare without blanks and in one form of letters and digits. */
export const sameName = (name: string): string => name.normalize('NFKC').replace(/\s/g, '')

const HOLDS: Record<string, string[] | 'all'> = {
  committee: 'all',
  workCommittee: 'all',
  generalBranch: ['branch', 'group'],
  branch: ['group'],
  group: [],
  pioneersCommittee: ['pioneersCommittee'],
}

/** What may stand directly under what: members stand in branches, so a branch holds nothing but groups. */
export function mayHold(parentType: string, childType: string): boolean {
  const held = HOLDS[parentType] ?? []
  return held === 'all' || held.includes(childType)
}

const ACROSS_COUNTIES = new Set(['province', 'city'])

/** True for committees whose subordinates lie in several counties. */
export const spansCounties = (level: string | null): boolean => ACROSS_COUNTIES.has(level ?? '')

/** The county id under which everything below an organisation lies; null where that is several. */
export const scopedCounty = (org: { level: string | null; countyId: string }): string | null =>
  spansCounties(org.level) ? null : org.countyId

/** The subtree of an organisation that had this path; of a county's own committee that is the county. */
export function scopeAt(org: { id: string; level: string | null; countyId: string }, path: string): Scope {
  const countyId = scopedCounty(org)
  return { countyId, path, ...(countyId === org.id && { whole: true }) }
}

/**
 * The county-level committee that an organisation belongs to for good: the first from the top that is one, or that
 * stands directly under a city or province; city, province and the top of a deployment are their own.
 */
export const countyIdFor = (id: string, parent: { countyId: string; level: string | null } | null): string =>
  parent === null || spansCounties(parent.level) ? id : parent.countyId

export interface Opening {
  at: string
  precision: 'day' | 'hour' | 'month' | 'year' | 'unknown'
}

const ALWAYS = '0001-01-01 00:00:00'

/** A date known to the month or year counts from its first day; one unknown counts as always. */
export function openingOf(on: string | undefined): Opening {
  if (!on) return { at: ALWAYS, precision: 'unknown' }
  if (on.length === 4) return { at: startOf(`${on}-01-01`), precision: 'year' }
  if (on.length === 7) return { at: startOf(`${on}-01`), precision: 'month' }
  return { at: startOf(on), precision: on.length === 10 ? 'day' : 'hour' }
}

/** The next free three digits below a code. @throws invalid `codesUsedUp` after 999. */
export function codeAfter(parentCode: string, used: readonly string[]): string {
  const numbers = used
    .filter((code) => code.length === parentCode.length + 3 && code.startsWith(parentCode))
    .map((code) => Number(code.slice(-3)))
  const next = Math.max(0, ...numbers.filter(Number.isInteger)) + 1
  if (next > 999)
    throw invalid(
      'codesUsedUp',
      `代码 ${parentCode} 下的三位序号已用完，请在设立时自行填写代码（只用数字，不与现有代码重复）。`,
    )
  return `${parentCode}${String(next).padStart(3, '0')}`
}

/** Level belongs to committees, kind to branches. */
export function checkFacts(facts: { type: string; level: string | null; kind: string | null }): void {
  if (facts.kind !== null && facts.type !== 'branch')
    throw invalid(
      'kindOfBranch',
      '只有团支部才分联合、流动、临时、毕业班，请清空“类别”，或把类型改为团支部。',
      [{ field: 'kind', reason: '只用于团支部', remedy: '清空' }],
    )
  if (facts.level !== null && !['committee', 'workCommittee', 'pioneersCommittee'].includes(facts.type))
    throw invalid('levelOfCommittee', '只有团委、团工委、少工委才分级别，请清空“级别”。', [
      { field: 'level', reason: '只用于委员会', remedy: '清空' },
    ])
}
