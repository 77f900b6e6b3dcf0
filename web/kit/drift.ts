/** Why what was handed in would be another today, in words: 口径已改, 增加3人. */
import type { Static } from 'typebox'
import type { DriftReason } from '../../domain/indicators/contract.ts'

interface Drift {
  why: Static<typeof DriftReason>
  /** Empty where there is no number to compare. */
  change: string
}

export function driftWords({ why, change }: Drift): string {
  if (why === 'rows') return '数没有变，记录改过'
  return why === 'definition' ? ['口径已改', change].filter(Boolean).join('，') : change
}
