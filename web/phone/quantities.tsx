/** 成果 on the phone: one line of words, and below it what was understood. */
import { QUANTITIES_TITLE, readQuantities } from '../../domain/records/ledgers/quantities.ts'
import type { Problem } from '../app/client.ts'
import { PhoneField } from './kit.tsx'

interface PhoneQuantitiesProps {
  value: string
  onChange: (text: string) => void
  problem: Problem | null
}

export function PhoneQuantities({ value, onChange, problem }: PhoneQuantitiesProps) {
  const { quantities, problems } = readQuantities(value)
  const understood = quantities.map((q) => `${q.what} ${q.amount} ${q.unit}`).join('；')
  const [wrong] = problems
  const hint = wrong ? `${wrong.reason}，${wrong.remedy}` : understood ? `计：${understood}` : undefined
  return (
    <PhoneField label={QUANTITIES_TITLE} name="quantities" problem={problem} hint={hint}>
      <input
        value={value}
        placeholder="如：义务植树400株，清理垃圾3吨"
        onChange={(e) => onChange(e.target.value)}
      />
    </PhoneField>
  )
}
