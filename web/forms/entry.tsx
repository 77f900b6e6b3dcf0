/** What goes into the chosen cell: suggestions, a figure found by typing, words, a list, or nothing. */
import { CheckOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, Input, Select, Tag } from 'antd'
import { useMemo, useState } from 'react'
import { getMeasures, type MeasureEntry } from '../../domain/indicators/contract.ts'
import type { FormCell } from '../../domain/reports/forms/file/model.ts'
import {
  type CellPeriod,
  type Entry,
  type FigureEntry,
  type ListEntry,
  periodTitles,
  type TextEntry,
} from '../../domain/reports/forms/mapping.ts'
import { useFetch } from '../app/queries.ts'
import { FilterInput } from '../figures/FilterInput.tsx'
import { Figure } from '../kit/Figure.tsx'
import { ListColumns } from './listColumns.tsx'
import type { Workspace } from './workspace.ts'

const TEXTS: Record<TextEntry['what'], string> = {
  org: '填报单位的名称',
  day: '填表的日期',
  period: '时段',
  preparer: '填表人',
  constant: '固定的文字',
}

const useMeasures = (): MeasureEntry[] => useFetch(getMeasures, {}).data?.measures ?? []

export function EntryPanel({ workspace, cell }: { workspace: Workspace; cell: FormCell }) {
  const { entryAt, suggestedAt, decide } = workspace
  const entry = entryAt(cell)
  const suggested = suggestedAt(cell)
  if (cell.formula !== undefined)
    return <p className="mz-quiet">这一格是公式（{cell.formula}），由表自己算，不用填。</p>
  return (
    <div className="mz-form-entry">
      <p className="mz-form-words">{suggested?.words || cell.text || '旁边没有文字的格子'}</p>
      {entry ? (
        <Decided workspace={workspace} cell={cell} entry={entry} />
      ) : (
        <Suggestions workspace={workspace} cell={cell} />
      )}
      <Find key={`${cell.row} ${cell.column}`} workspace={workspace} cell={cell} />
      {!entry && (
        <div className="mz-form-other">
          <span className="mz-quiet">或者填</span>
          {Object.entries(TEXTS).map(([what, title]) => (
            <Button
              key={what}
              size="small"
              onClick={() =>
                decide(cell, {
                  kind: 'text',
                  what: what as TextEntry['what'],
                  ...(what === 'constant' && { text: '' }),
                })
              }
            >
              {title}
            </Button>
          ))}
          <Button size="small" onClick={() => decide(cell, { kind: 'blank' })}>
            留空
          </Button>
        </div>
      )}
    </div>
  )
}

function Suggestions({ workspace, cell }: { workspace: Workspace; cell: FormCell }) {
  const { suggestedAt, decide, goOn } = workspace
  const suggestions = suggestedAt(cell)?.suggestions ?? []
  if (suggestions.length === 0) return <p className="mz-quiet">没有把握的建议，请在下面查找。</p>
  return (
    <ol className="mz-form-suggestions">
      {suggestions.map((one, i) => (
        <li key={JSON.stringify(one.entry)}>
          <button
            type="button"
            onClick={() => {
              decide(cell, one.entry)
              goOn(cell)
            }}
          >
            <span>{one.title}</span>
            {i === 0 && <kbd>Enter</kbd>}
          </button>
          {'measure' in one.entry && <Value workspace={workspace} cell={cell} entry={one.entry} />}
        </li>
      ))}
    </ol>
  )
}

/** What it comes to now, for the period that is due. */
export function Value(props: {
  workspace: Workspace
  cell: FormCell
  entry: FigureEntry | ListEntry
  bare?: boolean
}) {
  const question = props.workspace.questionAt(props.cell, props.entry)
  if (!question) return <span className="mz-figure-missing">—</span>
  return <Figure asked={question} bare={props.bare ?? false} />
}

function Decided({ workspace, cell, entry }: { workspace: Workspace; cell: FormCell; entry: Entry }) {
  const { decide } = workspace
  return (
    <div className="mz-form-decided">
      <div className="mz-form-decided-head">
        <CheckOutlined />
        <EntryTitle entry={entry} />
        <Button size="small" type="text" icon={<DeleteOutlined />} onClick={() => decide(cell, null)}>
          不用这个
        </Button>
      </div>
      {'measure' in entry && <AskedFields workspace={workspace} cell={cell} entry={entry} />}
      {entry.kind === 'list' && <ListColumns workspace={workspace} cell={cell} entry={entry} />}
      {entry.kind === 'text' && entry.what === 'constant' && (
        <Input
          aria-label="固定的文字"
          defaultValue={entry.text}
          placeholder="每期都填这几个字，如电话号码"
          onBlur={(e) => decide(cell, { ...entry, text: e.target.value })}
          onPressEnter={(e) => decide(cell, { ...entry, text: e.currentTarget.value })}
        />
      )}
    </div>
  )
}

function EntryTitle({ entry }: { entry: Entry }) {
  const measures = useMeasures()
  if (entry.kind === 'blank') return <strong>留空</strong>
  if (entry.kind === 'text') return <strong>{TEXTS[entry.what]}</strong>
  const title = measures.find((m) => m.id === entry.measure)?.title ?? entry.measure
  return (
    <strong>
      {entry.kind === 'list' && <Tag>名单</Tag>}
      {title}
    </strong>
  )
}

function AskedFields(props: { workspace: Workspace; cell: FormCell; entry: FigureEntry | ListEntry }) {
  const { workspace, cell, entry } = props
  const measure = useMeasures().find((m) => m.id === entry.measure)
  const set = (patch: Partial<FigureEntry>) => workspace.decide(cell, { ...entry, ...patch } as Entry)
  const where = entry.where ?? {}
  const setFilter = (key: string, value: string | undefined) => {
    const { [key]: _old, ...rest } = where
    set({ where: value ? { ...rest, [key]: value } : rest })
  }
  const filters = measure?.filters.filter((f) => !HIDDEN.has(f.key)) ?? []
  return (
    <div className="mz-form-asked">
      <div className="mz-form-now">
        <span className="mz-quiet">{workspace.form.next.label}</span>
        <Value workspace={workspace} cell={cell} entry={entry} />
      </div>
      <div className="mz-form-row">
        <span>时间</span>
        <Select<CellPeriod>
          aria-label="时间"
          size="small"
          value={entry.period}
          onChange={(period) => set({ period })}
          options={Object.entries(periodTitles).map(([value, label]) => ({
            value: value as CellPeriod,
            label,
          }))}
        />
      </div>
      <OrgField workspace={workspace} entry={entry} set={set} />
      <div className="mz-form-row">
        <span>范围</span>
        <Select
          aria-label="范围"
          size="small"
          value={entry.depth ?? ''}
          onChange={(depth: string) => set({ depth: (depth || undefined) as FigureEntry['depth'] })}
          options={[
            { value: '', label: '按口径' },
            { value: 'all', label: '本级及下级' },
            { value: '1', label: '本级和直接下级' },
            { value: '0', label: '只算本级' },
          ]}
        />
      </div>
      {filters
        .filter((f) => where[f.key] !== undefined)
        .map((f) => (
          <FilterInput
            key={f.key}
            filter={f}
            value={where[f.key] === '*' ? '' : (where[f.key] ?? '')}
            set={(value) => setFilter(f.key, value || '*')}
            drop={() => setFilter(f.key, undefined)}
          />
        ))}
      <Select
        size="small"
        aria-label="加一个条件"
        placeholder="加一个条件"
        value={null}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(key: string | null) => key && setFilter(key, '*')}
        options={filters
          .filter((f) => where[f.key] === undefined)
          .map((f) => ({ value: f.key, label: f.title }))}
      />
      {measure && <p className="mz-quiet mz-small">口径：{measure.definition}</p>}
    </div>
  )
}

/** Those that only a program asks for. */
const HIDDEN = new Set(['record', 'batch'])

function OrgField(props: {
  workspace: Workspace
  entry: FigureEntry | ListEntry
  set: (patch: Partial<FigureEntry>) => void
}) {
  const { workspace, entry, set } = props
  const places = [...new Map(Object.values(workspace.form.places).map((p) => [p.id, p])).values()]
  const value = typeof entry.org === 'object' ? entry.org.id : entry.org
  const named = places.length > 0
  return (
    <div className="mz-form-row">
      <span>组织</span>
      <Select
        aria-label="组织"
        size="small"
        value={value}
        onChange={(org: string) =>
          set({ org: org === 'own' || org === 'row' || org === 'column' ? org : { id: org } })
        }
        options={[
          { value: 'own', label: workspace.form.org.name },
          ...(named || value === 'row' ? [{ value: 'row', label: '这一行写的组织' }] : []),
          ...(named || value === 'column' ? [{ value: 'column', label: '这一列写的组织' }] : []),
          ...places.map((p) => ({ value: p.id, label: p.name })),
        ]}
      />
    </div>
  )
}

const FOUND = 30

/** A figure by 汉字 or pinyin. */
function Find({ workspace, cell }: { workspace: Workspace; cell: FormCell }) {
  const [text, setText] = useState('')
  const measures = useMeasures()
  const found = useMemo(() => foundIn(measures, text), [measures, text])
  const take = (measure: MeasureEntry) => {
    workspace.decide(cell, { kind: 'figure', measure: measure.id, period: 'own', org: 'own' })
    setText('')
  }
  return (
    <div className="mz-form-find">
      <Input
        id="mz-form-find"
        allowClear
        value={text}
        placeholder="查找指标：汉字或拼音，如 团员、zhiyuan"
        aria-label="查找指标"
        onChange={(e) => setText(e.target.value)}
        onPressEnter={() => found[0] && take(found[0])}
      />
      {text && (
        <ul>
          {found.map((m) => (
            <li key={m.id}>
              <button type="button" onClick={() => take(m)}>
                <span>{m.title}</span>
                <small>
                  {m.group} {m.unit}
                </small>
              </button>
            </li>
          ))}
          {found.length === 0 && <li className="mz-quiet">没有这样的指标，换个词试试。</li>}
        </ul>
      )}
    </div>
  )
}

function foundIn(measures: MeasureEntry[], text: string): MeasureEntry[] {
  const typed = text.trim().toLowerCase().replace(/\s/g, '')
  if (!typed) return []
  const placeOf = (m: MeasureEntry) => {
    const inTitle = [m.title, m.group].map((t, i) => (t.includes(typed) ? t.indexOf(typed) + i * 5 : -1))
    const inKey = m.nameKey.replace(/\s/g, '').indexOf(typed)
    return Math.min(
      ...[...inTitle, inKey < 0 ? -1 : inKey + 1].map((at) => (at < 0 ? Number.POSITIVE_INFINITY : at)),
    )
  }
  return measures
    .map((m) => ({ m, at: placeOf(m) }))
    .filter(({ at }) => at < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.at - b.at || a.m.title.length - b.m.title.length)
    .slice(0, FOUND)
    .map(({ m }) => m)
}
