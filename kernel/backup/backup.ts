/**
 * One consistent snapshot in an open format: a zip with a manifest, one NDJSON file a table, the stored files, and the
 * key without which ID numbers cannot be read. Verified by reading it back; restored only into an empty system.
 */
import { createHash, type Hash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.ts'
import { conflict, invalid } from '../errors.ts'
import { openFiles } from '../files.ts'
import { keyFileOf } from '../secrets.ts'
import { readArchive, writeArchive } from './archive.ts'

const FORMAT = 'mingzhang-backup-1'
const PAGE = 2000
/** Sign-ins and running work belong to one machine. */
const LEFT_OUT = new Set(['session', 'job', 'idempotency', 'kysely_migration', 'kysely_migration_lock'])

export interface Manifest {
  format: string
  createdAt: string
  migrations: string[]
  tables: Record<string, { rows: number; sha256: string }>
  files: number
}

export interface BackupPlace {
  /** Connection that owns the tables. */
  owner: Kysely<Database>
  dataDir: string
  /** 'YYYY-MM-DD HH:MM:SS' for the manifest. */
  now: string
}

/** Writes and then verifies a backup. @throws conflict `exists` when the file is there already. */
export async function backup(place: BackupPlace, path: string): Promise<Manifest> {
  if (existsSync(path))
    throw conflict('exists', `文件已存在：${path}。请换一个文件名，已有的备份不会被覆盖。`)
  const partial = `${path}.partial`
  rmSync(partial, { force: true })
  const archive = writeArchive(partial)
  const manifest: Manifest = { format: FORMAT, createdAt: place.now, migrations: [], tables: {}, files: 0 }
  await place.owner
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (db) => {
      manifest.migrations = await migrationsOf(db)
      for (const table of await insertionOrder(db)) {
        const seen = { rows: 0, hash: createHash('sha256') }
        await archive.add(`tables/${table}.ndjson`, linesOf(db, table, seen))
        manifest.tables[table] = { rows: seen.rows, sha256: seen.hash.digest('hex') }
      }
    })
  for (const sha of storedFiles(place.dataDir)) {
    const bytes = openFiles(place.dataDir).get(sha)
    if (bytes) await archive.add(`files/${sha}`, [bytes], false)
    manifest.files++
  }
  await archive.add('keys/secret.key', [readFileSync(keyFileOf(place.dataDir))])
  await archive.add('manifest.json', [Buffer.from(JSON.stringify(manifest, null, 2))])
  await archive.finish()
  await verify(partial)
  renameSync(partial, path)
  return manifest
}

async function migrationsOf(db: Transaction<Database>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return rows.map((r) => r.name)
}

async function tablesOf(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`.execute(db)
  return rows.map((r) => r.name).filter((name) => !LEFT_OUT.has(name))
}

async function* linesOf(db: Transaction<Database>, table: string, seen: { rows: number; hash: Hash }) {
  const cursor = sql.id(`backup_${table}`)
  await sql`declare ${cursor} cursor for select row_to_json(t)::text as line from ${sql.table(table)} t`.execute(
    db,
  )
  for (;;) {
    const { rows } = await sql<{ line: string }>`fetch ${sql.lit(PAGE)} from ${cursor}`.execute(db)
    if (rows.length === 0) break
    const piece = Buffer.from(rows.map((r) => `${r.line}\n`).join(''))
    seen.rows += rows.length
    seen.hash.update(piece)
    yield piece
  }
  await sql`close ${cursor}`.execute(db)
}

function storedFiles(dataDir: string): string[] {
  const folder = join(dataDir, 'files')
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((part) =>
    readdirSync(join(folder, part)).filter((n) => /^[0-9a-f]{64}$/.test(n)),
  )
}

/** Reads every byte and holds it against the manifest. @throws invalid `badBackup` naming what does not fit. */
export async function verify(path: string): Promise<Manifest> {
  if (!existsSync(path)) throw invalid('noBackup', `没有找到备份文件：${path}。`)
  const digests = new Map<string, string>()
  let said = ''
  await readArchive(path, async (name, pieces) => {
    const hash = createHash('sha256')
    for await (const piece of pieces) {
      hash.update(piece)
      if (name === 'manifest.json') said += Buffer.from(piece).toString('latin1')
    }
    digests.set(name, hash.digest('hex'))
  }).catch(() => {
    throw invalid('badBackup', '这个文件不是完整的备份（压缩包已损坏或没有传完）。请重新拷贝一份。')
  })
  const manifest = parseManifest(Buffer.from(said, 'latin1').toString('utf8'))
  for (const [table, { sha256 }] of Object.entries(manifest.tables))
    if (digests.get(`tables/${table}.ndjson`) !== sha256)
      throw invalid('badBackup', `备份里的“${table}”与清单不符，可能被改动或损坏。`)
  for (const [name, digest] of digests)
    if (name.startsWith('files/') && name !== `files/${digest}`)
      throw invalid('badBackup', `备份里的附件 ${name.slice(6, 18)}… 已损坏。`)
  return manifest
}

function parseManifest(text: string): Manifest {
  try {
    const manifest = JSON.parse(text) as Manifest
    if (manifest.format === FORMAT) return manifest
  } catch {
    // Said below: not ours.
  }
  throw invalid('badBackup', '这个文件不是明账的备份。')
}

/** Restores into an empty system, whole or not at all. @throws conflict `notEmpty` */
export async function restore(place: BackupPlace, path: string): Promise<Manifest> {
  const manifest = await verify(path)
  await refuseUnless(place, manifest)
  await place.owner.transaction().execute((db) => takeIn(db, place, path))
  return manifest
}

/** One pass: tables were written in an order in which they can be inserted. */
async function takeIn(db: Transaction<Database>, place: BackupPlace, path: string): Promise<void> {
  const store = openFiles(place.dataDir)
  await readArchive(path, async (name, pieces) => {
    const [folder, file = ''] = name.split('/')
    if (folder === 'tables') {
      let rest = ''
      for await (const piece of pieces)
        rest = await insertLines(
          db,
          file.replace('.ndjson', ''),
          rest + Buffer.from(piece).toString('latin1'),
        )
      return
    }
    const collected: Uint8Array[] = []
    for await (const piece of pieces) collected.push(piece)
    if (folder === 'files') await store.put(Buffer.concat(collected))
    if (name === 'keys/secret.key') replaceKey(place.dataDir, Buffer.concat(collected))
  })
}

/** The empty system's own key has sealed nothing yet. */
function replaceKey(dataDir: string, key: Uint8Array): void {
  mkdirSync(dirname(keyFileOf(dataDir)), { recursive: true, mode: 0o700 })
  writeFileSync(keyFileOf(dataDir), key, { mode: 0o600 })
}

async function refuseUnless(place: BackupPlace, manifest: Manifest): Promise<void> {
  const filled = await place.owner.selectFrom('org').select('id').limit(1).executeTakeFirst()
  if (filled)
    throw conflict('notEmpty', '这个数据文件夹里已经有数据。请用 --data 指定一个空文件夹再恢复，以免覆盖。')
  const known = new Set(await place.owner.transaction().execute(migrationsOf))
  const newer = manifest.migrations.filter((name) => !known.has(name))
  if (newer.length > 0) throw conflict('newerBackup', '备份来自更新的版本，请先升级明账再恢复。')
}

/** Tables that others refer to come first. */
async function insertionOrder(db: Kysely<Database>): Promise<string[]> {
  const tables = await tablesOf(db)
  const { rows } = await sql<{ child: string; parent: string }>`
    select c.relname as child, p.relname as parent from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid where k.contype = 'f'`.execute(
    db,
  )
  const parents = new Set(rows.map((r) => r.parent))
  return [...tables.filter((t) => parents.has(t)), ...tables.filter((t) => !parents.has(t))]
}

/** Inserts the whole lines of a piece; answers what is left of the last one. Latin-1 keeps bytes that are cut apart. */
async function insertLines(db: Transaction<Database>, table: string, text: string): Promise<string> {
  const end = text.lastIndexOf('\n') + 1
  const lines = Buffer.from(text.slice(0, end), 'latin1').toString('utf8').split('\n').slice(0, -1)
  if (lines.length > 0) {
    // With its schema: a bare null::record is PostgreSQL's own type of that name.
    const id = sql.id('public', table)
    const rows = `[${lines.join(',')}]`
    await sql`insert into ${id} select * from json_populate_recordset(null::${id}, ${rows}::json)`.execute(db)
  }
  return text.slice(end)
}
