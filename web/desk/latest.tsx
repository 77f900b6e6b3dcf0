/** 最近台账: what was recorded last, here and below, with pictures. */
import { getAttachment, type RecordRow, recentRecords } from '../../domain/records/ledgers/contract.ts'
import { GoLink, paths } from '../app/address.tsx'
import { addressOf } from '../app/client.ts'
import { useFrame } from '../app/frameState.tsx'
import { useFetch } from '../app/queries.ts'
import { EmptyState, Loaded, Sheet, Timeline } from '../kit/Page.tsx'

const SHOWN = 10
const PICTURES = 4

export function LatestRecords() {
  const { org } = useFrame()
  const recent = useFetch(recentRecords, { query: { org: org.id, limit: SHOWN } }, { keepLast: true })
  return (
    <Sheet title="最近台账" extra={<GoLink to={paths.ledgers()}>全部台账</GoLink>}>
      <Loaded of={recent} rows={4}>
        {({ records }) =>
          records.length === 0 ? (
            <EmptyState title="还没有台账" hint="从右边记一笔，或者导入现成的表格。" />
          ) : (
            <Timeline
              moments={records.map((r) => ({
                id: r.id,
                when: whenOf(r),
                what: (
                  <GoLink className="mz-latest" to={paths.record(r.id)}>
                    {r.title}
                    <span>{r.ledgerTitle}</span>
                  </GoLink>
                ),
                detail: <Detail record={r} />,
              }))}
            />
          )
        }
      </Loaded>
    </Sheet>
  )
}

const whenOf = (r: RecordRow) =>
  r.dayPrecision === 'day' ? `${Number(r.day.slice(5, 7))}月${Number(r.day.slice(8))}日` : r.day.slice(0, 7)

function Detail({ record }: { record: RecordRow & { recordedByName: string } }) {
  return (
    <>
      {[
        record.org.name,
        record.personTimes !== null && `${record.personTimes} 人次`,
        record.recordedByName && `${record.recordedByName}记`,
      ]
        .filter(Boolean)
        .join(' · ')}
      {record.photos.length > 0 && (
        <span className="mz-latest-photos">
          {record.photos.slice(0, PICTURES).map((id) => (
            <img
              key={id}
              src={addressOf(getAttachment, { params: { id }, query: { size: 'small' } })}
              alt=""
              loading="lazy"
            />
          ))}
          {record.photos.length > PICTURES && <small>共 {record.photos.length} 张</small>}
        </span>
      )}
    </>
  )
}
