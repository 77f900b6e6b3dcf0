import { describe, expect, test } from 'vitest'
import { turns } from './turns.ts'

const words = '请过几秒再试。'
/** Work that goes on until it is let go. */
function held() {
  let release = () => {}
  const done = new Promise<void>((resolve) => {
    release = resolve
  })
  return { work: () => done, go: () => release() }
}

describe('work in turns', () => {
  test('is done so many at a time, in the order in which they came', async () => {
    const inTurn = turns({ width: 1, length: 10, patienceMs: 10_000, words })
    const [first, order] = [held(), [] as number[]]
    const all = [inTurn(first.work), ...[1, 2, 3].map((n) => inTurn(async () => void order.push(n)))]
    expect(order).toEqual([])
    first.go()
    await Promise.all(all)
    expect(order).toEqual([1, 2, 3])
  })

  test('who would wait too long, or stands behind too many, is told when to come again', async () => {
    const inTurn = turns({ width: 1, length: 1, patienceMs: 20, words })
    const first = held()
    const running = inTurn(first.work)
    const waiting = inTurn(async () => 'late')
    await expect(inTurn(async () => 'too many')).rejects.toMatchObject({
      code: 'busy',
      retryAfter: 5,
      message: words,
    })
    await expect(waiting).rejects.toMatchObject({ code: 'busy', kind: 'unavailable' })
    first.go()
    await running
    expect(await inTurn(async () => 'served')).toBe('served')
  })

  test('a place is given back by work that fails', async () => {
    const inTurn = turns({ width: 1, length: 5, patienceMs: 10_000, words })
    const failing = inTurn(async () => {
      throw new Error('broken')
    })
    await expect(failing).rejects.toThrow('broken')
    expect(await inTurn(async () => 1)).toBe(1)
  })
})
