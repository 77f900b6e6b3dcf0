/** The officers' roster: who holds which posts, in which bodies, since when. One row may hold several posts. */
import { sql } from 'kysely'
import {
  type EnteredOfficer,
  enterOfficers,
  type OfficerEntry,
} from '../../../structure/appointments/enter.ts'
import type { Entered } from '../../../structure/people/enter.ts'
import type { NamedOrg } from '../orgNames.ts'
import { placeRow } from '../places.ts'
import { cellOf, complain, dateOf, fails, inParts, type RowWork, type Scene, textOf } from '../work.ts'
import {
  askAboutNamesake,
  askAboutTwins,
  filledIn,
  namesakesIn,
  type Standing,
  sayRefused,
  tellConflicts,
} from './known.ts'
import { allowPendingId, personOf, refuseRepeated, tellNote } from './people.ts'
import { leaguePostsIn, postsIn, type StatedPost } from './posts.ts'

export async function enter(scene: Scene, works: RowWork[], stage: string): Promise<void> {
  const entries = new Map<RowWork, OfficerEntry[]>()
  for (const work of works) {
    allowPendingId(scene, work)
    tellNote(scene, work)
    const stated = statedPosts(scene, work)
    const org = await orgOf(scene, work, stated)
    work.org = org && { id: org.id, name: org.name }
    if (org) entries.set(work, entriesOf(scene, work, { org, stated }))
  }
  tellNamesakes(scene, works)
  refuseRepeated(scene, works, (work) => `${work.org?.id} ${JSON.stringify(cellOf(work.row, 'post'))}`)
  const good = works.filter((work) => entries.has(work) && !fails(work))
  askAboutTwins(scene, good)
  const known = await membersNamed(scene, good)
  const standing = await namesakesIn(scene, good, 'appointment')
  const ready = good.filter((work) => !fails(work))
  await inParts(scene, stage, ready, (part) => enterPart(scene, part, { entries, known, standing }))
}

function statedPosts(scene: Scene, work: RowWork): StatedPost[] {
  const concurrent = leaguePostsIn(textOf(work.row, 'concurrentPost') ?? '')
  const own = cellOf(work.row, 'post') === null ? '' : (work.row.values.post?.raw ?? '')
  const found: StatedPost[] = []
  for (const [field, text] of [
    ['post', own],
    ['concurrentPost', concurrent.posts.join('、')],
  ] as const) {
    const posts = postsIn(text, scene.names, scene.ctx.now)
    if ('posts' in posts) found.push(...posts.posts)
    else
      complain(scene, work, {
        severity: 'error',
        field,
        reason: `职务里的组织“${posts.unknownBody.slice(0, 30)}”不在“${scene.org.name}”下，或不止一个`,
        remedy: '请写组织的全称，或把每个职务的组织填在“所在团组织”一列、一职一行。',
      })
  }
  return found
}

/** A post may name its body itself; then the row needs no column for it. */
async function orgOf(scene: Scene, work: RowWork, stated: StatedPost[]): Promise<NamedOrg | null> {
  const [first] = stated
  const blank = textOf(work.row, 'org') === undefined && work.row.section === undefined
  if (blank && first?.org) return first.org
  return placeRow(scene, work, { field: 'org' })
}

function entriesOf(
  scene: Scene,
  work: RowWork,
  { org, stated }: { org: NamedOrg; stated: StatedPost[] },
): OfficerEntry[] {
  const { row } = work
  const person = personOf(scene, work, org.id)
  const elsewhere = leaguePostsIn(textOf(row, 'concurrentPost') ?? '').others.join('、')
  const from = dateOf(row, 'tookOfficeOn') ?? scene.settings.statementDate ?? undefined
  return stated.map((one) => ({
    person: {
      ...person,
      orgId: one.org?.id ?? org.id,
      occupation: person.occupation ?? (elsewhere || undefined),
    },
    post: one.post,
    postTitle: one.title,
    officerKind: textOf(row, 'officerKind'),
    mode: textOf(row, 'mode'),
    from,
  }))
}

/** Members of the subtree who bear these names: a namesake is no proof, so the row says so. */
async function membersNamed(scene: Scene, works: RowWork[]): Promise<Set<string>> {
  const names = [...new Set(works.flatMap((work) => textOf(work.row, 'name') ?? []))]
  const { rows } = await sql<{ name: string }>`
    select distinct p.name from membership m join person p on p.county_id = m.county_id and p.id = m.person_id
    join org_span s on s.org_id = m.org_id and s.valid_to = 'infinity'
    where p.name = any(${names}) and m.voided_at is null and m.valid_to = 'infinity'
      and m.batch_id is distinct from ${scene.batchId} and starts_with(s.path, ${scene.org.pathNow})`.execute(
    scene.ctx.db,
  )
  return new Set(rows.map((row) => row.name))
}

interface Ready {
  entries: Map<RowWork, OfficerEntry[]>
  known: Set<string>
  standing: Standing[]
}

async function enterPart(scene: Scene, part: RowWork[], { entries, known, standing }: Ready): Promise<void> {
  const answers = await enterAll(scene, part, entries)
  for (const work of part) {
    const mine = answers.get(work) ?? []
    for (const { message } of mine.filter((one) => one.state === 'refused'))
      complain(scene, work, { severity: 'error', field: 'post', ...sayRefused(message) })
    const [person] = mine.flatMap((one) => one.person ?? [])
    if (person) tellPerson(scene, work, { person, known, standing })
    const fresh = mine.some((one) => one.state === 'entered')
    const added = person ? filledIn(person) : ''
    work.done = fresh ? 'new' : added ? 'updated' : 'unchanged'
    const posts = `“${work.org?.name}”${(entries.get(work) ?? []).map((one) => one.postTitle).join('、')}`
    work.effect = fresh ? `登记${posts}` : `已任${posts}${added ? `，${added}` : '，没有变化'}`
  }
}

/** The first post of each row says who it is; the others are held by whoever that turned out to be. */
async function enterAll(
  scene: Scene,
  part: RowWork[],
  entries: Map<RowWork, OfficerEntry[]>,
): Promise<Map<RowWork, EnteredOfficer[]>> {
  const options = { statedOn: scene.settings.statementDate ?? scene.ctx.today, batchId: scene.batchId }
  const firsts = part.flatMap((work) =>
    (entries.get(work) ?? []).slice(0, 1).map((entry) => ({ work, entry })),
  )
  const entered = await enterOfficers(
    scene.ctx,
    firsts.map((one) => one.entry),
    options,
  )
  const answers = new Map(firsts.map(({ work }, i) => [work, entered.slice(i, i + 1)]))
  const rest = part.flatMap((work) =>
    (entries.get(work) ?? []).slice(1).flatMap((entry) => {
      const { personId, countyId } = answers.get(work)?.[0]?.person ?? {}
      const { orgId } = entry.person
      return personId && countyId
        ? [{ work, entry: { ...entry, person: { orgId, personId, countyId } } }]
        : []
    }),
  )
  const more = await enterOfficers(
    scene.ctx,
    rest.map((one) => one.entry),
    options,
  )
  rest.forEach(({ work }, i) => {
    answers.get(work)?.push(...more.slice(i, i + 1))
  })
  return answers
}

function tellPerson(
  scene: Scene,
  work: RowWork,
  { person, known, standing }: Omit<Ready, 'entries'> & { person: Entered },
): void {
  tellConflicts(scene, work, person)
  const name = textOf(work.row, 'name') ?? ''
  if (person.how === 'new') askAboutNamesake(scene, work, standing)
  if (person.how === 'new' && known.has(name))
    complain(scene, work, {
      severity: 'warning',
      field: 'name',
      reason: `团员里有同名的“${name}”，没有能认定是同一人的资料，按新的人登记`,
      remedy: '是同一人的，请补身份证号、电话或出生日期后再导入。',
    })
}

/** Two rows of one name that no mark joins are two people: told, since officers often hold posts in two bodies. */
function tellNamesakes(scene: Scene, works: RowWork[]): void {
  const seen = new Map<string, RowWork>()
  for (const work of works) {
    const name = textOf(work.row, 'name') ?? ''
    const first = seen.get(name)
    if (!first) seen.set(name, work)
    else if (!MARKS.some((field) => textOf(first.row, field) && textOf(work.row, field)))
      complain(scene, work, {
        severity: 'warning',
        field: 'name',
        reason: `与第 ${first.row.rowNumber} 行同名，没有能认定是同一人的资料，按两个人登记`,
        remedy: '是同一人的，请补身份证号、电话或出生日期后再导入。',
      })
  }
}

const MARKS = ['idNumber', 'phone', 'birthDate']
