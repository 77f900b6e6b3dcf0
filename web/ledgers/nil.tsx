/** 本期无: a period without a record, said on purpose, so that missing is not taken for forgotten. */
import { Alert, App, Button, Popconfirm } from 'antd'
import { declareNil, withdrawNil } from '../../domain/records/ledgers/contract.ts'
import { useFrame } from '../app/frameState.tsx'
import { useMay } from '../app/me.ts'
import { useWrite } from '../app/queries.ts'
import { type Listed, useLedgers } from './known.ts'
import { nilWords } from './nilWords.ts'

export function NilButton({ ledger }: { ledger: Pick<Listed, 'definition' | 'nil'> }) {
  const { org, period } = useFrame()
  const { message } = App.useApp()
  const declare = useWrite(declareNil, () => void message.success('已声明本期无。'))
  const withdraw = useWrite(withdrawNil, () => void message.success('已收回声明。'))
  const { id, title } = ledger.definition
  const { nil } = ledger
  if (nil)
    return (
      <Button
        type="text"
        loading={withdraw.busy}
        onClick={() => void withdraw.run({ params: { id: nil.id } })}
      >
        收回“本期无”
      </Button>
    )
  const body = { orgId: org.id, from: period.from, to: period.to }
  return (
    <Popconfirm
      title={`${period.label}，${org.name}及下级确实没有“${title}”？`}
      description={declare.problem?.title ?? '声明后这项数据是 0，不再算缺数；以后补记会自动收回。'}
      okText="声明本期无"
      onConfirm={async () => {
        const done = await declare.run({ params: { ledger: id }, body })
        if (!done) throw new Error('refused')
      }}
    >
      <Button type="text">本期无</Button>
    </Popconfirm>
  )
}

/** A declaration that somebody's record has overtaken is said where the records are. */
export function NilNote({ ledger }: { ledger: string }) {
  const may = useMay('records.write')
  const listed = useLedgers().data?.ledgers.find((l) => l.definition.id === ledger)
  if (!listed?.nil || listed.nil.speaks === 'all') return null
  return (
    <Alert
      className="mz-ledger-note"
      type="warning"
      showIcon
      title={
        <>
          {nilWords(listed.nil)}。{may && <NilButton ledger={listed} />}
        </>
      }
    />
  )
}
