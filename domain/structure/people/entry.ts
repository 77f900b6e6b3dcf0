/** A person as stated by a form or a sheet, and made ready for the register. Pure but for sealing. */
import type { Selectable } from 'kysely'
import { nameKey } from '../../../kernel/pinyin.ts'
import type { Secrets } from '../../../kernel/secrets.ts'
import { type Dated, dated, UNKNOWN_START } from './dated.ts'
import { checkIdNumber, type IdNumberCheck } from './idNumber.ts'
import { shownIdNumber, shownPhone } from './mask.ts'
import type { PersonTable } from './tables.ts'

/** What is not known is left out. Codes are those of codes.ts; dates as much as is known: '2001-05'. */
export interface PersonEntry {
  /** Where the person is entered: decides the county, and helps to recognise who it is. */
  orgId: string
  name: string
  sex?: string | undefined
  birth?: string | undefined
  ethnicity?: string | undefined
  nativePlace?: string | undefined
  idNumber?: string | undefined
  /** The number was refused and is to be supplied (待补). */
  idPending?: boolean | undefined
  phone?: string | undefined
  occupation?: string | undefined
  joinedLeague?: string | undefined
  reportedAge?: number | undefined
  education?: string | undefined
  politics?: string | undefined
  joinedParty?: string | undefined
  mobile?: { place: string | null } | false | undefined
  graduateVillageOfficial?: boolean | undefined
}

export type PersonRow = Selectable<PersonTable>

/** What an entry says, in the register's columns. */
export type Stated = Pick<
  PersonRow,
  | 'name'
  | 'nameKey'
  | 'sex'
  | 'birthDate'
  | 'birthPrecision'
  | 'ethnicity'
  | 'nativePlace'
  | 'idNoSealed'
  | 'idNoMasked'
  | 'phoneSealed'
  | 'phoneMasked'
  | 'phoneDigest'
  | 'identityState'
  | 'occupation'
  | 'joinedLeagueOn'
  | 'joinedLeaguePrecision'
  | 'reportedAge'
  | 'reportedOn'
>

export interface StatedTrait {
  trait: string
  /** null: the entry says that there is none. */
  value: string | null
  detail: string | null
  from: Dated
}

export interface Prepared {
  entry: PersonEntry
  stated: Stated
  /** Digest of the ID number. */
  digest: string | null
  traits: StatedTrait[]
}

/** Digits only, without +86; null when it cannot be a telephone number. */
export function cleanPhone(raw: string): string | null {
  const digits = raw
    .normalize('NFKC')
    .replace(/\D/g, '')
    .replace(/^(0086|86)(?=1\d{10}$)/, '')
  return digits.length >= 7 && digits.length <= 15 ? digits : null
}

export const cleanName = (name: string) => name.normalize('NFKC').replace(/\s+/g, ' ').trim()

const orNull = (text: string | undefined) => text?.trim() || null

/** Makes an entry ready. `statedOn` is the day of the sheet, from which a stated age counts. */
export function prepare(entry: PersonEntry, secrets: Secrets, statedOn: string): Prepared {
  const id = entry.idNumber ? checkIdNumber(entry.idNumber) : null
  const name = cleanName(entry.name)
  const joined = entry.joinedLeague
    ? dated(entry.joinedLeague, { id: 'joinedLeague', title: '入团时间' })
    : null
  const byAge = entry.reportedAge !== undefined && !entry.birth && !id?.ok
  return {
    entry,
    stated: {
      name,
      nameKey: nameKey(name),
      ...sexAndBirth(entry, id),
      ethnicity: entry.ethnicity ?? null,
      nativePlace: orNull(entry.nativePlace),
      ...idColumns(id, secrets, entry.idPending === true),
      ...phoneColumns(entry.phone, secrets),
      occupation: orNull(entry.occupation),
      joinedLeagueOn: joined?.at.slice(0, 10) ?? null,
      joinedLeaguePrecision: joined ? calendar(joined) : null,
      reportedAge: byAge ? (entry.reportedAge ?? null) : null,
      reportedOn: byAge ? statedOn : null,
    },
    digest: id?.ok ? secrets.digest(id.idNumber) : null,
    traits: traitsOf(entry),
  }
}

/** An hour says no more about a birthday than its day. */
export const calendar = (date: Dated) => (date.precision === 'hour' ? 'day' : date.precision)

/** A right ID number says both; one with a wrong check digit only where nothing else does. */
function sexAndBirth(entry: PersonEntry, id: IdNumberCheck | null) {
  const birth = entry.birth ? dated(entry.birth, { id: 'birth', title: '出生日期' }) : null
  const said = {
    sex: entry.sex ?? null,
    birthDate: birth?.at.slice(0, 10) ?? null,
    birthPrecision: birth ? calendar(birth) : null,
  }
  if (!id?.ok) return said
  const fromId = { sex: id.sex, birthDate: id.birth, birthPrecision: 'day' }
  if (!id.warnings.includes('checkDigit')) return fromId
  return { ...fromId, ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null)) }
}

export function idColumns(id: IdNumberCheck | null, secrets: Secrets, pending: boolean) {
  if (!id?.ok)
    return { idNoSealed: null, idNoMasked: null, identityState: pending ? 'pending' : 'unverified' }
  return {
    idNoSealed: secrets.seal(id.idNumber),
    idNoMasked: shownIdNumber(id.idNumber),
    identityState: id.warnings.includes('checkDigit') ? 'unverified' : 'verified',
  }
}

export function phoneColumns(raw: string | undefined, secrets: Secrets) {
  const phone = raw ? cleanPhone(raw) : null
  if (!phone) return { phoneSealed: null, phoneMasked: null, phoneDigest: null }
  return {
    phoneSealed: secrets.seal(phone),
    phoneMasked: shownPhone(phone),
    phoneDigest: secrets.digest(phone),
  }
}

const PARTY = new Set(['partyMember', 'probationaryPartyMember'])

/** Party membership is a span of its own; any other political status is kept as stated. */
function traitsOf(entry: PersonEntry): StatedTrait[] {
  const plain = (trait: string, value: string | null, detail: string | null = null): StatedTrait => ({
    trait,
    value,
    detail,
    from: UNKNOWN_START,
  })
  const party = entry.joinedParty
    ? dated(entry.joinedParty, { id: 'joinedParty', title: '入党时间' })
    : UNKNOWN_START
  const { education, politics, mobile, graduateVillageOfficial: official } = entry
  return [
    ...(education ? [plain('education', education)] : []),
    ...(politics && PARTY.has(politics) ? [{ ...plain('party', politics), from: party }] : []),
    ...(politics && !PARTY.has(politics) ? [plain('politics', politics)] : []),
    ...(mobile === undefined ? [] : [plain('mobile', mobile ? 'yes' : null, mobile ? mobile.place : null)]),
    ...(official === undefined ? [] : [plain('graduateVillageOfficial', official ? 'yes' : null)]),
  ]
}
