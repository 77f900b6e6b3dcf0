/** Every reference of every endpoint, one by one, with things of every place; then many at once, with any role. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ALIENS, asking, cases, faultOf, placesOf } from './asking.ts'
import { plantReferenceWorld, type ReferenceWorld } from './world.ts'

let w: ReferenceWorld
beforeAll(async () => {
  w = await plantReferenceWorld()
}, 300_000)
afterAll(() => w.close())

test('every reference by itself', async () => {
  const faults: (string | null)[] = []
  for (const asked of asking)
    for (const alien of ALIENS)
      for (const at of placesOf(asked))
        faults.push(await faultOf(w, { asked, role: 'administrator', alien, beyond: [at] }))
  expect(faults.filter((fault) => fault !== null)).toEqual([])
})

test('several at once, by any role', async () => {
  const numRuns = Number(process.env.MINGZHANG_RUNS ?? 5000)
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      expect(await faultOf(w, one)).toBeNull()
    }),
    { numRuns },
  )
})
