import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { builtInLedgers } from '../records/ledgers/registry.ts'
import { parseSentence, slotsOf } from '../records/ledgers/sentences.ts'
import { ASKED } from './asked/words.ts'
import { catalogueOf } from './catalogue.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const known = catalogueOf(builtInLedgers).measures
const full = (ledger: string, id: string) => (id.includes('.') ? id : `${ledger}.${id}`)
const unknown = (ids: string[]) => ids.filter((id) => !known.has(id))

const sources = ['domain', 'web', 'server', 'kernel', 'demo']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }).map((f) => ({
      file: join(f.parentPath, f.name),
      test: /\.(test|e2e|long)\.tsx?$/.test(f.name),
    })),
  )
  .filter(({ file, test }) => /\.tsx?$/.test(file) && !test)
  .map(({ file }) => [file.slice(ROOT.length + 1), readFileSync(file, 'utf8')] as const)

const found = (pattern: RegExp) =>
  sources.flatMap(([file, text]) => [...text.matchAll(pattern)].map((m) => ({ file, id: m[1] ?? '' })))

test('every measure that code asks for by name is in the catalogue', () => {
  const asked = found(/\bmeasure\('([^']+)'\)/g)
  expect(asked.length).toBeGreaterThan(50)
  expect(asked.filter(({ id }) => !known.has(id))).toEqual([])
})

test('code names no measure beside measure(…), where measures are not declared', () => {
  const declares =
    /^(domain\/(structure\/.*\/measures|records\/(ledgers|definitions)\/.*|indicators\/asked\/words)\.ts|demo\/)/
  const plain = found(/(?<!\bmeasure\()'([a-z][A-Za-z]*\.[a-zA-Z]+)'/g)
  expect(plain.filter(({ file, id }) => known.has(id) && !declares.test(file))).toEqual([])
})

test('what declarations name is in the catalogue', () => {
  const named = builtInLedgers.flatMap((d) =>
    [
      ...(d.headlines ?? []),
      ...Object.keys(d.asked ?? {}),
      ...(d.problems ?? []).flatMap(({ figures }) => Object.values(figures).map((f) => f.measure)),
      ...d.measures.flatMap(({ numerator, denominator }) => [numerator ?? [], denominator ?? []].flat()),
      ...d.sentences
        .filter((s) => s.of === 'period')
        .flatMap((s) => slotsOf(parseSentence(s.text)).map((one) => one.slot))
        .filter((slot) => slot !== 'org' && slot !== 'period'),
    ].map((id) => full(d.id, id)),
  )
  expect(unknown(named)).toEqual([])
  expect(unknown(Object.keys(ASKED))).toEqual([])
})

test('a proposed shortcoming says its own figures', () => {
  for (const { text, figures, when } of builtInLedgers.flatMap((d) => d.problems ?? [])) {
    const slots = slotsOf(parseSentence(text)).map((one) => one.slot)
    const used = [...slots, when.figure, ...(when.above ? [when.above] : [])]
    expect(used.filter((name) => !(name in figures))).toEqual([])
  }
})
