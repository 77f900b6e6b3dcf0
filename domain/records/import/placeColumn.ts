/** Which column says where a row belongs, when no header is known to: the one whose values are our organisations. */
import type { Target } from '../../../kernel/spreadsheet/target.ts'
import type { Sheet } from '../../../kernel/spreadsheet/workbook.ts'
import { looksLikeOrg, namesLeague, type OrgNames } from './orgNames.ts'
import { headerKey } from './sheet/headerText.ts'
import type { SheetColumn, SheetReading } from './sheet/reading.ts'

/** Bodies that have to do with a row without its being theirs. */
const OTHERS =
  /指导|协办|联办|联合|授予|颁|审批|审核|表彰|来源|联系|共建|结对|出资|拨|上级|党|介绍|转出|转入|原|荣誉|称号|奖项/

/** Whom a row honours is whose row it is, where nothing else says so. */
const HONOURED = 'recipientOrg'

const MOST = 0.6

interface Told {
  sheet: Sheet
  reading: SheetReading
  target: Target | undefined
  names: () => Promise<OrgNames>
  /** The organisation that the sheet is imported for: a column that names it alone tells nothing. */
  own: string
  at: string
}

/** Header → field for that column; empty where a header says it already, or several columns could. */
export async function placeColumn(told: Told): Promise<Record<string, string>> {
  const { reading, target } = told
  const field = target?.fields.find((one) => one.place)
  if (!field || reading.columns.some((column) => column.field === field.id)) return {}
  const open = reading.columns.filter(
    (column) =>
      (column.field === null || column.field === HONOURED) &&
      !column.sequence &&
      column.header !== '' &&
      !OTHERS.test(column.header),
  )
  if (open.length === 0 || reading.rows.length === 0) return {}
  const names = await told.names()
  const [first, ...others] = open.filter((column) => holdsOrgs(told, names, column))
  return first && others.length === 0 ? { [headerKey(first.header)]: field.id } : {}
}

/** Ours for the most part, or called a League organisation: then a name that we do not have is refused, not lost. */
function holdsOrgs({ sheet, reading, own, at }: Told, names: OrgNames, { index }: SheetColumn): boolean {
  const texts = reading.rows.flatMap(
    ({ rowNumber }) => sheet.rows[rowNumber - 1]?.[index]?.shown.trim() || [],
  )
  const found = texts.map((text) => names.find(text, { at }))
  const known = found.filter((one) => 'org' in one)
  const said = texts.filter(
    (text, i) => 'org' in (found[i] ?? {}) || (namesLeague(text) && looksLikeOrg(text)),
  )
  const elsewhere = known.some((one) => 'org' in one && one.org.id !== own)
  return texts.length > 0 && said.length >= texts.length * MOST && (elsewhere || known.length === 0)
}
