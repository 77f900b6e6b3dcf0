/** 登录和密码 on the phone: where I am signed in, and a new password. */
import { type FormEvent, useState } from 'react'
import {
  changePassword,
  endOtherSessions,
  endSession,
  listSessions,
  type OwnSession,
} from '../../domain/structure/accounts/contract.ts'
import { PASSWORD_HINT } from '../accounts/passwordHint.ts'
import { useFetch, useWrite } from '../app/queries.ts'
import { Act, Card, Line, PhonePassword, Screen, Told, Waiting } from './kit.tsx'
import { useMine } from './known.ts'

export function PhoneAccount() {
  const me = useMine()
  if (me.error) return <Told problem={me.error} retry={me.refetch} />
  if (!me.data) return <Waiting />
  return (
    <Screen title="登录和密码" back>
      <Sessions />
      {me.data.hasPassword && <Password />}
    </Screen>
  )
}

function Sessions() {
  const found = useFetch(listSessions, {})
  const others = useWrite(endOtherSessions)
  if (found.error) return <Told problem={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const { sessions } = found.data
  return (
    <>
      {others.problem && <Told problem={others.problem} />}
      <Card flush title="登录的地方">
        {sessions.map((one) => (
          <SessionLine key={one.id} session={one} />
        ))}
      </Card>
      {sessions.length > 1 && (
        <Act disabled={others.busy} onClick={() => void others.run({})}>
          退出其他登录
        </Act>
      )}
    </>
  )
}

function SessionLine({ session }: { session: OwnSession }) {
  const end = useWrite(endSession)
  const { device, address, lastUsedAt, current, id } = session
  const about = `${address || '本机'}，最近使用 ${lastUsedAt.slice(5, 16)}`
  if (current) return <Line title={device} about={about} end="这里" />
  return (
    <>
      <Line title={device} about={about} end="退出" onOpen={() => void end.run({ params: { id } })} />
      {end.problem && <Told problem={end.problem} />}
    </>
  )
}

function Password() {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [done, setDone] = useState(false)
  const change = useWrite(changePassword, () => {
    setCurrent('')
    setNext('')
    setDone(true)
  })
  const save = (event: FormEvent) => {
    event.preventDefault()
    setDone(false)
    void change.run({ body: { current, next } })
  }
  return (
    <form className="mp-screen-form" onSubmit={save}>
      {change.problem && <Told problem={change.problem} />}
      {done && (
        <p className="mp-said" role="status">
          密码已修改，别处的登录已退出。
        </p>
      )}
      <PhonePassword
        label="现在的密码"
        name="current"
        problem={change.problem}
        value={current}
        autoComplete="current-password"
        onType={setCurrent}
      />
      <PhonePassword
        label="新密码"
        name="password"
        problem={change.problem}
        hint={PASSWORD_HINT}
        value={next}
        autoComplete="new-password"
        onType={setNext}
      />
      <Act main type="submit" disabled={change.busy}>
        修改密码
      </Act>
    </form>
  )
}
