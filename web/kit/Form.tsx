/**
 * Forms: values are kept in this browser until they are saved, Ctrl Enter saves, leaving with unsaved changes asks
 * first, and what the server refuses stands at its field.
 */
import { useBlocker } from '@tanstack/react-router'
import { Button, Modal } from 'antd'
import {
  createContext,
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { Problem } from '../app/client.ts'
import { remember, remembered } from '../app/preferences.ts'
import { Failure } from './Page.tsx'

export interface Draft<T> {
  value: T
  /** Changes some fields. */
  set: (patch: Partial<T>) => void
  /** Differs from what it began with. */
  changed: boolean
  /** Was found from an earlier, unsaved visit. */
  restored: boolean
  /** Forgets the draft: after saving, or to begin anew. */
  clear: (value?: T) => void
}

/** Values of a form under a name of their own ('records.themeActivity', 'organisation.<id>'). */
export function useDraft<T extends object>(name: string, initial: T): Draft<T> {
  const [value, setValue] = useState<T>(() => ({
    ...initial,
    ...remembered<Partial<T>>(`draft.${name}`, {}),
  }))
  const [changed, setChanged] = useState(() => remembered<unknown>(`draft.${name}`, null) !== null)
  const [restored, setRestored] = useState(changed)
  const set = useCallback(
    (patch: Partial<T>) => {
      setValue((now) => {
        const next = { ...now, ...patch }
        remember(`draft.${name}`, next)
        return next
      })
      setChanged(true)
    },
    [name],
  )
  const clear = useCallback(
    (next?: T) => {
      remember(`draft.${name}`, undefined)
      setValue(next ?? initial)
      setChanged(false)
      setRestored(false)
    },
    [name, initial],
  )
  return { value, set, changed, restored, clear }
}

interface Refused {
  problem: Problem | null
  /** Fields say under which name they show what was refused; what nobody shows stands on top. */
  claim: (name: string) => void
}

const RefusedContext = createContext<Refused>({ problem: null, claim: () => {} })

export interface FormShellProps {
  onSave: () => void
  saveText: string
  busy?: boolean
  problem?: Problem | null
  /** Leaving the page then asks first. Left out in dialogs. */
  unsaved?: boolean
  /** Further buttons, right of the main one. */
  actions?: ReactNode
  onCancel?: () => void
  children: ReactNode
}

export function FormShell(props: FormShellProps) {
  const saveByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    if (!props.busy) props.onSave()
  }
  const claimed = useRef(new Set<string>())
  const problem = props.problem ?? null
  const told = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problem) told.current?.scrollIntoView({ block: 'center' })
  }, [problem])
  const refused = useMemo(
    () => ({ problem, claim: (name: string) => void claimed.current.add(name) }),
    [problem],
  )
  return (
    <RefusedContext.Provider value={refused}>
      <form
        className="mz-form"
        noValidate
        onKeyDown={saveByKey}
        onSubmit={(e) => {
          e.preventDefault()
          props.onSave()
        }}
      >
        <div ref={told}>{problem && <Failure problem={unclaimed(problem, claimed.current)} />}</div>
        {props.children}
        <div className="mz-form-foot">
          <Button type="primary" htmlType="submit" loading={props.busy ?? false} title="Ctrl + Enter">
            {props.saveText}
          </Button>
          {props.actions}
          {props.onCancel && <Button onClick={props.onCancel}>取消</Button>}
        </div>
      </form>
      <LeaveWarning when={props.unsaved ?? false} />
    </RefusedContext.Provider>
  )
}

const isAt = (field: string, name: string) => field === name || field.startsWith(`${name}.`)

function unclaimed(problem: Problem, names: Set<string>): Problem {
  const problems = problem.problems.filter((p) => ![...names].some((name) => isAt(p.field, name)))
  return new Problem(problem.title, { ...problem, problems })
}

export interface FieldProps {
  label: string
  /** Name under which the server speaks of it. */
  name?: string
  required?: boolean
  /** Who uses it, or how it is written. */
  hint?: ReactNode
  /** A reason found here, before the server is asked. */
  error?: string | undefined
  /** Half a row. */
  half?: boolean
  /** Gets the id that ties the label to the input. */
  children: (id: string) => ReactNode
}

export function Field({ label, name, required, hint, error, half, children }: FieldProps) {
  const id = useId()
  const { problem, claim } = useContext(RefusedContext)
  useEffect(() => {
    if (name) claim(name)
  }, [name, claim])
  const told = problem?.problems.find((p) => name && isAt(p.field, name))
  const reason = error ?? (told && [told.reason, told.remedy].filter(Boolean).join('，'))
  return (
    <div className={`mz-field${half ? ' mz-field-half' : ''}${reason ? ' mz-field-wrong' : ''}`}>
      <label htmlFor={id}>
        {label}
        {required && <i title="必填">*</i>}
      </label>
      {children(id)}
      {reason && (
        <div className="mz-field-reason" role="alert">
          {reason}
        </div>
      )}
      {hint && <div className="mz-field-hint">{hint}</div>}
    </div>
  )
}

/** Fields side by side where there is room. */
export function Fields({ children }: { children: ReactNode }) {
  return <div className="mz-fields">{children}</div>
}

export function LeaveWarning({ when }: { when: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => when && current.pathname !== next.pathname,
    enableBeforeUnload: () => when,
    withResolver: true,
  })
  return (
    <Modal
      open={blocker.status === 'blocked'}
      title="还没有保存，确定离开吗？"
      okText="离开"
      cancelText="继续填写"
      onOk={() => blocker.proceed?.()}
      onCancel={() => blocker.reset?.()}
    >
      填写的内容会留在这台电脑的草稿里，下次打开还在。
    </Modal>
  )
}
