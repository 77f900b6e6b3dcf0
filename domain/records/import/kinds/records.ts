/** Rows of a ledger: one record each, or one record for the people of an occasion. */
import { sql } from 'kysely'
import { insertRows } from '../../../../kernel/database/bulk.ts'
import type { FieldProblem } from '../../../../kernel/errors.ts'
import { newId } from '../../../../kernel/id.ts'
import type { LedgerDefinition } from '../../ledgers/definition.ts'
import { enterRecords, type Twins } from '../../ledgers/enter.ts'
import { isProse } from '../../ledgers/fields/types.ts'
import { ledger } from '../../ledgers/registry.ts'
import type { RecordDraft } from '../../ledgers/rules.ts'
import { ROLE_COLUMN } from '../../ledgers/sheet.ts'
import type { OrgNames } from '../orgNames.ts'
import { namesOfCounty, placeRow } from '../places.ts'
import { complain, fails, inParts, type RowWork, type Scene, textOf } from '../work.ts'
import { type Drafted, joinPeople } from './byPerson.ts'
import { joinAmounts, tellDirection } from './cashBook.ts'
import { draftOf } from './drafts.ts'
import { beLenient } from './leniency.ts'
import { recordKey, recordsThere } from './recordKeys.ts'

export async function enter(scene: Scene, works: RowWork[], stage: string): Promise<void> {
  const definition = await ledger(scene.ctx, scene.target.kind)
  const county = await namesOfCounty(scene.ctx, scene.org)
  takeDayAbove(scene, works, definition)
  takeContentAsTitle(scene, works, definition)
  joinAmounts(scene, works, definition)
  tellDirection(scene, works, definition)
  const drafted: Drafted[] = []
  for (const work of works) {
    beLenient(scene, work, definition)
    const draft = await placed(scene, work, { definition, county })
    if (draft && !fails(work)) drafted.push({ draft, works: [work] })
  }
  const joined = joinPeople(scene, drafted, definition)
  askAboutRepeated(scene, joined, definition)
  const standing = joined.filter(({ works: rows }) => !rows.some(fails))
  await passOverKnown(scene, standing, definition)
  const fresh = standing.filter(({ works: rows }) => rows.every((work) => work.done === 'new'))
  await inParts(scene, stage, fresh, (part) => enterPart(scene, part, definition))
}

async function placed(
  scene: Scene,
  work: RowWork,
  drafting: { definition: LedgerDefinition; county: OrgNames },
): Promise<RecordDraft | null> {
  const at = textOf(work.row, 'day')
  const org = await placeRow(scene, work, { field: 'org', at: at && `${at}-01`.slice(0, 10) })
  work.org = org && { id: org.id, name: org.name }
  return org && draftOf(scene, work, drafting, org.id)
}

/** 2024年3月团费收缴表 without a column for the month is of that month; any other day is asked about. */
function takeDayAbove(scene: Scene, works: RowWork[], { day: rule }: LedgerDefinition): void {
  const { when } = scene.reading.title
  if (!when || scene.reading.columns.some((column) => column.field === 'day')) return
  const monthly = rule.precision === 'month'
  if (monthly && when.precision === 'year') return
  const shown = when.value.slice(0, monthly ? 7 : SHOWN[when.precision])
  const words = inWords(shown)
  const told = `没有“${rule.label}”一列，按表题记为 ${words}`
  const agreed = monthly || scene.settings.accepted.has('titleDay')
  if (agreed) scene.warnings.add(`表里${told}。`)
  for (const work of works) {
    const { row, problems } = work
    const missing = problems.findIndex((one) => one.field === 'day')
    if (missing >= 0) problems.splice(missing, 1)
    if (agreed)
      row.values.day = {
        value: monthly ? shown : when.value,
        raw: words,
        precision: monthly ? 'month' : when.precision,
      }
    else
      complain(scene, work, {
        severity: 'confirm',
        field: 'day',
        reason: told,
        remedy: `请同意按表题登记，或加一列“${rule.label}”逐行填写。`,
        accept: 'titleDay',
      })
  }
}

const SHOWN = { year: 4, month: 7, day: 10 }

const inWords = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month ? `${month}月` : ''}${date ? `${date}日` : ''}`
}

const LONGEST_TITLE = 60

/** 日期、活动内容、人数: where nothing else names the activity, its short content does. */
function takeContentAsTitle(scene: Scene, works: RowWork[], definition: LedgerDefinition): void {
  const mapped = (field: string) => scene.reading.columns.find((column) => column.field === field)
  const content = definition.fields.find((field) => isProse(field) && mapped(field.id))
  if (!content || mapped('title') || definition.name.fallback !== undefined) return
  const header = mapped(content.id)?.header ?? content.title
  scene.warnings.add(`表里没有“${definition.name.label}”一列，用“${header}”作名称。`)
  for (const { row, problems } of works) {
    const text = textOf(row, content.id)
    const missing = problems.findIndex((one) => one.field === 'title')
    if (text === undefined || text.length > LONGEST_TITLE || missing < 0) continue
    row.values.title = { value: text, raw: text }
    problems.splice(missing, 1)
  }
}

/** Two rows that say the same in every column: one of them is too many, or somebody says that it is not. */
function askAboutRepeated(scene: Scene, drafted: Drafted[], definition: LedgerDefinition): void {
  const seen = new Map<string, RowWork>()
  for (const { draft, works } of drafted) {
    const [work] = works
    const key = recordKey(definition, draft) + JSON.stringify(draft.participants)
    const first = seen.get(key)
    if (!work) continue
    if (first)
      complain(scene, work, {
        severity: 'confirm',
        field: 'title',
        reason: `与第 ${first.row.rowNumber} 行各列都相同，像是重复了`,
        remedy: '请只留一行；确是两次的，可以确认后都登记。',
        accept: 'sameRow',
      })
    else seen.set(key, work)
  }
}

/** Ledgers that grow are handed in again and again: what stands already is not written twice. */
async function passOverKnown(scene: Scene, drafted: Drafted[], definition: LedgerDefinition): Promise<void> {
  const there = await recordsThere(
    scene.ctx,
    definition,
    drafted.map(({ draft }) => draft),
  )
  for (const { draft, works } of drafted) {
    const key = recordKey(definition, draft)
    const left = there.get(key) ?? 0
    if (left === 0) continue
    there.set(key, left - 1)
    for (const work of works) {
      work.done = 'unchanged'
      work.effect = `“${work.org?.name}”已有同样的记录，没有变化`
    }
  }
}

/** A name that one member alone bears below the organisation is that member; of several nobody knows who is meant. */
async function enterPart(scene: Scene, part: Drafted[], definition: LedgerDefinition): Promise<void> {
  const drafts = part.map(({ draft }) => draft)
  await keepDeclarations(scene, definition, drafts)
  const { written, problems, twins } = await enterRecords(scene.ctx, definition.id, drafts, {
    batchId: scene.batchId,
    recognise: true,
  })
  const wrong = new Map(problems.map((one) => [one.row, one.problems]))
  part.forEach(({ works }, i) => {
    for (const work of works) {
      work.effect = `记入“${work.org?.name}”的${definition.title}`
      for (const problem of wrong.get(i) ?? []) complainOf(scene, work, problem)
      tellAsked(scene, work, written[i]?.asked ?? [])
    }
    const [first] = works
    for (const one of twins) if (one.row === i && first) tellTwins(scene, first, one)
  })
}

function tellTwins(scene: Scene, work: RowWork, { name, people }: Twins): void {
  const each = people.map((p) => [p.orgName, p.birthMonth ?? ''].filter(Boolean).join(' '))
  complain(scene, work, {
    severity: 'warning',
    field: ROLE_COLUMN,
    reason: `“${name}”有 ${people.length} 个同名的团员（${each.join('、')}），只记了姓名`,
    remedy: '知道是谁的，请打开这条记录点“修改”，在名单里改选。',
  })
}

/** Hosts beyond the recorder's neighbours have to agree first. */
function tellAsked(scene: Scene, work: RowWork, names: string[]): void {
  if (names.length === 0) return
  complain(scene, work, {
    severity: 'warning',
    field: 'hosts',
    reason: `“${names.join('、')}”要对方同意后才计入对方`,
    remedy: '已经发出邀请，对方在工作台的待办里答复。',
  })
}

function complainOf(scene: Scene, work: RowWork, { field, reason, remedy }: FieldProblem): void {
  const column = field === 'orgId' ? 'org' : field.startsWith('participants.') ? ROLE_COLUMN : field
  complain(scene, work, {
    severity: 'error',
    field: column,
    reason,
    remedy: remedy ? `${remedy}。` : '请改正。',
  })
}

/** A record takes back a 本期无 that it contradicts; an undo of the import gives it back. */
async function keepDeclarations(
  scene: Scene,
  definition: LedgerDefinition,
  drafts: RecordDraft[],
): Promise<void> {
  const { rows } = await sql<{ countyId: string; id: string }>`
    select distinct n.county_id, n.id from nil_declaration n
    join unnest(${drafts.map((one) => one.orgId)}::uuid[], ${drafts.map((one) => one.day)}::date[]) as made(org_id, day)
      on n.org_id = made.org_id and made.day between n.from_day and n.to_day
    where n.ledger = ${definition.id} and n.voided_at is null`.execute(scene.ctx.db)
  await insertRows(
    scene.ctx.db,
    'batchChange',
    rows.map(({ countyId, id }) => ({
      countyId,
      id: newId(),
      batchId: scene.batchId,
      subject: 'nilDeclaration',
      subjectId: id,
      before: { voidedAt: null },
    })),
  )
}
