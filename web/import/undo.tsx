/** 撤销这批: all that a batch wrote becomes void, all that it changed goes back. */
import { Button, Modal, Tag } from 'antd'
import { useState } from 'react'
import { getBatch, undoBatch } from '../../domain/records/import/contract.ts'
import { useFetch, useWrite } from '../app/queries.ts'
import { Failure, Loaded } from '../kit/Page.tsx'

export function UndoButton({ batch: id }: { batch: string }) {
  const [asking, setAsking] = useState(false)
  const found = useFetch(getBatch, { params: { id }, query: { size: 1 } })
  if (!found.data) return null
  const { batch } = found.data
  if (batch.undoneAt) return <Tag>{`${batch.undoneAt.slice(0, 16)} 已由${batch.undoneBy ?? ''}撤销`}</Tag>
  return (
    <>
      <Button onClick={() => setAsking(true)}>撤销这批</Button>
      {asking && <UndoDialog id={id} close={() => setAsking(false)} />}
    </>
  )
}

function UndoDialog({ id, close }: { id: string; close: () => void }) {
  const found = useFetch(getBatch, { params: { id }, query: { size: 1 } })
  const undo = useWrite(undoBatch, close)
  const obstacles = found.data?.obstacles ?? []
  return (
    <Modal
      open
      title="撤销这批导入？"
      okText="撤销这批"
      cancelText="不撤销"
      okButtonProps={{ danger: true, disabled: !found.data || obstacles.length > 0 }}
      confirmLoading={undo.busy}
      onOk={() => void undo.run({ params: { id } })}
      onCancel={close}
    >
      {undo.problem && <Failure problem={undo.problem} />}
      <Loaded of={found} rows={2}>
        {({ total, altered, batch }) => (
          <>
            <p>
              “{batch.fileName}”写入的 {total} 条全部作废{altered > 0 && `，改动的 ${altered} 条恢复原样`}
              。过程留痕。
            </p>
            {obstacles.length > 0 && (
              <>
                <p className="mz-columns-lacking">现在还不能撤销：</p>
                <ul>
                  {obstacles.map((words) => (
                    <li key={words}>{words}</li>
                  ))}
                </ul>
              </>
            )}
          </>
        )}
      </Loaded>
    </Modal>
  )
}
