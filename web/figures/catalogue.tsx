/** All measures by group, narrowed by typing 汉字, pinyin or initials; what was asked lately stands first. */
import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useState } from 'react'
import type { MeasureEntry } from '../../domain/indicators/contract.ts'

interface CatalogueProps {
  all: MeasureEntry[]
  chosen: string
  recent: string[]
  ask: (measure: string) => void
}

export function Catalogue({ all, chosen, recent, ask }: CatalogueProps) {
  const [text, setText] = useState('')
  const found = all.filter((m) => fits(m, text))
  const groups = [...new Set(found.map((m) => m.group))]
  const lately = text ? [] : recent.flatMap((id) => all.find((m) => m.id === id) ?? [])
  const [first] = found
  return (
    <aside className="mz-catalogue mz-no-print">
      <Input
        allowClear
        autoFocus={chosen === ''}
        prefix={<SearchOutlined className="mz-quiet" />}
        placeholder="找指标：名称、拼音首字母"
        aria-label="找指标"
        value={text}
        onChange={(e) => setText(e.target.value)}
        onPressEnter={() => first && ask(first.id)}
      />
      <div className="mz-catalogue-list">
        {lately.length > 0 && <Group title="最近查过" entries={lately} chosen={chosen} ask={ask} />}
        {groups.map((group) => (
          <Group
            key={group}
            title={group}
            entries={found.filter((m) => m.group === group)}
            chosen={chosen}
            ask={ask}
          />
        ))}
        {found.length === 0 && <p className="mz-quiet mz-catalogue-none">没有叫“{text}”的指标。</p>}
      </div>
    </aside>
  )
}

interface GroupProps {
  title: string
  entries: MeasureEntry[]
  chosen: string
  ask: (measure: string) => void
}

function Group({ title, entries, chosen, ask }: GroupProps) {
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {entries.map((m) => (
          <li key={m.id}>
            <button
              type="button"
              title={m.definition}
              aria-current={m.id === chosen ? 'true' : undefined}
              onClick={() => ask(m.id)}
            >
              <span>{m.title}</span>
              <small>{m.unit}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function fits({ title, group, nameKey }: MeasureEntry, text: string): boolean {
  const typed = text.trim().toLowerCase()
  if (typed === '') return true
  if (title.toLowerCase().includes(typed) || group.includes(typed)) return true
  const letters = typed.replace(/\s/g, '')
  if (!/^[a-z0-9]+$/.test(letters)) return false
  const [syllables = '', initials = ''] = nameKey.split('/')
  return initials.includes(letters) || syllables.replace(/ /g, '').includes(letters)
}
