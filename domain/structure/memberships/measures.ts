/** What may be counted of members: those in force at a moment, those admitted and those who left in a period. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type Dimension, type Frame, inFrame, type Measure, type Source } from '../../../kernel/measures.ts'
import { branchKinds, sectors } from '../organisations/words.ts'
import { holds, moment } from '../people/dated.ts'
import { loosely, personColumns, personDimensions } from '../people/dimensions.ts'
import { ageAt } from '../people/expressions.ts'
import { orgDimensions, spanAt } from '../people/orgDimensions.ts'
import { END_REASONS, START_REASONS } from './reasons.ts'

const COLUMNS = { countyId: 'm.county_id', path: 's.path' }
const joinPerson = sql`join person p on p.county_id = m.county_id and p.id = m.person_id`
const asOf = (frame: Frame) => moment(frame.asOf)

const reason = (title: string, name: string, options: { value: string; title: string }[]): Dimension => ({
  title,
  type: 'choice',
  options,
  sql: () => sql.ref(`m.${name}`),
})

const day = (name: 'valid_from' | 'valid_to', precision: 'from_precision' | 'to_precision') =>
  loosely(sql.ref(`m.${name}`), sql.ref(`m.${precision}`))

const common = {
  register: 'members' as const,
  countyId: sql<string>`m.county_id`,
  rowId: sql<string>`m.id`,
  // The person's own corrections change what the row says.
  version: sql<number>`(m.version + p.version)`,
  person: sql<string | null>`m.person_id`,
  path: sql<string>`s.path`,
  opens: 'people',
  opensId: sql<string>`m.person_id`,
}

const branch = { id: 'branch', title: '团支部', sql: () => sql`s.name` }
const joined = {
  id: 'joinedLeagueOn',
  title: '入团时间',
  sql: () => loosely(sql`p.joined_league_on`, sql`p.joined_league_precision`),
}

/** Entered later, and since when they have been there was not said. */
const unsure = (f: Frame) =>
  sql<SqlBool>`(m.from_precision = 'unknown' and m.recorded_at > ${f.asOf}::timestamp)`

const members: Source = {
  ...common,
  id: 'members',
  unsure,
  title: '团员',
  timing: 'stock',
  from: (f) => sql`membership m ${joinPerson} ${spanAt('m.org_id', asOf(f))}`,
  where: (f) => sql<SqlBool>`(m.voided_at is null and ${holds('m', asOf(f))} and ${inFrame(f, COLUMNS)})`,
  dimensions: {
    ...personDimensions('p'),
    ...orgDimensions,
    startReason: reason('来源', 'start_reason', START_REASONS),
    since: { title: '登记起始日期', type: 'date', sql: () => sql`m.valid_from::date` },
  },
  columns: [...insertAfter(personColumns('p'), 'birth', branch), joined],
}

function insertAfter<T extends { id: string }>(list: T[], id: string, one: T): T[] {
  return list.flatMap((c) => (c.id === id ? [c, one] : [c]))
}

/** Within the period, up to the moment asked about. */
const happened = (at: RawBuilder<unknown>, f: Frame): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${at} >= ${f.from}::timestamp and ${at} <= ${f.asOf}::timestamp)`

/** Where members are registered, nobody coming or going is none, not missing. */
const registered = (f: Frame): RawBuilder<SqlBool> =>
  sql<SqlBool>`exists (select 1 from ${members.from(f)} where ${members.where(f)})`

/** People as they were when it happened. */
const begun: Source = {
  ...common,
  id: 'membershipsBegun',
  title: '团员增加',
  timing: 'flow',
  from: () => sql`membership m ${joinPerson} ${spanAt('m.org_id', sql`m.valid_from`)}`,
  where: (f) =>
    sql<SqlBool>`(m.voided_at is null and m.from_precision <> 'unknown' and ${happened(sql`m.valid_from`, f)} and ${inFrame(f, COLUMNS)})`,
  dimensions: {
    ...personDimensions('p', () => sql`m.valid_from`),
    ...orgDimensions,
    startReason: reason('来源', 'start_reason', START_REASONS),
    month: { title: '月份', type: 'text', sql: () => sql`to_char(m.valid_from, 'YYYY-MM')` },
  },
  columns: [
    ...insertAfter(
      personColumns('p', () => sql`m.valid_from`),
      'birth',
      branch,
    ),
    { id: 'from', title: '日期', sql: () => day('valid_from', 'from_precision') },
  ],
  registered,
}

const lastMoment = sql`(m.valid_to - interval '1 second')`

const ended: Source = {
  ...common,
  id: 'membershipsEnded',
  title: '团员减少',
  timing: 'flow',
  from: () => sql`membership m ${joinPerson} ${spanAt('m.org_id', lastMoment)}`,
  where: (f) =>
    sql<SqlBool>`(m.voided_at is null and m.valid_to < 'infinity' and ${happened(sql`m.valid_to`, f)} and ${inFrame(f, COLUMNS)})`,
  dimensions: {
    ...personDimensions('p', () => lastMoment),
    ...orgDimensions,
    endReason: reason('去向', 'end_reason', END_REASONS),
    month: { title: '月份', type: 'text', sql: () => sql`to_char(m.valid_to, 'YYYY-MM')` },
  },
  columns: [
    ...insertAfter(
      personColumns('p', () => lastMoment),
      'birth',
      branch,
    ),
    { id: 'to', title: '日期', sql: () => day('valid_to', 'to_precision') },
  ],
  registered,
}

/** How many members a branch has, those of its groups included. */
const memberCount = (f: Frame) => sql`(select count(distinct m.person_id) from membership m
  ${spanAt('m.org_id', asOf(f))} where m.county_id = b.county_id and m.voided_at is null and ${holds('m', asOf(f))}
  and s.path >= b.path and s.path < left(b.path, -1) || '0')`

const branches: Source = {
  id: 'branchesBySize',
  title: '团支部（按团员数）',
  timing: 'stock',
  from: () => sql`org_span b join org o on o.id = b.org_id`,
  where: (f) => sql<SqlBool>`(b.type = 'branch' and ${holds('b', asOf(f))}
    and ${inFrame(f, { countyId: 'b.county_id', path: 'b.path' })})`,
  countyId: sql<string>`b.county_id`,
  rowId: sql<string>`o.id`,
  version: sql<number>`o.version`,
  seal: memberCount,
  path: sql<string>`b.path`,
  dimensions: {
    memberCount: { title: '团员数', type: 'number', sql: memberCount },
    sector: { title: '领域', type: 'choice', options: [...sectors], sql: () => sql`b.sector` },
    branchKind: { title: '团支部类别', type: 'choice', options: [...branchKinds], sql: () => sql`b.kind` },
    name: { title: '名称', type: 'text', sql: () => sql`b.name` },
  },
  columns: [
    { id: 'code', title: '代码', sql: () => sql`o.code` },
    { id: 'name', title: '名称', sql: () => sql`b.name` },
    { id: 'memberCount', title: '团员数', sql: memberCount },
  ],
  opens: 'organisations',
  complete: true,
}

export const sources: Source[] = [members, begun, ended, branches]

const people = (id: string, title: string, definition: string, more: Partial<Measure> = {}): Measure => ({
  id,
  title,
  group: '团员',
  unit: '人',
  kind: 'distinct',
  definition,
  source: 'members',
  ...more,
})

const share = (id: string, title: string, where: Record<string, string>, who: string): Measure => ({
  id,
  title,
  group: '团员',
  unit: '%',
  kind: 'ratio',
  definition: `${who}人数 ÷ 团员人数，截至时点在册。`,
  parts: [
    { role: 'numerator', title: who, measure: 'members.count', where },
    { role: 'denominator', title: '团员', measure: 'members.count' },
  ],
})

const ofSize = (id: string, title: string, definition: string, where?: Record<string, string>): Measure => ({
  id,
  title,
  definition,
  group: '团组织',
  unit: '个',
  kind: 'count',
  source: 'branchesBySize',
  ...(where && { where }),
})

export const measures: Measure[] = [
  people(
    'members.count',
    '团员',
    '截至时点在册的团员，含各级下级团支部；一人只计一次，保留团籍的党员计入。',
    {
      headline: true,
    },
  ),
  people('members.female', '女团员', '截至时点在册的女团员。', { where: { sex: 'female' } }),
  people('members.minority', '少数民族团员', '截至时点在册、民族不是汉族的团员；民族没有填的不计入。', {
    where: { minority: '是' },
  }),
  people(
    'members.party',
    '保留团籍的党员',
    '截至时点在册、同时是党员的团员（保留团籍的党员），含预备党员。',
    {
      where: { partyMember: '是' },
    },
  ),
  people('members.mobile', '流动团员', '截至时点在册、标为流动的团员。', { where: { mobile: '是' } }),
  people('members.unverified', '身份未核实的团员', '截至时点在册、身份证号没有登记或校验不对的团员。', {
    where: { identityState: '!verified' },
  }),
  people('members.overAge', '超龄团员', '截至时点在册、年满 28 周岁的团员；不知道年龄的不计入。', {
    where: { age: '28..' },
  }),
  {
    id: 'members.averageAge',
    title: '团员平均年龄',
    group: '团员',
    unit: '岁',
    kind: 'average',
    definition: '截至时点在册团员的平均周岁；不知道年龄的不计入。',
    source: 'members',
    value: (f) => ageAt({ alias: 'p', at: asOf(f) }),
    valueType: 'number',
  },
  ofSize('org.branchesBySize', '团支部（按团员数）', '截至时点存续的团支部；按团员数筛选可分大村、小村。'),
  ofSize('org.emptyBranches', '没有团员的团支部', '截至时点没有一名在册团员的团支部。', { memberCount: '0' }),
  ofSize(
    'org.smallBranches',
    '团员不足 3 人的团支部',
    '截至时点在册团员不足 3 人的团支部，没有团员的也算。',
    {
      memberCount: '..2',
    },
  ),
  share('members.femaleShare', '女团员占比', { sex: 'female' }, '女团员'),
  share('members.minorityShare', '少数民族团员占比', { minority: '是' }, '少数民族团员'),
  share('members.partyShare', '团员中的党员占比', { partyMember: '是' }, '保留团籍的党员（含预备党员）'),
  share('members.mobileShare', '流动团员占比', { mobile: '是' }, '流动团员'),
  people('members.admitted', '发展团员', '时段内新发展入团的人数，按入团日期；转入和补登的不计入。', {
    source: 'membershipsBegun',
    where: { startReason: 'admission' },
  }),
  people('members.transferredIn', '转入团员', '时段内转入的团员。下级之间的互转也计入。', {
    source: 'membershipsBegun',
    where: { startReason: 'transferIn' },
  }),
  people(
    'members.declared',
    '亮明身份的“口袋”团员',
    '时段内主动亮明身份、登记入册的“口袋”团员：离开了原来的组织，一直没有到新的组织报到。',
    { source: 'membershipsBegun', where: { startReason: 'declared' } },
  ),
  people(
    'members.left',
    '离开的团员',
    '时段内团籍在本级和下级团支部结束的人数，不论去向；合并团支部的不计入。',
    {
      source: 'membershipsEnded',
      where: { endReason: '!merge' },
    },
  ),
  people('members.transferredOut', '转出团员', '时段内转出的团员。下级之间的互转也计入。', {
    source: 'membershipsEnded',
    where: { endReason: 'transferOut' },
  }),
  people('members.agedOut', '超龄离团', '时段内超龄离团的人数。', {
    source: 'membershipsEnded',
    where: { endReason: 'ageOut' },
  }),
]
