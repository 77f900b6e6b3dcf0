/** What a roster's row says about a person, and rows that say it twice. */
import type { PersonEntry } from '../../../structure/people/entry.ts'
import { complain, dateOf, flagOf, numberOf, type RowWork, type Scene, textOf } from '../work.ts'

const PARTY = new Set(['partyMember', 'probationaryPartyMember'])

export function personOf(scene: Scene, work: RowWork, orgId: string): PersonEntry {
  const { row } = work
  const pending = row.problems.some((one) => one.field === 'idNumber' && one.severity === 'error')
  return {
    orgId,
    name: textOf(row, 'name') ?? '',
    sex: textOf(row, 'sex'),
    birth: dateOf(row, 'birthDate')?.slice(0, 10),
    ethnicity: textOf(row, 'ethnicity'),
    nativePlace: textOf(row, 'nativePlace'),
    idNumber: textOf(row, 'idNumber'),
    idPending: pending && scene.settings.accepted.has('idPending'),
    phone: textOf(row, 'phone'),
    occupation: textOf(row, 'occupation'),
    joinedLeague: dateOf(row, 'joinedLeagueOn')?.slice(0, 10),
    reportedAge: numberOf(row, 'age'),
    education: textOf(row, 'education'),
    politics: politicsOf(scene, work),
    joinedParty: dateOf(row, 'joinedPartyOn')?.slice(0, 10),
    graduateVillageOfficial: flagOf(row, 'graduateVillageOfficial'),
    mobile: mobileOf(scene, work),
  }
}

/** Who has a day of joining the Party is in it, unless the row says something that cannot be. */
function politicsOf(scene: Scene, work: RowWork): string | undefined {
  const stated = statedPolitics(scene, work)
  const joined = dateOf(work.row, 'joinedPartyOn')
  if (joined === undefined || (stated !== undefined && PARTY.has(stated))) return stated
  if (stated === undefined || stated === 'leagueMember') {
    complain(scene, work, {
      severity: 'warning',
      field: 'joinedPartyOn',
      reason: '填了入党时间而政治面貌不是党员，按中共党员登记',
      remedy: '请核对；是预备党员的请在政治面貌里写明。',
    })
    return 'partyMember'
  }
  complain(scene, work, {
    severity: 'error',
    field: 'joinedPartyOn',
    reason: '填了入党时间，政治面貌却是别的',
    remedy: '请改正其中一个。',
  })
  return stated
}

/** 是否党员 beside or instead of 政治面貌; where they differ somebody has to say. */
function statedPolitics(scene: Scene, work: RowWork): string | undefined {
  const stated = textOf(work.row, 'politicalStatus')
  const party = flagOf(work.row, 'partyMember')
  if (party === undefined || (stated === undefined && !party)) return stated
  if (stated === undefined || (party && stated === 'leagueMember')) return 'partyMember'
  if (party !== PARTY.has(stated))
    complain(scene, work, {
      severity: 'error',
      field: 'partyMember',
      reason: '是否党员与政治面貌不一致',
      remedy: '请改正其中一个。',
    })
  return stated
}

const AWAY = /流|外出|务工|去向|在外/

/** A place beside 否, or under a header such as 现居住地, makes nobody mobile. */
function mobileOf(scene: Scene, work: RowWork): PersonEntry['mobile'] {
  const stated = flagOf(work.row, 'mobile')
  const place = textOf(work.row, 'mobilePlace') ?? null
  if (stated === true) return { place }
  if (stated === false) return false
  const asked = scene.reading.columns.some((column) => column.field === 'mobile')
  const header = scene.reading.columns.find((column) => column.field === 'mobilePlace')?.header ?? ''
  return !asked && place !== null && AWAY.test(header) ? { place } : undefined
}

const noted = (work: RowWork) => work.row.values.name?.note

/** What stands in brackets behind a name is said nowhere else. */
export function tellNote(scene: Scene, work: RowWork): void {
  const note = noted(work)
  if (!note) return
  complain(scene, work, {
    severity: 'warning',
    field: 'name',
    reason: `姓名后的“${note.slice(0, 12)}”没有登记`,
    remedy: '需要登记的请填在相应的列里。',
  })
}

/** A number that could not be read: the row may enter without it once somebody agrees. */
export function allowPendingId(scene: Scene, work: RowWork): void {
  const agreed = scene.settings.accepted.has('idPending')
  work.problems = work.problems.flatMap((problem) => {
    if (problem.field !== 'idNumber' || problem.severity !== 'error') return [problem]
    if (agreed) return []
    return [
      {
        ...problem,
        accept: 'idPending' as const,
        remedy: `${problem.remedy}也可以先不登记号码，标为“待补”。`,
      },
    ]
  })
}

/** Marks by which two rows are one person, the surest first. */
function marksOf({ row }: RowWork): { mark: string; word: string }[] {
  const id = textOf(row, 'idNumber')
  const phone = textOf(row, 'phone')
  const name = textOf(row, 'name') ?? ''
  return [
    ...(id === undefined ? [] : [{ mark: `id ${id}`, word: '身份证号' }]),
    ...(phone === undefined ? [] : [{ mark: `phone ${name} ${phone}`, word: '姓名和电话' }]),
  ]
}

/**
 * The second row of one person. `apart`: what may differ between two rows of one person (the post of an officer);
 * rows that differ in it are both taken.
 */
export function refuseRepeated(
  scene: Scene,
  works: RowWork[],
  apart: (work: RowWork) => string = () => '',
): void {
  const seen = new Map<string, RowWork>()
  for (const work of works) {
    const name = textOf(work.row, 'name') ?? ''
    for (const { mark, word } of marksOf(work)) {
      const first = seen.get(mark)
      if (!first) seen.set(mark, work)
      else if (refused(scene, work, { first, word, name, same: apart(first) === apart(work) })) break
    }
  }
}

interface Repeated {
  first: RowWork
  word: string
  name: string
  /** Nothing sets the rows apart. */
  same: boolean
}

function refused(scene: Scene, work: RowWork, { first, word, name, same }: Repeated): boolean {
  const at = first.row.rowNumber
  const firstName = textOf(first.row, 'name') ?? ''
  const field = word === '身份证号' ? 'idNumber' : 'name'
  if (firstName !== name)
    complain(scene, work, {
      severity: 'error',
      field,
      reason: `与第 ${at} 行${word}相同，姓名不同`,
      remedy: '请对照证件改正其中一行。',
    })
  else if (same)
    complain(scene, work, {
      severity: 'error',
      field,
      reason: `与第 ${at} 行${word}相同，重复了`,
      remedy: '请只留一行；不是同一个人的请改正。',
    })
  return firstName !== name || same
}
