/**
 * The key's file and the database belong together. A known value, sealed at the first start, tells on every later one
 * whether this is the key that sealed the rest: a new key in its place would leave every number closed for good.
 */
import { randomBytes } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import type { Database } from './database/tables.ts'
import { writeOnce } from './durable.ts'
import { conflict } from './errors.ts'
import { type Secrets, secretsFrom } from './secrets.ts'

export const keyFileOf = (dataDir: string) => join(dataDir, 'keys', 'secret.key')

/** The setting that holds the known value. It belongs to a database and its key, and travels in backups. */
export const KEY_CHECK = 'keyCheck'

interface KeyCheck {
  fingerprint: string
  /** Named like every sealed column, so that a backup is checked by the same sight. */
  known_sealed: string
}

const KNOWN = '明账'
const REMEDY = '请从备份的压缩包里取出 keys/secret.key，放到这个位置，再启动。什么都没有改动。'

/**
 * Makes the key where nothing is sealed yet.
 * @throws Refusal `keyBroken`, `keyMissing`, `keyForeign`
 */
export async function openSecrets(db: Kysely<Database>, dataDir: string): Promise<Secrets> {
  const file = keyFileOf(dataDir)
  const secrets = await readKey(file)
  const known = await knownValue(db)
  if (secrets && known && secrets.opens(known.known_sealed)) return secrets
  const sealed = await someSealed(db)
  if (!sealed) return remember(db, secrets ?? (await makeKey(file)))
  if (!secrets)
    throw conflict(
      'keyMissing',
      `没有密钥文件 ${file}，库里的身份证号和电话是用它加密的，没有它一个也打不开${known ? `（它的指纹是 ${known.fingerprint}）` : ''}。${REMEDY}`,
    )
  if (known || !secrets.opens(sealed))
    throw conflict(
      'keyForeign',
      `密钥文件 ${file} 不是加密这些身份证号和电话的那一把（它的指纹是 ${secrets.fingerprint}${known ? `，应为 ${known.fingerprint}` : ''}）。${REMEDY}`,
    )
  return remember(db, secrets)
}

/** Undefined where there is none. */
async function readKey(file: string): Promise<Secrets | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw broken(file, `读不出来（${error.code}），请检查它的权限和磁盘`)
  })
  if (text === undefined) return undefined
  if (text.trim() === '') throw broken(file, '是空的')
  if (!isKey(text)) throw broken(file, '已损坏：应是 64 位十六进制字符')
  await warnIfOpen(file)
  return secretsFrom(Buffer.from(text.trim(), 'hex'))
}

export const isKey = (text: string) => /^[0-9a-f]{64}$/i.test(text.trim())

const broken = (file: string, how: string) =>
  conflict(
    'keyBroken',
    `密钥文件 ${file} ${how}。${REMEDY}如果这是还没有用过的新文件夹，删掉这个文件再启动就行。`,
  )

async function warnIfOpen(file: string): Promise<void> {
  // Windows keeps no such bits.
  if (process.platform === 'win32' || ((await stat(file)).mode & 0o077) === 0) return
  console.warn(`注意：这台电脑上的其他账户也能读密钥文件 ${file}。请运行：chmod 600 ${file}`)
}

async function makeKey(file: string): Promise<Secrets> {
  await writeOnce(file, Buffer.from(randomBytes(32).toString('hex')))
  const secrets = await readKey(file)
  if (secrets) return secrets
  throw new Error(`the key ${file} vanished while it was made`)
}

async function knownValue(db: Kysely<Database>): Promise<KeyCheck | undefined> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', KEY_CHECK).executeTakeFirst()
  return row?.value as KeyCheck | undefined
}

async function remember(db: Kysely<Database>, secrets: Secrets): Promise<Secrets> {
  const value: KeyCheck = { fingerprint: secrets.fingerprint, known_sealed: secrets.seal(KNOWN) }
  await db
    .insertInto('setting')
    .values({ key: KEY_CHECK, value: JSON.stringify(value) })
    .onConflict((c) => c.column('key').doUpdateSet({ value: JSON.stringify(value) }))
    .execute()
  return secrets
}

/** One value of any column that holds sealed ones: their names end in `_sealed`. */
async function someSealed(db: Kysely<Database>): Promise<string | undefined> {
  const columns = await sql<{ table: string; column: string }>`
    select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = 'public' and column_name like '%\\_sealed' order by 1, 2`.execute(db)
  for (const { table, column } of columns.rows) {
    const at = sql.ref(column)
    const { rows } = await sql<{ sealed: string }>`
      select ${at} as sealed from ${sql.id('public', table)} where ${at} is not null limit 1`.execute(db)
    if (rows[0]) return rows[0].sealed
  }
  return undefined
}
