/** 合并过的: what was merged into what, by whom, and the way back. */
import { App, Button, Modal, Tag } from 'antd'
import { useState } from 'react'
import {
  getRecordMerge,
  listRecordMerges,
  undoRecordMerge,
} from '../../domain/records/duplicates/contract.ts'
import {
  getPeopleMerge,
  listPeopleMerges,
  type MergeDone,
  undoPeopleMerge,
} from '../../domain/structure/merges/contract.ts'
import { GoLink, paths, useSearchState } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useMay } from '../app/me.ts'
import { useFetch, useWrite } from '../app/queries.ts'
import type { Column } from '../kit/columns.ts'
import { DataTable } from '../kit/DataTable.tsx'
import { useList } from '../kit/list.ts'
import { EmptyState, Failure, Loaded } from '../kit/Page.tsx'

type Of = 'people' | 'records'

const KINDS = {
  people: { list: listPeopleMerges, open: getPeopleMerge, undo: undoPeopleMerge, path: paths.person },
  records: { list: listRecordMerges, open: getRecordMerge, undo: undoRecordMerge, path: paths.record },
}

export function MergesDone() {
  const { org } = useFrame()
  const [search] = useSearchState()
  const of: Of = search.of === 'records' ? 'records' : 'people'
  const list = useList()
  const found = useFetch(
    KINDS[of].list,
    { query: { org: org.id, page: list.page, size: list.size } },
    { keepLast: true },
  )
  return (
    <DataTable<MergeDone>
      name="合并过的"
      columns={columnsOf(of)}
      rows={found.data?.merges}
      total={found.data?.total ?? 0}
      rowKey={(m) => m.id}
      list={list}
      busy={found.isPlaceholderData}
      problem={found.error}
      retry={() => void found.refetch()}
      searchHint={null}
      empty={
        <EmptyState title="还没有合并过" hint="在“人员”“记录”里并排比对之后合并的，都列在这里，可以撤销。" />
      }
    />
  )
}

const columnsOf = (of: Of): Column<MergeDone>[] => [
  { id: 'at', title: '时间', value: (m) => m.at, cell: (m) => m.at.slice(0, 16) },
  {
    id: 'kept',
    title: '留下的',
    value: (m) => m.keptTitle,
    cell: (m) => <GoLink to={KINDS[of].path(m.keptId)}>{m.keptTitle}</GoLink>,
  },
  { id: 'gone', title: '并入的', value: (m) => m.goneTitle },
  { id: 'by', title: '经办', value: (m) => m.by },
  {
    id: 'state',
    title: '撤销',
    value: (m) => (m.undoneAt ? '已撤销' : '在账'),
    cell: (m) =>
      m.undoneAt ? (
        <Tag>{`${m.undoneAt.slice(0, 10)} ${m.undoneBy ?? ''}撤销`}</Tag>
      ) : (
        <UndoButton of={of} merge={m} />
      ),
  },
]

function UndoButton({ of, merge }: { of: Of; merge: MergeDone }) {
  const [asking, setAsking] = useState(false)
  const may = useMay(of === 'people' ? 'structure.change' : 'records.write')
  if (!may) return null
  return (
    <>
      <Button
        size="small"
        onClick={(e) => {
          e.stopPropagation()
          setAsking(true)
        }}
      >
        撤销
      </Button>
      {asking && <UndoDialog of={of} merge={merge} close={() => setAsking(false)} />}
    </>
  )
}

function UndoDialog({ of, merge, close }: { of: Of; merge: MergeDone; close: () => void }) {
  const { message } = App.useApp()
  const params = { id: merge.id }
  const found = useFetch(KINDS[of].open, { params })
  const undo = useWrite(KINDS[of].undo, () => {
    void message.success('已撤销，恢复成两份。')
    close()
  })
  const obstacles = found.data?.obstacles ?? []
  return (
    <Modal
      open
      title="撤销这次合并？"
      okText="撤销合并"
      cancelText="不撤销"
      okButtonProps={{ danger: true, disabled: !found.data || obstacles.length > 0 }}
      confirmLoading={undo.busy}
      onOk={() => void undo.run({ params })}
      onCancel={close}
    >
      {undo.problem && <Failure problem={undo.problem} />}
      <Loaded of={found} rows={2}>
        {() => (
          <>
            <ul className="mz-dup-two">
              <li>{merge.keptTitle}</li>
              <li>{merge.goneTitle}</li>
            </ul>
            <p>
              两份都恢复成合并前的样子，连同各自的
              {of === 'people' ? '团籍、任职、参加的活动和账号' : '人员、照片和人次'}。
            </p>
            {obstacles.length > 0 && (
              <div className="mz-dup-why">
                现在还不能撤销：
                <ul>
                  {obstacles.map((words) => (
                    <li key={words}>{words}</li>
                  ))}
                </ul>
              </div>
            )}
          </>
        )}
      </Loaded>
    </Modal>
  )
}
