/** A first draft of a ledger from the spreadsheet that an office has been keeping: columns become fields. Browser-safe. */
import type { LedgerDefinition, LedgerField, ParticipantRole } from '../definition.ts'
import { type FieldType, isChosen } from '../fields/types.ts'
import { standardMeasures, standardSentences } from './standard.ts'

export interface GuessedColumn {
  header: string
  /** What the column becomes. 'skip': numbers of order and the like. */
  as: 'title' | 'day' | 'org' | 'personTimes' | 'people' | 'skip' | FieldType
  unit?: string
  samples: string[]
}

export interface GuessedSheet {
  title: string
  columns: GuessedColumn[]
}

/** Cells of a copied range: tabs between columns, lines between rows; or a plain list of names. */
export function rowsOfPaste(text: string): string[][] {
  const lines = text
    .replace(/\r/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
  const divide = (line: string) => (line.includes('\t') ? line.split('\t') : line.split(/[,，、;；|]/))
  return lines.map((line) => divide(line).map((cell) => cell.trim().replace(/^"|"$/g, '')))
}

const SEARCHED_ROWS = 12
const SAMPLES = 30

/** Null where there is no row that could be a header. */
export function guessSheet(rows: string[][]): GuessedSheet | null {
  const filled = rows.map((row) => row.filter((cell) => cell.trim() !== ''))
  const most = Math.max(0, ...filled.slice(0, SEARCHED_ROWS).map((row) => row.length))
  const at = filled
    .slice(0, SEARCHED_ROWS)
    .findIndex((row) => row.length >= Math.max(1, most * 0.6) && row.every((cell) => !isFigure(cell)))
  const header = rows[at]
  if (!header || (at > 0 && most < 2)) return null
  const below = rows.slice(at + 1).filter((row) => !row.some((cell) => /^(合计|总计|小计)/.test(cell.trim())))
  const columns = header.flatMap((text, index) => {
    const samples = below.flatMap((row) => row[index]?.trim() || []).slice(0, SAMPLES)
    return text.trim() ? [columnOf(text, samples)] : []
  })
  const title = filled.slice(0, at).find((row) => row.length === 1)?.[0] ?? ''
  return { title: titleOf(title), columns: once(columns) }
}

const isFigure = (cell: string) => /^[\d.,%/-]+$/.test(cell.trim())

/** 青石镇2024年无偿献血登记表 → 无偿献血. */
export const titleOf = (text: string): string =>
  text
    .replace(/[(（].*?[)）]/g, '')
    .replace(/^.*?(?:\d{4}|二[〇○零]..)年度?/, '')
    .replace(/^(上半年|下半年|第.季度|\d{1,2}月份?)/, '')
    .replace(/(情况)?(登记|统计|汇总|明细|信息|报名|花名|记录)*(表|册|台账|名单)$/, '')
    .trim()

/** Of two columns for the same common place the first has it. */
function once(columns: GuessedColumn[]): GuessedColumn[] {
  const taken = new Set<string>()
  return columns.map((column) => {
    if (!['title', 'day', 'org', 'personTimes'].includes(column.as)) return column
    if (!taken.has(column.as)) {
      taken.add(column.as)
      return column
    }
    const other = { title: 'text', day: 'date', org: 'org', personTimes: 'integer' } as const
    return { ...column, as: other[column.as as keyof typeof other] }
  })
}

const WORDS: [RegExp, GuessedColumn['as']][] = [
  [/^(序号|编号|号)$/, 'skip'],
  [/地点|地址|场所|位置/, 'place'],
  [/(时间|日期|年月|日)$/, 'day'],
  [/人次|人数/, 'personTimes'],
  [/(联系人|负责人|经办人|主讲|主持|校长|领队|带队)/, 'person'],
  [/(姓名|名单|人员|献血者|志愿者|参加者|对象)$/, 'people'],
  [/(企业|公司)/, 'enterprise'],
  [/(授予|发证|审批|合作|帮扶|捐赠|接收).*单位/, 'org'],
  [/(团组织|团支部|支部|团委|单位|组织|学校|村)(名称)?$/, 'org'],
  [/(备注|说明)/, 'text'],
  [/(名称|主题|题目|标题|事项|活动)$/, 'title'],
  [/(内容|简介|情况|经过)/, 'longText'],
  [/(链接|网址)/, 'link'],
  [/^是否|有无/, 'yesNo'],
]
const MONEY = /金额|经费|资金|费用|款|元/
const UNITS = /[(（[]\s*(?:单位[:：])?([^)）\]]{1,6})\s*[)）\]]/
const COUNTED = /(量|数|毫升|小时|时长|面积|重量)$/
const NOT_UNITS = /^(必填|选填|可选|是|否|年月日|格式)/

function columnOf(text: string, samples: string[]): GuessedColumn {
  const flat = text.replace(/[\s*★]/g, '')
  const inBrackets = UNITS.exec(flat)?.[1]
  const unit = inBrackets && !NOT_UNITS.test(inBrackets) ? inBrackets : undefined
  const header = flat.replace(UNITS, '').replace(/[:：]$/, '') || flat
  const as = kindOf(header, unit, samples)
  return { header, as, samples, ...(unit && (as === 'number' || as === 'integer') && { unit }) }
}

const all = (samples: string[], pattern: RegExp) =>
  samples.length > 0 && samples.every((s) => pattern.test(s))
const DAY = /^(\d{4}[-./年]\d{1,2}([-./月]\d{1,2}日?|月)?|\d{1,2}月\d{1,2}日)/

function kindOf(header: string, unit: string | undefined, samples: string[]): GuessedColumn['as'] {
  const byWord = WORDS.find(([pattern]) => pattern.test(header))?.[1]
  const numeric = all(samples, /^-?[\d,]+(\.\d+)?$/)
  if (byWord === 'skip') return 'skip'
  if (byWord === 'day' && !numeric) return 'day'
  if (byWord === 'personTimes' && (numeric || samples.length === 0)) return 'personTimes'
  if (unit && /^万?元$/.test(unit)) return 'money'
  if (numeric || (samples.length === 0 && (unit || COUNTED.test(header) || MONEY.test(header)))) {
    if (MONEY.test(header)) return 'money'
    return samples.some((s) => s.includes('.')) ? 'number' : 'integer'
  }
  if (all(samples, DAY)) return 'date'
  if (all(samples, /^(是|否|有|无|√|×)$/)) return 'yesNo'
  if (byWord && byWord !== 'yesNo') return byWord
  if (isChoice(samples)) return 'choice'
  return samples.some((s) => s.length > 40) ? 'longText' : (byWord ?? 'text')
}

/** Few short values that come again. */
function isChoice(samples: string[]): boolean {
  const values = new Set(samples)
  return (
    samples.length >= 4 &&
    values.size >= 2 &&
    values.size <= samples.length / 2 &&
    values.size <= 10 &&
    samples.every((s) => s.length <= 12)
  )
}

/** Ids of what was guessed and of what is added later: short, in order, never seen by anybody. */
const fieldId = (at: number) => `f${at + 1}`

const COMMON = new Set<string>(['title', 'day', 'personTimes', 'people', 'skip'])

/** The columns as a whole declaration, with the usual measures and sentences. */
export function ledgerFrom({ title, columns }: GuessedSheet, line: string): LedgerDefinition {
  const one = (as: GuessedColumn['as']) => columns.find((c) => c.as === as)
  const [name, day, org, times] = (['title', 'day', 'org', 'personTimes'] as const).map(one)
  const roles = columns.filter((c) => c.as === 'people').map(roleOf)
  const fields = columns.filter((c) => c !== org && !COMMON.has(c.as)).map(fieldOf)
  const numbered = fields.map((field, at) => ({ ...field, id: fieldId(at) }))
  const shown = title || '新台账'
  const draft: LedgerDefinition = {
    id: '',
    title: shown,
    line,
    order: 990,
    about: `${shown}的记录。`,
    sheetTitles: title ? [title] : [],
    measureWord: '次',
    name: name ? { label: name.header } : { label: '名称', fallback: `{day}${shown}` },
    ...(org && { org: { synonyms: [org.header] } }),
    day: { label: day?.header ?? '日期' },
    ...((times || roles.length > 0) && { personTimes: { label: times?.header ?? '参加人次' } }),
    roles: times && roles.length === 0 ? [{ id: 'p1', title: '参加' }] : roles,
    photos: true,
    fields: numbered,
    measures: [],
    sentences: [],
  }
  const measured = { ...draft, measures: standardMeasures(draft) }
  return { ...measured, sentences: standardSentences(measured) }
}

const roleOf = ({ header }: GuessedColumn, at: number): ParticipantRole => {
  const title = header.replace(/(人员)?(姓名|名单)$/, '') || '参加'
  return { id: `p${at + 1}`, title, ...(title !== header && { synonyms: [header] }) }
}

function fieldOf({ header, as, unit, samples }: GuessedColumn): LedgerField {
  const values = [...new Set(samples)]
  const type = as as FieldType
  return {
    id: '',
    title: header,
    type,
    usedBy: '统计、备查',
    ...(unit && { unit }),
    ...(isChosen({ type }) && {
      options: values.map((title, at) => ({ value: `o${at + 1}`, title })),
    }),
  }
}
