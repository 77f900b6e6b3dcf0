/** 本期无 on the phone: said on purpose, after one more question. */
import { useState } from 'react'
import { declareNil, withdrawNil } from '../../domain/records/ledgers/contract.ts'
import type { Period } from '../../kernel/period.ts'
import { useWrite } from '../app/queries.ts'
import { nilWords } from '../ledgers/nilWords.ts'
import { Act, Card, Told } from './kit.tsx'
import type { Listed } from './known.ts'

interface NilDeclarationProps {
  listed: Listed
  period: Period
  org: string
}

export function NilDeclaration({ listed: { definition, nil }, period, org }: NilDeclarationProps) {
  const [asking, setAsking] = useState(false)
  const declare = useWrite(declareNil, () => setAsking(false))
  const withdraw = useWrite(withdrawNil)
  if (nil)
    return (
      <Card title={`已声明：${period.label}没有${definition.title}`}>
        <p className="mp-quiet">
          {nil.speaks === 'all' ? '这项数据是 0，不算缺数；补记一笔，声明会自动收回。' : `${nilWords(nil)}。`}
        </p>
        {withdraw.problem && <Told problem={withdraw.problem} />}
        <Act disabled={withdraw.busy} onClick={() => void withdraw.run({ params: { id: nil.id } })}>
          收回“本期无”
        </Act>
      </Card>
    )
  if (!asking) return <Act onClick={() => setAsking(true)}>声明“本期无”</Act>
  const say = () =>
    void declare.run({ params: { ledger: definition.id }, body: { from: period.from, to: period.to } })
  return (
    <Card title={`${period.label}确实没有“${definition.title}”？`}>
      <p className="mp-quiet">{org}：声明后这项数据是 0，不再算缺数；以后补记会自动收回。</p>
      {declare.problem && <Told problem={declare.problem} />}
      <div className="mp-two mp-gap">
        <Act onClick={() => setAsking(false)}>先不声明</Act>
        <Act main disabled={declare.busy} onClick={say}>
          声明本期无
        </Act>
      </div>
    </Card>
  )
}
