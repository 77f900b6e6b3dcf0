/** 新建总结: for whom, for which period, and how far its facts go. */
import { Button, DatePicker, Modal, Radio, Select, Space } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { createSummary, listSummaries } from '../../domain/reports/summaries/contract.ts'
import { dateInWords, type Period, parsePeriod } from '../../kernel/period.ts'
import { paths, useGo } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useFetch, useWrite } from '../app/queries.ts'
import { Field, Fields } from '../kit/Form.tsx'
import { type ChosenOrg, OrgPicker } from '../kit/OrgPicker.tsx'
import { Failure } from '../kit/Page.tsx'

/** Offices close their books in the last month before the 10th to 20th. */
const USUAL_DAYS = ['10', '15', '20']

export function NewSummary({ close }: { close: () => void }) {
  const { org: own, period: shown, today } = useFrame()
  const go = useGo()
  const [org, setOrg] = useState<ChosenOrg | null>(own)
  const [period, setPeriod] = useState(() => shown.id)
  const [cutOff, setCutOff] = useState<string | null>(() => usualCutOff(parsePeriod(shown.id), today))
  const making = useWrite(createSummary, (made) => go(paths.summary(made.id)))
  const choose = (id: string) => {
    setPeriod(id)
    setCutOff(usualCutOff(parsePeriod(id), today))
  }
  const make = () => org && void making.run({ body: { org: org.id, period, cutOff } })
  const taken = making.problem?.code === 'summaryExists'
  return (
    <Modal
      open
      title="新建总结"
      okText="按提纲取数起草"
      cancelText="取消"
      confirmLoading={making.busy}
      okButtonProps={{ disabled: !org }}
      onOk={make}
      onCancel={close}
    >
      <div className="mz-form">
        {making.problem && <Failure problem={making.problem} />}
        {taken && org && <OpenExisting org={org.id} period={period} />}
        <Fields>
          <Field label="哪个组织的总结">{(id) => <OrgPicker id={id} value={org} onChange={setOrg} />}</Field>
          <Field label="时段">
            {(id) => <Select id={id} value={period} onChange={choose} options={periodsNear(today, period)} />}
          </Field>
          <Field label="数据截至" hint="存量（团员、组织数等）看这一天，活动算到这一天。">
            {() => <CutOff period={parsePeriod(period)} value={cutOff} onChange={setCutOff} />}
          </Field>
        </Fields>
      </div>
    </Modal>
  )
}

/** In the period's last month, once today is past its tenth; the whole period when it is over. */
function usualCutOff(period: Period, today: string): string | null {
  const month = period.to.slice(0, 7)
  if (today > period.to || !today.startsWith(month)) return null
  return today
}

function CutOff(props: { period: Period; value: string | null; onChange: (day: string | null) => void }) {
  const { period, value, onChange } = props
  const around = { withinYear: Number(period.to.slice(0, 4)) }
  const usual = USUAL_DAYS.map((d) => `${period.to.slice(0, 7)}-${d}`)
  const other = value !== null && !usual.includes(value)
  return (
    <Space orientation="vertical">
      <Radio.Group
        value={other ? 'other' : (value ?? '')}
        onChange={(e) => onChange(e.target.value === 'other' ? period.to : e.target.value || null)}
        options={[
          ...usual.map((day) => ({ value: day, label: dateInWords(day, 'day', around) })),
          { value: '', label: '期末' },
          { value: 'other', label: '其他日期' },
        ]}
      />
      {other && (
        <DatePicker
          value={dayjs(value)}
          allowClear={false}
          minDate={dayjs(period.from)}
          maxDate={dayjs(period.to)}
          onChange={(day) => day && onChange(day.format('YYYY-MM-DD'))}
        />
      )}
    </Space>
  )
}

/** This year's and last year's, and whichever is shown. */
function periodsNear(today: string, shown: string) {
  const year = Number(today.slice(0, 4))
  const ids = [year, year - 1].flatMap((y) => [`${y}H1`, `${y}H2`, `${y}`])
  return [...new Set([shown, ...ids])].map((id) => ({ value: id, label: parsePeriod(id).label }))
}

function OpenExisting({ org, period }: { org: string; period: string }) {
  const go = useGo()
  const found = useFetch(listSummaries, { query: { org, period } })
  const there = found.data?.summaries.find((s) => s.org.id === org)
  if (!there) return null
  return <Button onClick={() => go(paths.summary(there.id))}>打开“{there.title}”</Button>
}
