/** The one-time links: the first set-up of a deployment, and setting a password. */
import { Input, Select } from 'antd'
import { useState } from 'react'
import { acceptInvitation, getInvitation, setUp } from '../../domain/structure/accounts/contract.ts'
import { levels } from '../../domain/structure/organisations/words.ts'
import { paths, useGo, useParam } from '../app/address.tsx'
import { Mark } from '../app/mark.tsx'
import { queryClient, useFetch, useWrite } from '../app/queries.ts'
import { Field, Fields, FormShell } from '../kit/Form.tsx'
import { Loaded } from '../kit/Page.tsx'
import './accounts.css'
import { PASSWORD_HINT } from './passwordHint.ts'

export function SetUpPage() {
  const token = useParam('token')
  const invitation = useFetch(getInvitation, { params: { token } })
  return (
    <main className="mz-door">
      <div className="mz-door-brand">
        <Mark size={36} />
        <h1>明账</h1>
      </div>
      <Loaded of={invitation} rows={4}>
        {(found) =>
          found.purpose === 'setUp' ? (
            <FirstSetUp token={token} />
          ) : (
            <SetPassword token={token} name={found.name ?? found.username ?? ''} />
          )
        }
      </Loaded>
    </main>
  )
}

function useArrival(path: string): () => void {
  const go = useGo()
  return () => {
    queryClient.clear()
    go(path, { replace: true })
  }
}

const NEW = { orgName: '', level: 'township', code: '', name: '', username: '', password: '' }

function FirstSetUp({ token }: { token: string }) {
  const [value, setValue] = useState(NEW)
  const set = (patch: Partial<typeof NEW>) => setValue({ ...value, ...patch })
  const arrive = useArrival(paths.import())
  const start = useWrite(setUp, arrive)
  const save = () => {
    const { orgName, level, code, ...administrator } = value
    const organisation = { name: orgName.trim(), level: level as 'township', code: code.trim() }
    void start.run({ body: { token, organisation, administrator } })
  }
  const text = (key: keyof typeof NEW) => (id: string) => (
    <Input id={id} value={value[key]} autoComplete="off" onChange={(e) => set({ [key]: e.target.value })} />
  )
  return (
    <div className="mz-door-form mz-door-wide">
      <p className="mz-door-what">先说明这是哪一级团委，再设第一个管理员；之后从导入花名册开始。</p>
      <FormShell onSave={save} saveText="开始使用" busy={start.busy} problem={start.problem}>
        <Fields>
          <Field label="最上级组织的名称" name="organisation.name" required hint="如：柳河镇团委">
            {text('orgName')}
          </Field>
          <Field label="级别" name="organisation.level" required half>
            {(id) => (
              <Select
                id={id}
                value={value.level}
                options={levels.map((l) => ({ value: l.value, label: l.title }))}
                onChange={(level) => set({ level })}
              />
            )}
          </Field>
          <Field label="组织代码" name="organisation.code" required half hint="数字；下级的代码由它往下编">
            {text('code')}
          </Field>
          <Field label="管理员姓名" name="administrator.name" required half>
            {text('name')}
          </Field>
          <Field label="用户名" name="administrator.username" required half>
            {text('username')}
          </Field>
          <Field label="密码" name="password" required hint={PASSWORD_HINT}>
            {(id) => (
              <NewPassword id={id} value={value.password} onChange={(password) => set({ password })} />
            )}
          </Field>
        </Fields>
      </FormShell>
    </div>
  )
}

function SetPassword({ token, name }: { token: string; name: string }) {
  const [password, setPassword] = useState('')
  const arrive = useArrival('/')
  const accept = useWrite(acceptInvitation, arrive)
  return (
    <div className="mz-door-form">
      <p className="mz-door-what">{name}，请设置登录密码。</p>
      <FormShell
        onSave={() => void accept.run({ params: { token }, body: { password } })}
        saveText="设置并登录"
        busy={accept.busy}
        problem={accept.problem}
      >
        <Field label="新密码" name="password" required hint={PASSWORD_HINT}>
          {(id) => <NewPassword id={id} value={password} onChange={setPassword} />}
        </Field>
      </FormShell>
    </div>
  )
}

function NewPassword(props: { id: string; value: string; onChange: (password: string) => void }) {
  return (
    <Input.Password
      id={props.id}
      autoComplete="new-password"
      value={props.value}
      onChange={(e) => props.onChange(e.target.value)}
    />
  )
}
