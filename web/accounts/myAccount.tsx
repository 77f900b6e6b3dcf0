/** 我的账号: where I am signed in, and my password. */
import { App, Button, Input, Tag } from 'antd'
import { useState } from 'react'
import {
  changePassword,
  endOtherSessions,
  endSession,
  listSessions,
  type OwnSession,
} from '../../domain/structure/accounts/contract.ts'
import { useMe } from '../app/me.ts'
import { useFetch, useWrite } from '../app/queries.ts'
import { Field, FormShell } from '../kit/Form.tsx'
import { Failure, Loaded, Page, Sheet } from '../kit/Page.tsx'
import './accounts.css'
import { PASSWORD_HINT } from './passwordHint.ts'

export function MyAccountPage() {
  const { name, username } = useMe()
  return (
    <Page title="我的账号" about={`${name}，用户名 ${username}`} narrow>
      <MyAccount />
    </Page>
  )
}

/** Also for who has no post, and so no frame. */
export function MyAccount() {
  const { hasPassword } = useMe()
  return (
    <>
      <Sessions />
      {hasPassword && <Password />}
    </>
  )
}

function Sessions() {
  const { message } = App.useApp()
  const found = useFetch(listSessions, {})
  const others = useWrite(endOtherSessions, () => void message.success('别处的登录都已退出'))
  const several = (found.data?.sessions.length ?? 0) > 1
  return (
    <Sheet
      title="登录的地方"
      extra={
        several && (
          <Button loading={others.busy} onClick={() => void others.run({})}>
            退出其他登录
          </Button>
        )
      }
    >
      {others.problem && <Failure problem={others.problem} />}
      <Loaded of={found} rows={2}>
        {({ sessions }) => (
          <ul className="mz-sessions">
            {sessions.map((one) => (
              <SessionLine key={one.id} session={one} />
            ))}
          </ul>
        )}
      </Loaded>
      <p className="mz-quiet mz-small">有不认识的，先退出它，再改密码。</p>
    </Sheet>
  )
}

function SessionLine({ session }: { session: OwnSession }) {
  const end = useWrite(endSession)
  return (
    <li>
      <div>
        <strong>{session.device}</strong>
        {session.current && <Tag color="green">这里</Tag>}
        <p>
          {session.address || '本机'}，{session.createdAt.slice(0, 16)} 登录，最近使用{' '}
          {session.lastUsedAt.slice(0, 16)}
        </p>
        {end.problem && <p className="mz-session-problem">{end.problem.title}</p>}
      </div>
      {!session.current && (
        <Button size="small" loading={end.busy} onClick={() => void end.run({ params: { id: session.id } })}>
          退出
        </Button>
      )}
    </li>
  )
}

function Password() {
  const { message } = App.useApp()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useWrite(changePassword, () => {
    setCurrent('')
    setNext('')
    message.success('密码已修改，别处的登录已退出')
  })
  return (
    <Sheet title="修改密码">
      <div className="mz-password">
        <FormShell
          onSave={() => void change.run({ body: { current, next } })}
          saveText="修改密码"
          busy={change.busy}
          problem={change.problem}
        >
          <Field label="现在的密码" name="current" required>
            {(id) => (
              <Input.Password
                id={id}
                value={current}
                autoComplete="current-password"
                onChange={(e) => setCurrent(e.target.value)}
              />
            )}
          </Field>
          <Field label="新密码" name="password" required hint={PASSWORD_HINT}>
            {(id) => (
              <Input.Password
                id={id}
                value={next}
                autoComplete="new-password"
                onChange={(e) => setNext(e.target.value)}
              />
            )}
          </Field>
        </FormShell>
      </div>
    </Sheet>
  )
}
