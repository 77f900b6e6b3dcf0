/** What is mutated, and which tests are to notice: the nearest first. */
import { globSync } from 'node:fs'
import { basename, dirname } from 'node:path'

const STRUCTURE = ['people', 'memberships', 'appointments', 'organisations'].map(
  (slice) => `domain/structure/${slice}`,
)

/** The figure engine, ledgers, who stood where and when, rights. Declarations of requests and words are not judged. */
export const targets = (): string[] =>
  [
    ...globSync('domain/indicators/**/*.ts'),
    ...globSync('domain/records/ledgers/**/*.ts'),
    ...STRUCTURE.flatMap((folder) => globSync(`${folder}/**/*.ts`)),
    ...['scope', 'filters', 'period', 'measures'].map((name) => `kernel/${name}.ts`),
  ]
    .filter((file) => !/\.(test|long)\.ts$|\/(contract|words)\.ts$/.test(file))
    .sort()

const ENGINE = [
  'domain/indicators/truth.test.ts',
  'test/calculator/*.test.ts',
  'domain/indicators/*.test.ts',
  'domain/records/ledgers/{figures,derived,quantities}.test.ts',
]

/** Whose tests look at a folder from outside, by its beginning; the longest beginning that fits counts. */
const BEYOND: Record<string, string[]> = {
  'domain/indicators/': [...ENGINE, 'domain/indicators/**/*.test.ts', 'test/*.test.ts'],
  'domain/records/ledgers/': [
    'domain/records/ledgers/**/*.test.ts',
    ...ENGINE,
    'domain/records/{bulk,views,participation,duplicates}/**/*.test.ts',
  ],
  'domain/structure/': ['domain/structure/**/*.test.ts', ...ENGINE],
  'kernel/': [
    'kernel/*.test.ts',
    ...ENGINE,
    'domain/structure/accounts/**/*.test.ts',
    'domain/records/ledgers/*.test.ts',
  ],
}

export function testsFor(file: string): string[] {
  const own = globSync(file.replace(/\.ts$/, '.test.ts'))
  const near = globSync(`${dirname(file)}/*.test.ts`).sort((a, b) => likeness(file, b) - likeness(file, a))
  const area = Object.keys(BEYOND).find((prefix) => file.startsWith(prefix)) ?? ''
  const beyond = (BEYOND[area] ?? []).flatMap((pattern) => globSync(pattern).sort())
  return [...new Set([...own, ...near, ...beyond])]
}

/** How many letters the names begin with in common. */
function likeness(file: string, test: string): number {
  const [one, other] = [basename(file), basename(test)]
  let same = 0
  while (same < one.length && one[same] === other[same]) same += 1
  return same
}
