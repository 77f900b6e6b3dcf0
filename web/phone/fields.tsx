/** One field of a ledger with the phone's own controls. */
import { type ComponentType, type ReactNode, useId, useState } from 'react'
import type { LedgerField } from '../../domain/records/ledgers/definition.ts'
import { optionTitle } from '../../domain/records/ledgers/fields/choice.ts'
import type { Stage, Widget } from '../../domain/records/ledgers/fields/kit.ts'
import { stagesIn } from '../../domain/records/ledgers/fields/stage.ts'
import { isYesNo, kitOf, unitOf } from '../../domain/records/ledgers/fields/types.ts'
import type { Problem } from '../app/client.ts'
import { afterThese, changed, dateOf, onOf } from '../ledgers/fields/steps.ts'
import { choiceOf, chosenId, MET_WORDS, metBy, nameOf, useThings } from '../ledgers/fields/things.ts'
import { offeredOf } from '../ledgers/form.ts'
import { PhoneField } from './kit.tsx'

export interface PhoneFieldInputProps {
  field: LedgerField
  value: unknown
  onChange: (value: unknown) => void
  problem: Problem | null
  offered: string[]
}

export function PhoneFieldInput(props: PhoneFieldInputProps) {
  const { field, problem } = props
  const unit = unitOf(field)
  const label = unit ? `${field.title}（${unit}）` : field.title
  if (PRESSED.has(kitOf(field.type).widget))
    return (
      <Choosing label={label} required={field.required ?? false}>
        <Control {...props} />
      </Choosing>
    )
  return (
    <PhoneField
      label={label}
      name={field.id}
      problem={problem}
      required={field.required ?? false}
      hint={field.hint}
    >
      <Control {...props} />
    </PhoneField>
  )
}

/** A label over buttons: tapping it must not press the first of them. */
function Choosing(props: { label: string; required: boolean; children: ReactNode }) {
  return (
    <fieldset className="mp-field mp-choosing">
      <legend>
        {props.label}
        {props.required && <i title="必填">*</i>}
      </legend>
      {props.children}
    </fieldset>
  )
}

type ControlProps = PhoneFieldInputProps & { text: string; set: (text: string) => void }

const Line = ({ text, set, offered, kind = 'text' }: ControlProps & { kind?: 'text' | 'url' }) => {
  const id = useId()
  return (
    <>
      <input type={kind} list={id} value={text} onChange={(e) => set(e.target.value)} />
      <datalist id={id}>
        {offered.map((o) => (
          <option key={o} value={o} />
        ))}
      </datalist>
    </>
  )
}

function Day({ field, text, set }: ControlProps) {
  if (field.precision === 'year')
    return (
      <input
        inputMode="numeric"
        maxLength={4}
        placeholder="2024"
        value={text.slice(0, 4)}
        onChange={(e) => set(e.target.value)}
      />
    )
  if (field.precision === 'month')
    return <input type="month" value={text.slice(0, 7)} onChange={(e) => set(e.target.value)} />
  return <input type="date" value={text} onChange={(e) => set(e.target.value)} />
}

const OneOf = ({ field, value, text, set }: ControlProps) => (
  <select value={text} onChange={(e) => set(e.target.value)}>
    <option value="">请选择</option>
    {offeredOf(field, value).map((o) => (
      <option key={o.value} value={o.value}>
        {o.title}
      </option>
    ))}
  </select>
)

const CONTROLS: Record<Widget, ComponentType<ControlProps>> = {
  line: Line,
  address: (props) => <Line {...props} kind="url" />,
  area: ({ text, set }) => <textarea rows={3} value={text} onChange={(e) => set(e.target.value)} />,
  number: ({ field, text, set }) => (
    <input
      inputMode={kitOf(field.type).sheet.kind === 'integer' ? 'numeric' : 'decimal'}
      value={text}
      onChange={(e) => set(e.target.value)}
    />
  ),
  day: Day,
  oneOf: OneOf,
  yesNo: Pills,
  someOf: Pills,
  stages: Stages,
  reference: Reference,
}

/** Buttons are no field with a label of its own. */
const PRESSED = new Set<Widget>(['yesNo', 'someOf', 'stages'])

function Control(props: PhoneFieldInputProps) {
  const { field, value, onChange } = props
  const Widget = CONTROLS[kitOf(field.type).widget]
  const text = value === undefined || value === null ? '' : String(value)
  return <Widget {...props} text={text} set={(next) => onChange(next === '' ? undefined : next)} />
}

/** A second tap takes the answer back. */
function Pills({ field, value, onChange }: PhoneFieldInputProps) {
  const chosen = Array.isArray(value) ? value.map(String) : []
  const options = isYesNo(field)
    ? [
        { title: '是', on: value === true, next: value === true ? undefined : true },
        { title: '否', on: value === false, next: value === false ? undefined : false },
      ]
    : offeredOf(field, value).map((o) => {
        const on = chosen.includes(o.value)
        const next = on ? chosen.filter((c) => c !== o.value) : [...chosen, o.value]
        return { title: o.title, on, next: next.length > 0 ? next : undefined }
      })
  return (
    <div className="mp-pills">
      {options.map((o) => (
        <button key={o.title} type="button" aria-pressed={o.on} onClick={() => onChange(o.next)}>
          {o.title}
        </button>
      ))}
    </div>
  )
}

const MOST_OFFERED = 6

/** Names below the line, each as large as a thumb; what none of them is may be typed. */
function Reference({ field, value, onChange, offered }: ControlProps) {
  const [typing, setTyping] = useState(false)
  const text = nameOf(value)
  const chosen = chosenId(value) !== null
  const things = useThings(field, text, typing || (text !== '' && !chosen))
  const met = metBy(value, things)
  const names = new Set((things ?? []).map((t) => t.name))
  const before = offered.filter((o) => o !== text && o.includes(text) && !names.has(o))
  const take = (next: unknown) => {
    onChange(next)
    setTyping(false)
  }
  return (
    <>
      <input
        type="text"
        value={text}
        placeholder="写名称或拼音"
        onFocus={() => setTyping(true)}
        onChange={(e) => {
          setTyping(true)
          onChange(e.target.value || undefined)
        }}
      />
      {typing && !chosen && (
        <span className="mp-things">
          {(things ?? []).slice(0, MOST_OFFERED).map((t) => (
            <button key={t.id} type="button" onClick={() => take(choiceOf(t))}>
              {t.name}
              <small>{t.about}</small>
            </button>
          ))}
          {before.slice(0, MOST_OFFERED - Math.min(MOST_OFFERED, things?.length ?? 0)).map((o) => (
            <button key={o} type="button" onClick={() => take(o)}>
              {o}
              <small>以前写过</small>
            </button>
          ))}
        </span>
      )}
      {met !== 'open' && (
        <small className={met === 'chosen' || met === 'found' ? 'mp-met' : 'mp-met mp-met-not'} role="status">
          {MET_WORDS[met]}
        </small>
      )}
    </>
  )
}

function Stages({ field, value, onChange }: PhoneFieldInputProps) {
  const stages = stagesIn(value)
  const set = (next: Stage[]) => onChange(next.length > 0 ? next : undefined)
  const left = afterThese(field, stages)
  return (
    <div className="mp-stages">
      {stages.map((stage, at) => (
        <div key={stage.state} className="mp-stage">
          <b>{optionTitle(field, stage.state)}</b>
          <input
            type="date"
            aria-label={`${optionTitle(field, stage.state)}的日期`}
            value={dateOf(stage)?.day ?? ''}
            onChange={(e) =>
              set(
                changed(
                  stages,
                  at,
                  onOf(stage.state, e.target.value ? { day: e.target.value, precision: 'day' } : null),
                ),
              )
            }
          />
          <button
            type="button"
            aria-label={`去掉${optionTitle(field, stage.state)}`}
            onClick={() => set(stages.filter((_, i) => i !== at))}
          >
            ×
          </button>
        </div>
      ))}
      {left.length > 0 && (
        <select
          aria-label={`${field.title}：加一步`}
          value=""
          onChange={(e) => e.target.value && set([...stages, { state: e.target.value }])}
        >
          <option value="">{stages.length === 0 ? '请选择' : '加一步'}</option>
          {left.map((o) => (
            <option key={o.value} value={o.value}>
              {o.title}
            </option>
          ))}
        </select>
      )}
    </div>
  )
}
