/** 谁还没有 on the phone: the list, and one button that copies it for a chat. */
import { useState } from 'react'
import { type Among, getLacking } from '../../domain/indicators/lacking/contract.ts'
import { useFetch } from '../app/queries.ts'
import { copyText } from '../kit/copy.ts'
import { Act, Card, Nothing, Told, Waiting } from './kit.tsx'

interface PhoneLackingProps {
  org: string
  measure: string
  from?: string | undefined
  to?: string | undefined
  where?: Record<string, string> | undefined
}

const AMONG: { value: Among; title: string }[] = [
  { value: 'direct', title: '直接下级' },
  { value: 'branches', title: '各团支部' },
  { value: 'members', title: '团员' },
]

export function PhoneLacking({ where, ...asked }: PhoneLackingProps) {
  const [open, setOpen] = useState(false)
  const [chosen, setAmong] = useState<Among | null>(null)
  const [copied, setCopied] = useState<boolean | null>(null)
  const query = { ...asked, ...(where ? { where: JSON.stringify(where) } : {}) }
  const below = useFetch(getLacking, { query: { ...query, among: 'direct' } }, { enabled: open })
  // Below a branch stand only its members.
  const ofBranch = below.data?.considered === 0
  const among = chosen ?? (ofBranch && below.data?.byName ? 'members' : 'direct')
  const found = useFetch(getLacking, { query: { ...query, among } }, { enabled: open, keepLast: true })
  if (!open) return <Act onClick={() => setOpen(true)}>谁还没有</Act>
  const { data } = found
  const choices = AMONG.filter((one) => (ofBranch ? one.value === 'members' : true)).filter(
    (one) => one.value !== 'members' || data?.byName !== false,
  )
  const copy = async () => setCopied(await copyText(data?.text ?? ''))
  return (
    <Card title="谁还没有">
      {choices.length > 1 && (
        <div className="mp-pills">
          {choices.map((one) => (
            <button
              key={one.value}
              type="button"
              aria-pressed={one.value === among}
              onClick={() => {
                setAmong(one.value)
                setCopied(null)
              }}
            >
              {one.title}
            </button>
          ))}
        </div>
      )}
      {found.error && <Told problem={found.error} retry={() => void found.refetch()} />}
      {!data && !found.error && <Waiting />}
      {data?.considered === 0 && <Nothing title={among === 'members' ? '还没有登记团员' : '没有下级组织'} />}
      {data && data.considered > 0 && (
        <>
          <p className="mp-lacking">{data.text}</p>
          <Act main onClick={() => void copy()}>
            {copied ? '已复制，可以贴到群里' : '复制'}
          </Act>
          {copied === false && <p className="mp-refused">没有复制成功，请长按上面的文字复制。</p>}
        </>
      )}
    </Card>
  )
}
