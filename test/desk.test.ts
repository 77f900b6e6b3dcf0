/** What every desk asks for reads each row of its county a few times, however many there are. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { idOf, NOBODY } from '../bench/province/numbers.ts'
import { stepsOf } from '../bench/province/province.ts'
import { shapeOf } from '../bench/province/shape.ts'
import { writeSteps } from '../bench/province/steps.ts'
import { countDuplicates, listRecordPairs } from '../domain/records/duplicates/contract.ts'
import { routes as recordRoutes } from '../domain/records/duplicates/handlers.ts'
import { listPeoplePairs } from '../domain/structure/merges/contract.ts'
import { routes as peopleRoutes } from '../domain/structure/merges/handlers.ts'
import { type Actor, contextOf } from '../kernel/context.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { type Call, type Route, run } from '../kernel/route.ts'
import { openWorld } from '../kernel/testing.ts'
import { migrations } from '../migrations/index.ts'

/** Readings of a row: by its key and beside it, and of few once more. */
const TIMES = 2

const everywhere: Actor = {
  accountId: NOBODY,
  personId: null,
  name: 'bench',
  grants: [{ orgId: '', countyId: null, path: '/', role: 'administrator' }],
}

const routeOf = <E extends Endpoint>(endpoint: E) =>
  [...recordRoutes, ...peopleRoutes].find((r) => r.endpoint.id === endpoint.id) as Route<E>

test('the count of duplicates is that of the pages, and reads no row often', async () => {
  const world = await openWorld(migrations)
  const shape = shapeOf(10_000)
  await writeSteps(world.owner, '10000 members', stepsOf(world.services, shape), () => undefined)
  const ask = <E extends Endpoint>(endpoint: E, query: Call<E>['query']) =>
    run(world.services, everywhere, routeOf(endpoint), { query } as Partial<Call<E>>)
  for (const [kind, least] of [
    ['county', 100],
    ['township', 5],
  ] as const) {
    const { rows } = await sql<{ id: string }>`select ${idOf(kind, sql`0`)} as id`.execute(world.owner)
    const org = rows[0]?.id ?? ''
    const { counts, read, held } = await world.services.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (db) => {
        const ctx = contextOf(world.services, db, everywhere)
        const whole = <T>(work: (c: typeof ctx) => Promise<T>) => work(ctx)
        const before = await rowsRead(db)
        const counted = routeOf(countDuplicates)
        const steps = { actor: everywhere, services: world.services, whole, part: whole }
        let counts = { people: 0, records: 0, at: null as string | null }
        while (counts.at === null)
          counts = (await counted.handler(steps, { query: { org } } as never)) as typeof counts
        const read = (await rowsRead(db)) - before
        const { rows: sizes } = await sql<{ n: number }>`select (select count(*) from person)
          + (select count(*) from membership) + (select count(*) from appointment) + (select count(*) from record)
          + (select count(*) from participation) + (select count(*) from org) + (select count(*) from org_span) as n`.execute(
          db,
        )
        return { counts, read, held: sizes[0]?.n ?? 0 }
      })
    expect(counts.people).toBeGreaterThanOrEqual(least)
    expect(read).toBeLessThan(TIMES * held)
    expect(counts).toEqual({
      at: expect.stringMatching(/^2024-06-18 09:30/),
      people: (await ask(listPeoplePairs, { org, state: 'open' })).total,
      records: (await ask(listRecordPairs, { org, state: 'open' })).total,
    })
  }
  await world.close()
}, 120_000)

/** By this transaction, so far. */
async function rowsRead(db: Parameters<typeof contextOf>[1]): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint as n from pg_stat_xact_user_tables`.execute(
    db,
  )
  return rows[0]?.n ?? 0
}
