/** Every test with a property in it, with seeds that nobody has tried: MINGZHANG_SEEDS of them, 10 unless said. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const files = ['kernel', 'domain', 'server', 'demo', 'web', 'test']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((f) => `${folder}/${f}`),
  )
  .filter((file) => file.endsWith('.test.ts') && readFileSync(file, 'utf8').includes("from 'fast-check'"))

/** What holds of a seed holds however long it takes: on a busy machine a time limit is no counterexample. */
const PATIENCE = 600_000

const seeds = Array.from({ length: Number(process.env.MINGZHANG_SEEDS ?? 10) }, () =>
  Math.floor(Math.random() * 2 ** 31),
)

test.each(seeds)('MINGZHANG_SEED=%i', (seed) => {
  const ran = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      'unit',
      `--testTimeout=${PATIENCE}`,
      `--hookTimeout=${PATIENCE}`,
      ...files,
    ],
    { env: { ...process.env, MINGZHANG_SEED: String(seed) }, encoding: 'utf8', maxBuffer: 2 ** 28 },
  )
  expect(
    `${ran.stdout}${ran.stderr}`.split('\n').filter((line) => /FAIL|Counterexample|seed:/.test(line)),
  ).toEqual([])
  expect(ran.status).toBe(0)
})
