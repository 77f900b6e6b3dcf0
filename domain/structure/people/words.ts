/** A person's codes and dates in the offices' words, for sheets that people read. Browser-safe. */
import { EDUCATION_LEVELS, ETHNICITIES, POLITICAL_STATUSES, SEXES, titleOf } from './codes.ts'
import type { PersonCard } from './contract.ts'

type Fields = Omit<PersonCard, 'memberships' | 'appointments' | 'version'>

export interface ExportColumn<T> {
  title: string
  width?: number
  value: (row: T) => string | number | null
}

const LENGTHS: Record<string, number> = { year: 4, month: 7 }

export const looseDate = (day: string | null, precision: string | null): string | null =>
  day?.slice(0, LENGTHS[precision ?? 'day'] ?? 10) ?? null

const word = (options: { value: string; title: string }[], value: string | null) =>
  value && titleOf(options, value)

export const personExport: Record<
  'name' | 'sex' | 'ethnicity' | 'birth' | 'age' | 'education' | 'politics' | 'idNo' | 'phone' | 'joined',
  ExportColumn<Fields>
> = {
  name: { title: '姓名', value: (p) => p.name },
  sex: { title: '性别', width: 6, value: (p) => word(SEXES, p.sex) },
  ethnicity: { title: '民族', width: 8, value: (p) => word(ETHNICITIES, p.ethnicity) },
  birth: { title: '出生日期', width: 12, value: (p) => looseDate(p.birthDate, p.birthPrecision) },
  age: { title: '年龄', width: 6, value: (p) => p.age },
  education: { title: '学历', value: (p) => word(EDUCATION_LEVELS, p.education) },
  politics: { title: '政治面貌', width: 14, value: (p) => word(POLITICAL_STATUSES, p.politics) },
  idNo: { title: '身份证号', width: 20, value: (p) => p.idNoMasked },
  phone: { title: '联系电话', width: 14, value: (p) => p.phoneMasked },
  joined: {
    title: '入团时间',
    width: 12,
    value: (p) => looseDate(p.joinedLeagueOn, p.joinedLeaguePrecision),
  },
}
