/** One form: the sheet as it is at the left, what goes into the chosen cell at the right. */
import { Button, Segmented, Skeleton, Tag } from 'antd'
import { useState } from 'react'
import { type Form, getForm, type Suggested, suggestEntries } from '../../domain/reports/forms/contract.ts'
import type { FormCell } from '../../domain/reports/forms/file/model.ts'
import { paths, useParam, useSearchState } from '../app/address.tsx'
import { useFetch } from '../app/queries.ts'
import { Failure, Loaded, Page } from '../kit/Page.tsx'
import { About } from './about.tsx'
import { EntryPanel, Value } from './entry.tsx'
import { FillDialog } from './fillDialog.tsx'
import { Kept } from './page.tsx'
import { type CellLook, FormSheet } from './sheet.tsx'
import { useWorkspace, type Workspace } from './workspace.ts'
import '../figures/figures.css'
import './forms.css'

export function FormPage() {
  const id = useParam('id')
  const form = useFetch(getForm, { params: { id } })
  const suggestions = useFetch(suggestEntries, { params: { id } })
  return (
    <Loaded of={form}>
      {(opened) =>
        suggestions.data || suggestions.error ? (
          <Editor key={opened.id} form={opened} suggested={suggestions.data?.cells ?? []} />
        ) : (
          <Skeleton active className="mz-skeleton" />
        )
      }
    </Loaded>
  )
}

function Editor({ form, suggested }: { form: Form; suggested: Suggested[] }) {
  const workspace = useWorkspace(form, suggested)
  const [search] = useSearchState()
  const [filling, setFilling] = useState(false)
  const { good, open } = workspace
  return (
    <Page
      title={form.title}
      above={[{ title: '报表', to: paths.forms() }]}
      about={
        <>
          {form.sender || '来文单位未填'}　{form.fileName}
        </>
      }
      actions={
        form.may.write &&
        good.length > 0 && (
          <Button type="primary" onClick={workspace.acceptGood}>
            采用全部可靠的建议（{good.length} 格）
          </Button>
        )
      }
      main={
        form.may.write && (
          <Button type={good.length > 0 ? 'default' : 'primary'} onClick={() => setFilling(true)}>
            填表
          </Button>
        )
      }
    >
      <Kept kept={search.kept} lost={search.lost} />
      {workspace.problem && <Failure problem={workspace.problem} />}
      <div className="mz-form-work">
        <section className="mz-form-left" aria-label="表样">
          <Bar workspace={workspace} />
          <Sheet workspace={workspace} />
          <p className="mz-quiet mz-small mz-no-print">
            方向键移动，Enter 采用第一条建议，直接打字查找指标，Delete 清除。
            {open > 0 ? `还有 ${open} 格没有指定。` : '每一格都指定好了。'}
          </p>
        </section>
        <aside className="mz-form-right" aria-label="这一格填什么">
          {workspace.chosen ? (
            <EntryPanel workspace={workspace} cell={workspace.chosen} />
          ) : (
            <About workspace={workspace} />
          )}
        </aside>
      </div>
      {filling && <FillDialog form={form} close={() => setFilling(false)} />}
    </Page>
  )
}

function Bar({ workspace }: { workspace: Workspace }) {
  const { tables, table, showTable } = workspace
  return (
    <div className="mz-form-bar">
      {tables.length > 1 && (
        <Segmented
          value={table.id}
          onChange={showTable}
          options={tables.map((t, i) => ({ value: t.id, label: t.title.slice(0, 16) || `表 ${i + 1}` }))}
        />
      )}
      <span className="mz-form-legend">
        <Tag className="mz-form-mapped">已指定</Tag>
        <Tag className="mz-form-good">有可靠的建议</Tag>
        <Tag className="mz-form-open">待指定</Tag>
        <Tag className="mz-form-formula">公式</Tag>
      </span>
    </div>
  )
}

function Sheet({ workspace }: { workspace: Workspace }) {
  const { table, chosen, choose, suggestedAt, entryAt, decide, goOn, form } = workspace
  const look = (cell: FormCell): CellLook => lookOf(workspace, cell)
  const enter = (cell: FormCell) => {
    const first = suggestedAt(cell)?.suggestions[0]
    if (!form.may.write || entryAt(cell) || !first) return startSearch()
    decide(cell, first.entry)
    goOn(cell)
  }
  return (
    <FormSheet
      table={table}
      chosen={chosen ?? null}
      choose={choose}
      look={look}
      enter={enter}
      clear={(cell) => form.may.write && entryAt(cell) && decide(cell, null)}
      type={startSearch}
    />
  )
}

const startSearch = () => document.getElementById('mz-form-find')?.focus()

function lookOf(workspace: Workspace, cell: FormCell): CellLook {
  const entry = workspace.entryAt(cell)
  const suggested = workspace.suggestedAt(cell)
  if (entry?.kind === 'blank') return { state: 'blank', title: '留空' }
  if (entry?.kind === 'text')
    return { state: 'mapped', content: `${cell.text}〔${wordOf(workspace, entry)}〕` }
  if (entry?.kind === 'list') return { state: 'mapped', content: '〔名单 ↓〕' }
  if (entry)
    return { state: 'mapped', content: <Value workspace={workspace} cell={cell} entry={entry} bare /> }
  if (!suggested) return {}
  const [first] = suggested.suggestions
  if (first?.sure)
    return { state: 'good', content: `${cell.text} ${inShort(first.title)}`.trim(), title: first.title }
  return { state: 'open', title: first ? `可能是：${first.title}` : '待指定' }
}

/** 这一行的组织，女团员: the cell stands in its row. */
const inShort = (title: string): string => title.replace(/^这一[行列]的组织，/, '')

const wordOf = ({ form }: Workspace, entry: { what: string; text?: string | undefined }): string =>
  entry.what === 'constant'
    ? entry.text || '固定的文字'
    : ({ org: form.org.name, day: '填表日期', period: form.next.label, preparer: '填表人' }[entry.what] ?? '')
