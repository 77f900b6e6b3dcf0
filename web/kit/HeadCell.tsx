/** The head of a column, whose right edge is dragged for its width; with the keyboard, ← and → on the edge. */
import type { KeyboardEvent, PointerEvent, ThHTMLAttributes } from 'react'

interface HeadCellProps extends ThHTMLAttributes<HTMLTableCellElement> {
  onWidth?: (pixels: number) => void
}

const STEP = 16

export function HeadCell({ onWidth, children, ...rest }: HeadCellProps) {
  if (!onWidth) return <th {...rest}>{children}</th>
  const drag = (event: PointerEvent<HTMLButtonElement>) => {
    const edge = event.currentTarget
    const head = edge.closest('th')
    if (!head) return
    event.preventDefault()
    const start = { x: event.clientX, width: head.offsetWidth }
    edge.setPointerCapture(event.pointerId)
    const move = (e: globalThis.PointerEvent) => onWidth(start.width + e.clientX - start.x)
    const end = () => {
      edge.removeEventListener('pointermove', move)
      edge.removeEventListener('pointerup', end)
    }
    edge.addEventListener('pointermove', move)
    edge.addEventListener('pointerup', end)
  }
  const step = (event: KeyboardEvent<HTMLButtonElement>) => {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key]
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    onWidth((event.currentTarget.closest('th')?.offsetWidth ?? 0) + by)
  }
  return (
    <th {...rest}>
      {children}
      <button
        type="button"
        className="mz-head-edge mz-no-print"
        aria-label="拖动改列宽"
        tabIndex={-1}
        onPointerDown={drag}
        onClick={(e) => e.stopPropagation()}
        onKeyDown={step}
      />
    </th>
  )
}
