/** What the lists of people are narrowed by, in words. */
import type { Chip } from '../kit/Chips.tsx'
import type { ListState } from '../kit/list.ts'
import { ageFilter } from './filters.tsx'
import type { Choice } from './words.ts'

/** By name in the list's state: what yes and no mean, or a title with the choices it takes. */
export type FilterTitles = Record<
  string,
  { yes: string; no: string } | { title: string; choices?: readonly Choice[] }
>

const DEPTHS: Record<string, string> = { '0': '只看本级', '1': '本级和直接下级' }

export function peopleChips(list: ListState, titles: FilterTitles): Chip[] {
  const { filters, text } = list
  const one = (key: string, words: string): Chip => ({ key, words, clear: () => list.setFilter(key, '') })
  const said = Object.entries(titles).flatMap(([key, about]) => {
    const value = filters[key]
    if (!value) return []
    if ('yes' in about) return [one(key, value === 'yes' ? about.yes : about.no)]
    return [one(key, `${about.title}：${key === 'age' ? agesInWords(value) : valuesInWords(value, about)}`)]
  })
  return [
    ...(text ? [{ key: 'text', words: `姓名含“${text}”`, clear: () => list.setText('') }] : []),
    ...(filters.depth ? [one('depth', DEPTHS[filters.depth] ?? '')] : []),
    ...said,
  ]
}

const valuesInWords = (value: string, { choices = [] }: { choices?: readonly Choice[] }) =>
  value
    .split(',')
    .map((v) => choices.find((c) => c.value === v)?.title ?? v)
    .join('、')

function agesInWords(value: string): string {
  const { from, to } = ageFilter(value)
  if (from !== null && to !== null) return `${from} 至 ${to} 岁`
  return from === null ? `${to} 岁及以下` : `${from} 岁及以上`
}
