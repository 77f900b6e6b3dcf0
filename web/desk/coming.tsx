/** 接下来两周: days of the calendar that a committee plans for, the end of the period, the end of a term. */
import { getBoard } from '../../domain/structure/appointments/contract.ts'
import { addDays } from '../../kernel/period.ts'
import { useFrame } from '../app/frameState.tsx'
import { useFetch } from '../app/queries.ts'
import { Sheet } from '../kit/Page.tsx'
import { leftUntil } from './due.ts'

/** Only days that stay the same in the solar calendar. */
const OCCASIONS: Record<string, string> = {
  '03-05': '学雷锋纪念日',
  '03-12': '植树节',
  '05-04': '五四青年节',
  '05-05': '建团纪念日',
  '06-01': '六一儿童节',
  '06-05': '世界环境日',
  '07-01': '建党纪念日',
  '08-01': '建军节',
  '10-01': '国庆节',
  '10-13': '少先队建队日',
  '12-04': '国家宪法日',
  '12-05': '国际志愿者日',
}
const DAYS = 14

interface ComingDay {
  day: string
  title: string
}

export function Coming() {
  const { org, period, today } = useFrame()
  const board = useFetch(getBoard, { params: { orgId: org.id }, query: {} }, { keepLast: true })
  const term = board.data?.term?.dueOn
  const days: ComingDay[] = Array.from({ length: DAYS + 1 }, (_, i) => addDays(today, i)).flatMap((day) => {
    const titles = [
      OCCASIONS[day.slice(5)],
      day === period.to ? `${period.label}结束，总结截止取数` : undefined,
      day === term ? '本届任期满' : undefined,
    ]
    return titles.flatMap((title) => (title ? [{ day, title }] : []))
  })
  if (days.length === 0) return null
  return (
    <Sheet title="接下来两周">
      <ul className="mz-coming">
        {days.map(({ day, title }) => (
          <li key={`${day} ${title}`}>
            <time dateTime={day}>
              {Number(day.slice(5, 7))}月{Number(day.slice(8))}日
            </time>
            <span>{title}</span>
            <small>{leftUntil(day, today)?.words}</small>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
