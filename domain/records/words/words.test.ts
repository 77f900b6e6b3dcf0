import { describe, expect, test } from 'vitest'
import type { FieldKind } from '../../../kernel/spreadsheet/target.ts'
import { definition as award } from '../definitions/award.ts'
import { ledgerMeasures } from '../ledgers/measures.ts'
import { builtInLedgers } from '../ledgers/registry.ts'
import { targetOf } from '../ledgers/sheet.ts'
import { worded } from '../ledgers/worded.ts'
import { withShared } from './shared.ts'

const each = builtInLedgers.map((d) => [d.id, d] as const)

describe('words of built-in ledgers', () => {
  test.each(each)('every column of %s has another word than its title', (_id, definition) => {
    const mute = targetOf(definition).fields.filter((f) => f.synonyms.length === 0)
    expect(mute.map((f) => f.title)).toEqual([])
  })

  test.each(each)('no word of %s asks for two measures', (_id, definition) => {
    const asked = Object.values(definition.asked ?? {}).flat()
    const titles = ledgerMeasures([definition]).measures.map((m) => m.title)
    expect(asked.filter((word, at) => asked.indexOf(word) !== at || titles.includes(word))).toEqual([])
  })

  test('what is asked for is a measure', () => {
    const known = new Set(ledgerMeasures(builtInLedgers).measures.map((m) => m.id))
    const asked = builtInLedgers.flatMap((d) => Object.keys(d.asked ?? {}).map((id) => `${d.id}.${id}`))
    expect(asked.filter((id) => !known.has(id))).toEqual([])
    expect(asked).not.toEqual([])
  })

  test('words of nothing that the ledger has are refused', () => {
    expect(() => worded(award, { headers: { colour: '颜色' } })).toThrow('award name what it has not: colour')
    expect(() => worded(award, { options: { 'recipient.dog': '狗' } })).toThrow('recipient.dog')
    expect(worded(award, { headers: { level: '层次 级次' } }).fields[0]?.synonyms).toEqual(['层次', '级次'])
  })
})

describe('shared words', () => {
  const column = (id: string, title: string, synonyms: string[] = []) => ({
    id,
    title,
    kind: 'text' as FieldKind,
    synonyms,
  })
  const of = (columns: ReturnType<typeof column>[], id: string) =>
    withShared(columns).find((c) => c.id === id)?.synonyms

  test('endings that say the same are said once', () => {
    expect(of([column('grantor', '授予单位')], 'grantor')).toEqual(['授予部门', '授予机构', '授予机关'])
  })

  test('what a column calls itself is no other’s', () => {
    expect(of([column('a', '授予单位'), column('b', '授予部门')], 'a')).toEqual([])
    const chosen = { ...column('b', '依据', ['授予机关']), kind: 'choice' as const }
    expect(withShared([column('a', '授予单位'), chosen])[0]?.synonyms).toEqual(['授予部门', '授予机构'])
  })

  test('a shared word that might mean two columns means neither', () => {
    expect(of([column('a', '奖惩类别'), column('b', '奖惩种类')], 'a')).toEqual([])
    expect(of([column('kind', '类别'), column('form', '形式')], 'form')).toEqual([])
    expect(of([column('form', '形式')], 'form')).toEqual(['类别', '类型'])
  })
})
