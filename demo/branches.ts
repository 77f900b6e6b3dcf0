/** The everyday records of branches: theme days, meetings, dues, now and then voluntary work. */
import type { RecordDraft } from '../domain/records/ledgers/rules.ts'
import { newId } from '../kernel/id.ts'
import type { Chance } from './chance.ts'
import type { Records } from './stage.ts'
import type { Unit } from './towns.ts'

/** A year as far as it is recorded: the last month of activities, the last of dues. */
export interface Year {
  year: number
  through: number
  dues: number
}

/** Who stands in which branch, and since which day. */
export type Roll = Map<string, { personId: string; since: string }[]>

export interface Everyday {
  chance: Chance
  in: Year
  roll: Roll
}

const THEMES = [
  ...['学习团章团史', '青春与家乡', '移风易俗我先行', '学习党的二十大精神', '节约粮食', '网络安全'],
  ...['家乡变化我来讲', '读一本好书', '文明新风进村入户'],
]
const CHORES = ['清理河道', '打扫村道', '帮助老人收麦', '劝导文明出行', '义务理发']
const THEME_MONTHS = [1, 3, 4, 5, 6, 7, 9, 10, 11, 12]
/** Fewer do not hold a theme day. */
const ENOUGH = 3

const pad = (n: number) => String(n).padStart(2, '0')

/** Theme days, meetings and work of these branches. Joint ones are not among them. */
export function everydayRecords(units: Unit[], how: Everyday): Records {
  return {
    themeActivity: units.flatMap((unit) => themeDays(unit, how)),
    meeting: units.flatMap((unit) => meetings(unit, how)),
    volunteering: units.flatMap((unit) => (how.chance.some(0.4) ? chores(unit, how) : [])),
  }
}

const membersOn = (day: string, unit: Unit, { roll }: Everyday): string[] =>
  (roll.get(unit.org.id) ?? []).filter((m) => m.since <= day).map((m) => m.personId)

const dayIn = ({ chance, in: { year } }: Everyday, month: number) =>
  `${year}-${pad(month)}-${pad(chance.whole(2, 14))}`

function themeDays(unit: Unit, how: Everyday): RecordDraft[] {
  const { chance } = how
  const months = THEME_MONTHS.filter((m) => m <= how.in.through)
  return chance.take(months, chance.whole(1, Math.ceil(months.length / 2))).flatMap((month) => {
    const day = dayIn(how, month)
    const members = membersOn(day, unit, how)
    if (members.length < ENOUGH) return []
    const there = chance.take(members, Math.ceil(members.length * (0.5 + chance.next() * 0.4)))
    const place = unit.plan.sector === 'school' ? '教室' : '党群服务中心'
    return {
      id: newId(),
      orgId: unit.org.id,
      day,
      title: `“${chance.pick(THEMES)}”主题团日`,
      fields: { kind: 'themeDay', place },
      participants: there.map((personId) => ({ personId })),
    }
  })
}

function meetings(unit: Unit, how: Everyday): RecordDraft[] {
  const { chance } = how
  const kinds = ['branchMeeting', 'leagueClass', 'branchMeeting', 'branchCommittee', 'leagueClass']
  return kinds.slice(0, chance.whole(1, Math.ceil(how.in.through / 2))).flatMap((kind, i) => {
    const day = dayIn(how, 1 + i * 2)
    const due = membersOn(day, unit, how).length
    if (due < ENOUGH) return []
    return {
      id: newId(),
      orgId: unit.org.id,
      day,
      title: kind === 'leagueClass' ? '学团史、强信念' : '讨论团务工作',
      personTimes: due - chance.whole(0, Math.floor(due / 3)),
      fields: { kind, due, ...(kind === 'leagueClass' && { hours: 1 }) },
    }
  })
}

function chores(unit: Unit, how: Everyday): RecordDraft[] {
  const { chance } = how
  const day = dayIn(how, chance.pick([4, 5, 6]))
  const there = chance.take(membersOn(day, unit, how), chance.whole(ENOUGH, 8))
  if (there.length < ENOUGH) return []
  return [
    {
      id: newId(),
      orgId: unit.org.id,
      day,
      title: chance.pick(CHORES),
      fields: { kind: 'convenience', hours: there.length * 2, beneficiaries: chance.whole(5, 40) },
      participants: there.map((personId) => ({ personId, role: 'volunteer', hours: 2 })),
    },
  ]
}

/** Yuan a month of a member without wages. */
const DUES = 0.2

/** A record for each branch and month. `owing`: by branch, who has not paid; each of them owes from some month on. */
export function duesRecords(units: Unit[], how: Everyday, owing: Map<string, string[]>): RecordDraft[] {
  const { in: year, chance } = how
  return units.flatMap((unit) => {
    const debtors = (owing.get(unit.org.id) ?? []).map((personId) => ({
      personId,
      since: chance.whole(1, year.dues),
    }))
    return Array.from({ length: year.dues }, (_, i): RecordDraft => {
      const day = `${year.year}-${pad(i + 1)}-01`
      const owed = membersOn(day, unit, how).length
      const late = debtors.filter((d) => d.since <= i + 1)
      const paid = owed - late.length
      return {
        id: newId(),
        orgId: unit.org.id,
        day,
        fields: {
          memberCount: owed,
          owedPeople: owed,
          paidPeople: paid,
          owedAmount: yuan(owed),
          paidAmount: yuan(paid),
        },
        participants: late.map(({ personId }) => ({ personId, role: 'arrears', amount: DUES })),
      }
    })
  })
}

const yuan = (people: number) => Math.round(people * DUES * 100) / 100

export function together(...parts: Records[]): Records {
  const all: Records = {}
  for (const part of parts)
    for (const [ledger, drafts] of Object.entries(part)) all[ledger] = [...(all[ledger] ?? []), ...drafts]
  return all
}
