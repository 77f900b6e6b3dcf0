/**
 * Who is known already: ID number → name and phone → name, birth and organisation; never by name alone. Holds the
 * people of the entries' counties who could be meant, and those entered by the same batch before.
 */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { PersonRow, Prepared } from './entry.ts'

export type How = 'given' | 'id' | 'phone' | 'birthAndOrg' | 'new'

/** A person as registered, or about to be. */
export interface Known {
  row: PersonRow
  isNew: boolean
  /** Digest of the ID number, where one is held. */
  digest: string | null
  /** Organisations in which the person has stood. */
  orgIds: Set<string>
}

export interface Directory {
  countyOf(orgId: string): string
  find(prepared: Prepared): { known: Known; how: How } | null
  /** The id that an ID number has already, in whatever county. */
  idOfNumber(prepared: Prepared): string | null
  add(known: Known, orgId: string): void
}

export async function openDirectory(ctx: Context, entries: Prepared[]): Promise<Directory> {
  const orgIds = [...new Set(entries.map((e) => e.entry.orgId))]
  const digests = await identitiesOf(ctx, entries)
  const counties = await countiesOf(ctx, orgIds)
  const rows = await candidates(ctx, entries, [...new Set(counties.values())], [...digests.values()])
  const digestOf = new Map([...digests].map(([digest, personId]) => [personId, digest]))
  const known = rows.map((row): Known => {
    const digest = digestOf.get(row.id) ?? heldDigest(ctx, row)
    return { row, isNew: false, digest, orgIds: new Set() }
  })
  await addOrganisations(ctx, known)
  const paths = await pathsOf(ctx, [...orgIds, ...known.flatMap((k) => [...k.orgIds])])
  return directory(known, { digests, counties, paths })
}

const heldDigest = ({ services: { secrets } }: Context, row: PersonRow) =>
  row.idNoSealed ? secrets.digest(secrets.open(row.idNoSealed)) : null

async function identitiesOf(ctx: Context, entries: Prepared[]): Promise<Map<string, string>> {
  const digests = entries.flatMap((e) => e.digest ?? [])
  if (digests.length === 0) return new Map()
  const { rows } = await sql<{ digest: string; personId: string }>`
    select digest, person_id from identity where digest = any(${digests})`.execute(ctx.db)
  return new Map(rows.map((r) => [r.digest, r.personId]))
}

async function countiesOf(ctx: Context, orgIds: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; countyId: string }>`
    select id, county_id from org where id = any(${orgIds}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((r) => [r.id, r.countyId]))
}

async function candidates(
  ctx: Context,
  entries: Prepared[],
  counties: string[],
  identified: string[],
): Promise<PersonRow[]> {
  const phones = entries.flatMap((e) => e.stated.phoneDigest ?? [])
  const names = [...new Set(entries.map((e) => e.stated.name))]
  const { rows } = await sql<PersonRow>`
    select p.* from person p where p.county_id = any(${counties}::uuid[]) and p.voided_at is null
      and (p.id = any(${identified}::uuid[]) or p.phone_digest = any(${phones}) or p.name = any(${names}))
    order by p.id`.execute(ctx.db)
  return rows
}

/** The tables belong to the next slices; where a person stands is one of the marks by which they are recognised. */
async function addOrganisations(ctx: Context, known: Known[]): Promise<void> {
  const byPerson = new Map(known.map((k) => [k.row.countyId + k.row.id, k]))
  const ids = known.map((k) => k.row.id)
  const { rows } = await sql<{ countyId: string; personId: string; orgId: string }>`
    select county_id, person_id, org_id from membership where person_id = any(${ids}::uuid[]) and voided_at is null
    union select county_id, person_id, org_id from appointment
    where person_id = any(${ids}::uuid[]) and voided_at is null`.execute(ctx.db)
  for (const r of rows) byPerson.get(r.countyId + r.personId)?.orgIds.add(r.orgId)
}

async function pathsOf(ctx: Context, orgIds: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ orgId: string; path: string }>`
    select distinct on (org_id) org_id, path from org_span where org_id = any(${orgIds}::uuid[])
    order by org_id, valid_from desc`.execute(ctx.db)
  return new Map(rows.map((r) => [r.orgId, r.path]))
}

interface Places {
  digests: Map<string, string>
  counties: Map<string, string>
  paths: Map<string, string>
}

function directory(all: Known[], { digests, counties, paths }: Places): Directory {
  const byId = new Map<string, Known>()
  const byPhone = new Map<string, Known[]>()
  const byName = new Map<string, Known[]>()
  const countyOf = (orgId: string) => counties.get(orgId) ?? ''
  const index = (k: Known) => {
    const { row } = k
    byId.set(row.countyId + row.id, k)
    if (k.digest) byId.set(row.countyId + k.digest, k)
    if (row.phoneDigest) push(byPhone, row.countyId + row.phoneDigest + row.name, k)
    push(byName, row.countyId + row.name, k)
  }
  for (const k of all) index(k)
  const stands = (k: Known, orgId: string) => {
    const here = paths.get(orgId) ?? ''
    return [...k.orgIds].some((id) => id === orgId || adjacent(paths.get(id) ?? '', here))
  }
  return {
    countyOf,
    idOfNumber: (p) => (p.digest ? (digests.get(p.digest) ?? null) : null),
    find(p) {
      const county = countyOf(p.entry.orgId)
      const elsewhere = p.digest ? digests.get(p.digest) : undefined
      const identified = p.digest
        ? (byId.get(county + p.digest) ?? (elsewhere && byId.get(county + elsewhere)))
        : undefined
      if (identified) return found(identified, 'id')
      // Known by ID number in another county: the same person, to be registered here under the same id.
      if (elsewhere) return null
      const { name, phoneDigest } = p.stated
      const fitting = (list: Known[] | undefined) => (list ?? []).filter((k) => couldBe(k, p))
      const phone = phoneDigest ? fitting(byPhone.get(county + phoneDigest + name)) : []
      if (phone.length === 1) return found(phone[0], 'phone')
      const born = fitting(byName.get(county + name)).filter(
        (k) => sameBirth(k.row, p) && stands(k, p.entry.orgId),
      )
      return born.length === 1 ? found(born[0], 'birthAndOrg') : null
    },
    add(k, orgId) {
      k.orgIds.add(orgId)
      if (k.digest && !digests.has(k.digest)) digests.set(k.digest, k.row.id)
      index(k)
    },
  }
}

const found = (known: Known | undefined, how: How) => (known ? { known, how } : null)

function push(map: Map<string, Known[]>, key: string, known: Known): void {
  const list = map.get(key) ?? []
  if (!list.includes(known)) map.set(key, [...list, known])
}

/** Two ID numbers or two sexes are two people, whatever else agrees. */
const couldBe = (k: Known, { digest, stated }: Prepared) =>
  (k.digest === null || digest === null || k.digest === digest) &&
  (k.row.sex === null || stated.sex === null || k.row.sex === stated.sex)

/** To the day where both know it, else to the month; a year alone tells nobody apart. */
function sameBirth(row: PersonRow, { stated }: Prepared): boolean {
  if (!row.birthDate || !stated.birthDate) return false
  const [a, b] = [row.birthPrecision, stated.birthPrecision]
  if (a === 'year' || b === 'year') return false
  const length = a === 'day' && b === 'day' ? 10 : 7
  return row.birthDate.slice(0, length) === stated.birthDate.slice(0, length)
}

/** One directly above the other: the officer of a township's committee who is a member of its village branch. */
function adjacent(a: string, b: string): boolean {
  const [upper, lower] = a.length < b.length ? [a, b] : [b, a]
  return upper !== '' && lower.startsWith(upper) && lower.slice(upper.length).split('/').length === 2
}
