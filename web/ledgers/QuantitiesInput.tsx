/** 成果: what was done beside the ledger's own fields, typed in one line of words and shown as it was understood. */
import { Input } from 'antd'
import { readQuantities } from '../../domain/records/ledgers/quantities.ts'

const QUANTITIES_EXAMPLE = '义务植树400株，清理垃圾3吨'
export const QUANTITIES_HINT = '做了什么、多少、单位，几项用逗号隔开；以后按单位合计，单位不同的不相加。'

interface QuantitiesInputProps {
  id: string
  value: string
  onChange: (text: string) => void
}

export function QuantitiesInput({ id, value, onChange }: QuantitiesInputProps) {
  return (
    <>
      <Input
        id={id}
        value={value}
        placeholder={`如：${QUANTITIES_EXAMPLE}`}
        onChange={(e) => onChange(e.target.value)}
      />
      <Understood text={value} />
    </>
  )
}

/** Each quantity as it will be counted; what cannot be counted says why. */
function Understood({ text }: { text: string }) {
  const { quantities, problems } = readQuantities(text)
  if (quantities.length === 0 && problems.length === 0) return null
  return (
    <ul className="mz-quantities" aria-live="polite">
      {quantities.map((q) => (
        <li key={`${q.what} ${q.unit}`}>
          {q.what} <b>{q.amount}</b> {q.unit}
        </li>
      ))}
      {problems.map((p) => (
        <li key={p.reason} className="mz-quantities-wrong">
          {p.reason}，{p.remedy}
        </li>
      ))}
    </ul>
  )
}
