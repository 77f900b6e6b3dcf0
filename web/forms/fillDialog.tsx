/** For which period the form is filled. */
import { Alert, DatePicker, Modal, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { type Form, fillForm } from '../../domain/reports/forms/contract.ts'
import { type Period, parsePeriod, periodOf, precedingOf } from '../../kernel/period.ts'
import { paths, useGo } from '../app/address.tsx'
import { useWrite } from '../app/queries.ts'
import { Failure } from '../kit/Page.tsx'
import { periodNamed } from './period.ts'

const BACK = 12

export function FillDialog({ form, close }: { form: Form; close: () => void }) {
  const go = useGo()
  const filling = useWrite(fillForm)
  const words = [
    form.fileName,
    ...form.document.tables.flatMap((t) => [t.title, ...t.cells.slice(0, 6).map((c) => c.text)]),
  ]
  const named = periodNamed(words.join(' '), form.rhythm, form.next.period)
  const [period, setPeriod] = useState(named ?? form.next.period)
  const [cutOff, setCutOff] = useState<string | null>(null)
  const fill = async () => {
    const done = await filling.run({ params: { id: form.id }, body: { period, cutOff } })
    if (done) go(paths.filledForm(form.id, done.id))
  }
  return (
    <Modal
      open
      title="填表"
      okText="取数填表"
      cancelText="取消"
      confirmLoading={filling.busy}
      onOk={() => void fill()}
      onCancel={close}
    >
      {filling.problem && <Failure problem={filling.problem} />}
      <div className="mz-form-about">
        <div className="mz-form-row">
          <span>时段</span>
          <Select
            aria-label="时段"
            value={period}
            onChange={setPeriod}
            options={periodsFor(form, period).map((p) => ({ value: p.id, label: p.label }))}
          />
        </div>
        <div className="mz-form-row">
          <span>截至</span>
          <DatePicker
            aria-label="截至"
            value={cutOff ? dayjs(cutOff) : null}
            placeholder="期末"
            onChange={(day) => setCutOff(day ? day.format('YYYY-MM-DD') : null)}
          />
        </div>
      </div>
      {named && named !== period && (
        <Alert
          type="warning"
          showIcon
          title={`表上写的是${parsePeriod(named).label}，填出来也这样写。要填别的时段，最好上传那一期的空表。`}
        />
      )}
      <p className="mz-quiet mz-small">
        每格的数和它背后的每一行都会存下来，以后随时能打开。没有数据的格子空着，不写 0。
      </p>
    </Modal>
  )
}

/** Periods of the form's rhythm, the latest first; half-years and years beside months. */
function periodsFor(form: Form, chosen: string): Period[] {
  const first = parsePeriod(form.next.period)
  const list = [first]
  for (let i = 0; i < BACK; i++) list.push(precedingOf(list[list.length - 1] as Period))
  const half = parsePeriod(periodOf(first.from))
  const others = [half, parsePeriod(first.from.slice(0, 4)), parsePeriod(chosen)]
  return [...new Map([...list, ...others].map((p) => [p.id, p])).values()]
}
