/** What was handed in, held against today, while the ledger that it counts is declared anew. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OwnWorld, plantOwnWorld } from '../../../test/worlds/ownLedgers.ts'
import { voidRecord } from '../../records/ledgers/contract.ts'
import type { LedgerDefinition } from '../../records/ledgers/definition.ts'
import * as summaries from '../../reports/summaries/contract.ts'
import { figure, paragraph, text } from '../../reports/summaries/model.ts'

let w: OwnWorld
beforeAll(async () => {
  w = await plantOwnWorld()
})
afterAll(() => w.world.close())

/** 无偿献血 with its sum under an id that no field has. */
const donated = () => {
  const blood = w.blood()
  const [volume, ...others] = blood.measures
  const sentences = blood.sentences.filter((one) => one.of === 'record')
  return { ...blood, sentences, measures: volume ? [{ ...volume, id: 'given' }, ...others] : [] }
}

/** Hands in “献血……毫升” for a period. */
async function handedIn(measure: string, period: string): Promise<string> {
  const { id, version } = await w.call(w.at('county'), summaries.createSummary, {
    body: { org: w.tree.county.id, period },
  })
  const runs = [text('献血'), figure({ measure }), text('。')]
  const section = { id: '018f0000-0000-7000-8000-000000000001', level: 1 as const, title: '' }
  const saved = await w.call(w.at('county'), summaries.saveSummary, {
    params: { id },
    body: { version, body: { sections: [{ ...section, paragraphs: [paragraph(runs)] }] } },
  })
  await w.call(w.at('county'), summaries.submitSummary, {
    params: { id },
    body: { version: saved.version, withMissing: true },
  })
  return id
}

const drift = async (id: string) =>
  (await w.call(w.at('county'), summaries.getDrift, { params: { id } })).drifted.map((d) => [
    d.why,
    d.frozen.display,
    d.today.display,
  ])

const measured = (more: Partial<LedgerDefinition['measures'][number]>) => (now: LedgerDefinition) => ({
  ...now,
  measures: now.measures.map((m) => (['given', 'litres'].includes(m.id) ? { ...m, ...more } : m)),
})

describe('what was handed in', () => {
  test('tells a changed definition from changed rows, and is asked under a name that was', async () => {
    const id = await w.declare(w.at('county'), donated())
    const first = await w.record(id, { fields: { place: '广场', volume: 400 } })
    await w.record(id, { fields: { place: '学校', volume: 600 } })
    const summary = await handedIn(`${id}.given`, '2024')
    expect(await drift(summary)).toEqual([])

    await w.change(w.at('county'), id, measured({ id: 'litres', title: '献血总量', formerly: ['given'] }))
    expect(await w.figure(`${id}.given`)).toBe(1000)
    expect(await drift(summary)).toEqual([])

    await w.call(w.at('county'), voidRecord, { params: { id: first.id }, body: { reason: '重复' } })
    expect(await drift(summary)).toEqual([['value', '1000毫升', '600毫升']])

    await w.change(
      w.at('county'),
      id,
      measured({ where: { place: '广场' }, definition: '广场的献血量相加。' }),
    )
    expect(await drift(summary)).toEqual([['definition', '1000毫升', '0毫升']])
    await w.change(w.at('county'), id, measured({ formerly: [] }))
    await expect(w.figure(`${id}.given`)).rejects.toMatchObject({ code: 'unknownMeasure' })
    expect(await drift(summary)).toEqual([['definition', '1000毫升', '—']])
  })

  test('says so where what a blank means has changed, though no row has', async () => {
    const id = await w.declare(w.at('county'), donated())
    await w.record(id, { fields: { volume: 400 } })
    await w.record(id, { fields: { place: '学校' } })
    const summary = await handedIn(`${id}.given`, '2024H1')
    expect(await drift(summary)).toEqual([])
    await w.change(w.at('county'), id, (now) => ({
      ...now,
      fields: now.fields.map((f) => (f.id === 'volume' ? { ...f, blank: 'none' as const } : f)),
    }))
    expect(await drift(summary)).toEqual([['definition', '至少400毫升', '400毫升']])
  })
})
