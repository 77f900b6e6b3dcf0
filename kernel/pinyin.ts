/** Names sort and are found by pinyin: 'zhang san /zs' for 张三. Stored, because no collation of ours knows Chinese. */

import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { pinyin } from 'pinyin-pro'

/** Of a person: syllables for sorting, then initials for finding. The surname is read as one: 单 shan, 曾 zeng. */
export const nameKey = (name: string): string => keyOf(name, 'head')

/** Of an organisation or a measure, where nothing is a surname: 社区 she qu, 团员 tuan yuan. */
export const termKey = (term: string): string => keyOf(term, 'off')

function keyOf(text: string, surname: 'head' | 'off'): string {
  const syllables = pinyin(text, { toneType: 'none', type: 'array', surname, v: true })
    .map((one) => one.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .filter((one) => one !== '')
  return `${syllables.join(' ')} /${syllables.map((one) => one[0]).join('')}`
}

/** Rows whose name holds the text, or whose pinyin or initials begin with it: 张三, zhangs, zhang san, zs. */
export function named(text: string, columns: { name: string; key: string }): RawBuilder<SqlBool> {
  const typed = text.trim()
  const letters = lettersOf(typed)
  const byName = sql<SqlBool>`position(${typed} in ${sql.ref(columns.name)}) > 0`
  if (letters === null) return byName
  const key = sql.ref(columns.key)
  return sql<SqlBool>`(${byName} or ${key} like ${`%/${letters}%`} or replace(${key}, ' ', '') like ${`${letters}%`})`
}

/** What may be pinyin or initials, as keys write them; null for anything else. */
export function lettersOf(typed: string): string | null {
  const letters = typed.toLowerCase().replace(/[\s']/g, '')
  return /^[a-z0-9]+$/.test(letters) ? letters : null
}

/** Do the pinyin or the initials of a term that has no key stored begin with these letters? */
export function soundsLike(term: string, letters: string): boolean {
  const [syllables = '', initials = ''] = termKey(term).split(' /')
  return initials.startsWith(letters) || syllables.replaceAll(' ', '').startsWith(letters)
}
