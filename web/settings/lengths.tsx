/** 登录多久不用就退出: one rule for everybody, decided by whoever keeps the top organisation. */
import { App, Button, InputNumber } from 'antd'
import { useState } from 'react'
import { getSessionLengths, setSessionLengths } from '../../domain/structure/accounts/contract.ts'
import type { Output } from '../../kernel/endpoint.ts'
import { useFetch, useWrite } from '../app/queries.ts'
import { Failure, Loaded, Sheet } from '../kit/Page.tsx'

type Lengths = Omit<Output<typeof getSessionLengths>, 'may'>

const LINES: { key: keyof Lengths; title: string; about: string; unit: string; most: number }[] = [
  { key: 'desktopHours', title: '电脑', about: '这么久没有动作，自动退出', unit: '小时', most: 720 },
  { key: 'phoneDays', title: '手机', about: '这么久没有打开，自动退出', unit: '天', most: 180 },
  { key: 'longestDays', title: '最长', about: '一直在用，到时也要重新登录一次', unit: '天', most: 365 },
]

export function SessionLengths() {
  const found = useFetch(getSessionLengths, {})
  return (
    <Sheet title="登录的时限">
      <Loaded of={found} rows={3}>
        {({ may, ...lengths }) => <Lines kept={lengths} may={may.change} />}
      </Loaded>
    </Sheet>
  )
}

function Lines({ kept, may }: { kept: Lengths; may: boolean }) {
  const { message } = App.useApp()
  const [value, setValue] = useState(kept)
  const save = useWrite(setSessionLengths, () => void message.success('已改，马上生效'))
  const changed = LINES.some(({ key }) => value[key] !== kept[key])
  return (
    <>
      {save.problem && <Failure problem={save.problem} />}
      {LINES.map(({ key, title, about, unit, most }) => (
        <div key={key} className="mz-setting">
          <div>
            <strong>{title}</strong>
            <p>{about}</p>
          </div>
          <InputNumber
            min={1}
            max={most}
            precision={0}
            value={value[key]}
            disabled={!may}
            suffix={unit}
            aria-label={title}
            onChange={(next) => setValue({ ...value, [key]: next ?? kept[key] })}
          />
        </div>
      ))}
      {may ? (
        changed && (
          <Button type="primary" loading={save.busy} onClick={() => void save.run({ body: value })}>
            保存时限
          </Button>
        )
      ) : (
        <p className="mz-quiet mz-small">由最上级组织的管理员定。</p>
      )}
    </>
  )
}
