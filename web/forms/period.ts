/** Which period a blank form speaks of, by its own words. */
import type { Rhythm } from '../../domain/reports/forms/mapping.ts'
import { parsePeriod } from '../../kernel/period.ts'

const QUARTERS: Record<string, string> = {
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  1: '1',
  2: '2',
  3: '3',
  4: '4',
}

/** 2024年6月 of a title; without a year, that of `usual`. Undefined where nothing is said. */
export function periodNamed(words: string, rhythm: Rhythm, usual: string): string | undefined {
  const text = words.normalize('NFKC').replace(/\s/g, '')
  const year = /(20\d\d)(?:年|[-.])/.exec(text)?.[1] ?? usual.slice(0, 4)
  const found = {
    month: () => {
      const month = /(?<!\d)(1[0-2]|0?[1-9])月(?!\d*日)/.exec(text)?.[1]
      return month && `${year}-${month.padStart(2, '0')}`
    },
    quarter: () => {
      const quarter = /第?([一二三四1-4])季度/.exec(text)?.[1]
      return quarter && `${year}Q${QUARTERS[quarter]}`
    },
    half: () => {
      const half = /([上下])半年/.exec(text)?.[1]
      return half && `${year}H${half === '上' ? 1 : 2}`
    },
    year: () => /(20\d\d)年/.exec(text)?.[1],
  }[rhythm]()
  return found ? parsePeriod(found).id : undefined
}
