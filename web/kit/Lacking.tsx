/** 谁还没有: who is behind none of a figure's rows, ready to be pasted into a chat. */
import { CopyOutlined } from '@ant-design/icons'
import { App, Button, Modal, Segmented } from 'antd'
import { useState } from 'react'
import { type Among, getLacking, type LackingAnswer } from '../../domain/indicators/lacking/contract.ts'
import { useFetch } from '../app/queries.ts'
import { copyText } from './copy.ts'
import type { FigureQuestion } from './figures.ts'
import { EmptyState, Loaded } from './Page.tsx'

interface LackingProps {
  question: FigureQuestion
}

export function LackingButton({ question, label = '谁还没有' }: LackingProps & { label?: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{label}</Button>
      <Modal
        open={open}
        title="谁还没有"
        width={640}
        footer={null}
        destroyOnHidden
        onCancel={() => setOpen(false)}
      >
        <Lacking question={question} />
      </Modal>
    </>
  )
}

const AMONG: { value: Among; label: string }[] = [
  { value: 'direct', label: '直接下级' },
  { value: 'branches', label: '各团支部' },
  { value: 'members', label: '团员' },
]

function Lacking({ question }: LackingProps) {
  const [chosen, setAmong] = useState<Among | null>(null)
  const { where, group: _group, depth: _depth, percent: _percent, ...asked } = question
  const query = { ...asked, ...(where ? { where: JSON.stringify(where) } : {}) }
  const below = useFetch(getLacking, { query: { ...query, among: 'direct' } })
  // Below a branch stand only its members.
  const among = chosen ?? (below.data?.considered === 0 && below.data.byName ? 'members' : 'direct')
  const found = useFetch(getLacking, { query: { ...query, among } }, { keepLast: true })
  const offered = AMONG.filter((one) => one.value !== 'members' || found.data?.byName !== false)
  return (
    <div className="mz-lacking">
      <Segmented value={among} options={offered} onChange={setAmong} />
      <Loaded of={found} rows={4}>
        {(answer) => <Told answer={answer} />}
      </Loaded>
    </div>
  )
}

function Told({ answer }: { answer: LackingAnswer }) {
  const { message } = App.useApp()
  const copy = async () =>
    (await copyText(answer.text))
      ? message.success('已复制，可以贴到群里。')
      : message.error('浏览器不允许复制，请手动选中下面的文字复制。')
  if (answer.considered === 0)
    return <EmptyState title={answer.among === 'members' ? '还没有登记团员' : '没有下级组织'} />
  return (
    <>
      <div className="mz-lacking-head">
        <p>
          {answer.count > 0 ? (
            <>
              <strong>{answer.count}</strong> 个还没有，共 {answer.considered} 个
            </>
          ) : (
            `${answer.considered} 个都有了`
          )}
        </p>
        <Button type="primary" icon={<CopyOutlined />} onClick={() => void copy()}>
          复制
        </Button>
      </div>
      <p className="mz-lacking-text">{answer.text}</p>
    </>
  )
}
