/** Whatever is named beyond the caller's reach is answered as what does not exist; what lies within is not refused. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking, cases, faultOf, inputFor, told } from './asking.ts'
import { plantReferenceWorld, type ReferenceWorld } from './world.ts'

let w: ReferenceWorld
beforeAll(async () => {
  w = await plantReferenceWorld()
}, 300_000)
afterAll(() => w.close())

/** The thing is found; what is asked of it was never made: a frozen figure, a cell, the file of a waiting job, merged people, a host. */
const NOT_MADE = [
  'duplicates.undoPeopleMerge',
  'hosts.answer',
  'summaries.rows',
  'forms.amend',
  'forms.rows',
  'jobs.file',
]

test('things within reach are found by every endpoint', async () => {
  const lost: string[] = []
  for (const asked of asking) {
    const input = inputFor(w, asked.endpoint, () => 'own')
    const { kind, words } = await told(w, w.caller('administrator'), asked, input)
    const missed = kind === 'notFound' && !NOT_MADE.includes(asked.endpoint.id)
    if (missed || kind === 'forbidden') lost.push(`${asked.endpoint.id}: ${kind} ${words}`)
  }
  expect(lost).toEqual([])
}, 300_000)

test('things beyond reach are answered as nothing at all', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      expect(await faultOf(w, one)).toBeNull()
    }),
    { numRuns: 100 },
  )
}, 300_000)
