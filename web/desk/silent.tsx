/** Who below has recorded nothing lately: a list to help, in the order of the tree, not a ranking. */
import { App, Button, Popover } from 'antd'
import { silentOrgs } from '../../domain/records/ledgers/contract.ts'
import { dateInWords } from '../../kernel/period.ts'
import { GoLink, paths } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useFetch } from '../app/queries.ts'
import { copyText } from '../kit/copy.ts'
import { Loaded, Sheet } from '../kit/Page.tsx'

const SHOWN = 8

export function SilentOrgs() {
  const { org, today } = useFrame()
  const silent = useFetch(silentOrgs, { query: { org: org.id } }, { keepLast: true })
  const { message } = App.useApp()
  const orgs = silent.data?.orgs ?? []
  if (silent.data && orgs.length === 0) return null
  const since = silent.data
    ? dateInWords(silent.data.since, 'day', { withinYear: Number(today.slice(0, 4)) })
    : ''
  const text = `各位好，下面这些组织${since}以来台账里还没有新记录：${orgs.map((o) => o.name).join('、')}。开展过活动的请补记一笔，记录上有困难的请告诉我，我来帮忙。`
  const copy = async () =>
    (await copyText(text))
      ? message.success('已复制，可以贴到群里。')
      : message.error('没有复制成功，请手动选中复制。')
  return (
    <Sheet title="可能需要帮忙" extra={orgs.length > 0 && <span className="mz-quiet">{orgs.length} 个</span>}>
      <Loaded of={silent} rows={3}>
        {() => (
          <>
            <p className="mz-silent-about">{since}以来没有新记录的下级</p>
            <ul className="mz-silent">
              {orgs.slice(0, SHOWN).map((o) => (
                <li key={o.id}>
                  <GoLink to={paths.organisation(o.id)}>{o.name}</GoLink>
                  <small>{o.lastDay ? `最近 ${o.lastDay.slice(0, 10)}` : '还没有记录'}</small>
                </li>
              ))}
            </ul>
            {orgs.length > SHOWN && <p className="mz-quiet mz-small">另有 {orgs.length - SHOWN} 个</p>}
            <Popover
              trigger="click"
              placement="topRight"
              title="发到群里的话"
              content={
                <div className="mz-silent-text">
                  <p>{text}</p>
                  <Button size="small" onClick={() => void copy()}>
                    复制
                  </Button>
                </div>
              }
            >
              <Button>问一声</Button>
            </Popover>
          </>
        )}
      </Loaded>
    </Sheet>
  )
}
