import { isDay } from '../../../../kernel/period.ts'
import { type FieldKit, fault } from './kit.ts'

const SHOWN = { day: 10, month: 7, year: 4 }
const CALLED = { day: '日期', month: '月份', year: '年份' }

/** One of which only the month or year is asked is kept as its first day. */
export const date: FieldKit = {
  title: '日期',
  holds: 'date',
  widget: 'day',
  check: ({ precision = 'day' }, given) => {
    const text = String(given)
    const whole = precision === 'day' ? text : `${text.slice(0, SHOWN[precision])}-01-01`.slice(0, 10)
    if (isDay(whole) && (text.length === SHOWN[precision] || isDay(text))) return { value: whole }
    return fault(
      `的“${text}”不是${CALLED[precision]}`,
      `请写成 ${'2024-03-12'.slice(0, SHOWN[precision])} 的样子`,
    )
  },
  show: ({ precision = 'day' }, value) => String(value).slice(0, SHOWN[precision]),
  sheet: { kind: 'date' },
}
