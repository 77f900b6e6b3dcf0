/** One throwaway database server for the whole run; tests get its address by `inject('databaseUrl')`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openEmbedded, removeDatabase } from '../../kernel/database/embedded.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connection string of the owner, naming a database that tests leave alone and may copy from. */
    databaseUrl: string
  }
}

/** MINGZHANG_TEST_URL: a server of one's own. MINGZHANG_TEST_PG=15: the oldest supported major version. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { MINGZHANG_TEST_URL, MINGZHANG_TEST_PG } = process.env
  if (MINGZHANG_TEST_URL) {
    project.provide('databaseUrl', MINGZHANG_TEST_URL)
    return undefined
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'mingzhang-test-'))
  const database = await openEmbedded(dataDir, { major: MINGZHANG_TEST_PG === '15' ? 15 : 18, fsync: false })
  project.provide('databaseUrl', database.ownerUrl)
  return stopOnce(async () => {
    await database.close()
    removeDatabase(dataDir)
    rmSync(dataDir, { recursive: true, force: true })
  })
}

/** At the end of the run, and also when it is interrupted before. */
function stopOnce(stop: () => Promise<void>): () => Promise<void> {
  let stopped: Promise<void> | undefined
  const once = () => {
    stopped ??= stop()
    return stopped
  }
  const interrupted = () => void once().finally(() => process.exit(130))
  process.once('SIGINT', interrupted)
  process.once('SIGTERM', interrupted)
  return once
}
