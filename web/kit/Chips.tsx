/** What the list is narrowed by, each in words; taken off one by one. */
import { Button, Tag } from 'antd'

export interface Chip {
  key: string
  /** 参加人次：30 至 60 */
  words: string
  clear: () => void
}

export function Chips({ chips, clear }: { chips: Chip[]; clear: () => void }) {
  if (chips.length === 0) return null
  return (
    <div className="mz-chips">
      <span className="mz-quiet mz-small">筛选</span>
      {chips.map((chip) => (
        <Tag key={chip.key} closable onClose={chip.clear} aria-label={chip.words}>
          {chip.words}
        </Tag>
      ))}
      <Button size="small" type="link" className="mz-no-print" onClick={clear}>
        全部清除
      </Button>
    </div>
  )
}
