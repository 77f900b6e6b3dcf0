/** Roles that can be tried. They exist only where the demo was loaded. */
import type { Kysely } from 'kysely'
import type { Database } from '../../../kernel/database/tables.ts'
import type { DemoRole } from './contract.ts'

const DEMO_SETTING = 'demo'

/** The value of the setting: whose account each role opens. */
export interface DemoSetting {
  roles: (DemoRole & { accountId: string })[]
}

export async function demoOf(db: Kysely<Database>): Promise<DemoSetting | null> {
  const found = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', DEMO_SETTING)
    .executeTakeFirst()
  return found ? (found.value as DemoSetting) : null
}

export async function turnDemoOn(db: Kysely<Database>, demo: DemoSetting): Promise<void> {
  const value = JSON.stringify(demo)
  await db
    .insertInto('setting')
    .values({ key: DEMO_SETTING, value })
    .onConflict((oc) => oc.column('key').doUpdateSet({ value }))
    .execute()
}
