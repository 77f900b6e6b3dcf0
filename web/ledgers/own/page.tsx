/** 自建台账: what this office, those above and those below have declared. */
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { listOwn, type OwnSummary } from '../../../domain/records/ledgers/own/contract.ts'
import { usersInWords } from '../../../domain/records/ledgers/own/rules.ts'
import { GoLink, paths, useGo } from '../../app/address.tsx'
import { useMay } from '../../app/me.ts'
import { useFetch } from '../../app/queries.ts'
import { EmptyState, Loaded, Page, Sheet } from '../../kit/Page.tsx'
import { StateTag } from './stateTag.tsx'
import './own.css'

export function OwnLedgersPage() {
  const may = useMay('ledgers.declare')
  const go = useGo()
  const own = useFetch(listOwn, {})
  const begin = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => go('/ledgers/own/new')}>
      新建台账
    </Button>
  )
  return (
    <Page
      title="自建台账"
      about="自己设计的台账，和现成的一样记、导入、统计、进总结。"
      above={[{ title: '台账', to: paths.ledgers() }]}
      main={may && begin}
    >
      <Loaded of={own} rows={6}>
        {({ ledgers }) =>
          ledgers.length === 0 ? (
            <EmptyState
              title="还没有自建台账"
              hint={
                may
                  ? '把正在用的表格粘贴进来，几分钟就能建好一本。'
                  : '要建一本，请书记、副书记来做；普通工作人员可以记，不能设计。'
              }
              action={may && begin}
            />
          ) : (
            <Sheet flush>
              <ul className="mz-own-list">
                {ledgers.map((l) => (
                  <Line key={l.id} ledger={l} />
                ))}
              </ul>
            </Sheet>
          )
        }
      </Loaded>
    </Page>
  )
}

function Line({ ledger }: { ledger: OwnSummary }) {
  const to = ledger.state === 'draft' || ledger.mine ? `/ledgers/own/${ledger.id}` : paths.ledger(ledger.id)
  const users = usersInWords(ledger.users)
  return (
    <li>
      <GoLink className="mz-own-title" to={to}>
        <strong>{ledger.title || '（还没有名称）'}</strong>
        <small>{ledger.about}</small>
      </GoLink>
      <span>
        <StateTag state={ledger.state} pending={ledger.pending} />
      </span>
      <span className="mz-own-who">
        {ledger.owner.name}设立，{users ? `给${users}用` : '下级都能用'}
      </span>
      <span className="mz-own-count">{ledger.published !== null && `${ledger.records} 条`}</span>
      <span className="mz-own-links">
        {ledger.published !== null && <GoLink to={paths.ledger(ledger.id)}>打开</GoLink>}
        <GoLink to={`/ledgers/own/${ledger.id}`}>{ledger.mine ? '改设计' : '看设计'}</GoLink>
      </span>
    </li>
  )
}
