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

  test('one place’s crowd does not keep others waiting, and who is known goes before them', async () => {
    const inTurn = turns({ width: 1, length: 10, patienceMs: 10_000, words, ofOnePlace: 2, againAfterS: 1 })
    const [first, order] = [held(), [] as string[]]
    const say = (word: string) => async () => void order.push(word)
    const crowd = [1, 2].map((n) => inTurn(say(`crowd ${n}`), { place: 'here' }))
    const one = inTurn(first.work, { place: 'here' })
    await Promise.all(crowd)
    order.length = 0
    const waiting = [1, 2].map((n) => inTurn(say(`crowd ${n}`), { place: 'here' }))
    await expect(inTurn(say('late'), { place: 'here' })).rejects.toMatchObject({
      code: 'busy',
      retryAfter: 1,
    })
    const others = [
      inTurn(say('elsewhere'), { place: 'there' }),
      inTurn(say('known'), { place: 'there', known: true }),
    ]
    first.go()
    await Promise.all([one, ...waiting, ...others])
    expect(order).toEqual(['known', 'crowd 1', 'crowd 2', 'elsewhere'])
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
