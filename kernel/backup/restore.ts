/** A backup becomes a system again: only where there is none yet, whole or not at all. */
import { Readable } from 'node:stream'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.ts'
import { replaceFile } from '../durable.ts'
import { conflict, invalid } from '../errors.ts'
import { type FileStore, openFiles } from '../files.ts'
import { keyFileOf } from '../keyFile.ts'
import { readArchive } from './archive.ts'
import { type BackupPlace, migrationsOf } from './backup.ts'
import { KEY_PATH, type Manifest, type Verified, verify } from './manifest.ts'

/** @throws invalid `badBackup`, conflict `notEmpty`, `newerBackup`; nothing is left behind then */
export async function restore(place: BackupPlace, path: string): Promise<Verified> {
  const verified = await verify(path)
  await refuseUnless(place, verified.manifest)
  const store = openFiles(place.dataDir)
  const before = new Set(await store.list())
  try {
    await place.owner.transaction().execute((db) => takeIn(db, place, { path, store, ...verified }))
  } catch (error) {
    for (const sha of await store.list()) if (!before.has(sha)) await store.remove(sha)
    throw error
  }
  await sql`analyze`.execute(place.owner)
  return verified
}

async function refuseUnless(place: BackupPlace, manifest: Manifest): Promise<void> {
  const filled = await place.owner.selectFrom('org').select('id').limit(1).executeTakeFirst()
  if (filled)
    throw conflict('notEmpty', '这个数据文件夹里已经有数据。请用 --data 指定一个空文件夹再恢复，以免覆盖。')
  const known = new Set(await place.owner.transaction().execute(migrationsOf))
  const newer = manifest.migrations.filter((name) => !known.has(name))
  if (newer.length > 0) throw conflict('newerBackup', '备份来自更新的版本，请先升级明账再恢复。')
}

interface Source {
  path: string
  store: FileStore
  manifest: Manifest
}

/** One pass: tables were written in an order in which they can be inserted. */
async function takeIn(
  db: Transaction<Database>,
  place: BackupPlace,
  { path, store, manifest }: Source,
): Promise<void> {
  // The empty system has settings of its own, such as the known value of a key that has sealed nothing yet.
  await db.deleteFrom('setting').execute()
  const damaged = new Set(manifest.lacking?.map((f) => f.sha256))
  let key = Buffer.alloc(0)
  await readArchive(path, async (name, pieces) => {
    const [folder, file = ''] = name.split('/')
    if (folder === 'tables') await insertTable(db, file.replace('.ndjson', ''), pieces)
    else if (folder === 'files' && !damaged.has(file)) await takeFile(store, file, pieces)
    else if (name === KEY_PATH) for await (const piece of pieces) key = Buffer.concat([key, piece])
  })
  // Last, and just before the rows are there to be read with it.
  await replaceFile(keyFileOf(place.dataDir), key)
}

async function takeFile(
  store: FileStore,
  expected: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { sha256 } = await store.putStream(Readable.from(pieces, { objectMode: false }))
  if (sha256 !== expected) throw invalid('badBackup', '备份文件在恢复时被改动了，什么都没有写入。')
}

/** Latin-1 keeps characters whose bytes are cut apart. */
async function insertTable(
  db: Transaction<Database>,
  table: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<void> {
  let rest = ''
  for await (const piece of pieces)
    rest = await insertLines(db, table, rest + Buffer.from(piece).toString('latin1'))
}

/** Inserts the whole lines of a piece; answers what is left of the last one. */
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
