#!/usr/bin/env node
/**
 * Behind every npm script: brings what the project needs (packages, Node 24, the built web), then runs the target.
 * Plain JavaScript without dependencies, as it starts on the machine's own Node, 20.19 or newer, before any install.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { checkAndTest, checkOnly, longTests } from './run/check.js'
import { runInTurn, runNode, runTogether } from './run/child.js'
import { prepareBrowser, preparePackages, root } from './run/packages.js'
import { buildWeb } from './run/web.js'

const targets = {
  async start(args) {
    await buildWeb()
    return runNode(['server/main.ts', 'start', ...args])
  },
  async serve(args) {
    await buildWeb()
    return runNode(['server/main.ts', 'serve', ...args])
  },
  mz: (args) => runNode(['server/cli.ts', ...args]),
  test: checkAndTest,
  long: longTests,
  mutation: (args) => runNode(['test/mutation/run.ts', ...args]),
  check: checkOnly,
  generate: (args) => runNode(['tools/generate.ts', ...args]),
  async screenshots(args) {
    await buildWeb()
    await prepareBrowser()
    return runNode(['tools/screenshots.ts', ...args])
  },
  bench: ([name, ...args]) => runInTurn(benches(name).map((file) => [file, ...args])),
  /** Vite serves the pages and passes calls on to the server; its config reads MZ_API. */
  dev(args) {
    const port = process.env.PORT ?? '3000'
    return runTogether(
      [
        ['server/main.ts', 'start', ...args],
        ['node_modules/vite/bin/vite.js', '--host', '127.0.0.1'],
      ],
      { PORT: port, MZ_API: `http://127.0.0.1:${port}` },
    )
  },
}

function benches(name) {
  if (name) return [`bench/${name.replace(/\.ts$/, '')}.ts`]
  const folder = join(root, 'bench')
  const files = existsSync(folder) ? readdirSync(folder).sort() : []
  return files.filter((file) => file.endsWith('.ts')).map((file) => `bench/${file}`)
}

async function main([name, ...args]) {
  const target = Object.hasOwn(targets, name ?? '') ? targets[name] : undefined
  if (!target) {
    console.error(`用法：node tools/run.js <${Object.keys(targets).join('|')}> [参数]`)
    return 2
  }
  process.chdir(root)
  await preparePackages()
  return target(args)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(error.friendly ? error.message : error)
  process.exitCode = 1
}
