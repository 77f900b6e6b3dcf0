/** A province in a data folder of the product's own: written, or gone on with, and opened. */
import { sql } from 'kysely'
import { hashPassword } from '../../domain/structure/accounts/password.ts'
import { addAccount } from '../../domain/structure/accounts/setup.ts'
import { type Actor, contextOf, type Services } from '../../kernel/context.ts'
import { connect } from '../../kernel/database/connect.ts'
import { type Opened, openServices } from '../../server/services.ts'
import { idOf, NOBODY, TODAY } from './numbers.ts'
import { peopleSteps } from './people.ts'
import { recordSteps } from './records.ts'
import { type Shape, shapeOf, shapeSteps } from './shape.ts'
import { type Step, writeSteps } from './steps.ts'

export const PASSWORD = 'bench-2024-06-18'

/** Who signs in, and for which organisation: its number among those of its kind. */
export const OFFICES = [
  { username: 'province', kind: 'province', n: 0 },
  { username: 'city', kind: 'city', n: 0 },
  { username: 'county', kind: 'county', n: 0 },
  { username: 'township', kind: 'township', n: 0 },
  { username: 'branch', kind: 'branch', n: 0 },
] as const

/** Writes what is not there yet. @throws Error when the folder holds a province of another size. */
export async function openProvince(
  dataDir: string,
  members: number,
  say: (words: string) => void,
): Promise<Opened> {
  const opened = await openServices({ dataDir, databaseUrl: process.env.DATABASE_URL })
  const owner = connect(opened.ownerUrl, { size: 1 })
  try {
    await writeSteps(owner, `${members} members`, stepsOf(opened.services, shapeOf(members)), say)
  } finally {
    await owner.destroy()
  }
  return opened
}

/** All of it: of use to tests, which have a database of their own. */
export const stepsOf = (services: Services, shape: Shape): Step[] => [
  ...shapeSteps(shape),
  ...peopleSteps(shape),
  ...recordSteps(shape),
  { name: 'accounts', write: (db) => writeAccounts(contextOf(services, db, bench)) },
]

const bench: Actor = { accountId: NOBODY, personId: null, name: 'bench', grants: [] }

/** The secretaries, and the clock: the product's today is the data's. */
async function writeAccounts(ctx: ReturnType<typeof contextOf>): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD)
  for (const { username, kind, n } of OFFICES) {
    const { rows } = await sql<{ personId: string; name: string }>`
      select a.person_id, p.name from appointment a join person p on p.county_id = a.county_id and p.id = a.person_id
      where a.org_id = ${idOf(kind, sql`${sql.lit(n)}`)} and a.post = 'secretary' limit 1`.execute(ctx.db)
    const [holder] = rows
    if (!holder) throw new Error(`nobody leads the ${kind}`)
    await addAccount(ctx, { ...holder, username, passwordHash })
  }
  const offset = Date.parse(`${TODAY}T09:30:00+08:00`) - Date.now()
  await sql`insert into setting (key, value) values ('clockOffsetMs', ${JSON.stringify(offset)}::jsonb)
    on conflict (key) do nothing`.execute(ctx.db)
}
