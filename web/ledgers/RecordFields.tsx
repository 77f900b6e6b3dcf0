/** The form of a ledger, entirely from its declaration. */
import { DownOutlined, UpOutlined } from '@ant-design/icons'
import { AutoComplete, Button, InputNumber } from 'antd'
import type { ReactNode } from 'react'
import { getSuggestions } from '../../domain/records/ledgers/contract.ts'
import { wantsPhoto } from '../../domain/records/ledgers/declared.ts'
import type { LedgerDefinition, LedgerField } from '../../domain/records/ledgers/definition.ts'
import { isWorkedOut } from '../../domain/records/ledgers/fields/types.ts'
import { showValue } from '../../domain/records/ledgers/fields.ts'
import type { DatePrecision } from '../../kernel/period.ts'
import { useRemembered } from '../app/preferences.ts'
import { useFetch } from '../app/queries.ts'
import { DateField, DayField } from '../kit/DateField.tsx'
import { Field, Fields } from '../kit/Form.tsx'
import { OrgPicker } from '../kit/OrgPicker.tsx'
import { PhotoInput } from '../kit/PhotoInput.tsx'
import { FieldInput } from './fields/input.tsx'
import {
  arranged,
  countedAs,
  GAP,
  namedThere,
  type RecordValues,
  sentenceNow,
  stillOpen,
  workedOut,
} from './form.ts'
import { HostsPicker } from './hosts.tsx'
import { askedHint } from './hostWords.ts'
import { PeopleInput } from './PeopleInput.tsx'
import { QUANTITIES_HINT, QuantitiesInput } from './QuantitiesInput.tsx'

export interface RecordFieldsProps {
  definition: LedgerDefinition
  values: RecordValues
  set: (patch: Partial<RecordValues>) => void
  /** Absent while a record is changed: its pictures are added where they are shown. */
  photos?: { files: File[]; setFiles: (files: File[]) => void }
  /** A record stays with its organisation. */
  orgFixed?: boolean
  /** A ledger that is still being declared: nobody has recorded in it. */
  preview?: boolean
}

export function RecordFields({ definition, values, set, photos, orgFixed, preview }: RecordFieldsProps) {
  const { data } = useFetch(
    getSuggestions,
    { params: { ledger: definition.id }, query: { orgId: values.org.id } },
    { keepLast: true, enabled: !preview },
  )
  const own = (field: LedgerField) => (
    <OwnField
      key={field.id}
      field={field}
      value={values.fields[field.id]}
      onChange={(value) => set({ fields: { ...values.fields, [field.id]: value } })}
      offered={data?.fields[field.id] ?? []}
    />
  )
  const { first, next, rest } = arranged(definition)
  return (
    <>
      <Fields>
        <Field label={definition.name.label} name="title" required={!definition.name.fallback}>
          {(id) => (
            <AutoComplete
              id={id}
              autoFocus={!preview}
              className="mz-wide"
              value={values.title}
              onChange={(title: string) => set({ title })}
              options={(data?.titles ?? [])
                .filter((t) => t !== values.title && t.includes(values.title))
                .map((t) => ({ value: t }))}
              placeholder={definition.name.fallback ? '不填时自动取名' : ''}
            />
          )}
        </Field>
        <Days definition={definition} values={values} set={set} />
        {!orgFixed && (
          <Field label="组织" name="orgId" required half>
            {(id) => <OrgPicker id={id} value={values.org} onChange={(org) => org && set({ org })} />}
          </Field>
        )}
        {definition.joint && (
          <Field label="联合组织" name="hosts" half hint={askedHint(values.hosts, orgFixed === true)}>
            {(id) => (
              <HostsPicker
                id={id}
                org={values.org.id}
                value={values.hosts}
                onChange={(hosts) => set({ hosts })}
              />
            )}
          </Field>
        )}
        {first.map(own)}
        <WhoCame definition={definition} values={values} set={set} />
        {photos && definition.photos && (
          <Field label="照片" name="photos" required={wantsPhoto(definition)}>
            {(id) => <PhotoInput id={id} value={photos.files} onChange={photos.setFiles} />}
          </Field>
        )}
        {next.map(own)}
        <Field label="成果" name="quantities" hint={QUANTITIES_HINT}>
          {(id) => (
            <QuantitiesInput
              id={id}
              value={values.quantities ?? ''}
              onChange={(quantities) => set({ quantities })}
            />
          )}
        </Field>
      </Fields>
      <Calculated fields={calculatedOf(definition)} worked={workedOut(definition, values)} />
      {rest.length > 0 && <More fields={rest} values={values} own={own} />}
    </>
  )
}

const calculatedOf = ({ fields }: LedgerDefinition) => fields.filter((f) => isWorkedOut(f) && !f.retired)

/** What follows from what is typed: shown, not asked for. */
function Calculated({ fields, worked }: { fields: LedgerField[]; worked: Record<string, unknown> }) {
  if (fields.length === 0) return null
  return (
    <dl className="mz-calculated" aria-live="polite">
      {fields.map((f) => (
        <div key={f.id}>
          <dt>{f.title}（自动计算）</dt>
          <dd>{worked[f.id] === undefined ? '—' : `${showValue(f, worked[f.id])} ${f.unit ?? ''}`}</dd>
        </div>
      ))}
    </dl>
  )
}

type Part = Pick<RecordFieldsProps, 'definition' | 'values' | 'set'>

const PRECISIONS: DatePrecision[] = ['day', 'month', 'year']

function Days({ definition, values, set }: Part) {
  const { label, span, precision } = definition.day
  return (
    <>
      <Field label={label} name="day" required half>
        {(id) => (
          <DateField
            id={id}
            precisions={precision === 'month' ? ['month', 'day'] : PRECISIONS}
            value={{ day: values.day, precision: values.dayPrecision }}
            onChange={(next) => next && set({ day: next.day, dayPrecision: next.precision })}
          />
        )}
      </Field>
      {span && (
        <Field label="结束日期" name="dayTo" half>
          {(id) => <DayField id={id} value={values.dayTo} onChange={(dayTo) => set({ dayTo })} />}
        </Field>
      )}
    </>
  )
}

function WhoCame({ definition, values, set }: Part) {
  const { personTimes, roles } = definition
  return (
    <>
      {personTimes && (
        <Field label={personTimes.label} name="personTimes" hint={countedAs(definition, values)}>
          {(id) => (
            <InputNumber
              id={id}
              className="mz-record-times"
              controls={false}
              min={0}
              precision={0}
              suffix="人次"
              placeholder={namedThere(definition, values) ? String(namedThere(definition, values)) : ''}
              value={values.personTimes}
              onChange={(next) => set({ personTimes: next })}
            />
          )}
        </Field>
      )}
      {roles.length > 0 && (
        <Field label="名单" name="participants">
          {(id) => <PeopleInput id={id} definition={definition} values={values} set={set} />}
        </Field>
      )}
    </>
  )
}

interface OwnFieldProps {
  field: LedgerField
  value: unknown
  onChange: (value: unknown) => void
  offered: string[]
}

const WIDE = new Set(['longText', 'choices', 'link'])

function OwnField({ field, value, onChange, offered }: OwnFieldProps) {
  return (
    <Field
      label={field.title}
      name={field.id}
      required={field.required ?? false}
      half={!WIDE.has(field.type)}
      hint={field.hint}
    >
      {(id) => <FieldInput id={id} field={field} value={value} onChange={onChange} offered={offered} />}
    </Field>
  )
}

function More(props: {
  fields: LedgerField[]
  values: RecordValues
  own: (field: LedgerField) => ReactNode
}) {
  const { fields, values, own } = props
  const [open, setOpen] = useRemembered('record.more', false)
  const filled = fields.filter((f) => values.fields[f.id] !== undefined)
  return (
    <div className="mz-record-more">
      <Button type="text" icon={open ? <UpOutlined /> : <DownOutlined />} onClick={() => setOpen(!open)}>
        {open ? '收起选填内容' : `选填：${fields.map((f) => f.title).join('、')}`}
      </Button>
      <Fields>{(open ? fields : filled).map(own)}</Fields>
    </div>
  )
}

/** The sentence as it grows; what is missing stands out. */
interface LiveSentenceProps extends Pick<RecordFieldsProps, 'definition' | 'values'> {
  /** A word beside the sentence, in sight wherever one types. */
  children?: ReactNode
}

export function LiveSentence({ definition, values, children }: LiveSentenceProps) {
  const parts = sentenceNow(definition, values).split(new RegExp(`(${GAP[0]}[^${GAP[1]}]*${GAP[1]})`))
  const open = stillOpen(definition, values)
  return (
    <div className="mz-live" aria-live="polite">
      {children}
      <div className="mz-live-head">
        <strong>写进总结的一句话</strong>
        {open.length > 0 && <span>填上还会多出：{open.join('、')}</span>}
      </div>
      <p className="mz-sentence">
        {parts.map((part, i) =>
          part.startsWith(GAP[0]) ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence, by their place.
            <mark key={i}>{part.slice(1, -1)}</mark>
          ) : (
            part
          ),
        )}
        。
      </p>
    </div>
  )
}
