/** The blank spreadsheet of a ledger: its columns, their options as lists, and how to fill them in. */

import type { TargetField } from '../../../kernel/spreadsheet/target.ts'
import type { SheetColumn } from '../../../kernel/spreadsheet/write.ts'
import { writeWorkbook } from '../../../kernel/spreadsheet/write.ts'
import type { LedgerDefinition } from './definition.ts'
import { targetOf } from './sheet.ts'

export function templateOf(definition: LedgerDefinition): Promise<Uint8Array> {
  const target = targetOf(definition)
  return writeWorkbook([
    {
      name: definition.title,
      title: `${definition.title}台账`,
      notes: [
        `带 * 的必填；日期写成 2024-03-12，只知道月份写成 2024-03；几个人或几个单位用顿号隔开。`,
        '标题和说明可以删改，列的次序可以调换；填好后在“台账—导入”里上传。',
      ],
      columns: target.fields.map(templateColumn),
      rows: [],
    },
  ])
}

function templateColumn(field: TargetField): SheetColumn {
  const unit = field.unit && !field.title.includes(field.unit) ? `（${field.unit}）` : ''
  const options =
    field.kind === 'yesNo' ? ['是', '否'] : field.many ? undefined : field.options?.map((o) => o.title)
  const number = field.kind === 'integer' || field.kind === 'number'
  return {
    title: `${field.title}${unit}${field.required ? '*' : ''}`,
    ...(options && { options }),
    ...(field.kind === 'money' ? { format: 'money' as const } : number && { format: 'number' as const }),
  }
}
