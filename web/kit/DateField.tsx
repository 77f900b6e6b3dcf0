/** A date of which as much is kept as is known: 日, 月 or 年. */
import { DatePicker, Segmented } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { DatePrecision } from '../../kernel/period.ts'

export interface PreciseDate {
  /** 'YYYY-MM-DD'; of a month or a year its first day. */
  day: string
  precision: DatePrecision
}

export interface DateFieldProps {
  value: PreciseDate | null
  onChange: (value: PreciseDate | null) => void
  /** Which precisions may be chosen; only 日 unless said. */
  precisions?: DatePrecision[]
  id?: string
  /** No later than this day. */
  max?: string
  disabled?: boolean
}

const WORDS = { day: '日', month: '月', year: '年' } as const
const PICKERS = { day: 'date', month: 'month', year: 'year' } as const
const FORMATS = {
  day: ['YYYY-MM-DD', 'YYYYMMDD', 'YYYY.M.D', 'YYYY/M/D', 'YYYY年M月D日', 'M-D'],
  month: ['YYYY-MM', 'YYYYMM', 'YYYY.M', 'YYYY年M月'],
  year: ['YYYY'],
}

export function DateField({ value, onChange, precisions = ['day'], id, max, disabled }: DateFieldProps) {
  const [wanted, setWanted] = useState(precisions[0] ?? 'day')
  const precision = value?.precision ?? wanted
  return (
    <span className="mz-date">
      <DatePicker
        {...(id ? { id } : {})}
        disabled={disabled ?? false}
        picker={PICKERS[precision]}
        format={FORMATS[precision]}
        value={value ? dayjs(value.day) : null}
        onChange={(chosen) =>
          onChange(chosen ? { day: firstDay(chosen.format('YYYY-MM-DD'), precision), precision } : null)
        }
        {...(max ? { maxDate: dayjs(max) } : {})}
      />
      {precisions.length > 1 && (
        <Segmented
          size="small"
          aria-label="日期精确到"
          value={precision}
          onChange={(next) => {
            setWanted(next)
            if (value) onChange({ day: firstDay(value.day, next), precision: next })
          }}
          options={precisions.map((p) => ({ value: p, label: WORDS[p] }))}
        />
      )}
    </span>
  )
}

function firstDay(day: string, precision: DatePrecision): string {
  if (precision === 'year') return `${day.slice(0, 4)}-01-01`
  return precision === 'month' ? `${day.slice(0, 7)}-01` : day
}

/** A day only, as text. */
export function DayField(props: {
  value: string | null
  onChange: (day: string | null) => void
  id?: string
  max?: string
}) {
  const { value, onChange, ...rest } = props
  return (
    <DateField
      {...rest}
      value={value ? { day: value, precision: 'day' } : null}
      onChange={(next) => onChange(next?.day ?? null)}
    />
  )
}

/** '2024-03-12', '2024-03' or '2024': as people and tables write it, and as the server takes loose dates. */
export function looseDate(value: PreciseDate | null): string | null {
  if (!value) return null
  return value.day.slice(0, { day: 10, month: 7, year: 4 }[value.precision])
}
