/** A person in the offices' words: columns that every list of people shares, choices of forms and filters. */
import {
  EDUCATION_LEVELS,
  IDENTITY_STATES,
  POLITICAL_STATUSES,
  SEXES,
} from '../../domain/structure/people/codes.ts'
import type { PersonCard } from '../../domain/structure/people/contract.ts'
import { looseDate, personExport } from '../../domain/structure/people/words.ts'
import type { Column } from '../kit/columns.ts'

export type PersonFields = Omit<PersonCard, 'memberships' | 'appointments' | 'version'>

export interface Choice {
  value: string
  title: string
}

/** As antd's Select wants them. */
export const optionsOf = (choices: Choice[]) => choices.map(({ value, title }) => ({ value, label: title }))

export const titleIn = (choices: Choice[], value: string | null) =>
  choices.find((c) => c.value === value)?.title ?? value ?? ''

/** 2024-03-12, 2024-03, 2024, 不详. */
export const dayShown = (day: string | null, precision: string | null) =>
  precision === 'unknown' || !day ? '不详' : (looseDate(day, precision) ?? '不详')

const plain = (choices: Choice[]): Choice[] => choices.map(({ value, title }) => ({ value, title }))

type PersonColumn =
  | 'name'
  | 'sex'
  | 'age'
  | 'birth'
  | 'ethnicity'
  | 'education'
  | 'politics'
  | 'phone'
  | 'idNo'
  | 'identityState'
  | 'occupation'
  | 'nativePlace'
  | 'joined'

/** Of lists that the server filters. */
export function personColumns<Row extends PersonFields>(): Record<PersonColumn, Column<Row>> {
  const choice = (choices: Choice[], several = true) => ({
    filter: { type: 'choice' as const, options: plain(choices), several },
  })
  return {
    name: { id: 'name', title: '姓名', value: (p) => p.name, fixed: true, width: 104, sortable: true },
    sex: { id: 'sex', title: '性别', value: personExport.sex.value, ...choice(SEXES, false) },
    age: { id: 'age', title: '年龄', value: (p) => p.age, numeric: true },
    birth: {
      id: 'birth',
      title: '出生日期',
      value: personExport.birth.value,
      sortable: true,
      hidden: true,
    },
    ethnicity: {
      id: 'ethnicity',
      title: '民族',
      value: personExport.ethnicity.value,
    },
    education: {
      id: 'education',
      title: '学历',
      value: personExport.education.value,
      ...choice(EDUCATION_LEVELS),
    },
    politics: {
      id: 'politics',
      title: '政治面貌',
      value: personExport.politics.value,
      ...choice(POLITICAL_STATUSES),
    },
    phone: { id: 'phone', title: '联系电话', value: (p) => p.phoneMasked },
    idNo: { id: 'idNo', title: '身份证号', value: (p) => p.idNoMasked, hidden: true },
    identityState: {
      id: 'identityState',
      title: '身份核实',
      value: (p) => titleIn(IDENTITY_STATES, p.identityState),
      hidden: true,
    },
    occupation: { id: 'occupation', title: '职业', value: (p) => p.occupation, hidden: true },
    nativePlace: { id: 'nativePlace', title: '籍贯', value: (p) => p.nativePlace, hidden: true },
    joined: {
      id: 'joined',
      title: '入团时间',
      value: personExport.joined.value,
      sortable: true,
      hidden: true,
    },
  }
}
