/**
 * One vitest that stays: a mutant is put in place by a transform (nothing on disk changes), the tests named are run until
 * the first one fails. Speaks with `run.ts` by messages; a mutant that never ends is ended from there.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Plugin } from 'vite'
import { createVitest, type TestSpecification } from 'vitest/node'
import { type Mutant, mutated } from './operators.ts'

export interface Task {
  /** Null: the source as it is, to see that the tests pass. */
  mutant: Mutant | null
  /** In the order in which they are run. */
  tests: string[]
}

export interface Verdict {
  killed: boolean
  /** By which test, or why nothing could be run. */
  by: string
}

let mutant: Mutant | null = null
const placeOf = ({ file }: Mutant) => resolve(file)

const inPlace: Plugin = {
  name: 'mutant',
  enforce: 'pre',
  load: (id) =>
    mutant && id.split('?')[0] === placeOf(mutant)
      ? mutated(readFileSync(placeOf(mutant), 'utf8'), mutant)
      : null,
}

/** As they were named: what is likeliest to notice comes first. */
class AsNamed {
  sort = (specs: TestSpecification[]) => specs
  shard = (specs: TestSpecification[]) => specs
}

const vitest = await createVitest(
  'test',
  {
    config: false,
    watch: false,
    environment: 'node',
    pool: 'forks',
    globalSetup: ['test/setup/global.ts'],
    include: ['{kernel,domain,server,demo,web,tools,test}/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // Else what one mutant was made into would be kept on disk, and found again by the next and by others.
    fsModuleCache: false,
    bail: 1,
    maxWorkers: 1,
    fileParallelism: false,
    sequence: { sequencer: AsNamed as never },
    reporters: [{}],
  },
  { plugins: [inPlace] },
)
await vitest.standalone()

async function judge(task: Task): Promise<Verdict> {
  if (mutant) vitest.invalidateFile(placeOf(mutant))
  mutant = task.mutant
  if (mutant) vitest.invalidateFile(placeOf(mutant))
  const specs = task.tests.flatMap((file) => vitest.getRootProject().createSpecification(resolve(file)))
  // What an earlier mutant broke is no answer about this one.
  vitest.state.filesMap.clear()
  vitest.state.clearErrors()
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specs, false)
  for (const module of testModules) {
    const [test] = [...module.children.allTests('failed')]
    if (test)
      return {
        killed: true,
        by: `${module.relativeModuleId}: ${test.fullName}: ${(test.result() as { errors?: { message: string }[] }).errors?.[0]?.message}`,
      }
    if (module.state() === 'failed')
      return { killed: true, by: `${module.relativeModuleId}: ${module.errors()[0]?.message ?? ''}` }
  }
  return unhandledErrors.length > 0
    ? { killed: true, by: String(unhandledErrors[0]) }
    : { killed: false, by: '' }
}

process.on('message', async (task: Task) => process.send?.(await judge(task)))
process.send?.('ready')
process.once('disconnect', () => process.exit())
