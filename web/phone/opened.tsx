/** One record on the phone: the sentence, pictures, what was filled in, who was there. */
import { useState } from 'react'
import {
  addAttachments,
  getAttachment,
  getRecord,
  type RecordDetail,
  voidRecord,
} from '../../domain/records/ledgers/contract.ts'
import type { LedgerDefinition } from '../../domain/records/ledgers/definition.ts'
import { unitOf } from '../../domain/records/ledgers/fields/types.ts'
import { showValue } from '../../domain/records/ledgers/fields.ts'
import { hostName } from '../../domain/records/ledgers/hostWords.ts'
import { QUANTITIES_TITLE, shownQuantities } from '../../domain/records/ledgers/quantities.ts'
import { dateInWords, rangeInWords } from '../../kernel/period.ts'
import { addressOf, type Problem, problemOf, upload } from '../app/client.ts'
import { queryClient, useFetch, useWrite } from '../app/queries.ts'
import { UndrawnPicture } from '../kit/UndrawnPicture.tsx'
import { PhoneHosts } from './hosts.tsx'
import { Act, Card, PhoneField, Screen, Told, Waiting } from './kit.tsx'
import { useMyLedgers } from './known.ts'
import type { PhonePageProps } from './pageProps.ts'
import { PhonePhotos } from './photos.tsx'
import './pages.css'

export function PhoneOpened({ parts: [id = ''] }: PhonePageProps) {
  const record = useFetch(getRecord, { params: { id } })
  const ledgers = useMyLedgers()
  if (record.error) return <Told problem={record.error} retry={() => void record.refetch()} />
  const definition = ledgers.data?.ledgers.find((l) => l.definition.id === record.data?.ledger)?.definition
  if (!record.data || !definition) return <Waiting />
  return <Opened record={record.data} definition={definition} />
}

interface OpenedProps {
  record: RecordDetail
  definition: LedgerDefinition
}

function Opened({ record, definition }: OpenedProps) {
  const images = record.attachments.filter((f) => f.mediaType.startsWith('image/'))
  const days = record.dayTo
    ? rangeInWords(record.day, record.dayTo)
    : dateInWords(record.day, record.dayPrecision)
  const facts: [string, string][] = [
    [definition.day.label, days],
    ['组织', [record.org.name, ...record.hosts.map(hostName)].join('、')],
    [definition.personTimes?.label ?? '', record.personTimes === null ? '' : `${record.personTimes} 人次`],
    ...definition.fields.map((f): [string, string] => {
      const shown = showValue(f, record.fields[f.id])
      return [f.title, shown && `${shown} ${unitOf(f)}`.trim()]
    }),
    [QUANTITIES_TITLE, shownQuantities(record.quantities)],
  ]
  return (
    <Screen title={record.title} back>
      {record.voidedAt && <p className="mp-old">已作废：{record.voidReason}</p>}
      <div className="mp-spoken">
        <small>写进总结的一句话</small>
        <p>{record.sentence}。</p>
      </div>
      {images.map((file) =>
        file.mediaType === 'image/heic' ? (
          <UndrawnPicture
            key={file.id}
            name={file.name}
            address={addressOf(getAttachment, { params: { id: file.id } })}
          />
        ) : (
          <img
            key={file.id}
            className="mp-picture"
            src={addressOf(getAttachment, { params: { id: file.id }, query: { size: 'medium' } })}
            alt={file.name}
            loading="lazy"
          />
        ),
      )}
      <Card flush>
        <dl className="mp-facts">
          {facts
            .filter(([label, value]) => label && value)
            .map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          {definition.roles.map((role) => {
            const here = record.participants.filter((p) => p.role === role.id)
            return here.length === 0 ? null : (
              <div key={role.id}>
                <dt>
                  {role.title} {here.length} 人
                </dt>
                <dd>{here.map((p) => p.name).join('、')}</dd>
              </div>
            )
          })}
        </dl>
      </Card>
      {!record.voidedAt && <PhoneHosts record={record} />}
      {record.mine && !record.voidedAt && <Acts record={record} definition={definition} />}
    </Screen>
  )
}

function Acts({ record, definition }: OpenedProps) {
  const [photos, setPhotos] = useState<File[]>([])
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    setProblem(null)
    await upload(addAttachments, photos, { params: { id: record.id } })
      .then(() => setPhotos([]))
      .catch((e) => setProblem(problemOf(e)))
    setBusy(false)
    await queryClient.invalidateQueries()
  }
  return (
    <>
      {definition.photos && (
        <Card>
          <PhonePhotos files={photos} setFiles={setPhotos} />
          {photos.length > 0 && (
            <Act main disabled={busy} onClick={() => void send()}>
              {busy ? '正在上传…' : `上传 ${photos.length} 张照片`}
            </Act>
          )}
          {problem && <Told problem={problem} retry={() => void send()} />}
        </Card>
      )}
      <Voiding id={record.id} />
    </>
  )
}

function Voiding({ id }: { id: string }) {
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const act = useWrite(voidRecord, () => setAsking(false))
  if (!asking) return <Act onClick={() => setAsking(true)}>作废这条记录</Act>
  return (
    <Card title="作废这条记录">
      <p className="mp-quiet">作废后不再计数，留下痕迹，在电脑上可以恢复。</p>
      {act.problem && <Told problem={act.problem} />}
      <PhoneField label="原因">
        <input value={reason} onChange={(e) => setReason(e.target.value)} placeholder="如：重复登记" />
      </PhoneField>
      <div className="mp-two mp-gap">
        <Act onClick={() => setAsking(false)}>不作废</Act>
        <Act
          disabled={!reason.trim() || act.busy}
          onClick={() => void act.run({ params: { id }, body: { reason: reason.trim() } })}
        >
          作废
        </Act>
      </div>
    </Card>
  )
}
