/**
 * The one cell that holds the cursor. It is always a real input, so that an input method can begin in it; until
 * something is typed or it is clicked twice, keys move through the grid.
 */
import {
  type ChangeEvent,
  type ClipboardEvent,
  type Dispatch,
  type KeyboardEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { TargetField } from '../../../kernel/spreadsheet/target.ts'
import { copiedText, readBlock } from './model.ts'
import { chosenArea, type Deed, type GridState } from './state.ts'

interface CellEditorProps {
  field: TargetField
  row: number
  text: string
  state: GridState
  dispatch: Dispatch<Deed>
  describedBy: string | undefined
  invalid: boolean
  hint: string | undefined
}

const ONE_LINE = new Set(['choice', 'yesNo', 'date', 'month', 'integer', 'number', 'money', 'org', 'name'])

export function CellEditor(props: CellEditorProps) {
  const { field, row, text, state, dispatch } = props
  const [typed, setTyped] = useState<string | null>(null)
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const latest = useRef({ typed, text })
  latest.current = { typed, text }
  const options = useId()
  useLayoutEffect(() => {
    input.current?.focus({ preventScroll: true })
    input.current?.select()
    input.current?.closest('td')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [])
  // A change from outside, by undo or paste, is what stands there now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the line's own text changes.
  useEffect(() => setTyped(null), [text])
  const commit = () => {
    const { typed: now, text: before } = latest.current
    if (now !== null && now !== before) dispatch({ do: 'set', row, field: field.id, text: now })
    setTyped(null)
  }
  const words = wordsOf(field)
  const shared = {
    ref: input,
    value: typed ?? text,
    'aria-label': field.title,
    'aria-invalid': props.invalid,
    'aria-describedby': props.describedBy,
    placeholder: props.hint,
    autoComplete: 'off',
    spellCheck: false,
    onChange: (e: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => setTyped(e.target.value),
    onBlur: commit,
    onDoubleClick: () => setTyped(typed ?? text),
    onKeyDown: (e: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      onKey(e, { state, dispatch, commit, typed, setTyped, offers: words.length > 0 }),
    onPaste: (e: ClipboardEvent) => onPaste(e, dispatch, typed !== null),
    onCopy: (e: ClipboardEvent) => onCopy(e, state, typed !== null),
    onCut: (e: ClipboardEvent) => {
      onCopy(e, state, typed !== null)
      if (typed === null) dispatch({ do: 'clear' })
    },
  }
  if (!ONE_LINE.has(field.kind)) return <textarea {...shared} rows={1} />
  return (
    <>
      <input {...shared} {...(words.length > 0 ? { list: options } : {})} />
      {words.length > 0 && (
        <datalist id={options}>
          {words.map((word) => (
            <option key={word} value={word} />
          ))}
        </datalist>
      )}
    </>
  )
}

function wordsOf({ kind, options }: TargetField): string[] {
  if (kind === 'yesNo') return ['是', '否']
  return kind === 'choice' ? (options ?? []).map((one) => one.title) : []
}

interface Hand {
  state: GridState
  dispatch: Dispatch<Deed>
  commit: () => void
  typed: string | null
  setTyped: (text: string | null) => void
  /** A list of words opens below it while one types. */
  offers: boolean
}

type Key = KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>

const ARROWS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-15, 0],
  PageDown: [15, 0],
}

function onKey(event: Key, hand: Hand): void {
  if (event.nativeEvent.isComposing) return
  const { typed, commit, dispatch } = hand
  const move = (rows: number, columns: number, extend = false) => {
    event.preventDefault()
    commit()
    dispatch({ do: 'move', rows, columns, extend })
  }
  const arrow = ARROWS[event.key]
  const upOrDown = arrow?.[1] === 0
  if (event.ctrlKey || event.metaKey) onControl(event, hand)
  else if (event.key === 'Tab') {
    if (!event.currentTarget.dataset.leaving) move(0, event.shiftKey ? -1 : 1)
  } else if (event.key === 'Enter' && !event.altKey) move(event.shiftKey ? -1 : 1, 0)
  else if (arrow && (typed === null || (upOrDown && !hand.offers)))
    move(...arrow, event.shiftKey && typed === null)
  else onOther(event, hand)
}

function onControl(event: Key, { typed, commit, dispatch }: Hand): void {
  const key = event.key.toLowerCase()
  if (key === 'd') {
    event.preventDefault()
    commit()
    dispatch({ do: 'fill' })
  } else if (key === 'z' && typed === null) {
    event.preventDefault()
    dispatch({ do: 'undo' })
  }
}

function onOther(event: Key, { state, typed, setTyped, dispatch }: Hand): void {
  const input = event.currentTarget
  const { active, target } = state
  if (event.key === 'Enter' && input instanceof HTMLTextAreaElement) {
    event.preventDefault()
    input.setRangeText('\n', input.selectionStart, input.selectionEnd, 'end')
    setTyped(input.value)
  } else if (event.key === 'Escape') {
    if (typed === null) input.dataset.leaving = 'yes'
    setTyped(null)
    input.select()
  } else if (event.key === 'F2') {
    setTyped(input.value)
    input.setSelectionRange(input.value.length, input.value.length)
  } else if (typed === null && (event.key === 'Delete' || event.key === 'Backspace')) {
    event.preventDefault()
    dispatch({ do: 'clear' })
  } else if (typed === null && (event.key === 'Home' || event.key === 'End')) {
    event.preventDefault()
    const column = event.key === 'Home' ? 0 : target.fields.length - 1
    dispatch({ do: 'go', to: { row: active.row, column }, extend: event.shiftKey })
  }
}

/** One cell without line breaks is text for this cell; anything more is a block. */
function onPaste(event: ClipboardEvent, dispatch: Dispatch<Deed>, typing: boolean): void {
  const text = event.clipboardData.getData('text/plain')
  const isBlock = /[\t\r\n]/.test(text.replace(/[\r\n]+$/, ''))
  if (typing && !text.includes('\t')) return
  if (!isBlock && !/[\r\n]$/.test(text)) return
  event.preventDefault()
  dispatch({ do: 'paste', block: readBlock(text) })
}

function onCopy(event: ClipboardEvent, state: GridState, typing: boolean): void {
  if (typing) return
  event.preventDefault()
  event.clipboardData.setData('text/plain', copiedText(state.lines, state.target, chosenArea(state)))
}
