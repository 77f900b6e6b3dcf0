/** Rows about people. ID and phone numbers are sealed; a masked form is kept for screens. */
import type { Generated } from 'kysely'

export interface PersonTable {
  countyId: string
  id: string
  name: string
  nameKey: string
  sex: string | null
  birthDate: string | null
  birthPrecision: string | null
  ethnicity: string | null
  nativePlace: string | null
  idNoSealed: string | null
  idNoMasked: string | null
  phoneSealed: string | null
  phoneMasked: string | null
  phoneDigest: string | null
  /** verified: an ID number with a right check digit; unverified: found by other marks; pending: to be supplied. */
  identityState: string
  occupation: string | null
  joinedLeagueOn: string | null
  joinedLeaguePrecision: string | null
  reportedAge: number | null
  reportedOn: string | null
  batchId: string | null
  version: number
  recordedBy: string
  recordedAt: string
  voidedAt: string | null
}

/** What changes with time: education, party, politics, mobile, graduateVillageOfficial. */
export interface PersonTraitTable {
  countyId: string
  id: string
  personId: string
  trait: string
  value: string
  detail: string | null
  validFrom: string
  fromPrecision: string
  validTo: Generated<string>
  batchId: string | null
  recordedBy: string
  recordedAt: string
  voidedAt: string | null
}

declare module '../../../kernel/database/tables.ts' {
  interface Database {
    identity: { digest: string; personId: string }
    person: PersonTable
    personTrait: PersonTraitTable
  }
}
