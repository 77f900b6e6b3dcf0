/** Names, phone numbers and ID numbers as they stand in cells. */
import type { Cell } from '../../../../../kernel/spreadsheet/workbook.ts'
import { checkIdNumber } from '../../../../structure/people/idNumber.ts'
import { isMask } from '../../../../structure/people/mask.ts'
import { askWhich, NOTHING, type Outcome, read, refuse, warn } from './outcome.ts'
import { isEmptyToken, squash, tidy } from './text.ts'

const ID_REMEDY: Record<string, string> = {
  length: '应为 18 位（老证 15 位），请核对。',
  characters: '请填居民身份证号码；没有号码可以先留空，以后补。',
  masked: '号码被遮住了，请填完整号码，或先留空，以后补。',
  birth: '第 7 到 14 位不是真实的出生日期，请核对。',
  digitsLost: '单元格存成了数字，末几位已经丢失：把这一列设为“文本”格式，对照证件重新录入。',
}
const ID_REASON: Record<string, string> = {
  length: '身份证号位数不对',
  characters: '不是身份证号',
  masked: '身份证号不完整',
  birth: '身份证号里的出生日期不对',
  digitsLost: '身份证号被存成了数字',
}

/** Our own sheets come back: what they do not show is not stated. */
const isHidden = (cell: Cell) => cell.kind === 'text' && isMask(tidy(cell.shown))

const hidden = () => warn(NOTHING, '号码没有写全，按没有填写处理', '要登记的请填完整的号码。')

export function parseIdNumber(cell: Cell): Outcome {
  if (isHidden(cell)) return hidden()
  if (cell.kind === 'number' || cell.kind === 'date') return idRefused('digitsLost')
  if (cell.kind !== 'text') return idRefused('characters')
  const check = checkIdNumber(cell.shown)
  if (!check.ok) return idRefused(check.reason)
  const outcome = read(check.idNumber)
  if (check.warnings.includes('upgradedFrom15')) return warn(outcome, '15 位老号码，已按规则升为 18 位')
  return check.warnings.includes('checkDigit')
    ? warn(outcome, '身份证号校验码不对', '请对照证件核对。')
    : outcome
}

const idRefused = (reason: string) =>
  refuse(ID_REASON[reason] ?? '不是身份证号', ID_REMEDY[reason] ?? '请核对。')

const PHONE_REMEDY = '请填 11 位手机号，或带区号的固定电话。'

export function parsePhone(cell: Cell): Outcome {
  if (isHidden(cell)) return hidden()
  if (cell.kind === 'date' || cell.kind === 'bool') return refuse('不是电话号码', PHONE_REMEDY)
  const text = cell.kind === 'number' ? String(cell.value) : tidy(cell.shown).replace(/^['’‘"]/, '')
  if (/^\d(\.\d+)?E\+?\d+$/i.test(squash(text)))
    return refuse('电话号码被存成了数字', '把这一列设为“文本”格式后重新录入。')
  const one = phoneOf(text)
  if (one !== null) return read(one)
  const several = text
    .split(/[、,;/\\\n]|\s{1,}|或/)
    .map((part) => part.trim())
    .filter(Boolean)
  const numbers = several.map(phoneOf)
  const first = numbers[0]
  if (several.length < 2 || first === undefined || first === null || numbers.includes(null)) {
    return refuse('电话号码位数不对', PHONE_REMEDY)
  }
  return warn(read(first, { note: `另有 ${several.length - 1} 个号码` }), '一格里有几个号码，取第一个')
}

/** Eleven digits of a mobile, or area code and number as 0739-5551234; null when neither. */
function phoneOf(text: string): string | null {
  const bare = text
    .replace(/[\s()（）·-]/g, '')
    .replace(/^(\+|00)86(?=\d{10,})/, '')
    .replace(/^86(?=1\d{10}$)/, '')
  if (/^1[3-9]\d{9}$/.test(bare)) return bare
  const fixed = /^(0(?:10|2\d|[3-9]\d{2}))([2-9]\d{6,7})$/.exec(bare)
  return fixed ? `${fixed[1]}-${fixed[2]}` : null
}

const HAN = /\p{Script=Han}/u
const NO_NAME = /支部|团委|总支|合计|小计|总计|负责人|填表|制表|审核|公司|学校|全体|村民|委员会|身份证|电话/
/** 团委书记张三: a post before the name. */
const TITLED = /^(.*(?:书记|主任|委员|干事|校长|老师|主席|镇长|乡长|部长|组长))(\p{Script=Han}{2,3})$/u
const NAME_REMEDY = '请一格只填一个人的姓名。'

/** Spaces spread one name's characters (张 三, 欧阳 锋); tokens of two and more are names of their own. */
function holdsSeveral(text: string): boolean {
  const tokens = text.split(/\s+/)
  return (
    tokens.length > 1 &&
    HAN.test(text) &&
    (tokens.length > 3 || tokens.every((token) => [...token].length > 1))
  )
}

/** 张 三 → 张三; 张三（兼） → 张三 with the note; dots of minority names made one. */
export function cleanName(raw: string): { name: string; note?: string } {
  const text = tidy(raw).replace(/[\s]*[•‧∙・●．.·﹒]\s*(?=\p{Script=Han})/gu, '·')
  const noted = /^(.+?)\s*[（([【]([^)）\]】]*)[)）\]】]?\s*$/u.exec(text)
  const bare = (noted?.[1] ?? text).replace(/[*＊★☆△▲#]+$/, '').trim()
  const joined = HAN.test(bare) && !holdsSeveral(bare) ? bare.replace(/\s+/g, '') : bare.replace(/\s+/g, ' ')
  return noted?.[2] ? { name: joined, note: noted[2].trim() } : { name: joined }
}

const isName = (name: string) =>
  !NO_NAME.test(name) &&
  (/^\p{Script=Han}{2,4}$/u.test(name) ||
    /^\p{Script=Han}{1,10}(·\p{Script=Han}{1,10}){1,4}$/u.test(name) ||
    /^[A-Za-z][A-Za-z .'-]{1,40}$/.test(name))

/** A long run of characters without a dot may be two people: asked about where the name says who the row is. */
export function parseName(cell: Cell, identifies: boolean): Outcome {
  if (cell.kind !== 'text') return refuse('不是姓名', NAME_REMEDY)
  const { name, note } = cleanName(cell.shown)
  if (isName(name)) return read(name, note === undefined ? {} : { note })
  const titled = identifies ? null : TITLED.exec(name)
  if (titled?.[2]) return warn(read(titled[2], { note: titled[1] ?? '' }), '姓名前的职务未计入')
  if (/[、，,；;/|]/.test(name) || holdsSeveral(name)) return refuse('一格里有几个人', NAME_REMEDY)
  const long = /^\p{Script=Han}{5,15}$/u.test(name) && !NO_NAME.test(name)
  if (!long) return refuse('不是姓名', NAME_REMEDY)
  if (!identifies && !/[和与及]/.test(name)) return warn(read(name), '姓名较长')
  return askWhich('姓名较长，可能不止一个人', NAME_REMEDY, [{ value: name, title: name }])
}

/** Names in one cell. 等12人 and what is no name go to the note. */
export function parsePeople(cell: Cell): Outcome {
  if (cell.kind !== 'text') return refuse('不是姓名', '请填姓名，几个人之间用顿号隔开。')
  const text = tidy(cell.shown)
  const tail = /\s*等?\s*(共?\s*\d+\s*[人名位]).*$/.exec(text)
  const names: string[] = []
  const notes: string[] = tail?.[1] ? [squash(tail[1])] : []
  const body = tail ? text.slice(0, tail.index) : text
  for (const part of splitNames(body)) {
    const { name, note } = cleanName(part)
    if (name === '' || isEmptyToken(name)) continue
    if (!isName(name)) return refuse(`“${name.slice(0, 12)}”不是姓名`, '请填姓名，几个人之间用顿号隔开。')
    if (!names.includes(name)) names.push(name)
    if (note) notes.push(`${name}：${note}`)
  }
  if (names.length === 0 && notes.length === 0) return NOTHING
  if (names.length === 0) return askWhich('只有人数，没有姓名', '请填姓名，或把人数填到人数一列。')
  return read(names, notes.length > 0 ? { note: notes.join('；') } : {})
}

/** By marks if there are any; else by spaces, unless these only spread one name's characters. */
function splitNames(text: string): string[] {
  const outside = text.replace(/[(（][^)）]*[)）]/g, (inside) => inside.replace(/[、，,；;/|\s]/g, '\u0001'))
  const restore = (part: string) => part.replaceAll('\u0001', '、').trim()
  const marked = outside
    .split(/[、，,；;/|\n\r\t]|和(?=\p{Script=Han}{2,3}$)/u)
    .map(restore)
    .filter(Boolean)
  return marked.flatMap((part) => {
    const tokens = part.split(/\s+/)
    return holdsSeveral(part) && tokens.every((token) => [...token].length > 1) ? tokens : [part]
  })
}
