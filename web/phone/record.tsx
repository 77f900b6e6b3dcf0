/** 记一笔 on the phone. What is saved is kept on the phone first, then sent, so a dead zone loses nothing. */
import { type FormEvent, type ReactNode, useEffect, useId, useMemo, useState } from 'react'
import { addAttachments, createRecord, getSuggestions } from '../../domain/records/ledgers/contract.ts'
import type { LedgerDefinition } from '../../domain/records/ledgers/definition.ts'
import { isNumber, isPlace, isWorkedOut } from '../../domain/records/ledgers/fields/types.ts'
import { showValue } from '../../domain/records/ledgers/fields.ts'
import type { Output } from '../../kernel/endpoint.ts'
import { addressOf, type Problem } from '../app/client.ts'
import { remember, useRemembered } from '../app/preferences.ts'
import { useFetch } from '../app/queries.ts'
import {
  arranged,
  blankValues,
  bodyOf,
  countedAs,
  faultsIn,
  GAP,
  namedThere,
  nextValues,
  type RecordValues,
  sentenceNow,
  workedOut,
} from '../ledgers/form.ts'
import { useVisit } from '../ledgers/recent.ts'
import { PhoneFieldInput } from './fields.tsx'
import { Act, Card, Nothing, PhoneField, Screen, Told, Waiting } from './kit.tsx'
import { useMine, useMyLedgers } from './known.ts'
import { putOut, useOutbox } from './outbox.tsx'
import type { PhonePageProps } from './pageProps.ts'
import { PhonePeople } from './people.tsx'
import { PhonePhotos } from './photos.tsx'
import { goTo } from './place.ts'
import { PhoneQuantities } from './quantities.tsx'
import './pages.css'

export const draftName = (ledger: string): string => `draft.phone.${ledger}`

export function PhoneRecord({ parts: [ledger = ''] }: PhonePageProps) {
  useVisit(ledger)
  const me = useMine()
  const ledgers = useMyLedgers()
  const problem = me.error ?? ledgers.error
  if (problem) return <Told problem={problem} retry={ledgers.refetch} />
  if (!me.data || !ledgers.data) return <Waiting />
  const definition = ledgers.data.ledgers.find((l) => l.definition.id === ledger)?.definition
  if (!definition || !me.data.home)
    return <Nothing title="没有这本台账" action={<Act onClick={() => goTo('/record')}>选一本台账</Act>} />
  const { id, name } = me.data.home
  return (
    <RecordForm
      key={definition.id}
      definition={definition}
      org={{ id, name, fullName: name }}
      today={me.data.today}
    />
  )
}

interface FormProps {
  definition: LedgerDefinition
  org: RecordValues['org']
  today: string
}

function RecordForm({ definition, org, today }: FormProps) {
  const blank = useMemo(() => blankValues(definition, org, today), [definition, org, today])
  const [values, keep] = useRemembered<RecordValues>(draftName(definition.id), blank)
  const [photos, setPhotos] = useState<File[]>([])
  const [problem, setProblem] = useState<Problem | null>(null)
  const [saved, setSaved] = useState<string | null>(null)
  const set = (patch: Partial<RecordValues>) => keep({ ...values, ...patch })
  const before = useFetch(getSuggestions, {
    params: { ledger: definition.id },
    query: { orgId: org.id },
  }).data
  useEffect(() => {
    const places = definition.fields.filter((f) => isPlace(f) && before?.fields[f.id]?.[0])
    if (values !== blank || places.length === 0) return
    keep({ ...blank, fields: Object.fromEntries(places.map((f) => [f.id, before?.fields[f.id]?.[0]])) })
  }, [before, blank, definition, keep, values])
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const numbers = withNumbers(definition, values)
    const found = faultsIn(definition, numbers, today, photos.length)
    setProblem(found)
    if (found) return void showFirst()
    await putOut({
      title: values.title || definition.title,
      address: addressOf(createRecord, { params: { ledger: definition.id } }),
      method: createRecord.method,
      body: bodyOf(definition, numbers),
      files: photos.map((file) => ({
        address: addressOf(addAttachments, { params: { id: values.id } }),
        name: file.name,
        content: file,
      })),
    })
    setSaved(sentenceNow(definition, numbers))
    setPhotos([])
    keep(nextValues(definition, values))
    remember(draftName(definition.id), undefined)
    window.scrollTo(0, 0)
  }
  if (saved !== null) return <Saved definition={definition} sentence={saved} again={() => setSaved(null)} />
  return (
    <Screen title={definition.title} back>
      <form className="mp-screen-form" noValidate onSubmit={(e) => void save(e)}>
        <Fields definition={definition} values={values} set={set} problem={problem} before={before}>
          {definition.photos && <PhonePhotos files={photos} setFiles={setPhotos} />}
        </Fields>
        <Spoken definition={definition} values={withNumbers(definition, values)} />
        {problem && <Told problem={problem} />}
        <Act main type="submit">
          保存
        </Act>
      </form>
    </Screen>
  )
}

const showFirst = () =>
  setTimeout(() => document.querySelector('.mp-field em')?.scrollIntoView({ block: 'center' }), 50)

/** What the number fields hold is typed as text. */
function withNumbers(definition: LedgerDefinition, values: RecordValues): RecordValues {
  const numbers = definition.fields.filter((f) => isNumber(f) && !isWorkedOut(f))
  const read = (value: unknown) =>
    typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value
  return {
    ...values,
    fields: {
      ...values.fields,
      ...Object.fromEntries(
        numbers.flatMap((f) =>
          values.fields[f.id] === undefined ? [] : [[f.id, read(values.fields[f.id])]],
        ),
      ),
    },
  }
}

interface FieldsProps {
  definition: LedgerDefinition
  values: RecordValues
  set: (patch: Partial<RecordValues>) => void
  problem: Problem | null
  /** What was written here before. */
  before: Output<typeof getSuggestions> | undefined
  /** Pictures: between the people and what is rarely filled in. */
  children: ReactNode
}

function Fields({ definition, values, set, problem, before, children }: FieldsProps) {
  const { first, next, rest } = arranged(definition)
  const worked = workedOut(definition, withNumbers(definition, values))
  const titles = useId()
  const own = (list: typeof first) =>
    list.map((field) => (
      <PhoneFieldInput
        key={field.id}
        field={field}
        value={values.fields[field.id]}
        onChange={(value) => set({ fields: { ...values.fields, [field.id]: value } })}
        problem={problem}
        offered={before?.fields[field.id] ?? []}
      />
    ))
  return (
    <>
      <PhoneField
        label={definition.name.label}
        name="title"
        problem={problem}
        required={!definition.name.fallback}
        hint={definition.name.fallback ? '不填时自动取名' : undefined}
      >
        <input list={titles} value={values.title} onChange={(e) => set({ title: e.target.value })} />
        <datalist id={titles}>
          {before?.titles.map((t) => (
            <option key={t} value={t} />
          ))}
        </datalist>
      </PhoneField>
      <Days definition={definition} values={values} set={set} problem={problem} />
      {own(first)}
      {definition.personTimes && (
        <PhoneField
          label={definition.personTimes.label}
          name="personTimes"
          problem={problem}
          hint={countedAs(definition, values)}
        >
          <input
            inputMode="numeric"
            placeholder={String(namedThere(definition, values) || '')}
            value={values.personTimes ?? ''}
            onChange={(e) => set({ personTimes: wholeOf(e.target.value) })}
          />
        </PhoneField>
      )}
      {definition.roles.length > 0 && (
        <div className="mp-field">
          <span>名单</span>
          <PhonePeople definition={definition} values={values} set={set} />
        </div>
      )}
      {children}
      <PhoneQuantities
        value={values.quantities ?? ''}
        onChange={(quantities) => set({ quantities })}
        problem={problem}
      />
      {definition.fields
        .filter((f) => isWorkedOut(f) && !f.retired)
        .map((f) => (
          <p key={f.id} className="mp-quiet">
            {f.title}（自动计算）：{showValue(f, worked[f.id]) || '—'} {f.unit}
          </p>
        ))}
      {(next.length > 0 || rest.length > 0) && (
        <details className="mp-more">
          <summary>更多内容（选填）</summary>
          <div className="mp-screen-form">
            {own(next)}
            {own(rest)}
          </div>
        </details>
      )}
    </>
  )
}

const wholeOf = (text: string): number | null => {
  const digits = text.replace(/\D/g, '')
  return digits ? Number(digits) : null
}

function Days({ definition, values, set, problem }: Omit<FieldsProps, 'children' | 'before'>) {
  const byMonth = values.dayPrecision === 'month'
  const { label, span } = definition.day
  const several = values.dayTo !== null
  return (
    <>
      <div className="mp-days">
        <PhoneField label={label} name="day" problem={problem} required>
          {byMonth ? (
            <input
              type="month"
              value={values.day.slice(0, 7)}
              onChange={(e) => e.target.value && set({ day: `${e.target.value}-01` })}
            />
          ) : (
            <input
              type="date"
              value={values.day}
              onChange={(e) => e.target.value && set({ day: e.target.value, dayPrecision: 'day' })}
            />
          )}
        </PhoneField>
        {span && (
          <Act onClick={() => set({ dayTo: several ? null : values.day })}>
            {several ? '只有一天' : '不止一天'}
          </Act>
        )}
      </div>
      {several && (
        <PhoneField label="到哪一天" name="dayTo" problem={problem}>
          <input
            type="date"
            value={values.dayTo ?? ''}
            onChange={(e) => set({ dayTo: e.target.value || null })}
          />
        </PhoneField>
      )}
    </>
  )
}

/** The sentence as it grows; what is missing stands out. */
function Spoken({ definition, values }: Pick<FieldsProps, 'definition' | 'values'>) {
  const parts = sentenceNow(definition, values).split(new RegExp(`(${GAP[0]}[^${GAP[1]}]*${GAP[1]})`))
  return (
    <div className="mp-spoken" aria-live="polite">
      <small>写进总结的一句话</small>
      <p>
        {parts.map((part, i) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence, by their place.
          part.startsWith(GAP[0]) ? <mark key={i}>{part.slice(1, -1)}</mark> : part,
        )}
        。
      </p>
    </div>
  )
}

function Saved(props: { definition: LedgerDefinition; sentence: string; again: () => void }) {
  const waiting = useOutbox()
  const refused = waiting.find((o) => o.refused)
  return (
    <Screen title={refused ? '需要修改' : '已保存'}>
      <Card>
        <p className="mp-saved">{props.sentence}。</p>
        <p className={refused ? 'mp-refused' : 'mp-quiet'}>
          {refused
            ? `服务器没有接受“${refused.title}”：${refused.refused}`
            : waiting.length > 0
              ? '已存在这部手机上，有信号时自动上传，可以接着做别的。'
              : '已上传入账。'}
        </p>
      </Card>
      {refused && <Act onClick={() => goTo('/outbox')}>去修改</Act>}
      <Act main onClick={props.again}>
        再记一笔
      </Act>
      <Act onClick={() => goTo(`/ledgers/${props.definition.id}`, { replace: true })}>看这本台账</Act>
      <Act onClick={() => goTo('/', { replace: true })}>回工作台</Act>
    </Screen>
  )
}
