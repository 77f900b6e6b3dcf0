/** Counts, amounts and their units. An approximate number is refused: a figure must open to exact rows. */
import type { Cell } from '../../../../../kernel/spreadsheet/workbook.ts'
import { askWhich, type Outcome, read, refuse } from './outcome.ts'
import { chineseNumber, tidy } from './text.ts'
import { unitFactor, unitInFormat } from './units.ts'

export interface NumberRule {
  kind: 'integer' | 'number' | 'money'
  /** In which values are stored. */
  unit?: string
  /** That the header states: 经费（万元） → 万元. */
  headerUnit?: string
  minimum?: number
  maximum?: number
}

const REMEDY = '请只填数字，如 30 或 1200.50。'

export function parseNumber(cell: Cell, rule: NumberRule): Outcome {
  if (cell.kind === 'date') return refuse('单元格是日期格式，不是数', '请把单元格改为“常规”格式后重填。')
  if (cell.kind === 'number') {
    const percent = cell.format?.includes('%') ?? false
    const unit = percent ? '%' : unitInFormat(cell.format ?? '')
    return scaled({ value: Number(cell.value) * (percent ? 100 : 1), unit, magnitude: 1 }, rule)
  }
  if (cell.kind !== 'text') return refuse('不是数', REMEDY)
  const amount = readAmount(tidy(cell.shown).replace(/\s+/g, ''))
  return 'value' in amount ? scaled(amount, rule) : refuse(amount.reason, amount.remedy)
}

interface Amount {
  value: number
  unit?: string | undefined
  magnitude: number
}

const MAGNITUDES: Record<string, number> = {
  百: 100,
  千: 1000,
  万: 10_000,
  十万: 100_000,
  百万: 1e6,
  千万: 1e7,
  亿: 1e8,
}

function readAmount(text: string): Amount | { reason: string; remedy: string } {
  const bare = text.replace(/^(人民币|RMB|[¥￥])/i, '').replace(/(\d元)整$/, '$1')
  if (/约|近|余|多|左右|上下|几|数|大概|不足|超|以上|以下|至少|[<>≥≤]|\+$/.test(bare)) {
    return { reason: '这是约数', remedy: '请填准确的数。' }
  }
  const digits = /^([-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[-−]?\.\d+)(.*)$/.exec(bare)
  if (digits)
    return withUnit(Number((digits[1] ?? '').replaceAll(',', '').replace('−', '-')), digits[2] ?? '')
  const chinese = /^([零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟]+)(.*)$/.exec(bare)
  const value = chinese ? chineseNumber(chinese[1] ?? '') : null
  if (value !== null && chinese) return withUnit(value, chinese[2] ?? '')
  return { reason: '不是数', remedy: REMEDY }
}

function withUnit(value: number, rest: string): Amount | { reason: string; remedy: string } {
  const found = /^(十万|百万|千万|百|千|万|亿)?([^\d\s,.+\-*/=~]*)$/.exec(rest)
  if (!found)
    return { reason: /^[-~—–至到]\d/.test(rest) ? '这是范围，不是一个数' : '不是数', remedy: REMEDY }
  const magnitude = found[1] === undefined ? 1 : (MAGNITUDES[found[1]] ?? 1)
  return { value: value * magnitude, magnitude, ...(found[2] ? { unit: found[2] } : {}) }
}

function scaled({ value, unit, magnitude }: Amount, rule: NumberRule): Outcome {
  const factor = factorOf(unit, magnitude, rule)
  if (typeof factor !== 'number') return factor
  const exact = Number((value * factor).toFixed(6))
  if (!Number.isFinite(exact) || Math.abs(exact) > 1e15) return refuse('数太大', '请核对单位和位数。')
  return withinRule(exact, rule)
}

/** A unit in the cell must agree with the header's; without one, the header's holds. */
function factorOf(unit: string | undefined, magnitude: number, rule: NumberRule): number | Outcome {
  const headerFactor = rule.headerUnit === undefined ? 1 : unitFactor(rule.headerUnit, rule.unit)
  if (headerFactor === null)
    return refuse(`表头单位“${rule.headerUnit}”与“${rule.unit ?? '无单位'}”不符`, '请改用本列的单位。')
  if (unit === undefined) {
    if (magnitude === 1 || headerFactor === 1) return headerFactor
    return askWhich(`表头单位是${rule.headerUnit}，单元格里又写了量级`, '请只填数字。')
  }
  const own = unitFactor(unit, rule.unit)
  if (own === null) {
    return refuse(
      `单位“${unit.slice(0, 6)}”与本列${rule.unit ? `的“${rule.unit}”不符` : '不符'}`,
      '请只填数字，或改用本列的单位。',
    )
  }
  const agree = rule.headerUnit === undefined || own * magnitude === headerFactor || own === headerFactor
  return agree
    ? own
    : askWhich(`单元格的单位“${unit}”与表头的“${rule.headerUnit}”不一致`, '请按表头的单位只填数字。')
}

function withinRule(value: number, rule: NumberRule): Outcome {
  if (rule.kind === 'integer' && !Number.isInteger(value)) return refuse('应是整数', '请填整数。')
  if (rule.kind === 'money' && Math.abs(value * 100 - Math.round(value * 100)) > 1e-6) {
    return askWhich('金额超过两位小数', '请填到分。', [
      { value: value.toFixed(2), title: `${value.toFixed(2)} 元` },
    ])
  }
  if (value < (rule.minimum ?? 0)) return refuse(`不能小于 ${rule.minimum ?? 0}`, '请核对。')
  if (rule.maximum !== undefined && value > rule.maximum)
    return refuse(`不能大于 ${rule.maximum}`, '请核对。')
  return read(value)
}
