/** Multipart forms, read within the limits of their endpoint and only for whom they are meant. */
import type { FastifyRequest } from 'fastify'
import type { Endpoint, UploadLimits } from './endpoint.ts'
import { invalid } from './errors.ts'
import { refuseUnwritable } from './input.ts'
import { joined } from './pieces.ts'
import type { Upload } from './route.ts'

const MEGABYTE = 1024 * 1024
const USUAL: UploadLimits = { files: 1, megabytes: 20 }
const MOST_FIELDS = 20
const FIELD_BYTES = 20_000

export interface FormRead {
  body: Record<string, string>
  uploads: Upload[]
}

/** `admit` is asked with all fields, before a byte of the first file is read; none may follow. */
export async function readForm(
  request: FastifyRequest,
  endpoint: Endpoint,
  admit: (body: Record<string, string>) => Promise<void>,
): Promise<FormRead> {
  const limits = endpoint.upload ?? USUAL
  const most = (limits.together ?? limits.files * limits.megabytes) * MEGABYTE
  if (Number(request.headers['content-length'] ?? 0) > most + MEGABYTE) throw tooMuch(limits)
  try {
    const read = await partsOf(request, { limits, most, admit })
    refuseUnwritable({ names: read.uploads.map(({ name }) => name) })
    return read
  } catch (error) {
    // What is left of the body is thrown away, so that the answer can be read.
    request.raw.unpipe()
    request.raw.resume()
    if (error instanceof Error && 'code' in error && error.code === 'FST_REQ_FILE_TOO_LARGE')
      throw tooMuch(limits)
    // What the reader of forms has no code for is a form that breaks off or never was one.
    throw (error as { code?: string }).code ? error : brokenForm()
  }
}

interface Reading {
  limits: UploadLimits
  most: number
  admit: (body: Record<string, string>) => Promise<void>
}

async function partsOf(request: FastifyRequest, { limits, most, admit }: Reading): Promise<FormRead> {
  const body: Record<string, string> = {}
  const uploads: Upload[] = []
  let bytes = 0
  const { files, megabytes } = limits
  const parts = request.parts({
    limits: { fileSize: megabytes * MEGABYTE, files: files + 1, fields: MOST_FIELDS, fieldSize: FIELD_BYTES },
  })
  for await (const part of parts) {
    if (part.type === 'field') {
      if (uploads.length > 0) throw tooLate(part.fieldname)
      if (Object.hasOwn(body, part.fieldname)) throw twice(part.fieldname)
      body[part.fieldname] = String(part.value)
      continue
    }
    if (uploads.length === 0) await enter(body, admit)
    const pieces: Buffer[] = []
    for await (const piece of part.file) {
      pieces.push(piece)
      bytes += piece.length
      if (bytes > most || part.file.truncated) throw tooMuch(limits)
    }
    uploads.push({ name: part.filename, mediaType: part.mimetype, bytes: await joined(pieces) })
  }
  if (uploads.length === 0) await enter(body, admit)
  return { body, uploads }
}

async function enter(body: FormRead['body'], admit: Reading['admit']): Promise<void> {
  refuseUnwritable({ body })
  await admit(body)
}

const tooLate = (field: string) =>
  invalid(
    'fieldAfterFile',
    `“${field.slice(0, 30)}”写在了文件后面。请把各项写在文件前面再上传：先看能不能传，再收文件。`,
    [{ field: field.slice(0, 30), reason: '写在了文件后面', remedy: '请放到文件前面' }],
  )

const twice = (field: string) =>
  invalid('fieldTwice', `“${field.slice(0, 30)}”写了两次，不知道以哪个为准。请只写一次再上传。`, [
    { field: field.slice(0, 30), reason: '写了两次', remedy: '请只写一次' },
  ])

const brokenForm = () => invalid('brokenForm', '上传的内容不完整，没有保存。请检查网络后重新上传。')

const tooMuch = ({ files, megabytes, together }: UploadLimits) =>
  invalid(
    'tooLarge',
    files === 1
      ? `文件超过 ${megabytes} MB，请压缩或拆分后再上传。`
      : `每个文件不能超过 ${megabytes} MB，一次不能超过 ${together ?? files * megabytes} MB，请压缩或分几次上传。`,
  )
