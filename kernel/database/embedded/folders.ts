/** Where a data folder keeps its database, and the password that opens it. */
import { createHash, randomBytes } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type Account, accountFor, canEnter, unprivilegedAccount } from './account.ts'
import { ownFolder, systemFolder } from './binaries.ts'
import { killPostmaster } from './processes.ts'

export interface Folders {
  dataDir: string
  pgdata: string
  account: Account | undefined
}

const pointerOf = (dataDir: string) => join(dataDir, 'postgres.path')
const passwordFileOf = (dataDir: string) => join(dataDir, 'keys', 'database-password')

export function prepareFolders(folder: string): Folders {
  const root = process.getuid?.() === 0
  mkdirSync(folder, { recursive: true, mode: root ? 0o711 : 0o700 })
  const dataDir = realpathSync(folder)
  checkAccess(dataDir)
  const pgdata = pgdataOf(dataDir) ?? choosePgdata(dataDir)
  return { dataDir, pgdata, account: accountFor(pgdata) }
}

function checkAccess(dataDir: string): void {
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    throw new Error(
      `没有权限使用数据文件夹 ${dataDir}：它属于另一个账户。请用那个账户启动，或用 --data 指定自己的文件夹。`,
    )
  }
}

/** Deletes the database of a data folder for good. Works without waiting for anything, so that an exit can do it. */
export function removeDatabase(folder: string): void {
  if (!existsSync(folder)) return
  const dataDir = realpathSync(folder)
  const pgdata = pgdataOf(dataDir)
  if (pgdata) {
    killPostmaster(pgdata)
    rmSync(pgdata, { recursive: true, force: true, maxRetries: 5 })
  }
  rmSync(pointerOf(dataDir), { force: true })
  rmSync(passwordFileOf(dataDir), { force: true })
}

function pgdataOf(dataDir: string): string | undefined {
  if (existsSync(pointerOf(dataDir))) return pointedAt(dataDir)
  const inside = join(dataDir, 'postgres')
  return existsSync(join(inside, 'PG_VERSION')) ? inside : undefined
}

function pointedAt(dataDir: string): string {
  const pointer = pointerOf(dataDir)
  const pgdata = readFileSync(pointer, 'utf8').trim()
  if (existsSync(join(pgdata, 'PG_VERSION'))) return pgdata
  throw new Error(
    `数据文件夹 ${dataDir} 的数据库应在 ${pgdata}（见 ${pointer}），但那里没有。` +
      '请把它放回原处或从备份恢复；确实不再需要这些数据时，删除数据文件夹后再启动。',
  )
}

/** Inside the data folder, or, where PostgreSQL's account cannot go (a clone under /root), in the system's place. */
function choosePgdata(dataDir: string): string {
  const inside = join(dataDir, 'postgres')
  if (process.getuid?.() !== 0 || canEnter(unprivilegedAccount(), dataDir)) return inside
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  // The random part keeps a data folder that was deleted and made anew apart from its former database.
  return join(ownFolder(join(systemFolder(), 'data')), `${name}-${randomBytes(4).toString('hex')}`)
}

/** To be called when the database is made, so that an interrupted start leaves no pointer to nothing. */
export function rememberPgdata({ dataDir, pgdata }: Folders): void {
  if (dirname(pgdata) !== dataDir) writeFileSync(pointerOf(dataDir), `${pgdata}\n`, { mode: 0o600 })
}

export function newPassword(dataDir: string): string {
  const file = passwordFileOf(dataDir)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  return readPassword(dataDir)
}

export function readPassword(dataDir: string): string {
  const file = passwordFileOf(dataDir)
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  throw new Error(`缺少数据库口令文件 ${file}。请从备份中把 keys 文件夹放回数据文件夹 ${dataDir} 后再启动。`)
}
