/** Old records that break a rule of their ledger: how many there are, and where they are mended. */
import { Alert } from 'antd'
import { countBroken, type RecordDetail } from '../../domain/records/ledgers/contract.ts'
import { GoLink, paths } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useFetch } from '../app/queries.ts'
import { APART } from './filterWords.ts'

export const brokenIn = (ledger: string): string => `${paths.ledger(ledger)}?${APART.broken}=yes`

export function useBroken(enabled = true) {
  const { org } = useFrame()
  return useFetch(countBroken, { query: { org: org.id } }, { keepLast: true, enabled })
}

/** At the head of the ledger. */
export function BrokenNote({ ledger }: { ledger: string }) {
  const count = useBroken().data?.ledgers.find((l) => l.id === ledger)?.count ?? 0
  if (count === 0) return null
  return (
    <Alert
      className="mz-ledger-note"
      type="warning"
      showIcon
      title={`有 ${count} 条记录不合这本台账的规则，合计和比例可能不对`}
      action={<GoLink to={brokenIn(ledger)}>看这 {count} 条</GoLink>}
    />
  )
}

/** On the page of one record: which rule, both values, what to do. */
export function BrokenRules({ record }: { record: RecordDetail }) {
  if (record.broken.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      title="这条记录不合台账的规则"
      description={record.broken.map(({ field, reason }) => (
        <div key={field + reason}>
          {reason}。{record.mine ? '请点“修改”改正；不是这件事的，请作废。' : '请由记录它的组织改正。'}
        </div>
      ))}
    />
  )
}
