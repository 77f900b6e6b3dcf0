/** 查重: people and records that look like one, a pair at a time; and the merges that were done. */
import { Segmented, Select } from 'antd'
import { useSearchState } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { Page } from '../kit/Page.tsx'
import { useLedgers } from '../ledgers/known.ts'
import { MergesDone } from './merges.tsx'
import { PeoplePairs } from './peoplePairs.tsx'
import { RecordPairs } from './recordPairs.tsx'
import './duplicates.css'

const TABS = [
  { value: 'people', label: '人员' },
  { value: 'records', label: '记录' },
  { value: 'done', label: '合并过的' },
]
const STATES = [
  { value: 'open', label: '待处理' },
  { value: 'proposed', label: '提请上级的' },
  { value: 'distinct', label: '已认定不重复' },
]
const SCORES = [
  { value: '', label: '把握不限' },
  { value: '75', label: '把握 75 以上' },
  { value: '90', label: '把握 90 以上' },
]

export type PairFilter = { state?: 'open' | 'proposed' | 'distinct'; minScore?: number; ledger?: string }

export function DuplicatesPage() {
  const { org } = useFrame()
  const [search, change] = useSearchState()
  const tab = search.tab ?? 'people'
  const filter: PairFilter = {
    ...(search.state && { state: search.state as 'open' }),
    ...(search.score && { minScore: Number(search.score) }),
    ...(search.ledger && tab === 'records' && { ledger: search.ledger }),
  }
  return (
    <Page title="查重" about={`${org.name}及下级；系统只提示，合并由人决定，合并可以撤销`}>
      <div className="mz-dup-bar">
        <Segmented
          options={TABS}
          value={tab}
          onChange={(next) => change({ tab: String(next), row: undefined, ledger: undefined })}
        />
        {tab === 'done' && (
          <Segmented
            options={TABS.slice(0, 2)}
            value={search.of ?? 'people'}
            onChange={(of) => change({ of: of === 'people' ? undefined : String(of), page: undefined })}
          />
        )}
        {tab !== 'done' && (
          <span className="mz-dup-filters">
            {tab === 'records' && (
              <LedgerChoice value={search.ledger} set={(ledger) => change({ ledger, row: undefined })} />
            )}
            <Select
              aria-label="把握"
              options={SCORES}
              value={search.score ?? ''}
              onChange={(score: string) => change({ score: score || undefined, row: undefined })}
            />
            <Select
              aria-label="状态"
              options={STATES}
              value={search.state ?? 'open'}
              onChange={(state) => change({ state: state === 'open' ? undefined : state, row: undefined })}
            />
          </span>
        )}
      </div>
      {tab === 'people' && <PeoplePairs key={org.id} filter={filter} />}
      {tab === 'records' && <RecordPairs key={org.id} filter={filter} />}
      {tab === 'done' && <MergesDone />}
    </Page>
  )
}

function LedgerChoice({ value, set }: { value: string | undefined; set: (id: string | undefined) => void }) {
  const ledgers = useLedgers()
  return (
    <Select
      aria-label="台账"
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder="全部台账"
      className="mz-dup-ledger"
      value={value}
      onChange={(next: string | undefined) => set(next)}
      options={(ledgers.data?.ledgers ?? []).map(({ definition: d }) => ({ value: d.id, label: d.title }))}
    />
  )
}
