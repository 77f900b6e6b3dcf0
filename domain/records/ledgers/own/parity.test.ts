/** A built-in ledger, declared again by an office, is the same on every endpoint. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../../../kernel/context.ts'
import type { Endpoint } from '../../../../kernel/endpoint.ts'
import { Refusal } from '../../../../kernel/errors.ts'
import type { Call, Download } from '../../../../kernel/route.ts'
import { readWorkbook } from '../../../../kernel/spreadsheet/read.ts'
import { type OwnWorld, plantOwnWorld } from '../../../../test/worlds/ownLedgers.ts'
import * as figures from '../../../indicators/contract.ts'
import { createSummary, getSummary, voidSummary } from '../../../reports/summaries/contract.ts'
import { checkImport, listKinds, uploadFile } from '../../import/contract.ts'
import { importFile } from '../../import/importFile.ts'
import * as contract from '../contract.ts'
import type { LedgerDefinition } from '../definition.ts'
import { exportRecords } from '../exportContract.ts'
import { isDate } from '../fields/types.ts'
import { builtInLedgers } from '../registry.ts'
import { targetOf } from '../sheet.ts'

let w: OwnWorld

beforeAll(async () => {
  w = await plantOwnWorld()
})
afterAll(() => w.world.close())

const MARK = '（本县）'

test.each(['award', 'volunteering', 'dues'])(
  '%s behaves as the one that comes with the product',
  async (id) => {
    const builtIn = builtInLedgers.find((d) => d.id === id)
    if (!builtIn) throw new Error(`no ledger ${id}`)
    const before = await everything(builtIn)
    const again = { ...builtIn, title: builtIn.title + MARK }
    const own = await w.declare(w.at('county'), again)
    const after = await everything({ ...again, id: own })
    expect(after.length).toBeGreaterThan(30)
    for (const [at, step] of before.entries()) expect(after[at]).toEqual(step)
    expect(after).toHaveLength(before.length)
  },
  120_000,
)

/** What every endpoint answers about a ledger, ids and moments made comparable. */
async function everything(d: LedgerDefinition): Promise<unknown[]> {
  const by = w.at('north')
  const told: unknown[] = []
  const ask = async <E extends Endpoint>(endpoint: E, input: Partial<Call<E>>, actor = by) => {
    const answer = await w.call(actor, endpoint, input).catch((error: unknown) => {
      if (error instanceof Refusal)
        return { refused: error.kind, code: error.code, said: error.message, problems: error.problems }
      throw error
    })
    told.push([endpoint.id, await readable(answer)])
    return answer as never
  }
  await shapes(d, ask)
  await records(d, ask)
  await imports(d, by, ask, told)
  await figuresOf(d, ask)
  return comparable(told, d)
}

type Asking = <E extends Endpoint>(
  endpoint: E,
  input: Partial<Call<E>>,
  actor?: ReturnType<OwnWorld['at']>,
) => Promise<never>

async function readable(answer: unknown): Promise<unknown> {
  const { name, body, mediaType } = answer as Partial<Download>
  if (!(body instanceof Uint8Array)) return answer
  if (mediaType?.startsWith('text/')) return [name, new TextDecoder().decode(body)]
  const { sheets } = await readWorkbook(body, { fileName: name ?? '' })
  return [name, sheets.map((s) => [s.name, s.merges, s.rows.map((r) => r.map((c) => c.shown))])]
}

async function shapes(d: LedgerDefinition, ask: Asking): Promise<void> {
  const params = { ledger: d.id }
  await ask(contract.getLedger, { params })
  await ask(contract.getTemplate, { params })
  const { ledgers } = await w.call(w.at('north'), contract.listLedgers, { query: {} })
  expect(ledgers.map((l) => l.definition.id)).toContain(d.id)
  const { kinds } = await w.call(w.at('north'), listKinds, {})
  expect(kinds.find((k) => k.kind === d.id)?.fields.length).toBe(targetOf(d).fields.length)
}

function sample(d: LedgerDefinition): Record<string, unknown> {
  const value = (type: string, options: LedgerDefinition['fields'][number]['options']) => {
    if (type === 'choice') return options?.[0]?.title
    if (type === 'choices') return options?.slice(0, 2).map((o) => o.title)
    if (type === 'yesNo') return '是'
    if (type === 'date') return '2024-03-09'
    if (type === 'link') return 'https://example.org/a'
    return ['integer', 'number', 'money'].includes(type) ? 12 : '文字'
  }
  return Object.fromEntries(d.fields.map((f) => [f.id, value(f.type, f.options)]))
}

async function records(d: LedgerDefinition, ask: Asking): Promise<void> {
  const params = { ledger: d.id }
  const body = {
    orgId: w.tree.willow.id,
    day: '2024-03-12',
    title: '样子',
    fields: sample(d),
    participants: d.roles.slice(0, 1).map((r) => ({ name: `叫${r.title}`, role: r.id })),
    ...(d.personTimes && { personTimes: 9 }),
    ...(d.joint && { hosts: [w.tree.class1.id] }),
  }
  const made = (await ask(contract.createRecord, { params, body })) as { id: string }
  await ask(contract.createRecord, {
    params,
    body: { ...body, title: '第二条', day: '2024-04-01', hosts: [] },
  })
  await ask(contract.createRecord, {
    params,
    body: { day: '2024-03-12', orgId: w.tree.peach.id, title: '别处' },
  })
  await ask(contract.createRecord, { params, body }, w.at('north', 'reader'))
  await ask(contract.createRecord, {
    params,
    body: {
      day: '2030-01-01',
      title: '',
      fields: { ghost: 1, ...Object.fromEntries(d.fields.map((f) => [f.id, '？'])) },
      personTimes: 0,
      participants: [{ name: '甲' }, { name: '乙', role: 'ghost' }],
    },
  })
  const id = made.id
  await ask(contract.getRecord, { params: { id } })
  await ask(contract.changeRecord, {
    params: { id },
    body: { version: 1, title: '改过', fields: { [d.fields[0]?.id ?? '']: null } },
  })
  await ask(contract.changeRecord, { params: { id }, body: { version: 1, title: '又改' } })
  await ask(contract.voidRecord, { params: { id }, body: { reason: '重复' } })
  await ask(contract.listRecords, { params, query: {} })
  await ask(contract.restoreRecord, { params: { id } })
  await ask(contract.getSuggestions, { params, query: {} })
  await ask(contract.silentOrgs, { query: { ledger: d.id } })
  for (const field of d.fields) {
    const where = (text: string) => ({
      params,
      query: { where: JSON.stringify({ [field.id]: text }), sort: field.id },
    })
    await ask(contract.listRecords, where('*'))
    await ask(contract.listRecords, where(isDate(field) ? '2024-01-01..2024-12-31' : '1..20'))
  }
  await ask(contract.listRecords, { params, query: { where: '{"ghost":"1"}' } })
  await ask(exportRecords, { params, query: { format: 'csv' } })
  await ask(exportRecords, { params, query: { format: 'xlsx' } })
  await ask(contract.declareNil, { params, body: { from: '2023-01-01', to: '2023-06-30' } })
  await ask(contract.declareNil, { params, body: { from: '2024-01-01', to: '2024-06-30' } })
}

async function imports(d: LedgerDefinition, by: Actor, ask: Asking, told: unknown[]): Promise<void> {
  const target = targetOf(d)
  const columns = target.fields.filter(
    (f) => ['title', 'day', 'org', 'personTimes'].includes(f.id) || f.kind === 'money',
  )
  const cells: Record<string, string> = {
    title: '导入的',
    day: '2024-05-04',
    org: '柳河村团支部',
    personTimes: '5',
  }
  const line = columns.map((f) => cells[f.id] ?? '7.5').join(',')
  const text = `${columns.map((f) => f.title).join(',')}\n${line}\n${line.replace('2024-05-04', '昨天')}`
  const bytes = new TextEncoder().encode(text)
  const upload = { name: `${d.id}.csv`, mediaType: 'text/csv', bytes }
  const given = { org: w.tree.north.id, kind: d.id }
  const { file } = (await ask(uploadFile, { body: given as never, uploads: [upload] })) as { file: string }
  const request = { ...given, file }
  await ask(checkImport, { body: request as never })
  const report = await importFile({
    services: w.world.services,
    actor: by,
    request: { ...request, onlyGood: true } as never,
    progress: async () => undefined,
  })
  told.push(['import', report])
  await ask(contract.listRecords, { params: { ledger: d.id }, query: { from: '2024-05-01' } })
}

async function figuresOf(d: LedgerDefinition, ask: Asking): Promise<void> {
  const all = await w.call(w.at('county', 'reader'), figures.getMeasures, {})
  const mine = all.measures.filter((m) => m.id.startsWith(`${d.id}.`))
  expect(mine.map((m) => m.id)).toEqual(expect.arrayContaining(d.measures.map((m) => `${d.id}.${m.id}`)))
  for (const { id } of mine) {
    const query = { org: w.tree.county.id, measure: id, from: '2024-01-01', to: '2024-12-31' }
    await ask(figures.getFigure, { query })
    await ask(figures.getFigure, { query: { ...query, group: 'org' } })
    await ask(figures.getEvidence, { query }).catch(() => undefined)
  }
  await ask(figures.getFigure, { query: { org: w.tree.north.id, measure: `${d.id}.ghost` } })
  const by = w.at('north')
  const made = await w.call(by, createSummary, {
    body: { org: w.tree.north.id, period: '2024H1' } as never,
  })
  const { id } = made as { id: string }
  const summary = await w.call(by, getSummary, { params: { id } })
  expect(JSON.stringify(summary)).toContain(`${d.id}.`)
  await w.call(by, voidSummary, { params: { id }, body: { reason: '试写', version: 1 } as never })
}

/** Ids in the order of their coming; the own ledger's name and title as the built-in one's. */
function comparable(told: unknown[], d: LedgerDefinition): unknown[] {
  const ids = new Map<string, string>()
  const numbered = (id: string) => {
    if (!ids.has(id)) ids.set(id, `#${ids.size}`)
    return ids.get(id) ?? ''
  }
  const built = builtInLedgers.find((one) => one.title === d.title.replace(MARK, ''))?.id ?? ''
  return told.map((step) =>
    JSON.parse(
      JSON.stringify(step, (key, value) => (key === 'own' ? undefined : value))
        .replaceAll(d.id, built)
        .replaceAll(MARK, '')
        .replace(/[0-9a-f]{64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, numbered),
    ),
  )
}
