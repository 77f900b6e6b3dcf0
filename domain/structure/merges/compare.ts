/** What two people say field by field, and which spans of theirs cannot both stand. Pure. */
import {
  EDUCATION_LEVELS,
  ETHNICITIES,
  educationRank,
  POLITICAL_STATUSES,
  SEXES,
  titleOf,
} from '../people/codes.ts'
import { INFINITY, shown } from '../people/dated.ts'
import type { PersonRow } from '../people/entry.ts'
import { apart } from '../people/mask.ts'
import { looseDate } from '../people/words.ts'
import type { Clash, ComparedField, SpanChoice } from './contract.ts'
import type { HeldSpan, HeldTrait, Pair, Whole } from './pair.ts'
import { overlaps, sameFact } from './rules.ts'

export type Side = 'one' | 'other'

interface FieldOf {
  field: string
  title: string
  /** Chosen together. */
  columns: (keyof PersonRow)[]
  /** Null: nothing is said. */
  say: (row: PersonRow) => string | null
}

const word = (options: { value: string; title: string }[], value: string | null) =>
  value && titleOf(options, value)

export const FIELDS: FieldOf[] = [
  { field: 'name', title: '姓名', columns: ['name', 'nameKey'], say: (r) => r.name },
  { field: 'sex', title: '性别', columns: ['sex'], say: (r) => word(SEXES, r.sex) },
  {
    field: 'birth',
    title: '出生日期',
    columns: ['birthDate', 'birthPrecision'],
    say: (r) => looseDate(r.birthDate, r.birthPrecision),
  },
  {
    field: 'idNumber',
    title: '身份证号',
    columns: ['idNoSealed', 'idNoMasked', 'identityState'],
    say: (r) => r.idNoMasked && `${r.idNoMasked}${r.identityState === 'verified' ? '' : '（未核实）'}`,
  },
  {
    field: 'phone',
    title: '电话',
    columns: ['phoneSealed', 'phoneMasked', 'phoneDigest'],
    say: (r) => r.phoneMasked,
  },
  { field: 'ethnicity', title: '民族', columns: ['ethnicity'], say: (r) => word(ETHNICITIES, r.ethnicity) },
  { field: 'nativePlace', title: '籍贯', columns: ['nativePlace'], say: (r) => r.nativePlace },
  { field: 'occupation', title: '职业', columns: ['occupation'], say: (r) => r.occupation },
  {
    field: 'joinedLeague',
    title: '入团时间',
    columns: ['joinedLeagueOn', 'joinedLeaguePrecision'],
    say: (r) => looseDate(r.joinedLeagueOn, r.joinedLeaguePrecision),
  },
  {
    field: 'reportedAge',
    title: '填报年龄',
    columns: ['reportedAge', 'reportedOn'],
    say: (r) => (r.reportedAge === null ? null : `${r.reportedAge} 岁（${r.reportedOn ?? ''}填）`),
  },
]

/** By which column two values are told apart: masked forms of two phones may look alike. */
const TOLD_BY: Record<string, keyof PersonRow> = { phone: 'phoneDigest', idNumber: 'idNoSealed' }

export function comparedFields(pair: Pair): ComparedField[] {
  const { one, other } = pair
  const numbers = { idNumber: proposedId(one, other) }
  const plain = FIELDS.map(({ field, title, say }): ComparedField => {
    const [a, b] = [say(one.looked.row), say(other.looked.row)]
    const told = TOLD_BY[field]
    const differ = told ? one.looked.row[told] !== other.looked.row[told] : a !== b
    const choose = a !== null && b !== null && differ
    const proposed = a === null ? 'other' : b === null ? 'one' : proposedOf(field, pair, numbers.idNumber)
    return { field, title, one: a, other: choose ? apart(a, b) : b, choose, proposed }
  })
  return [...plain, ...comparedTraits(one, other)]
}

/** A right number before a doubtful one, and that of the row that is kept. */
function proposedId(one: Whole, other: Whole): Side {
  const right = (w: Whole) => w.looked.row.identityState === 'verified'
  return right(one) === right(other) ? keptOf(one, other) : right(one) ? 'one' : 'other'
}

/** Birth and sex go with the ID number, else the exact before the rough. */
function proposedOf(field: string, { one, other }: Pair, id: Side): Side {
  if (field === 'idNumber') return id
  const withId = (id === 'one' ? one : other).looked.row.identityState === 'verified'
  if (withId && ['name', 'birth', 'sex'].includes(field)) return id
  if (field === 'birth') {
    const exact = (w: Whole) => w.looked.row.birthPrecision === 'day'
    if (exact(one) !== exact(other)) return exact(one) ? 'one' : 'other'
  }
  return keptOf(one, other)
}

/** Who is known better is kept: by a right number, an account, posts, then by age in the register. */
export function keptOf(one: Whole, other: Whole): Side {
  const weight = (w: Whole) =>
    (w.looked.row.identityState === 'verified' ? 8 : 0) +
    (w.account ? 4 : 0) +
    (w.appointments.some((a) => a.to === INFINITY) ? 2 : 0) +
    (w.memberships.length > 0 ? 1 : 0)
  const [a, b] = [weight(one), weight(other)]
  if (a !== b) return a > b ? 'one' : 'other'
  return one.looked.row.recordedAt <= other.looked.row.recordedAt ? 'one' : 'other'
}

const TRAITS: { trait: string; title: string; say: (t: HeldTrait) => string }[] = [
  { trait: 'education', title: '学历', say: (t) => titleOf(EDUCATION_LEVELS, t.value) },
  { trait: 'party', title: '党员', say: (t) => titleOf(POLITICAL_STATUSES, t.value) },
  { trait: 'politics', title: '政治面貌', say: (t) => titleOf(POLITICAL_STATUSES, t.value) },
  { trait: 'mobile', title: '流动', say: (t) => (t.detail ? `流动到${t.detail}` : '流动') },
  { trait: 'graduateVillageOfficial', title: '大学生村官', say: () => '是' },
]

/** A trait is a line in time: one side's line stands, whole. */
function comparedTraits(one: Whole, other: Whole): ComparedField[] {
  return TRAITS.flatMap(({ trait, title, say }) => {
    const [a, b] = [traitLine(one, trait), traitLine(other, trait)]
    if (a.length + b.length === 0) return []
    const line = (list: HeldTrait[]) =>
      list.length === 0 ? null : list.map((t) => `${say(t)}${span(t)}`).join('，')
    const [x, y] = [line(a), line(b)]
    const proposed = x === null ? 'other' : y === null ? 'one' : higher(trait, a, b, keptOf(one, other))
    return [
      {
        field: `trait.${trait}`,
        title,
        one: x,
        other: y,
        choose: x !== null && y !== null && x !== y,
        proposed,
      },
    ]
  })
}

export const traitLine = ({ traits }: Whole, trait: string) => traits.filter((t) => t.trait === trait)

const span = ({ from, to }: { from: string; to: string }) => {
  const [begin, end] = [shown(from), shown(to)]
  if (!begin && !end) return ''
  return `（${begin ? `${begin} 起` : ''}${end ? `至 ${end}` : ''}）`
}

function higher(trait: string, a: HeldTrait[], b: HeldTrait[], otherwise: Side): Side {
  if (trait !== 'education') return otherwise
  const rank = (list: HeldTrait[]) => Math.max(...list.map((t) => educationRank(t.value) ?? 0))
  return rank(a) === rank(b) ? otherwise : rank(a) > rank(b) ? 'one' : 'other'
}

export const spanWords = (s: HeldSpan) => `${s.orgName} ${s.what}${span(s) || '（起始不详）'}`

/** Memberships at one time, and one post written twice. */
export function clashesOf({ one, other }: Pair): Clash[] {
  const between = (kind: Clash['kind'], mine: HeldSpan[], theirs: HeldSpan[]) =>
    mine.flatMap((a) =>
      theirs
        .filter((b) => overlaps(a, b) && (kind === 'membership' || sameFact(a, b)))
        .map((b) => clash(kind, a, b)),
    )
  return [
    ...between('membership', one.memberships, other.memberships),
    ...between('appointment', one.appointments, other.appointments),
  ]
}

function clash(kind: Clash['kind'], a: HeldSpan, b: HeldSpan): Clash {
  const one = { choice: 'one' as SpanChoice, words: `只留${spanWords(a)}` }
  const other = { choice: 'other' as SpanChoice, words: `只留${spanWords(b)}` }
  const said = { id: `${a.id},${b.id}`, kind, one: spanWords(a), other: spanWords(b) }
  if (sameFact(a, b)) {
    const [from = a.from] = [a.from, b.from].sort()
    const whole = { ...a, from, to: later(a.to, b.to) }
    const join = { choice: 'join' as SpanChoice, words: `合成一段：${spanWords(whole)}` }
    return { ...said, options: [join, one, other], proposed: 'join' }
  }
  const [first, then] = a.from < b.from ? [a, b] : [b, a]
  const turn = {
    choice: 'sequence' as SpanChoice,
    words: `都对，是先后：先在${first.orgName}，${shown(then.from) ?? ''} 起转到${then.orgName}`,
  }
  return { ...said, options: [...(a.from === b.from ? [] : [turn]), one, other], proposed: null }
}

/** 'infinity' is after every moment. */
export const later = (a: string, b: string) => (a === INFINITY || b === INFINITY ? INFINITY : a > b ? a : b)
