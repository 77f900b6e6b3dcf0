/** Places in a lane, given by turns: of those who wait, first whoever's account holds the fewest. */
import { later } from '../../errors.ts'
import type { Work } from './work.ts'

export interface LaneSize {
  places: number
  /** How long to wait for a place, before being told to come again. */
  waitMs: number
}

interface Waiting {
  account: string
  enter: () => void
}

export interface Turns {
  /** Resolves to the function that gives the place back. @throws Refusal `crowded` after the wait */
  take(work: Work): Promise<() => void>
}

export function openTurns({ places, waitMs }: LaneSize): Turns {
  const held = new Map<string, number>()
  const waiting: Waiting[] = []
  // One place is always left for somebody else.
  const most = Math.max(1, places - 1)
  const heldBy = (account: string) => held.get(account) ?? 0
  const total = () => [...held.values()].reduce((sum, n) => sum + n, 0)

  const letIn = () => {
    if (total() >= places) return
    const [next] = waiting
      .filter((w) => heldBy(w.account) < most)
      .sort((a, b) => heldBy(a.account) - heldBy(b.account))
    if (!next) return
    waiting.splice(waiting.indexOf(next), 1)
    held.set(next.account, heldBy(next.account) + 1)
    next.enter()
    letIn()
  }
  const leave = (account: string) => {
    const left = heldBy(account) - 1
    if (left > 0) held.set(account, left)
    else held.delete(account)
    letIn()
  }
  return {
    take: ({ account, gone }) =>
      new Promise((entered, refused) => {
        const settle = () => {
          clearTimeout(patience)
          gone?.removeEventListener('abort', giveUp)
        }
        const giveUp = () => {
          settle()
          waiting.splice(waiting.indexOf(one), 1)
          refused(crowded())
        }
        const enter = () => {
          settle()
          entered(() => leave(account))
        }
        const one: Waiting = { account, enter }
        const patience = setTimeout(giveUp, waitMs)
        gone?.addEventListener('abort', giveUp)
        waiting.push(one)
        letIn()
      }),
  }
}

const crowded = () =>
  later('unavailable', 'crowded', '现在统计的人较多，请过几秒再试。登记和查找不受影响。', 5)
