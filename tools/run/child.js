/** Children on Node 24: they get each signal once, are waited for, and do not outlive us. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { node24, root } from './packages.js'

const leash = pathToFileURL(join(root, 'tools/run/leash.js')).href
const running = new Set()
let stopped = false

/** One of our own programs. Resolves to its exit code. */
export function runNode(args, env = {}) {
  const child = start(['--disable-warning=ExperimentalWarning', '--import', leash, ...args], env, 'ipc')
  return follow(child, (signal) => child.connected && child.send(signal))
}

/** A tool of somebody else's, which does not know our leash. */
export function runTool(args, env = {}) {
  const child = start(args, env, 'ignore')
  return follow(child, () => child.kill('SIGTERM'))
}

export async function runInTurn(commands) {
  for (const args of commands) {
    const code = await runNode(args)
    if (code !== 0 || stopped) return code
  }
  return 0
}

/** Until the first of them ends; then the others are stopped. */
export async function runTogether(commands, env) {
  const ends = commands.map((args) => runNode(args, env))
  const code = await Promise.race(ends)
  for (const stop of running) stop('SIGTERM')
  await Promise.all(ends)
  return code
}

function start(args, env, channel) {
  return spawn(node24(), args, {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', channel],
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compile'),
      PATH: `${dirname(node24())}${delimiter}${process.env.PATH}`,
      ...env,
    },
  })
}

function follow(child, stop) {
  running.add(stop)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      running.delete(stop)
      resolve(code ?? 128 + (constants.signals[signal] ?? 0))
    })
  })
}

// We stay until the children have ended, however often we are asked.
function stopAll(signal) {
  stopped = true
  for (const stop of running) stop(signal)
  if (running.size === 0) process.exit(128 + constants.signals[signal])
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stopAll)

// npm passes a signal on to its shell only, which dies without telling us: then we have another parent.
const parent = process.ppid
if (process.env.npm_lifecycle_event && process.platform !== 'win32')
  setInterval(() => process.ppid !== parent && stopAll('SIGTERM'), 300).unref()
