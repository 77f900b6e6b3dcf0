/** 更正: another edition of what was handed in. */
import { Button, Modal, message } from 'antd'
import { useState } from 'react'
import { correctSummary } from '../../domain/reports/summaries/contract.ts'
import { paths, useGo } from '../app/address.tsx'
import { useWrite } from '../app/queries.ts'
import type { Workspace } from './workspace.ts'

export function CorrectButton({ workspace }: { workspace: Workspace }) {
  const go = useGo()
  const [told, holder] = message.useMessage()
  const [asking, setAsking] = useState(false)
  const { id, editions, edition } = workspace.summary
  const correcting = useWrite(correctSummary)
  const later = editions.find((e) => e.edition > edition)
  if (later) return <Button onClick={() => go(paths.summary(later.id))}>打开第 {later.edition} 版</Button>
  const correct = async () => {
    const made = await correcting.run({ params: { id } })
    if (made) go(paths.summary(made.id))
    else told.error(correcting.problem?.title ?? '没有更正成，请稍后再试。')
  }
  return (
    <>
      {holder}
      <Button onClick={() => setAsking(true)}>更正</Button>
      <Modal
        open={asking}
        title={`另起第 ${edition + 1} 版？`}
        okText="另起一版"
        cancelText="不改"
        confirmLoading={correcting.busy}
        onOk={() => void correct()}
        onCancel={() => setAsking(false)}
      >
        已上报的这一版原样保留，谁都能再打开。新的一版从它抄来，数据重新从台账取，改好后再上报。
      </Modal>
    </>
  )
}
