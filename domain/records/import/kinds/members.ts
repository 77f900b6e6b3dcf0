/** The members' roster: who stands in which branch, from when to when. */
import { enterMembers, type MemberEntry } from '../../../structure/memberships/enter.ts'
import { placeRow } from '../places.ts'
import { complain, dateOf, fails, inParts, type RowWork, type Scene, textOf } from '../work.ts'
import { askAboutNamesake, askAboutTwins, filledIn, namesakesIn, sayRefused, tellConflicts } from './known.ts'
import { allowPendingId, personOf, refuseRepeated, tellNote } from './people.ts'

export async function enter(scene: Scene, works: RowWork[], stage: string): Promise<void> {
  const entries = new Map<RowWork, MemberEntry>()
  for (const work of works) {
    allowPendingId(scene, work)
    tellNote(scene, work)
    const branch = await placeRow(scene, work, { field: 'branch', branchesOnly: true })
    work.org = branch && { id: branch.id, name: branch.name }
    if (branch) entries.set(work, entryOf(scene, work, branch.id))
  }
  refuseRepeated(scene, works)
  const good = works.filter((work) => entries.has(work) && !fails(work))
  askAboutTwins(scene, good)
  const standing = await namesakesIn(scene, good, 'membership')
  await inParts(
    scene,
    stage,
    good.filter((work) => !fails(work)),
    (part) => enterPart(scene, part, { entries, standing }),
  )
}

function entryOf(scene: Scene, work: RowWork, orgId: string): MemberEntry {
  const { row } = work
  const startReason = textOf(row, 'startReason')
  const person = personOf(scene, work, orgId)
  const to = dateOf(row, 'leftOn')?.slice(0, 10)
  const from = dateOf(row, 'joinedBranchOn')?.slice(0, 10) ?? statedStart(scene, to)
  if (to !== undefined && (from ?? person.joinedLeague ?? '') >= to)
    complain(scene, work, {
      severity: 'error',
      field: 'leftOn',
      reason: '离开的日期不晚于开始的日期',
      remedy: '请核对入团、转入和离开的日期。',
    })
  return {
    person,
    from,
    to,
    startReason,
    endReason: to === undefined ? undefined : textOf(row, 'endReason'),
    memberNo: textOf(row, 'memberNo'),
  }
}

/** Who had left before the day for which the sheet speaks was there since an unknown day. */
function statedStart({ settings }: Scene, to: string | undefined): string | undefined {
  const { statementDate } = settings
  return statementDate === null || (to !== undefined && to <= statementDate) ? undefined : statementDate
}

interface Ready {
  entries: Map<RowWork, MemberEntry>
  standing: Awaited<ReturnType<typeof namesakesIn>>
}

async function enterPart(scene: Scene, part: RowWork[], { entries, standing }: Ready): Promise<void> {
  const given = part.flatMap((work) => entries.get(work) ?? [])
  const statedOn = scene.settings.statementDate ?? scene.ctx.today
  const answers = await enterMembers(scene.ctx, given, { statedOn, batchId: scene.batchId })
  part.forEach((work, i) => {
    const answer = answers[i]
    if (!answer) return
    const { person, state, message } = answer
    const name = work.org?.name ?? ''
    if (person) tellConflicts(scene, work, person)
    if (person?.how === 'new') askAboutNamesake(scene, work, standing)
    if (state === 'elsewhere' || state === 'refused')
      complain(scene, work, {
        severity: 'error',
        field: 'branch',
        ...sayRefused(message),
      })
    const filled = person ? filledIn(person) : ''
    work.done = state === 'entered' ? 'new' : filled ? 'updated' : 'unchanged'
    work.effect =
      state === 'entered'
        ? `登记为“${name}”团员${person?.how === 'new' || !filled ? '' : `，${filled}`}`
        : `已在“${name}”${filled ? `，${filled}` : '，没有变化'}`
  })
}
