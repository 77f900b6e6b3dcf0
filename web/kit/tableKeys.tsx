/** The keyboard in a list, and what says so. */
import { Modal } from 'antd'
import { type RefObject, useEffect, useRef } from 'react'
import { SEARCH_CLASS } from './TableTools.tsx'

export interface RowKeyActs {
  open: (key: string) => void
  /** Null where nothing is done to several rows. */
  toggle: ((key: string) => void) | null
  exportAll: (() => void) | null
  print: () => void
  help: () => void
}

const KEYS: [string, string][] = [
  ['j 或 ↓', '下一行'],
  ['k 或 ↑', '上一行'],
  ['Enter', '打开这一行'],
  ['x 或 空格', '选中、取消选中'],
  ['/', '去搜索框'],
  ['e', '导出'],
  ['p', '打印'],
  ['Esc', '关上打开的'],
  ['?', '这张说明'],
]

/**
 * The row in focus is where one is. Keys count anywhere on the page, unless somebody is typing or a window stands
 * before it; then they belong to that.
 */
export function useTableKeys(acts: RowKeyActs): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null)
  const latest = useRef(acts)
  latest.current = acts
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const table = ref.current
      if (!table || event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target, table)) return
      if (pressed(event.key, table, latest.current)) event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
  return ref
}

function isTaken(target: EventTarget | null, table: Element): boolean {
  if (!(target instanceof Element)) return false
  if (
    target.closest('input, textarea, select, [contenteditable="true"], .ant-modal, .ant-drawer, .ant-popover')
  )
    return true
  // Buttons and links answer Enter and Space themselves; elsewhere than on the page, keys are somebody else's.
  return target !== document.body && !table.closest('.mz-page')?.contains(target)
}

function pressed(key: string, table: HTMLElement, acts: RowKeyActs): boolean {
  const rows = [...table.querySelectorAll<HTMLTableRowElement>('tr[data-key]')]
  const at = rows.indexOf(document.activeElement as HTMLTableRowElement)
  const here = rows[at]?.dataset.key
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[key]
  if (step !== undefined) {
    // Arrows scroll the page until a row is entered.
    if (at < 0 && key.startsWith('Arrow')) return false
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))]
    next?.focus()
    return next !== undefined
  }
  if (key === '/') return focusSearch(table)
  if (key === '?') return done(acts.help)
  if (key === 'p') return done(acts.print)
  if (key === 'e' && acts.exportAll) return done(acts.exportAll)
  if (here === undefined) return false
  if (key === 'Enter') return done(() => acts.open(here))
  const { toggle } = acts
  if ((key === 'x' || key === ' ') && toggle) return done(() => toggle(here))
  return false
}

function done(act: () => void): true {
  act()
  return true
}

function focusSearch(table: Element): boolean {
  const box = table.querySelector<HTMLInputElement>(`.${SEARCH_CLASS} input`)
  box?.focus()
  box?.select()
  return box !== null
}

export function KeysHelp({ open, close }: { open: boolean; close: () => void }) {
  return (
    <Modal open={open} onCancel={close} footer={null} title="键盘" width={360}>
      <dl className="mz-keys">
        {KEYS.map(([key, does]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
