/** Everything that continuous integration runs, in order of cost; it stops at the first failure. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runNode, runTool } from './child.js'
import { prepareBrowser, root } from './packages.js'
import { buildWeb } from './web.js'

const BIOME = 'node_modules/@biomejs/biome/bin/biome'
const KNIP = 'node_modules/knip/bin/knip.js'
const TSC = 'node_modules/typescript/bin/tsc'
const VITEST = 'node_modules/vitest/vitest.mjs'

const style = [
  { name: '风格（biome）', run: () => runTool([BIOME, 'check', '.']) },
  { name: '没有用到的代码（knip）', run: () => runTool([KNIP]) },
  { name: '类型（服务端）', run: () => runTool([TSC, '-p', 'tsconfig.json']) },
  { name: '类型（网页）', needs: 'web', run: () => runTool([TSC, '-p', 'tsconfig.web.json']) },
]

const tests = [
  { name: '生成的文档', needs: 'tools/generate.ts', run: () => runNode(['tools/generate.ts', '--check']) },
  { name: '单元与接口测试', run: () => runTool([VITEST, 'run', '--project', 'unit']) },
  { name: '生成网页', needs: 'web', run: () => buildWeb().then(() => 0) },
  { name: '浏览器测试', needs: 'test/e2e', run: browserTests },
]

export const checkOnly = () => inTurn(style)

/** With arguments: only the tests that they name, as vitest understands them. */
export async function checkAndTest(args) {
  if (args.length === 0) return inTurn([...style, ...tests])
  if (!args.some((arg) => arg.includes('e2e'))) return runTool([VITEST, 'run', '--project', '!long', ...args])
  await buildWeb()
  await prepareBrowser()
  return runTool([VITEST, 'run', '--project', '!long', ...args])
}

/** What takes many minutes, apart from the checks: attacks in great numbers, dying servers. */
export const longTests = (args) => runTool([VITEST, 'run', '--project', 'long', ...args])

async function browserTests() {
  await prepareBrowser()
  return runTool([VITEST, 'run', '--project', 'e2e'])
}

async function inTurn(steps) {
  const begun = performance.now()
  for (const { name, needs, run } of steps) {
    if (needs && !existsSync(join(root, needs))) continue
    const at = performance.now()
    console.log(`\n── ${name}`)
    const code = await run()
    console.log(`── ${name}：${code === 0 ? '通过' : '未通过'}，${seconds(at)}`)
    if (code !== 0) {
      console.error(`\n「${name}」未通过，后面的步骤没有运行。共用 ${seconds(begun)}。`)
      return code
    }
  }
  console.log(`\n全部通过，共用 ${seconds(begun)}。`)
  return 0
}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} 秒`
