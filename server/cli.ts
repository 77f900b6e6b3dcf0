/** `mz`: the same system without a browser. Standard output carries the answer alone; everything else goes to the other. */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { localActor } from '../domain/structure/accounts/actors.ts'
import { Refusal } from '../kernel/errors.ts'
import { refusalFor } from '../kernel/failures.ts'
import type { Command, Printed, Values } from './command.ts'
import { commands } from './commands/index.ts'
import { openServices } from './services.ts'

const COMMON = {
  json: { type: 'boolean' },
  data: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

interface Line {
  positionals: string[]
  values: Values
}

async function main([name = '', ...args]: string[]): Promise<number> {
  const load = Object.hasOwn(commands, name) ? commands[name]?.load : undefined
  if (!load) {
    const asked = ['', 'help', '--help', '-h'].includes(name)
    console[asked ? 'log' : 'error'](asked ? overview() : `没有命令“${name}”。\n\n${overview()}`)
    return asked ? 0 : 2
  }
  const json = args.includes('--json')
  try {
    const command = await load()
    const line = read(command, args)
    if (line.values.help) {
      console.log(helpOf(command))
      return 0
    }
    const printed = await execute(name, command, line)
    console.log(json ? JSON.stringify(printed.json) : printed.text)
    return printed.failed ? 1 : 0
  } catch (error) {
    return complain(error as Error, json)
  }
}

function read(command: Command, args: string[]): Line {
  const options = { ...command.options, ...COMMON }
  try {
    return parseArgs({ args, options, allowPositionals: true }) as Line
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string }
    const option = /'(-[^' ]+)/.exec(message)?.[1] ?? ''
    if (!code.startsWith('ERR_PARSE_ARGS')) throw error
    const what = code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? `没有参数 ${option}` : `参数 ${option} 的写法不对`
    throw new Refusal('invalid', 'usage', `${what}。\n${helpOf(command)}`)
  }
}

/** Attaches to the running system, or starts its database and stops it again. */
async function execute(name: string, command: Command, line: Line): Promise<Printed> {
  const dataDir = typeof line.values.data === 'string' ? line.values.data : usualFolder(name)
  const databaseUrl = process.env.DATABASE_URL
  if (!databaseUrl && !commands[name]?.begins && !existsSync(dataDir)) throw notSetUp(dataDir)
  await command.prepare?.(line)
  const opened = await openServices({ dataDir, databaseUrl })
  try {
    const actor = await localActor(opened.services)
    if (actor.grants.length === 0 && !commands[name]?.begins) throw notSetUp(opened.dataDir)
    return await command.run({ ...opened, ...line, actor })
  } finally {
    await opened.close()
  }
}

const notSetUp = (dataDir: string) =>
  new Refusal(
    'invalid',
    'notSetUp',
    `数据文件夹 ${dataDir} 里还没有组织。请先用 mz setup 建立最上级组织，或用 --data 指定别的文件夹。`,
  )

const REAL = '.data/mingzhang'
const DEMO = '.data/demo'

/** The real data where there are any; else the demo that `npm start` opened. */
function usualFolder(name: string): string {
  if (name === 'demo') return DEMO
  if (process.env.DATABASE_URL || existsSync(REAL) || commands[name]?.begins) return REAL
  return existsSync(DEMO) ? DEMO : REAL
}

function complain(thrown: Error, json: boolean): number {
  const error = thrown instanceof Refusal ? thrown : (refusalFor(thrown) ?? thrown)
  const known = error instanceof Refusal
  if (json) {
    const { code, problems } = known ? error : { code: 'internal', problems: [] }
    console.log(JSON.stringify({ error: { code, message: error.message, problems } }))
  }
  console.error(error.message)
  if (!known && process.env.MZ_DEBUG) console.error(error.stack)
  for (const p of known ? error.problems : [])
    console.error(`  ${p.field}：${p.reason}${p.remedy ? `（${p.remedy}）` : ''}`)
  return 1
}

const helpOf = (command: Command) =>
  [command.about, '用法：', ...command.usage.map((u) => `  mz ${u}`), '共同参数：--data 文件夹　--json'].join(
    '\n',
  )

function overview(): string {
  const list = Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(10)}${about}`)
  return [
    '用法：npm run -s mz -- <命令> [参数]　（每个命令都可加 --help、--json）',
    ...list,
    `数据：--data 文件夹，或环境变量 DATABASE_URL；不写时用 ${REAL}，没有则用 ${DEMO}。`,
  ].join('\n')
}

process.exitCode = await main(process.argv.slice(2))
