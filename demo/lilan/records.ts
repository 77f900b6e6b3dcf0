/** All records of 栗岚镇: of the committee and, but for three villages, of its branches. */
import { duesRecords, everydayRecords, type Half } from '../branches.ts'
import type { Records } from '../stage.ts'
import type { Crowd, Unit } from '../towns.ts'
import type { LilanPeople } from './people.ts'
import { lastYearRecords, townshipRecords } from './township.ts'
import { type Lilan, SILENT } from './tree.ts'

/** Of the mobile members, who owes dues: so many of each village that records, in order. */
const OWING = [5, 5, 5, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3]
const OWING_LAST_YEAR = [3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 0, 2, 2]

const isSilent = (unit: Unit) => SILENT.some((name) => unit.plan.name.startsWith(name))

const merge = (...parts: Records[]): Records => {
  const all: Records = {}
  for (const part of parts)
    for (const [ledger, drafts] of Object.entries(part)) all[ledger] = [...(all[ledger] ?? []), ...drafts]
  return all
}

export function lilanRecords({ chance }: Crowd, place: Lilan, people: LilanPeople): Records {
  const active = place.villages.filter((v) => !isSilent(v))
  const half = (h: Half, owing: number[], villages: Unit[]) => {
    const how = { chance, half: h, members: people.members }
    const units = [...villages, place.office, ...place.classes]
    const debtors = new Map(villages.map((v, i) => [v.org.id, mobileOf(v, people).slice(0, owing[i])]))
    return merge(everydayRecords(units, how), { dues: duesRecords(units, how, debtors) })
  }
  return merge(
    townshipRecords(place, people),
    lastYearRecords(place, people),
    half({ year: 2024, months: 5 }, OWING, active),
    half({ year: 2023, months: 6 }, OWING_LAST_YEAR, active),
  )
}

/** Behind the officers, the members of a village begin with the mobile ones. */
function mobileOf({ org, plan }: Unit, { members, officers }: LilanPeople): string[] {
  const all = (members.get(org.id) ?? []).filter((id) => !officers.includes(id))
  return all.slice(0, plan.mobile ?? 0)
}
