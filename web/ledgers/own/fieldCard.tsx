/** One field, opened. */
import { Checkbox, Input, InputNumber, Select } from 'antd'
import type { LedgerField } from '../../../domain/records/ledgers/definition.ts'
import { nounOf } from '../../../domain/records/ledgers/fields/meant.ts'
import {
  isChosen,
  isDate,
  isNumber,
  isReference,
  isWorkedOut,
} from '../../../domain/records/ledgers/fields/types.ts'
import type { FieldProblem } from '../../../kernel/errors.ts'
import { Field, Fields } from '../../kit/Form.tsx'
import { useLedgers } from '../known.ts'
import {
  changeField,
  changeType,
  hasUnit,
  optionsOf,
  optionsText,
  type Patch,
  TYPES,
  wordsOf,
} from './change.ts'
import type { Designing } from './design.ts'
import { LineInput } from './lineInput.tsx'
import { SlotText } from './slots.tsx'

interface FieldCardProps {
  designing: Designing
  field: LedgerField
  /** Older records know it: its type and unit stay. */
  used: boolean
  faults: FieldProblem[]
}

const HELD = '已经用过，不能改。要换，请去掉这一栏另加一栏。'

export function FieldCard({ designing, field, used, faults }: FieldCardProps) {
  const { design, change } = designing
  const set = (patch: Patch<LedgerField>) => change((d) => changeField(d, field.id, patch))
  const retype = (type: LedgerField['type']) =>
    change((d) => ({ ...d, fields: d.fields.map((f) => (f.id === field.id ? changeType(f, type) : f)) }))
  const counts = hasUnit(field)
  const worked = isWorkedOut(field)
  return (
    <div className="mz-own-body">
      {faults.map((f) => (
        <p key={f.field + f.reason} className="mz-own-fault" role="alert">
          {f.reason}。{f.remedy}。
        </p>
      ))}
      <Fields>
        <Field label="名称" half>
          {(id) => (
            <Input
              id={id}
              value={field.title}
              maxLength={30}
              onChange={(e) => set({ title: e.target.value })}
            />
          )}
        </Field>
        <Field label="类型" half {...(used && { hint: HELD })}>
          {(id) => (
            <Select
              id={id}
              disabled={used}
              value={field.type}
              onChange={retype}
              options={TYPES.map((t) => ({ value: t.type, label: t.title }))}
            />
          )}
        </Field>
        {counts && (
          <Field label="单位" half>
            {(id) => (
              <Input
                id={id}
                disabled={used}
                placeholder="毫升、小时、份…"
                value={field.unit ?? ''}
                onChange={(e) => set({ unit: e.target.value || undefined })}
              />
            )}
          </Field>
        )}
        {isNumber(field) && !worked && <Bounds field={field} set={set} />}
        {isDate(field) && (
          <Field label="精确到" half>
            {(id) => (
              <Select
                id={id}
                disabled={used}
                value={field.precision ?? 'day'}
                onChange={(p) => set({ precision: p === 'day' ? undefined : p })}
                options={[
                  { value: 'day', label: '日' },
                  { value: 'month', label: '月' },
                  { value: 'year', label: '年' },
                ]}
              />
            )}
          </Field>
        )}
        {isReference(field) && <Named field={field} used={used} set={set} />}
        {isChosen(field) && (
          <Field label="选项" hint="一行一个；后面写冒号可列同义词，如 全血：献全血、全血捐献">
            {(id) => (
              <LineInput
                id={id}
                rows={3}
                text={optionsText(field.options?.filter((o) => !o.retired))}
                onChange={(text) => set({ options: optionsOf(text, field.options) ?? [] })}
              />
            )}
          </Field>
        )}
        {worked && (
          <Field label="怎样算" hint="用 + − × ÷ 和括号；两个日期之间的天数写成 相差天数(「开始」，「结束」)">
            {(id) => (
              <SlotText
                id={id}
                design={{ ...design, fields: design.fields.slice(0, design.fields.indexOf(field)) }}
                place="formula"
                text={field.formula ?? ''}
                onChange={(formula) => set({ formula })}
              />
            )}
          </Field>
        )}
        {!worked && (
          <Field label="表头还会写成" hint="导入时认得的别的写法，用顿号隔开">
            {(id) => (
              <LineInput
                id={id}
                text={(field.synonyms ?? []).join('、')}
                onChange={(text) => set({ synonyms: text ? wordsOf(text) : undefined })}
              />
            )}
          </Field>
        )}
        <Field label="谁用、做什么用" half>
          {(id) => <Input id={id} value={field.usedBy} onChange={(e) => set({ usedBy: e.target.value })} />}
        </Field>
        <Field label="填写提示" half>
          {(id) => (
            <Input
              id={id}
              value={field.hint ?? ''}
              onChange={(e) => set({ hint: e.target.value || undefined })}
            />
          )}
        </Field>
      </Fields>
      {!worked && (
        <Checkbox
          checked={field.required ?? false}
          onChange={(e) => set({ required: e.target.checked || undefined })}
        >
          必填
        </Checkbox>
      )}
    </div>
  )
}

/** Of which ledger what is named is a record, and whether a name may be written that means nothing known. */
function Named({
  field,
  used,
  set,
}: Pick<FieldCardProps, 'field' | 'used'> & { set: (patch: Patch<LedgerField>) => void }) {
  const { data } = useLedgers()
  return (
    <>
      {nounOf(field) === 'record' && (
        <Field label="从哪本台账里选" half {...(used && { hint: HELD })}>
          {(id) => (
            <Select
              id={id}
              disabled={used}
              placeholder="请选一本台账"
              value={field.ledger ?? null}
              onChange={(ledger: string) => set({ ledger })}
              showSearch={{ optionFilterProp: 'label' }}
              options={(data?.ledgers ?? []).map((l) => ({
                value: l.definition.id,
                label: l.definition.title,
              }))}
            />
          )}
        </Field>
      )}
      <Field label="列表里没有的" half>
        {(id) => (
          <Select
            id={id}
            value={field.known === true}
            onChange={(known) => set({ known: known || undefined })}
            options={[
              { value: false, label: '照写的名称登记，标“未对上”' },
              { value: true, label: '不能填，要先登记' },
            ]}
          />
        )}
      </Field>
    </>
  )
}

function Bounds({ field, set }: { field: LedgerField; set: (patch: Patch<LedgerField>) => void }) {
  return (
    <>
      <Field label="最小" half>
        {(id) => (
          <InputNumber
            id={id}
            controls={false}
            placeholder="0"
            value={field.minimum ?? null}
            onChange={(n) => set({ minimum: n ?? undefined })}
          />
        )}
      </Field>
      <Field label="最大" half>
        {(id) => (
          <InputNumber
            id={id}
            controls={false}
            value={field.maximum ?? null}
            onChange={(n) => set({ maximum: n ?? undefined })}
          />
        )}
      </Field>
    </>
  )
}
