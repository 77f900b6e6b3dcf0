/** 霁原县 as a whole: its schools, where most of its members join, and the secretaries before the last elections. */
import { sql } from 'kysely'
import type { OfficerEntry } from '../domain/structure/appointments/enter.ts'
import type { MemberEntry } from '../domain/structure/memberships/enter.ts'
import { openOrg } from '../domain/structure/organisations/operations.ts'
import type { Org } from '../domain/structure/organisations/queries.ts'
import type { Context } from '../kernel/context.ts'
import { appoint, type Stage, settle } from './stage.ts'
import { branchesOf, type Crowd, openUnit, type Planned, type Unit } from './towns.ts'

const SCHOOLS = ['霁原县第一中学', '霁原县第二中学', '霁原县职业技术学校', '霁原县实验学校']
const CLASSES = ['一班', '二班', '三班', '四班', '五班', '六班']
/** Admitted in the schools in the spring of 2023; ten more were in 栗岚镇. */
const ADMITTED = 1259

const classOf = (name: string): Planned => ({
  name: `${name}团支部`,
  type: 'branch',
  sector: 'school',
  members: 0,
  partyLink: null,
  on: '2022-09-01',
})

/** Committees of schools, straight below the county's, with class branches and the members admitted there. */
export async function openSchools(stage: Stage, crowd: Crowd, county: Org): Promise<void> {
  const ctx = stage.at('2022-09-01 09:00:00')
  const classes: Unit[] = []
  for (const name of SCHOOLS) {
    const facts = { type: 'committee', sector: 'school', partyLink: `${name}党委` }
    const school = await openOrg(ctx, { parent: county, name: `${name}团委`, ...facts, on: '2015-09-01' })
    for (const one of CLASSES) classes.push(await openUnit(ctx, school, classOf(one)))
  }
  const entries = Array.from({ length: ADMITTED }, (_, i) => admitted(crowd, classes[i % classes.length], i))
  const ids = await settle(stage.at('2023-05-06 10:00:00'), county, entries.flat())
  const heads = branchesOf(classes).map(
    ({ org }, i): OfficerEntry => ({
      person: { orgId: org.id, personId: ids[i] ?? '', countyId: org.countyId },
      post: 'secretary',
      mode: 'elected',
      officerKind: 'partTime',
      from: '2023-05-10',
    }),
  )
  await appoint(stage.at('2023-05-11 10:00:00'), county, heads)
}

function admitted({ maker }: Crowd, unit: Unit | undefined, n: number): MemberEntry[] {
  if (!unit) return []
  const person = maker.make({
    orgId: unit.org.id,
    born: ['2007-09-01', '2009-04-20'],
    education: 'juniorMiddle',
    occupation: '学生',
    phone: undefined,
  })
  const memberNo = `99012023${String(1001 + n).padStart(5, '0')}`
  const on = { from: '2023-05-04', startReason: 'admission', memberNo }
  return [{ person: { ...person, joinedLeague: '2023-05-04' }, ...on }]
}

interface Held {
  orgId: string
  post: string
  since: string
  born: number
}

/** Each secretary of a town or village had one before, some years older when leaving than the next when coming. */
export async function precede(stage: Stage, { maker }: Crowd, county: Org): Promise<void> {
  const held = await secretariesOf(stage.at('2023-06-30 09:00:00'), county)
  const entries = held.map(({ orgId, post, since, born }, i): OfficerEntry => {
    const year = born - 2 - (i % 3) - (2023 - Number(since.slice(0, 4)))
    const person = maker.make({
      orgId,
      born: [`${year}-02-01`, `${year}-05-30`],
      politics: 'partyMember',
      education: 'college',
    })
    const span = { from: '2018-12-01', to: since, endReason: 'termEnded', mode: 'elected' }
    return { person, post, officerKind: 'partTime', ...span }
  })
  await appoint(stage.at('2022-12-20 09:00:00'), county, entries)
}

async function secretariesOf(ctx: Context, county: Org): Promise<Held[]> {
  const { rows } = await sql<Held>`
    select a.org_id, a.post, a.valid_from::date::text as since, extract(year from p.birth_date)::int as born
    from appointment a join person p on p.county_id = a.county_id and p.id = a.person_id
    join org_span s on s.org_id = a.org_id and s.valid_from <= ${ctx.now}::timestamp and s.valid_to > ${ctx.now}::timestamp
    where a.county_id = ${county.id} and a.post = 'secretary' and a.voided_at is null
      and a.valid_from <= ${ctx.now}::timestamp and a.valid_to > ${ctx.now}::timestamp
      and (s.level = 'township' or s.sector = 'village')
    order by p.name`.execute(ctx.db)
  return rows
}
