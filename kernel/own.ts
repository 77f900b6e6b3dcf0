/**
 * What stands in a table under a name that somebody sent. Every object answers to `constructor` and `toString` as well,
 * which are nobody's filters.
 */
export const own = <T>(table: Record<string, T>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined
