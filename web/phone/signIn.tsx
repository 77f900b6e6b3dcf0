/** 登录 on the phone. In the demo, a person to be is one tap. */
import { type FormEvent, useState } from 'react'
import { getRoles, signIn, signInAs } from '../../domain/structure/accounts/contract.ts'
import { queryClient, useFetch, useWrite } from '../app/queries.ts'
import { Act, Card, Line, PhoneField, PhonePassword, Screen, Told, Waiting } from './kit.tsx'
import { goTo, usePlace } from './place.ts'

export function PhoneSignIn() {
  const { search } = usePlace()
  const roles = useFetch(getRoles, {})
  const back = search.get('back')
  const arrive = () => {
    queryClient.clear()
    goTo(back?.startsWith('/') && !back.startsWith('//') ? back : '/', { replace: true })
  }
  if (roles.error) return <Told problem={roles.error} retry={() => void roles.refetch()} />
  if (!roles.data) return <Waiting />
  return (
    <Screen title="明账">
      {roles.data.roles.length > 0 ? (
        <Demo roles={roles.data.roles} arrive={arrive} />
      ) : (
        <Password arrive={arrive} />
      )}
    </Screen>
  )
}

interface Role {
  id: string
  title: string
  name: string
  errand: string
}

function Demo({ roles, arrive }: { roles: Role[]; arrive: () => void }) {
  const become = useWrite(signInAs, arrive)
  return (
    <>
      <p className="mp-said">一件事记一次，台账和总结都从这一条记录里来。这里是一个虚构的县，可以随便试。</p>
      {become.problem && <Told problem={become.problem} />}
      <Card flush title="选一个人试试">
        {roles.map((role) => (
          <Line
            key={role.id}
            title={`${role.title} ${role.name}`}
            about={role.errand}
            onOpen={() => void become.run({ body: { role: role.id } })}
          />
        ))}
      </Card>
    </>
  )
}

function Password({ arrive }: { arrive: () => void }) {
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const enter = useWrite(signIn, arrive)
  const send = (event: FormEvent) => {
    event.preventDefault()
    void enter.run({ body: { username: username.trim(), password } })
  }
  return (
    <form className="mp-screen-form" onSubmit={send}>
      {enter.problem && <Told problem={enter.problem} />}
      <PhoneField label="用户名" name="username" problem={enter.problem}>
        <input
          value={username}
          autoComplete="username"
          autoCapitalize="off"
          onChange={(e) => setUsername(e.target.value)}
        />
      </PhoneField>
      <PhonePassword
        label="密码"
        name="password"
        problem={enter.problem}
        value={password}
        autoComplete="current-password"
        onType={setPassword}
      />
      <Act main type="submit" disabled={enter.busy}>
        登录
      </Act>
    </form>
  )
}
