/** A blank form comes in: known, changed since, or never seen. */
import { act } from '../../../kernel/act.ts'
import type { Context } from '../../../kernel/context.ts'
import { require } from '../../../kernel/context.ts'
import type { Input } from '../../../kernel/endpoint.ts'
import { invalid } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import type { Upload } from '../../../kernel/route.ts'
import { apart, isNotYet } from '../../../kernel/transaction.ts'
import { findOrg, type Org } from '../../structure/organisations/queries.ts'
import type { Carried } from './carry.ts'
import type { uploadForm } from './contract.ts'
import { carriedForm, openedForm } from './file/apart.ts'
import type { FormDocument } from './file/model.ts'
import { fingerprintOf, openCellsOf, plain } from './labels.ts'
import type { Mapped, Rhythm } from './mapping.ts'
import { type FormRow, fileOf, formsIn } from './queries.ts'

/** Fewer shared labels make another form. */
const SAME_FAMILY = 0.6

interface Blank {
  org: Org
  sender: string
  fileName: string
  bytes: Uint8Array
  document: FormDocument
  fingerprint: string
}

type Fields = Input<typeof uploadForm>['body']

export async function upload(ctx: Context, fields: Fields, uploads: Upload[]) {
  const blank = await readBlank(ctx, fields, uploads)
  const known = await recognised(ctx, blank)
  const found = known ?? { how: 'new' as const, ...(await borrowed(ctx, blank)) }
  const { mapping, lost } = found
  const fileSha256 = await ctx.services.files.put(blank.bytes)
  const id = 'form' in found ? found.form.id : newId()
  const verb = 'form' in found ? 'renew' : 'upload'
  const detail = { fileName: blank.fileName, known: found.how }
  const org = { ...blank.org, path: blank.org.pathNow }
  const deed = { action: 'summaries.write', verb, org, subject: 'form', subjectId: id, detail } as const
  return act(ctx, deed, async () => {
    const open = openCellsOf(blank.document, mapping).length
    if ('form' in found) await renew(ctx, blank, { form: found.form, mapping, lost, fileSha256, open })
    else await insert(ctx, blank, { id, mapping, fileSha256, open })
    return { id, known: found.how, carried: mapping.length, lost: lost.length, open }
  })
}

async function readBlank(ctx: Context, fields: Fields, uploads: Upload[]): Promise<Blank> {
  const [file, ...others] = uploads
  if (!file) throw invalid('noFile', '没有收到文件，请选择上级发来的 .xlsx 或 .docx 空表。')
  if (others.length > 0) throw invalid('severalFiles', '一次只能上传一张表，请逐个上传。')
  const org = await orgToFill(ctx, fields.org)
  const document = await apart(ctx, 'upload', () => openedForm({ bytes: file.bytes, fileName: file.name }))
  return {
    org,
    sender: (fields.sender ?? '').trim(),
    fileName: file.name.split(/[\\/]/).at(-1) ?? file.name,
    bytes: file.bytes,
    document,
    fingerprint: fingerprintOf(document),
  }
}

/** @throws notFound, forbidden */
export async function orgToFill(ctx: Context, named: string): Promise<Org> {
  const org = await findOrg(ctx, named)
  require(ctx, 'summaries.write', org.pathNow, `组织“${named}”`)
  return org
}

interface Recognised {
  how: 'same' | 'changed'
  form: FormRow
  mapping: Mapped[]
  lost: Mapped[]
}

/** Of several senders of one form, the one that is named, or whichever was filled last. */
async function recognised(ctx: Context, blank: Blank): Promise<Recognised | undefined> {
  const forms = (
    await formsIn(ctx)
      .where('countyId', '=', blank.org.countyId)
      .where('orgId', '=', blank.org.id)
      .orderBy('changedAt', 'desc')
      .execute()
  ).filter((f) => !blank.sender || !f.sender || f.sender === blank.sender)
  const same = forms.find((f) => f.fingerprint === blank.fingerprint)
  if (same) return { how: 'same', form: same, mapping: same.mapping, lost: [] }
  let best: (Recognised & Pick<Carried, 'alike'>) | undefined
  for (const form of forms) {
    const before = await fileOf(ctx, form.fileSha256, form.fileName).catch((error: unknown) => {
      if (isNotYet(error)) throw error
    })
    if (!before) continue
    const { mapping } = form
    const carried = await apart(ctx, `carried from ${form.id} ${form.version}`, () =>
      carriedForm({ before: before.document, mapping, now: blank.document }),
    )
    if (carried.alike >= SAME_FAMILY && carried.alike > (best?.alike ?? 0))
      best = { how: 'changed', form, ...carried }
  }
  return best
}

/** A neighbour of the county has pointed at the same form already: its decisions, without what is its own. */
async function borrowed(ctx: Context, blank: Blank): Promise<{ mapping: Mapped[]; lost: Mapped[] }> {
  const [neighbour] = await formsIn(ctx)
    .where('countyId', '=', blank.org.countyId)
    .where('fingerprint', '=', blank.fingerprint)
    .orderBy('changedAt', 'desc')
    .limit(1)
    .execute()
  const mapping = (neighbour?.mapping ?? []).filter(
    ({ entry }) =>
      !(entry.kind === 'text' && entry.what === 'constant') &&
      !('org' in entry && typeof entry.org === 'object'),
  )
  return { mapping, lost: [] }
}

async function renew(
  ctx: Context,
  blank: Blank,
  {
    form,
    mapping,
    lost,
    fileSha256,
    open,
  }: { form: FormRow; mapping: Mapped[]; lost: Mapped[]; fileSha256: string; open: number },
): Promise<void> {
  await ctx.db
    .updateTable('form')
    .set({
      fileName: blank.fileName,
      fileSha256,
      fingerprint: blank.fingerprint,
      sender: form.sender || blank.sender,
      mapping: JSON.stringify(mapping),
      lost: JSON.stringify(lost),
      openCells: open,
      version: form.version + 1,
      changedAt: ctx.now,
    })
    .where('countyId', '=', form.countyId)
    .where('id', '=', form.id)
    .execute()
}

async function insert(
  ctx: Context,
  { org, sender, fileName, document, fingerprint }: Blank,
  { id, mapping, fileSha256, open }: { id: string; mapping: Mapped[]; fileSha256: string; open: number },
): Promise<void> {
  const said = wordsOver(document, fileName)
  await ctx.db
    .insertInto('form')
    .values({
      countyId: org.countyId,
      id,
      orgId: org.id,
      path: org.pathNow,
      title: (said.replace(PERIOD, '').trim() || said).slice(0, 200),
      sender,
      fileName,
      fileSha256,
      fingerprint,
      rhythm: rhythmOf(`${said} ${fileName}`),
      mapping: JSON.stringify(mapping),
      lost: '[]',
      openCells: open,
      version: 1,
      recordedBy: ctx.actor.accountId,
      recordedAt: ctx.now,
      changedAt: ctx.now,
      voidedAt: null,
    })
    .execute()
}

/** What stands over the form; a file's name where nothing does. */
function wordsOver({ format, tables }: FormDocument, fileName: string): string {
  const [table] = tables
  const said = format === 'docx' ? table?.title : table?.cells.find((c) => plain(c.text).length > 3)?.text
  return said?.trim().split('\n')[0] || fileName.replace(/\.\w+$/, '')
}

/** The family of the form bears no month. */
const PERIOD = /[（(]?\d{4}年(度|\d{1,2}月份?|[上下]半年|第?[一二三四1-4]季度)?[）)]?/

function rhythmOf(words: string): Rhythm {
  if (/半年/.test(words)) return 'half'
  if (/季/.test(words)) return 'quarter'
  if (/月报|\d月|每月|月度/.test(words)) return 'month'
  return /年度|年报|全年/.test(words) ? 'year' : 'half'
}
