/**
 * `npm run test:mutation`: puts a seeded sample of single faults into the code, one at a time, and says which of them no
 * test notices. --sample 300 · --seed 1 · --only domain/indicators/readings · --at file:line · --minutes 60 · --workers 2
 * --trust: leaves out the first run of the code as it is.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openEmbedded, removeDatabase } from '../../kernel/database/embedded.ts'
import { random } from '../worlds/random.ts'
import { type Mutant, mutantsOf } from './operators.ts'
import { targets, testsFor } from './targets.ts'
import type { Task, Verdict } from './worker.ts'

const { values: asked } = parseArgs({
  options: {
    sample: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    at: { type: 'string', default: '' },
    minutes: { type: 'string', default: '60' },
    workers: { type: 'string', default: '2' },
    trust: { type: 'boolean', default: false },
  },
})

/** A mutant is ended after this, and does not count as noticed: it may loop, or the machine may only be slow. */
const LONGEST = 180_000

interface Judged extends Verdict {
  mutant: Mutant
  seconds: number
}

class Worker {
  #child: ChildProcess | undefined
  readonly #databaseUrl: string

  constructor(databaseUrl: string) {
    this.#databaseUrl = databaseUrl
  }

  async judge(task: Task, longest = LONGEST): Promise<Verdict> {
    this.#child ??= await this.#start()
    const child = this.#child
    return await new Promise((resolve) => {
      const ended = (killed: boolean, by: string) => {
        child.removeAllListeners()
        this.end()
        resolve({ killed, by })
      }
      const limit = setTimeout(() => ended(false, '没有在时限内结束'), longest)
      child.once('message', (verdict: Verdict) => {
        clearTimeout(limit)
        child.removeAllListeners()
        resolve(verdict)
      })
      child.once('exit', () => {
        clearTimeout(limit)
        ended(true, '测试进程自己退出了')
      })
      child.send(task)
    })
  }

  async #start(): Promise<ChildProcess> {
    const child = fork('test/mutation/worker.ts', {
      // A group of its own, so that the tests' processes end with it.
      detached: true,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { ...process.env, MINGZHANG_TEST_URL: this.#databaseUrl },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    await new Promise((ready) => child.once('message', ready))
    return child
  }

  end(): void {
    const pid = this.#child?.pid
    this.#child = undefined
    try {
      if (pid) process.kill(-pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
}

/** Every file has its share by the number of its mutants; no line twice before all files had their turn. */
function sampled(all: Mutant[]): Mutant[] {
  const draw = random(Number(asked.seed))
  return all
    .map((mutant) => ({ mutant, place: draw.next() }))
    .sort((a, b) => a.place - b.place)
    .slice(0, Number(asked.sample))
    .map((m) => m.mutant)
}

const wanted = ({ file, line }: Mutant) =>
  file.startsWith(asked.only) && (asked.at === '' || `${file}:${line}` === asked.at)

/** A test that fails anyway would notice everything. @throws Error */
async function mustPass(databaseUrl: string, mutants: Mutant[]): Promise<void> {
  const worker = new Worker(databaseUrl)
  const tests = [...new Set(mutants.flatMap((m) => testsFor(m.file)))]
  const { killed, by } = await worker.judge({ mutant: null, tests }, LONGEST * 5)
  worker.end()
  if (killed || by) throw new Error(`没有变异时测试就不通过：${by}`)
}

async function main(databaseUrl: string): Promise<Judged[]> {
  const files = targets()
  const all = files.flatMap((file) => mutantsOf(file, readFileSync(file, 'utf8'))).filter(wanted)
  const queue = sampled(all)
  const planned = queue.length
  console.log(`${files.length}个文件，${all.length}个变异，抽${planned}个（种子${asked.seed}）`)
  if (!asked.trust) await mustPass(databaseUrl, queue)
  const until = Date.now() + Number(asked.minutes) * 60_000
  const judged: Judged[] = []
  const work = async () => {
    const worker = new Worker(databaseUrl)
    for (let mutant = queue.shift(); mutant && Date.now() < until; mutant = queue.shift()) {
      const begun = performance.now()
      const verdict = await worker.judge({ mutant, tests: testsFor(mutant.file) })
      judged.push({ mutant, ...verdict, seconds: (performance.now() - begun) / 1000 })
      const { file, line, change } = mutant
      const said = verdict.killed ? `  ← ${verdict.by.slice(0, 100)}` : `\n      ${change}`
      const at = `${judged.length}/${planned}`
      console.log(
        `${at} ${verdict.killed ? '发现' : '漏网'} ${file}:${line} ${judged.at(-1)?.seconds.toFixed(1)}s${said}`,
      )
    }
    worker.end()
  }
  await Promise.all(Array.from({ length: Number(asked.workers) }, work))
  return judged
}

function report(judged: Judged[]): void {
  const survivors = judged.filter((j) => !j.killed)
  const share = judged.length === 0 ? 0 : (100 * (judged.length - survivors.length)) / judged.length
  console.log(`\n漏网的${survivors.length}个：`)
  for (const { mutant, by } of survivors)
    console.log(`  ${mutant.file}:${mutant.line} ${by}\n      ${mutant.change}`)
  const minutes = (performance.now() / 60_000).toFixed(1)
  console.log(`\n试了${judged.length}个，发现${share.toFixed(1)}%，用时${minutes}分`)
}

const dataDir = mkdtempSync(join(tmpdir(), 'mingzhang-mutation-'))
// Root's database runs under another account, which must be able to walk in.
chmodSync(dataDir, 0o711)
const database = await openEmbedded(dataDir, { fsync: false })
try {
  report(await main(database.ownerUrl))
} finally {
  await database.close()
  removeDatabase(dataDir)
  rmSync(dataDir, { recursive: true, force: true })
}
process.exit(0)
