/** Enumerations by their titles, synonyms and codes; posts may follow an organisation's name. */
import type { TargetField, TargetOption } from '../../../../../kernel/spreadsheet/target.ts'
import type { Cell } from '../../../../../kernel/spreadsheet/workbook.ts'
import { type Outcome, read, refuse } from './outcome.ts'
import { isEmptyToken, squash } from './text.ts'

const key = (text: string) =>
  squash(text)
    .toUpperCase()
    .replace(/[。.;,]+$/, '')

const indexes = new WeakMap<TargetOption[], Map<string, string>>()

function indexOf(options: TargetOption[]): Map<string, string> {
  const known = indexes.get(options)
  if (known) return known
  const index = new Map<string, string>()
  for (const option of options) {
    for (const word of [option.title, option.value, ...(option.synonyms ?? [])]) {
      if (!index.has(key(word))) index.set(key(word), option.value)
    }
  }
  indexes.set(options, index)
  return index
}

const DRESSING = /(学历|文化程度|文化|程度|毕业|身份)$/
const LEAGUE_BODY = /(团支部|团总支|团委|团工委|支部|总支|委员会)$/
const OTHER_BODY = /党|妇|工会|少先队|村委|居委|村民|学生会/

function findValue(text: string, field: TargetField): string | null {
  return findWord(text, field)?.value ?? null
}

/** The option and the part of the text that named it. */
function findWord(text: string, field: TargetField): { value: string; word: string } | null {
  const index = indexOf(field.options ?? [])
  const word = key(text)
  const direct = index.get(word) ?? index.get(word.replace(DRESSING, ''))
  if (direct !== undefined) return { value: direct, word }
  if (!field.afterOrgName) return null
  for (let at = 1; at < word.length; at++) {
    const found = index.get(word.slice(at))
    const body = word.slice(0, at)
    if (found === undefined) continue
    const named = word.slice(at)
    const ofLeague = LEAGUE_BODY.test(body) || /^(团|支部|总支)/.test(named)
    return ofLeague && !OTHER_BODY.test(body) ? { value: found, word: named } : null
  }
  return null
}

/** Brackets that change what stands before them: 高中（在读） is no finished school. */
const QUALIFIED = /在读|肄业|结业|未|预备|拟|曾|原|待|不|非|退|前|辍/

/** 大专（函授） and 本科/学士 say one thing; 大专（本科在读） does not. */
function dressedValue(text: string, field: TargetField): string | null {
  const bracket = /^(.+?)[(（]([^)）]*)[)）]$/.exec(text)
  if (bracket?.[1] && !QUALIFIED.test(bracket[2] ?? '')) {
    const value = findValue(bracket[1], field)
    const inner = findValue(bracket[2] ?? '', field)
    return inner === null || inner === value ? value : null
  }
  const parts = text.split(/[/／]/).map((part) => findValue(part, field))
  return parts.length > 1 && parts.every((part) => part !== null && part === parts[0])
    ? (parts[0] ?? null)
    : null
}

export function parseChoice(cell: Cell, field: TargetField): Outcome {
  const text = squash(cell.kind === 'number' ? String(cell.value) : cell.shown)
  const options = field.options ?? []
  if (cell.kind === 'bool' || cell.kind === 'date') return unknown(field, options)
  if (!field.many) {
    const value = findValue(text, field) ?? dressedValue(text, field)
    return value === null ? unknown(field, options, text) : read(value)
  }
  return parseChoices(text, field)
}

/** 书记（兼） holds the post like any other; 书记（代） does not. */
export const HARMLESS_BRACKET = /[(（](兼|兼职|专职|挂职|兼任|主持工作|主持全面工作)[)）]/g

function parseChoices(raw: string, field: TargetField): Outcome {
  const text = raw.replace(HARMLESS_BRACKET, '')
  const whole = findWord(text, field)
  const parts = whole
    ? [text]
    : text.split(/[、,;，；/|+&和兼及]/).filter((part) => part !== '' && !isEmptyToken(part))
  const found: { value: string; word: string }[] = []
  for (const part of parts) {
    const one = findWord(part, field)
    if (one === null) return unknown(field, field.options ?? [], part)
    if (!found.some((known) => known.word === one.word)) found.push(one)
  }
  return read(
    found.map((one) => one.value),
    { words: found.map((one) => one.word) },
  )
}

function unknown(field: TargetField, options: TargetOption[], text = ''): Outcome {
  const titles = options.slice(0, 8).map((option) => option.title)
  const more = options.length > titles.length ? ' 等' : ''
  return refuse(
    text === '' ? `不是${field.title}` : `“${text.slice(0, 12)}”不在${field.title}的选项里`,
    `请填：${titles.join('、')}${more}。`,
  )
}

const YES = new Set(['是', '有', '√', '✓', '✔', '☑', '对', '1', 'Y', 'YES', 'TRUE', 'T', '已', '在', 'V'])
const NO = new Set([
  '否',
  '无',
  '没有',
  '×',
  '✗',
  '✘',
  'X',
  '不是',
  '非',
  '0',
  'N',
  'NO',
  'FALSE',
  'F',
  '未',
  '不在',
  '☐',
  '□',
])

/** A cell left blank says nothing; 无 and × say no. `title` lets 流动 stand for yes in a column 是否流动团员. */
export function parseYesNo(cell: Cell, title: string): Outcome {
  const word = key(cell.kind === 'number' ? String(cell.value) : cell.shown)
  if (YES.has(word)) return read(true)
  if (NO.has(word)) return read(false)
  const stem = key(title).replace(/^是否(为|是)?|^是不是/, '')
  const body = word.replace(/^(不是|未|非|不|否|没有|是|已)/, '')
  if (body.length >= 2 && stem.includes(body)) return read(!/^(不|未|非|否|没有)/.test(word))
  if (isEmptyToken(word)) return read(null)
  return refuse('认不出是或否', '请填“是”或“否”。')
}
