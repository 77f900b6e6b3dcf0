/** Header texts without their noise: line breaks, spaces, stars, numbering, brackets, units. */

import { squash } from './parse/text.ts'
import { knownUnit } from './parse/units.ts'

export interface HeaderText {
  /** Ways to read the header, the likeliest first. */
  forms: string[]
  unit?: string
}

const bare = (text: string) =>
  text
    .replace(/^[*★☆※●◆]+|[*★☆※:：;；。.,，、?？!！]+$/g, '')
    .replace(/^(\d{1,2}|[一二三四五六七八九十]{1,2})[.、]/, '')
    .replace(/["'“”‘’《》<>]/g, '')
    .replace(/[—–－~～]+/g, '-')
    .toLowerCase()

const BRACKETS = /[([【{〔]([^)\]】}〕]*)[)\]】}〕]?/g

const REMEMBERED = 20_000

/** Every target asks for the same few headers. */
export function remembered<Answer>(work: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, Answer>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const answer = work(text)
    if (known.size >= REMEMBERED) known.clear()
    known.set(text, answer)
    return answer
  }
}

/** 慰问金额（万元）* → forms ['慰问金额'], unit 万元; 参与（人次） also reads 参与人次. */
export const readHeader = remembered((text): HeaderText => {
  const flat = bare(squash(text))
  const inside = [...flat.matchAll(BRACKETS)].map((found) => (found[1] ?? '').replace(/^单位[:：]?/, ''))
  const outside = bare(flat.replace(BRACKETS, ''))
  const slashed = /^(.+)[/／](.{1,3})$/.exec(outside)
  const tailUnit = slashed?.[2] !== undefined && knownUnit(slashed[2]) !== null ? slashed : null
  const base = tailUnit?.[1] ?? outside
  const unit = inside.find((part) => knownUnit(part) !== null) ?? tailUnit?.[2]
  const whole = bare(flat.replace(/[()[\]【】{}〔〕]/g, ''))
  const counted = unit !== undefined && /^[人名]次?$/.test(unit) ? [`${base}人数`] : []
  const forms = [base, ...(unit === undefined ? [] : [base + unit]), ...counted, whole, outside].filter(
    (form) => form !== '',
  )
  return { forms: [...new Set(forms)], ...(unit === undefined ? {} : { unit }) }
})

const SAME: [RegExp, string][] = [
  [/应[交收纳]/g, '应缴'],
  [/[实已][交收缴纳]/g, '实缴'],
  [/[未欠][交缴纳]/g, '欠缴'],
  [/(居民|公民)?身份证?件?(号码|号|编号)|身份证$|证件号码|证件号/g, '身份证'],
  [/(联系|手机|移动)?(电话|手机)号?码?|联系方式|手机号码|手机号|手机/g, '电话'],
  [/(具体)?(年月日|年月|日期|时间)/g, '时间'],
  [/名称|名字|全称/g, '名'],
  [/团组织|机构/g, '组织'],
  [/总数量|总数|数量/g, '数'],
  [/团支部|支部/g, '支部'],
]
const HARMLESS =
  /是否|有无|的|之|所在|所属|所|具体|详细|本人|个人|团员|青年|现任|现|情况|信息|基本|填写|自然/g
/** 参加团员人数 is fewer than 参加人数: a number keeps the words that narrow it. */
const HARMLESS_FOR_NUMBERS = /的|之|具体|详细|情况|信息|填写/g

/** Words that say the same brought to one, harmless ones dropped: 团员所在支部名称 → 支部名. */
export const canonical = (form: string, ofNumber = false): string =>
  ofNumber ? canonicalNumber(form) : canonicalText(form)

const canonicalText = remembered((form) => brought(form, HARMLESS))
const canonicalNumber = remembered((form) => brought(form, HARMLESS_FOR_NUMBERS))

function brought(form: string, harmless: RegExp): string {
  const plain = form.replace(/[/／、]/g, '')
  const same = SAME.reduce((text, [pattern, word]) => text.replace(pattern, word), plain)
  const bared = same.replace(harmless, '').replace(/[或及和与]/g, '')
  return bared.replace(/(?<=.)名$/, '') || same
}

const SEQUENCE = new Set([
  '序号',
  '编号',
  '排序',
  '顺号',
  '序',
  'no',
  '№',
  '行号',
  '号',
  '次序',
  '顺序',
  '排序号',
  '项次',
  '序列',
  '顺序号',
  '#',
])

export const isSequenceHeader = (text: string) => readHeader(text).forms.some((form) => SEQUENCE.has(form))

/** How a confirmed mapping is remembered, whatever spaces the next sheet has. */
export const headerKey = (header: string) => squash(header).toLowerCase()

/** The unit that a header names, from the leaf upwards. */
export function unitOf(path: string[]): string | undefined {
  const texts: HeaderText[] = path.map(readHeader)
  return texts.reduceRight<string | undefined>((found, text) => found ?? text.unit, undefined)
}
