import { invite } from '../../domain/structure/accounts/invitations.ts'
import { addAccount, addHolder, openTop } from '../../domain/structure/accounts/setup.ts'
import { type Org, orgAt } from '../../domain/structure/organisations/queries.ts'
import { levels, titleOf, valueOfWord } from '../../domain/structure/organisations/words.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { type Command, type CommandLine, inTransaction, needed, textOf } from '../command.ts'

const ADMIN = { admin: { type: 'string' }, username: { type: 'string' } } as const

export const setup: Command = {
  usage: [
    'setup --name 名称 --level township|county|city|province --code 代码 [--admin 姓名 --username 用户名]',
  ],
  about: '新建一套系统：最上级组织；同时可开第一个管理员账号',
  options: { name: { type: 'string' }, level: { type: 'string' }, code: { type: 'string' }, ...ADMIN },
  async run(line) {
    const top = {
      name: needed(line, 'name', '最上级组织的名称'),
      level: levelOf(needed(line, 'level', '级别：township、county、city 或 province')),
      code: codeOf(needed(line, 'code', '组织代码，只用数字')),
    }
    const made = await inTransaction(line, async (ctx) => {
      const org = await openTop(ctx, top)
      return { org, account: await maybeAdmin(ctx, line, org) }
    })
    return {
      json: { organisation: made.org, ...made.account },
      text: [
        `已建立：${made.org.name}（${titleOf(levels, made.org.level)}，代码 ${made.org.code}）`,
        told(made.account),
      ]
        .filter(Boolean)
        .join('\n'),
    }
  },
}

export const admin: Command = {
  usage: ['admin --admin 姓名 --username 用户名'],
  about: '为最上级组织增加一个系统管理员（也用于管理员忘记密码时）',
  options: ADMIN,
  async run(line) {
    needed(line, 'admin', '管理员姓名')
    const account = await inTransaction(line, async (ctx) => {
      const org = await orgAt(ctx.db, line.actor.grants[0]?.orgId ?? '', ctx.now)
      return org && maybeAdmin(ctx, line, org)
    })
    return { json: account, text: told(account) }
  },
}

interface Invited {
  username: string
  link: string
}

async function maybeAdmin(ctx: Context, line: CommandLine, org: Org): Promise<Invited | undefined> {
  const name = textOf(line, 'admin')
  if (!name) return undefined
  const username = needed(line, 'username', '管理员的用户名')
  const personId = await addHolder(ctx, org, { name, post: 'administrator', postTitle: '系统管理员' })
  const account = await addAccount(ctx, { personId, name, username })
  const { token } = await invite(ctx.services, ctx.db, account)
  return { username, link: `/invitation/${token}` }
}

const told = (account: Invited | undefined) =>
  account
    ? `管理员“${account.username}”：启动服务后在浏览器打开 http://服务器地址${account.link} 设置密码（7 天内，只能用一次）。`
    : ''

function levelOf(word: string): string {
  const level = valueOfWord(levels, word)
  if (level) return level
  throw invalid(
    'badLevel',
    `级别“${word}”不对，请写 township（乡镇）、county（县）、city（市）或 province（省）。`,
  )
}

function codeOf(code: string): string {
  if (/^\d{1,12}$/.test(code)) return code
  throw invalid('badCode', `代码“${code}”不对，只能用数字，最多 12 位。`)
}
