import { expect, test } from 'vitest'
import { guessSheet, ledgerFrom, rowsOfPaste } from '../../../domain/records/ledgers/own/guess.ts'
import {
  changeType,
  freeId,
  moveField,
  optionsOf,
  optionsText,
  withField,
  withMeasure,
  withRole,
} from './change.ts'

const sheet = guessSheet(rowsOfPaste('日期、地点、献血量（毫升）、经费（元）')) ?? { title: '', columns: [] }
/** f1 地点, f2 献血量, f3 经费. */
const ledger = ledgerFrom({ ...sheet, title: '献血' }, '其他')

const ids = (d: typeof ledger) => d.fields.map((f) => f.id)

test('an id that older records know is never used again', () => {
  const grown = withField(withField(ledger, null, 'text'), null, 'choice')
  expect(ids(grown).slice(-2)).toEqual(['f4', 'f5'])
  const shrunk = { ...grown, fields: grown.fields.filter((f) => f.id !== 'f5') }
  expect(freeId(shrunk, grown)).toBe('f6')
  expect(freeId(shrunk, null)).toBe('f5')
})

test('fields are moved to any place and nowhere beyond the ends', () => {
  expect(ids(moveField(ledger, 'f3', 0))).toEqual(['f3', 'f1', 'f2'])
  expect(ids(moveField(ledger, 'f1', 9))).toEqual(['f2', 'f3', 'f1'])
  expect(ids(moveField(ledger, 'f1', -1))).toEqual(['f1', 'f2', 'f3'])
})

test('options keep their values while their words change', () => {
  const first = optionsOf('全血：献全血、全血捐献\n成分血')
  expect(first).toEqual([
    { value: 'o1', title: '全血', synonyms: ['献全血', '全血捐献'] },
    { value: 'o2', title: '成分血' },
  ])
  expect(optionsText(first)).toBe('全血：献全血、全血捐献\n成分血')
  expect(optionsOf('全血\n血小板', first)?.map((o) => o.value)).toEqual(['o1', 'o2'])
  expect(optionsOf('成分血\n全血\n其他', first)?.map((o) => o.value)).toEqual(['o2', 'o1', 'o3'])
  expect(optionsOf('成分血', first)?.map((o) => o.value)).toEqual(['o2'])
})

test('another type keeps what still makes sense', () => {
  const volume = {
    ...ledger.fields[1],
    required: true,
    maximum: 9,
  } as (typeof ledger.fields)[0]
  expect(changeType(volume, 'number')).toMatchObject({ title: '献血量', unit: '毫升', required: true })
  expect(changeType(volume, 'text')).not.toHaveProperty('unit')
  expect(changeType(volume, 'calculated')).not.toHaveProperty('required')
  expect(changeType(volume, 'choice').options).toHaveLength(2)
})

test('who names people counts attendances; a measure has an id of its own', () => {
  expect(withRole(ledger, null)).toMatchObject({
    personTimes: { label: '参加人次' },
    roles: [{ id: 'p1', title: '参加' }],
  })
  expect(withMeasure(withMeasure(ledger)).measures.map((m) => m.id)).toEqual(['f2Sum', 'f3Sum', 'm1', 'm2'])
})
