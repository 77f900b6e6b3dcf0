/** 等您确认的联合活动: what others recorded and ask this organisation to hold with them. */
import { Segmented } from 'antd'
import { listWaiting, type WaitingRecord } from '../../domain/records/ledgers/hostsContract.ts'
import { GoLink, paths, useSearchState } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useFetch } from '../app/queries.ts'
import { EmptyState, Loaded, Page, Sheet } from '../kit/Page.tsx'
import { waitingWords } from './hostWords.ts'
import './ledgers.css'

const DEPTHS = [
  { value: '0', label: '本组织' },
  { value: 'all', label: '含下级' },
]

export function WaitingPage() {
  const { org } = useFrame()
  const [search, change] = useSearchState()
  const depth = search.depth === 'all' ? 'all' : '0'
  const waiting = useFetch(listWaiting, { query: { org: org.id, depth } }, { keepLast: true })
  return (
    <Page
      narrow
      title="等您确认的联合活动"
      about="别的组织记下、请您联合的；同意后才计入您的数字"
      actions={
        <Segmented
          options={DEPTHS}
          value={depth}
          onChange={(next) => change({ depth: next === 'all' ? 'all' : undefined })}
        />
      }
    >
      <Loaded of={waiting}>
        {({ records }) =>
          records.length === 0 ? (
            <EmptyState
              title="没有等您确认的"
              hint="别的组织请您联合办活动时，会出现在这里和工作台的待办里。"
            />
          ) : (
            <Sheet flush>
              <ul className="mz-waiting-list">
                {records.map((one) => (
                  <WaitingLine key={`${one.id} ${one.host.id}`} one={one} below={one.host.id !== org.id} />
                ))}
              </ul>
            </Sheet>
          )
        }
      </Loaded>
    </Page>
  )
}

function WaitingLine({ one, below }: { one: WaitingRecord; below: boolean }) {
  return (
    <li>
      <GoLink to={paths.record(one.id)}>
        <strong>{one.title}</strong>
        <small>{waitingWords(one)}</small>
        <small>{one.sentence}。</small>
        {below && <small>请的是{one.host.name}</small>}
      </GoLink>
    </li>
  )
}
