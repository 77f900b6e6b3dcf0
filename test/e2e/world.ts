/** One real server on a throwaway demo for all errands; they get its address by `inject('serverUrl')`. */
import type { TestProject } from 'vitest/node'
import { startServer, temporaryFolder } from '../setup/server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    serverUrl: string
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { dataDir, remove } = temporaryFolder()
  // An interrupted run ends without teardown.
  process.once('exit', remove)
  const server = await startServer(dataDir)
  project.provide('serverUrl', server.url)
  return async () => {
    await server.stop()
    remove()
  }
}
