/** 本期无: who declared it speaks for everything below; above, only when every branch has declared. */
import { inFlow, type Question } from './rows.ts'
import { type Facts, placesDuring } from './world.ts'

export function declaredNone(facts: Facts, ledger: string, q: Question): boolean {
  const nils = facts.nils.filter((n) => n.ledger === ledger && n.from <= q.from && n.to >= q.to)
  const spoken = (place: string) =>
    nils.some((n) => placesDuring(facts, n.org, q.from, q.to).some((p) => place.startsWith(p)))
  const own = placesDuring(facts, q.org, q.from, q.to)
  if (own.length > 0 && own.every(spoken)) return true
  if (q.depth === 0) return false
  const branches = [...facts.orgs.values()].filter((o) => o.type === 'branch')
  const there = branches.flatMap((b) => {
    const days = placesDuring(facts, b.key, q.from, q.to)
    const inside = days.filter((place) => inFlow(facts, q, place))
    return inside.length > 0 ? [inside] : []
  })
  return there.length > 0 && nils.length > 0 && there.every((places) => places.some(spoken))
}
