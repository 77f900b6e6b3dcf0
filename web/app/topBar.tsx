/** Organisation, period, search, inbox, reading size, who am I. */
import { FontSizeOutlined, UserOutlined } from '@ant-design/icons'
import { Button, Dropdown, type MenuProps, Tooltip } from 'antd'
import { getRoles, signInAs, signOut } from '../../domain/structure/accounts/contract.ts'
import { paths, useGo } from './address.tsx'
import { Inbox } from './inbox.tsx'
import { useMe } from './me.ts'
import { OrgSwitch } from './orgSwitch.tsx'
import { Palette } from './palette.tsx'
import { PeriodSwitch } from './periodSwitch.tsx'
import { largeType, useLargeType } from './preferences.ts'
import { useFetch, useWrite } from './queries.ts'

export function TopBar() {
  return (
    <header className="mz-top mz-no-print">
      <OrgSwitch />
      <PeriodSwitch />
      <span className="mz-top-gap" />
      <Palette />
      <Inbox />
      <LargeType />
      <WhoAmI />
    </header>
  )
}

function LargeType() {
  const large = useLargeType()
  return (
    <Tooltip title={large ? '恢复标准字号' : '大字版'}>
      <Button
        type="text"
        aria-pressed={large}
        aria-label="大字版"
        className={large ? 'mz-chosen' : ''}
        icon={<FontSizeOutlined />}
        onClick={() => largeType.set(!large)}
      />
    </Tooltip>
  )
}

function WhoAmI() {
  const me = useMe()
  const roles = useFetch(getRoles, {}, { enabled: me.demo })
  const leave = useWrite(signOut, () => window.location.assign('/sign-in'))
  const become = useWrite(signInAs)
  const go = useGo()
  const items: MenuProps['items'] = [
    {
      key: 'posts',
      type: 'group',
      label: me.posts.map((p) => `${p.orgName} ${p.title}`).join('、') || me.name,
    },
    ...(me.demo
      ? [
          { type: 'divider' as const },
          {
            key: 'roles',
            type: 'group' as const,
            label: '换一个人试试',
            children: (roles.data?.roles ?? []).map((r) => ({
              key: `role ${r.id}`,
              label: `${r.title} ${r.name}`,
            })),
          },
        ]
      : []),
    { type: 'divider' },
    { key: 'account', label: '我的账号' },
    { key: 'leave', label: '退出登录' },
  ]
  /** Another person has other rights and another place to begin: the whole page starts anew. */
  const be = async (role: string) => {
    const start = roles.data?.roles.find((r) => r.id === role)?.start ?? '/'
    if (await become.run({ body: { role } })) window.location.assign(start)
  }
  const act = (key: string) => {
    if (key === 'leave') void leave.run({})
    else if (key === 'account') go(paths.account())
    else if (key.startsWith('role ')) void be(key.slice(5))
  }
  return (
    <Dropdown menu={{ items, onClick: (e) => act(e.key) }} trigger={['click']} placement="bottomRight">
      <Button type="text" className="mz-who" icon={<UserOutlined />}>
        {me.name}
      </Button>
    </Dropdown>
  )
}
