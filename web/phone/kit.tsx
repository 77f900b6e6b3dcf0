/** The phone's own light parts: big targets, native controls. */
import type { ButtonHTMLAttributes, ReactNode } from 'react'
import type { Problem } from '../app/client.ts'
import { goBack } from './place.ts'

export function Screen(props: { title: ReactNode; back?: boolean; action?: ReactNode; children: ReactNode }) {
  return (
    <>
      <header className="mp-head">
        {props.back && (
          <button type="button" className="mp-back" aria-label="返回" onClick={goBack}>
            ‹
          </button>
        )}
        <h1>{props.title}</h1>
        {props.action}
      </header>
      <div className="mp-screen">{props.children}</div>
    </>
  )
}

export function Card(props: { title?: ReactNode; extra?: ReactNode; flush?: boolean; children: ReactNode }) {
  return (
    <section className={props.flush ? 'mp-card mp-card-flush' : 'mp-card'}>
      {(props.title || props.extra) && (
        <div className="mp-card-head">
          <h2>{props.title}</h2>
          {props.extra}
        </div>
      )}
      {props.children}
    </section>
  )
}

/** A line that opens something. */
export function Line(props: { title: ReactNode; about?: ReactNode; end?: ReactNode; onOpen?: () => void }) {
  const inside = (
    <>
      <span className="mp-line-text">
        <span>{props.title}</span>
        {props.about && <small>{props.about}</small>}
      </span>
      {props.end && <span className="mp-line-end">{props.end}</span>}
      {props.onOpen && <i aria-hidden="true">›</i>}
    </>
  )
  return props.onOpen ? (
    <button type="button" className="mp-line" onClick={props.onOpen}>
      {inside}
    </button>
  ) : (
    <div className="mp-line">{inside}</div>
  )
}

export function Act({ main, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { main?: boolean }) {
  return <button type="button" {...rest} className={main ? 'mp-act mp-act-main' : 'mp-act'} />
}

export interface PhoneFieldProps {
  label: string
  hint?: ReactNode
  required?: boolean
  /** What the server said about this field. */
  problem?: Problem | null
  name?: string
  children: ReactNode
}

export function PhoneField({ label, hint, required, problem, name, children }: PhoneFieldProps) {
  const told = problem?.problems.find((p) => p.field === name)
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children.
    <label className="mp-field">
      <span>
        {label}
        {required && <i title="必填">*</i>}
      </span>
      {children}
      {told ? <em role="alert">{told.reason}</em> : hint && <small>{hint}</small>}
    </label>
  )
}

interface PasswordProps extends Omit<PhoneFieldProps, 'children'> {
  value: string
  autoComplete: 'current-password' | 'new-password'
  onType: (value: string) => void
}

export const PhonePassword = ({ value, autoComplete, onType, ...field }: PasswordProps) => (
  <PhoneField {...field}>
    <input
      type="password"
      value={value}
      autoComplete={autoComplete}
      onChange={(e) => onType(e.target.value)}
    />
  </PhoneField>
)

export function Told({ problem, retry }: { problem: Problem; retry?: (() => void) | undefined }) {
  return (
    <div className="mp-told" role="alert">
      <b aria-hidden="true">!</b>
      <span>{problem.title}</span>
      {retry && (
        <button type="button" onClick={retry}>
          重试
        </button>
      )}
    </div>
  )
}

export function Nothing(props: { title: string; hint?: ReactNode; action?: ReactNode }) {
  return (
    <div className="mp-nothing">
      <strong>{props.title}</strong>
      {props.hint && <p>{props.hint}</p>}
      {props.action}
    </div>
  )
}

export function Waiting() {
  return (
    <div className="mp-waiting" role="status" aria-label="正在加载">
      <i />
      <i />
      <i />
    </div>
  )
}
