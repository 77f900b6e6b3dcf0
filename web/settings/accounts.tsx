/** 账号: who may sign in. What they may do follows from their posts, so only people with a post get one. */
import { App, Button, Input, Modal, Tag } from 'antd'
import { useState } from 'react'
import {
  closeAccount,
  createAccount,
  endAccountSessions,
  inviteAgain,
  listAccounts,
} from '../../domain/structure/accounts/contract.ts'
import type { Output } from '../../kernel/endpoint.ts'
import { GoLink, paths } from '../app/address.tsx'
import { useMe } from '../app/me.ts'
import { useFetch, useWrite } from '../app/queries.ts'
import type { Column } from '../kit/columns.ts'
import { copyText } from '../kit/copy.ts'
import { DataTable } from '../kit/DataTable.tsx'
import { Field, FormShell } from '../kit/Form.tsx'
import { useList } from '../kit/list.ts'
import { EmptyState, Sheet } from '../kit/Page.tsx'
import { type ChosenPerson, PersonPicker } from '../kit/PersonPicker.tsx'

type Account = Output<typeof listAccounts>['accounts'][number]

/** A link that is shown once. */
interface Link {
  name: string
  link: string
  expiresAt: string
}

const stateOf = (a: Account) => (a.closedAt ? '已停用' : a.hasPassword ? '在用' : '等待设密码')

export function Accounts() {
  const list = useList()
  const found = useFetch(listAccounts, {})
  const [opening, setOpening] = useState(false)
  const [link, setLink] = useState<Link | null>(null)
  const columns: Column<Account>[] = [
    {
      id: 'name',
      title: '姓名',
      value: (a) => a.name,
      cell: (a) => (a.personId ? <GoLink to={paths.person(a.personId)}>{a.name}</GoLink> : a.name),
    },
    { id: 'username', title: '用户名', value: (a) => a.username },
    { id: 'posts', title: '职务', value: (a) => a.posts.join('、') },
    {
      id: 'state',
      title: '状态',
      value: stateOf,
      cell: (a) => <Tag color={a.closedAt ? 'default' : a.hasPassword ? 'green' : 'gold'}>{stateOf(a)}</Tag>,
    },
    { id: 'createdAt', title: '开通', value: (a) => a.createdAt.slice(0, 10) },
    { id: 'acts', title: '', cell: (a) => !a.closedAt && <Acts account={a} show={setLink} /> },
  ]
  return (
    <Sheet title="账号" flush extra={<Button onClick={() => setOpening(true)}>开通账号</Button>}>
      <DataTable<Account>
        name="账号"
        columns={columns}
        rows={found.data?.accounts}
        rowKey={(a) => a.id}
        list={list}
        problem={found.error}
        retry={() => void found.refetch()}
        searchHint="姓名、用户名、职务"
        empty={<EmptyState title="还没有账号" hint="先在“团干部”里登记任职，再给任职的人开通账号。" />}
      />
      {opening && <OpenDialog show={setLink} close={() => setOpening(false)} />}
      {link && <LinkDialog link={link} close={() => setLink(null)} />}
    </Sheet>
  )
}

function Acts({ account, show }: { account: Account; show: (link: Link) => void }) {
  const { modal, message } = App.useApp()
  const { accountId } = useMe()
  const again = useWrite(inviteAgain, (done) => show({ name: account.name, ...done }))
  const leave = useWrite(
    endAccountSessions,
    () => void message.success(`${account.name}已在所有地方退出登录`),
  )
  const close = useWrite(closeAccount, () => void message.success(`${account.name}的账号已停用`))
  const params = { id: account.id }
  const problem = again.problem ?? leave.problem ?? close.problem
  const ask = () =>
    modal.confirm({
      title: `停用${account.name}的账号？`,
      content: '立即退出登录，以后不能再登录。已经记的台账不受影响。',
      okText: '停用',
      cancelText: '取消',
      onOk: () => close.run({ params }),
    })
  return (
    <span className="mz-account-acts">
      <Button size="small" loading={again.busy} onClick={() => void again.run({ params })}>
        {account.hasPassword ? '重设密码' : '重发链接'}
      </Button>
      {account.id !== accountId && account.sessions > 0 && (
        <Button size="small" loading={leave.busy} onClick={() => void leave.run({ params })}>
          全部退出
        </Button>
      )}
      {account.id !== accountId && (
        <Button size="small" loading={close.busy} onClick={ask}>
          停用
        </Button>
      )}
      {problem && <span className="mz-account-problem">{problem.title}</span>}
    </span>
  )
}

function OpenDialog({ show, close }: { show: (link: Link) => void; close: () => void }) {
  const [who, setWho] = useState<ChosenPerson | null>(null)
  const [username, setUsername] = useState('')
  const open = useWrite(createAccount, (done) => {
    show({ name: who?.name ?? '', ...done })
    close()
  })
  return (
    <Modal open title="开通账号" footer={null} onCancel={close} width={520}>
      <FormShell
        onSave={() => void open.run({ body: { personId: who?.personId ?? '', username: username.trim() } })}
        saveText="开通"
        busy={open.busy}
        problem={open.problem}
        onCancel={close}
      >
        <Field
          label="给谁"
          name="personId"
          required
          hint="只能给登记了职务的人；能看什么、办什么随职务而定。"
        >
          {(id) => (
            <PersonPicker id={id} single value={who ? [who] : []} onChange={(p) => setWho(p[0] ?? null)} />
          )}
        </Field>
        <Field
          label="用户名"
          name="username"
          required
          hint="登录用，2 个字以上，不含空格；姓名或拼音都可以。"
        >
          {(id) => (
            <Input
              id={id}
              value={username}
              maxLength={40}
              autoComplete="off"
              onChange={(e) => setUsername(e.target.value)}
            />
          )}
        </Field>
      </FormShell>
    </Modal>
  )
}

function LinkDialog({ link, close }: { link: Link; close: () => void }) {
  const { message } = App.useApp()
  const address = new URL(link.link, window.location.origin).href
  const copy = async () => {
    const done = await copyText(address)
    message[done ? 'success' : 'error'](done ? '已复制' : '浏览器不允许复制，请手动选中复制')
  }
  return (
    <Modal
      open
      title={`给${link.name}的链接`}
      onCancel={close}
      onOk={() => void copy()}
      okText="复制链接"
      cancelText="关闭"
    >
      <p>
        请把这个链接发给本人，打开后自己设密码。它只显示这一次，{link.expiresAt.slice(0, 16)}{' '}
        前有效，用一次就失效。
      </p>
      <p className="mz-account-link">{address}</p>
    </Modal>
  )
}
