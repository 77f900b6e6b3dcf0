import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { afterEach, expect, test } from 'vitest'

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

interface Leashed {
  child: ChildProcess
  /** What it has printed. */
  heard(): string
  /** Its exit code, when it has ended and all that it printed is here. */
  end: Promise<unknown>
}

async function leashed(script: string): Promise<Leashed> {
  const leash = new URL('leash.js', import.meta.url).href
  const program = `${script}\nsetInterval(() => {}, 1000)\nprocess.stdout.write('ready ')`
  const child = spawn(process.execPath, ['--import', leash, '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  children.push(child)
  const output = child.stdout as Readable
  let text = ''
  output.on('data', (chunk) => {
    text += chunk
  })
  const end = Promise.all([once(child, 'exit'), once(output, 'end')]).then(([[code]]) => code as unknown)
  await once(output, 'data')
  return { child, heard: () => text, end }
}

const countsSignals = `
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => {
      process.stdout.write(signal + ' ')
      setTimeout(() => process.exit(0), 400)
    })
`

test('the same keystroke from the terminal and from the launcher is heard once', async () => {
  const { child, heard, end } = await leashed(countsSignals)
  child.kill('SIGINT')
  child.send('SIGINT')
  child.send('SIGINT')
  expect(await end).toBe(0)
  expect(heard()).toBe('ready SIGINT ')
})

test('a signal that only the launcher got is passed on', async () => {
  const { child, heard, end } = await leashed(countsSignals)
  child.send('SIGTERM')
  expect(await end).toBe(0)
  expect(heard()).toBe('ready SIGTERM ')
})

test('a launcher that dies takes the program with it, after its clean stop', async () => {
  const { child, heard, end } = await leashed(countsSignals)
  child.disconnect()
  expect(await end).toBe(0)
  expect(heard()).toBe('ready SIGTERM ')
})

test('a program without listeners of its own still ends', async () => {
  const { child, end } = await leashed('')
  child.send('SIGINT')
  expect(await end).toBe(130)
})
