/** What the register already says of the people in a roster. */
import { sql } from 'kysely'
import type { Entered } from '../../../structure/people/enter.ts'
import type { TieTable } from '../../../structure/people/ties.ts'
import { complain, dateOf, type RowWork, type Scene, textOf } from '../work.ts'

const TITLES: Record<string, string> = {
  sex: '性别',
  birth: '出生日期',
  ethnicity: '民族',
  nativePlace: '籍贯',
  idNumber: '身份证号',
  phone: '电话',
  occupation: '职业',
  joinedLeague: '入团时间',
  reportedAge: '年龄',
  education: '学历',
  politics: '政治面貌',
  mobile: '流动情况',
  graduateVillageOfficial: '大学生村官',
}
/** Ids of the reader's fields where they differ from the register's. */
const FIELDS: Record<string, string> = {
  birth: 'birthDate',
  joinedLeague: 'joinedLeagueOn',
  politics: 'politicalStatus',
  reportedAge: 'age',
}

export const filledIn = (person: Entered): string =>
  person.filled.length === 0 ? '' : `补充${person.filled.map((field) => TITLES[field] ?? field).join('、')}`

/** What the row says otherwise than the register: told, never written. Another name needs somebody's word. */
export function tellConflicts(scene: Scene, work: RowWork, person: Entered): void {
  for (const { field, known, given } of person.conflicts) {
    if (field === 'name')
      complain(scene, work, {
        severity: 'confirm',
        field: 'name',
        reason:
          known === null
            ? `这个身份证号已登记在您管理范围以外，姓名和表里的“${given}”不同`
            : `这个身份证号登记的姓名是“${known}”，表里是“${given}”`,
        remedy: '请对照证件改正；确是同一人的，可以确认后按已登记的人处理，姓名另在个人资料里更正。',
        accept: 'otherName',
      })
    else
      complain(scene, work, {
        severity: 'warning',
        field: FIELDS[field] ?? field,
        reason: `${TITLES[field] ?? field}与登记的不一致（${known === null ? '' : `登记：${known}；`}表里：${given}），没有改动`,
        remedy: '表里对的话，请在个人资料里更正。',
      })
  }
}

export interface Standing {
  orgId: string
  name: string
  sex: string | null
  birthDate: string | null
  birthPrecision: string | null
  hasId: boolean
}

/** Members or officers in force there who bear these names and were there before this import. */
export async function namesakesIn(scene: Scene, works: RowWork[], table: TieTable): Promise<Standing[]> {
  const orgIds = works.flatMap((work) => work.org?.id ?? [])
  const names = works.flatMap((work) => textOf(work.row, 'name') ?? [])
  if (orgIds.length === 0) return []
  const { rows } = await sql<Standing>`
    select m.org_id, p.name, p.sex, p.birth_date, p.birth_precision, p.id_no_sealed is not null as has_id
    from ${sql.id(table)} m join person p on p.county_id = m.county_id and p.id = m.person_id
    where m.org_id = any(${[...new Set(orgIds)]}::uuid[]) and p.name = any(${[...new Set(names)]})
      and m.voided_at is null and m.valid_to = 'infinity' and m.batch_id is distinct from ${scene.batchId}`.execute(
    scene.ctx.db,
  )
  return rows
}

interface Told {
  sex: string | null
  birth: string | null
  hasId: boolean
}

/** Nothing that both state sets them apart. */
const couldBeOne = (a: Told, b: Told): boolean =>
  !(a.hasId && b.hasId) &&
  (a.sex === null || b.sex === null || a.sex === b.sex) &&
  (a.birth === null || b.birth === null || a.birth.startsWith(b.birth) || b.birth.startsWith(a.birth))

const toldBy = ({ row }: RowWork): Told => ({
  sex: textOf(row, 'sex') ?? null,
  birth: dateOf(row, 'birthDate')?.slice(0, 10) ?? null,
  hasId: textOf(row, 'idNumber') !== undefined,
})

const KNOWN_LENGTH: Record<string, number> = { year: 4, month: 7 }

const toldOf = (one: Standing): Told => ({
  sex: one.sex,
  birth: one.birthDate?.slice(0, KNOWN_LENGTH[one.birthPrecision ?? ''] ?? 10) ?? null,
  hasId: one.hasId,
})

/** Never one by name alone, and never two without a word: somebody has to say. */
export function askAboutNamesake(scene: Scene, work: RowWork, standing: Standing[]): void {
  const mine = toldBy(work)
  const one = standing.find(
    (other) =>
      other.orgId === work.org?.id &&
      other.name === textOf(work.row, 'name') &&
      couldBeOne(toldOf(other), mine),
  )
  if (one) ask(scene, work, `“${work.org?.name}”已有同名的“${one.name}”，没有能区分的资料`)
}

/** Two rows of one branch and name that nothing sets apart. */
export function askAboutTwins(scene: Scene, works: RowWork[]): void {
  const seen = new Map<string, RowWork[]>()
  for (const work of works) {
    const key = `${work.org?.id} ${textOf(work.row, 'name')}`
    const before = seen.get(key) ?? []
    const twin = before.find((other) => couldBeOne(toldBy(other), toldBy(work)) && !setApart(other, work))
    if (twin) ask(scene, work, `与第 ${twin.row.rowNumber} 行同一支部、同名，没有能区分的资料`)
    seen.set(key, [...before, work])
  }
}

/** Marks that change with time tell two rows of one sheet apart, though not a row from the register. */
const setApart = (a: RowWork, b: RowWork): boolean =>
  ['phone', 'joinedLeagueOn'].some((field) => {
    const [one, other] = [textOf(a.row, field), textOf(b.row, field)]
    return one !== undefined && other !== undefined && one !== other
  })

const ask = (scene: Scene, work: RowWork, reason: string) =>
  complain(scene, work, {
    severity: 'confirm',
    field: 'name',
    reason,
    remedy:
      '是同一人的，请删去这一行，或补上与登记一致的身份证号、电话或出生日期；确是两个人的，可以确认后登记。',
    accept: 'namesake',
  })

/** A refusal of the registers in two parts: what is wrong, and what to do. */
export function sayRefused(message: string | null): { reason: string; remedy: string } {
  const [reason = '', ...rest] = (message ?? '没有写入').split('。')
  return {
    reason,
    remedy:
      rest
        .filter(Boolean)
        .map((part) => `${part}。`)
        .join('') || '请改正后再导入。',
  }
}
