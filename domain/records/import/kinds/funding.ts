/** Whether money came in or went out, where no column says so but the table itself does. */
import type { LedgerDefinition } from '../../ledgers/definition.ts'
import { complain, numberOf, type RowWork, type Scene } from '../work.ts'

const OUT = /支出|开支|花费/
const IN = /收入|拨款|到账|筹集|筹资|捐/

/** 支出金额 is spent; 收支明细 without a column for which is which cannot be told. */
export function tellDirection(scene: Scene, works: RowWork[], definition: LedgerDefinition): void {
  const { columns, title, sheet } = scene.reading
  if (definition.id !== 'funding' || columns.some((column) => column.field === 'direction')) return
  const amount = columns.find((column) => column.field === 'amount')?.header ?? ''
  const said = [amount, `${title.text}${sheet}`, columns.map((column) => column.header).join(' ')]
  const telling = said.find((text) => OUT.test(text) || IN.test(text) || /收支/.test(text)) ?? ''
  const mixed = /收支/.test(telling) || (OUT.test(telling) && IN.test(telling))
  if (!mixed && !OUT.test(telling)) return
  for (const work of works) {
    if (numberOf(work.row, 'amount') === undefined) continue
    if (!mixed) work.row.values.direction = { value: 'spending', raw: '支出' }
    else
      complain(scene, work, {
        severity: 'error',
        field: 'direction',
        reason: '看不出是收入还是支出',
        remedy: '请加一列“收支”，逐行填收入或支出。',
      })
  }
}
