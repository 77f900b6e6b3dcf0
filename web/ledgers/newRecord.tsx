/** 记一笔: one record of one ledger. */
import { CopyOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useMemo, useState } from 'react'
import {
  addAttachments,
  createRecord,
  getLedger,
  getRecord,
  getSuggestions,
  listRecords,
  voidRecord,
} from '../../domain/records/ledgers/contract.ts'
import type { LedgerDefinition } from '../../domain/records/ledgers/definition.ts'
import { GoLink, paths, type Search, useParam, useSearchState } from '../app/address.tsx'
import { call, type Problem, problemOf, upload } from '../app/client.ts'
import { useFrame } from '../app/frameState.tsx'
import { useFetch, useWrite } from '../app/queries.ts'
import { LikeRecords } from '../duplicates/like.tsx'
import { FormShell, useDraft } from '../kit/Form.tsx'
import { Failure, Loaded, Page } from '../kit/Page.tsx'
import { blankValues, bodyOf, copyOf, faultsIn, nextValues, type RecordValues } from './form.ts'
import { LiveSentence, RecordFields } from './RecordFields.tsx'
import './ledgers.css'
import { isPlace, isReference } from '../../domain/records/ledgers/fields/types.ts'
import { useVisit } from './recent.ts'

export function NewRecordPage() {
  const ledger = useParam('ledger')
  useVisit(ledger)
  const { org } = useFrame()
  const definition = useFetch(getLedger, { params: { ledger } })
  const before = useFetch(getSuggestions, { params: { ledger }, query: { orgId: org.id } })
  if (before.isPending && !definition.error) return <Loaded of={before}>{() => null}</Loaded>
  return (
    <Loaded of={definition} rows={10}>
      {(found) => (
        <NewRecord key={`${found.id} ${org.id}`} definition={found} lastPlaces={before.data?.fields ?? {}} />
      )}
    </Loaded>
  )
}

interface NewRecordProps {
  definition: LedgerDefinition
  lastPlaces: Record<string, string[]>
}

function NewRecord({ definition, lastPlaces }: NewRecordProps) {
  const { org, today } = useFrame()
  const [search] = useSearchState()
  const initial = useMemo(() => {
    const places = definition.fields.filter((f) => isPlace(f) && lastPlaces[f.id]?.[0])
    const said = Object.fromEntries(places.map((f) => [f.id, lastPlaces[f.id]?.[0]]))
    return { ...blankValues(definition, org, today), fields: { ...said, ...aboutOf(definition, search) } }
  }, [definition, lastPlaces, org, today, search])
  const about = search.about ? `.${search.about}` : ''
  const draft = useDraft<RecordValues>(`record.${definition.id}.${org.id}${about}`, initial)
  const saving = useSaving(definition, draft.value, (next) => draft.clear(next))
  return (
    <Page
      narrow
      title={`记一笔：${definition.title}`}
      about={definition.about}
      above={[
        { title: '台账', to: paths.ledgers() },
        { title: definition.title, to: paths.ledger(definition.id) },
      ]}
      actions={<CopyLast definition={definition} values={draft.value} take={draft.set} />}
    >
      {saving.last && <JustSaved {...saving.last} undone={saving.forget} retry={saving.sendPhotos} />}
      {draft.restored && (
        <p className="mz-record-restored">
          接着上次没有保存的内容（照片要重新放）。
          <button type="button" className="mz-link-button" onClick={() => draft.clear(initial)}>
            清空重填
          </button>
        </p>
      )}
      <div className="mz-record-form">
        <FormShell
          saveText="保存"
          onSave={() => void saving.save()}
          busy={saving.busy}
          problem={saving.problem}
          unsaved={draft.changed || saving.files.length > 0}
          actions={<span className="mz-record-keys">Ctrl + Enter 保存，接着记下一笔</span>}
        >
          <RecordFields
            key={draft.value.id}
            definition={definition}
            values={draft.value}
            set={draft.set}
            photos={saving}
          />
          <LiveSentence definition={definition} values={draft.value}>
            <LikeRecords draft={asDraft(definition, draft.value)} />
          </LiveSentence>
        </FormShell>
      </div>
    </Page>
  )
}

/** Begun on the page of what it names: 'field:id', and under which name. */
function aboutOf(definition: LedgerDefinition, { about = '', named = '' }: Search): Record<string, unknown> {
  const [field = '', id = ''] = about.split(':')
  return definition.fields.some((f) => f.id === field && isReference(f))
    ? { [field]: { id, name: named } }
    : {}
}

/** What tells one activity from another, as far as it is typed. */
const asDraft = (
  definition: LedgerDefinition,
  { id, org, day, title, personTimes, fields }: RecordValues,
) => {
  const place = definition.fields.find(isPlace)
  const said = place && fields[place.id]
  return {
    id,
    ledger: definition.id,
    orgId: org.id,
    day,
    title,
    personTimes,
    place: typeof said === 'string' ? said : null,
  }
}

/** The first field with something wrong comes into sight, ready to be typed in. */
function showFirst(): void {
  setTimeout(() => {
    const wrong = document.querySelector('.mz-field-wrong')
    wrong?.scrollIntoView({ block: 'center' })
    wrong?.querySelector<HTMLElement>('input, textarea')?.focus({ preventScroll: true })
  }, 50)
}

interface Saved {
  id: string
  sentence: string
  /** Hosts that have to agree first. */
  asked: string[]
  /** Pictures that did not arrive, and why. */
  left: File[]
  problem: Problem | null
}

/** Saves the record, then its pictures, then makes room for the next. */
function useSaving(definition: LedgerDefinition, values: RecordValues, next: (values: RecordValues) => void) {
  const { today } = useFrame()
  const [files, setFiles] = useState<File[]>([])
  const [faults, setFaults] = useState<Problem | null>(null)
  const [last, setLast] = useState<Saved | null>(null)
  const [sending, setSending] = useState(false)
  const create = useWrite(createRecord)
  const attach = async (id: string, wanted: File[]): Promise<Pick<Saved, 'left' | 'problem'>> => {
    if (wanted.length === 0) return { left: [], problem: null }
    setSending(true)
    return upload(addAttachments, wanted, { params: { id } })
      .then(() => ({ left: [], problem: null }))
      .catch((error) => ({ left: wanted, problem: problemOf(error) }))
      .finally(() => setSending(false))
  }
  const save = async () => {
    const found = faultsIn(definition, values, today, files.length)
    setFaults(found)
    if (found) return showFirst()
    const written = await create.run({
      params: { ledger: definition.id },
      body: bodyOf(definition, values),
    })
    if (!written) return
    const { id, sentence, asked } = written
    const sent = await attach(id, files)
    setLast({ id, sentence, asked, ...sent })
    setFiles([])
    next(nextValues(definition, values))
  }
  const sendPhotos = async () => last && setLast({ ...last, ...(await attach(last.id, last.left)) })
  return {
    save,
    sendPhotos: () => void sendPhotos(),
    forget: () => setLast(null),
    busy: create.busy || sending,
    problem: faults ?? create.problem,
    files,
    setFiles,
    last,
  }
}

function JustSaved(props: Saved & { undone: () => void; retry: () => void }) {
  const { message } = App.useApp()
  const undo = useWrite(voidRecord, () => {
    props.undone()
    void message.success('已撤销，作废的记录在台账里可以恢复。')
  })
  return (
    <div className="mz-record-saved" role="status">
      <strong>已入账</strong>
      <span>{props.sentence}</span>
      {props.asked.length > 0 && <span>已请{props.asked.join('、')}确认，同意后才计入对方。</span>}
      <GoLink to={paths.record(props.id)}>打开</GoLink>
      <Button
        size="small"
        type="text"
        loading={undo.busy}
        onClick={() => void undo.run({ params: { id: props.id }, body: { reason: '刚记下就撤销' } })}
      >
        撤销
      </Button>
      {props.problem && <Failure problem={props.problem} retry={props.retry} />}
      {undo.problem && <Failure problem={undo.problem} />}
    </div>
  )
}

interface CopyLastProps {
  definition: LedgerDefinition
  values: RecordValues
  take: (values: RecordValues) => void
}

function CopyLast({ definition, values, take }: CopyLastProps) {
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const copy = async () => {
    setBusy(true)
    try {
      const query = { org: values.org.id, depth: '0' as const, sort: '-recordedAt', size: 1 }
      const { rows } = await call(listRecords, { params: { ledger: definition.id }, query })
      const [newest] = rows
      if (!newest) return void message.info('这个组织在这本台账里还没有上一笔。')
      take(copyOf(definition, await call(getRecord, { params: { id: newest.id } }), values))
    } catch (error) {
      void message.error(problemOf(error).title)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button icon={<CopyOutlined />} loading={busy} onClick={() => void copy()}>
      照上一笔
    </Button>
  )
}
