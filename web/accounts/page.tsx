/** 登录: a user name and a password; in the demo, five people to be, each one click. */
import { Input } from 'antd'
import { useState } from 'react'
import { type DemoRole, getRoles, signIn, signInAs } from '../../domain/structure/accounts/contract.ts'
import { useGo, useSearchState } from '../app/address.tsx'
import { Mark } from '../app/mark.tsx'
import { queryClient, useFetch, useWrite } from '../app/queries.ts'
import { Field, FormShell } from '../kit/Form.tsx'
import { Failure, Loaded } from '../kit/Page.tsx'
import './accounts.css'

export function SignInPage() {
  const roles = useFetch(getRoles, {})
  return (
    <main className="mz-door">
      <div className="mz-door-brand">
        <Mark size={36} />
        <h1>明账</h1>
      </div>
      <Loaded of={roles} rows={4}>
        {(found) => (found.roles.length > 0 ? <Demo roles={found.roles} /> : <PasswordForm />)}
      </Loaded>
    </main>
  )
}

const WHAT = [
  '基层团委的工作台账：一件事在发生的地方记一次，台账、报表和总结都从这一条记录里来。',
  '总结里的每一个数，都能点开看到它背后的每一行。',
  '这里是一个虚构的县，可以随便试，重新启动后恢复原样。',
].join('')

function Demo({ roles }: { roles: DemoRole[] }) {
  const arrive = useArrive()
  const [chosen, setChosen] = useState<DemoRole | null>(null)
  const become = useWrite(signInAs, () => arrive(chosen?.start))
  const be = (role: DemoRole) => {
    setChosen(role)
    void become.run({ body: { role: role.id } })
  }
  return (
    <>
      <p className="mz-door-what">{WHAT}</p>
      <h2>选一个人，看看这一天的工作</h2>
      {become.problem && <Failure problem={become.problem} />}
      <ul className="mz-door-roles">
        {roles.map((role) => (
          <li key={role.id}>
            <button type="button" disabled={become.busy} onClick={() => be(role)}>
              <strong>{role.title}</strong>
              <span>{role.errand}</span>
              <em>{role.name}</em>
              <i aria-hidden="true">›</i>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

function PasswordForm() {
  const arrive = useArrive()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const enter = useWrite(signIn, () => arrive())
  return (
    <div className="mz-door-form">
      <FormShell
        onSave={() => void enter.run({ body: { username: username.trim(), password } })}
        saveText="登录"
        busy={enter.busy}
        problem={enter.problem}
      >
        <Field label="用户名" name="username">
          {(id) => (
            <Input
              id={id}
              size="large"
              autoFocus
              autoComplete="username"
              value={username}
              onChange={(e) => setUsername(e.target.value)}
            />
          )}
        </Field>
        <Field label="密码" name="password" hint="忘记密码，请上级团组织的管理员发一个重设链接。">
          {(id) => (
            <Input.Password
              id={id}
              size="large"
              autoComplete="current-password"
              value={password}
              onChange={(e) => setPassword(e.target.value)}
            />
          )}
        </Field>
      </FormShell>
    </div>
  )
}

/** Back to the place that asked for a sign-in, else to where this person's day begins. */
function useArrive(): (start?: string) => void {
  const [search] = useSearchState()
  const go = useGo()
  return (start) => {
    queryClient.clear()
    const { back } = search
    const target = back?.startsWith('/') && !back.startsWith('//') ? back : (start ?? '/')
    if (/^\/m(\/|\?|$)/.test(target)) window.location.assign(target)
    else go(target, { replace: true })
  }
}
