/** A few thousand odd requests to every endpoint; `npm run test:long` sends many more. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openWorld, type TestWorld } from '../kernel/testing.ts'
import { migrations } from '../migrations/index.ts'
import { fuzz, openFuzzed } from '../test/fuzz/run.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openWorld(migrations)
})
afterAll(() => world.close())

test('whatever is sent, the server answers as it should', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const fuzzed = await openFuzzed(world)
  const told = await fuzz(fuzzed, { count: 2000, seed: 1 })
  await fuzzed.app.close()
  expect(told.found.slice(0, 10)).toEqual([])
  expect(told.byStatus['200']).toBeGreaterThan(200)
}, 120_000)
