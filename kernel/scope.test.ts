/** Law 9: one rule answers "may this person?" and "which rows?", so the two can never disagree. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrations } from '../migrations/index.ts'
import { type Action, actions, type Role } from './actions.ts'
import { type Grant, may, reach } from './scope.ts'
import { openWorld, type TestWorld } from './testing.ts'

const COUNTY = '01900000-0000-7000-8000-000000000001'

let world: TestWorld
beforeAll(async () => {
  world = await openWorld(migrations)
})
afterAll(() => world.close())

const path = fc
  .array(fc.constantFrom('1', '2', '12', '20'), { maxLength: 4 })
  .map((codes) => `/${codes.map((code) => `${code}/`).join('')}`)
const grant = fc.record({
  orgId: fc.constant(COUNTY),
  countyId: fc.constantFrom(COUNTY, null),
  path,
  role: fc.constantFrom<Role>('administrator', 'manager', 'staff', 'reader'),
})

async function reached(grants: Grant[], action: Action, paths: string[]): Promise<string[]> {
  const { rows } = await sql<{ path: string }>`
    select path from (select ${COUNTY}::uuid as county_id, unnest(${paths}::text[]) as path) as rows
    where ${reach(grants, action)}`.execute(world.services.db)
  return rows.map((row) => row.path)
}

test('the rows reached are exactly those of organisations where one may', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(grant, { maxLength: 3 }),
      fc.constantFrom(...(Object.keys(actions) as Action[])),
      fc.uniqueArray(path, { maxLength: 12 }),
      async (grants, action, paths) => {
        const allowed = paths.filter((one) => may(grants, action, one))
        expect((await reached(grants, action, paths)).sort()).toEqual(allowed.sort())
      },
    ),
    { numRuns: 150 },
  )
})

test('a neighbour whose code begins alike is not below; nobody reaches nothing', async () => {
  const grants: Grant[] = [{ orgId: COUNTY, countyId: COUNTY, path: '/1/2/', role: 'manager' }]
  const paths = ['/1/2/', '/1/2/7/', '/1/23/', '/1/']
  expect(await reached(grants, 'records.write', paths)).toEqual(['/1/2/', '/1/2/7/'])
  expect(await reached(grants, 'settings.change', paths)).toEqual([])
  expect(await reached([], 'records.write', paths)).toEqual([])
})
