/** What a record must be like before it is written. Pure: no database, no clock. */
import type { FieldProblem } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import { dateInWords, isDay } from '../../../kernel/period.ts'
import type { ParticipantInput, RecordBody } from './contract.ts'
import { ruleProblems, type Stated, titleOf, withCalculated } from './declared.ts'
import type { DayPrecision, LedgerDefinition } from './definition.ts'
import { coursesOf, type Reached } from './fields/course.ts'
import type { FieldValue } from './fields/kit.ts'
import type { Referred } from './fields/meant.ts'
import { normaliseFields } from './fields.ts'
import { idNumberProblems } from './idNumbers.ts'
import { closedOn, type OrgLife, openedOn, type Place, placeOn } from './places.ts'
import { checkQuantities, type Quantity } from './quantities.ts'
import { fallbackTitle, type SentenceRecord } from './sentences.ts'

export interface RecordDraft extends RecordBody {
  orgId: string
  /** What its fields mean, as far as that has been found. */
  references?: Referred[]
  /** What it names by id and nobody knows. */
  unknown?: FieldProblem[]
}

/** Everything that the rules need to know beside the draft. */
export interface Ground {
  definition: LedgerDefinition
  today: string
  lives: Map<string, OrgLife>
  /** Names of known people by id. */
  people: Map<string, string>
}

export interface PreparedHost {
  orgId: string
  countyId: string
  path: string
  name: string
}

export interface PreparedParticipant {
  personId: string | null
  name: string
  role: string
  hours: number | null
  points: number | null
  amount: number | null
}

export interface PreparedRecord {
  id: string
  orgId: string
  /** Its name on that day. */
  org: string
  countyId: string
  path: string
  day: string
  dayPrecision: DayPrecision
  dayTo: string | null
  title: string
  personTimes: number | null
  fields: Record<string, FieldValue>
  /** When each of its states was reached. */
  stages: Reached[]
  /** Which things its fields name, where that is known. */
  references: Referred[]
  quantities: Quantity[]
  hosts: PreparedHost[]
  participants: PreparedParticipant[]
}

type Result<T> = { value: T; problems: FieldProblem[] }

const problem = (field: string, reason: string, remedy: string): FieldProblem => ({ field, reason, remedy })

/** The record as it will stand, or everything that is wrong with it. `before`: of a correction, as it was. */
export function prepare(
  ground: Ground,
  draft: RecordDraft,
  before?: Stated,
): { record: PreparedRecord } | { problems: FieldProblem[] } {
  const { definition } = ground
  const life = ground.lives.get(draft.orgId)
  if (!life) return { problems: [problem('orgId', '没有找到这个组织', '请重新选择组织')] }
  const dated = checkDay(ground, life, draft)
  const { fields: typed, problems: fieldProblems } = normaliseFields(definition, draft.fields ?? {})
  const { quantities, problems: quantityProblems } = checkQuantities(draft.quantities ?? [])
  const participants = checkParticipants(ground, draft.participants ?? [])
  const hosts = checkHosts(ground, draft)
  const personTimes = checkPersonTimes(definition, draft, participants.value)
  const dayPrecision = precisionOf(definition, draft)
  const stages = coursesOf(definition, { day: draft.day, dayPrecision, fields: typed })
  const stated = {
    day: draft.day,
    stages,
    dayTo: draft.dayTo ?? null,
    personTimes: personTimes.value,
    named: participants.value.length,
    fields: typed,
  }
  const fields = withCalculated(definition, stated)
  const said: SentenceRecord = {
    org: dated.value?.place.name ?? '',
    day: draft.day,
    dayPrecision,
    dayTo: draft.dayTo ?? null,
    fields,
    quantities,
    hosts: hosts.value.map((h) => h.name),
    participants: participants.value,
    personTimes: personTimes.value,
  }
  const title = checkTitle(definition, draft, said)
  const problems = [
    ...dated.problems,
    ...title.problems,
    ...fieldProblems,
    ...(draft.unknown ?? []),
    ...idNumberProblems(definition, draft, before),
    ...notYet(ground, stages),
    ...quantityProblems,
    ...personTimes.problems,
    ...participants.problems,
    ...hosts.problems,
    ...ruleProblems(definition, { ...stated, fields }, before),
  ]
  if (problems.length > 0 || !dated.value) return { problems }
  const { place, ...days } = dated.value
  return {
    record: {
      id: draft.id ?? newId(),
      orgId: life.id,
      org: place.name,
      countyId: life.countyId,
      path: place.path,
      ...days,
      title: title.value,
      personTimes: personTimes.value,
      fields,
      stages,
      references: (draft.references ?? []).filter((r) => fields[r.field] !== undefined),
      quantities,
      hosts: hosts.value,
      participants: participants.value,
    },
  }
}

const precisionOf = (definition: LedgerDefinition, draft: RecordDraft): DayPrecision =>
  draft.dayPrecision ?? definition.day.precision ?? 'day'

/** Stages are what happened; what is planned is a date field of its own. */
const notYet = ({ definition, today }: Ground, stages: Reached[]): FieldProblem[] =>
  definition.day.future
    ? []
    : stages.flatMap(({ field, state, onDay }) =>
        onDay !== null && onDay > today
          ? [
              problem(
                field,
                `“${titleOf(definition, `${field}.${state}`)}”${onDay} 还没有到`,
                `今天是 ${today}，请等事情办完再记，或改正日期`,
              ),
            ]
          : [],
      )

interface Dated {
  day: string
  dayPrecision: DayPrecision
  dayTo: string | null
  place: Place
}

/** A month or year stands as its first day. */
const firstOf = (day: string, precision: DayPrecision): string =>
  precision === 'day' ? day : precision === 'month' ? `${day.slice(0, 7)}-01` : `${day.slice(0, 4)}-01-01`

function checkDay(ground: Ground, life: OrgLife, draft: RecordDraft): Result<Dated | null> {
  const { definition, today } = ground
  const { label, future, span } = definition.day
  if (!isDay(draft.day))
    return refused('day', `“${label}”的“${draft.day}”不是日期`, '请写成 2024-03-12 的样子')
  const dayPrecision = precisionOf(definition, draft)
  const day = firstOf(draft.day, dayPrecision)
  if (day > today && !future)
    return refused('day', `“${label}”${day} 还没有到`, `今天是 ${today}，请等事情办完再记，或改正日期`)
  const dayTo = draft.dayTo && draft.dayTo !== day ? draft.dayTo : null
  if (dayTo && !span) return refused('dayTo', '这本台账只记一天，没有结束日期', '请去掉结束日期')
  if (dayTo && (!isDay(dayTo) || dayTo < day))
    return refused('dayTo', `结束日期 ${dayTo} 早于开始日期`, '请把两个日期对调或改正')
  if (dayTo && dayTo > today && !future)
    return refused('dayTo', `结束日期 ${dayTo} 还没有到`, '还没有结束的，先不填结束日期')
  // A school's squads, a village's hall may be older than the organisation that lists them.
  const older = definition.standing && day < openedOn(life) ? life.spans[0] : undefined
  const place = placeOn(life, day, dayPrecision) ?? older
  if (!place) return { value: null, problems: [notOpen(life, day, dayPrecision)] }
  return { value: { day, dayPrecision, dayTo, place }, problems: [] }
}

const refused = (field: string, reason: string, remedy: string): Result<null> => ({
  value: null,
  problems: [problem(field, reason, remedy)],
})

function notOpen(life: OrgLife, day: string, precision: DayPrecision): FieldProblem {
  const name = life.spans.at(-1)?.name ?? '这个组织'
  const said = dateInWords(day, precision)
  const closed = closedOn(life)
  if (day < openedOn(life))
    return problem(
      'day',
      `“${name}”${openedOn(life)} 才设立，${said}还不存在`,
      '请改正日期，或改选当时的组织，或在组织沿革里更正设立日期',
    )
  return problem('day', `“${name}”已于 ${closed ?? ''} 撤销`, '请改正日期，或改选接替它的组织')
}

function checkTitle(definition: LedgerDefinition, draft: RecordDraft, said: SentenceRecord): Result<string> {
  const value = draft.title?.trim() || fallbackTitle(definition, said)
  const { label } = definition.name
  if (!value) return { value, problems: [problem('title', `没有填“${label}”`, `请补填“${label}”`)] }
  if (value.length > 200) return { value, problems: [problem('title', `“${label}”超过 200 个字`, '请缩短')] }
  return { value, problems: [] }
}

function checkParticipants(ground: Ground, given: ParticipantInput[]): Result<PreparedParticipant[]> {
  const problems: FieldProblem[] = []
  const value: PreparedParticipant[] = []
  const seen = new Set<string>()
  given.forEach((one, at) => {
    const field = `participants.${at}`
    const role = roleOf(ground.definition, one.role)
    const name = one.personId ? ground.people.get(one.personId) : one.name?.trim()
    if (!role) problems.push(problem(field, `没有“${one.role ?? ''}”这种角色`, rolesIn(ground.definition)))
    else if (!name) problems.push(problem(field, '没有找到这个人', '请重新选人，或直接写姓名'))
    else if (!(one.personId && seen.has(one.personId + role))) {
      if (one.personId) seen.add(one.personId + role)
      const { personId = null, hours = null, points = null, amount = null } = one
      value.push({ personId, name, role, hours, points, amount })
    }
  })
  return { value, problems }
}

const roleOf = ({ roles }: LedgerDefinition, given: string | undefined): string | undefined =>
  given === undefined ? roles[0]?.id : roles.find((r) => r.id === given || r.title === given)?.id

const rolesIn = ({ roles }: LedgerDefinition) =>
  roles.length > 0 ? `可用：${roles.map((r) => r.title).join('、')}` : '这本台账不登记人员'

/** How many were there by name: a known person once, whatever the roles. */
export function attending(definition: LedgerDefinition, participants: PreparedParticipant[]): number {
  const apart = new Set(definition.roles.filter((r) => r.attends === false).map((r) => r.id))
  const there = participants.filter((p) => !apart.has(p.role))
  const known = new Set(there.flatMap((p) => p.personId ?? []))
  return known.size + there.filter((p) => p.personId === null).length
}

/** The stated number, else the number of names; never fewer than the names. */
function checkPersonTimes(
  definition: LedgerDefinition,
  draft: RecordDraft,
  participants: PreparedParticipant[],
): Result<number | null> {
  const stated = draft.personTimes ?? null
  if (!definition.personTimes)
    return stated === null
      ? { value: null, problems: [] }
      : { value: null, problems: [problem('personTimes', '这本台账不记人次', '请去掉人次')] }
  const named = attending(definition, participants)
  if (stated === null) return { value: named || null, problems: [] }
  const { label } = definition.personTimes
  if (stated < named)
    return {
      value: stated,
      problems: [
        problem(
          'personTimes',
          `“${label}”${stated} 少于登记的 ${named} 个姓名`,
          `请改成不小于 ${named}，或核对名单`,
        ),
      ],
    }
  return { value: stated, problems: [] }
}

function checkHosts(ground: Ground, draft: RecordDraft): Result<PreparedHost[]> {
  const ids = [...new Set(draft.hosts ?? [])].filter((id) => id !== draft.orgId)
  if (ids.length > 0 && !ground.definition.joint)
    return { value: [], problems: [problem('hosts', '这本台账的记录不能几个组织联合', '请去掉联合组织')] }
  const value: PreparedHost[] = []
  const problems: FieldProblem[] = []
  for (const id of ids) {
    const life = ground.lives.get(id)
    const place =
      life && isDay(draft.day) ? placeOn(life, draft.day, precisionOf(ground.definition, draft)) : undefined
    if (life && place) value.push({ orgId: id, countyId: life.countyId, path: place.path, name: place.name })
    else if (life)
      problems.push(problem('hosts', `联合的“${life.spans.at(-1)?.name}”当天不存在`, '请改选当时的组织'))
    else problems.push(problem('hosts', '没有找到联合的组织', '请重新选择'))
  }
  // In the order in which they are read back, so that the sentence stays the same.
  value.sort((a, b) => (a.path < b.path ? -1 : 1))
  return { value, problems }
}
