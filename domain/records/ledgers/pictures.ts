/** Pictures of records in their sizes, and those of earlier days, which are drawn anew in the server's own time. */
import { type Kysely, sql } from 'kysely'
import { momentOf } from '../../../kernel/clock.ts'
import type { Services } from '../../../kernel/context.ts'
import type { Database } from '../../../kernel/database/tables.ts'
import type { FileStore } from '../../../kernel/files.ts'
import {
  type ReadyPicture,
  readyPicture,
  type Size,
  UnreadablePicture,
} from '../../../kernel/pictures/ready.ts'

/** Returns the digest of the picture itself. */
export async function keepPicture(
  db: Kysely<Database>,
  files: FileStore,
  { bytes, sizes }: ReadyPicture,
  now: string,
): Promise<string> {
  const photo = await files.put(bytes)
  const smallSha256 = sizes.small ? await files.put(sizes.small) : null
  const mediumSha256 = sizes.medium ? await files.put(sizes.medium) : null
  await db
    .insertInto('picture')
    .values({ photo, smallSha256, mediumSha256, recordedAt: now })
    .onConflict((c) => c.doNothing())
    .execute()
  return photo
}

export async function sizedPicture(db: Kysely<Database>, photo: string, size: Size): Promise<string | null> {
  const row = await db.selectFrom('picture').selectAll().where('photo', '=', photo).executeTakeFirst()
  return (size === 'small' ? row?.smallSha256 : row?.mediumSha256) ?? null
}

export interface Renewed {
  renewed: number
  /** Names of those that cannot be opened: they stay as they are. */
  unreadable: string[]
}

/** Goes on where it was stopped; a picture whose file is missing is tried again the next time. */
export async function renewPictures(services: Services, stopped: () => boolean): Promise<Renewed> {
  const told: Renewed = { renewed: 0, unreadable: [] }
  await forgetPictures(services.db)
  for (let after = ''; !stopped(); ) {
    const next = await nextOld(services.db, after)
    if (!next) break
    after = next.sha256
    const bytes = services.files.get(next.sha256)
    if (!bytes) continue
    const ready = await readyPicture(bytes, next.mediaType, { lenient: true }).catch((error) => {
      if (error instanceof UnreadablePicture) return null
      throw error
    })
    if (!ready) told.unreadable.push(next.name)
    else told.renewed++
    await replace(services, next.sha256, ready ?? { bytes, sizes: {} })
  }
  return told
}

/** Of pictures that no record has any more. */
const forgetPictures = (db: Kysely<Database>) =>
  sql`delete from picture p where not exists (select 1 from attachment a where a.sha256 = p.photo)`.execute(
    db,
  )

const nextOld = (db: Kysely<Database>, after: string) =>
  db
    .selectFrom('attachment as a')
    .select(['a.sha256', 'a.mediaType', 'a.name'])
    .where('a.mediaType', 'like', 'image/%')
    .where('a.sha256', '>', after)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('picture as p').select('p.photo').whereRef('p.photo', '=', 'a.sha256'))),
    )
    .orderBy('a.sha256')
    .limit(1)
    .executeTakeFirst()

/** With whatever names the old one: the records' rows, and the rows that a merge keeps for its undoing. */
async function replace({ db, files, clock }: Services, old: string, ready: ReadyPicture): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const sha256 = await keepPicture(tx, files, ready, momentOf(clock.now()))
    if (sha256 === old) return
    const size = ready.bytes.length
    await tx.updateTable('attachment').set({ sha256, size }).where('sha256', '=', old).execute()
    const now = sql`${JSON.stringify({ sha256, size })}::jsonb`
    for (const image of [sql.ref('before'), sql.ref('after')])
      await sql`update merge_change set ${image} = ${image} || ${now}
        where subject = 'attachment' and ${image}->>'sha256' = ${old}`.execute(tx)
  })
}
