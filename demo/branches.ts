/** The everyday records of branches: theme days, meetings, dues, now and then voluntary work. */
import type { RecordDraft } from '../domain/records/ledgers/rules.ts'
import { newId } from '../kernel/id.ts'
import type { Chance } from './chance.ts'
import type { Records } from './stage.ts'
import type { Unit } from './towns.ts'

export interface Half {
  year: number
  /** The last month of which dues are in. */
  months: number
}

interface Everyday {
  chance: Chance
  half: Half
  /** Ids of members by branch. */
  members: Map<string, string[]>
}

const THEMES = [
  '学习团章团史',
  '青春与家乡',
  '移风易俗我先行',
  '学习二十大精神',
  '节约粮食',
  '网络安全',
  '家乡变化我来讲',
]
const CHORES = ['清理河道', '打扫村道', '帮助老人收麦', '劝导文明出行', '义务理发']
const THEME_MONTHS = [1, 3, 4, 5, 6]

const pad = (n: number) => String(n).padStart(2, '0')

/** Theme days, meetings and work of these branches within the half-year. Joint ones are not among them. */
export function everydayRecords(units: Unit[], how: Everyday): Records {
  const all: Required<Pick<Records, 'themeActivity' | 'meeting' | 'volunteering'>> = {
    ...{ themeActivity: [], meeting: [], volunteering: [] },
  }
  for (const unit of units) {
    all.themeActivity.push(...themeDays(unit, how))
    all.meeting.push(...meetings(unit, how))
    if (how.chance.some(0.4)) all.volunteering.push(chore(unit, how))
  }
  return all
}

const membersOf = (unit: Unit, { members }: Everyday) => members.get(unit.org.id) ?? []

const dayIn = ({ chance, half }: Everyday, month: number, last = 14) =>
  `${half.year}-${pad(month)}-${pad(chance.whole(2, last))}`

function themeDays(unit: Unit, how: Everyday): RecordDraft[] {
  const { chance } = how
  const members = membersOf(unit, how)
  return chance.take(THEME_MONTHS, chance.whole(1, 3)).map((month) => {
    const there = chance.take(members, Math.ceil(members.length * (0.5 + chance.next() * 0.4)))
    return {
      ...{
        id: newId(),
        orgId: unit.org.id,
        day: dayIn(how, month),
        title: `“${chance.pick(THEMES)}”主题团日`,
      },
      fields: { kind: 'themeDay', place: unit.plan.sector === 'school' ? '教室' : '村委会会议室' },
      participants: there.map((personId) => ({ personId })),
    }
  })
}

function meetings(unit: Unit, how: Everyday): RecordDraft[] {
  const { chance } = how
  const due = membersOf(unit, how).length
  return ['branchMeeting', 'leagueClass', 'branchMeeting'].slice(0, chance.whole(1, 3)).map((kind, i) => ({
    ...{ id: newId(), orgId: unit.org.id, day: dayIn(how, 1 + i * 2) },
    title: kind === 'leagueClass' ? '学团史、强信念' : '讨论团务工作',
    personTimes: Math.max(1, due - chance.whole(0, Math.ceil(due / 3))),
    fields: { kind, due, ...(kind === 'leagueClass' && { hours: 1 }) },
  }))
}

function chore(unit: Unit, how: Everyday): RecordDraft {
  const { chance } = how
  const there = chance.take(membersOf(unit, how), chance.whole(3, 8))
  return {
    ...{
      id: newId(),
      orgId: unit.org.id,
      day: dayIn(how, chance.pick([4, 5, 6])),
      title: chance.pick(CHORES),
    },
    fields: { kind: 'convenience', hours: there.length * 2, beneficiaries: chance.whole(5, 40) },
    participants: there.map((personId) => ({ personId, role: 'volunteer', hours: 2 })),
  }
}

/** Yuan a month of a member without wages. */
const DUES = 0.2

/** A record for each branch and month. `owing`: who has not paid by branch; each of them owes from some month on. */
export function duesRecords(units: Unit[], how: Everyday, owing: Map<string, string[]>): RecordDraft[] {
  const { half, chance } = how
  return units.flatMap((unit) => {
    const members = membersOf(unit, how)
    const debtors = (owing.get(unit.org.id) ?? []).map((personId) => ({
      personId,
      since: chance.whole(1, half.months),
    }))
    return Array.from({ length: half.months }, (_, i): RecordDraft => {
      const late = debtors.filter((d) => d.since <= i + 1)
      const paid = members.length - late.length
      return {
        ...{ id: newId(), orgId: unit.org.id, day: `${half.year}-${pad(i + 1)}-01` },
        fields: {
          ...{ memberCount: members.length, owedPeople: members.length, paidPeople: paid },
          ...{ owedAmount: yuan(members.length), paidAmount: yuan(paid) },
        },
        participants: late.map(({ personId }) => ({ personId, role: 'arrears', amount: DUES })),
      }
    })
  })
}

const yuan = (people: number) => Math.round(people * DUES * 100) / 100
