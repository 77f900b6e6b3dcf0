import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { invalid } from '../errors.ts'
import type * as work from './fixtures/work.ts'
import { guarded } from './guard.ts'

const MODULE = new URL('./fixtures/work.ts', import.meta.url)
const words = {
  tooLarge: (what: string) => invalid('tooLarge', what),
  broken: () => invalid('broken', '坏'),
}
const options = { words, milliseconds: 20_000 }

const twice = guarded<typeof work.twice>(MODULE, 'twice')
const loop = guarded<typeof work.loop>(MODULE, 'loop')
const abort = guarded<typeof work.abort>(MODULE, 'abort')
const crash = guarded<typeof work.crash>(MODULE, 'crash')
const refuse = guarded<typeof work.refuse>(MODULE, 'refuse')
const touch = guarded<typeof work.touch>(MODULE, 'touch')
const sum = guarded<typeof work.sum>(MODULE, 'sum')

describe('guarded work', () => {
  test('answers, asks back, and refuses in its own words', async () => {
    expect(await twice(4, options)).toBe(8)
    expect(await sum(4, { ...options, calls: { at: async (n: number) => n * 10 } })).toBe(60)
    await expect(refuse('不行', options)).rejects.toMatchObject({ code: 'because', message: '不行' })
    const fails = { at: async () => Promise.reject(invalid('gone', '没有了')) }
    await expect(sum(1, { ...options, calls: fails })).rejects.toMatchObject({ code: 'gone' })
  })

  test('that is endless, out of memory or broken is a refusal, and the next piece is done', async () => {
    await expect(loop(undefined, { ...options, milliseconds: 300 })).rejects.toMatchObject({
      code: 'tooLarge',
    })
    await expect(abort(undefined, options)).rejects.toMatchObject({ code: 'tooLarge' })
    await expect(crash(undefined, options)).rejects.toMatchObject({ code: 'broken' })
    expect(await twice(1, options)).toBe(2)
  }, 120_000)

  test('reads the program alone, writes nothing, and knows nothing of the environment', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mingzhang-guard-'))
    writeFileSync(join(folder, 'secret.key'), '00')
    const told = await touch({ read: join(folder, 'secret.key'), write: join(folder, 'new') }, options)
    expect(told.slice(0, 2)).toEqual(['ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED'])
    expect(told.slice(2).filter((name) => name !== 'SystemRoot')).toEqual([])
  }, 60_000)

  test('of many waits its turn, and beyond the queue is told so', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => twice(n, options)))
    const done = asked.filter((one) => one.status === 'fulfilled').length
    const refused = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    expect([done, refused]).toEqual([14, Array(6).fill('filesBusy')])
  }, 60_000)
})
