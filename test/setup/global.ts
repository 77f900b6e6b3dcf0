/** One throwaway database server for the whole run; tests get its address by `inject('databaseUrl')`. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
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
  // Root's database runs under another account, which must be able to walk in.
  chmodSync(dataDir, 0o711)
  const remove = () => {
    removeDatabase(dataDir)
    rmSync(dataDir, { recursive: true, force: true })
  }
  // An interrupted run ends without teardown.
  process.once('exit', remove)
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
  const database = await openEmbedded(dataDir, { major: MINGZHANG_TEST_PG === '15' ? 15 : 18, fsync: false })
  project.provide('databaseUrl', database.ownerUrl)
  return async () => {
    await database.close()
    remove()
  }
}
