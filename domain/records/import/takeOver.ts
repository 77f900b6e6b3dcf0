/**
 * Rows of a sheet into the registers and ledgers. A check does the very same and takes it back, so that it can
 * promise nothing that the import would not do.
 */
import { sql } from 'kysely'
import { breathing } from '../../../kernel/breath.ts'
import type { Context } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/id.ts'
import type { RowOutcome } from './contract.ts'
import { enter as enterMembers } from './kinds/members.ts'
import { enter as enterOfficers } from './kinds/officers.ts'
import { enter as enterOrganisations } from './kinds/organisations.ts'
import { enter as enterRecords } from './kinds/records.ts'
import { namesUnder } from './places.ts'
import type { SheetRow } from './sheet/reading.ts'
import type { Understood } from './understand.ts'
import { fails, outcomeOf, type Progress, type RowWork, type Scene, type Settings } from './work.ts'

type Enter = (scene: Scene, works: RowWork[], stage: string) => Promise<void>

const ROSTERS: Record<string, Enter> = {
  organisations: enterOrganisations,
  members: enterMembers,
  officers: enterOfficers,
}

export interface Taking {
  settings: Settings
  /** `good`: without the rows that fail; `all`: nothing when one fails; `none`: a check. */
  keep: 'good' | 'all' | 'none'
  progress: Progress
}

export interface Taken {
  outcomes: RowOutcome[]
  warnings: string[]
  newOrgs: { name: string; parent: string }[]
  batchId: string
  written: boolean
}

/** Rows that went through may fail once others are left out; that settles within a few rounds. */
const ROUNDS = 5

export async function takeOver(ctx: Context, understood: Understood, taking: Taking): Promise<Taken> {
  const batchId = newId()
  const outcomes = new Map<SheetRow, RowOutcome>()
  let rows = understood.reading.rows
  for (let round = 1; ; round++) {
    const { scene, works } = await attempt(ctx, understood, { taking, rows, batchId })
    for (const { source, ...work } of works) outcomes.set(source, outcomeOf(work))
    const good = works.filter((work) => !fails(work)).map((work) => work.source)
    const clean = good.length === works.length
    const kept = taking.keep !== 'none' && clean && good.length > 0
    await sql
      .raw(kept ? 'release savepoint import_attempt' : 'rollback to savepoint import_attempt')
      .execute(ctx.db)
    const again = !clean && taking.keep === 'good' && good.length > 0 && round < ROUNDS
    if (!again)
      return {
        outcomes: understood.reading.rows.flatMap((row) => outcomes.get(row) ?? []),
        warnings: [...scene.warnings],
        newOrgs: scene.newOrgs,
        batchId,
        written: kept,
      }
    rows = good
  }
}

/** A row as read, and what was made of it. */
interface Tried extends RowWork {
  source: SheetRow
}

async function attempt(
  ctx: Context,
  understood: Understood,
  { taking, rows, batchId }: { taking: Taking; rows: SheetRow[]; batchId: string },
): Promise<{ scene: Scene; works: Tried[] }> {
  const { target, org, reading } = understood
  if (!target) throw new Error('a sheet without a kind is not taken over')
  await sql`savepoint import_attempt`.execute(ctx.db)
  const scene: Scene = {
    ctx,
    target,
    org,
    reading,
    settings: taking.settings,
    batchId,
    names: await namesUnder(ctx, org),
    newOrgs: [],
    warnings: new Set(),
    progress: taking.progress,
  }
  const works: Tried[] = []
  const breath = breathing()
  for (const row of rows) {
    works.push(workOf(row))
    await breath()
  }
  await taking.progress('核对', 0, rows.length)
  const enter = ROSTERS[target.kind] ?? enterRecords
  await enter(scene, works, taking.keep === 'none' ? '核对' : '写入')
  return { scene, works }
}

const LABELS = ['name', 'title']

function workOf(row: SheetRow): Tried {
  const label = LABELS.map((field) => row.values[field]?.raw).find(Boolean) ?? ''
  return {
    source: row,
    row: { ...row, values: { ...row.values } },
    label: label.slice(0, 60),
    org: null,
    problems: row.problems.map((problem) => ({ ...problem })),
    done: 'new',
    effect: '',
  }
}
