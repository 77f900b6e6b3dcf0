/**
 * 本期无: who declared it speaks for everything below while nothing is recorded there within its days; for itself while
 * it has recorded nothing itself. Above, nothing is said until every branch has declared, for the days it was open.
 */
import { inFlow, type Question } from './rows.ts'
import { type Facts, type NilFact, openOn, placeOn, placesDuring, type RecordFact } from './world.ts'

export function declaredNone(facts: Facts, ledger: string, q: Question): boolean {
  const records = facts.records.filter((r) => !r.voided && r.ledger === ledger)
  const nils = facts.nils
    .filter((n) => n.ledger === ledger)
    .map((n) => ({ ...n, ...heard(facts, n, records) }))
  if (nils.length === 0) return false
  const forPlace = (place: string) => nils.filter((n) => n.all && n.places.some((p) => place.startsWith(p)))
  const forSelf = (org: string) => nils.filter((n) => n.self && n.org === org)
  const asked = daysOf(q.from, q.to)
  const said = (days: string[], by: NilFact[]) => days.every((d) => by.some((n) => n.from <= d && d <= n.to))

  const own = placesDuring(facts, q.org, q.from, q.to)
  const alone = q.depth === 0 ? forSelf(q.org) : []
  if (own.length > 0 && own.every((place) => said(asked, [...forPlace(place), ...alone]))) return true
  if (q.depth === 0) return false

  const branches = [...facts.orgs.values()].filter((o) => o.type === 'branch')
  const there = branches.filter((b) =>
    placesDuring(facts, b.key, q.from, q.to).some((place) => inFlow(facts, q, place)),
  )
  return (
    there.length > 0 &&
    there.every((b) => {
      const inside = (day: string) => openOn(b, day) && inFlow(facts, q, placeOn(facts, b.key, day))
      const places = placesDuring(facts, b.key, q.from, q.to).filter((place) => inFlow(facts, q, place))
      return said(asked.filter(inside), [...places.flatMap(forPlace), ...forSelf(b.key)])
    })
  )
}

/** Where a declaration was made, and for whom it is still heard. */
function heard(facts: Facts, nil: NilFact, records: RecordFact[]) {
  const places = placesDuring(facts, nil.org, nil.from, nil.to)
  const within = records.filter((r) => nil.from <= r.day && r.day <= nil.to)
  const holders = within.flatMap((r) => [r.org, ...r.hosts].map((org) => ({ org, on: r.day })))
  const under = holders.filter(({ org, on }) => places.some((p) => placeOn(facts, org, on).startsWith(p)))
  return { places, all: under.length === 0, self: under.every(({ org }) => org !== nil.org) }
}

function daysOf(from: string, to: string): string[] {
  const days: string[] = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10))
  return days
}
