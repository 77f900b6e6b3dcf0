/** One rule, two uses: "may this person?" and "which rows?". The kernel knows one thing of the tree: a path. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type Action, actionsOfRole, type Role, roles } from './actions.ts'

/**
 * A subtree. `countyId` is null where it spans counties (city, province). `whole`: it is all that the county has. An
 * organisation belongs to its county for good and always stands below it, so the county says it all; also of records,
 * whose paths are of their day: a county that came to another city keeps the rows with its path of before.
 */
export interface Scope {
  countyId: string | null
  path: string
  whole?: boolean
}

/** A right follows the post: this is what one appointment in force gives. */
export interface Grant extends Scope {
  orgId: string
  role: Role
}

/** Paths end with '/', so '/1/2/' is no prefix of '/1/23/'. '0' is the character after '/'. */
export const afterSubtree = (path: string) => `${path.slice(0, -1)}0`

export const covers = (scope: Scope, path: string): boolean => path.startsWith(scope.path)

/**
 * Rows whose path lies in the subtree: county equality (one node on a distributed engine) and a range. Of a whole
 * county the equality alone: the planner would take the range for a second choice among the rows, and guess too few.
 */
export function within(scope: Scope, columns = { countyId: 'county_id', path: 'path' }): RawBuilder<SqlBool> {
  const path = sql.ref(columns.path)
  const range = sql<SqlBool>`(${path} >= ${scope.path} and ${path} < ${afterSubtree(scope.path)})`
  if (scope.countyId === null) return range
  const county = sql<SqlBool>`${sql.ref(columns.countyId)} = ${scope.countyId}`
  return scope.whole ? sql<SqlBool>`(${county})` : sql<SqlBool>`(${county} and ${range})`
}

const giving = (grants: readonly Grant[], action: Action) =>
  grants.filter((g) => actionsOfRole[g.role].includes(action))

/** May the holder of these grants do this at the organisation with this path? */
export const may = (grants: readonly Grant[], action: Action, path: string): boolean =>
  giving(grants, action).some((g) => covers(g, path))

/** May the holder of these grants let somebody be this there? Nobody gives, or takes, more than they hold. */
export const mayGive = (grants: readonly Grant[], role: Role, path: string): boolean =>
  grants.some((g) => covers(g, path) && roles.indexOf(g.role) <= roles.indexOf(role))

/** Everything that the holder of these grants may do somewhere. */
export const actionsOf = (grants: readonly Grant[]): Action[] => [
  ...new Set(grants.flatMap((g) => actionsOfRole[g.role])),
]

/** Which rows may the holder of these grants reach by this action? No grants, no rows. */
export function reach(
  grants: readonly Grant[],
  action: Action,
  columns?: { countyId: string; path: string },
): RawBuilder<SqlBool> {
  const scopes = giving(grants, action)
  if (scopes.length === 0) return sql<SqlBool>`false`
  return sql<SqlBool>`(${sql.join(
    scopes.map((s) => within(s, columns)),
    sql` or `,
  )})`
}

/** Rows of the organisation alone, with its direct subordinates, or of the subtree. */
export function withinDepth(
  scope: Scope,
  depth: 0 | 1 | 'all',
  columns?: { countyId: string; path: string },
): RawBuilder<SqlBool> {
  if (depth === 'all') return within(scope, columns)
  // What a whole county has may stand elsewhere (records that it holds with others): here the path decides.
  const subtree = within({ ...scope, whole: false }, columns)
  const path = sql.ref(columns?.path ?? 'path')
  if (depth === 0) return sql<SqlBool>`(${subtree} and ${path} = ${scope.path})`
  const segments = scope.path.split('/').length
  return sql<SqlBool>`(${subtree} and length(${path}) - length(replace(${path}, '/', '')) <= ${segments})`
}
