/** Which field a header means. What could mean two fields is listed, not guessed. */
import type { Target, TargetField } from '../../../../kernel/spreadsheet/target.ts'
import { type Bid, FOREIGN, type HeaderPath, LEAST_CONFIDENCE, NARROWING } from './bids.ts'
import { canonical, headerKey, isSequenceHeader, readHeader, unitOf } from './headerText.ts'
import { leftOver } from './leftOver.ts'
import { unitFactor } from './parse/units.ts'

export interface Match {
  index: number
  field: TargetField | null
  confidence: number
  unit?: string
  candidates: string[]
}

interface Claim {
  field: string
  rank: number
}

interface Index {
  exact: Map<string, Claim[]>
  loose: Map<string, Claim[]>
  /** Of fields that hold numbers. */
  looseNumbers: Map<string, Claim[]>
  numbers: Set<string>
}

const NUMERIC = new Set(['integer', 'number', 'money'])

const indexes = new WeakMap<Target, Index>()

function indexOf(target: Target): Index {
  const known = indexes.get(target)
  if (known) return known
  const index: Index = { exact: new Map(), loose: new Map(), looseNumbers: new Map(), numbers: new Set() }
  for (const field of target.fields) {
    const ofNumber = NUMERIC.has(field.kind)
    if (ofNumber) index.numbers.add(field.id)
    const words = [field.title, ...field.synonyms]
    words.forEach((word, rank) => {
      for (const form of readHeader(word).forms) {
        claim(index.exact, form, { field: field.id, rank })
        claim(ofNumber ? index.looseNumbers : index.loose, canonical(form, ofNumber), {
          field: field.id,
          rank,
        })
      }
    })
  }
  indexes.set(target, index)
  return index
}

function claim(map: Map<string, Claim[]>, word: string, one: Claim) {
  const claims = map.get(word) ?? []
  if (!claims.some((known) => known.field === one.field)) map.set(word, [...claims, one])
}

const RANK_STEP = 0.004
const EXACT = 1
const LOOSE = 0.85
const FOREIGN_GROUP = 0.7

/** Groups over columns that say nothing about whose data stand below. */
const NEUTRAL =
  /^(团员|个人|本人|人员|青年|干部|团干部|基本|主要|详细|其他|学生|成员|团组织|组织|活动|任职|简况|其中|身份|联系|参与|参加|志愿者|志愿服务)*(基本|主要)?(信息|情况|资料|简况|概况|其中|方式|内容)?$/

interface Form {
  form: string
  weight: number
  /** The weight for fields that hold numbers. */
  numberWeight: number
  /** The same where the words are exactly the field's own. */
  exactNumberWeight: number
  /** A group and its leaf read as one: exact words only. */
  joined?: true
}

function formsOf(path: string[]): Form[] {
  const leaf = path[path.length - 1] ?? ''
  const groups = path.slice(0, -1)
  const joined = groups.flatMap((_, i) =>
    readHeader([...groups.slice(i), leaf].join('')).forms.map((form) => ({
      form,
      weight: 1,
      numberWeight: 1,
      exactNumberWeight: 1,
      joined: true as const,
    })),
  )
  const group = groups.join('')
  const neutral = groups.length === 0 || NEUTRAL.test(group)
  const weight = neutral ? 1 : FOREIGN.test(group) ? 0 : FOREIGN_GROUP
  const own = readHeader(leaf).forms.map((form) => ({
    form,
    weight,
    numberWeight: numberWeight(form, group, weight),
    // 青年总人数 narrows by itself, as its field does: the group above takes nothing from it.
    exactNumberWeight: NARROWING.test(form) ? weight : numberWeight(form, group, weight),
  }))
  return [...joined, ...own]
}

/** 人数 or 金额 under an unknown group may count anything; 实缴金额 does not, unless the group narrows it. */
function numberWeight(form: string, group: string, weight: number): number {
  if (weight === 1) return group !== '' && NARROWING.test(group) ? 0 : 1
  return form.length < 4 || NARROWING.test(group) ? 0 : weight
}

function claimsOn(path: string[], target: Target): Map<string, number> {
  const index = indexOf(target)
  const scores = new Map<string, number>()
  formsOf(path).forEach((one, order) => {
    const raise = (claims: Claim[] | undefined, base: number) => {
      const ofNumber = base === EXACT ? one.exactNumberWeight : one.numberWeight
      for (const { field, rank } of claims ?? []) {
        const weight = index.numbers.has(field) ? ofNumber : one.weight
        if (weight === 0) continue
        const score = base * weight - Math.min(rank, 20) * RANK_STEP - order * 0.001
        scores.set(field, Math.max(scores.get(field) ?? 0, score))
      }
    }
    raise(index.exact.get(one.form), EXACT)
    if (one.joined) return
    raise(index.loose.get(canonical(one.form)), LOOSE)
    raise(index.looseNumbers.get(canonical(one.form, true)), LOOSE)
  })
  return scores
}

/** 团员手机号（微信同号）: the field's own word within a longer header, where the values agree with the field. */
function containedIn(
  path: string[],
  target: Target,
  agrees: (field: TargetField) => boolean,
): Map<string, number> {
  const text = path.flatMap((part) => readHeader(part).forms.slice(0, 1)).join('')
  const found = new Map<string, number>()
  if (FOREIGN.test(text)) return found
  for (const field of target.fields) {
    const telling =
      ['idNumber', 'phone'].includes(field.kind) || (field.kind === 'choice' && !field.many && field.options)
    const words = [field.title, ...field.synonyms].filter((word) => word.length >= 2 && text.includes(word))
    if (telling && words.some((word) => text.length - word.length <= 8) && agrees(field)) {
      found.set(field.id, LEAST_CONFIDENCE)
    }
  }
  return found
}

export interface MatchOptions {
  remembered?: Record<string, string>
  /** Whether the values of a column can be read as the field. */
  agrees: (index: number, field: TargetField) => boolean
  /** Whether most values of a column are none of the field's: 活动形式 with words of its own. */
  disagrees: (index: number, field: TargetField) => boolean
}

/** One field takes one column: the surest bid first. */
export function matchColumns(columns: HeaderPath[], target: Target, options: MatchOptions): Match[] {
  const fields = new Map(target.fields.map((field) => [field.id, field]))
  const bids: Bid[] = []
  const ignored = new Set<number>()
  for (const column of columns) {
    const known = options.remembered?.[headerKey(column.path.join('/'))]
    if (known === '') ignored.add(column.index)
    const field = known ? fields.get(known) : undefined
    if (field) bids.push({ index: column.index, field, confidence: 2 })
    else if (!ignored.has(column.index)) bids.push(...bidsOf(column, target, fields, options))
  }
  const taken = settle(bids)
  const { agrees, disagrees } = options
  for (const bid of leftOver(columns, { target, taken, ignored, agrees, disagrees }))
    taken.set(bid.index, bid)
  return columns.map((column) => matchOf(column, taken.get(column.index), bids))
}

function bidsOf(
  column: HeaderPath,
  target: Target,
  fields: Map<string, TargetField>,
  options: MatchOptions,
): Bid[] {
  const direct = claimsOn(column.path, target)
  const scores =
    direct.size > 0
      ? direct
      : containedIn(column.path, target, (field) => options.agrees(column.index, field))
  return [...scores].flatMap(([id, confidence]) => {
    const field = fields.get(id)
    if (!field || confidence < LEAST_CONFIDENCE || options.disagrees(column.index, field)) return []
    return unitFits(column.path, field) ? [{ index: column.index, field, confidence }] : []
  })
}

/** 参与（户） is no number of people. */
function unitFits(path: string[], field: TargetField): boolean {
  const unit = unitOf(path)
  return unit === undefined || field.unit === undefined || unitFactor(unit, field.unit) !== null
}

const TIE = 0.002

function settle(bids: Bid[]): Map<number, Bid> {
  const open = [...bids].sort((a, b) => b.confidence - a.confidence || a.index - b.index)
  const byColumn = new Map<number, Bid>()
  const usedFields = new Set<string>()
  const tied = new Set<number>()
  for (const bid of open) {
    if (byColumn.has(bid.index) || usedFields.has(bid.field.id) || tied.has(bid.index)) continue
    const rival = open.find(
      (other) =>
        other.index === bid.index &&
        other.field.id !== bid.field.id &&
        !usedFields.has(other.field.id) &&
        Math.abs(other.confidence - bid.confidence) < TIE,
    )
    if (rival) {
      tied.add(bid.index)
      continue
    }
    byColumn.set(bid.index, bid)
    usedFields.add(bid.field.id)
  }
  return byColumn
}

function matchOf(column: HeaderPath, bid: Bid | undefined, bids: Bid[]): Match {
  const unit = unitOf(column.path)
  const candidates = bids
    .filter((one) => one.index === column.index && one !== bid)
    .map((one) => one.field.id)
  return {
    index: column.index,
    field: bid?.field ?? null,
    confidence: bid ? Math.min(1, Math.round(bid.confidence * 100) / 100) : 0,
    candidates,
    ...(unit === undefined ? {} : { unit }),
  }
}

/** How many of these header texts some target knows. */
export function knownHeaders(
  texts: string[],
  targets: Target[],
  remembered: Record<string, string> = {},
): number {
  return texts.filter((text) => {
    if (isSequenceHeader(text) || headerKey(text) in remembered) return true
    const { forms } = readHeader(text)
    return targets.some((target) => {
      const index = indexOf(target)
      return forms.some(
        (form) =>
          index.exact.has(form) ||
          index.loose.has(canonical(form)) ||
          index.looseNumbers.has(canonical(form, true)),
      )
    })
  }).length
}
