/** What may be counted of officers: people, posts and seats in force, vacancies, and who took office in a period. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import {
  type Dimension,
  type Frame,
  inFrame,
  type Measure,
  type Part,
  type Source,
} from '../../../kernel/measures.ts'
import { orgTypes, titleOf } from '../organisations/words.ts'
import { holds, moment } from '../people/dated.ts'
import { loosely, personColumns, personDimensions } from '../people/dimensions.ts'
import { ageAt } from '../people/expressions.ts'
import { orgDimensions, spanAt } from '../people/orgDimensions.ts'
import { APPOINTMENT_MODES, OFFICER_KINDS, OFFICER_POSTS, POSTS, SEAT_POSTS } from './posts.ts'

const COLUMNS = { countyId: 'a.county_id', path: 's.path' }
const joinPerson = sql`join person p on p.county_id = a.county_id and p.id = a.person_id`
const asOf = (frame: Frame) => moment(frame.asOf)
const isOfficer = sql<SqlBool>`a.post in (${sql.join(OFFICER_POSTS.map((p) => sql.lit(p)))})`
const LEAGUE = sql<SqlBool>`s.type <> 'pioneersCommittee'`

const choice = (title: string, name: string, options: { value: string; title: string }[]): Dimension => ({
  title,
  type: 'choice',
  options: options.map((o) => ({ value: o.value, title: o.title })),
  sql: () => sql.ref(`a.${name}`),
})

/** Those of towns and those of villages are spoken of apart (镇村两级). */
const tiers = [
  { value: 'township', title: '乡镇（街道）' },
  { value: 'village', title: '村（社区）' },
  { value: 'other', title: '其他' },
]
const tier: Dimension = {
  title: '镇村两级',
  type: 'choice',
  options: tiers,
  sql: () => sql`case when s.level = 'township' then 'township'
    when s.sector in ('village', 'community') then 'village' else 'other' end`,
}

const postDimensions: Record<string, Dimension> = {
  tier,
  post: choice(
    '职务',
    'post',
    POSTS.filter((p) => p.officer),
  ),
  postTitle: { title: '职务名称', type: 'text', sql: () => sql`a.post_title` },
  officerKind: choice('专职兼职', 'officer_kind', OFFICER_KINDS),
  mode: choice('任职方式', 'mode', APPOINTMENT_MODES),
  since: {
    title: '任职日期',
    type: 'date',
    sql: () => sql`case when a.from_precision <> 'unknown' then a.valid_from::date end`,
  },
}

const common = {
  register: 'officers' as const,
  countyId: sql<string>`a.county_id`,
  rowId: sql<string>`a.id`,
  // The person's own corrections change what the row says.
  version: sql<number>`(a.version + p.version)`,
  person: sql<string | null>`a.person_id`,
  path: sql<string>`s.path`,
  opens: 'people',
  opensId: sql<string>`a.person_id`,
}

const postColumns = [
  { id: 'org', title: '团组织', sql: () => sql`s.name` },
  { id: 'post', title: '职务', sql: () => sql`a.post_title` },
  {
    id: 'from',
    title: '任职时间',
    sql: () => sql`case when a.from_precision <> 'unknown'
      then ${loosely(sql`a.valid_from`, sql`a.from_precision`)} end`,
  },
]

/** Entered later, and since when they have held the post was not said. */
const unsure = (f: Frame) =>
  sql<SqlBool>`(a.from_precision = 'unknown' and a.recorded_at > ${f.asOf}::timestamp)`

const officers: Source = {
  ...common,
  id: 'officers',
  unsure,
  title: '团干部',
  timing: 'stock',
  from: (f) => sql`appointment a ${joinPerson} ${spanAt('a.org_id', asOf(f))}`,
  where: (f) =>
    sql<SqlBool>`(a.voided_at is null and ${isOfficer} and ${LEAGUE} and ${holds('a', asOf(f))} and ${inFrame(f, COLUMNS)})`,
  dimensions: { ...personDimensions('p'), ...orgDimensions, ...postDimensions },
  columns: [...personColumns('p'), ...postColumns],
}

/** Who held the post last before the present holder; ages are those of the day they left. */
const predecessors: Source = {
  ...common,
  id: 'predecessors',
  title: '前任团干部',
  timing: 'stock',
  from: (f) => sql`appointment a ${joinPerson} ${spanAt('a.org_id', asOf(f))}
    join appointment c on c.county_id = a.county_id and c.org_id = a.org_id and c.post = a.post
      and c.voided_at is null and ${holds('c', asOf(f))} and c.valid_from >= a.valid_to`,
  where: (f) =>
    sql<SqlBool>`(a.voided_at is null and ${isOfficer} and ${LEAGUE} and ${inFrame(f, COLUMNS)}
      and not exists (select 1 from appointment l where l.county_id = a.county_id and l.org_id = a.org_id
        and l.post = a.post and l.voided_at is null and l.valid_to > a.valid_to and l.valid_to <= c.valid_from))`,
  dimensions: { ...personDimensions('p', () => sql`a.valid_to`), ...orgDimensions, ...postDimensions },
  columns: [
    ...personColumns('p', () => sql`a.valid_to`),
    ...postColumns,
    { id: 'to', title: '离任时间', sql: () => sql`a.valid_to::date` },
  ],
}

/** One row for each person, so that an average weighs nobody twice. */
const officerPeople: Source = {
  id: 'officerPeople',
  title: '团干部（按人）',
  timing: 'stock',
  from: (f) => sql`(
    select a.county_id, a.person_id, array_agg(distinct s.path) as paths
    from appointment a ${spanAt('a.org_id', asOf(f))}
    where a.voided_at is null and ${isOfficer} and ${LEAGUE} and ${holds('a', asOf(f))} and ${inFrame(f, COLUMNS)}
    group by a.county_id, a.person_id) as g
    join person p on p.county_id = g.county_id and p.id = g.person_id`,
  where: () => sql<SqlBool>`true`,
  countyId: sql<string>`p.county_id`,
  rowId: sql<string>`p.id`,
  version: sql<number>`p.version`,
  person: sql<string | null>`p.id`,
  path: sql<string>`g.paths[1]`,
  joint: () => ({ rows: sql<SqlBool>`cardinality(g.paths) > 1`, paths: sql<string[]>`g.paths` }),
  opens: 'people',
  dimensions: personDimensions('p'),
  columns: personColumns('p'),
}

/** Young Pioneers' committees are included: the type of organisation is a filter. */
const begun: Source = {
  ...common,
  id: 'appointmentsBegun',
  title: '任职',
  timing: 'flow',
  from: () => sql`appointment a ${joinPerson} ${spanAt('a.org_id', sql`a.valid_from`)}`,
  where: (f) =>
    sql<SqlBool>`(a.voided_at is null and ${isOfficer} and a.from_precision <> 'unknown'
      and a.valid_from >= ${f.from}::timestamp and a.valid_from <= ${f.asOf}::timestamp and ${inFrame(f, COLUMNS)})`,
  dimensions: { ...personDimensions('p', () => sql`a.valid_from`), ...orgDimensions, ...postDimensions },
  columns: [...personColumns('p', () => sql`a.valid_from`), ...postColumns],
  registered: (f) => sql<SqlBool>`exists (select 1 from ${officers.from(f)} where ${officers.where(f)})`,
}

const holder = (post: string) => (f: Frame) =>
  sql<SqlBool>`exists (
  select 1 from appointment a where a.org_id = s.org_id and a.county_id = s.county_id and a.voided_at is null
  and a.post = ${sql.lit(post)} and ${holds('a', asOf(f))})`

/** An officer was registered there once: who registers nobody has no vacancy that anybody knows of. */
const everKept = (f: Frame) => sql<SqlBool>`exists (select 1 from appointment e where e.org_id = s.org_id
  and e.county_id = s.county_id and e.voided_at is null and e.valid_from <= ${asOf(f)})`

/** The term running or, at the latest, begun before the moment. */
const termOverdue = (f: Frame): RawBuilder<SqlBool> => sql<SqlBool>`coalesce((
  select t.due_on < (${asOf(f)})::date and (t.ended_on is null or t.ended_on > (${asOf(f)})::date) from term t
  where t.county_id = s.county_id and t.org_id = s.org_id and t.voided_at is null
  and t.started_on <= (${asOf(f)})::date order by t.started_on desc limit 1), false)`

/** Bodies that should have a secretary, whether they have one or not. */
const boards: Source = {
  id: 'boards',
  title: '班子',
  timing: 'stock',
  from: (f) => sql`org_span s join org o on o.id = s.org_id
    left join org_span u on u.org_id = s.parent_id and u.valid_from <= ${asOf(f)} and u.valid_to > ${asOf(f)}`,
  where: (f) => sql<SqlBool>`(s.type in ('committee', 'workCommittee', 'generalBranch', 'branch')
    and ${holds('s', asOf(f))} and ${inFrame(f, { countyId: 's.county_id', path: 's.path' })})`,
  countyId: sql<string>`s.county_id`,
  rowId: sql<string>`o.id`,
  version: sql<number>`o.version`,
  path: sql<string>`s.path`,
  dimensions: {
    ...orgDimensions,
    hasSecretary: { title: '有书记', type: 'yesNo', sql: holder('secretary') },
    hasDeputySecretary: { title: '有副书记', type: 'yesNo', sql: holder('deputySecretary') },
    termOverdue: { title: '届满未换届', type: 'yesNo', sql: termOverdue },
  },
  columns: [
    { id: 'code', title: '代码', sql: () => sql`o.code` },
    { id: 'name', title: '名称', sql: () => sql`s.name` },
    {
      id: 'type',
      title: '类型',
      sql: () =>
        sql`case s.type ${sql.join(
          orgTypes.map((t) => sql`when ${sql.lit(t.value)} then ${sql.lit(titleOf(orgTypes, t.value))}`),
          sql` `,
        )} end`,
    },
    { id: 'parent', title: '上级', sql: () => sql`u.name` },
  ],
  opens: 'organisations',
  complete: true,
}

export const sources: Source[] = [officers, predecessors, officerPeople, begun, boards]

const measure = (id: string, title: string, definition: string, more: Partial<Measure> = {}): Measure => ({
  id,
  title,
  group: '团干部',
  unit: '人',
  kind: 'distinct',
  definition,
  source: 'officers',
  ...more,
})

const PEOPLE = 'officers.people'
const NOT_SYSTEM = '干事、系统管理员、少工委职务不计入。'

const share = (id: string, title: string, who: string, where: Record<string, string>): Measure => ({
  id,
  title,
  group: '团干部',
  unit: '%',
  kind: 'ratio',
  definition: `${who}人数 ÷ 团干部人数（按人计，不按职数），截至时点在任。`,
  parts: [
    { role: 'numerator', title: who, measure: PEOPLE, where },
    { role: 'denominator', title: '团干部', measure: PEOPLE },
  ],
})

/** 平均年龄“双下降”: of the towns' secretaries and the villages', each against those before them. */
function secretaryAges(): Measure[] {
  const age = { unit: '岁', valueType: 'number' as const, where: { post: 'secretary' } }
  const average = { ...age, kind: 'average' as const }
  const parts = (where?: Record<string, string>): Part[] => [
    { role: 'now', title: '现任书记', measure: 'officers.secretaryAge', ...(where && { where }) },
    { role: 'before', title: '前任书记', measure: 'officers.predecessorAge', ...(where && { where }) },
  ]
  const compared = (id: string, title: string, definition: string, more: Partial<Measure>): Measure => {
    const { source: _source, ...rest } = measure(id, title, definition, more)
    return rest
  }
  return [
    measure(
      'officers.secretaryAge',
      '书记平均年龄',
      '截至时点在任书记的平均周岁，按职务计；不知道年龄的不计入。',
      { ...average, value: (f) => ageAt({ alias: 'p', at: asOf(f) }) },
    ),
    measure(
      'officers.predecessorAge',
      '前任书记平均年龄',
      '现任书记的上一任在离任那天的平均周岁，按职务计。',
      {
        ...average,
        source: 'predecessors',
        value: () => ageAt({ alias: 'p', at: sql`a.valid_to` }),
      },
    ),
    compared(
      'officers.secretaryAgeChange',
      '书记平均年龄变化',
      '现任书记平均年龄减前任书记平均年龄，下降为负。',
      {
        unit: '岁',
        kind: 'difference',
        parts: parts(),
      },
    ),
    compared(
      'officers.secretaryAgesFallen',
      '书记平均年龄下降的层级',
      '乡镇（街道）、村（社区）两级中，现任书记平均年龄低于前任的有几级。',
      {
        unit: '项',
        kind: 'falls',
        falls: { by: 'tier' },
        parts: parts({ tier: 'township,village' }),
      },
    ),
  ]
}

const committeeSeats = { post: SEAT_POSTS.join(','), orgType: 'committee,workCommittee' }

export const measures: Measure[] = [
  measure(PEOPLE, '团干部', `截至时点在任的团干部，一人兼任几职只计一次，含各级下级。${NOT_SYSTEM}`),
  measure('officers.posts', '团干部职数', `截至时点在任的团内职务，一人兼任几职计几个。${NOT_SYSTEM}`, {
    kind: 'count',
    unit: '个',
  }),
  measure('officers.seats', '团委委员', '本级团委（团工委）班子成员人数，书记、副书记在内，不含下级。', {
    where: committeeSeats,
    depth: 0,
  }),
  {
    ...share('officers.seatsPartyShare', '团委委员中的党员占比', '党员委员（含预备党员）', {}),
    definition: '本级团委班子成员中党员（含预备党员）人数 ÷ 班子成员人数。',
    depth: 0,
    parts: [
      {
        role: 'numerator',
        title: '党员委员（含预备党员）',
        measure: 'officers.seats',
        where: { partyMember: '是' },
      },
      { role: 'denominator', title: '团委委员', measure: 'officers.seats' },
    ],
  },
  measure('officers.secretaries', '团组织书记', '截至时点在任的书记，按人计。', {
    where: { post: 'secretary' },
  }),
  measure('officers.female', '女团干部', '截至时点在任的女团干部。', { where: { sex: 'female' } }),
  measure('officers.minority', '少数民族团干部', '截至时点在任、民族不是汉族的团干部；民族没有填的不计入。', {
    where: { minority: '是' },
  }),
  measure('officers.party', '党员团干部', '截至时点在任、是党员的团干部，含预备党员。', {
    where: { partyMember: '是' },
  }),
  measure('officers.fullTime', '专职团干部', '截至时点在任、登记为专职的团干部。', {
    where: { officerKind: 'fullTime' },
  }),
  measure(
    'officers.villageOfficialSecretaries',
    '任团支部书记的大学生村官',
    '截至时点在任的团支部书记中的大学生村官。',
    { where: { post: 'secretary', orgType: 'branch', graduateVillageOfficial: '是' } },
  ),
  share('officers.femaleShare', '女团干部占比', '女团干部', { sex: 'female' }),
  share('officers.minorityShare', '少数民族团干部占比', '少数民族团干部', { minority: '是' }),
  share('officers.partyShare', '党员团干部占比', '党员团干部（含预备党员）', { partyMember: '是' }),
  share('officers.bachelorShare', '本科及以上学历团干部占比', '本科及以上学历团干部', {
    education: 'postgraduate,bachelor',
  }),
  share('officers.collegeShare', '大专学历团干部占比', '大专学历团干部', { education: 'college' }),
  measure(
    'officers.averageAge',
    '团干部平均年龄',
    '截至时点在任团干部的平均周岁，一人计一次；不知道年龄的不计入。',
    {
      unit: '岁',
      kind: 'average',
      source: 'officerPeople',
      value: (f) => ageAt({ alias: 'p', at: asOf(f) }),
      valueType: 'number',
    },
  ),
  ...secretaryAges(),
  measure(
    'officers.appointed',
    '新任团干部',
    '时段内开始任职的人，含少工委职务，各种任职方式；日期不明的不计入。',
    {
      source: 'appointmentsBegun',
    },
  ),
  measure(
    'officers.elected',
    '选举产生的团干部',
    '时段内经选举（含补选）任职的人，含少工委职务；日期不明的不计入。',
    {
      source: 'appointmentsBegun',
      where: { mode: 'elected,byElection' },
    },
  ),
  measure('pioneers.directorsElected', '选举产生的少工委主任', '时段内经选举任职的少工委主任。', {
    group: '少先队',
    source: 'appointmentsBegun',
    where: { mode: 'elected,byElection', post: 'director', orgType: 'pioneersCommittee' },
  }),
  measure(
    'org.withoutSecretary',
    '没有书记的团组织',
    '截至时点登记过团干部、现在没有在任书记的团委、团工委、团总支和团支部，含本级；从没登记过团干部的不算空缺。',
    {
      recorded: { sql: everKept, lacking: '从没登记过团干部' },
      group: '团组织',
      unit: '个',
      kind: 'count',
      source: 'boards',
      where: { hasSecretary: '否' },
    },
  ),
  measure('org.termOverdue', '届满未换届的团组织', '应换届日期已过、还没有登记新一届任期的团组织，含本级。', {
    group: '团组织',
    unit: '个',
    kind: 'count',
    source: 'boards',
    where: { termOverdue: '是' },
  }),
]
