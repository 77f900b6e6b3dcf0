/** A stored file read towards the kinds there are: which sheet, what it is, which column is which. */
import type { Context } from '../../../kernel/context.ts'
import { invalid } from '../../../kernel/errors.ts'
import { guarded } from '../../../kernel/guard/guard.ts'
import { guardOf } from '../../../kernel/spreadsheet/read.ts'
import type { Target } from '../../../kernel/spreadsheet/target.ts'
import type { Cell, Sheet } from '../../../kernel/spreadsheet/workbook.ts'
import { apart, type InTransaction } from '../../../kernel/transaction.ts'
import { findOrg, type Org, requireOrg } from '../../structure/organisations/queries.ts'
import { type ImportRequest, SURE_ENOUGH } from './contract.ts'
import { recall } from './memory.ts'
import { namedUnder } from './places.ts'
import type { readTowards } from './read.ts'
import { parseDate } from './sheet/parse/dates.ts'
import type { SheetReading, SheetRow } from './sheet/reading.ts'
import { targets } from './targets.ts'
import { openFile, type StoredFile } from './uploads.ts'

export interface Understood {
  stored: StoredFile
  org: Org
  sheets: { name: string; hidden: boolean }[]
  /** Its first rows, or all of them where they were asked for. */
  sheet: Sheet
  /** Null when no header was found. */
  target: Target | null
  targets: Target[]
  reading: SheetReading
  /** How many rows there are, told or not. */
  dataRows: number
  remembered: boolean
  /** Somebody said what it is, or the sheet says so itself. */
  sure: boolean
  /** The day asked for. */
  statementDate: string | null
  /** The day written above the table: a proposal, no more. */
  dayAbove: string | null
}

/** What of a long sheet is needed: by default its head and what it is. */
export interface Needed {
  /** The rows as read, when there are no more than so many. */
  rows?: number
  /** The sheet as it stands. */
  cells?: boolean
  /** The file itself, where it has just come in. */
  stored?: StoredFile
}

const reading = guarded<typeof readTowards>(new URL('./read.ts', import.meta.url), 'readTowards')

export async function understand(
  ctx: Context,
  request: ImportRequest,
  { rows = 0, cells = false, ...known }: Needed = {},
): Promise<Understood> {
  const org = await findOrg(ctx, request.org)
  requireOrg(ctx, 'records.import', org)
  const all = await targets(ctx)
  const { kind } = request
  if (kind !== undefined && !all.some((one) => one.kind === kind)) throw unknownKind(kind, all)
  const { services, actor, now, today } = ctx
  const kinds = JSON.stringify(all)
  const { reading, sheet, ...told } = await apart(ctx, `sheet ${request.file}`, async (part) => {
    const stored = known.stored ?? (await openFile(services, actor, request.file))
    const { bytes, name: fileName } = stored
    const task = { bytes, fileName, request, kinds, org: org.id, now, today, rows, cells }
    return { stored, ...(await read(part, org, task)) }
  })
  return {
    ...told,
    org,
    sheet,
    target: all.find((one) => one.kind === reading.kind) ?? null,
    targets: all,
    reading,
    sure: request.kind !== undefined || told.remembered || isSure(reading),
    statementDate: request.statementDate ?? null,
    dayAbove: dayAbove(reading, ctx.today),
  }
}

async function read(part: InTransaction, org: Org, task: Parameters<typeof reading>[0]) {
  const rows: SheetRow[] = []
  const cells: Cell[][] = []
  const told = await reading(task, {
    ...guardOf(task.bytes, task.fileName),
    calls: {
      recall: (signatures) => part((ctx) => recall(ctx, org.id, signatures)),
      places: () => part((ctx) => namedUnder(ctx, org)),
      rows: async (some) => void rows.push(...some),
      cells: async (some) => void cells.push(...some),
    },
  })
  return { ...told, reading: { ...told.reading, rows }, sheet: { ...told.sheet, rows: cells } }
}

const CLEAR_LEAD = 0.02

/** A sheet that would do as well as another kind is a guess, however well it fits. */
export function isSure({ confidence, candidates }: SheetReading): boolean {
  const rival = candidates[1]?.confidence ?? 0
  return confidence >= SURE_ENOUGH && confidence - rival >= CLEAR_LEAD
}

const unknownKind = (kind: string, all: Target[]) =>
  invalid(
    'unknownKind',
    `没有“${kind}”这种表，可以是：${all.map((one) => `${one.kind}（${one.title}）`).join('、')}。`,
  )

/** 填报时间 above the table as a day; a month alone is none. */
function dayAbove(reading: SheetReading, today: string): string | null {
  const { date } = reading.title
  if (!date) return null
  const { value, precision } = parseDate(
    { kind: 'text', value: date, shown: date },
    { today, keepsZeros: true, future: true },
  ).reading
  return typeof value === 'string' && precision === 'day' ? value : null
}
