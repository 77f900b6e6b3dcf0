/**
 * Every hostile file at every door: verdict, time, memory, and whether anybody waits meanwhile. The times are those of a
 * machine that does nothing else; whoever sends and whoever asks are in the server's own process and count with it.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostileFiles } from '../kernel/spreadsheet/fixtures/hostile.ts'
import { type Door, type Doors, openDoors } from '../test/worlds/uploading.ts'

let doors: Doors

beforeAll(async () => {
  doors = await openDoors()
}, 120_000)
afterAll(() => doors.close())

/** Questions asked one after the other until the file is answered; the longest wait. */
async function longestWait(until: Promise<unknown>): Promise<number> {
  let over = false
  void until.finally(() => {
    over = true
  })
  let longest = 0
  while (!over) longest = Math.max(longest, await doors.neighbour())
  return longest
}

test('hostile files at every door', async () => {
  const wrong: string[] = []
  for (const { name, right, ...file } of hostileFiles())
    for (const door of ['import', 'form', 'columns'] as Door[]) {
      const before = process.memoryUsage.rss()
      const sending = doors.send(door, file)
      const [sent, waited] = await Promise.all([sending, longestWait(sending)])
      const grown = Math.round((process.memoryUsage.rss() - before) / 1048576)
      const told = `${name} at ${door}: ${sent.status} ${sent.code}, ${sent.milliseconds} ms, others ${waited} ms, ${grown} MB`
      console.log(told)
      const verdict = door === 'form' || right === 'any' || sent.code === right
      const good =
        verdict && sent.status < 500 && sent.milliseconds <= 3_000 && waited <= 1_000 && grown <= 400
      if (!good) wrong.push(`${told}; right: ${right}`)
    }
  expect(wrong).toEqual([])
})
