/** Long work: the records of a period become one PDF. */
import { PassThrough } from 'node:stream'
import { type Context, contextOf } from '../../../kernel/context.ts'
import { invalid } from '../../../kernel/errors.ts'
import type { MadeFile } from '../../../kernel/jobs/contract.ts'
import type { RunningJob } from '../../../kernel/jobs/runner.ts'
import type { Frame } from '../../../kernel/measures.ts'
import { dateInWords, rangeInWords } from '../../../kernel/period.ts'
import { frameOf } from '../../records/ledgers/queries.ts'
import { ledgers } from '../../records/ledgers/registry.ts'
import { orgAt, treeAt } from '../../structure/organisations/queries.ts'
import { type Book, type Cover, openBook } from './book.ts'
import type { BundleAsked } from './contract.ts'
import { type BundledRecord, recordsFor } from './gather.ts'

/** What is printed is of these; other files go with it as they are. */
const PRINTED = new Set(['image/jpeg', 'image/png'])

export interface Made {
  file: MadeFile
  records: number
  pages: number
  photos: number
}

export async function makeBundle({
  input,
  actor,
  services,
  progress,
}: RunningJob<BundleAsked>): Promise<Made> {
  await progress('正在收集记录', 0)
  const { cover, records } = await services.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((db) => gathered(contextOf(services, db, actor), input))
  if (records.length === 0)
    throw invalid('empty', '这段时间、这几本台账里还没有记录，没有可以编的。请换一段时间，或先补记。')
  const parts = new Set(records.map((r) => r.orgPath)).size
  const { book, bytes } = openBook(cover, records.length + parts)
  const through = new PassThrough()
  const kept = services.files.putStream(bytes.pipe(through))
  let photos = 0
  let org = ''
  for (const [at, record] of records.entries()) {
    if (at % 5 === 0) await progress('正在排版', at, records.length)
    if (record.orgPath !== org) book.part(record.org)
    org = record.orgPath
    photos += printRecord(book, record, (sha256) => services.files.get(sha256))
  }
  const pages = book.end()
  const { sha256, size } = await kept
  const file = { sha256, size, name: `${cover.title}（${cover.period}）.pdf`, mediaType: 'application/pdf' }
  return { file, records: records.length, pages, photos }
}

async function gathered(
  ctx: Context,
  input: BundleAsked,
): Promise<{ cover: Cover; records: BundledRecord[] }> {
  const frame = await frameOf(ctx, input)
  const wanted = new Set(input.ledgers)
  const definitions = (await ledgers(ctx)).filter((d) => wanted.has(d.id))
  const records = await recordsFor(ctx, definitions, frame)
  const organ = (await orgAt(ctx.db, frame.org.id, frame.asOf))?.name ?? frame.org.code
  await nameSubordinates(ctx, frame, records)
  const counts = definitions.flatMap((d) => {
    const count = records.filter((r) => r.ledger.id === d.id).length
    return count > 0 ? [`${d.title} ${count} ${d.measureWord}`] : []
  })
  const period = wholeYear(input) ? `${input.from.slice(0, 4)}年` : rangeInWords(input.from, input.to)
  return {
    cover: {
      title: `${organ}工作记录`,
      organ,
      period,
      counts,
      made: dateInWords(ctx.today),
      madeAt: ctx.services.clock.now(),
    },
    records,
  }
}

/** Classes of one name stand in several schools: what hangs below another unit says under which. */
async function nameSubordinates(ctx: Context, frame: Frame, records: BundledRecord[]): Promise<void> {
  const tree = await treeAt(ctx, { root: frame.org.id, asOf: frame.asOf })
  const byPath = new Map(tree.map((o) => [o.path, o]))
  for (const record of records) {
    const org = byPath.get(record.orgPath)
    const parent = tree.find((o) => o.id === org?.parentId)
    if (parent && parent.id !== frame.org.id) record.org = `${parent.name}　${record.org}`
  }
}

const wholeYear = ({ from, to }: BundleAsked) => from.endsWith('-01-01') && to === `${from.slice(0, 4)}-12-31`

/** Returns how many photos were printed. */
function printRecord(book: Book, record: BundledRecord, read: (sha256: string) => Uint8Array | null): number {
  book.record(`${dateInWords(record.day)}　${record.kind}：${record.title}`)
  book.facts(record.facts)
  for (const [title, words] of record.minutes) book.text(title, words)
  const files = record.files.map((file) => ({
    ...file,
    mediaType: file.page ? 'image/jpeg' : file.mediaType,
    bytes: read(file.page ?? file.sha256),
  }))
  const there = files.flatMap((f) => (f.bytes ? [{ ...f, bytes: f.bytes }] : []))
  const printable = there.filter((f) => PRINTED.has(f.mediaType))
  const unprinted = book.photos(printable)
  const enclosed = [...there.filter((f) => !PRINTED.has(f.mediaType)), ...unprinted]
  for (const file of enclosed) book.attach(file)
  const notes = [
    record.recorded,
    enclosed.length > 0 && `附件（在本文件的附件栏中）：${enclosed.map((f) => f.name).join('、')}`,
    files.length > there.length && `另有 ${files.length - there.length} 个附件的文件已不在，请联系管理员`,
  ].filter(Boolean)
  book.note(`${notes.join('。')}。`)
  return printable.length - unprinted.length
}
