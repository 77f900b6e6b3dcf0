import { defineConfig } from 'vitest/config'

const shared = {
  environment: 'node' as const,
  pool: 'forks' as const,
  globalSetup: ['test/setup/global.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          setupFiles: ['test/setup/seed.ts'],
          include: ['{kernel,domain,server,demo,web,tools,test}/**/*.test.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'long',
          include: ['{bench,kernel,domain,server,test}/**/*.long.ts'],
          testTimeout: 3_600_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...shared,
          name: 'e2e',
          globalSetup: ['test/e2e/world.ts'],
          include: ['test/e2e/**/*.e2e.ts'],
          fileParallelism: false,
        },
      },
    ],
  },
})
