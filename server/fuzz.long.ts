/** MINGZHANG_FUZZ: how many requests (50,000); MINGZHANG_SEED: those of an earlier run again. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openWorld, type TestWorld } from '../kernel/testing.ts'
import { migrations } from '../migrations/index.ts'
import { fuzz, openFuzzed } from '../test/fuzz/run.ts'

const count = Number(process.env.MINGZHANG_FUZZ ?? 50_000)
const seed = Number(process.env.MINGZHANG_SEED ?? Date.now() % 1_000_000)

let world: TestWorld
beforeAll(async () => {
  world = await openWorld(migrations)
})
afterAll(() => world.close())

test('fifty thousand odd requests', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const fuzzed = await openFuzzed(world)
  const { found, ...told } = await fuzz(fuzzed, { count, seed })
  await fuzzed.app.close()
  console.log(JSON.stringify({ seed, ...told, found: found.length }))
  for (const one of found.slice(0, 40)) console.log(JSON.stringify(one).slice(0, 1200))
  for (const said of new Set(logged.mock.calls.map(([line]) => String(line).slice(39, 500))))
    console.log(said)
  expect(found).toEqual([])
  expect(told.besideMs).toBeLessThanOrEqual(500)
})
