/** The period picker: half-years, quarters, months, 今年以来, any two days; and 截至, which cuts it short. */
import { CalendarOutlined, DownOutlined } from '@ant-design/icons'
import { Button, DatePicker, Popover } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { dateInWords, dayRange, parsePeriod } from '../../kernel/period.ts'
import { useFrame } from './frameState.tsx'

export function PeriodSwitch() {
  const { period, until, today } = useFrame()
  const [open, setOpen] = useState(false)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      content={<Choices key={period.id} close={() => setOpen(false)} />}
    >
      <button type="button" className="mz-switch" aria-label={`时段：${labelOf(period.id, until, today)}`}>
        <CalendarOutlined />
        <span>{labelOf(period.id, until, today)}</span>
        <DownOutlined className="mz-switch-arrow" />
      </button>
    </Popover>
  )
}

function labelOf(id: string, until: string | null, today: string): string {
  const period = parsePeriod(id)
  if (!until || until >= period.to) return period.label
  if (until === today && id === today.slice(0, 4)) return '今年以来'
  return `${period.label}，截至${dateInWords(until, 'day', { withinYear: Number(period.from.slice(0, 4)) })}`
}

function Choices({ close }: { close: () => void }) {
  const { period, until, today, setPeriod } = useFrame()
  const [year, setYear] = useState(Number(period.from.slice(0, 4)))
  const choose = (id: string, cut: string | null = null) => {
    setPeriod(id, cut)
    close()
  }
  const isNow = (id: string) => period.id === id && !until
  const choice = (id: string, title: string) => (
    <Button key={id} type="text" className={isNow(id) ? 'mz-chosen' : ''} onClick={() => choose(id)}>
      {title}
    </Button>
  )
  return (
    <div className="mz-periods">
      <div className="mz-periods-year">
        <Button type="text" aria-label="上一年" onClick={() => setYear(year - 1)}>
          ‹
        </Button>
        <strong>{year}年</strong>
        <Button type="text" aria-label="下一年" onClick={() => setYear(year + 1)}>
          ›
        </Button>
        <span />
        <Button type="text" onClick={() => choose(today.slice(0, 4), today)}>
          今年以来
        </Button>
      </div>
      <div className="mz-periods-grid mz-periods-3">
        {choice(`${year}H1`, '上半年')}
        {choice(`${year}H2`, '下半年')}
        {choice(`${year}`, '全年')}
      </div>
      <div className="mz-periods-grid mz-periods-4">
        {['一', '二', '三', '四'].map((word, i) => choice(`${year}Q${i + 1}`, `${word}季度`))}
      </div>
      <div className="mz-periods-grid mz-periods-6">
        {Array.from({ length: 12 }, (_, i) =>
          choice(`${year}-${String(i + 1).padStart(2, '0')}`, `${i + 1}月`),
        )}
      </div>
      <div className="mz-periods-row">
        <span>起止</span>
        <DatePicker.RangePicker
          value={period.id.includes('..') ? [dayjs(period.from), dayjs(period.to)] : null}
          onChange={(days) => {
            const [from, to] = days ?? []
            if (from && to) choose(dayRange(from.format('YYYY-MM-DD'), to.format('YYYY-MM-DD')).id)
          }}
        />
      </div>
      <div className="mz-periods-row">
        <span>截至</span>
        <DatePicker
          placeholder="时段最后一天"
          value={until ? dayjs(until) : null}
          minDate={dayjs(period.from)}
          maxDate={dayjs(parsePeriod(period.id).to)}
          onChange={(day) => choose(period.id, day ? day.format('YYYY-MM-DD') : null)}
        />
      </div>
    </div>
  )
}
