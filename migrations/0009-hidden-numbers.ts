/**
 * What is shown of ID and phone numbers gives them away no longer (decision 0027). Three and four digits of an ID
 * number beside the birth date and the county's code gave the whole of it. Masks are stored, so they are rewritten
 * wherever they lie: in the register, in what merges and imports keep for being taken back, in answers kept for
 * retries. No key is needed: the new mask is made from the old one.
 */
import { type Kysely, sql } from 'kysely'

const ID = String.raw`("id_?no_?masked": )"[^"]*"`
const PHONE = String.raw`("phone_?masked": )"[^"]*([0-9]{2})"`
/** In the words of an import's report. */
const SAID = String.raw`([0-9]{3})?[*]{4}[0-9]{2}([0-9]{2})`

const hidden = (column: string) =>
  `regexp_replace(regexp_replace(${column}::text, '${ID}', '\\1"已登记"', 'gi'), '${PHONE}', '\\1"*********\\2"', 'gi')::jsonb`

const holds = (column: string) => `${column}::text ~* '_?masked": "'`

const masks = `
update person set id_no_masked = '已登记' where id_no_masked is not null;
update person set phone_masked = '*********' || right(phone_masked, 2) where phone_masked is not null;
update merge_change set before = ${hidden('before')} where subject = 'person' and ${holds('before')};
update merge_change set after = ${hidden('after')} where subject = 'person' and ${holds('after')};
update batch_change set before = ${hidden('before')} where subject = 'person' and ${holds('before')};
update idempotency set answer = ${hidden('answer')} where ${holds('answer')};
update job set result = regexp_replace(result::text, '${SAID}', '*********\\2', 'g')::jsonb where result::text ~ '${SAID}';
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(masks).execute(db)
}
