/** All records of 栗岚镇: of the committee and, but for three villages this year, of its branches. */
import { duesRecords, everydayRecords, together, type Year } from '../branches.ts'
import type { Records } from '../stage.ts'
import type { Crowd, Unit } from '../towns.ts'
import { lastYearRecords } from './lastYear.ts'
import type { LilanPeople } from './people.ts'
import { townshipRecords } from './township.ts'
import { type Lilan, SILENT } from './tree.ts'

/** Of the mobile members, who owes dues: so many of each village that records, in order. */
const OWING = [5, 5, 5, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3]
const OWING_LAST_YEAR = [3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 0, 2, 2]

const isSilent = (unit: Unit) => SILENT.some((name) => unit.plan.name.startsWith(name))

export function lilanRecords({ chance }: Crowd, place: Lilan, people: LilanPeople): Records {
  const active = place.villages.filter((v) => !isSilent(v))
  const branches = (villages: Unit[], year: Year, owing: number[]) => {
    const how = { chance, in: year, roll: people.roll }
    const units = [...villages, place.office, ...place.classes]
    const debtors = new Map(villages.map((v, i) => [v.org.id, mobileOf(v, people).slice(0, owing[i] ?? 0)]))
    return together(everydayRecords(units, how), { dues: duesRecords(units, how, debtors) })
  }
  return together(
    townshipRecords(place, people),
    lastYearRecords(place, people),
    branches(active, { year: 2024, through: 6, dues: 5 }, OWING),
    branches(place.villages, { year: 2023, through: 12, dues: 12 }, OWING_LAST_YEAR),
  )
}

/** Behind the officers, the members of a village begin with the mobile ones. */
function mobileOf({ org, plan }: Unit, { roll, officers }: LilanPeople): string[] {
  const all = (roll.get(org.id) ?? []).map((m) => m.personId).filter((id) => !officers.includes(id))
  return all.slice(0, plan.mobile ?? 0)
}
