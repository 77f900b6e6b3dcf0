/** One record: what it says, pictures, people, history; changing, voiding, restoring. */
import { App, Button, Drawer, Image, Input, Popover } from 'antd'
import { type ReactNode, useState } from 'react'
import {
  type Attachment,
  addAttachments,
  changeRecord,
  getAttachment,
  getLedger,
  getRecord,
  type RecordDetail,
  removeAttachment,
  restoreRecord,
  voidRecord,
} from '../../domain/records/ledgers/contract.ts'
import type { LedgerDefinition } from '../../domain/records/ledgers/definition.ts'
import { isReference, kitOf, unitOf } from '../../domain/records/ledgers/fields/types.ts'
import { showValue } from '../../domain/records/ledgers/fields.ts'
import { QUANTITIES_TITLE, shownQuantities } from '../../domain/records/ledgers/quantities.ts'
import type { HistoryEntry, ShownReference } from '../../domain/records/ledgers/shapes.ts'
import { dateInWords, rangeInWords } from '../../kernel/period.ts'
import { GoLink, paths, useParam } from '../app/address.tsx'
import { addressOf, type Problem, problemOf, upload } from '../app/client.ts'
import { useFrame } from '../app/frameState.tsx'
import { queryClient, useFetch, useWrite } from '../app/queries.ts'
import { MergedNote } from '../duplicates/note.tsx'
import { FormShell } from '../kit/Form.tsx'
import { Failure, Loaded, Page, Sentence, Sheet, Timeline } from '../kit/Page.tsx'
import { PhotoInput } from '../kit/PhotoInput.tsx'
import { HEIC_ADVICE } from '../kit/photos.ts'
import { UndrawnPicture } from '../kit/UndrawnPicture.tsx'
import { BrokenRules } from './broken.tsx'
import { changeOf, faultsIn, valuesOf } from './form.ts'
import { Hosts } from './hosts.tsx'
import { Linked as LinkedRecords } from './linked.tsx'
import { LiveSentence, RecordFields } from './RecordFields.tsx'
import './ledgers.css'

export function RecordPage() {
  const id = useParam('id')
  const record = useFetch(getRecord, { params: { id } })
  return (
    <Loaded of={record} rows={8}>
      {(found) => <RecordPageOf record={found} />}
    </Loaded>
  )
}

function RecordPageOf({ record }: { record: RecordDetail }) {
  const definition = useFetch(getLedger, { params: { ledger: record.ledger } })
  return (
    <Loaded of={definition}>
      {(ledger) => (
        <Page
          narrow
          title={record.title}
          about={`${record.org.name} · ${daysOf(record)}`}
          above={[
            { title: '台账', to: paths.ledgers() },
            { title: ledger.title, to: paths.ledger(ledger.id) },
          ]}
          actions={<RecordActs record={record} definition={ledger} />}
        >
          <Sheet>
            <RecordBody record={record} definition={ledger} />
          </Sheet>
        </Page>
      )}
    </Loaded>
  )
}

const daysOf = (r: Pick<RecordDetail, 'day' | 'dayTo' | 'dayPrecision'>): string =>
  r.dayTo ? rangeInWords(r.day, r.dayTo) : dateInWords(r.day, r.dayPrecision)

/** The inside of the drawer. */
export function RecordView({ id, definition }: { id: string; definition: LedgerDefinition }) {
  const record = useFetch(getRecord, { params: { id } })
  return (
    <Loaded of={record} rows={8}>
      {(found) => <RecordBody record={found} definition={definition} />}
    </Loaded>
  )
}

/** Its name, where the list does not hold it: opened by a link, or just voided. */
export function RecordTitle({ id }: { id: string }) {
  return useFetch(getRecord, { params: { id } }).data?.title ?? '　'
}

/** Its buttons, for the head of the drawer. */
export function RecordActsOf({ id, definition }: { id: string; definition: LedgerDefinition }) {
  const { data } = useFetch(getRecord, { params: { id } })
  return data ? <RecordActs record={data} definition={definition} /> : null
}

interface RecordProps {
  record: RecordDetail
  definition: LedgerDefinition
}

function RecordActs({ record, definition }: RecordProps) {
  const [changing, setChanging] = useState(false)
  const restore = useWrite(restoreRecord)
  if (!record.mine) return null
  if (record.voidedAt)
    return (
      <span className="mz-record-acts">
        {restore.problem && <Failure problem={restore.problem} />}
        <Button loading={restore.busy} onClick={() => void restore.run({ params: { id: record.id } })}>
          恢复
        </Button>
      </span>
    )
  return (
    <span className="mz-record-acts">
      <Button onClick={() => setChanging(true)}>修改</Button>
      <VoidButton record={record} />
      <Drawer open={changing} onClose={() => setChanging(false)} size={720} title="修改记录" destroyOnHidden>
        <ChangeForm record={record} definition={definition} close={() => setChanging(false)} />
      </Drawer>
    </span>
  )
}

function VoidButton({ record }: { record: RecordDetail }) {
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const { message } = App.useApp()
  const restore = useWrite(restoreRecord, () => {
    message.destroy(record.id)
    void message.success('已恢复。')
  })
  const told = () => {
    setAsking(false)
    void message.success({
      key: record.id,
      duration: 8,
      content: (
        <>
          已作废，不再计数。
          <button
            type="button"
            className="mz-link-button"
            onClick={() => void restore.run({ params: { id: record.id } })}
          >
            撤销
          </button>
        </>
      ),
    })
  }
  const act = useWrite(voidRecord, told)
  const send = () => void act.run({ params: { id: record.id }, body: { reason: reason.trim() } })
  return (
    <Popover
      open={asking}
      onOpenChange={setAsking}
      trigger="click"
      placement="bottomRight"
      title="作废这条记录"
      content={
        <div className="mz-reveal">
          <p className="mz-quiet mz-small">作废后不再计入任何数据，留下痕迹，随时可以恢复。</p>
          {act.problem && <Failure problem={act.problem} />}
          <Input
            autoFocus
            placeholder="原因，如：重复登记"
            value={reason}
            maxLength={200}
            onChange={(e) => setReason(e.target.value)}
            onPressEnter={() => reason.trim() && send()}
          />
          <Button size="small" disabled={!reason.trim()} loading={act.busy} onClick={send}>
            作废
          </Button>
        </div>
      }
    >
      <Button>作废</Button>
    </Popover>
  )
}

function ChangeForm({ record, definition, close }: RecordProps & { close: () => void }) {
  const { today } = useFrame()
  const [values, setValues] = useState(() => valuesOf(record))
  const [faults, setFaults] = useState<Problem | null>(null)
  const change = useWrite(changeRecord, close)
  const save = () => {
    const found = faultsIn(definition, values, today)
    setFaults(found)
    if (!found)
      void change.run({
        params: { id: record.id },
        body: { version: record.version, ...changeOf(definition, values) },
      })
  }
  return (
    <FormShell
      saveText="保存修改"
      onSave={save}
      busy={change.busy}
      problem={faults ?? change.problem}
      onCancel={close}
    >
      <RecordFields
        orgFixed
        definition={definition}
        values={values}
        set={(patch) => setValues((now) => ({ ...now, ...patch }))}
      />
      <LiveSentence definition={definition} values={values} />
    </FormShell>
  )
}

function RecordBody({ record, definition }: RecordProps) {
  const facts: [string, ReactNode][] = [
    [definition.day.label, daysOf(record)],
    [
      '组织',
      record.invited ? (
        record.org.name
      ) : (
        <GoLink key="org" to={paths.organisation(record.org.id)}>
          {record.org.name}
        </GoLink>
      ),
    ],
    [definition.personTimes?.label ?? '', record.personTimes === null ? '' : `${record.personTimes} 人次`],
    ...definition.fields.map((f): [string, ReactNode] => {
      const shown = showValue(f, record.fields[f.id])
      const address = kitOf(f.type).widget === 'address'
      const reference = record.references.find((r) => r.field === f.id)
      const value =
        address && shown ? (
          <Linked key={f.id} address={shown} />
        ) : isReference(f) && shown ? (
          <Meant key={f.id} written={shown} reference={reference} />
        ) : (
          `${shown} ${unitOf(f)}`.trim()
        )
      return [f.title, shown && value]
    }),
    [QUANTITIES_TITLE, shownQuantities(record.quantities)],
  ]
  return (
    <div className="mz-record">
      {record.voidedAt && (
        <p className="mz-record-void">
          {record.voidedAt.slice(0, 16)} 作废：{record.voidReason}
        </p>
      )}
      {!record.invited && <MergedNote record={record.id} />}
      <BrokenRules record={record} />
      <Sentence text={record.sentence && `${record.sentence}。`} />
      <Pictures record={record} />
      <dl className="mz-record-facts">
        {facts
          .filter(([label, value]) => label && value)
          .map(([label, value]) => (
            <div key={label} className={String(value).length > 40 ? 'mz-record-long' : ''}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <Hosts record={record} />
      <People record={record} definition={definition} />
      <LinkedRecords record={record} />
      {!record.invited && (
        <>
          <h3>修改经过</h3>
          <Timeline moments={[...record.history].reverse().map(momentOf)} />
        </>
      )}
    </div>
  )
}

const Linked = ({ address }: { address: string }) => (
  <a href={address} target="_blank" rel="noreferrer">
    {address}
  </a>
)

const PLACES = { org: paths.organisation, person: paths.person, record: paths.record }

/** Under its name of today; how it was written stands beside it where that is another. */
function Meant({ written, reference }: { written: string; reference: ShownReference | undefined }) {
  if (!reference)
    return (
      <>
        {written}
        <small className="mz-met mz-met-not">未对上</small>
      </>
    )
  if (reference.title === null) return written
  return (
    <>
      <GoLink to={PLACES[reference.noun](reference.id)}>{reference.title}</GoLink>
      {reference.title !== written && <small className="mz-met">记的是“{written}”</small>}
    </>
  )
}

const addressOfFile = (id: string) => addressOf(getAttachment, { params: { id } })
const isPicture = ({ mediaType }: Attachment) => mediaType.startsWith('image/')
const isHeic = ({ mediaType }: Attachment) => mediaType === 'image/heic'

function Pictures({ record }: { record: RecordDetail }) {
  const [problem, setProblem] = useState<Problem | null>(null)
  const [adding, setAdding] = useState(false)
  const remove = useWrite(removeAttachment)
  const add = async (files: File[]) => {
    setProblem(null)
    setAdding(true)
    await upload(addAttachments, files, { params: { id: record.id } }).catch((e) => setProblem(problemOf(e)))
    setAdding(false)
    await queryClient.invalidateQueries()
  }
  const shown = record.attachments.filter(isPicture)
  const others = record.attachments.filter((f) => !isPicture(f))
  const mayAdd = record.mine && !record.voidedAt
  if (record.attachments.length === 0 && !mayAdd) return null
  return (
    <div className="mz-record-pictures">
      <Image.PreviewGroup>
        {shown.map((file) => (
          <figure key={file.id}>
            {isHeic(file) ? (
              <UndrawnPicture name={file.name} address={addressOfFile(file.id)} />
            ) : (
              <Image
                src={addressOf(getAttachment, { params: { id: file.id }, query: { size: 'small' } })}
                preview={{ src: addressOfFile(file.id) }}
                alt={file.name}
              />
            )}
            {mayAdd && (
              <button
                type="button"
                aria-label={`移除 ${file.name}`}
                onClick={() => void remove.run({ params: { id: file.id } })}
              >
                移除
              </button>
            )}
          </figure>
        ))}
      </Image.PreviewGroup>
      {others.map((file) => (
        <a key={file.id} className="mz-record-file" href={addressOfFile(file.id)}>
          {file.name}
        </a>
      ))}
      {mayAdd && shown.some(isHeic) && <span className="mz-photo-advice">{HEIC_ADVICE}</span>}
      {mayAdd && <PhotoInput anyFile value={[]} onChange={(files) => void add(files)} />}
      {adding && <span className="mz-quiet mz-small">正在上传…</span>}
      {(problem ?? remove.problem) && <Failure problem={problem ?? (remove.problem as Problem)} />}
    </div>
  )
}

function People({ record, definition }: RecordProps) {
  if (record.participants.length === 0) return null
  return (
    <>
      {definition.roles.map((role) => {
        const here = record.participants.filter((p) => p.role === role.id)
        return here.length === 0 ? null : (
          <div key={role.id} className="mz-people-role">
            <span className="mz-people-role-title">
              {role.title} {here.length} 人
            </span>
            <ul className="mz-people-chips">
              {here.map((p) => (
                <li key={p.id} className={p.personId ? 'mz-person' : 'mz-person mz-person-name'}>
                  {p.personId ? <GoLink to={paths.person(p.personId)}>{p.name}</GoLink> : p.name}
                  {p.hours !== null && <small>{p.hours} 小时</small>}
                  {p.amount !== null && (
                    <small>
                      {p.amount} {role.unit}
                    </small>
                  )}
                </li>
              ))}
            </ul>
          </div>
        )
      })}
    </>
  )
}

const VERBS: Record<string, string> = {
  record: '记下',
  change: '修改',
  void: '作废',
  restore: '恢复',
  attach: '添加附件',
  detach: '移除附件',
  import: '导入',
  merge: '合并了重复的记录',
  mergedInto: '把它并入另一条记录',
  agree: '答复邀请',
  decline: '答复邀请',
  leave: '退出联合',
}

function momentOf(entry: HistoryEntry) {
  const changes = entry.changes.map((c) => `${c.title}：${c.before || '空'} → ${c.after || '空'}`)
  return {
    id: `${entry.at} ${entry.verb}`,
    when: entry.at.slice(5, 16),
    what: `${entry.by}${VERBS[entry.verb] ?? entry.verb}`,
    detail: [...changes, ...(entry.reason ? [`原因：${entry.reason}`] : [])].join('；'),
  }
}
