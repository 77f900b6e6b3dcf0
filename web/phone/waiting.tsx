/** 未上传的记录: what waits for a signal, and what the server refused and has to be mended. */
import type { RecordBody } from '../../domain/records/ledgers/contract.ts'
import { remember } from '../app/preferences.ts'
import { draftFrom } from '../ledgers/form.ts'
import { Act, Card, Nothing, Screen } from './kit.tsx'
import { useMine } from './known.ts'
import { type Outgoing, sendWaiting, takeBack, useOutbox } from './outbox.tsx'
import { goTo } from './place.ts'
import { draftName } from './record.tsx'
import './pages.css'

export function PhoneOutbox() {
  const waiting = useOutbox()
  return (
    <Screen title="未上传的记录" back>
      {waiting.length === 0 && <Nothing title="都已上传" />}
      {waiting.map((one) => (
        <Entry key={one.id} one={one} />
      ))}
      {waiting.some((o) => !o.refused) && <Act onClick={() => void sendWaiting()}>现在就传</Act>}
    </Screen>
  )
}

/** Of /api/ledgers/themeActivity/records. */
const ledgerOf = (address: string): string => address.split('/')[3] ?? ''

function Entry({ one }: { one: Outgoing }) {
  const home = useMine().data?.home
  const mend = async () => {
    const ledger = ledgerOf(one.address)
    remember(draftName(ledger), draftFrom(one.body as RecordBody, home?.name ?? ''))
    await takeBack(one.id)
    goTo(`/record/${ledger}`)
  }
  return (
    <Card title={one.title}>
      <p className={one.refused ? 'mp-refused' : 'mp-quiet'}>
        {one.refused ?? '等信号，会自动上传'}
        {one.files.length > 0 && `（${one.files.length} 张照片${one.refused ? '，修改时要重新放' : ''}）`}
      </p>
      <div className="mp-two mp-gap">
        <Act onClick={() => void mend()}>{one.refused ? '修改' : '取回修改'}</Act>
        <Act onClick={() => void takeBack(one.id)}>删去</Act>
      </div>
    </Card>
  )
}
