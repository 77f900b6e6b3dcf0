/** Names sort and are found by pinyin: 'zhang san /zs' for 张三. Stored, because no collation of ours knows Chinese. */

import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { pinyin } from 'pinyin-pro'

/** Syllables for sorting, then initials for finding. Surnames are read as surnames: 单 shan, 曾 zeng. */
export function nameKey(name: string): string {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', mode: 'surname', v: true })
    .map((one) => one.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .filter((one) => one !== '')
  return `${syllables.join(' ')} /${syllables.map((one) => one[0]).join('')}`
}

/** Rows whose name holds the text, or whose pinyin or initials begin with it: 张三, zhangs, zhang san, zs. */
export function named(text: string, columns: { name: string; key: string }): RawBuilder<SqlBool> {
  const typed = text.trim()
  const letters = typed.toLowerCase().replace(/[\s']/g, '')
  const byName = sql<SqlBool>`position(${typed} in ${sql.ref(columns.name)}) > 0`
  if (!/^[a-z0-9]+$/.test(letters)) return byName
  const key = sql.ref(columns.key)
  return sql<SqlBool>`(${byName} or ${key} like ${`%/${letters}%`} or replace(${key}, ' ', '') like ${`${letters}%`})`
}
