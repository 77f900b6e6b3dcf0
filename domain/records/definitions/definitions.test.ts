import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { LedgerDefinition } from '../ledgers/definition.ts'
import { faultsOf } from '../ledgers/faults.ts'
import { ledgerMeasures } from '../ledgers/measures.ts'
import { builtInLedgers } from '../ledgers/registry.ts'
import { targetOf } from '../ledgers/sheet.ts'

test('the folder is the list', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => !name.endsWith('.test.ts'))
  expect(builtInLedgers.map((d) => `${d.id}.ts`).sort()).toEqual(files.sort())
})

test.each(builtInLedgers.map((d) => [d.id, d] as const))(
  '%s is data, and nothing but data',
  (_id, definition) => {
    expect(JSON.parse(JSON.stringify(definition))).toEqual(definition)
    expect(faultsOf(definition)).toEqual([])
  },
)

test.each(builtInLedgers.map((d) => [d.id, d] as const))(
  'no header of %s means two columns',
  (_id, definition) => {
    const words = targetOf(definition).fields.flatMap((f) => [...new Set([f.title, ...f.synonyms])])
    expect(words.filter((w, at) => words.indexOf(w) !== at)).toEqual([])
  },
)

test('measures have ids of their own', () => {
  const ids = ledgerMeasures(builtInLedgers).measures.map((m) => m.id)
  expect(new Set(ids).size).toBe(ids.length)
})

test.each([
  ['id', { id: 'Ärger' }],
  ['fields.day', { fields: [{ id: 'day', title: '日', type: 'text', usedBy: '甲' }] }],
  ['fields.x.type', { fields: [{ id: 'x', title: '某', type: 'colour', usedBy: '甲' }] }],
  ['fields.x.usedBy', { fields: [{ id: 'x', title: '某', type: 'text', usedBy: '' }] }],
  ['fields.x.options', { fields: [{ id: 'x', title: '某', type: 'choice', usedBy: '甲' }] }],
  [
    'measures.m.field',
    { measures: [{ id: 'm', title: '某', unit: '元', kind: 'sum', field: 'note', definition: '某' }] },
  ],
  [
    'measures.m.unit',
    { measures: [{ id: 'm', title: '某', unit: '吨', kind: 'sum', field: 'bonus', definition: '某' }] },
  ],
  [
    'measures.m.where',
    { measures: [{ id: 'm', title: '某', unit: '项', kind: 'count', where: { x: '1' }, definition: '某' }] },
  ],
  ['measures.m', { measures: [{ id: 'm', title: '某', unit: '%', kind: 'ratio', definition: '某' }] }],
  ['sentences.s', { sentences: [{ id: 's', of: 'record', text: '{day}[{colour}]' }] }],
  ['sentences.s', { sentences: [{ id: 's', of: 'record', text: '{day}[' }] }],
])('a fault is named: %s', (place, wrong) => {
  const award = builtInLedgers.find((d) => d.id === 'award')
  const broken = { ...award, ...wrong } as LedgerDefinition
  expect(faultsOf(broken).map((f) => f.field)).toContain(place)
})
