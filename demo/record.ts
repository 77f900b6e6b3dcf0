/** A record of an organisation, written shortly. */
import type { RecordDraft } from '../domain/records/ledgers/rules.ts'
import type { Org } from '../domain/structure/organisations/queries.ts'
import { newId } from '../kernel/id.ts'

type Fields = NonNullable<RecordDraft['fields']>
type More = Partial<RecordDraft>

/** Makes drafts of this organisation from day, title, attendances, fields. */
export const recordsOf =
  (org: Org) =>
  (day: string, title: string, personTimes: number | null, fields: Fields, more: More = {}): RecordDraft => ({
    id: newId(),
    orgId: org.id,
    day,
    title,
    fields,
    ...(personTimes !== null && { personTimes }),
    ...more,
  })
