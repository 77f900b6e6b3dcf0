/**
 * One consistent snapshot in an open format: a zip with one NDJSON file a table, the stored files, the key without which
 * ID numbers cannot be read, and a manifest of them all. Verified by reading it back.
 */
import { createHash } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.ts'
import { syncFolder } from '../durable.ts'
import { conflict, Refusal } from '../errors.ts'
import { openFiles } from '../files.ts'
import { keyFileOf, openSecrets } from '../keyFile.ts'
import { FILES_LOCK, type Reference, referencesIn } from '../sweep.ts'
import { type ArchiveWriter, writeArchive } from './archive.ts'
import {
  FORMAT,
  filePath,
  KEY_PATH,
  type Lacking,
  MANIFEST_PATH,
  type Manifest,
  tablePath,
  verify,
  type Weighed,
} from './manifest.ts'

const PAGE = 2000
/** Sign-ins and running work belong to one machine. */
const LEFT_OUT = new Set(['session', 'job', 'idempotency', 'kysely_migration', 'kysely_migration_lock'])

export interface BackupPlace {
  /** Connection that owns the tables. */
  owner: Kysely<Database>
  dataDir: string
  /** 'YYYY-MM-DD HH:MM:SS' for the manifest. */
  now: string
}

/**
 * Writes and then verifies a backup; leaves nothing where that does not succeed.
 * @throws conflict `exists` when the file is there already, `key…` when the key does not open what the database holds
 */
export async function backup(place: BackupPlace, path: string): Promise<Manifest> {
  if (existsSync(path))
    throw conflict('exists', `文件已存在：${path}。请换一个文件名，已有的备份不会被覆盖。`)
  const partial = `${path}.partial`
  rmSync(partial, { force: true })
  const archive = writeArchive(partial)
  try {
    await whileFilesStay(place.owner, (owner) => write({ ...place, owner }, archive))
    await archive.finish()
  } catch (error) {
    archive.abandon()
    throw (error as { code?: string }).code === 'ENOSPC' ? noRoom(path) : error
  }
  const { manifest } = await verify(partial).catch((error) => {
    rmSync(partial)
    throw error
  })
  await rename(partial, path)
  await syncFolder(dirname(path))
  return manifest
}

const noRoom = (path: string) =>
  new Refusal(
    'full',
    'diskFull',
    `放备份的磁盘满了，这次没有备份成，写了一半的文件已经删去：${path}。请用 --out 换一块空间够的磁盘，或删去旧备份，再备份一次。`,
  )

/** Taken before the snapshot, so that no file that the snapshot's rows name is swept meanwhile. */
function whileFilesStay<T>(
  owner: Kysely<Database>,
  work: (owner: Kysely<Database>) => Promise<T>,
): Promise<T> {
  return owner.connection().execute(async (one) => {
    await sql`select pg_advisory_lock_shared(${FILES_LOCK})`.execute(one)
    try {
      return await work(one)
    } finally {
      await sql`select pg_advisory_unlock_shared(${FILES_LOCK})`.execute(one)
    }
  })
}

async function write(place: BackupPlace, archive: ArchiveWriter): Promise<void> {
  const secrets = await openSecrets(place.owner, place.dataDir)
  const entries: Record<string, Weighed> = {}
  const add = async (path: string, pieces: Pieces, compress?: boolean) => {
    const weighed = weighing(pieces)
    await archive.add(path, weighed.pieces, compress)
    const sum = weighed.sum()
    entries[path] = sum
    return sum
  }
  const { migrations, tables, references } = await addTables(place.owner, add)
  const { files, lacking } = await addFiles(place.dataDir, references, add)
  await add(KEY_PATH, [await readFile(keyFileOf(place.dataDir))])
  const manifest: Manifest = {
    format: FORMAT,
    createdAt: place.now,
    migrations,
    tables,
    files,
    keyFingerprint: secrets.fingerprint,
    entries,
    lacking,
  }
  await archive.add(MANIFEST_PATH, [Buffer.from(JSON.stringify(manifest, null, 1))])
}

type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>
type Add = (path: string, pieces: Pieces, compress?: boolean) => Promise<Weighed>

function weighing(pieces: Pieces): { pieces: AsyncIterable<Uint8Array>; sum(): Weighed } {
  const hash = createHash('sha256')
  let size = 0
  const passing = async function* () {
    for await (const piece of pieces) {
      hash.update(piece)
      size += piece.length
      yield piece
    }
  }
  return { pieces: passing(), sum: () => ({ size, sha256: hash.digest('hex') }) }
}

interface Snapshot extends Pick<Manifest, 'migrations' | 'tables'> {
  references: Reference[]
}

const addTables = (owner: Kysely<Database>, add: Add): Promise<Snapshot> =>
  owner
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (db) => {
      const tables: Manifest['tables'] = {}
      for (const table of await insertionOrder(db)) {
        const counted = { rows: 0 }
        const { sha256 } = await add(tablePath(table), linesOf(db, table, counted))
        tables[table] = { ...counted, sha256 }
      }
      return { tables, migrations: await migrationsOf(db), references: await referencesIn(db) }
    })

/** A row whose file is gone, or is not what it was, must not stop a backup, and must not pass in silence. */
async function addFiles(
  dataDir: string,
  references: Reference[],
  add: Add,
): Promise<{ files: number; lacking: Lacking[] }> {
  const store = openFiles(dataDir)
  const nameOf = new Map(references.map((r) => [r.sha256, r.name]))
  const lacking: Lacking[] = []
  const stored = await store.list()
  for (const sha of stored) {
    const { sha256 } = await add(filePath(sha), store.stream(sha) ?? [], false)
    if (sha256 !== sha) lacking.push({ sha256: sha, name: nameOf.get(sha) ?? sha, why: 'damaged' })
  }
  const there = new Set(stored)
  for (const { sha256, name } of references)
    if (!there.has(sha256)) lacking.push({ sha256, name, why: 'missing' })
  return { files: stored.length, lacking }
}

export async function migrationsOf(db: Transaction<Database>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return rows.map((r) => r.name)
}

async function tablesOf(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`.execute(db)
  return rows.map((r) => r.name).filter((name) => !LEFT_OUT.has(name))
}

async function* linesOf(db: Transaction<Database>, table: string, seen: { rows: number }) {
  const cursor = sql.id(`backup_${table}`)
  await sql`declare ${cursor} cursor for select row_to_json(t)::text as line from ${sql.table(table)} t`.execute(
    db,
  )
  for (;;) {
    const { rows } = await sql<{ line: string }>`fetch ${sql.lit(PAGE)} from ${cursor}`.execute(db)
    if (rows.length === 0) break
    const piece = Buffer.from(rows.map((r) => `${r.line}\n`).join(''))
    seen.rows += rows.length
    yield piece
  }
  await sql`close ${cursor}`.execute(db)
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
