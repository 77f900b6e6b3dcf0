/**
 * A field that no header names may still have its column: the only one left whose header ends with the field's kind
 * of word (讲座题目, 获得时间, 听众人数) and whose values read as the field.
 */
import type { Target, TargetField } from '../../../../kernel/spreadsheet/target.ts'
import { type Bid, FOREIGN, type HeaderPath, LEAST_CONFIDENCE, NARROWING } from './bids.ts'
import { readHeader, unitOf } from './headerText.ts'
import { isPlain, kinField } from './kin.ts'
import { unitFactor } from './parse/units.ts'

interface Settled {
  target: Target
  taken: Map<number, Bid>
  ignored: Set<number>
  agrees: (index: number, field: TargetField) => boolean
  disagrees: (index: number, field: TargetField) => boolean
}

const COUNTED = new Set(['integer', 'number', 'money'])

/** Numbers that are no attendance. */
const OTHER_COUNT = /应到|应参|缺席|请假|未|计划|邀请|总人口|工作人员|获奖|就业/

/** Words before a known one that make it another thing. */
const CHANGED =
  /未|不|非|无|带队|优秀|先进|缺|应|欠|拟|预|计划|人均|平均|每|单|上年|去年|上次|累计|其中|原|申请|毕业|注册|转|离|出生|入党|入团|填|报|推荐|评议|团员证|户|第二/

export function leftOver(columns: HeaderPath[], settled: Settled): Bid[] {
  const found = byKin(columns, settled)
  found.push(...byOptions(columns, settled, found))
  for (const field of settled.target.fields) {
    const known = [...settled.taken.values(), ...found].some((bid) => bid.field.id === field.id)
    const left = columns.filter(({ index }) => found.every((bid) => bid.index !== index))
    const index = known ? undefined : columnFor(left, field, settled)
    if (index !== undefined) found.push({ index, field, confidence: LEAST_CONFIDENCE })
  }
  const tails = columns.flatMap((column) =>
    settled.taken.has(column.index) ? [] : (byTail(column, settled, found) ?? []),
  )
  const alone = tails.filter((bid) => !tails.some((other) => other !== bid && other.field === bid.field))
  const settledNow = [...found, ...alone]
  const classed = [...settledNow, ...byEnding(columns, settled, settledNow)]
  return [...classed, ...byUnit(columns, settled, classed)]
}

/** People and attendances are counted in many columns. */
const COMMON_UNITS = new Set(['人', '人次', '名', '个', '次'])

/** 累计服务时间（小时）: the only column left in this unit, and the only field. */
function byUnit(columns: HeaderPath[], settled: Settled, found: Bid[]): Bid[] {
  const bids = [...settled.taken.values(), ...found]
  const held = new Set(bids.map((bid) => bid.field.id))
  const seen = new Set([...bids.map((bid) => bid.index), ...settled.ignored])
  const open = columns.filter(({ index }) => !seen.has(index))
  return open.flatMap((column): Bid[] => {
    const unit = unitOf(column.path)
    if (unit === undefined || COMMON_UNITS.has(unit)) return []
    if (open.some((other) => other !== column && unitOf(other.path) === unit)) return []
    const fields = settled.target.fields.filter(
      (field) => field.unit !== undefined && sameUnit(unit, field.unit),
    )
    const [field] = fields
    const fits = field && fields.length === 1 && !held.has(field.id) && COUNTED.has(field.kind)
    if (!fits || CHANGED.test(leafOf(column).replace('累计', '')) || !maySay(column, field)) return []
    return settled.agrees(column.index, field)
      ? [{ index: column.index, field, confidence: LEAST_CONFIDENCE }]
      : []
  })
}

const sameUnit = (one: string, other: string) => unitFactor(one, other) !== null

/** In other words, or in another order of them; two columns that mean one field mean none. */
function byKin(columns: HeaderPath[], { target, taken, ignored, agrees, disagrees }: Settled): Bid[] {
  const held = new Set([...taken.values()].map((bid) => bid.field.id))
  const mayBe = (index: number) => (field: TargetField) =>
    !held.has(field.id) && agrees(index, field) && !disagrees(index, field)
  const bids = columns.flatMap(({ index, path }): Bid[] => {
    if (taken.has(index) || ignored.has(index) || path.length !== 1) return []
    const field = kinField(path[0] ?? '', target, mayBe(index))
    return field ? [{ index, field, confidence: LEAST_CONFIDENCE }] : []
  })
  return bids.filter((bid) => bids.every((other) => other === bid || other.field !== bid.field))
}

/** 考取院校 ends as 录取院校 and 就读院校 do, and as nothing else does. */
function byEnding(columns: HeaderPath[], settled: Settled, found: Bid[]): Bid[] {
  const bids = [...settled.taken.values(), ...found]
  const held = new Set(bids.map((bid) => bid.field.id))
  const seen = new Set([...bids.map((bid) => bid.index), ...settled.ignored])
  const told = columns.flatMap((column): Bid[] => {
    const leaf = leafOf(column)
    const ending = leaf.slice(-ENDING)
    if (seen.has(column.index) || leaf.length <= ENDING || isPlain(ending) || CHANGED.test(leaf)) return []
    const [field, ...others] = settled.target.fields.filter((one) =>
      [one.title, ...one.synonyms].some((word) => word.endsWith(ending)),
    )
    if (!field || others.length > 0 || held.has(field.id) || COUNTED.has(field.kind)) return []
    const fits = maySay(column, field) && settled.agrees(column.index, field)
    return fits ? [{ index: column.index, field, confidence: LEAST_CONFIDENCE }] : []
  })
  return told.filter((bid) => told.every((other) => other === bid || other.field !== bid.field))
}

const ENDING = 2

/** 会议种类, 培训方式: says that it classes, and every value is an option of one open field. */
function byOptions(columns: HeaderPath[], settled: Settled, found: Bid[]): Bid[] {
  const bids = [...settled.taken.values(), ...found]
  const held = new Set(bids.map((bid) => bid.field.id))
  const seen = new Set([...bids.map((bid) => bid.index), ...settled.ignored])
  const open = settled.target.fields.filter(({ id, kind }) => kind === 'choice' && !held.has(id))
  const told = columns.flatMap((column): Bid[] => {
    const leaf = leafOf(column)
    const classes = CLASSING.test(leaf) || tellsApart(column)
    if (seen.has(column.index) || !classes || CHANGED.test(leaf) || FOREIGN.test(leaf)) return []
    const [field, ...others] = open.filter((one) => settled.agrees(column.index, one))
    return field && others.length === 0 ? [{ index: column.index, field, confidence: LEAST_CONFIDENCE }] : []
  })
  return told.filter((bid) => told.every((other) => other === bid || other.field !== bid.field))
}

/** 微信公众号, 抖音 under any header: several words, each long enough to be nobody's by chance. */
const tellsApart = ({ samples }: HeaderPath) =>
  new Set(samples).size > 1 && samples.every((sample) => sample.length > 1)

const CLASSING = /(类|型|类型|类别|种类|方式|形式|级别|层级|等次|等级)$/

/** 开始任职年月 ends as 任职年月 does: the longest word of one field, where the part before it changes nothing. */
function byTail(column: HeaderPath, settled: Settled, found: Bid[]): Bid | null {
  const { index } = column
  if (settled.ignored.has(index) || found.some((bid) => bid.index === index)) return null
  const held = new Set([...settled.taken.values(), ...found].map((bid) => bid.field.id))
  const leaf = leafOf(column)
  const tails = settled.target.fields
    .filter(({ id, place, kind }) => !held.has(id) && !place && kind !== 'org')
    .flatMap((field) =>
      [field.title, ...field.synonyms]
        .filter((word) => word.length >= 2 && leaf.length > word.length && leaf.endsWith(word))
        .map((word) => ({ field, word })),
    )
    .sort((a, b) => b.word.length - a.word.length)
  const [best, next] = tails
  const alone = best && tails.every((one) => one.field === best.field || one.word.length < best.word.length)
  if (!best || (next && !alone) || CHANGED.test(leaf.slice(0, -best.word.length))) return null
  const other = ofAnother(leaf.slice(0, -best.word.length), best.field, settled.target)
  const fits = !other && maySay(column, best.field) && settled.agrees(index, best.field)
  return fits ? { index, field: best.field, confidence: LEAST_CONFIDENCE } : null
}

/** 实际发放 before 额度 is of the field 发放金额, not of the one that is called 额度. */
function ofAnother(before: string, field: TargetField, { fields }: Target): boolean {
  const pairs = [...before].slice(1).map((char, i) => before[i] + char)
  const says = (one: TargetField, pair: string) =>
    [one.title, ...one.synonyms].some((word) => word.includes(pair))
  const others = fields.filter((one) => one !== field && one.kind === field.kind)
  return pairs.some((pair) => !says(field, pair) && others.some((one) => says(one, pair)))
}

/** By the first ending that tells one column from all others; several are none. */
function columnFor(columns: HeaderPath[], field: TargetField, settled: Settled): number | undefined {
  // 近百人 among numbers is to be refused, not a reason to leave the numbers out.
  const reads = ({ index }: HeaderPath) => COUNTED.has(field.kind) || settled.agrees(index, field)
  const changed = (leaf: string) => COUNTED.has(field.kind) && CHANGED.test(leaf.replace('累计', ''))
  const fits = (column: HeaderPath) =>
    maySay(column, field) && reads(column) && !PLACE.test(leafOf(column)) && !changed(leafOf(column))
  const open = columns.filter(({ index }) => !settled.taken.has(index) && !settled.ignored.has(index))
  for (const ending of field.endings ?? []) {
    const ended = open.filter((column) => leafOf(column).endsWith(ending) && fits(column))
    if (ended.length > 0) return ended.length === 1 ? ended[0]?.index : undefined
  }
  return undefined
}

/** 村（居）名称, 单位全称 name who, not what. */
const PLACE = /单位|组织|支部|村居?名|村\(?居|社区名|班级/

const leafOf = ({ path }: HeaderPath) => readHeader(path[path.length - 1] ?? '').forms[0] ?? ''

/** 慰问人 is no other's name where the field itself is called so. */
function isForeign(text: string, { title, synonyms }: TargetField): boolean {
  const found = text.match(new RegExp(FOREIGN, 'g')) ?? []
  const own = [title, ...synonyms].join(' ')
  return found.some((word) => !own.includes(word))
}

function maySay({ path }: HeaderPath, field: TargetField): boolean {
  const text = path.join('')
  return (
    !isForeign(text, field) && !(COUNTED.has(field.kind) && (NARROWING.test(text) || OTHER_COUNT.test(text)))
  )
}
