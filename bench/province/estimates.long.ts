/** What the planner guesses of the main selections, held against the rows, on a province of two counties. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogue } from '../../domain/indicators/catalogue.ts'
import { selectPart } from '../../domain/indicators/readings/selection.ts'
import { rowsOf } from '../../domain/indicators/readings/statement.ts'
import { type Actor, contextOf } from '../../kernel/context.ts'
import { openWorld, type TestWorld } from '../../kernel/testing.ts'
import { migrations } from '../../migrations/index.ts'
import { NOBODY } from './numbers.ts'
import { stepsOf } from './province.ts'
import { shapeOf } from './shape.ts'
import { writeSteps } from './steps.ts'

/** No guess is further off than this. Two counties taken for chance would make it 2. */
const FACTOR = 1.5

const everywhere: Actor = {
  accountId: NOBODY,
  personId: null,
  name: 'bench',
  grants: [{ orgId: '', countyId: null, path: '/', role: 'administrator' }],
}

let world: TestWorld
beforeAll(async () => {
  world = await openWorld(migrations)
  await writeSteps(world.owner, '20000 members', stepsOf(world.services, shapeOf(20_000)), () => undefined)
}, 300_000)
afterAll(() => world.close())

interface Plan {
  'Plan Rows': number
  'Actual Rows': number
}

async function guessed(measure: string, org: string): Promise<{ rows: number; guess: number }> {
  return world.owner.transaction().execute(async (db) => {
    const ctx = contextOf(world.services, db, everywhere)
    const selection = await selectPart(ctx, await catalogue(ctx), { measure, org, to: '2024-06-18' }, 'rows')
    const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: Plan }] }>`
      explain (analyze, timing off, format json) select ${selection.source.rowId} ${rowsOf(selection)}`.execute(
      db,
    )
    const plan = rows[0]?.['QUERY PLAN'][0].Plan
    return { rows: plan?.['Actual Rows'] ?? 0, guess: plan?.['Plan Rows'] ?? 0 }
  })
}

for (const [where, org] of [
  ['the province', '99'],
  ['a county', '99001001'],
])
  for (const measure of [
    'members.count',
    'members.female',
    'officers.posts',
    'officers.people',
    'record.count',
  ])
    test(`${measure} of ${where}`, async () => {
      const { rows, guess } = await guessed(measure, org ?? '')
      expect(rows).toBeGreaterThan(500)
      expect(guess / rows).toBeLessThan(FACTOR)
      expect(rows / guess).toBeLessThan(FACTOR)
    })
