/** Who it is: somebody found in the register, or a person typed here for the first time. */
import { Input, Select } from 'antd'
import {
  EDUCATION_LEVELS,
  ETHNICITIES,
  POLITICAL_STATUSES,
  SEXES,
} from '../../domain/structure/people/codes.ts'
import type { PersonInput } from '../../domain/structure/people/contract.ts'
import { DateField, looseDate, type PreciseDate } from '../kit/DateField.tsx'
import { Field, Fields } from '../kit/Form.tsx'
import { type ChosenPerson, PersonPicker } from '../kit/PersonPicker.tsx'
import { type Choice, optionsOf } from './words.ts'

/** Dates as typed; a text that is not known is ''. */
export interface Facts {
  sex: string
  birth: PreciseDate | null
  ethnicity: string
  education: string
  politics: string
  idNumber: string
  phone: string
  occupation: string
  nativePlace: string
  joinedLeague: PreciseDate | null
}

export const NO_FACTS: Facts = {
  sex: '',
  birth: null,
  ethnicity: '',
  education: '',
  politics: '',
  idNumber: '',
  phone: '',
  occupation: '',
  nativePlace: '',
  joinedLeague: null,
}

export interface PersonAsked {
  who: ChosenPerson | null
  facts: Facts
}

export const NOBODY: PersonAsked = { who: null, facts: NO_FACTS }

/** The part of a body that says who it is. */
export function personBody({ who, facts }: PersonAsked): { personId?: string; person?: PersonInput } {
  if (who?.personId) return { personId: who.personId }
  const { birth, joinedLeague, ...texts } = facts
  const dates = { birth: looseDate(birth), joinedLeague: looseDate(joinedLeague) }
  const known = Object.entries({ ...texts, ...dates }).filter(([, value]) => value)
  return { person: { name: who?.name ?? '', ...Object.fromEntries(known) } }
}

interface PersonFieldsProps {
  value: PersonAsked
  onChange: (value: PersonAsked) => void
  /** Found first within it. */
  org?: string | undefined
}

export function PersonFields({ value, onChange, org }: PersonFieldsProps) {
  const { who, facts } = value
  const isNew = who !== null && who.personId === null
  return (
    <Fields>
      <Field
        label="姓名"
        name="person"
        required
        hint={
          isNew
            ? '名册里没有这个名字，将按新人登记。下面知道多少填多少。'
            : '先在名册里找；没有的，直接输入姓名。'
        }
      >
        {(id) => (
          <PersonPicker
            id={id}
            single
            freeNames
            {...(org ? { org } : {})}
            value={who ? [who] : []}
            onChange={(people) => onChange({ ...value, who: people[0] ?? null })}
          />
        )}
      </Field>
      {isNew && (
        <FactFields facts={facts} set={(patch) => onChange({ who, facts: { ...facts, ...patch } })} />
      )}
    </Fields>
  )
}

interface FactFieldsProps {
  facts: Facts
  set: (patch: Partial<Facts>) => void
  /** What is changed elsewhere, since a day on. */
  without?: (keyof Facts)[]
  /** Shown in empty fields whose present value is masked. */
  masked?: { idNumber: string | null; phone: string | null }
}

const LOOSE = ['day', 'month', 'year'] as const

export function FactFields({ facts, set, without = [], masked }: FactFieldsProps) {
  const choose = (key: 'sex' | 'ethnicity' | 'education' | 'politics', label: string, choices: Choice[]) =>
    !without.includes(key) && (
      <Field label={label} name={key} half>
        {(id) => (
          <Select
            id={id}
            allowClear
            showSearch={choices.length > 8 ? { optionFilterProp: 'label' } : false}
            value={facts[key] || null}
            options={optionsOf(choices)}
            onChange={(next) => set({ [key]: next ?? '' })}
          />
        )}
      </Field>
    )
  const write = (key: 'idNumber' | 'phone' | 'occupation' | 'nativePlace', label: string, hint?: string) => (
    <Field label={label} name={key} half hint={hint}>
      {(id) => (
        <Input
          id={id}
          value={facts[key]}
          maxLength={100}
          autoComplete="off"
          placeholder={hintOf(masked, key)}
          onChange={(e) => set({ [key]: e.target.value })}
        />
      )}
    </Field>
  )
  const date = (key: 'birth' | 'joinedLeague', label: string) => (
    <Field label={label} name={key} half>
      {(id) => (
        <DateField
          id={id}
          value={facts[key]}
          onChange={(next) => set({ [key]: next })}
          precisions={[...LOOSE]}
        />
      )}
    </Field>
  )
  return (
    <>
      {choose('sex', '性别', SEXES)}
      {date('birth', '出生日期')}
      {choose('ethnicity', '民族', ETHNICITIES)}
      {choose('education', '学历', EDUCATION_LEVELS)}
      {choose('politics', '政治面貌', POLITICAL_STATUSES)}
      {write('idNumber', '身份证号', '可以以后补；有了它，同名的人不会混。')}
      {write('phone', '联系电话')}
      {write('occupation', '职业')}
      {write('nativePlace', '籍贯')}
      {date('joinedLeague', '入团时间')}
    </>
  )
}

function hintOf(masked: FactFieldsProps['masked'], key: string): string {
  const now = key === 'idNumber' ? masked?.idNumber : key === 'phone' ? masked?.phone : null
  return now ? `${now}，不改就留空` : ''
}
