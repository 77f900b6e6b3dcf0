/** How alike two people are, in reasons and points. Pure. */
import type { Reason } from './contract.ts'

export interface Likeness {
  score: number
  reasons: Reason[]
}

export interface Person {
  name: string
  nameKey: string
  sex: string | null
  birthDate: string | null
  birthPrecision: string | null
  phoneDigest: string | null
  hasId: boolean
  joinedLeagueOn: string | null
  /** Where the person stands or stood. */
  orgs: { id: string; name: string; path: string; inForce: boolean }[]
}

export interface Beside {
  /** Of two ID numbers, both opened: the same digits, a slip of the pen, or two people's. */
  ids: 'none' | 'slip' | 'apart'
  /** Records in which both are named. */
  together: number
}

/** Fewer points than this are not worth a look. */
export const WORTH = 60

const reason = (code: string, words: string, weight: number): Reason => ({ code, words, weight })

export function likeness(a: Person, b: Person, beside: Beside): Likeness {
  const reasons = [
    ...ofName(a, b),
    ...ofBirth(a, b),
    ...ofPhone(a, b),
    ...ofPlace(a, b),
    ...ofIds(a, b, beside),
    ...ofRest(a, b, beside),
  ]
  const sum = reasons.reduce((total, r) => total + r.weight, 0)
  return { score: Math.max(0, Math.min(99, sum)), reasons }
}

const bare = (name: string) => name.normalize('NFKC').replace(/[\s·•・.．]/g, '')

function ofName(a: Person, b: Person): Reason[] {
  const [one, other] = [bare(a.name), bare(b.name)]
  if (one === other) return [reason('sameName', '姓名相同', 35)]
  if (a.nameKey === b.nameKey) return [reason('sameSound', '姓名同音', 30)]
  if (lettersApart(one, other) === 1) return [reason('nearName', '姓名只差一个字', 15)]
  return [reason('otherName', '姓名不同', -40)]
}

/** Places at which two texts of one length differ; Infinity for two lengths. */
export function lettersApart(a: string, b: string): number {
  const [one, other] = [[...a], [...b]]
  if (one.length !== other.length) return Number.POSITIVE_INFINITY
  return one.filter((letter, at) => letter !== other[at]).length
}

const LENGTHS: Record<string, number> = { year: 4, month: 7 }
const known = (day: string, precision: string | null) => day.slice(0, LENGTHS[precision ?? 'day'] ?? 10)

function ofBirth(a: Person, b: Person): Reason[] {
  if (!a.birthDate || !b.birthDate) return []
  const [one, other] = [known(a.birthDate, a.birthPrecision), known(b.birthDate, b.birthPrecision)]
  if (one === other && one.length === 10) return [reason('sameBirth', '出生日期相同', 30)]
  if (one.startsWith(other) || other.startsWith(one))
    return [reason('fittingBirth', one.length > 4 && other.length > 4 ? '出生年月相同' : '出生年份相同', 18)]
  if (one.length === other.length && isSlip(one, other))
    return [reason('nearBirth', '出生日期只差一处，可能是笔误', 8)]
  return [reason('otherBirth', '出生日期不同', -40)]
}

/** One digit wrong, or month and day the wrong way round. */
const isSlip = (a: string, b: string): boolean =>
  lettersApart(a, b) === 1 ||
  (a.length === 10 &&
    a.slice(0, 4) === b.slice(0, 4) &&
    a.slice(5, 7) === b.slice(8) &&
    a.slice(8) === b.slice(5, 7))

function ofPhone(a: Person, b: Person): Reason[] {
  if (!a.phoneDigest || !b.phoneDigest) return []
  return a.phoneDigest === b.phoneDigest
    ? [reason('samePhone', '电话相同', 35)]
    : [reason('otherPhone', '电话不同', -5)]
}

function ofPlace(a: Person, b: Person): Reason[] {
  const common = a.orgs.filter((o) => b.orgs.some((p) => p.id === o.id))
  const now = common.find((o) => o.inForce && b.orgs.some((p) => p.id === o.id && p.inForce))
  if (now) return [reason('sameOrg', `同在${now.name}`, 25)]
  const [ever] = common
  if (ever) return [reason('sameOrgOnce', `都在过${ever.name}`, 18)]
  const meet = (test: (one: string, other: string) => boolean) =>
    a.orgs.some((o) => b.orgs.some((p) => test(o.path, p.path)))
  if (meet((one, other) => above(one) === other || above(other) === one))
    return [reason('superior', '一方在另一方的上级组织', 14)]
  return meet((one, other) => above(one) === above(other) && above(one) !== '/')
    ? [reason('sameSuperior', '所在组织同属一个上级', 8)]
    : []
}

/** '/1/2/' of '/1/2/3/'. */
const above = (path: string) => path.replace(/[^/]+\/$/, '')

/** Nothing but a name. */
const bareOf = (p: Person) => !p.birthDate && !p.phoneDigest && !p.hasId

function ofIds(a: Person, b: Person, { ids }: Beside): Reason[] {
  if (bareOf(a) !== bareOf(b)) return [reason('bare', '有一方只登记了姓名', 15)]
  if (a.hasId !== b.hasId) return [reason('oneWithoutId', '有一方没有身份证号', 5)]
  if (ids === 'slip') return [reason('nearId', '身份证号只差一两位，其中一个校验不对', 20)]
  return ids === 'apart' ? [reason('otherId', '身份证号不同', -70)] : []
}

function ofRest(a: Person, b: Person, { together }: Beside): Reason[] {
  return [
    ...(a.sex && b.sex && a.sex !== b.sex ? [reason('otherSex', '性别不同', -30)] : []),
    ...(a.joinedLeagueOn && a.joinedLeagueOn === b.joinedLeagueOn
      ? [reason('sameJoining', '入团时间相同', 7)]
      : []),
    ...(together > 0
      ? [reason('together', `${together} 条记录里两个名字都在，可能是两个人`, -Math.min(30, 10 * together))]
      : []),
  ]
}

export interface SpanSide {
  id: string
  orgId: string
  orgName: string
  /** 团员, or the post. */
  what: string
  post: string | null
  from: string
  to: string
}

export const overlaps = (a: SpanSide, b: SpanSide): boolean => a.from < b.to && b.from < a.to

/** Where the two spans are one fact written twice. */
export const sameFact = (a: SpanSide, b: SpanSide): boolean => a.orgId === b.orgId && a.post === b.post
