/**
 * Every row of the province has a number, and everything about it follows from that number: its id, its place, what
 * looks like chance. So a step that was cut short is written again the same, and no step has to look up another's rows.
 */
import { type RawBuilder, sql } from 'kysely'

type Number = RawBuilder<unknown>

/** Ids sort by the number, as the product's own sort by the moment of their making. */
export const idOf = (kind: string, n: Number): RawBuilder<string> =>
  sql`overlay(overlay(md5(${sql.lit(kind)} || (${n})::text)
    placing lpad(to_hex(${sql.lit(FIRST_MS)}::bigint + (${n})::bigint), 12, '0') || '7' from 1 for 13)
    placing '8' from 17 for 1)::uuid`

/** 2024-01-01, in milliseconds. */
const FIRST_MS = 1_704_067_200_000

/** A number from 0 to `below`, always the same for one salt. */
export const chance = (n: Number, salt: number, below: number): RawBuilder<number> =>
  sql`abs(hashint8extended((${n})::bigint, ${sql.lit(salt)}::bigint) % ${sql.lit(below)})::int`

/** As `chance`, but the first numbers come most often: as surnames do. */
export const skewed = (n: Number, salt: number, below: number): RawBuilder<number> =>
  sql`(power(${chance(n, salt, 10_000)} / 10000.0, 2) * ${sql.lit(below)})::int`

export const letter = (letters: readonly string[], n: Number): RawBuilder<string> =>
  sql`(${[...letters]}::text[])[1 + (${n})]`

/** The first day on which any organisation stood, and the day that the bench calls today. */
export const FIRST_DAY = '2015-01-01'
export const TODAY = '2024-06-18'
export const NOBODY = '00000000-0000-7000-8000-000000000001'
