/** The form itself: its name, who sent it, how often; and what was filled. */
import { Button, Input, Popconfirm, Select } from 'antd'
import { type FilledListed, saveForm, voidForm } from '../../domain/reports/forms/contract.ts'
import { type Rhythm, rhythmTitles } from '../../domain/reports/forms/mapping.ts'
import { GoLink, paths, useGo } from '../app/address.tsx'
import { useWrite } from '../app/queries.ts'
import { Failure } from '../kit/Page.tsx'
import type { Workspace } from './workspace.ts'

export function About({ workspace }: { workspace: Workspace }) {
  const { form } = workspace
  const saving = useWrite(saveForm, (answer) => workspace.saved(answer.version))
  const leaving = useWrite(voidForm)
  const go = useGo()
  const save = (patch: { title?: string; sender?: string; rhythm?: Rhythm }) =>
    void saving.run({ params: { id: form.id }, body: { version: workspace.version(), ...patch } })
  const retire = async () => {
    if (await leaving.run({ params: { id: form.id } })) go(paths.forms())
  }
  const off = !form.may.write
  return (
    <div className="mz-form-about">
      {saving.problem && <Failure problem={saving.problem} />}
      {leaving.problem && <Failure problem={leaving.problem} />}
      <p className="mz-quiet">点左边的格子，指定它填什么。</p>
      <div className="mz-form-row">
        <span>名称</span>
        <Input
          aria-label="名称"
          disabled={off}
          defaultValue={form.title}
          onBlur={(e) =>
            e.target.value.trim() && e.target.value !== form.title && save({ title: e.target.value.trim() })
          }
        />
      </div>
      <div className="mz-form-row">
        <span>来文单位</span>
        <Input
          aria-label="来文单位"
          disabled={off}
          defaultValue={form.sender}
          placeholder="如 团县委"
          onBlur={(e) => e.target.value !== form.sender && save({ sender: e.target.value.trim() })}
        />
      </div>
      <div className="mz-form-row">
        <span>频次</span>
        <Select<Rhythm>
          aria-label="频次"
          disabled={off}
          value={form.rhythm}
          onChange={(rhythm) => save({ rhythm })}
          options={Object.entries(rhythmTitles).map(([value, label]) => ({ value: value as Rhythm, label }))}
        />
      </div>
      <h3>填过的</h3>
      {form.filled.length === 0 && <p className="mz-quiet">还没有填过。</p>}
      <ul>
        {form.filled.map((one) => (
          <li key={one.id}>
            <GoLink to={paths.filledForm(form.id, one.id)}>{one.periodLabel}</GoLink>
            <span className="mz-quiet mz-small">{stateOf(one)}</span>
          </li>
        ))}
      </ul>
      {form.may.write && (
        <Popconfirm
          title="不再填这张报表？填过的还在历史里。"
          okText="不再填"
          cancelText="再想想"
          onConfirm={() => void retire()}
        >
          <Button danger type="text">
            不再填这张报表
          </Button>
        </Popconfirm>
      )}
    </div>
  )
}

const stateOf = ({ recordedAt, submittedOn, submittedTo, missing }: FilledListed): string =>
  [
    `${recordedAt.slice(0, 16)} 取数`,
    submittedOn ? `${submittedOn} 报${submittedTo ?? ''}` : '未上报',
    ...(missing > 0 ? [`缺 ${missing} 格`] : []),
  ].join('，')
