/** By which people may be told apart in any figure about people: members, officers, participants. */
import { type RawBuilder, sql } from 'kysely'
import type { Dimension, EvidenceColumn, Frame } from '../../../kernel/measures.ts'
import type { TargetOption } from '../../../kernel/spreadsheet/target.ts'
import { EDUCATION_LEVELS, ETHNICITIES, IDENTITY_STATES, POLITICAL_STATUSES, SEXES } from './codes.ts'
import { moment } from './dated.ts'
import {
  ageAt,
  column,
  fullPartyMember,
  hasTrait,
  inLeague,
  inParty,
  isMinority,
  politicsAt,
  type Seen,
  traitAt,
  traitDetailAt,
} from './expressions.ts'

/** The moment at which the person is looked at; the question's own unless an event has one. */
type Moment = (frame: Frame) => RawBuilder<unknown>

const asked: Moment = (frame) => moment(frame.asOf)

/** Dimensions of the person row that stands under this alias in the source's FROM. */
export function personDimensions(alias: string, at: Moment = asked): Record<string, Dimension> {
  const by = (
    title: string,
    type: Dimension['type'],
    expression: (seen: Seen) => RawBuilder<unknown>,
    options?: TargetOption[],
  ): Dimension => ({
    title,
    type,
    ...(options && { options }),
    sql: (frame) => expression({ alias, at: at(frame) }),
  })
  const stored = (name: string) => (seen: Seen) => column(seen, name)
  return {
    sex: by('性别', 'choice', stored('sex'), SEXES),
    ethnicity: by('民族', 'choice', stored('ethnicity'), ETHNICITIES),
    minority: { ...by('少数民族', 'yesNo', isMinority), blank: 'unknown' },
    age: by('年龄', 'number', ageAt),
    birthYear: by('出生年份', 'number', (seen) => sql`extract(year from ${column(seen, 'birth_date')})::int`),
    education: by('学历', 'choice', (seen) => traitAt(seen, 'education'), EDUCATION_LEVELS),
    politics: by('政治面貌', 'choice', politicsAt, POLITICAL_STATUSES),
    partyMember: by('党员（含预备党员）', 'yesNo', inParty),
    fullPartyMember: by('正式党员', 'yesNo', fullPartyMember),
    leagueMember: by('团员', 'yesNo', inLeague),
    mobile: by('流动', 'yesNo', (seen) => hasTrait(seen, 'mobile')),
    mobilePlace: by('流动去向', 'text', (seen) => traitDetailAt(seen, 'mobile')),
    graduateVillageOfficial: by('大学生村官', 'yesNo', (seen) => hasTrait(seen, 'graduateVillageOfficial')),
    occupation: by('职业', 'text', stored('occupation')),
    identityState: by('身份核实', 'choice', stored('identity_state'), IDENTITY_STATES),
    joinedLeagueOn: by('入团时间', 'date', stored('joined_league_on')),
    nativePlace: by('籍贯', 'text', stored('native_place')),
    name: by('姓名', 'text', stored('name')),
  }
}

/** The office's word for a stored code, in SQL. */
const titled = (
  expression: RawBuilder<unknown>,
  options: { value: string; title: string }[],
): RawBuilder<string | null> =>
  sql`case ${expression} ${sql.join(
    options.map((o) => sql`when ${sql.lit(o.value)} then ${sql.lit(o.title)}`),
    sql` `,
  )} end`

/** A date as far as it is known: 2001-05-04, 2001-05, 2001. */
export const loosely = (date: RawBuilder<unknown>, precision: RawBuilder<unknown>) =>
  sql`left((${date})::text, case ${precision} when 'year' then 4 when 'month' then 7 else 10 end)`

/** What evidence shows of a person; never ID or phone numbers. */
export function personColumns(alias: string, at: Moment = asked): EvidenceColumn[] {
  const of = (
    id: string,
    title: string,
    expression: (seen: Seen) => RawBuilder<unknown>,
  ): EvidenceColumn => ({
    id,
    title,
    sql: (frame) => expression({ alias, at: at(frame) }),
  })
  return [
    of('name', '姓名', (seen) => column(seen, 'name')),
    of('sex', '性别', (seen) => titled(column(seen, 'sex'), SEXES)),
    of('birth', '出生年月', (seen) => loosely(column(seen, 'birth_date'), column(seen, 'birth_precision'))),
    of('education', '学历', (seen) => titled(traitAt(seen, 'education'), EDUCATION_LEVELS)),
    of('politics', '政治面貌', (seen) => titled(politicsAt(seen), POLITICAL_STATUSES)),
  ]
}
