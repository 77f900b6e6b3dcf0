/** An ID or phone number of which little or nothing is shown. Seeing it whole needs a reason, which is kept with who asked and when. */
import { EyeOutlined } from '@ant-design/icons'
import { Button, Input, Popover } from 'antd'
import { useState } from 'react'
import { revealPerson } from '../../domain/structure/people/contract.ts'
import { useWrite } from '../app/queries.ts'
import { Failure } from './Page.tsx'

export interface MaskedTextProps {
  personId: string
  kind: 'idNumber' | 'phone'
  masked: string | null
  /** Whether the reader's post gives the right. */
  mayReveal?: boolean
}

const NAMES = { idNumber: '身份证号', phone: '电话' }

export function MaskedText({ personId, kind, masked, mayReveal }: MaskedTextProps) {
  const [whole, setWhole] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  if (!masked) return <span className="mz-none">—</span>
  return (
    <span className="mz-masked">
      {whole ?? masked}
      {mayReveal && !whole && (
        <Popover
          open={asking}
          onOpenChange={setAsking}
          trigger="click"
          title={`查看完整${NAMES[kind]}`}
          content={
            <RevealForm
              personId={personId}
              done={(told) => {
                setWhole(told[kind] ?? '没有登记')
                setAsking(false)
              }}
            />
          }
        >
          <Button type="text" size="small" aria-label={`查看完整${NAMES[kind]}`} icon={<EyeOutlined />} />
        </Popover>
      )}
    </span>
  )
}

interface Revealed {
  idNumber: string | null
  phone: string | null
}

function RevealForm({ personId, done }: { personId: string; done: (told: Revealed) => void }) {
  const [reason, setReason] = useState('')
  const reveal = useWrite(revealPerson, done)
  const ask = () => void reveal.run({ params: { id: personId }, body: { reason: reason.trim() } })
  return (
    <div className="mz-reveal">
      <p className="mz-quiet mz-small">查看会留下记录：谁、何时、为什么。</p>
      {reveal.problem && <Failure problem={reveal.problem} />}
      <Input
        autoFocus
        placeholder="用途，如：转接组织关系核对"
        value={reason}
        maxLength={200}
        onChange={(e) => setReason(e.target.value)}
        onPressEnter={() => reason.trim().length > 1 && ask()}
      />
      <Button size="small" disabled={reason.trim().length < 2} loading={reveal.busy} onClick={ask}>
        查看
      </Button>
    </div>
  )
}
