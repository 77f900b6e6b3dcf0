/** The spreadsheet that a ledger is read from and written to, derived from its declaration. Browser-safe. */
import type { Target, TargetField } from '../../../kernel/spreadsheet/target.ts'
import { withShared } from '../words/shared.ts'
import type { LedgerDefinition, LedgerField, ParticipantRole } from './definition.ts'
import { isAsked, isDate, isNumber, isSomeOf, kitOf, unitOf } from './fields/types.ts'
import { QUANTITIES, QUANTITIES_TITLE, QUANTITIES_WORDS } from './quantities.ts'

/** Columns of people in a role have this prefix: `role:participant`. */
export const ROLE_COLUMN = 'role:'
/** Of columns that nothing else claims: 讲座题目, 获得时间, 听众人数. */
const ENDINGS = {
  title: ['题目', '标题', '主题', '名称', '名目', '项目', '事项', '主题内容', '内容'],
  day: ['时间', '日期', '年月', '月份', '日'],
  personTimes: ['人次', '人数'],
}

/** The same, by what a field counts. */
const ENDINGS_OF_UNIT: Record<string, string[]> = {
  小时: ['时长', '小时数', '小时'],
  学时: ['学时', '课时', '学时数', '课时数'],
}

/**
 * Ids of its columns: org, day, dayTo, title, personTimes, hosts, `role:<id>` for the people in a role, and the
 * fields' own ids.
 */
export function targetOf(definition: LedgerDefinition): Target {
  const { id, title, sheetTitles } = definition
  return {
    kind: id,
    title,
    synonyms: sheetTitles,
    fields: withQuantities(
      withShared([
        ...commonColumns(definition),
        ...definition.fields.filter(isAsked).flatMap((field) => [columnOf(field), ...dayColumns(field)]),
      ]),
    ),
  }
}

/** Any ledger's sheet may state what was done, in words; words that a field of its own claims are that field's. */
function withQuantities(fields: TargetField[]): TargetField[] {
  const taken = new Set(fields.flatMap((one) => [one.title, ...one.synonyms]))
  const [title, ...synonyms] = [QUANTITIES_TITLE, ...QUANTITIES_WORDS].filter((word) => !taken.has(word))
  return title === undefined ? fields : [...fields, { id: QUANTITIES, title, kind: 'text', synonyms }]
}

function commonColumns(definition: LedgerDefinition): TargetField[] {
  const { name, day, personTimes, joint, roles } = definition
  return [
    {
      id: 'title',
      title: name.label,
      kind: 'text',
      required: name.fallback === undefined,
      synonyms: name.synonyms ?? [],
      endings: ENDINGS.title,
    },
    {
      id: 'day',
      title: day.label,
      kind: day.precision === 'month' ? 'month' : 'date',
      required: true,
      synonyms: day.synonyms ?? [],
      endings: ENDINGS.day,
      ...(day.future && { future: true }),
    },
    ...(day.span ? [dayTo(day.future)] : []),
    {
      id: 'org',
      title: '团组织',
      kind: 'org',
      place: true,
      synonyms: definition.org?.synonyms ?? [],
    },
    ...(personTimes
      ? [
          {
            id: 'personTimes',
            title: personTimes.label,
            kind: 'integer' as const,
            unit: '人次',
            synonyms: personTimes.synonyms ?? [],
            endings: ENDINGS.personTimes,
            totals: true,
            minimum: 0,
          },
        ]
      : []),
    ...roles.filter((role) => !role.retired).map(roleColumn),
    ...(joint ? [hosts] : []),
  ]
}

const dayTo = (future?: boolean): TargetField => ({
  id: 'dayTo',
  title: '结束日期',
  kind: 'date',
  synonyms: [],
  ...(future && { future: true }),
})

const hosts: TargetField = {
  id: 'hosts',
  title: '联合单位',
  kind: 'org',
  many: true,
  synonyms: [],
}

/** 参加人员, 志愿者. */
export const roleHeader = ({ title }: ParticipantRole): string =>
  /[者人员]$/.test(title) ? title : `${title}人员`

const roleColumn = (role: ParticipantRole): TargetField => ({
  id: `${ROLE_COLUMN}${role.id}`,
  title: roleHeader(role),
  kind: 'people',
  many: true,
  synonyms: role.synonyms ?? [],
})

function columnOf(field: LedgerField): TargetField {
  const { sheet } = kitOf(field.type)
  const kind = isDate(field) && field.precision === 'month' ? 'month' : sheet.kind
  const options = field.options?.filter((o) => !o.retired)
  const unit = unitOf(field)
  const endings = sheet.endings ?? ENDINGS_OF_UNIT[field.unit ?? '']
  return {
    id: field.id,
    title: field.title,
    kind,
    synonyms: field.synonyms ?? [],
    ...(endings && { endings }),
    ...(sheet.course && { course: sheet.course }),
    ...(field.required && { required: true }),
    ...(field.future && { future: true }),
    ...(options && { options }),
    ...(unit && { unit }),
    ...(isSomeOf(field) && { many: true }),
    ...(isNumber(field) && { totals: true, minimum: field.minimum ?? 0 }),
    ...(field.maximum !== undefined && { maximum: field.maximum }),
  }
}

/** The days of states that have a column of their own. */
const dayColumns = ({ days = [] }: LedgerField): TargetField[] =>
  days.map(({ id, title, synonyms = [] }) => ({ id, title, kind: 'date', synonyms }))
