/** 记一笔: favourites, what was used last, then what this organisation uses most. */
import { PlusOutlined } from '@ant-design/icons'
import { GoLink, paths } from '../app/address.tsx'
import { useMay } from '../app/me.ts'
import { Loaded, Sheet } from '../kit/Page.tsx'
import { usualFirst } from '../ledgers/finding.ts'
import { useLedgers } from '../ledgers/known.ts'
import { recentLedgers } from '../ledgers/recent.ts'

const SHOWN = 6

export function RecordShortcuts() {
  const ledgers = useLedgers()
  const may = useMay('records.write')
  if (!may) return null
  return (
    <Sheet title="记一笔" extra={<GoLink to={paths.ledgers()}>更多</GoLink>}>
      <Loaded of={ledgers} rows={3}>
        {(found) => (
          <ul className="mz-shortcuts">
            {usualFirst(
              [...found.ledgers].sort(
                (a, b) => b.records - a.records || a.definition.order - b.definition.order,
              ),
              recentLedgers(),
            )
              .slice(0, SHOWN)
              .map(({ definition }) => (
                <li key={definition.id}>
                  <GoLink to={paths.newRecord(definition.id)}>
                    <PlusOutlined />
                    {definition.title}
                  </GoLink>
                </li>
              ))}
          </ul>
        )}
      </Loaded>
    </Sheet>
  )
}
