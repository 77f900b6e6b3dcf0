/** What a backup says it holds, and whether it holds that: every file, nothing else, and the key that opens it. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { invalid } from '../errors.ts'
import { isKey } from '../keyFile.ts'
import { type Secrets, secretsFrom } from '../secrets.ts'
import { readArchive, sealFits } from './archive.ts'

export const FORMAT = 'mingzhang-backup-2'
/** Without a list of its files: checked as far as it can be, with a warning. */
const OLDER = 'mingzhang-backup-1'

export const KEY_PATH = 'keys/secret.key'
export const MANIFEST_PATH = 'manifest.json'
export const tablePath = (table: string) => `tables/${table}.ndjson`
export const filePath = (sha256: string) => `files/${sha256}`

/** A file that a row names and that could not be backed up as it was. */
export interface Lacking {
  sha256: string
  name: string
  why: 'missing' | 'damaged'
}

export interface Manifest {
  format: string
  createdAt: string
  migrations: string[]
  tables: Record<string, { rows: number; sha256: string }>
  files: number
  /** From here on: not in the older format. */
  keyFingerprint?: string
  /** Every file of the archive but this one. */
  entries?: Record<string, Weighed>
  lacking?: Lacking[]
}

export interface Weighed {
  size: number
  sha256: string
}

export interface Verified {
  manifest: Manifest
  /** What could not be checked, in words. */
  warnings: string[]
}

/** What reading the whole archive showed. */
interface Seen {
  entries: Map<string, Weighed>
  manifest: string
  key: string
  /** One sealed value of the tables; the known value is among them. */
  sealed?: string
}

const bad = (words: string) => invalid('badBackup', words)
const TORN = '这个文件不是完整的备份（压缩包已损坏或没有传完）。请重新拷贝一份。'

/** Reads every byte and holds it against the manifest. @throws invalid `badBackup` naming what does not fit. */
export async function verify(path: string): Promise<Verified> {
  if (!existsSync(path)) throw invalid('noBackup', `没有找到备份文件：${path}。`)
  const torn = (error: Error) => {
    throw error.name === 'Refusal' ? error : bad(TORN)
  }
  const seal = await sealFits(path).catch(torn)
  if (seal === false) throw bad(CHANGED)
  const seen = await see(path).catch(torn)
  const manifest = parseManifest(seen.manifest)
  if (manifest.format === OLDER) refuseOlder(manifest, seen)
  else refuseUnlisted(manifest, seen)
  refuseForeignKey(manifest, seen)
  if (seal === null && manifest.format !== OLDER) throw bad(CHANGED)
  return { manifest, warnings: manifest.format === OLDER ? [OLD_WORDS] : [] }
}

const CHANGED = '备份文件与写下时不一样了，可能被改动，或在拷贝时损坏。请重新拷贝一份。'
const OLD_WORDS =
  '这份备份是旧版本做的，没有逐个文件的清单，照片和附件是否齐全无法确认。恢复后请抽看几张，并马上再备份一次。'

async function see(path: string): Promise<Seen> {
  const seen: Seen = { entries: new Map(), manifest: '', key: '' }
  await readArchive(path, async (name, pieces) => {
    if (seen.entries.has(name)) throw bad(`备份里有两个“${name}”，可能被改动。`)
    const hash = createHash('sha256')
    const kept: Uint8Array[] = []
    let size = 0
    for await (const piece of pieces) {
      hash.update(piece)
      size += piece.length
      if (name === MANIFEST_PATH || name === KEY_PATH) kept.push(piece)
      else if (!seen.sealed && name.startsWith('tables/')) Object.assign(seen, sealedIn(piece))
    }
    seen.entries.set(name, { size, sha256: hash.digest('hex') })
    if (name === MANIFEST_PATH) seen.manifest = Buffer.concat(kept).toString('utf8')
    if (name === KEY_PATH) seen.key = Buffer.concat(kept).toString('utf8')
  })
  return seen
}

function sealedIn(piece: Uint8Array): { sealed: string } | undefined {
  const sealed = /_sealed": ?"(a1:[^"]+)"/.exec(Buffer.from(piece).toString('latin1'))?.[1]
  return sealed ? { sealed } : undefined
}

function parseManifest(text: string): Manifest {
  try {
    const manifest = JSON.parse(text) as Manifest
    if (manifest.format === OLDER || (manifest.format === FORMAT && manifest.entries)) return manifest
  } catch {
    // Said below: not ours.
  }
  throw bad('这个文件不是明账的备份。')
}

function refuseUnlisted({ entries: listed = {} }: Manifest, { entries }: Seen): void {
  const missing = Object.keys(listed).filter((path) => !entries.has(path))
  if (missing.length > 0) throw bad(`备份里少了 ${named(missing)}。请换一份完整的备份。`)
  const extra = [...entries.keys()].filter((path) => path !== MANIFEST_PATH && !Object.hasOwn(listed, path))
  if (extra.length > 0) throw bad(`备份里多出了清单上没有的 ${named(extra)}，可能被改动。`)
  const altered = Object.entries(listed).filter(([path, { size, sha256 }]) => {
    const found = entries.get(path)
    return found?.size !== size || found.sha256 !== sha256
  })
  if (altered.length > 0)
    throw bad(`备份里的 ${named(altered.map(([path]) => path))} 与清单不符，可能被改动或损坏。`)
}

function refuseOlder({ tables, files }: Manifest, { entries }: Seen): void {
  for (const [table, { sha256 }] of Object.entries(tables))
    if (entries.get(tablePath(table))?.sha256 !== sha256)
      throw bad(`备份里的“${table}”与清单不符，可能被改动或损坏。`)
  const stored = [...entries].filter(([path]) => path.startsWith('files/'))
  const damaged = stored.filter(([path, { sha256 }]) => path !== filePath(sha256)).map(([path]) => path)
  if (damaged.length > 0) throw bad(`备份里的 ${named(damaged)} 已损坏。`)
  if (stored.length !== files)
    throw bad(`备份里有 ${stored.length} 个照片附件，清单上是 ${files} 个。请换一份完整的备份。`)
}

/** The key lies in the backup, is the one that it names, and opens what the backup holds. */
function refuseForeignKey({ keyFingerprint }: Manifest, { key, sealed }: Seen): void {
  if (key === '') throw bad(`备份里没有密钥（${KEY_PATH}），身份证号和电话会打不开。请换一份完整的备份。`)
  const secrets = isKey(key) ? keyOf(key) : undefined
  if (!secrets) throw bad(`备份里的密钥（${KEY_PATH}）已损坏，身份证号和电话会打不开。请换一份备份。`)
  const foreign = keyFingerprint !== undefined && secrets.fingerprint !== keyFingerprint
  if (foreign || (sealed && !secrets.opens(sealed)))
    throw bad('备份里的密钥不是加密这些身份证号和电话的那一把。请换一份备份。')
}

const keyOf = (text: string): Secrets => secretsFrom(Buffer.from(text.trim(), 'hex'))

const named = (paths: string[]) =>
  `${paths
    .slice(0, 3)
    .map((path) => path.replace(/^(files\/.{12}).*/, '$1…'))
    .join('、')}${paths.length > 3 ? `等 ${paths.length} 个文件` : ''}`
