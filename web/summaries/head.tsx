/** Above the page: which summary, how far its facts go, is it saved; and what can be done with it. */
import { DownOutlined, LeftOutlined, RedoOutlined, SyncOutlined, UndoOutlined } from '@ant-design/icons'
import { redo, redoDepth, undo, undoDepth } from '@tiptap/pm/history'
import { Button, DatePicker, Dropdown, message, Popover, Select, Space, Tag, Tooltip } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { exportAnnex, exportSummary, voidSummary } from '../../domain/reports/summaries/contract.ts'
import { GoLink, paths, useGo } from '../app/address.tsx'
import { download, problemOf } from '../app/client.ts'
import { useWrite } from '../app/queries.ts'
import { CorrectButton } from './correct.tsx'
import { SettingsForm } from './settings.tsx'
import { useWatched, type Workspace } from './workspace.ts'

export interface HeadProps {
  workspace: Workspace
  drifted: number
  refresh: (paragraphId?: string) => void
  submit: () => void
}

export function Head({ workspace, drifted, refresh, submit }: HeadProps) {
  const { summary, editable, missing, length } = useWatched(workspace)
  return (
    <header className="mz-head mz-no-print">
      <div className="mz-head-line">
        <GoLink to={paths.summaries()} className="mz-head-back" aria-label="回到总结列表">
          <LeftOutlined />
        </GoLink>
        <div className="mz-head-what">
          <strong>
            {summary.org.name}　{summary.periodLabel}
          </strong>
          <StateTag workspace={workspace} drifted={drifted} />
          {summary.editions.length > 1 && <Editions workspace={workspace} />}
          <span className="mz-quiet mz-small mz-head-count">
            {length.toLocaleString('zh-CN')} 字
            {missing.length > 0 && (
              <>
                ·{' '}
                <button type="button" className="mz-head-missing" onClick={() => workspace.show('checks')}>
                  缺 {missing.length} 个数据
                </button>
              </>
            )}
          </span>
          {editable && <SavedLine workspace={workspace} />}
        </div>
        <Space size={8} wrap>
          <ExportMenu workspace={workspace} />
          {editable && summary.may.submit && (
            <Button type="primary" onClick={submit}>
              上报
            </Button>
          )}
          {summary.state === 'submitted' && summary.may.write && <CorrectButton workspace={workspace} />}
        </Space>
      </div>
      {editable && <Tools workspace={workspace} refresh={refresh} />}
    </header>
  )
}

function StateTag({ workspace, drifted }: { workspace: Workspace; drifted: number }) {
  const { state, submittedAt, edition } = workspace.summary
  if (state === 'draft') return <Tag>草稿{edition > 1 ? `（第 ${edition} 版）` : ''}</Tag>
  return (
    <>
      <Tag color="green">{submittedAt?.slice(0, 16)} 上报</Tag>
      {drifted > 0 && <Tag color="gold">有变动</Tag>}
    </>
  )
}

function Editions({ workspace }: { workspace: Workspace }) {
  const go = useGo()
  const { editions, id } = workspace.summary
  return (
    <Select
      size="small"
      variant="borderless"
      aria-label="版次"
      value={id}
      onChange={(next) => go(paths.summary(next))}
      options={editions.map((e) => ({
        value: e.id,
        label: `第 ${e.edition} 版${e.state === 'draft' ? '（草稿）' : ''}`,
      }))}
    />
  )
}

function SavedLine({ workspace }: { workspace: Workspace }) {
  const { status, savedAt, problem } = workspace.saver
  const words = {
    saved: savedAt ? `${savedAt} 已保存` : '已保存',
    waiting: '正在输入…',
    saving: '正在保存…',
    offline: '没连上服务器，改动留在本机，连上后自动保存',
    refused: `没有保存：${problem?.title ?? ''}`,
  }
  const wrong = status === 'offline' || status === 'refused'
  return (
    <span className={wrong ? 'mz-small mz-saved-wrong' : 'mz-small mz-quiet'} role="status">
      {words[status]}
    </span>
  )
}

function ExportMenu({ workspace }: { workspace: Workspace }) {
  const [told, holder] = message.useMessage()
  const go = useGo()
  const discard = useWrite(voidSummary)
  const params = { id: workspace.summary.id }
  const act: Record<string, () => Promise<void>> = {
    docx: () => download(exportSummary, { params }),
    annex: () => download(exportAnnex, { params }),
    print: async () => window.print(),
    void: async () => {
      const done = await discard.run({ params })
      if (done) go(paths.summaries(), { replace: true })
    },
  }
  const run = async (key: string) => {
    try {
      if (workspace.editable && key !== 'void') await workspace.saver.flush()
      await act[key]?.()
    } catch (error) {
      told.error(problemOf(error).title)
    }
  }
  return (
    <>
      {holder}
      <Space.Compact>
        <Button onClick={() => void run('docx')}>导出 Word</Button>
        <Dropdown
          placement="bottomRight"
          menu={{
            onClick: (e) => void run(e.key),
            items: [
              { key: 'annex', label: '佐证附表（Excel）' },
              { key: 'print', label: '打印' },
              ...(workspace.editable
                ? [{ type: 'divider' as const }, { key: 'void', label: '删去这份草稿', danger: true }]
                : []),
            ],
          }}
        >
          <Button icon={<DownOutlined />} aria-label="其他导出方式" />
        </Dropdown>
      </Space.Compact>
    </>
  )
}

const STYLES = [
  { value: 0, label: '正文' },
  { value: 1, label: '一、标题' },
  { value: 2, label: '（一）标题' },
  { value: 3, label: '1. 标题' },
]

function Tools({ workspace, refresh }: Pick<HeadProps, 'workspace' | 'refresh'>) {
  const { editor, summary, cutOff, settings } = workspace
  const [wording, setWording] = useState(false)
  const block = editor.state.selection.$from.node(1)
  const level = block?.type.name === 'heading' ? Number(block.attrs.level) : 0
  const setStyle = (next: number) =>
    next === 0
      ? editor.chain().focus().setNode('paragraph').run()
      : editor.chain().focus().setNode('heading', { level: next }).run()
  return (
    <div className="mz-tool-line" role="toolbar" aria-label="编辑">
      <Tooltip title="撤销 Ctrl Z">
        <Button
          type="text"
          icon={<UndoOutlined />}
          aria-label="撤销"
          disabled={undoDepth(editor.state) === 0}
          onClick={() => undo(editor.state, editor.view.dispatch)}
        />
      </Tooltip>
      <Tooltip title="重做 Ctrl Y">
        <Button
          type="text"
          icon={<RedoOutlined />}
          aria-label="重做"
          disabled={redoDepth(editor.state) === 0}
          onClick={() => redo(editor.state, editor.view.dispatch)}
        />
      </Tooltip>
      <Select variant="borderless" aria-label="段落样式" value={level} onChange={setStyle} options={STYLES} />
      <i className="mz-tool-gap" />
      <Tooltip title="在正文里按 / 也可以">
        <Button type="text" onClick={() => workspace.startInserting('')}>
          插入数据
        </Button>
      </Tooltip>
      <Dropdown
        menu={{
          items: [
            { key: 'all', label: '从台账刷新全文' },
            { key: 'one', label: '只刷新光标所在的一段', disabled: !block?.attrs.origin },
          ],
          onClick: (e) => refresh(e.key === 'one' ? String(block?.attrs.id) : undefined),
        }}
      >
        <Button type="text" icon={<SyncOutlined />}>
          刷新
        </Button>
      </Dropdown>
      <Popover
        trigger="click"
        open={wording}
        onOpenChange={setWording}
        placement="bottomLeft"
        arrow={false}
        destroyOnHidden
        content={<SettingsForm workspace={workspace} settings={settings} close={() => setWording(false)} />}
      >
        <Button type="text">写法和落款</Button>
      </Popover>
      <i className="mz-tool-gap" />
      <span className="mz-tool-cut">
        截至
        <DatePicker
          size="small"
          variant="borderless"
          value={dayjs(cutOff ?? summary.to)}
          minDate={dayjs(summary.from)}
          maxDate={dayjs(summary.to)}
          onChange={(day) => workspace.setCutOff(day ? day.format('YYYY-MM-DD') : null)}
        />
      </span>
      <Button
        type="text"
        className="mz-tool-side"
        onClick={() => workspace.show(workspace.side, !workspace.sideOpen)}
      >
        佐证和核对
      </Button>
    </div>
  )
}
