/**
 * Headers that say a field's own words in another order or with other words for the same: 问卷发放数量 is 发放问卷,
 * 走访工作内容 is 走访内容, 资助款项 is 资助金额. What would then mean two fields of a target means none.
 */
import type { Target, TargetField } from '../../../../kernel/spreadsheet/target.ts'
import { canonical, readHeader, remembered } from './headerText.ts'

const SAME: [RegExp, string][] = [
  [/举办|举行|召开|实施|进行/g, '开展'],
  [/参与|出席|到场|参会|到会|参训/g, '参加'],
  [/题目|标题|名称|名目|名字|全称|称谓/g, '名'],
  [/场所|场地|地址|位置|所在地/g, '地点'],
  [/部门|机构|机关|组织/g, '单位'],
  [/类型|种类|分类|门类/g, '类别'],
  [/形式|途径|渠道|方法/g, '方式'],
  [/层级|等级|层次/g, '级别'],
  [/印发|派发|分发|发出/g, '发放'],
  [/回收/g, '收回'],
  [/缘由|原因|理由|缘故/g, '事由'],
  [/师资|教师|讲师/g, '老师'],
  [/产生|形成/g, '创造'],
  [/解决/g, '办结'],
  [/数值/g, '值'],
  [/进展|进度/g, '情况'],
  [/期限|截止时间|截止日期/g, '时限'],
  [/年度|年份/g, '年'],
]

/** Words that change nothing in any field. */
const IDLE =
  /本次|本期|本场|此次|当日|当天|现场|实际|主要|有关|相关|工作|活动|事项|详细|已|情况|(统计|登记|填写|等)$/g

const PEOPLE: [RegExp, string][] = [
  [/姓名?|名单|人员/g, ''],
  [/人$/g, ''],
]
const DATES: [RegExp, string][] = [[/开始|起始|起止|日期|年月|时刻|日$/g, '时间']]
const NUMBERS: [RegExp, string][] = [[/总|共|(人员|个)?(数量|数目|数)$|人次$|人员$/g, '']]

type Kind = TargetField['kind']

const OF_KIND: Partial<Record<Kind, [RegExp, string][]>> = {
  date: DATES,
  month: DATES,
  people: PEOPLE,
  name: PEOPLE,
  integer: NUMBERS,
  number: NUMBERS,
  yesNo: [[/是否|有无|有没有|是不是|为/g, '']],
  org: [[/团?支部/g, '单位']],
  money: [
    [/金额|款项|经费|资金|费用|数额|总额|款/g, '金'],
    [/总|共/g, ''],
  ],
}

/** How far a header is bared: as it says, without the ledger's subject, without units and 累计 as well. */
interface Bared {
  subject: string[]
  units: boolean
}

const AS_IT_SAYS: Bared = { subject: [], units: false }

const UNITS = /累计|(份|件|户|次|场|篇|家|人|期|对|项|条)数?$/g
const SHORTEST = 2

/** The same for all headers of one meaning, whatever their order of words; empty where too little is left. */
function kinOf(form: string, kind: Kind, { subject, units }: Bared): string {
  const said = inPlainWords(kind, form)
  const bare = subject.reduce((text, word) => text.replaceAll(word, ''), said)
  const left = new Set(units && isNumber(kind) ? bare.replace(UNITS, '') : bare)
  return left.size < SHORTEST ? '' : [...left].sort().join('')
}

const isNumber = (kind: Kind) => OF_KIND[kind] === NUMBERS || kind === 'money'

const readers = new Map<Kind, (form: string) => string>()

function inPlainWords(kind: Kind, form: string): string {
  const known = readers.get(kind) ?? plainWordsOf(kind)
  readers.set(kind, known)
  return known(form)
}

function plainWordsOf(kind: Kind): (form: string) => string {
  const rules = [...SAME, [IDLE, ''] as [RegExp, string], ...(OF_KIND[kind] ?? [])]
  return remembered((form) =>
    rules.reduce((text, [pattern, word]) => text.replace(pattern, word), canonical(form, isNumber(kind))),
  )
}

/** Words that name a sort of column in any table: alone, they are no field's own. */
export const isPlain = (word: string): boolean => TELLING.test(word)

/** Words that tell columns apart in any table, however many of its columns have them. */
const TELLING =
  /时间|日期|名称|单位|人数|人次|情况|类型|类别|金额|地点|姓名|方式|级别|数量|内容|人员|主题|组织|支部|职务|金$/

const WIDESPREAD = 3

/** 走访, 慰问 in the ledger of visits: what stands in the headers of several of its columns tells none of them. */
function subjectOf({ fields }: Target): string[] {
  const seen = new Map<string, Set<string>>()
  for (const field of fields)
    for (const word of [field.title, ...field.synonyms])
      for (const pair of pairsOf(word)) seen.set(pair, (seen.get(pair) ?? new Set()).add(field.id))
  return [...seen].flatMap(([pair, ids]) => (ids.size >= WIDESPREAD && !TELLING.test(pair) ? [pair] : []))
}

const pairsOf = (word: string) =>
  [...word].flatMap((char, i) =>
    /^\p{Script=Han}{2}$/u.test(char + (word[i + 1] ?? '')) ? [char + word[i + 1]] : [],
  )

interface KinIndex {
  stages: { bared: Bared; ids: Map<string, Set<string>> }[]
  kinds: Kind[]
}

const indexes = new WeakMap<Target, KinIndex>()

function indexOf(target: Target): KinIndex {
  const known = indexes.get(target)
  if (known) return known
  const subject = subjectOf(target)
  const stages = [
    AS_IT_SAYS,
    { subject: [], units: true },
    { subject, units: false },
    { subject, units: true },
  ].map((bared) => ({
    bared,
    ids: keysOf(target, bared),
  }))
  const index = { stages, kinds: [...new Set(target.fields.map((field) => field.kind))] }
  indexes.set(target, index)
  return index
}

function keysOf({ fields }: Target, bared: Bared): Map<string, Set<string>> {
  const ids = new Map<string, Set<string>>()
  for (const { id, kind, title, synonyms } of fields)
    for (const form of [title, ...synonyms].flatMap((word) => readHeader(word).forms)) {
      const key = `${kind} ${kinOf(form, kind, bared)}`
      if (!key.endsWith(' ')) ids.set(key, (ids.get(key) ?? new Set()).add(id))
    }
  return ids
}

const ASKS = /是否|有无|有没有|是不是/

/** The one field that the header says in other words, among those that may be; null when it says none or several. */
export function kinField(
  header: string,
  target: Target,
  mayBe: (field: TargetField) => boolean,
): TargetField | null {
  const { stages, kinds } = indexOf(target)
  const asked = ASKS.test(header) ? kinds.filter((kind) => kind === 'yesNo') : kinds
  const said = asked.flatMap((kind) => readHeader(header).forms.map((form) => ({ kind, form })))
  for (const { bared, ids } of stages) {
    const meant = new Set(
      said.flatMap(({ kind, form }) => {
        const key = kinOf(form, kind, bared)
        // 时间 alone is not 任职时间 without its 任职: what is bared has to have had something to lose.
        const lost = bared.subject.length === 0 || key !== kinOf(form, kind, { ...bared, subject: [] })
        return lost ? [...(ids.get(`${kind} ${key}`) ?? [])] : []
      }),
    )
    const found = target.fields.filter((field) => meant.has(field.id) && mayBe(field))
    if (found.length > 0) return found.length === 1 ? (found[0] ?? null) : null
  }
  return null
}

const KINDS: Kind[] = ['text', 'name', 'date', 'integer', 'money', 'choice', 'yesNo', 'people', 'org']

/** Whether a field of some target says the header's own words in another order or with others for the same. */
export function isKin(header: string, targets: Target[]): boolean {
  const { forms } = readHeader(header)
  const keys = KINDS.flatMap((kind) => forms.map((form) => `${kind} ${kinOf(form, kind, AS_IT_SAYS)}`))
  return targets.some((target) => {
    const ids = indexOf(target).stages[0]?.ids
    return keys.some((key) => ids?.has(key))
  })
}
