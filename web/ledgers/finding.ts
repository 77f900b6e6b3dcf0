/** Ledgers found by typing, and which of them stand first. */
import type { Listed } from './known.ts'

type Findable = Pick<Listed, 'definition' | 'nameKey' | 'favourite'>

/** By 汉字 of the title, its use or its line of work, by pinyin or initials. */
export function foundBy<L extends Findable>(ledgers: L[], typed: string): L[] {
  const text = typed.trim()
  if (text === '') return ledgers
  const letters = text.toLowerCase().replace(/[\s']/g, '')
  if (!/^[a-z0-9]+$/.test(letters)) {
    const named = ledgers.filter((l) => l.definition.title.includes(text))
    const about = ledgers.filter(
      (l) => !named.includes(l) && `${l.definition.line} ${l.definition.about}`.includes(text),
    )
    return [...named, ...about]
  }
  return ledgers.filter(({ nameKey }) => {
    const [syllables = '', initials = ''] = nameKey.split(' /')
    return initials.includes(letters) || syllables.replaceAll(' ', '').startsWith(letters)
  })
}

const USUAL = 8

/** Favourites, then what was used last; so many as are looked over at a glance. */
export function usual<L extends Findable>(ledgers: L[], recent: string[]): L[] {
  const lately = recent.flatMap((id) => ledgers.find((l) => l.definition.id === id) ?? [])
  const first = [...ledgers.filter((l) => l.favourite), ...lately]
  return [...new Set(first)].slice(0, Math.max(USUAL, ledgers.filter((l) => l.favourite).length))
}

/** All, the usual ones first; the rest as it comes. */
export const usualFirst = <L extends Findable>(ledgers: L[], recent: string[]): L[] => [
  ...new Set([...usual(ledgers, recent), ...ledgers]),
]
