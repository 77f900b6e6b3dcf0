/** Forms as the rest of the slice opens and writes them: the file itself is handled apart. */
import type { Context } from '../../../../kernel/context.ts'
import { type GuardOptions, guarded } from '../../../../kernel/guard/guard.ts'
import { LIMITS } from '../../../../kernel/spreadsheet/limits.ts'
import { apart } from '../../../../kernel/transaction.ts'
import type { Carried } from '../carry.ts'
import { rememberAsking } from '../labels.ts'
import type { FormDocument } from './model.ts'
import type { carriedOver, documentOf, FormBytes, filledFile } from './open.ts'
import { unreadable } from './parts.ts'

const MODULE = new URL('./open.ts', import.meta.url)
const opened = guarded<typeof documentOf>(MODULE, 'documentOf')
const filled = guarded<typeof filledFile>(MODULE, 'filledFile')
const carried = guarded<typeof carriedOver>(MODULE, 'carriedOver')

const guardOf = ({ bytes }: FormBytes): GuardOptions<undefined> => ({
  milliseconds: LIMITS.milliseconds(bytes.byteLength),
  words: {
    tooLarge: (what) => unreadable(`表格太大或太复杂：${what}。请删去不用填的工作表、图片和空行`),
    broken: () => unreadable('文件损坏，读不出来'),
  },
})

/** @throws invalid `formFile` */
export async function openedForm(form: FormBytes): Promise<FormDocument> {
  const { document, asking } = await opened(form, guardOf(form))
  rememberAsking(document, asking)
  return document
}

/** What was decided about one form, laid over its next edition. */
export const carriedForm = (editions: Parameters<typeof carried>[0]): Promise<Carried> =>
  carried(editions, guardOf({ bytes: new Uint8Array(), fileName: '' }))

/** @throws invalid `formulaCell`, `noCell` */
export const filledForm = (form: Parameters<typeof filled>[0]): Promise<Uint8Array> =>
  filled(form, guardOf(form))

const REMEMBERED = 12
const remembered = new Map<string, FormDocument>()

/** The same bytes are the same document: the last few that were asked for are kept. */
export async function documentKept(ctx: Context, sha256: string, form: FormBytes): Promise<FormDocument> {
  const key = `${sha256} ${form.fileName.slice(-5).toLowerCase()}`
  const document = remembered.get(key) ?? (await apart(ctx, `form ${key}`, () => openedForm(form)))
  remembered.delete(key)
  remembered.set(key, document)
  const [oldest] = remembered.keys()
  if (remembered.size > REMEMBERED && oldest !== undefined) remembered.delete(oldest)
  return document
}
