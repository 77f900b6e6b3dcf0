/** How alike two records of one ledger are, in reasons and points. Pure. */
import type { Reason } from '../../structure/merges/contract.ts'

export interface Activity {
  orgId: string
  orgName: string
  path: string
  day: string
  /** Known to the day. */
  exact: boolean
  title: string
  personTimes: number | null
  place: string | null
  hosts: string[]
}

/** What was counted of both, beside what each says. */
export interface Shared {
  /** Named on both sides, and on the side that names fewer. */
  people: number
  fewest: number
  photos: number
  /** The ledger lets several organisations hold a record together. */
  joint: boolean
}

export interface Likeness {
  score: number
  reasons: Reason[]
}

/** Fewer points than this are not worth a look. */
export const WORTH = 60

const reason = (code: string, words: string, weight: number): Reason => ({ code, words, weight })

export function likeness(a: Activity, b: Activity, shared: Shared): Likeness {
  const reasons = [
    ...ofTitles(a, b),
    ...ofDays(a, b),
    ...ofOrgs(a, b, shared),
    ...ofPlaces(a, b),
    ...ofNumbers(a, b, related(a, b)),
    ...ofShared(shared),
  ]
  const sum = reasons.reduce((total, r) => total + r.weight, 0)
  return { score: Math.max(0, Math.min(99, sum)), reasons }
}

function ofTitles(a: Activity, b: Activity): Reason[] {
  const names = [a.orgName, b.orgName]
  const [one, other] = [bareTitle(a.title, names), bareTitle(b.title, names)]
  const [first, second] = [issueOf(a.title), issueOf(b.title)]
  const apart = first && second && first !== second
  const alike = one === other ? 1 : similarity(one, other)
  const weight = Math.round(40 * alike)
  return [
    alike === 1
      ? reason('sameTitle', '名称相同', weight)
      : alike >= 0.45
        ? reason('nearTitle', '名称相近', weight)
        : reason('otherTitle', '名称不同', Math.round(40 * alike) - 20),
    ...(apart ? [reason('otherIssue', `期次不同（${first}、${second}）`, -30)] : []),
    ...(a.orgId !== b.orgId && (namesOrg(a.title, b.orgName) || namesOrg(b.title, a.orgName))
      ? [reason('namesOther', '名称里写着另一方', 12)]
      : []),
  ]
}

/** 栗岚镇团委 → 栗岚镇, 柳河村团支部 → 柳河村. */
const shortOf = (org: string) => org.replace(/(团工委|团委|团总支|团支部|支部|少工委)$/, '')
const namesOrg = (title: string, org: string) => shortOf(org).length >= 2 && title.includes(shortOf(org))

const issueOf = (title: string): string | null =>
  /第[\d一二三四五六七八九十百]+[期次届讲课场站季轮]/.exec(title.normalize('NFKC'))?.[0] ?? null

/** Without organisations, digits, quotes and marks: what the thing was. */
export function bareTitle(title: string, orgs: string[] = []): string {
  let text = title.normalize('NFKC')
  for (const org of [...orgs, ...orgs.map(shortOf)]) if (org.length >= 2) text = text.replaceAll(org, '')
  const bare = text.replace(/[\d\s\p{P}\p{S}]/gu, '')
  return bare || text
}

function pairsOf(text: string): Set<string> {
  const letters = [...text]
  if (letters.length < 2) return new Set(letters)
  return new Set(letters.slice(1).map((letter, at) => `${letters[at] ?? ''}${letter}`))
}

/** Dice's share of common pairs of characters, 0 to 1. A title within a longer one is near it. */
export function similarity(a: string, b: string): number {
  const [one, other] = [pairsOf(a), pairsOf(b)]
  if (one.size === 0 || other.size === 0) return 0
  const [small, large] = one.size < other.size ? [one, other] : [other, one]
  let common = 0
  for (const pair of small) if (large.has(pair)) common++
  const dice = (2 * common) / (one.size + other.size)
  return small.size >= 3 && common === small.size ? Math.max(dice, 0.75) : dice
}

const DAY = 86_400_000
export const daysApart = (a: string, b: string): number => Math.abs(Date.parse(a) - Date.parse(b)) / DAY

function ofDays(a: Activity, b: Activity): Reason[] {
  const apart = daysApart(a.day, b.day)
  if (!a.exact || !b.exact) return apart === 0 ? [reason('sameMonth', '同一个月', 5)] : []
  if (apart === 0) return [reason('sameDay', '同一天', 15)]
  const weight = a.orgId === b.orgId ? 0 : apart === 1 ? 8 : 3
  return [reason('nearDay', `相差 ${apart} 天`, weight)]
}

/** '/1/2/' of '/1/2/3/'. */
export const above = (path: string): string => path.replace(/[^/]+\/$/, '')

const related = (a: Activity, b: Activity): boolean =>
  a.orgId === b.orgId ||
  a.hosts.includes(b.orgId) ||
  b.hosts.includes(a.orgId) ||
  above(a.path) === b.path ||
  above(b.path) === a.path

function ofOrgs(a: Activity, b: Activity, { joint }: Shared): Reason[] {
  if (a.orgId === b.orgId) return [reason('sameOrg', '同一个组织记了两次', 15)]
  if (a.hosts.includes(b.orgId) || b.hosts.includes(a.orgId))
    return [reason('host', '一方已经写明与另一方联合', 25)]
  if (!related(a, b)) return []
  return [reason('superior', '上下级都记了', joint ? 12 : 0)]
}

function ofPlaces(a: Activity, b: Activity): Reason[] {
  if (!a.place || !b.place) return []
  const [one, other] = [bareTitle(a.place), bareTitle(b.place)]
  if (one === other) return [reason('samePlace', '地点相同', 18)]
  if (one.includes(other) || other.includes(one) || similarity(one, other) >= 0.6)
    return [reason('nearPlace', '地点相近', 12)]
  return [reason('otherPlace', '地点不同', -12)]
}

/** From this many on, one number in two places is hardly chance. */
export const MANY = 50

function ofNumbers(a: Activity, b: Activity, near: boolean): Reason[] {
  if (a.personTimes === null || b.personTimes === null) return []
  const [less, more] = [a.personTimes, b.personTimes].sort((x, y) => x - y) as [number, number]
  if (less === more && more >= 5)
    return [reason('samePersonTimes', '人次相同', near || more >= MANY ? 12 : 4)]
  return more >= 10 && less * 2 < more ? [reason('otherPersonTimes', '人次相差较大', -8)] : []
}

function ofShared({ people, fewest, photos }: Shared): Reason[] {
  return [
    ...(photos > 0 ? [reason('samePhoto', `有 ${photos} 张相同的照片`, 65)] : []),
    ...(people > 0 && (people >= 2 || people * 2 >= fewest)
      ? [reason('samePeople', `${people} 个人两边都有`, Math.round((30 * people) / fewest))]
      : []),
    ...(people === 0 && fewest >= 5 ? [reason('otherPeople', '名单里没有一个人相同', -15)] : []),
  ]
}
