/** A base that each organisation states for itself: is it known for every branch that stands there on the last day? */
import { inFlow, inStock, type Question } from './rows.ts'
import { type Facts, openOn, placeOn, placesDuring } from './world.ts'

export function knownForAll(facts: Facts, ledger: string, q: Question): boolean {
  const said = facts.records
    .filter((r) => !r.voided && r.ledger === ledger && r.day >= q.from && r.day <= q.to)
    .map((r) => placeOn(facts, r.org, r.day))
    .filter((place) => inFlow(facts, q, place))
  return [...facts.orgs.values()]
    .filter((o) => o.type === 'branch' && openOn(o, q.to) && inStock(facts, q, placeOn(facts, o.key, q.to)))
    .every((o) =>
      placesDuring(facts, o.key, q.from, q.to).some((place) => said.some((one) => place.startsWith(one))),
    )
}
