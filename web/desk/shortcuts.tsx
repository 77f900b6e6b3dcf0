/** 记一笔: the ledgers that this organisation uses most, first. */
import { PlusOutlined } from '@ant-design/icons'
import { GoLink, paths } from '../app/address.tsx'
import { useMay } from '../app/me.ts'
import { Loaded, Sheet } from '../kit/Page.tsx'
import { useLedgers } from '../ledgers/known.ts'

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
            {[...found.ledgers]
              .sort((a, b) => b.records - a.records || a.definition.order - b.definition.order)
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
