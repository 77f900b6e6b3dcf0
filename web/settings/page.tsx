/** 设置: how this browser shows things, accounts, and how the data is kept safe. */
import { App, Segmented, Switch } from 'antd'
import { getPercentRule, setPercentRule } from '../../domain/indicators/contract.ts'
import { useFrame } from '../app/frameState.tsx'
import { useMay, useMe } from '../app/me.ts'
import { largeType, useLargeType } from '../app/preferences.ts'
import { useFetch, useWrite } from '../app/queries.ts'
import { Failure, Loaded, Page, Sheet } from '../kit/Page.tsx'
import { Accounts } from './accounts.tsx'
import { SessionLengths } from './lengths.tsx'
import './settings.css'

export function SettingsPage() {
  const mayManage = useMay('settings.change')
  return (
    <Page title="设置" narrow={!mayManage}>
      <Reading />
      <Percent />
      {mayManage && <Accounts />}
      {mayManage && <SessionLengths />}
      <Safety />
    </Page>
  )
}

function Reading() {
  const large = useLargeType()
  return (
    <Sheet title="显示">
      <div className="mz-setting">
        <div>
          <strong>大字版</strong>
          <p>所有文字放大五分之一。只影响这台电脑。</p>
        </div>
        <Switch checked={large} onChange={largeType.set} aria-label="大字版" />
      </div>
    </Sheet>
  )
}

/** Holds for the organisation and for those below that decided nothing else. */
function Percent() {
  const { org } = useFrame()
  const { message } = App.useApp()
  const may = useMay('summaries.submit')
  const rule = useFetch(getPercentRule, { query: { org: org.id } })
  const decide = useWrite(setPercentRule, () => void message.success('已改，新查的数据按这个写'))
  return (
    <Sheet title="数据的写法">
      {decide.problem && <Failure problem={decide.problem} />}
      <Loaded of={rule} rows={1}>
        {({ percent }) => (
          <div className="mz-setting">
            <div>
              <strong>百分数</strong>
              <p>
                如 17/39，四舍五入写 43.6%，去尾写 43.5%。由{org.name}
                定，没有另定的下级也照此写；已经上报的不变。
              </p>
            </div>
            <Segmented<'round' | 'cut'>
              value={percent}
              disabled={!may || decide.busy}
              onChange={(next) => void decide.run({ query: { org: org.id }, body: { percent: next } })}
              options={[
                { value: 'round', label: '四舍五入' },
                { value: 'cut', label: '去尾' },
              ]}
            />
          </div>
        )}
      </Loaded>
    </Sheet>
  )
}

function Safety() {
  const { demo } = useMe()
  return (
    <Sheet title="数据和备份">
      <div className="mz-safety">
        <p>
          {demo
            ? '这里是演示数据，县、人和事都是虚构的，可以随便试。'
            : '所有数据都在服务器自己的数据文件夹里，不会传到别处。'}
        </p>
        <p>
          备份：在服务器上运行 <code>npm run mz -- backup --out 备份.zip</code>
          ，不用停机。建议每天一次，拷到别的机器；备份里有密钥，请妥善保管。
        </p>
        <p>身份证号平时不显示，电话只显示末两位；每次查看完整号码都要写明用途，留在那个人的记录里。</p>
      </div>
    </Sheet>
  )
}
