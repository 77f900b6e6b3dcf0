/** Which column of the rows goes under which head of the form. */
import { Select } from 'antd'
import { getEvidence } from '../../domain/indicators/contract.ts'
import type { FormCell } from '../../domain/reports/forms/file/model.ts'
import { type ListEntry, SERIAL } from '../../domain/reports/forms/mapping.ts'
import { useFetch } from '../app/queries.ts'
import type { Workspace } from './workspace.ts'

export function ListColumns(props: { workspace: Workspace; cell: FormCell; entry: ListEntry }) {
  const { workspace, cell, entry } = props
  const { where, ...question } = workspace.questionAt(cell, entry) ?? {
    org: workspace.form.org.id,
    measure: entry.measure,
  }
  const asked = { ...question, ...(where && { where: JSON.stringify(where) }), page: 1, size: 1 }
  const rows = useFetch(getEvidence, { query: asked })
  const choices = [
    { value: '', label: '不填' },
    { value: SERIAL, label: '序号' },
    ...(rows.data?.columns ?? []).map((c) => ({ value: c.id, label: c.title })),
  ]
  const set = (column: number, from: string) => {
    const others = entry.columns.filter((c) => c.column !== column)
    const columns = from ? [...others, { column, from }] : others
    workspace.decide(cell, { ...entry, columns: columns.sort((a, b) => a.column - b.column) })
  }
  return (
    <div className="mz-form-columns">
      <p className="mz-quiet mz-small">从这一行往下，一行一条；空行不够时自动加行。</p>
      {headsOver(workspace, cell).map(({ column, title }) => (
        <div key={column} className="mz-form-row">
          <span>{title}</span>
          <Select
            aria-label={title}
            size="small"
            value={entry.columns.find((c) => c.column === column)?.from ?? ''}
            options={choices}
            onChange={(from) => set(column, from)}
          />
        </div>
      ))}
      <div className="mz-form-row">
        <span>排序</span>
        <Select
          aria-label="排序"
          size="small"
          value={entry.sort ?? ''}
          options={[{ value: '', label: '按登记先后' }, ...choices.slice(2)]}
          onChange={(sort: string) => workspace.decide(cell, { ...entry, sort: sort || undefined })}
        />
      </div>
    </div>
  )
}

/** The nearest words over each column of the list. */
function headsOver({ table }: Workspace, { row }: FormCell): { column: number; title: string }[] {
  return Array.from({ length: table.columns }, (_, column) => {
    const over = table.cells.filter(
      (c) => c.row < row && c.column === column && c.columnSpan === 1 && c.text.trim(),
    )
    return { column, title: over[over.length - 1]?.text.replace(/\s+/g, '') ?? '' }
  }).filter(({ title }) => title !== '')
}
