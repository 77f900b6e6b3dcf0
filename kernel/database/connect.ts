/** One Kysely over node-postgres, with types read alike whatever the server or driver version. */
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { type LanesOptions, openLanes } from './lanes/pool.ts'
import type { Database } from './tables.ts'

const OID = { int8: 20, date: 1082, timestamp: 1114, timestamptz: 1184 }
const asText = (value: string) => value

const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === OID.int8) return Number
    // Days and moments stay text: a Date would shift them by the machine's time zone.
    if (oid === OID.date || oid === OID.timestamp || oid === OID.timestamptz) return asText
    return pg.types.getTypeParser(oid, format)
  },
}

/** So long may a request wait for a connection; then it is told that too many are at work. */
const WAIT_MS = 8000

export const APP_ROLE = 'mingzhang_app'

/** Connections of the running application act as a role that owns no table. */
export function connect(
  url: string,
  options: { role?: string; size?: number } & LanesOptions = {},
): Kysely<Database> {
  const pool = openLanes(
    {
      connectionString: url,
      max: options.size ?? 10,
      connectionTimeoutMillis: WAIT_MS,
      types: types as pg.CustomTypesConfig,
      options: options.role
        ? `-c role=${options.role} -c timezone=Asia/Shanghai`
        : '-c timezone=Asia/Shanghai',
    },
    options,
  )
  return new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
}
