/** 我的: who I am, my posts, what I took part in, reading size, what waits to be sent, leaving. */
import { type Me, signOut } from '../../domain/structure/accounts/contract.ts'
import { largeType, useLargeType } from '../app/preferences.ts'
import { queryClient, useWrite } from '../app/queries.ts'
import { Card, Line, Screen, Told, Waiting } from './kit.tsx'
import { forgetMine, useMine } from './known.ts'
import { Myself } from './myself.tsx'
import { useOutbox } from './outbox.tsx'
import { SIGN_IN } from './pageProps.ts'
import { goTo } from './place.ts'
import './pages.css'

export function PhoneMe() {
  const me = useMine()
  const large = useLargeType()
  const waiting = useOutbox()
  if (me.error) return <Told problem={me.error} retry={me.refetch} />
  if (!me.data) return <Waiting />
  const { name, posts } = me.data
  return (
    <Screen title={name}>
      {posts.length > 0 && (
        <Card flush title="我的任职">
          {posts.map((p) => (
            <Line key={`${p.orgId} ${p.title}`} title={p.title} about={p.orgName} />
          ))}
        </Card>
      )}
      <Card flush>
        <Line
          title="未上传的记录"
          end={waiting.length > 0 ? `${waiting.length} 条` : '没有'}
          onOpen={() => goTo('/outbox')}
        />
        <Line title="登录和密码" about="在哪些地方登录着、改密码" onOpen={() => goTo('/account')} />
        <Line
          title="大字版"
          end={large ? '已打开' : '未打开'}
          onOpen={() => largeType.set(!largeType.get())}
        />
        <Line title="电脑版" about="总结、导入、组织在电脑版里" onOpen={() => window.location.assign('/')} />
      </Card>
      <Myself open={posts.length > 0} />
      <Leaving me={me.data} unsent={waiting.length} />
    </Screen>
  )
}

function Leaving({ me, unsent }: { me: Me; unsent: number }) {
  const leave = useWrite(signOut)
  const go = async () => {
    if (unsent > 0) return goTo('/outbox')
    if (!(await leave.run({}))) return
    forgetMine()
    queryClient.clear()
    goTo(SIGN_IN)
  }
  return (
    <Card flush>
      {leave.problem && <Told problem={leave.problem} />}
      <Line
        title={me.demo ? '换一个人试试' : '退出登录'}
        about={unsent > 0 ? `还有 ${unsent} 条没有上传，先传完再换人，以免记到别人名下` : undefined}
        onOpen={() => void go()}
      />
    </Card>
  )
}
