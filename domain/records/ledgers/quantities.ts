/**
 * Free quantities of a record: what was done, how much, in which unit (义务植树 400 株，清理垃圾 3 吨). Typed in one line
 * or as rows; summed per thing and unit, never across units. Browser-safe.
 */
import { compare, exact, isDecimal, multiply, sum } from '../../../kernel/decimal.ts'
import type { FieldProblem } from '../../../kernel/errors.ts'

/** `amount`: exact decimal text. */
export interface Quantity {
  what: string
  amount: string
  unit: string
}

export const QUANTITIES = 'quantities'
export const QUANTITIES_TITLE = '成果'
/** Header words of real sheets. */
export const QUANTITIES_WORDS = [
  '成果',
  '活动成果',
  '工作成果',
  '成效数量',
  '主要成果',
  '完成数量',
  '成果数量',
  '成果及数量',
  '实物量',
  '工作量',
  '数量',
]
const MOST = 20
const LONGEST_THING = 30
const LONGEST_UNIT = 8
const MOST_DECIMALS = 6

const REMEDY = '请写成“义务植树400株，清理垃圾3吨”的样子'
const fault = (reason: string, remedy = REMEDY): FieldProblem => ({ field: QUANTITIES, reason, remedy })

/** 义务植树400株，清理垃圾3吨: as a sentence says it. */
export const saidQuantities = (all: readonly Quantity[]): string =>
  all.map(({ what, amount, unit }) => what + amount + unit).join('，')

/** 义务植树 400 株；清理垃圾 3 吨: as a cell shows it; read back it is the same, whatever the words. */
export const shownQuantities = (all: readonly Quantity[]): string =>
  all.map(({ what, amount, unit }) => `${what} ${amount} ${unit}`).join('；')

/** Which ways of writing mean one unit. 株 and 棵 stay two: nobody has said that they are one. */
const SAME_UNIT: Record<string, string> = {
  '㎡': '平方米',
  'm²': '平方米',
  平米: '平方米',
  kg: '公斤',
  千克: '公斤',
  t: '吨',
  km: '公里',
  h: '小时',
}

/** Units that end by themselves where words follow: the longest is tried first. */
const KNOWN_UNITS = [
  ...[
    '人次',
    '场次',
    '人',
    '名',
    '位',
    '个',
    '家',
    '户',
    '次',
    '场',
    '期',
    '篇',
    '条',
    '份',
    '册',
    '本',
    '件',
    '张',
  ],
  ...[
    '辆',
    '对',
    '所',
    '间',
    '天',
    '分钟',
    '小时',
    '个小时',
    '课时',
    '学时',
    '亩',
    '棵',
    '株',
    '盆',
    '公里',
    '米',
  ],
  ...[
    '千米',
    '斤',
    '公斤',
    '千克',
    '吨',
    '克',
    '升',
    '毫升',
    '平方米',
    '平方公里',
    '公顷',
    '立方米',
    '元',
    '套',
    '把',
  ],
  ...[
    '副',
    '支',
    '台',
    '批',
    '车',
    '袋',
    '箱',
    '桶',
    '瓶',
    '包',
    '面',
    '块',
    '处',
    '条次',
    '组',
    '项',
    '座',
    '栋',
  ],
  ...Object.keys(SAME_UNIT),
].sort((a, b) => b.length - a.length)

const MAGNITUDES: Record<string, number> = { 百: 100, 千: 1000, 万: 10_000, 亿: 100_000_000 }
const APPROXIMATE = /约|近|余|多|左右|上下|几|数十|数百|大概|不足|超过|以上|以下|至少/
const APPROXIMATE_BEFORE = /(约|近|大概|不足|超过|至少|逾|超)$/

export interface ReadQuantities {
  quantities: Quantity[]
  problems: FieldProblem[]
}

/**
 * Reads one line of words: parts by 、，；。 and line breaks, or one after another where the unit is a usual one. A part
 * without a number, without a thing or with about a number is a problem, told with the part itself.
 */
export function readQuantities(text: string): ReadQuantities {
  const quantities: Quantity[] = []
  const problems: FieldProblem[] = []
  for (const part of partsOf(plain(text))) {
    const found = readPart(part)
    if ('problem' in found) problems.push(found.problem)
    else quantities.push(...found.quantities)
  }
  return problems.length > 0 ? { quantities, problems } : checkQuantities(quantities)
}

/** Full-width digits and marks become plain; separators of thousands go. */
const plain = (text: string): string =>
  text
    .replace(/[\uFF10-\uFF19\uFF0E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')
    .replace(/(?<!\d)(\d{1,3}(?:[,，]\d{3})+)(?!\d)/g, (digits) => digits.replace(/[,，]/g, ''))

const partsOf = (text: string): string[] =>
  text
    .split(/[、，,；;。\n\r]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

type Part = { quantities: Quantity[] } | { problem: FieldProblem }

/** As `shownQuantities` writes it: thing, amount and unit set apart are taken as they are. */
const APART = /^(\S.*?)\s+(\d+(?:\.\d+)?)\s+(\S+)$/

function readPart(part: string): Part {
  const apart = APART.exec(part)
  if (apart && !/\d/.test(apart[1] ?? '') && isWholeUnit(apart[3] ?? ''))
    return { quantities: [quantityOf(apart[1] ?? '', apart[2] ?? '', apart[3] ?? '')] }
  const text = part.replace(/\s+/g, '')
  const amounts = amountsIn(text)
  if (amounts.length === 0) return { problem: fault(`“${cut(part)}”里没有数量`) }
  const quantities: Quantity[] = []
  let from = 0
  for (const [at, one] of amounts.entries()) {
    const next = amounts[at + 1]
    const before = text.slice(from, one.index)
    const after = text.slice(one.end, next ? undefined : text.length)
    if (APPROXIMATE_BEFORE.test(before) || APPROXIMATE.test(after.slice(0, 2)))
      return { problem: fault(`“${cut(part)}”是约数`, '请填准确的数') }
    const { magnitude, unit, rest } = unitAt(after, next === undefined)
    if (unit === '') return { problem: fault(`“${cut(part)}”的数后面没有单位`) }
    const what = next || rest === '' ? before : before === '' ? rest : `${before}（${rest}）`
    if (what === '') return { problem: fault(`“${cut(part)}”没有写是什么`) }
    quantities.push(
      quantityOf(what.replace(/[:：共计]+$/, '') || what, multiply(one.digits, magnitude), unit),
    )
    from = one.end + after.length - rest.length
  }
  return { quantities }
}

/** An approximate word or a magnitude is no unit of its own. */
const isWholeUnit = (text: string) =>
  !/\d/.test(text) && !APPROXIMATE.test(text) && !(text[0] !== undefined && text[0] in MAGNITUDES)

interface Amount {
  index: number
  end: number
  digits: string
}

/** Numbers that count something: not those of 第3期, 2024年 or 五四3号; of several, those with a usual unit behind. */
function amountsIn(text: string): Amount[] {
  const all = [...text.matchAll(/\d+(?:\.\d+)?/g)].map((found) => ({
    index: found.index,
    end: found.index + found[0].length,
    digits: found[0],
  }))
  const counting = all.filter(
    ({ index, end }) => text[index - 1] !== '第' && !/^[年月日号届]/.test(text.slice(end)),
  )
  if (counting.length <= 1) return counting
  const known = counting.filter(({ end }) => knownUnitAt(withoutMagnitude(text.slice(end)).text) !== '')
  return known.length > 0 ? known : counting.slice(-1)
}

function withoutMagnitude(text: string): { magnitude: number; text: string } {
  const [first = ''] = text
  const factor = MAGNITUDES[first]
  // 千米 and 千克 are units; 百 or 千 before another unit is a magnitude.
  const isUnit = KNOWN_UNITS.some((unit) => unit.length > 1 && text.startsWith(unit))
  return factor === undefined || isUnit ? { magnitude: 1, text } : { magnitude: factor, text: text.slice(1) }
}

const knownUnitAt = (text: string): string => KNOWN_UNITS.find((unit) => text.startsWith(unit)) ?? ''

function unitAt(after: string, last: boolean): { magnitude: number; unit: string; rest: string } {
  const { magnitude, text } = withoutMagnitude(after)
  const known = knownUnitAt(text)
  if (known !== '') return { magnitude, unit: known, rest: text.slice(known.length) }
  return last ? { magnitude, unit: text, rest: '' } : { magnitude, unit: '', rest: text }
}

const quantityOf = (what: string, amount: string, unit: string): Quantity => ({
  what: what.trim(),
  amount: isDecimal(amount) ? exact(amount) : amount,
  unit: SAME_UNIT[unit.trim()] ?? unit.trim(),
})

const cut = (text: string) => (text.length > 20 ? `${text.slice(0, 20)}…` : text)

/** Rows as they were given: brought into their stored form, or what is wrong with them. */
export function checkQuantities(given: readonly Quantity[]): ReadQuantities {
  const quantities = given.map(({ what, amount, unit }) => quantityOf(what, String(amount), unit))
  const problems = quantities.flatMap((one) => faultOf(one) ?? [])
  const seen = new Set<string>()
  for (const one of quantities) {
    const key = keyOf(one)
    if (seen.has(key)) problems.push(fault(`“${one.what}”（${one.unit}）写了两次`, '请合成一项'))
    seen.add(key)
  }
  if (quantities.length > MOST) problems.push(fault(`一条记录最多 ${MOST} 项成果`, '请只留主要的'))
  return { quantities, problems }
}

function faultOf({ what, amount, unit }: Quantity): FieldProblem | null {
  if (what === '') return fault(`“${amount}${unit}”没有写是什么`)
  if (unit === '') return fault(`“${what}”没有写单位`)
  const marked = [what, unit].find((word) => /[、，,；;。\n\r]/.test(word))
  if (marked) return fault(`“${cut(marked)}”里有标点`, '一项只写一件事、一个单位，几项分开写')
  if (what.length > LONGEST_THING) return fault(`“${cut(what)}”太长`, `请缩短到 ${LONGEST_THING} 个字以内`)
  if (unit.length > LONGEST_UNIT || /\d/.test(unit))
    return fault(`“${cut(unit)}”不像单位`, '单位如：株、吨、份、户')
  if (!/^\d+(\.\d+)?$/.test(amount))
    return fault(`“${what}”的数量“${cut(amount)}”不是数`, '请只写数字，如 400 或 3.5')
  if ((amount.split('.')[1] ?? '').length > MOST_DECIMALS)
    return fault(`“${what}”的小数太多`, `最多 ${MOST_DECIMALS} 位小数`)
  if (compare(amount, '1000000000000') >= 0) return fault(`“${what}”的数太大`, '请核对位数')
  return compare(amount, 0) > 0 ? null : fault(`“${what}”的数量是 0`, '没有做的不用写')
}

const keyOf = ({ what, unit }: Quantity) => JSON.stringify([what, unit])

/** Added per thing and unit, in the order of their first appearance. */
export function addQuantities(all: Iterable<Quantity>): Quantity[] {
  const added = new Map<string, Quantity>()
  for (const one of all) {
    const known = added.get(keyOf(one))
    added.set(keyOf(one), known ? { ...known, amount: sum([known.amount, one.amount]) } : { ...one })
  }
  return [...added.values()]
}
