/** Saved views of a list: opened, saved, shared, brought up to date; one of them may be the beginning. */
import {
  CheckOutlined,
  DeleteOutlined,
  EditOutlined,
  PushpinFilled,
  PushpinOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import { App, Button, Checkbox, Input, Modal, Popconfirm, Popover, Tooltip } from 'antd'
import { useEffect, useRef, useState } from 'react'
import {
  changeView,
  deleteView,
  listViews,
  type SavedView,
  saveView,
  setDefaultView,
  type ViewState,
} from '../../domain/records/views/contract.ts'
import { useSearchState } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useMay } from '../app/me.ts'
import { useFetch, useWrite } from '../app/queries.ts'
import { Field, FormShell } from './Form.tsx'
import type { ListState } from './list.ts'
import type { TableLook } from './tableState.ts'

interface ViewBarProps {
  /** 'ledger.themeActivity', 'members' … */
  of: string
  list: ListState
  look: TableLook
}

const PERIOD = ['period', 'until'] as const

export function ViewBar({ of, list, look }: ViewBarProps) {
  const found = useFetch(listViews, { query: { list: of } })
  const views = found.data?.views ?? []
  const opened = views.find((v) => v.id === list.view)
  const now = stateNow(list, look)
  const changed = opened !== undefined && !sameState(opened.state, now)
  const [saving, setSaving] = useState(false)
  const open = (view: SavedView | null) => {
    look.take(
      view ? { columns: view.state.columns, widths: view.state.widths } : { columns: null, widths: {} },
    )
    list.take(view?.state.search ?? {}, view?.id ?? null)
  }
  useBeginning(found.data?.views, list, open)
  const update = useWrite(changeView)
  return (
    <span className="mz-views">
      <Popover
        trigger="click"
        placement="bottomLeft"
        arrow={false}
        content={<Views of={of} views={views} opened={opened} open={open} save={() => setSaving(true)} />}
      >
        <Button className="mz-views-button">
          {opened ? opened.name : '视图'}
          {changed && <small>已改动</small>}
        </Button>
      </Popover>
      {changed && opened.mine && (
        <Button
          type="link"
          size="small"
          loading={update.busy}
          onClick={() =>
            void update.run({ params: { id: opened.id }, body: { state: keepingPeriod(opened.state, now) } })
          }
        >
          更新
        </Button>
      )}
      {saving && <SaveView of={of} state={now} close={() => setSaving(false)} saved={open} />}
    </span>
  )
}

const stateNow = (list: ListState, look: TableLook): ViewState => ({
  search: list.state,
  columns: look.columns,
  widths: look.widths,
})

const withoutPeriod = (search: Record<string, string>) =>
  Object.fromEntries(Object.entries(search).filter(([key]) => key !== 'period' && key !== 'until'))

const sorted = (record: Record<string, unknown>) => JSON.stringify(Object.entries(record).sort())

const sameState = (a: ViewState, b: ViewState): boolean =>
  sorted(withoutPeriod(a.search)) === sorted(b.search) &&
  JSON.stringify(a.columns) === JSON.stringify(b.columns) &&
  sorted(a.widths) === sorted(b.widths)

function keepingPeriod(before: ViewState, now: ViewState): ViewState {
  const period = Object.fromEntries(PERIOD.flatMap((k) => (before.search[k] ? [[k, before.search[k]]] : [])))
  return { ...now, search: { ...now.search, ...period } }
}

/** An address that names a view, or says nothing of the list, begins with the view; once. */
function useBeginning(
  views: SavedView[] | undefined,
  list: ListState,
  open: (view: SavedView) => void,
): void {
  const begun = useRef(false)
  useEffect(() => {
    if (!views || begun.current) return
    begun.current = true
    if (Object.keys(list.state).length > 0 || list.row) return
    const first = views.find((v) => (list.view ? v.id === list.view : v.isDefault))
    if (first) open(first)
  }, [views, list, open])
}

interface ViewsProps {
  of: string
  views: SavedView[]
  opened: SavedView | undefined
  open: (view: SavedView | null) => void
  save: () => void
}

function Views({ of, views, opened, open, save }: ViewsProps) {
  const groups = [
    { title: '我的视图', views: views.filter((v) => !v.shared) },
    { title: '本单位共用', views: views.filter((v) => v.shared) },
  ]
  return (
    <div className="mz-views-list">
      <button type="button" className="mz-view" onClick={() => open(null)}>
        <span>全部（原样）</span>
        {!opened && <CheckOutlined />}
      </button>
      {groups
        .filter((g) => g.views.length > 0)
        .map((g) => (
          <div key={g.title}>
            <h4>{g.title}</h4>
            {g.views.map((view) => (
              <ViewLine key={view.id} of={of} view={view} opened={view.id === opened?.id} open={open} />
            ))}
          </div>
        ))}
      <Button block onClick={save}>
        把现在的样子存为视图
      </Button>
    </div>
  )
}

interface ViewLineProps {
  of: string
  view: SavedView
  opened: boolean
  open: (view: SavedView | null) => void
}

function ViewLine({ of, view, opened, open }: ViewLineProps) {
  const begin = useWrite(setDefaultView)
  const change = useWrite(changeView)
  const remove = useWrite(deleteView, () => opened && open(null))
  const mayShare = useMay('records.write')
  const [renaming, setRenaming] = useState(false)
  const params = { id: view.id }
  const rename = (name: string) => {
    setRenaming(false)
    if (name.trim() && name.trim() !== view.name) void change.run({ params, body: { name: name.trim() } })
  }
  if (renaming)
    return (
      <Input
        autoFocus
        size="small"
        maxLength={30}
        defaultValue={view.name}
        aria-label="视图名称"
        onPressEnter={(e) => rename(e.currentTarget.value)}
        onBlur={(e) => rename(e.currentTarget.value)}
      />
    )
  return (
    <div className="mz-view">
      <button type="button" className="mz-view-name" title={`${view.by}存的`} onClick={() => open(view)}>
        {view.name}
        {opened && <CheckOutlined />}
      </button>
      <Tooltip title={view.isDefault ? '打开这张列表时先用它；再点收回' : '打开这张列表时先用它'}>
        <Button
          size="small"
          type="text"
          aria-label={view.isDefault ? '不再先用' : '先用这个'}
          icon={view.isDefault ? <PushpinFilled /> : <PushpinOutlined />}
          onClick={() => void begin.run({ body: { list: of, view: view.isDefault ? null : view.id } })}
        />
      </Tooltip>
      {view.mine && mayShare && (
        <Tooltip title={view.shared ? '收回，只给自己用' : '给本单位共用'}>
          <Button
            size="small"
            type="text"
            aria-label={view.shared ? '收回共用' : '共用'}
            icon={<TeamOutlined />}
            onClick={() => void change.run({ params, body: { shared: !view.shared } })}
          />
        </Tooltip>
      )}
      {view.mine && (
        <>
          <Button
            size="small"
            type="text"
            aria-label="改名"
            icon={<EditOutlined />}
            onClick={() => setRenaming(true)}
          />
          <Popconfirm
            title={`删除视图“${view.name}”？`}
            description="只删除视图，记录不受影响。"
            okText="删除"
            onConfirm={() => void remove.run({ params })}
          >
            <Button size="small" type="text" aria-label="删除" icon={<DeleteOutlined />} />
          </Popconfirm>
        </>
      )}
    </div>
  )
}

interface SaveViewProps {
  of: string
  state: ViewState
  close: () => void
  saved: (view: SavedView) => void
}

function SaveView({ of, state, close, saved }: SaveViewProps) {
  const { period } = useFrame()
  const [search] = useSearchState()
  const { message } = App.useApp()
  const mayShare = useMay('records.write')
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const [fixed, setFixed] = useState(false)
  const write = useWrite(saveView, (view) => {
    void message.success(`已存为“${view.name}”。`)
    saved(view)
    close()
  })
  const own = { period: period.id, ...(search.until ? { until: search.until } : {}) }
  const whole = fixed ? { ...state, search: { ...state.search, ...own } } : state
  return (
    <Modal open title="存为视图" footer={null} onCancel={close} width={420}>
      <FormShell
        saveText="保存"
        busy={write.busy}
        problem={write.problem}
        onCancel={close}
        onSave={() =>
          name.trim() && void write.run({ body: { list: of, name: name.trim(), state: whole, shared } })
        }
      >
        <p className="mz-quiet">筛选、显示的列、列的顺序和宽度、排序都会记住。</p>
        <Field label="名称" required>
          {(id) => (
            <Input id={id} autoFocus maxLength={30} value={name} onChange={(e) => setName(e.target.value)} />
          )}
        </Field>
        <Checkbox checked={fixed} onChange={(e) => setFixed(e.target.checked)}>
          连同时段（{period.label}）；不勾就跟着页面上的时段走
        </Checkbox>
        {mayShare && (
          <Checkbox checked={shared} onChange={(e) => setShared(e.target.checked)}>
            本单位共用
          </Checkbox>
        )}
      </FormShell>
    </Modal>
  )
}
