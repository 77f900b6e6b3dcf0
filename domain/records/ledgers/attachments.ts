/** Photos and documents of a record: judged by their bytes, never by their names. */
import { act } from '../../../kernel/act.ts'
import type { Context } from '../../../kernel/context.ts'
import { type FieldProblem, invalid, notFound, Refusal } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import {
  type ReadyPicture,
  readyPicture,
  type Size,
  UnreadablePicture,
} from '../../../kernel/pictures/ready.ts'
import type { Download, Steps, Upload } from '../../../kernel/route.ts'
import { readZipDirectory } from '../../../kernel/spreadsheet/zip.ts'
import type { Attachment } from './contract.ts'
import { deedOn, openForReading, openForWriting } from './opened.ts'
import { keepPicture, sizedPicture } from './pictures.ts'

const SIZE_LIMIT = 20 * 1024 * 1024
const ALLOWED = 'jpg、png、webp、heic 照片，或 pdf、docx、xlsx 文件'
const OFFICE = 'application/vnd.openxmlformats-officedocument.'

const textAt = (bytes: Uint8Array, from: number, to: number) =>
  Buffer.from(bytes.subarray(from, to)).toString('latin1')

/** The media type that the bytes have; null for what is not accepted. */
function sniffMedia(bytes: Uint8Array): string | null {
  const head = textAt(bytes, 0, 16)
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'image/webp'
  if (/^ftyp(heic|heix|heim|heis|hevc|mif1|msf1)/.test(head.slice(4))) return 'image/heic'
  if (head.startsWith('%PDF-')) return 'application/pdf'
  return head.startsWith('PK\x03\x04') ? officeType(bytes) : null
}

/** By the names in its directory alone: the file may be long. */
function officeType(bytes: Uint8Array): string | null {
  const names = namesIn(bytes)
  if (!names.has('[Content_Types].xml') || [...names].some((name) => name.endsWith('vbaProject.bin')))
    return null
  if (names.has('word/document.xml')) return `${OFFICE}wordprocessingml.document`
  return names.has('xl/workbook.xml') ? `${OFFICE}spreadsheetml.sheet` : null
}

function namesIn(bytes: Uint8Array): Set<string> {
  try {
    return new Set(readZipDirectory(bytes).map(({ name }) => name.replace(/^\//, '')))
  } catch (error) {
    if (error instanceof Refusal) return new Set()
    throw error
  }
}

const EXTENSIONS: Record<string, string[]> = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/heic': ['heic', 'heif'],
  'application/pdf': ['pdf'],
  [`${OFFICE}wordprocessingml.document`]: ['docx'],
  [`${OFFICE}spreadsheetml.sheet`]: ['xlsx'],
}

/** The file's own name without folders, ending as its type does. */
function safeName(name: string, mediaType: string): string {
  const base = (name.split(/[\\/]/).at(-1) ?? '').replace(/\p{Cc}/gu, '').trim() || '附件'
  const endings = EXTENSIONS[mediaType] ?? []
  const ends = endings.some((e) => base.toLowerCase().endsWith(`.${e}`))
  const stem = base.slice(0, 120)
  return ends && base.length <= 120 ? base : `${stem.replace(/\.[A-Za-z0-9]{1,5}$/, '')}.${endings[0]}`
}

function judge(file: Upload): FieldProblem | null {
  const problem = (reason: string, remedy: string) => ({ field: file.name || '附件', reason, remedy })
  if (file.bytes.length === 0) return problem('是空文件', '请重新选择文件')
  if (file.bytes.length > SIZE_LIMIT) return problem('超过 20 MB', '请压缩后再传')
  if (!sniffMedia(file.bytes)) return problem('不是能收的文件', `请上传 ${ALLOWED}`)
  return null
}

interface ReadyFile {
  name: string
  mediaType: string
  bytes: Uint8Array
  picture: ReadyPicture | null
}

/** Pictures are drawn between two transactions: the right is asked before a byte is read, and again when they are kept. */
export async function attach(
  { part, whole }: Steps,
  recordId: string,
  files: Upload[],
): Promise<{ attachments: Attachment[] }> {
  if (files.length === 0) throw invalid('noFile', `没有收到文件。请选择 ${ALLOWED}。`)
  const problems = files.flatMap((f) => judge(f) ?? [])
  if (problems.length > 0) throw invalid('attachment', REFUSED, problems)
  await part((ctx) => openForWriting(ctx, recordId))
  const ready = await allReady(files)
  return whole((ctx) => keep(ctx, recordId, ready))
}

async function keep(
  ctx: Context,
  recordId: string,
  ready: ReadyFile[],
): Promise<{ attachments: Attachment[] }> {
  const opened = await openForWriting(ctx, recordId)
  const made = ready.map(({ name, mediaType, bytes }) => ({
    id: newId(),
    name,
    mediaType,
    size: bytes.length,
    recordedAt: ctx.now,
  }))
  const changes = made.map((m) => ({ field: 'attachments', title: '附件', before: '', after: m.name }))
  return act(ctx, deedOn(opened, 'attach', { changes }), async () => {
    const { countyId } = opened.record
    for (const [at, one] of made.entries()) {
      const { bytes, picture } = ready[at] as ReadyFile
      const { files: store } = ctx.services
      const sha256 = await (picture ? keepPicture(ctx.db, store, picture, ctx.now) : store.put(bytes))
      await ctx.db
        .insertInto('attachment')
        .values({ ...one, countyId, recordId, sha256, recordedBy: ctx.actor.accountId, voidedAt: null })
        .execute()
    }
    return { attachments: made }
  })
}

const REFUSED = '有文件不能上传，请更换后再传。'

/** One after another: the pictures of one upload are not to take the places of another's. */
async function allReady(files: Upload[]): Promise<ReadyFile[]> {
  const ready: ReadyFile[] = []
  const problems: FieldProblem[] = []
  for (const file of files) {
    const mediaType = sniffMedia(file.bytes) ?? ''
    const name = safeName(file.name, mediaType)
    try {
      const picture = mediaType.startsWith('image/') ? await readyPicture(file.bytes, mediaType) : null
      ready.push({ name, mediaType, bytes: picture?.bytes ?? file.bytes, picture })
    } catch (error) {
      if (!(error instanceof UnreadablePicture)) throw error
      problems.push({ field: name, reason: error.reason, remedy: '请换一张，或用手机重新拍照上传' })
    }
  }
  if (problems.length > 0) throw invalid('attachment', REFUSED, problems)
  return ready
}

async function stored(ctx: Context, id: string) {
  const found = await ctx.db
    .selectFrom('attachment')
    .selectAll()
    .where('countyId', 'in', ctx.db.selectFrom('org').select('countyId'))
    .where('id', '=', id)
    .where('voidedAt', 'is', null)
    .executeTakeFirst()
  if (!found) throw notFound('这个附件')
  return found
}

/** `size`: a smaller picture where there is one; the file itself otherwise. */
export async function download(ctx: Context, id: string, size?: Size): Promise<Download> {
  const file = await stored(ctx, id)
  await openForReading(ctx, file.recordId, '这个附件')
  const smaller = size && (await sizedPicture(ctx.db, file.sha256, size))
  const sha256 = smaller ?? file.sha256
  const mediaType = smaller ? 'image/jpeg' : file.mediaType
  const bytes = ctx.services.files.get(sha256)
  if (!bytes) throw notFound('这个附件的文件')
  const inline = mediaType.startsWith('image/') || mediaType === 'application/pdf'
  return { name: file.name, mediaType, body: bytes, inline }
}

/** The file stays on disk: the same bytes may belong to another record, and history names it. */
export async function detach(ctx: Context, id: string): Promise<{ id: string }> {
  const file = await stored(ctx, id)
  const opened = await openForWriting(ctx, file.recordId, '这个附件')
  const changes = [{ field: 'attachments', title: '附件', before: file.name, after: '' }]
  return act(ctx, deedOn(opened, 'detach', { changes }), async () => {
    await ctx.db
      .updateTable('attachment')
      .set({ voidedAt: ctx.now })
      .where('countyId', '=', file.countyId)
      .where('id', '=', id)
      .execute()
    return { id }
  })
}
