/** 记一笔: which ledger. The most used stand first. */
import { useState } from 'react'
import { foundBy } from '../ledgers/finding.ts'
import { Card, Line, Nothing, Screen, Told, Waiting } from './kit.tsx'
import { byUse, useMine, useMyLedgers } from './known.ts'
import { Find } from './ledgers.tsx'
import { goTo } from './place.ts'
import './pages.css'

export function PhoneChoose() {
  const me = useMine().data
  const ledgers = useMyLedgers()
  const [typed, setTyped] = useState('')
  if (ledgers.error) return <Told problem={ledgers.error} retry={ledgers.refetch} />
  if (!ledgers.data) return <Waiting />
  if (me && !me.actions.includes('records.write'))
    return <Nothing title="您的职务只能查看" hint="要记台账，请让上级登记书记、副书记、委员或干事的任职。" />
  const open = ledgers.data.ledgers.filter((l) => !l.definition.own?.closed)
  return (
    <Screen title="记一笔">
      <Find value={typed} change={setTyped} />
      <Card flush>
        {foundBy(byUse(open), typed).map(({ definition }) => (
          <Line
            key={definition.id}
            title={definition.title}
            about={definition.about}
            onOpen={() => goTo(`/record/${definition.id}`)}
          />
        ))}
      </Card>
    </Screen>
  )
}
