import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrations } from '../migrations/index.ts'
import { workNow } from './database/lanes/work.ts'
import { conflict } from './errors.ts'
import type * as work from './guard/fixtures/work.ts'
import { guarded } from './guard/guard.ts'
import { actorWith, openWorld, type TestWorld } from './testing.ts'
import { apart, inContext } from './transaction.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openWorld(migrations)
})
afterAll(() => world.close())

const someone = actorWith([])
const twice = guarded<typeof work.twice>(new URL('./guard/fixtures/work.ts', import.meta.url), 'twice')
const options = {
  milliseconds: 20_000,
  words: { tooLarge: () => conflict('tooLarge', ''), broken: () => conflict('broken', '') },
}

const named = (key: string) =>
  world.owner.selectFrom('setting').select('key').where('key', '=', key).execute()

describe('a transaction', () => {
  test('lets go of its connection while a file is read, and is then done once', async () => {
    let begun = 0
    const answer = await inContext(world.services, someone, {}, async (ctx) => {
      begun++
      await ctx.db.insertInto('setting').values({ key: 'apart', value: '1' }).execute()
      const four = await apart(ctx, 'twice 2', async () => {
        expect(workNow().holding).not.toBe(true)
        expect(await named('apart')).toEqual([])
        return twice(2, options)
      })
      const eight = await apart(ctx, 'twice 4', (part) =>
        part(async (other) => {
          expect(other.db).not.toBe(ctx.db)
          return four * 2
        }),
      )
      return [four, eight]
    })
    expect(answer).toEqual([4, 8])
    expect(begun).toBe(3)
    expect(await named('apart')).toHaveLength(1)
  })

  test('in which a stranger’s file would be read is a fault of the program', async () => {
    await expect(inContext(world.services, someone, {}, () => twice(2, options))).rejects.toThrow(
      /while a connection is held/,
    )
    const within = inContext(world.services, someone, {}, (ctx) =>
      apart(ctx, 'outer', (part) => part(() => twice(2, options))),
    )
    await expect(within).rejects.toThrow(/while a connection is held/)
  })

  test('hears what failed where it asked for it, and may go on', async () => {
    const answer = await inContext(world.services, someone, {}, (ctx) =>
      apart(ctx, 'refused', async () => {
        throw conflict('no', '不行')
      }).catch((error: Error) => {
        if (error.name === 'NotYet') throw error
        return error.message
      }),
    )
    expect(answer).toBe('不行')
  })

  test('whose questions are other ones each time ends', async () => {
    let asked = 0
    const endless = inContext(world.services, someone, {}, (ctx) => apart(ctx, `${asked++}`, async () => 1))
    await expect(endless).rejects.toThrow(/apart/)
  })
})
