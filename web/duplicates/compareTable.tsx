/** Two columns side by side: what differs is marked, and of what differs one side is chosen. */
import type { ReactNode } from 'react'
import type { Reason } from '../../domain/structure/merges/contract.ts'

export type Side = 'one' | 'other'

export interface ComparedRow {
  id: string
  title: string
  one: ReactNode
  other: ReactNode
  /** Both say something, and not the same. */
  choose: boolean
}

interface CompareTableProps {
  heads: { one: ReactNode; other: ReactNode }
  keep: Side
  setKeep: (side: Side) => void
  rows: ComparedRow[]
  chosen: Record<string, Side>
  choose: (id: string, side: Side) => void
  /** Id of the row on which the arrows work; null: on the heads. */
  active: string | null
  setActive: (id: string | null) => void
  readOnly: boolean
}

export function CompareTable(props: CompareTableProps) {
  const { heads, keep, rows, chosen, active, readOnly } = props
  return (
    <table className="mz-dup-table">
      <thead>
        <tr className={active === null ? 'mz-dup-active' : undefined}>
          <th scope="col">留下哪一份</th>
          {(['one', 'other'] as const).map((side) => (
            <th key={side} scope="col">
              <Choice
                on={keep === side}
                disabled={readOnly}
                label={side === 'one' ? '留下左边' : '留下右边'}
                press={() => {
                  props.setActive(null)
                  props.setKeep(side)
                }}
              >
                {heads[side]}
              </Choice>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={row.id}
            className={
              [row.choose && 'mz-dup-differs', active === row.id && 'mz-dup-active']
                .filter(Boolean)
                .join(' ') || undefined
            }
          >
            <th scope="row">{row.title}</th>
            {(['one', 'other'] as const).map((side) => (
              <td key={side}>
                {row.choose ? (
                  <Choice
                    on={(chosen[row.id] ?? 'one') === side}
                    disabled={readOnly}
                    label={`${row.title}用${side === 'one' ? '左边' : '右边'}的`}
                    press={() => {
                      props.setActive(row.id)
                      props.choose(row.id, side)
                    }}
                  >
                    {row[side]}
                  </Choice>
                ) : (
                  <span className="mz-dup-same">{row[side] ?? <span className="mz-quiet">—</span>}</span>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface ChoiceProps {
  on: boolean
  disabled?: boolean
  label?: string
  press: () => void
  children: ReactNode
}

export function Choice({ on, disabled, label, press, children }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-pressed={on}
      aria-label={label}
      disabled={disabled}
      className={on ? 'mz-dup-choice mz-dup-chosen' : 'mz-dup-choice'}
      onClick={press}
    >
      <i aria-hidden="true" />
      <span>{children}</span>
    </button>
  )
}

/** Why they look like one, and what speaks against it. */
export function Reasons({ reasons }: { reasons: Reason[] }) {
  const shown = (sign: 1 | -1) => reasons.filter((r) => r.weight * sign > 0)
  return (
    <ul className="mz-dup-reasons">
      {shown(1).map((r) => (
        <li key={r.code}>{r.words}</li>
      ))}
      {shown(-1).map((r) => (
        <li key={r.code} className="mz-dup-against">
          {r.words}
        </li>
      ))}
    </ul>
  )
}

/** The arrows: up and down to a row that asks, left and right to a side. */
export function arrowKeys(props: {
  asking: string[]
  active: string | null
  setActive: (id: string | null) => void
  pick: (id: string | null, side: Side) => void
}): Record<string, () => void> {
  const order = [null, ...props.asking]
  const at = order.indexOf(props.active)
  const to = (n: number) => props.setActive(order[Math.max(0, Math.min(order.length - 1, n))] ?? null)
  return {
    arrowdown: () => to(at + 1),
    arrowup: () => to(at - 1),
    arrowleft: () => props.pick(props.active, 'one'),
    arrowright: () => props.pick(props.active, 'other'),
  }
}
