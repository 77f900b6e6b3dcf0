/** Every hostile file has its verdict in time and within memory, while the thread that serves others stays free. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { expect, test } from 'vitest'
import { hostileFiles } from './fixtures/hostile.ts'
import { readWorkbook } from './read.ts'

const verdictOf = (bytes: Uint8Array, fileName: string) =>
  readWorkbook(bytes, { fileName }).then(
    () => 'read',
    (error: { code?: string }) => error.code ?? String(error),
  )

test('hostile spreadsheets', async () => {
  const before = process.memoryUsage.rss()
  const wrong: string[] = []
  for (const { name, fileName, bytes, right } of hostileFiles()) {
    const delay = monitorEventLoopDelay({ resolution: 5 })
    const begun = performance.now()
    delay.enable()
    const verdict = await verdictOf(bytes, fileName)
    delay.disable()
    const took = Math.round(performance.now() - begun)
    const stood = Math.round(delay.max / 1e6)
    const grown = Math.round((process.memoryUsage.rss() - before) / 1048576)
    console.log(`${name}: ${verdict}, ${took} ms, stood ${stood} ms, ${grown} MB`)
    if (right !== 'any' && verdict !== right) wrong.push(`${name}: ${verdict} instead of ${right}`)
  }
  expect(wrong).toEqual([])
})
