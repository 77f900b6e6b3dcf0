/** 批量修改过的: what was changed together lately in this ledger, to be taken back. */
import { App, Button, List, Modal, Popconfirm } from 'antd'
import { listBulks, undoBulk } from '../../domain/records/bulk/contract.ts'
import { useFetch, useWrite } from '../app/queries.ts'
import { EmptyState, Failure, Loaded } from '../kit/Page.tsx'

export function BulkDone({ ledger, close }: { ledger: string; close: () => void }) {
  const { message } = App.useApp()
  const found = useFetch(listBulks, { params: { ledger } })
  const undo = useWrite(undoBulk, ({ job, result }) => {
    const left = result?.left.reduce((sum, one) => sum + one.count, 0) ?? 0
    void message.success(
      job
        ? '条数多，正在后台撤销，做完在收件箱里。'
        : `已撤销，${result?.done ?? 0} 条回到原样${left > 0 ? `，${left} 条后来又改过，没有动` : ''}。`,
    )
  })
  return (
    <Modal open title="批量修改过的" footer={null} width={560} onCancel={close}>
      {undo.problem && <Failure problem={undo.problem} />}
      <Loaded of={found} rows={4}>
        {({ changes }) =>
          changes.length === 0 ? (
            <EmptyState
              title="这本台账还没有批量修改过"
              hint="勾上几行，表的上面就有“改一项”“划到另一个组织”“作废”。"
            />
          ) : (
            <List
              dataSource={changes}
              renderItem={(one) => (
                <List.Item
                  actions={[
                    one.undoneAt ? (
                      <span key="undone" className="mz-quiet">
                        已撤销
                      </span>
                    ) : (
                      <Popconfirm
                        key="undo"
                        title={`撤销这次，${one.count} 条回到原样？`}
                        description="后来又改过的不动。"
                        okText="撤销"
                        onConfirm={() => void undo.run({ params: { id: one.id } })}
                      >
                        <Button size="small" loading={undo.busy}>
                          撤销
                        </Button>
                      </Popconfirm>
                    ),
                  ]}
                >
                  <List.Item.Meta
                    title={`${one.words}，${one.count} 条`}
                    description={`${one.at.slice(0, 16)}　${one.by}`}
                  />
                </List.Item>
              )}
            />
          )
        }
      </Loaded>
    </Modal>
  )
}
