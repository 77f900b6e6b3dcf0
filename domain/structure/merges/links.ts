/**
 * Every table that names a person or a record, and what a merge does with its rows. A test holds this list against
 * the database: a new table with person_id or record_id must be declared here before it can be lost in a merge.
 */

export interface Linked {
  table: string
  /** Columns that tell a row from all others. */
  key: string[]
  /** What people call it, for the words of an undo that is stood in the way of. */
  words: string
  /** Only these columns are the merge's: others may have changed since without standing in its way. */
  only?: string[]
}

/** Rows that name a person: they follow to the one who is kept. */
export const PERSON_LINKS: Linked[] = [
  { table: 'membership', key: ['county_id', 'id'], words: '团籍' },
  { table: 'appointment', key: ['county_id', 'id'], words: '任职' },
  { table: 'person_trait', key: ['county_id', 'id'], words: '学历、党员等情况' },
  { table: 'participation', key: ['county_id', 'id'], words: '活动的参加名单' },
  { table: 'record_reference', key: ['county_id', 'record_id', 'field'], words: '记录里写到的地方' },
  { table: 'account', key: ['id'], words: '账号', only: ['person_id'] },
  { table: 'identity', key: ['digest'], words: '身份证号' },
]

/** Tables with a person_id in which a merge changes nothing, and why. */
export const PERSON_APART: Record<string, string> = {}

export const PERSON_ROWS: Linked = { table: 'person', key: ['county_id', 'id'], words: '资料' }

/** Rows that stand with a record. The one that is given up keeps its own; the kept one gets copies. */
export const RECORD_LINKS: Linked[] = [
  { table: 'record_host', key: ['county_id', 'record_id', 'org_id'], words: '联合组织' },
  { table: 'participation', key: ['county_id', 'id'], words: '人员名单' },
  { table: 'attachment', key: ['county_id', 'id'], words: '照片和附件' },
  { table: 'record_stage', key: ['county_id', 'record_id', 'field', 'state'], words: '办理状态' },
  { table: 'record_reference', key: ['county_id', 'record_id', 'field'], words: '关联' },
]

/** Tables with a record_id in which a merge changes nothing, and why. */
export const RECORD_APART: Record<string, string> = {
  bulk_change_row: 'the way back of a bulk change: it names a version, which a merged record no longer has',
}

export const RECORD_ROWS: Linked = { table: 'record', key: ['county_id', 'id'], words: '内容' }

export const ALL_LINKED: Linked[] = [
  PERSON_ROWS,
  RECORD_ROWS,
  ...PERSON_LINKS,
  ...RECORD_LINKS.filter((l) => !PERSON_LINKS.some(({ table }) => table === l.table)),
]
