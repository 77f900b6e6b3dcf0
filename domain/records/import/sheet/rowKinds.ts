/** What a row below the header is: data, a total, a section heading, or something to be skipped with its reason. */
import type { TargetField } from '../../../../kernel/spreadsheet/target.ts'
import type { Cell } from '../../../../kernel/spreadsheet/workbook.ts'
import type { Grid } from './grid.ts'
import { chineseNumber, isEmptyToken, squash } from './parse/text.ts'

export interface MappedColumn {
  index: number
  field: TargetField
  unit?: string
}

/** Side by side tables are read one block of columns after another. */
export interface Block {
  from: number
  to: number
  columns: MappedColumn[]
  sequence: number | null
}

export type RowKind =
  | { kind: 'data' }
  | { kind: 'section'; text: string }
  | { kind: 'total'; label: string; scope: 'group' | 'all'; unlabelled?: true }
  | { kind: 'skip'; why: string; quiet?: true; ends?: true }

interface RowView {
  /** Filled cells outside the serial column. */
  filled: { index: number; cell: Cell; text: string }[]
  sequence: string
  mapped: Map<number, TargetField>
  width: number
  /** Columns that the first filled cell's merge spans. */
  span: number
}

const TOTAL =
  /^(?:(?<whose>.{0,10}?)(?<word>合计|小计|总计|共计|总合计)|累计|合计数|总数|总合)(人数|金额|数)?[:：]?(?<count>\d+(?:\.\d+)?(人|名|个|户|条|元|件|次)?)?$/
const COUNTED = /^(共|总共|共有|全镇共|全村共|合计共)\d+(人|名|个|户|条|场|次)[。.]?$/
const FOOTER =
  /^(填表|制表|填报|审核|复核|负责|联系|经办|分管|主管|领导|报送|统计|单位|校对|核对|审批|日期|时间|电话|盖章|团委书记|书记|签字|签名|主要负责)[^:：]{0,12}[:：]/
const FOOT_NOTE =
  /^(注|备注|说明|填表说明|填写说明|填报说明|附注|附|注意|备注说明|温馨提示|要求|提示)[:：.、\s(（\d]/
const PAGE_MARK = /^第.{0,6}页|^共.{0,4}页|^[-—]\d+[-—]$|以下空白|^[(（]?续[)）]?$|^续表/
const SIGNER =
  /^(填表人|制表人|填报人|审核人|复核人|制表|单位盖章|[(（]?盖章[)）]?|负责人签字|分管领导签字)[:：]?$/
const HINT = /必填|选填|请填|请选|下拉|填写|格式|例如|如[:：]|示例|不填|yyyy|自动生成/i
const SECTION_MARK =
  /^([一二三四五六七八九十百]+[、.．]|[(（][一二三四五六七八九十\d]+[)）]|第[一二三四五六七八九十\d]+[部组章节])/
const SECTION_END =
  /(团支部|支部|总支|团委|团工委|村|社区|居委会|村委会|委员会|学校|小学|中学|学院|班|公司|厂|局|所|站|中心|组|街道|镇|乡|院|队|协会|合作社|类|活动|机关)([(（].*[)）])?[:：]?$/

export function rowKindOf(grid: Grid, row: number, block: Block): RowKind {
  const view = viewOf(grid, row, block)
  if (view.filled.length === 0) {
    const why = view.sequence === '' ? '空行' : '只有序号'
    return { kind: 'skip', why, ...(view.sequence === '' ? { quiet: true as const } : {}) }
  }
  return (
    totalRow(view, block) ?? footRow(view) ?? hintRow(view) ?? sectionRow(view, block) ?? { kind: 'data' }
  )
}

function viewOf(grid: Grid, row: number, block: Block): RowView {
  const filled: RowView['filled'] = []
  for (let c = block.from; c < block.to; c++) {
    const cell = grid.cell(row, c)
    if (cell.kind !== 'empty' && c !== block.sequence)
      filled.push({ index: c, cell, text: squash(cell.shown) })
  }
  const sequenceCell = block.sequence === null ? null : grid.cell(row, block.sequence)
  const sequence = sequenceCell === null ? '' : squash(sequenceCell.shown)
  const serial = sequence === '' || /^[\d.]+$/.test(sequence) || chineseNumber(sequence) !== null
  if (!serial && sequenceCell && block.sequence !== null) {
    filled.unshift({ index: block.sequence, cell: sequenceCell, text: sequence })
  }
  const first = filled[0]
  const merge = first ? grid.merge(row, first.index) : undefined
  return {
    filled,
    sequence: serial ? sequence : '',
    mapped: new Map(block.columns.map((column) => [column.index, column.field])),
    width: block.to - block.from,
    span: merge ? merge.right - merge.left + 1 : 1,
  }
}

const NUMERIC = new Set(['integer', 'number', 'money'])

const isNumeric = (cell: Cell) =>
  cell.kind === 'number' || (cell.kind === 'text' && /^[\d,.%]+[人名元个次]?$/.test(squash(cell.shown)))

function totalRow(view: RowView, block: Block): RowKind | null {
  const texts = view.filled.filter(({ cell }) => !isNumeric(cell) && cell.kind === 'text')
  const label = texts.slice(0, 3).find(({ text }) => TOTAL.test(text) || COUNTED.test(text))
  const found = label ? TOTAL.exec(label.text) : null
  if (label && texts.length <= 3 && !(found?.groups?.whose && isDated(view))) {
    const group = found?.groups?.word === '小计' || Boolean(found?.groups?.whose)
    return { kind: 'total', label: label.text, scope: group ? 'group' : 'all' }
  }
  const summed = view.filled.some(({ cell }) => /\b(SUM|SUBTOTAL|COUNTA?)\(/i.test(cell.formula ?? ''))
  const naming = block.columns.filter(({ field }) => !NUMERIC.has(field.kind))
  const unnamed = naming.every(({ index }) => !view.filled.some((one) => one.index === index))
  const onlyNumbers = view.filled.every(({ cell }) => isNumeric(cell))
  const summing = block.columns.some(({ field }) => NUMERIC.has(field.kind))
  if (naming.length > 0 && summing && unnamed && onlyNumbers && (summed || view.sequence === '')) {
    return { kind: 'total', label: '合计', scope: 'all', ...(summed ? {} : { unlabelled: true as const }) }
  }
  return null
}

/** A row that says when something happened is an event, whatever its title ends with. */
const isDated = (view: RowView) =>
  view.filled.some(({ index }) => ['date', 'dateTime'].includes(view.mapped.get(index)?.kind ?? ''))

function footRow(view: RowView): RowKind | null {
  const [first] = view.filled
  if (!first) return null
  const alone = view.filled.length === 1
  if (alone && PAGE_MARK.test(first.text)) return { kind: 'skip', why: '页码或空白说明' }
  if (alone && /^\d{4}年\d{1,2}月(\d{1,2}日)?$/.test(first.text))
    return { kind: 'skip', why: '落款日期', ends: true }
  if (SIGNER.test(first.text)) return { kind: 'skip', why: '落款', ends: true }
  if (FOOT_NOTE.test(`${first.text} `) && view.filled.length <= 2)
    return { kind: 'skip', why: '表尾说明', ends: true }
  const labelled = view.filled.filter(({ text }) => FOOTER.test(text) || /^\S{2,8}[:：]/.test(text))
  if (FOOTER.test(first.text) && labelled.length >= view.filled.length * 0.5) {
    return { kind: 'skip', why: '落款', ends: true }
  }
  const long = view.filled.length === 1 && first.text.length > 40 && view.span > view.width * 0.5
  return long ? { kind: 'skip', why: '说明文字' } : null
}

/** A row of 必填, yyyy-mm-dd and the like below the header, an example, or the columns' own numbers. */
function hintRow(view: RowView): RowKind | null {
  const texts = view.filled.map(({ text }) => text)
  const hints = texts.filter((text) => HINT.test(text) || /^[(（].*[)）]$/.test(text))
  if (hints.length >= 2 && hints.length >= texts.length * 0.5) return { kind: 'skip', why: '填写提示' }
  if (
    /^(例|示例|样例|举例|范例|例如)[\d:：]?$/.test(view.filled[0]?.text ?? '') ||
    /^(例|示例|样例)[:：]/.test(texts[0] ?? '')
  ) {
    return { kind: 'skip', why: '示例' }
  }
  const numbers = [view.sequence, ...texts].filter((text) => text !== '')
  const counted =
    numbers.length >= 3 && numbers.every((text, i) => i === 0 || Number(text) === Number(numbers[0]) + i)
  if (counted && view.filled.length >= view.width * 0.7) return { kind: 'skip', why: '列号' }
  return null
}

function sectionRow(view: RowView, block: Block): RowKind | null {
  const telling = view.filled.filter(({ text }) => !isEmptyToken(text))
  const [only] = telling
  if (!only || telling.length > 1 || only.cell.kind !== 'text') return null
  const marked = SECTION_MARK.test(only.text) || chineseNumber(view.sequence) !== null
  const wide = view.span >= Math.max(2, Math.ceil(view.width * 0.5))
  const field = view.mapped.get(only.index)
  const ownName = field?.required === true && field.kind !== 'name'
  const named = SECTION_END.test(only.text) && block.columns.length > 2 && view.sequence === '' && !ownName
  if (!marked && !wide && !named) return null
  if (wide && only.text.length > 40) return null
  return { kind: 'section', text: sectionText(only.text) }
}

/** 一、柳河村团支部（12人）： → 柳河村团支部. */
export const sectionText = (text: string) =>
  squash(text)
    .replace(SECTION_MARK, '')
    .replace(/^\d+[.、．]/, '')
    .replace(/[(（](共?\d+[人名个]?|续)[)）]/g, '')
    .replace(/[:：]$/, '')
