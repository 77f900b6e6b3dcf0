import { expect, test } from 'vitest'
import type { Target, TargetField } from '../../../../kernel/spreadsheet/target.ts'
import { isKin, kinField } from './kin.ts'

const field = (id: string, kind: TargetField['kind'], title: string, words = ''): TargetField => ({
  id,
  kind,
  title,
  synonyms: words.split(' ').filter(Boolean),
})

const visits: Target = {
  kind: 'visits',
  title: '走访慰问',
  synonyms: ['走访'],
  fields: [
    field('title', 'text', '走访事由', '走访内容'),
    field('day', 'date', '走访日期', '慰问时间'),
    field('households', 'integer', '走访户数'),
    field('people', 'integer', '走访人数'),
    field('money', 'money', '慰问金额'),
    field('issued', 'integer', '发放问卷数'),
    field('leaders', 'yesNo', '领导参加'),
    field('who', 'text', '出席领导'),
  ],
}

const meant = (header: string, mayBe: (one: TargetField) => boolean = () => true) =>
  kinField(header, visits, mayBe)?.id ?? null

test.each([
  ['问卷发放数量（份）', 'issued'],
  ['慰问走访时间', 'day'],
  ['走访工作内容', 'title'],
  ['走访缘由', 'title'],
  ['走访总户数', 'households'],
  ['慰问款项（元）', 'money'],
  ['有无领导出席', 'leaders'],
  ['领导是否到场', 'leaders'],
])('%s says %s in other words', (header, id) => expect(meant(header)).toBe(id))

test.each(['时间', '内容', '走访', '未走访户数', '户主', '领导'])('%s alone says none', (header) =>
  expect(meant(header)).toBeNull(),
)

test('what may not be is not, and what could be two is none', () => {
  expect(meant('问卷发放数量', (one) => one.id !== 'issued')).toBeNull()
  const twice = { ...visits, fields: [...visits.fields, field('other', 'integer', '问卷发放数')] }
  expect(kinField('发放问卷总数量', twice, () => true)).toBeNull()
})

test('a header row is known by kin, a value is not', () => {
  expect([isKin('慰问款项（元）', [visits]), isKin('三月五日', [visits])]).toEqual([true, false])
})
