/** How the whole summary says its numbers, and who signs it when. */
import { Button, Checkbox, Input, Segmented } from 'antd'
import { useState } from 'react'
import type { SummarySettings } from '../../domain/reports/summaries/model.ts'
import { DayField } from '../kit/DateField.tsx'
import { Field, Fields } from '../kit/Form.tsx'
import type { Workspace } from './workspace.ts'

interface SettingsProps {
  workspace: Workspace
  settings: SummarySettings
  close: () => void
}

export function SettingsForm({ workspace, settings, close }: SettingsProps) {
  const [draft, setDraft] = useState(settings)
  const [forAll, setForAll] = useState(false)
  const set = (patch: Partial<SummarySettings>) => setDraft({ ...draft, ...patch })
  const save = () => {
    const { organ, day, ...rest } = draft
    workspace.setSettings(
      { ...rest, ...(organ?.trim() && { organ: organ.trim() }), ...(day && { day }) },
      forAll,
    )
    close()
  }
  return (
    <div className="mz-settings">
      <Fields>
        <Field label="百分数">
          {() => (
            <Segmented<SummarySettings['percent']>
              value={draft.percent}
              onChange={(percent) => set({ percent })}
              options={[
                { value: 'round', label: '四舍五入 43.6%' },
                { value: 'cut', label: '去尾 43.5%' },
              ]}
            />
          )}
        </Field>
        <Field label="人数、次数等">
          {() => (
            <Segmented<SummarySettings['counts']>
              value={draft.counts}
              onChange={(counts) => set({ counts })}
              options={[
                { value: 'exact', label: '准确数' },
                { value: 'over', label: '560余' },
                { value: 'wan', label: '5.26万' },
                { value: 'wanOver', label: '5万余' },
              ]}
            />
          )}
        </Field>
        <Field label="金额（一万元以上）">
          {() => (
            <Segmented<SummarySettings['money']>
              value={draft.money}
              onChange={(money) => set({ money })}
              options={[
                { value: 'exact', label: '准确数' },
                { value: 'wan', label: '57.2万' },
                { value: 'wanOver', label: '57万余' },
              ]}
            />
          )}
        </Field>
        <Field label="落款单位" half>
          {(id) => (
            <Input
              id={id}
              placeholder={workspace.summary.org.name}
              value={draft.organ ?? ''}
              onChange={(e) => set({ organ: e.target.value })}
            />
          )}
        </Field>
        <Field label="成文日期" half>
          {(id) => (
            <DayField id={id} value={draft.day ?? null} onChange={(day) => set({ day: day ?? undefined })} />
          )}
        </Field>
      </Fields>
      <div className="mz-settings-foot">
        <Checkbox checked={forAll} onChange={(e) => setForAll(e.target.checked)}>
          本单位以后的总结都这样写
        </Checkbox>
        <Button onClick={save}>用这种写法</Button>
      </div>
    </div>
  )
}
