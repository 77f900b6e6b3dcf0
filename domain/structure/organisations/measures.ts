/** What may be counted in the tree: organisations in force at a moment, and those opened, closed or moved in a period. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import {
  type Dimension,
  type EvidenceColumn,
  type Frame,
  inFrame,
  type Measure,
  type Source,
} from '../../../kernel/measures.ts'
import { branchKinds, type Choice, levels, orgTypes, sectors } from './words.ts'

const COLUMNS = { countyId: 's.county_id', path: 's.path' }

/** `s` is the span counted, `o` its organisation, `p` its superior at that moment. */
const choice = (title: string, column: string, options: readonly Choice[]): Dimension => ({
  title,
  type: 'choice',
  options: [...options],
  sql: () => sql.ref(`s.${column}`),
})

const openedOn = sql`case when o.opened_precision <> 'unknown' then o.opened_at::date end`
const closedOn = sql`case when o.closed_at < 'infinity' then o.closed_at::date end`

const dimensions: Record<string, Dimension> = {
  type: choice('类型', 'type', orgTypes),
  sector: choice('领域', 'sector', sectors),
  level: choice('级别', 'level', levels),
  kind: choice('团支部类别', 'kind', branchKinds),
  name: { title: '名称', type: 'text', sql: () => sql`s.name` },
  parent: { title: '上级', type: 'text', sql: () => sql`p.name` },
  place: { title: '所在地', type: 'text', sql: () => sql`s.place` },
  partyLink: { title: '有党组织带', type: 'yesNo', sql: () => sql`s.party_link is not null` },
  openedAt: { title: '设立日期', type: 'date', sql: () => openedOn },
  closedAt: { title: '撤销日期', type: 'date', sql: () => closedOn },
}

const titled = (column: string, options: readonly Choice[]): RawBuilder<unknown> =>
  sql`case ${sql.ref(`s.${column}`)} ${sql.join(
    options.map((o) => sql`when ${o.value} then ${o.title}`),
    sql` `,
  )} end`

const columns: EvidenceColumn[] = [
  { id: 'code', title: '代码', sql: () => sql`o.code` },
  { id: 'name', title: '名称', sql: () => sql`s.name` },
  { id: 'type', title: '类型', sql: () => titled('type', orgTypes) },
  { id: 'sector', title: '领域', sql: () => titled('sector', sectors) },
  { id: 'parent', title: '上级', sql: () => sql`p.name` },
  { id: 'openedAt', title: '设立日期', sql: () => openedOn },
]

const parentAt = (moment: RawBuilder<unknown>) =>
  sql`left join org_span p on p.org_id = s.parent_id and p.valid_from <= ${moment} and p.valid_to > ${moment}`

const countedAs = (pioneers: boolean): RawBuilder<SqlBool> =>
  pioneers ? sql<SqlBool>`s.type = 'pioneersCommittee'` : sql<SqlBool>`s.type <> 'pioneersCommittee'`

/** The facts of that time as a number: what happens to the organisation later leaves earlier evidence as it was. */
const factsThen = sql<number>`('x' || substr(md5(concat_ws('|', s.name, s.type, s.sector, coalesce(s.level, ''),
  coalesce(s.kind, ''), s.parent_id, s.party_link is null, s.place)), 1, 7))::bit(28)::int`

const common = {
  countyId: sql<string>`s.county_id`,
  rowId: sql<string>`o.id`,
  version: factsThen,
  path: sql<string>`s.path`,
  dimensions,
  columns,
  opens: 'organisations',
  complete: true,
}

function standing(id: string, title: string, pioneers: boolean): Source {
  return {
    ...common,
    id,
    title,
    timing: 'stock',
    from: (f) => sql`org_span s join org o on o.id = s.org_id ${parentAt(sql`${f.asOf}::timestamp`)}`,
    where: (f) =>
      sql<SqlBool>`(${countedAs(pioneers)} and s.valid_from <= ${f.asOf}::timestamp and s.valid_to > ${f.asOf}::timestamp and ${inFrame(f, COLUMNS)})`,
  }
}

const inPeriod = (moment: RawBuilder<unknown>, f: Frame): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${moment} >= ${f.from}::timestamp and ${moment} <= ${f.asOf}::timestamp)`

/** Closed: as the organisation was when it ended. Opened: as it began; an unknown opening is in no period. */
function begunOrEnded(id: string, title: string, end: 'opened' | 'closed', pioneers = false): Source {
  const [edge, at] = end === 'opened' ? ['s.valid_from', 'o.opened_at'] : ['s.valid_to', 'o.closed_at']
  const moment = sql`${sql.ref(at)}`
  const known = end === 'opened' ? sql`o.opened_precision <> 'unknown'` : sql`o.closed_at < 'infinity'`
  return {
    ...common,
    id,
    title,
    timing: 'flow',
    from: () =>
      sql`org o join org_span s on s.org_id = o.id and ${sql.ref(edge)} = ${moment} ${parentAt(sql`s.valid_from`)}`,
    where: (f) =>
      sql<SqlBool>`(${countedAs(pioneers)} and ${known} and ${inPeriod(moment, f)} and ${inFrame(f, COLUMNS)})`,
  }
}

/** A move is counted in the superior left and in the one joined. */
const moved: Source = {
  ...common,
  id: 'orgsMoved',
  title: '组织划转',
  timing: 'flow',
  from: () =>
    sql`org o join org_span s on s.org_id = o.id
      join org_span b on b.org_id = s.org_id and b.valid_to = s.valid_from and b.parent_id is distinct from s.parent_id
      ${parentAt(sql`s.valid_from`)}`,
  where: (f) =>
    sql<SqlBool>`(${countedAs(false)} and ${inPeriod(sql`s.valid_from`, f)} and (${inFrame(f, COLUMNS)} or ${inFrame(f, { countyId: 'b.county_id', path: 'b.path' })}))`,
  joint: () => ({ rows: sql<SqlBool>`true`, paths: sql<string[]>`array[b.path, s.path]` }),
  columns: [...columns, { id: 'on', title: '划转日期', sql: () => sql`s.valid_from::date` }],
}

export const sources: Source[] = [
  standing('organisations', '团组织', false),
  standing('pioneersCommittees', '少工委', true),
  begunOrEnded('orgsOpened', '新设团组织', 'opened'),
  begunOrEnded('orgsClosed', '撤销团组织', 'closed'),
  begunOrEnded('pioneersOpened', '新设少工委', 'opened', true),
  moved,
]

const NOT_PIONEERS = '少工委不是团组织，不计入。'

const count = (id: string, title: string, definition: string, more: Partial<Measure> = {}): Measure => ({
  id,
  title,
  group: '团组织',
  unit: '个',
  kind: 'count',
  definition,
  source: 'organisations',
  ...more,
})

/** Branches of one sector or kind. */
const branches = (id: string, title: string, where: Record<string, string>): Measure =>
  count(id, title, `截至时点存续的${title}，含各级下级。`, { where: { type: 'branch', ...where } })

const opened = (id: string, title: string, where: Record<string, string>): Measure =>
  count(id, title, `时段内设立的团组织中的${title.replace('新设', '')}；设立日期不明的不计入。`, {
    source: 'orgsOpened',
    belowOnly: true,
    where,
  })

export const measures: Measure[] = [
  count('org.count', '团组织', `截至时点存续的团组织，含本级和各级下级。${NOT_PIONEERS}`),
  count(
    'org.subordinates',
    '直接下级团组织',
    `本级直接下辖的团组织（团委、团工委、团总支、团支部），不含本级，也不含下级的下级。${NOT_PIONEERS}`,
    { belowOnly: true, depth: 1, where: { type: '!group' } },
  ),
  count('org.below', '下级团组织', `本级以下各级团组织，不含本级。${NOT_PIONEERS}`, { belowOnly: true }),
  count('org.committees', '下级团委', '本级以下的团委，不含本级。', {
    belowOnly: true,
    where: { type: 'committee' },
  }),
  count('org.townshipCommittees', '乡镇（街道）团委', '本级以下的乡镇、街道团委和团工委，不含本级。', {
    belowOnly: true,
    where: { level: 'township' },
  }),
  count('org.workCommittees', '团工委', '截至时点存续的团工委，不含本级。', {
    belowOnly: true,
    where: { type: 'workCommittee' },
  }),
  count('org.generalBranches', '团总支', '截至时点存续的团总支，含各级下级。', {
    where: { type: 'generalBranch' },
  }),
  count('org.branches', '团支部', '截至时点存续的团支部，含团总支下面的团支部。', {
    where: { type: 'branch' },
  }),
  count('org.groups', '团小组', '截至时点存续的团小组。', { where: { type: 'group' } }),
  branches('org.villageBranches', '村团支部', { sector: 'village' }),
  branches('org.communityBranches', '社区团支部', { sector: 'community' }),
  branches('org.townshipOfficeBranches', '镇直团支部', { sector: 'townshipOffice' }),
  branches('org.schoolBranches', '学校团支部', { sector: 'school' }),
  branches('org.jointBranches', '联合团支部', { kind: 'joint' }),
  branches('org.mobileBranches', '流动团支部', { kind: 'mobile' }),
  branches('org.temporaryBranches', '临时团支部', { kind: 'temporary' }),
  branches('org.graduatesBranches', '毕业班团支部', { kind: 'graduates' }),
  count('org.newSectorOrgs', '两新团组织', '新经济组织、新社会组织中的团组织，不含本级。', {
    belowOnly: true,
    where: { sector: 'newEconomic,newSocial' },
  }),
  count('org.withoutPartyLink', '没有党组织带的团组织', '没有登记党建带团建关系的下级团组织，不含本级。', {
    belowOnly: true,
    where: { partyLink: '否' },
  }),
  count('org.opened', '新设团组织', `时段内设立的团组织；设立日期不明的不计入。${NOT_PIONEERS}`, {
    source: 'orgsOpened',
    belowOnly: true,
  }),
  opened('org.openedBranches', '新设团支部', { type: 'branch' }),
  opened('org.openedVillages', '新设村团组织', { sector: 'village' }),
  opened('org.openedNewFields', '新领域新设团组织', {
    sector: 'newEconomic,newSocial,coOperative,market,enterprise',
  }),
  opened('org.openedJoint', '新设联合团支部', { kind: 'joint' }),
  opened('org.openedMobile', '新设流动团支部', { kind: 'mobile' }),
  count(
    'org.openedUnder',
    '新设了团组织的上级',
    '时段内设立的团组织直接隶属于多少个不同的上级，如“5 个镇新建”。',
    { source: 'orgsOpened', belowOnly: true, kind: 'distinct', value: () => sql`s.parent_id` },
  ),
  count('org.closed', '撤销团组织', `时段内撤销或被合并的团组织。${NOT_PIONEERS}`, {
    source: 'orgsClosed',
    belowOnly: true,
  }),
  count('org.moved', '划转团组织', '时段内改变上级的团组织，划出和划入都计入。', { source: 'orgsMoved' }),
  count('pioneers.committees', '少工委', '截至时点存续的少工委，含各级下级。', {
    group: '少先队',
    source: 'pioneersCommittees',
  }),
  count('pioneers.committeesOpened', '新设少工委', '时段内设立的少工委；设立日期不明的不计入。', {
    group: '少先队',
    source: 'pioneersOpened',
  }),
]
