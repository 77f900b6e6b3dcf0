/** Columns of the sheet face to face with ours. */
import { Select } from 'antd'
import type { Column, Preview } from '../../domain/records/import/contract.ts'
import type { Deciding } from './request.ts'

interface ColumnProps {
  preview: Preview
  column: Column
  deciding: Deciding
}

const SURE = 0.9
const LIKELY = 0.6

/** Words and look of how sure the guess is. */
export function sureness(column: Column): { words: string; look: string } {
  if (column.sequence) return { words: '序号，不导入', look: 'none' }
  if (!column.field) return { words: '先放一边', look: 'none' }
  if (column.confidence >= SURE) return { words: '有把握', look: 'sure' }
  return column.confidence >= LIKELY
    ? { words: '像是', look: 'likely' }
    : { words: '没把握，请看一眼', look: 'doubt' }
}

/** What a column is taken for; what its header could also mean comes first. */
export function FieldChoice({ preview, column, deciding }: ColumnProps) {
  const taken = new Set(preview.columns.flatMap((c) => (c.field && c !== column ? [c.field] : [])))
  const first = new Set(column.candidates ?? [])
  const options = [...preview.fields]
    .sort((a, b) => Number(first.has(b.id)) - Number(first.has(a.id)))
    .map((f) => ({
      value: f.id,
      label: `${f.title}${f.required ? ' *' : ''}${taken.has(f.id) ? '（已有对应的列）' : ''}`,
    }))
  return (
    <Select
      size="small"
      className="mz-field-choice"
      aria-label={`第 ${column.letter} 列“${column.header}”对应`}
      value={column.field ?? ''}
      disabled={column.sequence || !column.header}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      onChange={(field) => deciding.map(column.header, field)}
      options={[{ value: '', label: '不导入' }, ...options]}
    />
  )
}

export function ColumnList({ preview, deciding }: { preview: Preview; deciding: Deciding }) {
  const mapped = new Set(preview.columns.map((c) => c.field))
  const lacking = preview.fields.filter((f) => f.required && !mapped.has(f.id))
  return (
    <>
      <table className="mz-columns">
        <thead>
          <tr>
            <th>表里的列</th>
            <th>前几个值</th>
            <th>对应到</th>
            <th>把握</th>
          </tr>
        </thead>
        <tbody>
          {preview.columns.map((column) => {
            const sure = sureness(column)
            return (
              <tr key={column.letter} className={column.field ? '' : 'mz-column-aside'}>
                <td>
                  <small>{column.letter}</small> {column.header || '（没有列名）'}
                </td>
                <td>{column.samples.slice(0, 3).join('　|　')}</td>
                <td>
                  <FieldChoice preview={preview} column={column} deciding={deciding} />
                </td>
                <td className={`mz-sure-${sure.look}`}>{sure.words}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {lacking.length > 0 && (
        <p className="mz-columns-lacking">必须有、还没有对应的列：{lacking.map((f) => f.title).join('、')}</p>
      )}
    </>
  )
}
