/** `start` opens the demo in a throwaway folder; `serve` is the real thing. */
import { isIP } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { loadDemo } from '../demo/load.ts'
import { jobKinds } from '../domain/index.ts'
import { actorOfAccount } from '../domain/structure/accounts/actors.ts'
import { demoOf } from '../domain/structure/accounts/demo.ts'
import { isEmpty, setUpLink } from '../domain/structure/accounts/setup.ts'
import { Refusal } from '../kernel/errors.ts'
import { startRunner } from '../kernel/jobs/runner.ts'
import { forgetKeys } from '../kernel/once.ts'
import type { Front } from '../kernel/serve.ts'
import { buildApp } from './app.ts'
import { startKeeping } from './keeping.ts'
import { addressesOf, listen, type Place } from './listen.ts'
import { putNotice } from './notice.ts'
import { type Opened, openServices } from './services.ts'

const HELP = `用法：
  npm start                  打开演示数据（虚构的县，可随便试）
  npm run serve              正式使用
参数：
  --port 端口                默认 3000（也可用环境变量 PORT）
  --host 地址                start 默认只有本机能打开；serve 默认局域网内都能打开
  --data 文件夹              数据放在哪里；start 默认 .data/demo，serve 默认 .data/mingzhang
  --proxy 地址[,地址]        前面的反向代理；只信它们说的来访地址和 HTTPS
  --https                    浏览器都从 HTTPS 进来（代理没有说明时）
  --hsts 天数                让浏览器以后只走 HTTPS
  --host-name 名称           除本机的地址和计算机名外，还用哪个名称打开（如反向代理的域名）；可写多次
  环境变量 DATABASE_URL      使用已有的 PostgreSQL（15 及以上），不启动内置数据库`

interface Command {
  name: 'start' | 'serve'
  place: Place
  dataDir: string
  front: Front
}

/** @throws Error in words for the user. */
function readCommand(args: string[]): Command | 'help' {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      data: { type: 'string' },
      proxy: { type: 'string' },
      https: { type: 'boolean' },
      hsts: { type: 'string' },
      'host-name': { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const [name] = positionals
  if (values.help || (name !== 'start' && name !== 'serve')) return 'help'
  const asked = values.port ?? process.env.PORT
  const port = Number(asked ?? 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(`端口“${asked}”不对，请写 1 到 65535 之间的数。`)
  const host = values.host ?? (name === 'start' ? '127.0.0.1' : '0.0.0.0')
  const dataDir = values.data ?? (name === 'start' ? '.data/demo' : '.data/mingzhang')
  const place = { host, port, fixed: asked !== undefined || name === 'serve' }
  const hostNames = [host, ...(values['host-name'] ?? [])]
  return { name, dataDir, place, front: { ...frontOf(values), hostNames } }
}

/** @throws Error in words for the user. */
function frontOf(values: { proxy?: string; https?: boolean; hsts?: string }): Front {
  const proxies = (values.proxy ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
  const wrong = proxies.find((one) => isIP(one.split('/')[0] ?? '') === 0)
  if (wrong) throw new Error(`代理的地址“${wrong}”不对，请写 IP 地址，例如 --proxy 127.0.0.1。`)
  const hstsDays = Number(values.hsts ?? 0)
  if (!Number.isInteger(hstsDays) || hstsDays < 0)
    throw new Error(`--hsts 后面是天数，例如 --hsts 180，不是“${values.hsts}”。`)
  return {
    ...(proxies.length > 0 && { proxies }),
    ...(values.https && { https: true }),
    ...(hstsDays > 0 && { hstsDays }),
  }
}

/** What runs so far, to be stopped in the opposite order. */
type Stops = (() => unknown)[]

async function run({ name, dataDir, place, front }: Command, stops: Stops): Promise<void> {
  const open = async () => {
    const opened = await openServices({ dataDir, databaseUrl: process.env.DATABASE_URL, role: 'server' })
    stops.push(opened.close)
    return opened
  }
  let opened = await open()
  if (name === 'start' && (await isEmpty(opened.services.db))) {
    await loadDemo(opened.services, (words) => console.log(`正在装入演示数据：${words}……`))
    // The demo brings a clock of its own, which is read when the services open.
    await stops.pop()?.()
    opened = await open()
  }
  const { services } = opened
  const runner = startRunner(services, jobKinds, (id) => actorOfAccount(services, id))
  stops.push(runner.stop)
  stops.push(everyHour(() => forgetKeys(services)))
  const app = await buildApp(services, { front })
  const port = await listen(app, place)
  stops.push(() => app.close())
  const addresses = addressesOf(place.host, port)
  stops.push(putNotice(opened.dataDir, addresses[0] ?? ''))
  stops.push(startKeeping(services))
  await announce(opened, addresses)
}

async function announce({ services, dataDir }: Opened, addresses: string[]): Promise<void> {
  console.log(`\n明账已启动：${addresses.join('  ')}`)
  const demo = await demoOf(services.db)
  if (demo) {
    console.log('可以试用的角色（在登录页点一下即可）：')
    for (const role of demo.roles) console.log(`  ${role.title}　${role.name}：${role.errand}`)
  }
  const link = await setUpLink(services)
  if (link) console.log(`首次设置（链接只能用一次，7 天内有效）：\n  ${addresses[0]}${link}`)
  console.log(`数据文件夹：${dataDir}　按 Ctrl-C 停止。`)
}

/** Small cleaning; a failure waits for the next time. @returns how to stop it */
function everyHour(work: () => Promise<void>): () => void {
  const timer = setInterval(() => void work().catch(() => undefined), 3600_000)
  return () => clearInterval(timer)
}

/** A machine that is shut down waits no longer. What is cut off was not kept in part: the database undoes it whole. */
const PATIENCE_MS = 2800
const STEP_MS = 1200

async function stopAll(stops: Stops): Promise<void> {
  setTimeout(() => process.exit(process.exitCode ?? 0), PATIENCE_MS).unref()
  while (stops.length > 0) await Promise.race([stops.pop()?.(), delay(STEP_MS)])
}

const stops: Stops = []
let stopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    stopping = true
    void stopAll(stops).then(() => process.exit(0))
  })

try {
  const command = readCommand(process.argv.slice(2))
  if (command === 'help') console.log(HELP)
  else await run(command, stops)
} catch (error) {
  // Stopped while it was still starting: what it was about to use is gone.
  if (stopping) await new Promise(() => undefined)
  const forTheUser = error instanceof Refusal || process.env.MZ_DEBUG === undefined
  console.error(forTheUser ? (error as Error).message : error)
  process.exitCode = 1
  await stopAll(stops)
  process.exit(1)
}
