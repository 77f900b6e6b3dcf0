/** Which columns, in which order: ticked and dragged, or with the keyboard (Alt ↑ ↓). */
import { HolderOutlined, SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover, Tooltip } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import type { Column } from './columns.ts'
import { moved, PLAIN, type TableLook } from './tableState.ts'

interface ColumnChoiceProps<Row> {
  columns: Column<Row>[]
  look: TableLook
}

export function ColumnChoice<Row>(props: ColumnChoiceProps<Row>) {
  return (
    <Popover content={<Choice {...props} />} title="显示的列" trigger="click" placement="bottomRight">
      <Tooltip title="选择列、排列顺序">
        <Button type="text" aria-label="选择列" icon={<SettingOutlined />} />
      </Tooltip>
    </Popover>
  )
}

function Choice<Row>({ columns, look }: ColumnChoiceProps<Row>) {
  const { shown, setColumns } = look
  const [dragged, setDragged] = useState<string | null>(null)
  const titles = new Map(columns.map((c) => [c.id, c]))
  const away = columns.filter((c) => !shown.includes(c.id))
  const step = (id: string, by: 1 | -1) => {
    const at = shown.indexOf(id)
    if (by < 0 && at > 0) setColumns(moved(shown, id, shown[at - 1] ?? null))
    if (by > 0 && at < shown.length - 1) setColumns(moved(shown, id, shown[at + 2] ?? null))
  }
  const onKeyDown = (id: string) => (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    step(id, event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <div className="mz-column-choice">
      <p className="mz-quiet mz-small">拖动排序；键盘用 Alt + ↑ ↓。列宽在表头上拖。</p>
      <ul>
        {shown.map((id) => (
          <li
            key={id}
            draggable
            className={dragged === id ? 'mz-column-dragged' : undefined}
            onDragStart={() => setDragged(id)}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event) => {
              event.preventDefault()
              if (dragged && dragged !== id) setColumns(moved(shown, dragged, beforeOf(shown, dragged, id)))
            }}
          >
            <HolderOutlined className="mz-quiet" />
            <Checkbox
              checked
              disabled={titles.get(id)?.fixed === true || shown.length === 1}
              onChange={() => setColumns(shown.filter((one) => one !== id))}
              onKeyDown={onKeyDown(id)}
            >
              {titles.get(id)?.title}
            </Checkbox>
          </li>
        ))}
        {away.map((c) => (
          <li key={c.id} className="mz-column-away">
            <Checkbox checked={false} onChange={() => setColumns([...shown, c.id])}>
              {c.title}
            </Checkbox>
          </li>
        ))}
      </ul>
      <Button size="small" onClick={() => look.take(PLAIN)}>
        恢复原样
      </Button>
    </div>
  )
}

/** Dragged downwards it goes behind the one it is over; upwards, before it. */
function beforeOf(ids: string[], dragged: string, over: string): string | null {
  const down = ids.indexOf(dragged) < ids.indexOf(over)
  return down ? (ids[ids.indexOf(over) + 1] ?? null) : over
}
