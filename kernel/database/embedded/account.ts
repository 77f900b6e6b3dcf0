/** PostgreSQL refuses to run as root: then an existing unprivileged account runs it and owns its files. */
import { chownSync, existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

export interface Account {
  uid: number
  gid: number
}

/** Undefined when we are not root: then the database runs as ourselves. */
export function accountFor(pgdata: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  if (existsSync(pgdata)) {
    const { uid, gid } = statSync(pgdata)
    // A folder that somebody made without root stays theirs, so that they can start it again.
    if (uid !== 0) return { uid, gid }
  }
  return unprivilegedAccount()
}

export function unprivilegedAccount(): Account {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':')
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) }
  }
  throw new Error(
    'PostgreSQL 不能以 root 身份运行，本机又没有 postgres 或 nobody 账户。请换一个普通用户启动。',
  )
}

/** Whether the account may walk down to `folder`; folders that do not exist yet do not count. */
export function canEnter(account: Account | undefined, folder: string): boolean {
  if (!account) return true
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(at) && !mayTraverse(account, at)) return false
    if (at === dirname(at)) return true
  }
}

function mayTraverse(account: Account, folder: string): boolean {
  const { uid, gid, mode } = statSync(folder)
  if (uid === account.uid) return (mode & 0o100) !== 0
  if (gid === account.gid) return (mode & 0o010) !== 0
  return (mode & 0o001) !== 0
}

export function give(path: string, account: Account | undefined): void {
  if (account) chownSync(path, account.uid, account.gid)
}
