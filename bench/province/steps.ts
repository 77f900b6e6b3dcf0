/** The province is written in steps, each whole or not at all: what was cut short goes on where it stood. */
import { performance } from 'node:perf_hooks'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../kernel/database/tables.ts'

export interface Step {
  name: string
  write: (db: Transaction<Database>) => Promise<void>
}

/** @throws Error when the folder holds a province of another size. */
export async function writeSteps(
  owner: Kysely<Database>,
  size: string,
  steps: Step[],
  say: (words: string) => void,
): Promise<void> {
  const done = await stepsDone(owner, size)
  const begun = performance.now()
  const left = steps.filter((step) => !done.has(step.name))
  for (const [at, step] of left.entries()) {
    await owner.transaction().execute(async (db) => {
      await step.write(db)
      await sql`insert into bench.step values (${step.name})`.execute(db)
    })
    const seconds = (performance.now() - begun) / 1000
    const remaining = (seconds / (at + 1)) * (left.length - at - 1)
    const place = steps.length - left.length + at + 1
    say(
      `${place}/${steps.length} ${step.name}: ${seconds.toFixed(0)} s, about ${remaining.toFixed(0)} s to go`,
    )
  }
  if (left.length > 0) await sql`vacuum analyze`.execute(owner)
}

/** What belongs to the bench alone stands in a schema of its own. */
async function stepsDone(owner: Kysely<Database>, size: string): Promise<Set<string>> {
  await sql`create schema if not exists bench`.execute(owner)
  await sql`create table if not exists bench.size (size text primary key)`.execute(owner)
  await sql`create table if not exists bench.step (name text primary key)`.execute(owner)
  const { rows: sizes } = await sql<{ size: string }>`select size from bench.size`.execute(owner)
  const [known] = sizes
  if (known && known.size !== size)
    throw new Error(`The folder holds a province of ${known.size}, not of ${size}: name another one.`)
  if (!known) await sql`insert into bench.size values (${size})`.execute(owner)
  const { rows } = await sql<{ name: string }>`select name from bench.step`.execute(owner)
  return new Set(rows.map((r) => r.name))
}
