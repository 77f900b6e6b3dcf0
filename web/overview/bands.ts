/** How tiles are told apart: in words first, then by tone, so that neither colour nor print is needed to read them. */

import { type Coverage, type CoverageTile, LAST_RECORD } from '../../domain/indicators/overview/contract.ts'
import { measure } from '../../kernel/measureId.ts'

export interface Question {
  title: string
  measure: string
  where?: string
}

/** What is asked most of a township's villages; those without such a ledger are left out. */
export const QUESTIONS: Question[] = [
  { title: '有没有台账记录', measure: measure('record.count') },
  { title: '多久没有记录了', measure: LAST_RECORD },
  { title: '青年之家', measure: measure('youthHome.count') },
  { title: '团支部', measure: measure('org.branches') },
  { title: '主题活动', measure: measure('themeActivity.count') },
  { title: '主题团日', measure: measure('themeActivity.count'), where: '{"kind":"themeDay"}' },
  { title: '志愿服务', measure: measure('volunteering.count') },
  { title: '团员', measure: measure('members.count') },
]

export interface Band {
  tone: 'none' | 'zero' | 'low' | 'middle' | 'high'
  title: string
  holds: (tile: CoverageTile) => boolean
}

const NONE: Band = { tone: 'none', title: '还没有记录（虚线）', holds: (t) => t.value === null }

/** Three bands of about as many tiles each between what is not there and the most. */
export function bandsOf({ question, tiles, unit }: Coverage): Band[] {
  if (!question) return BY_DAYS.filter((b) => tiles.some(b.holds))
  const values = tiles.flatMap((t) => (typeof t.value === 'number' && t.value > 0 ? [t.value] : []))
  const sorted = [...new Set(values)].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  const [second, third] = [at(1 / 3), at(2 / 3)]
  const number = (t: CoverageTile) => (typeof t.value === 'number' ? t.value : 0)
  const say = (n: number) => Math.round(n * 10) / 10
  const bands: Band[] = [
    NONE,
    { tone: 'zero', title: `0 ${unit}`, holds: (t) => t.value === 0 },
    { tone: 'low', title: `不到 ${say(second)} ${unit}`, holds: (t) => number(t) > 0 && number(t) < second },
    {
      tone: 'middle',
      title: `${say(second)} 至不到 ${say(third)} ${unit}`,
      holds: (t) => number(t) >= second && number(t) < third,
    },
    { tone: 'high', title: `${say(third)} ${unit}及以上`, holds: (t) => number(t) > 0 && number(t) >= third },
  ]
  return bands.filter((b) => tiles.some(b.holds))
}

const days = (low: number, high: number) => (t: CoverageTile) =>
  typeof t.value === 'number' && t.value >= low && t.value <= high

const BY_DAYS: Band[] = [
  NONE,
  { tone: 'zero', title: '90 天以前', holds: days(91, Number.POSITIVE_INFINITY) },
  { tone: 'low', title: '31 至 90 天前', holds: days(31, 90) },
  { tone: 'high', title: '30 天以内', holds: days(0, 30) },
]

export const bandOf = (bands: Band[], tile: CoverageTile): Band => bands.find((b) => b.holds(tile)) ?? NONE
