/** 草稿, 在用, 停用. */
import { Tag } from 'antd'
import type { OwnSummary } from '../../../domain/records/ledgers/own/contract.ts'

const WORDS = { draft: '草稿', published: '在用', closed: '已停用' }

export function StateTag({ state, pending }: { state: OwnSummary['state']; pending: boolean }) {
  return (
    <>
      <Tag {...(state === 'published' ? { color: 'success' } : {})}>{WORDS[state]}</Tag>
      {pending && state !== 'draft' && <Tag color="warning">有没发布的改动</Tag>}
    </>
  )
}
