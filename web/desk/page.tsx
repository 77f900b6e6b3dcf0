/** 工作台: what is due and to whom, this period's figures, the latest records, and a quick way to record. */
import { useFrame } from '../app/frameState.tsx'
import { useMe } from '../app/me.ts'
import { Page } from '../kit/Page.tsx'
import { Coming } from './coming.tsx'
import { DeskFigures } from './figures.tsx'
import { LatestRecords } from './latest.tsx'
import { RecordShortcuts } from './shortcuts.tsx'
import { SilentOrgs } from './silent.tsx'
import { ToDo } from './toDo.tsx'
import { Tour } from './tour.tsx'
import './desk.css'

const WEEKDAYS = '日一二三四五六'

/** 11月22日 周日 */
function dayOfWeek(day: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  return `${at.getUTCMonth() + 1}月${at.getUTCDate()}日 周${WEEKDAYS[at.getUTCDay()]}`
}

export function DeskPage() {
  const { org, today } = useFrame()
  const me = useMe()
  return (
    <Page title={`${me.name}，${org.name}`} tabTitle="工作台" about={dayOfWeek(today)}>
      <Tour />
      <div className="mz-desk">
        <div className="mz-desk-main">
          <ToDo />
          <DeskFigures />
          <LatestRecords />
        </div>
        <div className="mz-desk-side">
          <RecordShortcuts />
          <Coming />
          <SilentOrgs />
        </div>
      </div>
    </Page>
  )
}
