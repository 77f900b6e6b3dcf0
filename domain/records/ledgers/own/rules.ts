/** What may be declared, changed and recorded in an office's own ledger. Pure, browser-safe. */
import { type FieldProblem, invalid } from '../../../../kernel/errors.ts'
import { levels, orgTypes, sectors } from '../../../structure/organisations/words.ts'
import type { LedgerDefinition, LedgerField, LedgerUsers } from '../definition.ts'
import { faultsOf } from '../faults.ts'

export interface OrgKind {
  path: string
  type: string
  sector: string
  level: string | null
}

export const EVERYBODY: LedgerUsers = { types: [], sectors: [], levels: [] }

/** Is the organisation of a kind for which the ledger is meant? */
export function isUser({ types, sectors: fields, levels: ranks }: LedgerUsers, org: OrgKind): boolean {
  const within = (list: string[], value: string | null) => list.length === 0 || list.includes(value ?? '')
  return within(types, org.type) && within(fields, org.sector) && within(ranks, org.level)
}

/** 团支部、行政村 …: for whom the ledger is meant, in words; empty for everybody. */
export const usersInWords = ({ types, sectors: fields, levels: ranks }: LedgerUsers): string =>
  [
    ...ranks.map((v) => levels.find((l) => l.value === v)?.title ?? v),
    ...fields.map((v) => sectors.find((s) => s.value === v)?.title ?? v),
    ...types.map((v) => orgTypes.find((t) => t.value === v)?.title ?? v),
  ].join('、')

/** Why an organisation cannot enter a new record here; null when it can. */
export function barredReason(
  { title, own }: LedgerDefinition,
  org: OrgKind,
): Omit<FieldProblem, 'field'> | null {
  if (!own) return null
  if (own.closed)
    return {
      reason: `台账“${title}”已经停用`,
      remedy: `旧记录照常查看、统计；要接着记，请${own.owner.name}在“自建台账”里恢复使用`,
    }
  if (!org.path.startsWith(own.owner.path))
    return {
      reason: `台账“${title}”由${own.owner.name}设立，只给它和它的下级用`,
      remedy: '请改选它的下级组织，或在本级另建一本（可以从它复制）',
    }
  if (isUser(own.users, org)) return null
  return {
    reason: `台账“${title}”只给${usersInWords(own.users)}用`,
    remedy: `请改选这样的组织，或请${own.owner.name}在“谁能用”里加上这一类`,
  }
}

const LEAVES = new Set(['branch', 'group'])

/** Has an organisation, or may something below it have, anything to record here? */
export function concerns({ own }: LedgerDefinition, org: OrgKind): boolean {
  if (!own) return true
  if (own.closed || !org.path.startsWith(own.owner.path)) return false
  return !LEAVES.has(org.type) || isUser(own.users, org)
}

/** Types that may become wider without hurting what was written. */
const WIDER: Record<string, string> = { text: 'longText', integer: 'number' }

/**
 * The next version: what an earlier one had and the new one leaves out is kept as retired, so that old records stay
 * readable; the id is the ledger's own.
 */
export function nextVersion(
  id: string,
  draft: LedgerDefinition,
  before: LedgerDefinition | null,
): LedgerDefinition {
  const { own: _, ...rest } = draft
  const fields = draft.fields.map((field) => {
    const old = before?.fields.find((f) => f.id === field.id)?.options
    return field.options && old ? { ...field, options: keptOf(field.options, old, 'value') } : field
  })
  return {
    ...rest,
    id,
    fields: keptOf(fields, before?.fields ?? [], 'id'),
    roles: keptOf(draft.roles, before?.roles ?? [], 'id'),
  }
}

function keptOf<K extends 'id' | 'value', T extends { [key in K]: string } & { retired?: boolean }>(
  now: T[],
  before: T[],
  key: K,
): T[] {
  const left = before.filter((old) => !now.some((one) => one[key] === old[key]))
  return [...now, ...left.map((old) => ({ ...old, retired: true }))]
}

/** What a new version may not change of an earlier one, and how it is done instead. */
export function changeFaults(before: LedgerDefinition, after: LedgerDefinition): FieldProblem[] {
  return after.fields.flatMap((field) => {
    const old = before.fields.find((f) => f.id === field.id)
    return old ? heldFaults(old, field) : []
  })
}

const REMEDY = '请停用这一栏，另加一栏新的；旧记录里的内容照样能看、能导出'

function heldFaults(old: LedgerField, field: LedgerField): FieldProblem[] {
  const at = `fields.${field.id}`
  const found: FieldProblem[] = []
  if (old.type !== field.type && WIDER[old.type] !== field.type)
    found.push({ field: `${at}.type`, reason: `“${old.title}”已经用过，不能换类型`, remedy: REMEDY })
  if ((old.unit ?? '') !== (field.unit ?? ''))
    found.push({
      field: `${at}.unit`,
      reason: `“${old.title}”的单位已经是“${old.unit ?? '没有单位'}”，改了旧数就不对`,
      remedy: REMEDY,
    })
  if (old.ledger !== field.ledger)
    found.push({ field: `${at}.ledger`, reason: `“${old.title}”从哪本台账里选已经定了`, remedy: REMEDY })
  if ((old.precision ?? 'day') !== (field.precision ?? 'day'))
    found.push({ field: `${at}.precision`, reason: `“${old.title}”记到哪一级已经定了`, remedy: REMEDY })
  return found
}

const LONGEST_FILE = 200_000

/** Everything that stands in the way of publishing. `taken`: titles of the other ledgers that its users see. */
export function publishFaults(
  after: LedgerDefinition,
  before: LedgerDefinition | null,
  taken: readonly string[],
): FieldProblem[] {
  const found = [...faultsOf(after), ...titleFaults(after), ...(before ? changeFaults(before, after) : [])]
  if (taken.includes(after.title.trim()))
    found.push({
      field: 'title',
      reason: `已经有一本叫“${after.title}”的台账`,
      remedy: '请直接用那一本，或换个名称',
    })
  if (JSON.stringify(after).length > LONGEST_FILE)
    found.push({ field: 'fields', reason: '这本台账太大了', remedy: '请减少字段和选项，或分成几本' })
  return found
}

function titleFaults(d: LedgerDefinition): FieldProblem[] {
  const asked = d.fields.filter((f) => !f.retired)
  const titles = [d.name.label, d.day.label, ...asked.map((f) => f.title.trim())]
  return asked.flatMap((field) =>
    titles.filter((t) => t === field.title.trim()).length > 1
      ? [
          {
            field: `fields.${field.id}.title`,
            reason: `有两栏都叫“${field.title}”，导入时分不清`,
            remedy: '请改掉一个名称',
          },
        ]
      : [],
  )
}

export const FILE_FORMAT = 'mingzhang.ledger'

/** A whole ledger as one file, to be opened in another office. */
export interface LedgerFile {
  format: typeof FILE_FORMAT
  definition: LedgerDefinition
  users: LedgerUsers
}

export function fileOf({ own, ...definition }: LedgerDefinition, users?: LedgerUsers): LedgerFile {
  return { format: FILE_FORMAT, definition, users: users ?? own?.users ?? EVERYBODY }
}

/** @throws invalid `notLedgerFile` */
export function readFile(text: string): LedgerFile {
  try {
    const file = JSON.parse(text) as LedgerFile
    if (file.format === FILE_FORMAT && typeof file.definition === 'object')
      return { ...file, users: file.users ?? EVERYBODY }
  } catch {
    // Told below, as is a file of another kind.
  }
  throw invalid('notLedgerFile', '这不是台账定义文件。请选从“自建台账”导出的 .json 文件。')
}
