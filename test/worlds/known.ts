/** Whoever stands in a county has a row there: of people of whom a test says nothing else. */
import type { Kysely } from 'kysely'
import type { Database } from '../../kernel/database/tables.ts'
import { newId } from '../../kernel/id.ts'

export async function makeKnown(db: Kysely<Database>, countyId: string, personId: string): Promise<void> {
  const unknown = { sex: null, birthDate: null, birthPrecision: null, ethnicity: null, nativePlace: null }
  const unsaid = {
    idNoSealed: null,
    idNoMasked: null,
    phoneSealed: null,
    phoneMasked: null,
    phoneDigest: null,
  }
  const unstated = { occupation: null, joinedLeagueOn: null, joinedLeaguePrecision: null }
  const made = { batchId: null, version: 1, recordedBy: newId(), recordedAt: '2020-01-01', voidedAt: null }
  await db
    .insertInto('person')
    .values({
      countyId,
      id: personId,
      name: '林一',
      nameKey: 'lin yi /ly',
      identityState: 'pending',
      ...unknown,
      ...unsaid,
      ...unstated,
      reportedAge: null,
      reportedOn: null,
      ...made,
    })
    .onConflict((there) => there.columns(['countyId', 'id']).doNothing())
    .execute()
}
