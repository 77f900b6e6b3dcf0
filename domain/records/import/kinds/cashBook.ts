/** Whether money came in or went out, where no column says so but the table itself does. */
import type { TargetField } from '../../../../kernel/spreadsheet/target.ts'
import type { LedgerDefinition } from '../../ledgers/definition.ts'
import { complain, numberOf, type RowWork, type Scene } from '../work.ts'

const OUT = /支出|开支|花费/
const IN = /收入|拨款|到账|筹集|筹资|捐/

const amountColumn = (id: string, title: string, synonyms: string[]): TargetField => ({
  id,
  title,
  kind: 'money',
  unit: '元',
  totals: true,
  minimum: 0,
  synonyms,
})

/** Books with a column for money that came in and one for money that went out. */
export const SPLIT_AMOUNTS: TargetField[] = [
  amountColumn('amount:income', '收入', ['收入金额', '收入额', '收入数', '本期收入', '进账', '入账']),
  amountColumn('amount:spending', '支出', ['支出额', '支出数', '本期支出', '出账', '开支']),
]

/** Of the two columns one is filled; which one says whether the money came in. */
export function joinAmounts(scene: Scene, works: RowWork[], { cashBook }: LedgerDefinition): void {
  const { columns } = scene.reading
  if (!cashBook || !columns.some(({ field }) => field?.startsWith('amount:'))) return
  const spentIn = columns.find(({ field }) => field === cashBook.amount)?.header ?? ''
  for (const work of works) {
    const income = numberOf(work.row, 'amount:income') || undefined
    const apart = OUT.test(spentIn) ? numberOf(work.row, cashBook.amount) : undefined
    const spending = numberOf(work.row, 'amount:spending') || apart || undefined
    if (income !== undefined && spending !== undefined)
      complain(scene, work, {
        severity: 'error',
        field: 'amount:spending',
        reason: '同一行既有收入又有支出',
        remedy: '请分成两行，一行填收入，一行填支出。',
      })
    else if (income !== undefined || spending !== undefined) {
      const [value, direction, raw] =
        income === undefined
          ? [spending ?? null, cashBook.spending, '支出']
          : [income, cashBook.income, '收入']
      work.row.values[cashBook.amount] = { value, raw: String(value) }
      work.row.values[cashBook.direction] = { value: direction, raw }
    }
  }
}

/** 支出金额 is spent; 收支明细 without a column for which is which cannot be told. */
export function tellDirection(scene: Scene, works: RowWork[], { cashBook }: LedgerDefinition): void {
  const { columns, title, sheet } = scene.reading
  if (!cashBook || columns.some(({ field }) => field === cashBook.direction || field?.startsWith('amount:')))
    return
  const amount = columns.find((column) => column.field === cashBook.amount)?.header ?? ''
  const said = [amount, `${title.text}${sheet}`, columns.map((column) => column.header).join(' ')]
  const telling = said.find((text) => OUT.test(text) || IN.test(text) || /收支/.test(text)) ?? ''
  const mixed = /收支/.test(telling) || (OUT.test(telling) && IN.test(telling))
  if (!mixed && !OUT.test(telling)) return
  for (const work of works) {
    if (numberOf(work.row, cashBook.amount) === undefined) continue
    if (!mixed) work.row.values[cashBook.direction] = { value: cashBook.spending, raw: '支出' }
    else
      complain(scene, work, {
        severity: 'error',
        field: cashBook.direction,
        reason: '看不出是收入还是支出',
        remedy: '请加一列“收支”，逐行填收入或支出。',
      })
  }
}
