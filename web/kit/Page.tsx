/** A page: its name, what stands above it, its one main action; and how it looks when empty or failed. */
import { Alert, Button, Skeleton } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { GoLink } from '../app/address.tsx'
import type { Problem } from '../app/client.ts'

export interface Crumb {
  title: string
  to: string
}

export interface PageProps {
  title: ReactNode
  /** For the browser's tab, when the title is not text. */
  tabTitle?: string
  above?: Crumb[]
  /** One quiet line under the title. */
  about?: ReactNode
  /** The one main action, a primary Button. */
  main?: ReactNode
  /** Further actions, left of the main one. */
  actions?: ReactNode
  /** Narrow pages (forms, settings) read better at 880 px. */
  narrow?: boolean
  children: ReactNode
}

export function Page({ title, tabTitle, above, about, main, actions, narrow, children }: PageProps) {
  const name = tabTitle ?? (typeof title === 'string' ? title : '')
  useEffect(() => {
    document.title = name ? `${name} · 明账` : '明账'
  }, [name])
  return (
    <div className={narrow ? 'mz-page mz-page-narrow' : 'mz-page'}>
      {above && above.length > 0 && (
        <nav className="mz-crumbs mz-no-print" aria-label="所在位置">
          {above.map((crumb) => (
            <span key={crumb.to}>
              <GoLink to={crumb.to}>{crumb.title}</GoLink>
              <i aria-hidden="true">/</i>
            </span>
          ))}
        </nav>
      )}
      <header className="mz-page-head">
        <div className="mz-page-title">
          <h1>{title}</h1>
          {about && <div className="mz-page-about">{about}</div>}
        </div>
        <div className="mz-page-actions mz-no-print">
          {actions}
          {main}
        </div>
      </header>
      {children}
    </div>
  )
}

/** A white sheet on the paper, with a heading of its own when it needs one. */
export function Sheet(props: { title?: ReactNode; extra?: ReactNode; flush?: boolean; children: ReactNode }) {
  return (
    <section className={props.flush ? 'mz-sheet mz-sheet-flush' : 'mz-sheet'}>
      {(props.title || props.extra) && (
        <div className="mz-sheet-head">
          <h2>{props.title}</h2>
          {props.extra && <div className="mz-sheet-extra">{props.extra}</div>}
        </div>
      )}
      <div className="mz-sheet-body">{props.children}</div>
    </section>
  )
}

/** Nothing here yet: says so, and names the next step. */
export function EmptyState(props: { title: string; hint?: ReactNode; action?: ReactNode }) {
  return (
    <div className="mz-empty">
      <svg width="40" height="40" viewBox="0 0 40 40" fill="none" stroke="currentColor" aria-hidden="true">
        <rect x="8.5" y="5.5" width="23" height="29" rx="2" />
        <path d="M13 13h14M13 19h14M13 25h8" strokeDasharray="2 3" />
      </svg>
      <strong>{props.title}</strong>
      {props.hint && <p>{props.hint}</p>}
      {props.action && <div className="mz-empty-action">{props.action}</div>}
    </div>
  )
}

/** A refusal: what is wrong, where, how to mend it, and a way to try again. */
export function Failure({ problem, retry }: { problem: Problem; retry?: (() => void) | undefined }) {
  return (
    <Alert
      type="error"
      showIcon
      className="mz-failure"
      title={problem.title}
      description={
        problem.problems.length > 0 || problem.status >= 500 ? (
          <>
            {problem.problems.map((p) => (
              <div key={`${p.field} ${p.reason}`}>{[p.reason, p.remedy].filter(Boolean).join('。')}</div>
            ))}
            {problem.status >= 500 && problem.requestId && <div>编号 {problem.requestId}</div>}
          </>
        ) : undefined
      }
      action={
        retry && (
          <Button size="small" onClick={retry}>
            重试
          </Button>
        )
      }
    />
  )
}

interface Answerable<T> {
  data: T | undefined
  error: Problem | null
  refetch: () => unknown
}

/** What a question leads to: a skeleton while it is asked, the refusal with a retry, or the answer. */
export function Loaded<T>(props: { of: Answerable<T>; rows?: number; children: (answer: T) => ReactNode }) {
  const { data, error, refetch } = props.of
  if (data !== undefined) return <>{props.children(data)}</>
  if (error) return <Failure problem={error} retry={() => void refetch()} />
  return <Skeleton active title={false} paragraph={{ rows: props.rows ?? 6 }} className="mz-skeleton" />
}

/** A row of named values: label above, value below. */
export function StatRow({ children }: { children: ReactNode }) {
  return <dl className="mz-stats">{children}</dl>
}

export function Stat(props: { label: ReactNode; children: ReactNode; note?: ReactNode }) {
  return (
    <div className="mz-stat">
      <dt>{props.label}</dt>
      <dd>
        <div className="mz-stat-value">{props.children}</div>
        {props.note && <div className="mz-stat-note">{props.note}</div>}
      </dd>
    </div>
  )
}

/** The sentence that a record puts into the summary. */
export function Sentence(props: { text: string | null | undefined; placeholder?: string }) {
  return (
    <p className={props.text ? 'mz-sentence' : 'mz-sentence mz-sentence-empty'}>
      {props.text || props.placeholder || '填写之后，这里会出现写进总结的那句话。'}
    </p>
  )
}

export interface Moment {
  id: string
  /** 2024-03-12, 2024-03 … */
  when: string
  what: ReactNode
  detail?: ReactNode
  /** What stands out: begins and ends of something. */
  strong?: boolean
}

/** Events, the newest first as given. */
export function Timeline({ moments }: { moments: Moment[] }) {
  return (
    <ol className="mz-timeline">
      {moments.map((m) => (
        <li key={m.id} className={m.strong ? 'mz-moment mz-moment-strong' : 'mz-moment'}>
          <time>{m.when}</time>
          <div>
            <div>{m.what}</div>
            {m.detail && <div className="mz-quiet mz-small">{m.detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}
