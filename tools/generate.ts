/**
 * Pages under docs/generated: OpenAPI, database schema, permissions. `--check` fails when one of them is stale, and
 * the difference is what a reviewer reads.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { routes } from '../domain/index.ts'
import { actions, actionsOfRole, type Role, roleOfPost } from '../kernel/actions.ts'
import { connect } from '../kernel/database/connect.ts'
import { openEmbedded } from '../kernel/database/embedded.ts'
import { migrate } from '../kernel/database/migrate.ts'
import type { Database } from '../kernel/database/tables.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { openFiles } from '../kernel/files.ts'
import { secretsFrom } from '../kernel/secrets.ts'
import { createApp } from '../kernel/serve.ts'
import { migrations } from '../migrations/index.ts'

const TARGET = join(import.meta.dirname, '..', 'docs', 'generated')

const pages = await generate()
if (process.argv.includes('--check')) check(pages)
else write(pages)

async function generate(): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'mingzhang-generate-'))
  const embedded = await openEmbedded(folder, { fsync: false })
  const owner = connect(embedded.ownerUrl, { size: 2 })
  try {
    await migrate(owner, migrations)
    return new Map([
      ['openapi.json', await openApi(owner, folder)],
      ['schema.md', await schema(owner)],
      ['permissions.md', permissions()],
    ])
  } finally {
    await owner.destroy()
    await embedded.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function openApi(db: Kysely<Database>, folder: string): Promise<string> {
  const services = {
    db,
    clock: { now: () => new Date(0) },
    secrets: secretsFrom(Buffer.alloc(32)),
    files: openFiles(folder),
  }
  const app = await createApp({ services, routes, actorOf: async () => null, version: '1' })
  await app.ready()
  const described = JSON.stringify(app.swagger(), null, 1)
  await app.close()
  return `${described}\n`
}

interface Column {
  table: string
  column: string
  type: string
  nullable: boolean
}

async function schema(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<Column>`
    select table_name as "table", column_name as "column", data_type as type, is_nullable = 'YES' as nullable
    from information_schema.columns where table_schema = 'public' and table_name not like 'kysely%'
    order by table_name, ordinal_position`.execute(db)
  const keys = await sql<{ table: string; definition: string }>`
    select tablename as "table", regexp_replace(indexdef, '^.* USING ', '') as definition
    from pg_indexes where schemaname = 'public' and tablename not like 'kysely%' order by tablename, indexname`.execute(
    db,
  )
  const tables = [...new Set(rows.map((r) => r.table))]
  const page = (table: string) => {
    const columns = rows
      .filter((r) => r.table === table)
      .map((r) => `| ${r.column} | ${r.type} | ${r.nullable ? '' : 'not null'} |`)
    const indexes = keys.rows.filter((k) => k.table === table).map((k) => `- ${k.definition}`)
    return [
      `## ${table}`,
      '',
      '| column | type | |',
      '| --- | --- | --- |',
      ...columns,
      '',
      ...indexes,
      '',
    ].join('\n')
  }
  return ['# Database schema', '', 'Generated from the migrations.', '', ...tables.map(page)].join('\n')
}

function permissions(): string {
  const roles = Object.keys(actionsOfRole) as Role[]
  const posts = Object.entries(roleOfPost).map(([post, role]) => `| ${post} | ${role} |`)
  const table = Object.entries(actions).map(
    ([action, title]) =>
      `| ${action} | ${title} | ${roles.map((r) => (actionsOfRole[r].some((a) => a === action) ? '●' : '')).join(' | ')} |`,
  )
  const endpoints = routes
    .map((r) => r.endpoint as Endpoint)
    .toSorted((a, b) => a.id.localeCompare(b.id))
    .map((e) => `| ${e.id} | ${e.method} /api${e.path} | ${e.right} | ${e.summary} |`)
  return [
    '# Permissions',
    '',
    'Generated from `kernel/actions.ts` and the contracts. A right holds in the subtree of the organisation of the post.',
    '',
    `| action | | ${roles.join(' | ')} |`,
    `| --- | --- | ${roles.map(() => '---').join(' | ')} |`,
    ...table,
    '',
    '| post | role |',
    '| --- | --- |',
    ...posts,
    '',
    '| endpoint | address | right | what it does |',
    '| --- | --- | --- | --- |',
    ...endpoints,
    '',
  ].join('\n')
}

function write(made: Map<string, string>): void {
  mkdirSync(TARGET, { recursive: true })
  for (const [name, text] of made) writeFileSync(join(TARGET, name), text)
  console.log(`wrote ${[...made.keys()].join(', ')}`)
}

function check(made: Map<string, string>): void {
  const stale = [...made].filter(
    ([name, text]) => !existsSync(join(TARGET, name)) || readFileSync(join(TARGET, name), 'utf8') !== text,
  )
  if (stale.length === 0) return
  console.error(
    `Stale: ${stale.map(([name]) => name).join(', ')}. Run npm run generate and commit what changes.`,
  )
  process.exitCode = 1
}
